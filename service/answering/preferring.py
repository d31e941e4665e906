"""Candidates in, the same in a better order out: preferences that a question's kind, year and conversation give."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from service.answering.question import Question
from service.answering.ranking import Candidate
from service.answering.shelf import Shelf
from service.language.folding import fold
from service.language.matching import readable

# Each preference multiplies a score. Small: they decide between passages that say about the same.
_RIGHT_YEAR, _WRONG_YEAR = 1.2, 0.8
_WITH_UNIT, _WITHOUT_NUMBER = 1.25, 0.8
_SAME_DOCUMENT, _SAME_SECTION = 1.3, 1.2

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?!\d)")
_RELATIVE = (("今年", 0), ("本年", 0), ("去年", -1), ("上年", -1), ("明年", 1), ("前年", -2))
# Headings of reports that tell the year they speak of without its number.
_LOOKING_BACK = re.compile("过去一年|去年|上年|上一年|一年来|回顾")
_LOOKING_FORWARD = re.compile("今年|新的一年|重点任务|工作安排|工作任务|工作谋划|工作计划|总体要求|预期目标|重点工作")
_UNIT = re.compile(
    r"(?:多少|几)(?:个|多)?((?:亿|万|千)?(?:元|吨|亩|辆|家|人|户|件|项|次|个|公里|千瓦|立方米|平方米|斤|标准箱|倍|度|天|场|所|张|套|台|名)|亿|万|%)"
)


@dataclass(frozen=True, slots=True)
class Near:
    """Where the conversation was last answered: the document, by its place, and the first heading there."""

    document: int
    section: str | None


def preferred(candidates: Sequence[Candidate], question: Question, shelf: Shelf, near: Near | None) -> list[Candidate]:
    """Return the candidates by score times what each preference gives; ties keep the order of the corpus."""
    factors: list[Callable[[Candidate], float]] = []
    if year := _asked_year(question.text):
        factors.append(lambda c: _year_factor(c, year, shelf))
    if question.kind == "number":
        unit = _UNIT.search(fold(question.text))
        factors.append(lambda c: _number_factor(c, unit.group(1) if unit else None, shelf))
    if near is not None:
        factors.append(lambda c: _near_factor(c, near, shelf))
    raised = [replace(c, score=c.score * _product(factor(c) for factor in factors)) for c in candidates]
    return sorted(raised, key=lambda c: (-c.score, c.passage))


def _product(factors: Iterable[float]) -> float:
    product = 1.0
    for factor in factors:
        product *= factor
    return product


def _asked_year(text: str) -> int | str | None:
    """Return the year a question names, or its relative name, or None."""
    form = readable(text).text
    if match := _YEAR.search(form):
        return int(match.group(1))
    return next((name for name, _ in _RELATIVE if name in form), None)


def _year_factor(candidate: Candidate, asked: int | str, shelf: Shelf) -> float:
    """Return what a passage gains or loses by the year that its section speaks of."""
    passage = shelf.corpus.passages[candidate.passage]
    document = shelf.corpus.documents[passage.document]
    own = int(document.date[:4]) if document.date else None
    if isinstance(asked, str):
        if own is None:
            return 1.0
        asked = own + dict(_RELATIVE)[asked]
    for heading in passage.path:
        told = {int(year) for year in _YEAR.findall(readable(heading).text)}
        if not told and own is not None:
            back, forward = _LOOKING_BACK.search(heading), _LOOKING_FORWARD.search(heading)
            told = {own - 1} if back else {own} if forward else set()
        if told:
            return _RIGHT_YEAR if asked in told else _WRONG_YEAR
    return 1.0


def _number_factor(candidate: Candidate, unit: str | None, shelf: Shelf) -> float:
    """Return what a passage gains by a number in the unit asked for, or loses where it has none at all."""
    form = readable(shelf.corpus.text_of(shelf.corpus.passages[candidate.passage])).text
    if unit is not None and re.search(rf"\d[余多]?{unit}", form):
        return _WITH_UNIT
    return 1.0 if re.search(r"\d", form) else _WITHOUT_NUMBER


def _near_factor(candidate: Candidate, near: Near, shelf: Shelf) -> float:
    passage = shelf.corpus.passages[candidate.passage]
    if passage.document != near.document:
        return 1.0
    same = near.section is not None and passage.path[:1] == (near.section,)
    return _SAME_DOCUMENT * (_SAME_SECTION if same else 1.0)
