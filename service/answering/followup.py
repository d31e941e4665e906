"""A question and what was answered before in, the question as it is meant out: what it carries over from earlier ones."""

import re
from dataclasses import dataclass, replace

from service.answering.citing import Place
from service.answering.preferring import Near
from service.answering.question import Question, Word
from service.passages.enumerations import Enumeration

# Words that only a question after another begins with, points with, or ends with.
_LEANING = re.compile(
    r"^(?:那(?!些|里|么)|还有|其中|它|他们|她们|前者|后者|对此|同样|相比)|呢[?。!]*$"
    r"|它|其中|上述|前者|后者|(?<!应)该(?:县|市|省|区|镇|乡|村|地|单位|项目|文件|办法|条例|机制)"
    r"|这(?:个|些|类|块|方面|项|种|条|事|样|里|边)|那(?:个|些|样|边|里|块|种|项)"
)
# Words that often begin such a question, and others as well: they lean where there is little else.
_OFTEN_LEANING = re.compile(
    r"(?:还(?!款|债|贷|原|林)|这|该|另外|另一|此外|最后|上面|下一步|接下来|以后|今后|后来|然后|随后|具体|后面|前面|再(?=[说讲问来给看])|原因|为什么|为啥|为何|效果|结果)"
)
_ORDINAL = re.compile(
    r"(?:第(\d{1,3})(?!\d)|最后)(?:一|那|1)?(?:大?方面|个|点|条|项|种|类|件|步|块|招|层|(?=呢|[?。!]|$)|(?<=那))"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# A question of fewer words of its own than this says too little to stand alone.
_FEWEST_WORDS = 2
_SHORT = 10
# With more words of its own it is about something else, even if it names a number or begins like a follow-up.
_MOST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Answered:
    """What a later question may lean on: the words, the place and the enumeration of the answer before it, and the places
    shown so far that 还有呢 asks beyond."""

    words: tuple[Word, ...] = ()
    near: Near | None = None
    enumeration: Enumeration | None = None
    shown: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """A question as it is meant: with the words it carries, the item of the last outline it names, if any, and whether
    it asks for more of the same."""

    question: Question
    leans: bool = False
    item: int | None = None
    more: bool = False


def meant(question: Question, before: Answered | None) -> Meant:
    """Return the question with what it takes over from the one before; a complete question takes nothing."""
    if before is None or not (before.words or before.enumeration):
        return Meant(question)
    form = question.form.strip()
    own = [word for word in question.words if not _is_ordinal(word)]
    few = len(own) <= _MOST_WORDS
    item = _item(form, before) if few else None
    leans = bool(
        item is not None
        or _LEANING.search(form)
        or (few and (_OFTEN_LEANING.match(form) or _ORDINAL.search(form)))
        or (len(own) < _FEWEST_WORDS and len(form) <= _SHORT)
    )
    if not leans:
        return Meant(question)
    if item is not None:
        return Meant(replace(question, words=tuple(own)), True, item)
    known = {word.text for word in own}
    # A question that names another year asks of that year, not of both.
    another_year = any(_YEAR.fullmatch(word.text) for word in own)
    carried = [
        replace(word, origin="carried", synonyms=() if own else word.synonyms)
        for word in before.words
        if word.text not in known and not (another_year and _YEAR.fullmatch(word.text))
    ]
    return Meant(replace(question, words=(*own, *carried)), True, more=not own)


def _item(form: str, before: Answered) -> int | None:
    """Return which item of the outline last answered a question names by its number, counted from 0."""
    match = _ORDINAL.search(form)
    if before.enumeration is None or match is None:
        return None
    count = len(before.enumeration.items)
    place = int(match.group(1)) - 1 if match.group(1) else count - 1
    return place if 0 <= place < count else None


def _is_ordinal(word: Word) -> bool:
    return word.text.isdecimal() and len(word.text) < 3
