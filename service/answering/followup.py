"""A question and what was answered before in, the question as it is meant out: what it carries over from earlier ones."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from service.answering import detail, years
from service.answering.answer import Kind
from service.answering.citing import Place
from service.answering.facets import facets
from service.answering.naming import Named
from service.answering.ordinals import Picked, Recalled, names_items, picked
from service.answering.preferring import Near
from service.answering.question import Question, Word
from service.answering.spoken import spoken
from service.answering.trouble import asks_remedy
from service.language.matching import stands_in
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
# What points at the matter itself, beside words that say where else or when else to look: 开发区也这样吗, 它后来怎样了.
_POINTING = re.compile("它|这|该|其|同样|也|上述|前者|后者")
# A new matter set in the place of the one before: 水利方面呢.
_INSTEAD = re.compile("(?:方面|这块|那块|这边|那边|上)?的?呢[?。!]*$")
_ELLIPTIC = re.compile("呢[?。!]*$")
# 还有呢 asks for what was not shown yet; 具体呢 and 为什么 ask of what was.
_MORE = re.compile("还有|其他|其它|别的|另外|更多|继续|再[来给说讲举找]|除此|除了这")
_COMPARES = re.compile(
    "(?<![占同环])比(?![例重如率])|(?:哪个|哪边|哪里|哪家|谁).{0,6}(?:更|[高低大小快慢好]|多(?!少)|(?<!多)少)"
)
# What was just answered, closer: 市场环境具体讲了什么.
_CLOSER = re.compile("具体|详细|展开")
# All items of a list: 各自怎么落实, 逐条展开.
_EACH = re.compile(r"它们|各[自占是有]|各[条项点]|分别|逐[条一个项]|每[一1]?[个条点项]|这(?:些|几|\d)")
# 物流那条为什么要紧 names an item by what stands before 那条.
_THAT_ITEM = re.compile(r"(.+?)的?[那这][一1]?(?:个?方面|个?[点条项]|个|种|类|件|步|块)")
_OPENING = re.compile("^(?:那么?|还有|另外|再问(?:一下|1下)?)[,:]? *")
# What is done next stands elsewhere.
_LATER = re.compile("下一?步|接下来|今后|以后|将来|后续|后来|随后|然后")
# Kinds that ask a detail of a matter, not another side of it.
DETAILS: tuple[Kind, ...] = ("who", "when", "number")
# A question of fewer words of its own than this says too little to stand alone.
_FEWEST_WORDS = 2
_SHORT = 10
# With more words of its own it is about something else, even if it names a number or begins like a follow-up.
_MOST_WORDS = 2
# What carried words count: where the question is about the same matter, where it goes on from it, where it turns to
# another one in the same place.
_SAME_MATTER, _GOES_ON, _INSTEAD_OF_IT = 0.8, 0.3, 0.1
# Said to someone, and asking nothing.
_COURTESY = re.compile(
    "(?:好的?|嗯+|哦+|行|收到|明白了?|知道了|了解了?|清楚了|谢+|谢谢[你您]?|多谢|感谢|辛苦了?|再见|你好|您好|[,、。!~ ])+"
)
# What would count less is carried no further.
_FORGOTTEN = 0.04


@dataclass(frozen=True, slots=True)
class Answered:
    """What a later question may lean on: the words, the names, the year and the place of the answer before it, the names of
    the one before that, the lists shown, outermost first, the remedy of an item that was asked for, the item that is open,
    and the places shown so far.

    ``recent`` tells that the answer was of those lists. ``asked_year`` is the year that was asked about, ``year`` the one
    that was answered about. ``cited`` are the places of the answer, as it numbered them.
    """

    words: tuple[Word, ...] = ()
    naming: Named = field(default_factory=lambda: Named(""))
    passed: Named | None = None
    near: Near | None = None
    lists: tuple[Recalled, ...] = ()
    recent: bool = False
    kind: Kind = "what"
    asked_year: int | None = None
    year: int | None = None
    remedy_asked: Question | None = None
    item: Picked | None = None
    shown: tuple[Place, ...] = ()
    cited: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """A question as it is meant, with the words it carries, and how it leans on the answer before.

    ``items`` are the items it names of a list shown before; ``remedy`` tells that it asks what is done about that item,
    or about all of the list where it names none, which stands elsewhere. ``another_side`` tells that it asks of another side
    of the same matter. ``more`` asks for more of the same. ``compares`` asks of the places named before as well, ``points``
    of the matter itself by a word like 它.
    """

    question: Question
    leans: bool = False
    items: Picked | None = None
    remedy: bool = False
    another_side: bool = False
    more: bool = False
    compares: bool = False
    points: bool = False


def meant(question: Question, named: bool, before: Answered | None) -> Meant:
    """Return the question with what it takes over from the one before; a complete question takes nothing.

    ``named`` tells whether it names documents of its own.
    """
    if before is None or not (before.words or before.lists) or _COURTESY.fullmatch(question.form.strip()):
        return Meant(question)
    if not leans(question):
        return Meant(question)
    form = question.form.strip()
    own = _own(question)
    items = None if named or len(own) > _MOST_WORDS else _items(question, own, before)
    if items is not None and (items.items or not own):
        if not items.said and len(items.items) == 1:
            # What chose the item stands in its head, and asks for nothing further inside it.
            head = before.lists[items.level].heads[items.items[0]]
            own = [word for word in own if not stands_in(word.text, head)]
        return _about_items(replace(question, words=tuple(own)), items, before)
    compares = _COMPARES.search(form) is not None
    another_year = years.are_in(form)
    counts = _counts(form, matters(question), named)
    # Another side of the matter takes the place of the one asked before: 成效 before, 那难点呢 now.
    remedy = not _not_of_remedy(own) and asks_remedy(form) and before.recent and before.lists[-1].trouble
    of_detail = question.kind in DETAILS
    another_side = remedy or (any(word.text in facets() for word in own) and not of_detail)
    carried = _carried(before, own, counts, another_year, another_side)
    if before.asked_year is not None and not another_year:
        # What was asked of a year is still asked of it.
        form = f"{before.asked_year}年{form}"
    # 打算怎么解决 is not answered by the word for it.
    words = (*(_not_of_remedy(own) if remedy else own), *carried)
    return Meant(
        replace(question, form=form, words=words, kind=_kind(question, own, before)),
        True,
        remedy=remedy,
        another_side=another_side,
        more=not own and not named and not compares and _MORE.search(form) is not None,
        compares=compares,
        points=_POINTING.search(form) is not None or _has_no_subject(question, own),
    )


def _carried(
    before: Answered, own: Sequence[Word], counts: float, another_year: bool, another_side: bool
) -> Iterator[Word]:
    """Yield the words of the question before that are asked again, each counting so much of what it did."""
    known = {word.text for word in own}
    for word in before.words:
        # 哪三个 counted the items of that answer; of another one it says nothing.
        forgotten = word.counts * counts <= _FORGOTTEN or _is_ordinal(word)
        # A question that names another year asks of that year, not of both.
        replaced = (another_year and years.YEAR.fullmatch(word.text)) or (another_side and word.text in facets())
        if word.text in known or forgotten or replaced:
            continue
        synonyms = () if own and counts < _SAME_MATTER else word.synonyms
        yield replace(word, origin="carried", counts=counts * word.counts, synonyms=synonyms)


def _kind(question: Question, own: Sequence[Word], before: Answered) -> Kind:
    """Return the kind of a question that leans: 那难点呢, 浙江 and 有什么依据 ask as the question before them did."""
    if question.kind in DETAILS or (question.kind in ("how", "why") and not own):
        return question.kind
    bare = all(years.YEAR.fullmatch(word.text) for word in own)
    elliptic = bare or _ELLIPTIC.search(question.form.strip()) is not None
    return before.kind if elliptic and (question.kind in ("what", "yes/no") or not own) else question.kind


def leans(question: Question) -> bool:
    """Return whether a question leans on what was answered before it, whatever that was; one that does not stands alone."""
    form = question.form.strip()
    own = _own(question)
    few = len(own) <= _MOST_WORDS
    return bool(
        _LEANING.search(form)
        or (few and (_OFTEN_LEANING.match(form) or _CLOSER.search(form) or names_items(form)))
        or (len(own) < _FEWEST_WORDS and len(form) <= _SHORT)
        or (few and len(form) <= _SHORT and _has_no_subject(question, own))
    )


def _has_no_subject(question: Question, own: Sequence[Word]) -> bool:
    """Return whether a question asks a side or a detail without saying of what: 有时间要求吗, 带来了多少收入."""
    if all(word.text in facets() for word in own):
        return True
    return question.kind in DETAILS and question.form.strip().startswith(own[0].text) and not is_noun(own[0].text)


def matters(question: Question) -> list[Word]:
    """Return the words that say what a question is about by itself: no side of a matter, no year, nothing carried."""
    own = [word for word in _own(question) if word.origin == "asked"]
    return [word for word in own if word.text not in facets() and not years.YEAR.fullmatch(word.text)]


def _not_of_remedy(words: Sequence[Word]) -> list[Word]:
    """Return the words that do not only ask for a remedy (对策, 解决办法)."""
    return [word for word in words if not asks_remedy(word.text)]


def says_of_what(question: Question, is_word: Callable[[str], bool]) -> bool:
    """Return whether a question begins with what it is about (那河长制呢), and does not ask of what was spoken of.

    ``is_word`` tells the words of the language from names (林长).
    """
    about = matters(question)
    rest = _OPENING.sub("", question.form.strip())
    return bool(about) and rest.startswith(about[0].text) and (is_noun(about[0].text) or not is_word(about[0].text))


def _own(question: Question) -> list[Word]:
    """Return the words of a question's own matter."""
    return [word for word in question.words if not _is_ordinal(word) and word.text not in spoken()]


def _items(question: Question, own: Sequence[Word], before: Answered) -> Picked | None:
    """Return the items that a question asks about: by number, by the words of their heads, or the one that is open."""
    form = question.form.strip()
    if (by_number := picked(form, before.lists)) is not None:
        # After another answer 第一条 may be of what was not shown as a list: the item has to have what is asked of it.
        texts = [before.lists[by_number.level].texts[item] for item in by_number.items]
        held = all(any(stands_in(word.text, text) for text in texts) for word in matters(question))
        return by_number if before.recent or held else None
    if asks_remedy(form) and not _not_of_remedy(own):
        # 怎么解决, when an item was opened, asks of that item.
        return before.item if before.item is not None and before.lists[before.item.level].trouble else None
    if years.are_in(form) or _LATER.search(form):
        return None
    if (
        before.recent
        and _EACH.search(form)
        and not any(is_noun(w.text) for w in matters(question))
        and not asks_remedy(form)
    ):
        level = len(before.lists) - 1
        if before.item is None or before.item.level < level:
            return Picked(level, tuple(range(len(before.lists[level].heads))), "", "")
    return _by_head(question, before) or _still_open(question, own, before)


def _by_head(question: Question, before: Answered) -> Picked | None:
    """Return the item that alone has what is asked about in its head (物流那条呢), of the list last answered from."""
    subject = _THAT_ITEM.match(question.form.strip())
    about = [word for word in matters(question) if subject is None or word.text in subject[1]]
    if not about or question.kind in DETAILS:
        return None
    for level, known in reversed(list(enumerate(before.lists))):
        if before.near is None or known.enumeration.document != before.near.document:
            continue
        holding = [{n for n, head in enumerate(known.heads) if stands_in(word.text, head)} for word in about]
        if len(common := set.intersection(*holding)) == 1:
            return Picked(level, tuple(common), "", "")
        if _COMPARES.search(question.form) and all(len(heads) == 1 for heads in holding):
            return Picked(level, tuple(sorted(set.union(*holding))), "", "")
    return None


def _still_open(question: Question, own: Sequence[Word], before: Answered) -> Picked | None:
    """Return the item that is open, where it has all that is asked about (举个例子, 为什么)."""
    if before.item is None or _MORE.search(question.form):
        return None
    text = before.lists[before.item.level].texts[before.item.items[0]]
    wanted = detail.wanted(question.kind, question.form)
    if wanted is not None and not wanted.search(text):
        return None
    asked = [word for word in own if question.kind not in DETAILS or is_noun(word.text)]
    return before.item if all(stands_in(word.text, text) for word in asked) else None


def _about_items(question: Question, items: Picked, before: Answered) -> Meant:
    """Return what is meant by a question about items: the items opened, or what is done about one."""
    form = question.form
    if items.items and len(items.items) == 1:
        # What is wrong has its remedy elsewhere; a remedy is opened where it stands.
        if before.lists[items.level].trouble and asks_remedy(form):
            question = replace(question, words=tuple(_not_of_remedy(question.words)))
            return Meant(question, True, items, remedy=True)
        if before.remedy_asked is not None and not question.words:
            # 第二个呢, after 第一条怎么解决, asks the same of the second.
            return Meant(replace(before.remedy_asked, text=question.text), True, items, remedy=True)
    return Meant(question, True, items)


def _counts(form: str, about: Sequence[Word], named: bool) -> float:
    """Return what carried words count beside a question's own."""
    if not about or (named and not _INSTEAD.search(form)):
        return _SAME_MATTER
    if _POINTING.search(form):
        return _GOES_ON
    return _INSTEAD_OF_IT if _INSTEAD.search(form) else _GOES_ON


def _is_ordinal(word: Word) -> bool:
    return word.text.isdecimal() and len(word.text) < 3
