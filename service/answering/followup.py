"""A question and what was answered before in, the question as it is meant out: what it carries over from earlier ones."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.answering import years
from service.answering.answer import Kind
from service.answering.answered import Answered
from service.answering.facets import facets
from service.answering.leaning import (
    COMPARES,
    DETAILS,
    MORE,
    MOST_WORDS,
    has_no_subject,
    is_ordinal,
    leans,
    matters,
    not_of_remedy,
    own_words,
)
from service.answering.ordinals import Picked
from service.answering.picking import items_of
from service.answering.question import Question, Word
from service.answering.trouble import asks_remedy
from service.language.matching import stands_in

# What points at the matter itself, beside words that say where else or when else to look: 开发区也这样吗, 它后来怎样了.
_POINTING = re.compile("它|这|该|其|同样|也|上述|前者|后者")
# A new matter set in the place of the one before: 水利方面呢.
_INSTEAD = re.compile("(?:方面|这块|那块|这边|那边|上)?的?呢[?。!]*$")
_ELLIPTIC = re.compile("呢[?。!]*$")
# What carried words count: where the question is about the same matter, where it goes on from it, where it turns to
# another one in the same place.
_SAME_MATTER, _GOES_ON, _INSTEAD_OF_IT = 0.8, 0.3, 0.1
# Said to someone, and asking nothing. What was read once is never read otherwise (++): 谢谢你好 could be in two ways, and so
# twenty of them in a million.
_COURTESY = re.compile(
    "(?:好的?|嗯|哦|行|收到|明白了?|知道了|了解了?|清楚了|谢谢[你您]|谢|多谢|感谢|辛苦了?|再见|你好|您好|[,、。!~ ])++"
)
# What would count less is carried no further.
_FORGOTTEN = 0.04


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
    own = own_words(question)
    items = None if named or len(own) > MOST_WORDS else items_of(question, own, before)
    if items is not None and (items.items or not own):
        if not items.said and len(items.items) == 1:
            # What chose the item stands in its head, and asks for nothing further inside it.
            head = before.lists[items.level].heads[items.items[0]]
            own = [word for word in own if not stands_in(word.text, head)]
        return _about_items(replace(question, words=tuple(own)), items, before)
    compares = COMPARES.search(form) is not None
    another_year = years.are_in(form)
    counts = _counts(form, matters(question), named)
    # Another side of the matter takes the place of the one asked before: 成效 before, 那难点呢 now.
    remedy = not not_of_remedy(own) and asks_remedy(form) and before.recent and before.lists[-1].trouble
    of_detail = question.kind in DETAILS
    another_side = remedy or (any(word.text in facets() for word in own) and not of_detail)
    carried = _carried(before, own, counts, another_year, another_side)
    if before.asked_year is not None and not another_year:
        # What was asked of a year is still asked of it.
        form = f"{before.asked_year}年{form}"
    # 打算怎么解决 is not answered by the word for it.
    words = (*(not_of_remedy(own) if remedy else own), *carried)
    return Meant(
        replace(question, form=form, words=words, kind=_kind(question, own, before)),
        True,
        remedy=remedy,
        another_side=another_side,
        more=not own and not named and not compares and MORE.search(form) is not None,
        compares=compares,
        points=_POINTING.search(form) is not None or has_no_subject(question, own),
    )


def _carried(
    before: Answered, own: Sequence[Word], counts: float, another_year: bool, another_side: bool
) -> Iterator[Word]:
    """Yield the words of the question before that are asked again, each counting so much of what it did."""
    known = {word.text for word in own}
    for word in before.words:
        # 哪三个 counted the items of that answer; of another one it says nothing.
        forgotten = word.counts * counts <= _FORGOTTEN or is_ordinal(word)
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


def _about_items(question: Question, items: Picked, before: Answered) -> Meant:
    """Return what is meant by a question about items: the items opened, or what is done about one."""
    form = question.form
    if items.items and len(items.items) == 1:
        # What is wrong has its remedy elsewhere; a remedy is opened where it stands.
        if before.lists[items.level].trouble and asks_remedy(form):
            question = replace(question, words=tuple(not_of_remedy(question.words)))
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
