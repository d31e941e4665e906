"""A question and what was answered before in, the question as it is meant out: what it carries over from earlier ones."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from service.answering.answer import Kind
from service.answering.citing import Place
from service.answering.facets import facets
from service.answering.naming import Named
from service.answering.preferring import Near
from service.answering.question import Question, Word
from service.answering.trouble import asks_remedy
from service.passages.enumerations import Enumeration
from service.passages.labels import number

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
# What points at the matter itself, beside words that say where else or when else to look: 开发区也这样吗, 它后来怎样了.
_POINTING = re.compile("它|这|该|其|同样|也|上述|前者|后者")
# A new matter set in the place of the one before: 水利方面呢.
_INSTEAD = re.compile("(?:方面|这块|那块|这边|那边|上)?的?呢[?。!]*$")
_ELLIPTIC = re.compile("呢[?。!]*$")
_ORDINAL = re.compile(
    r"(?:(?P<back>倒数)?第(?P<number>\d{1,3}(?!\d)|[一二三四五六七八九十])|最后)(?:一|那|1)?(?:大?方面|个|点|条|项|种|类|件|步|块|招|层|(?=呢|[?。!]|$)|(?<=那))"
)
# 还有呢 asks for what was not shown yet; 具体呢 and 为什么 ask of what was.
_MORE = re.compile("还有|其他|其它|别的|另外|更多|继续|再[来给说讲举找]|除此|除了这")
_YEAR = re.compile(r"(?:19|20)\d\d")
# A question of fewer words of its own than this says too little to stand alone.
_FEWEST_WORDS = 2
_SHORT = 10
# With more words of its own it is about something else, even if it names a number or begins like a follow-up.
_MOST_WORDS = 2
# What carried words count: where the question is about the same matter, where it goes on from it, where it turns to
# another one in the same place.
_SAME_MATTER, _GOES_ON, _INSTEAD_OF_IT = 0.8, 0.3, 0.1
# What would count less is carried no further.
_FORGOTTEN = 0.04


@dataclass(frozen=True, slots=True)
class Answered:
    """What a later question may lean on: the words, the names, the place and the enumeration of the answer before it, the
    item of it that was opened, what was asked about an item by its number, and the places shown so far."""

    words: tuple[Word, ...] = ()
    naming: Named = field(default_factory=lambda: Named(""))
    near: Near | None = None
    enumeration: Enumeration | None = None
    kind: Kind = "what"
    trouble: bool = False
    item: int | None = None
    frame: Question | None = None
    shown: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """A question as it is meant, with the words it carries, and how it leans on the answer before.

    ``item`` is the item it names of the last outline; ``remedy`` tells that it asks what is done about that item, which
    stands elsewhere. ``another_side`` tells that it asks of another side of the same matter. ``more`` asks for more of
    the same.
    """

    question: Question
    leans: bool = False
    item: int | None = None
    remedy: bool = False
    another_side: bool = False
    more: bool = False


def meant(question: Question, named: bool, before: Answered | None) -> Meant:
    """Return the question with what it takes over from the one before; a complete question takes nothing.

    ``named`` tells whether it names documents of its own.
    """
    if before is None or not (before.words or before.enumeration):
        return Meant(question)
    if not leans(question):
        return Meant(question)
    form = question.form.strip()
    own = _own(question)
    few = len(own) <= _MOST_WORDS
    item = _item(form, before) if few else None
    if item is None and before.item is not None and before.trouble and few and asks_remedy(form):
        # 怎么解决, when an item was opened, asks of that item.
        item = before.item
    if item is not None:
        return _about_item(replace(question, words=tuple(own)), item, before)
    known = {word.text for word in own}
    # A question that names another year asks of that year, not of both.
    another_year = any(_YEAR.fullmatch(word.text) for word in own)
    counts = _counts(form, own, named)
    # Another side of the matter takes the place of the one asked before: 成效 before, 那难点呢 now.
    another_side = any(word.text in facets() for word in own)
    carried = [
        replace(
            word,
            origin="carried",
            counts=counts * word.counts,
            synonyms=() if own and counts < _SAME_MATTER else word.synonyms,
        )
        for word in before.words
        if word.text not in known
        and word.counts * counts > _FORGOTTEN
        and not (another_year and _YEAR.fullmatch(word.text))
        and not (another_side and word.text in facets())
    ]
    # 那难点呢 asks as the question before it did.
    kind = before.kind if question.kind == "what" and _ELLIPTIC.search(form) else question.kind
    return Meant(
        replace(question, words=(*own, *carried), kind=kind),
        True,
        another_side=another_side,
        more=not own and not named and _MORE.search(form) is not None,
    )


def leans(question: Question) -> bool:
    """Return whether a question leans on what was answered before it, whatever that was; one that does not stands alone."""
    form = question.form.strip()
    own = _own(question)
    few = len(own) <= _MOST_WORDS
    return bool(
        _LEANING.search(form)
        or (few and (_OFTEN_LEANING.match(form) or _ORDINAL.search(form)))
        or (len(own) < _FEWEST_WORDS and len(form) <= _SHORT)
    )


def _own(question: Question) -> list[Word]:
    """Return the words of a question's own matter."""
    return [word for word in question.words if not _is_ordinal(word)]


def _about_item(question: Question, item: int, before: Answered) -> Meant:
    """Return what is meant by a question about an item: the item opened, or what is done about it."""
    form = question.form
    # What is wrong has its remedy elsewhere; a remedy is opened where it stands.
    if before.trouble and asks_remedy(form):
        return Meant(question, True, item, remedy=True)
    if before.frame is not None and not question.words:
        # 第二个呢, after 第一条怎么解决, asks the same of the second.
        return Meant(replace(before.frame, text=question.text), True, item, remedy=True)
    return Meant(question, True, item)


def _counts(form: str, own: Iterable[Word], named: bool) -> float:
    """Return what carried words count beside a question's own."""
    matters = [word for word in own if word.text not in facets() and not _YEAR.fullmatch(word.text)]
    if not matters or (named and not _INSTEAD.search(form)):
        return _SAME_MATTER
    if _POINTING.search(form):
        return _GOES_ON
    return _INSTEAD_OF_IT if _INSTEAD.search(form) else _GOES_ON


def _item(form: str, before: Answered) -> int | None:
    """Return which item of the outline last answered a question names by its number, counted from 0."""
    match = _ORDINAL.search(form)
    if before.enumeration is None or match is None:
        return None
    count = len(before.enumeration.items)
    place = (number(match["number"]) or 0) - 1 if match["number"] else count - 1
    if match["back"]:
        place = count - 1 - place
    return place if 0 <= place < count else None


def _is_ordinal(word: Word) -> bool:
    return word.text.isdecimal() and len(word.text) < 3
