"""A question in, whether it leans on what was answered before it out, and which of its words are of a matter of its own."""

import re
from collections.abc import Callable, Sequence

from service.answering import years
from service.answering.answer import Kind
from service.answering.facets import facets
from service.answering.ordinals import names_items
from service.answering.question import Question, Word
from service.answering.spoken import spoken
from service.answering.trouble import asks_remedy
from service.language.nouns import is_noun

# Words that only a question after another begins with, points with, or ends with.
_LEANING = re.compile(
    r"^(?:那(?!些|里|么)|还有|其中|它|他们|她们|前者|后者|对此|同样|相比)|呢[?。!]*$"
    r"|它|其中|上述|前者|后者|(?<!应)该(?:县|市|省|区|镇|乡|村|地|单位|项目|文件|办法|条例|机制)"
    r"|[那这][一1]?(?:条|点|句)|这(?:个|些|类|块|方面|项|种|条|事|样|里|边)|那(?:个|些|样|边|里|块|种|项)"
)
# Words that often begin such a question, and others as well: they lean where there is little else.
_OFTEN_LEANING = re.compile(
    r"(?:还(?!款|债|贷|原|林)|这|该|另外|另一|此外|最后|上面|下一步|接下来|以后|今后|后来|然后|随后|具体|后面|前面|再(?=[说讲问来给看])|原因|为什么|为啥|为何|效果|结果)"
)
# 还有呢 asks for what was not shown yet; 具体呢 and 为什么 ask of what was.
MORE = re.compile("还有|其他|其它|别的|另外|更多|继续|再[来给说讲举找]|除此|除了这")
COMPARES = re.compile(
    "(?<![占同环])比(?![例重如率])|(?:哪个|哪边|哪里|哪家|谁).{0,6}(?:更|[高低大小快慢好]|多(?!少)|(?<!多)少)"
)
# What was just answered, closer: 市场环境具体讲了什么.
_CLOSER = re.compile("具体|详细|展开")
_OPENING = re.compile("^(?:那么?|还有|另外|再问(?:一下|1下)?)[,:]? *")
# Kinds that ask a detail of a matter, not another side of it.
DETAILS: tuple[Kind, ...] = ("who", "when", "number")
# A question of fewer words of its own than this says too little to stand alone.
_FEWEST_WORDS = 2
_SHORT = 10
# With more words of its own it is about something else, even if it names a number or begins like a follow-up.
MOST_WORDS = 2


def leans(question: Question) -> bool:
    """Return whether a question leans on what was answered before it, whatever that was; one that does not stands alone."""
    form = question.form.strip()
    own = own_words(question)
    few = len(own) <= MOST_WORDS
    return bool(
        _LEANING.search(form)
        or (few and (_OFTEN_LEANING.match(form) or _CLOSER.search(form) or names_items(form)))
        or (len(own) < _FEWEST_WORDS and len(form) <= _SHORT)
        or (few and len(form) <= _SHORT and has_no_subject(question, own))
    )


def has_no_subject(question: Question, own: Sequence[Word]) -> bool:
    """Return whether a question asks a side or a detail without saying of what: 有时间要求吗, 带来了多少收入."""
    if all(word.text in facets() for word in own):
        return True
    return question.kind in DETAILS and question.form.strip().startswith(own[0].text) and not is_noun(own[0].text)


def matters(question: Question) -> list[Word]:
    """Return the words that say what a question is about by itself: no side of a matter, no year, nothing carried."""
    own = [word for word in own_words(question) if word.origin == "asked"]
    return [word for word in own if word.text not in facets() and not years.YEAR.fullmatch(word.text)]


def own_words(question: Question) -> list[Word]:
    """Return the words of a question's own matter."""
    return [word for word in question.words if not is_ordinal(word) and word.text not in spoken()]


def not_of_remedy(words: Sequence[Word]) -> list[Word]:
    """Return the words that do not only ask for a remedy (对策, 解决办法)."""
    return [word for word in words if not asks_remedy(word.text)]


def says_of_what(question: Question, is_word: Callable[[str], bool]) -> bool:
    """Return whether a question begins with what it is about (那河长制呢), and does not ask of what was spoken of.

    ``is_word`` tells the words of the language from names (林长).
    """
    about = matters(question)
    rest = _OPENING.sub("", question.form.strip())
    return bool(about) and rest.startswith(about[0].text) and (is_noun(about[0].text) or not is_word(about[0].text))


def is_ordinal(word: Word) -> bool:
    return word.text.isdecimal() and len(word.text) < 3
