"""Candidates in, the same in a better order out: preferences that a question's kind, year and conversation give."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from service.answering import detail
from service.answering.question import Question
from service.answering.ranking import Candidate
from service.answering.shelf import Shelf
from service.language.matching import readable

# Each preference multiplies a score. Small: they decide between passages that say about the same.
_RIGHT_YEAR, _WRONG_YEAR = 1.2, 0.8
_WITH_DETAIL, _WITHOUT_DETAIL = 1.25, 0.8
_SAME_DOCUMENT, _SAME_SECTION = 1.3, 1.2

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?!\d)")
_RELATIVE = (("今年", 0), ("本年", 0), ("去年", -1), ("上年", -1), ("明年", 1), ("前年", -2))
# 怎么做的, 做得怎么样: asked of what was done.
_DONE = re.compile(r"的[?。!]*$|得怎|得如何|怎么样|怎样了|了[吗没?。!]*$|成效|效果|过去|已经")
# Headings of reports that tell the year they speak of without its number.
_LOOKING_BACK = re.compile("过去一年|去年|上年|上一年|一年来|回顾")
_LOOKING_FORWARD = re.compile("今年|新的一年|重点任务|工作安排|工作任务|工作谋划|工作计划|总体要求|预期目标|重点工作")


@dataclass(frozen=True, slots=True)
class Near:
    """Where the conversation was last answered: the document, by its place, and the first heading there."""

    document: int
    section: str | None


def preferred(candidates: Sequence[Candidate], question: Question, shelf: Shelf, near: Near | None) -> list[Candidate]:
    """Return the candidates by score times what each preference gives; ties keep the order of the corpus."""
    factors: list[Callable[[Candidate], float]] = []
    if year := _asked_year(question.form) or _meant_year(question):
        factors.append(lambda c: _year_factor(c, year, shelf))
    if pattern := detail.wanted(question.kind, question.form):
        factors.append(lambda c: _detail_factor(c, pattern, shelf))
    if near is not None:
        factors.append(lambda c: _near_factor(c, near, shelf))
    raised = [replace(c, score=c.score * _product(factor(c) for factor in factors)) for c in candidates]
    return sorted(raised, key=lambda c: (-c.score, c.passage))


def _product(factors: Iterable[float]) -> float:
    product = 1.0
    for factor in factors:
        product *= factor
    return product


def _asked_year(form: str) -> int | str | None:
    """Return the relative name of the year that is asked about, or the year itself, or None."""
    if relative := next((name for name, _ in _RELATIVE if name in form), None):
        return relative
    match = _YEAR.search(form)
    return int(match.group(1)) if match else None


def _meant_year(question: Question) -> str | None:
    """Return this year for a question how something is to be done, None for one how it was done."""
    return "今年" if question.kind == "how" and not _DONE.search(question.form) else None


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


def _detail_factor(candidate: Candidate, pattern: re.Pattern[str], shelf: Shelf) -> float:
    """Return what a passage gains by telling the detail asked for, or loses by not telling it."""
    form = readable(shelf.corpus.text_of(shelf.corpus.passages[candidate.passage])).text
    return _WITH_DETAIL if pattern.search(form) else _WITHOUT_DETAIL


def _near_factor(candidate: Candidate, near: Near, shelf: Shelf) -> float:
    passage = shelf.corpus.passages[candidate.passage]
    if passage.document != near.document:
        return 1.0
    same = near.section is not None and passage.path[:1] == (near.section,)
    return _SAME_DOCUMENT * (_SAME_SECTION if same else 1.0)
