"""Candidates in, the same in a better order out: preferences that a question's kind, year and conversation give."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.answering import boilerplate, detail, years
from service.answering.answer import Kind
from service.answering.naming import Named
from service.answering.question import QUOTED, Question, Word
from service.answering.ranking import Candidate, covered, information
from service.answering.shelf import Shelf
from service.answering.trouble import asks_remedy, complains, tells_remedy
from service.answering.wording import BY_SYNONYM, share_of
from service.language.matching import readable
from service.passages.enumerations import Enumeration
from service.passages.passage import Passage

# Each preference multiplies a score. Small: they decide between passages that say about the same.
_RIGHT_YEAR, _WRONG_YEAR = 1.2, 0.8
# For each wording of boilerplate beyond the usual few, up to the most that are counted.
_BOILERPLATE, _USUAL, _MOST = 0.85, 2, 5
# A short sentence with so much of the question in it heads what follows it.
_HEADED, _MOSTLY = 1.2, 0.7
# What a year of age takes, more among documents that the question names, as the reports of one place; and never more
# than this, however old.
_A_YEAR, _A_YEAR_OF_NAMED, _OLDEST = 0.03, 0.1, 0.7
# Of a year that has passed, what came of it is asked, not what was planned.
_RESULT, _PLAN = 1.2, 0.8
_PLANNED = re.compile("目标|计划|预期|打算|安排|预计|预算|要|拟")
# Where the question is nothing but another year.
_YEAR_ALONE = (1.5, 0.5)
_WITH_DETAIL, _WITHOUT_DETAIL = 1.25, 0.8
_OF_LEVEL = 1.2
# Whoever asks what is done is not answered by what is wrong.
_COMPLAINT = 0.8
# Far more, and behind all in force that covers so much of the question: that is an answer.
_LAPSED, _ANSWERS = 0.5, 0.5
_SAME_DOCUMENT, _SAME_SECTION = 1.3, 1.2

_NEXT = re.compile("下一?步|下一?阶段|今后")
# What may be the remedy of troubles goes before what is of the same matter only.
_BEHIND_TROUBLES, _TOLD_REMEDY = 1.5, 1.5

_DETAIL_SAID: dict[Kind, str] = {"number": "含数字的句子", "when": "含时间的句子"}
# 怎么做的, 做得怎么样: asked of what was done.
_DONE = re.compile(r"的[?。!]*$|得怎|得如何|怎么样|怎样了|了[吗没?。!]*$|成效|效果|过去|已经")
Factor = Callable[[Candidate, Passage], float]


@dataclass(frozen=True, slots=True)
class Near:
    """Where the conversation was last answered: the document, by its place, and the first heading there."""

    document: int
    section: str | None


@dataclass(frozen=True, slots=True)
class Preferences:
    """What is preferred among passages: what it says of itself, the year that 今年 is read as, and its factors.

    A factor multiplies a candidate's score, given its passage, too. What holds more of the ``phrases``, in
    readable form, goes before what holds fewer, whatever its score. ``asked`` is the year that is asked about.
    """

    said: tuple[str, ...]
    year: int | None
    factors: tuple[Factor, ...]
    phrases: tuple[str, ...] = ()
    asked: int | None = None


def preferences(
    question: Question,
    shelf: Shelf,
    near: Near | None,
    naming: Named,
    this_year: int | None,
) -> Preferences:
    """Return what is preferred for a question that names these documents; ``this_year`` if it was chosen.

    ``near`` is where the conversation was last answered, for a question that goes on from there.
    """
    said: list[str] = []
    # Nothing is said of this one: beside the title of each such document it says so.
    factors: list[Factor] = [lambda _, p: _LAPSED if p.document in shelf.lapsed else 1.0] if shelf.lapsed else []
    relative = years.relative(question.form)
    year = years.asked(question.form)
    read_as = None
    if relative is not None:
        read_as = this_year if this_year is not None else _newest_year(shelf, naming.documents)
        year = None if read_as is None else read_as + relative
    if year is not None:
        said.append(f"讲{year}年的部分")
        right, wrong = _YEAR_ALONE if _asks_year_alone(question) else (_RIGHT_YEAR, _WRONG_YEAR)
        factors.append(lambda _, p: _year_factor(p, year, right, wrong, shelf))
        newest = _newest_year(shelf, naming.documents)
        if newest is not None and year < newest and question.kind == "number" and not _PLANNED.search(question.form):
            factors.append(lambda _, p: _result_factor(p, year, shelf))
    elif question.kind == "how" and not _DONE.search(question.form):
        said.append("讲今后工作的部分")
        factors.append(lambda _, p: _year_factor(p, None, _RIGHT_YEAR, _WRONG_YEAR, shelf))
    if year is None and (newest := _newest_year(shelf, naming.documents)) is not None:
        a_year = _A_YEAR if naming.documents is None else _A_YEAR_OF_NAMED
        factors.append(lambda _, p: _age_factor(p, newest, a_year, shelf))
    if pattern := detail.wanted(question.kind, question.form):
        said.append(_DETAIL_SAID[question.kind])
        factors.append(lambda _, p: _detail_factor(p, pattern, shelf))
    if not boilerplate.wordings(question.form):
        factors.append(lambda c, _: _boilerplate_factor(c.passage, shelf))
    told = information(question.words, shelf.passages)
    order = sorted(range(len(told)), key=lambda place: -told[place])
    factors.append(lambda c, _: _HEADED if _has_head(c, question, told, order, shelf) else 1.0)
    if asks_remedy(question.form):
        factors.append(lambda _, p: _COMPLAINT if complains(shelf.corpus.text_of(p)) else 1.0)
    if naming.leaning:
        factors.append(lambda _, p: _OF_LEVEL if p.document in naming.leaning else 1.0)
    if near is not None:
        said.append("上一问所在的材料")
        factors.append(lambda _, p: _near_factor(p, near))
    if phrases := question.phrases:
        # As they were typed: 一件事一次办, not 1件事1次办.
        said.append(f"含{'、'.join(f'“{typed[1]}”' for typed in QUOTED.finditer(question.text))}的段落")
    return Preferences(tuple(said), read_as, tuple(factors), phrases, year)


def preferred(candidates: Sequence[Candidate], preferences: Preferences, shelf: Shelf) -> list[Candidate]:
    """Return the candidates by score times what each preference gives; ties keep the order of the corpus.

    What is no longer in force comes behind all that is in force and answers.
    """

    def held(candidate: Candidate) -> int:
        if not preferences.phrases:
            return 0
        passage = shelf.corpus.passages[candidate.passage]
        form = readable("\n".join((*passage.path, shelf.corpus.text_of(passage)))).text
        return sum(phrase in form for phrase in preferences.phrases)

    passages, factors = shelf.corpus.passages, preferences.factors
    raised = []
    for c in candidates:
        # Looked up once for all of them.
        passage = passages[c.passage]
        factor = math.prod([factor(c, passage) for factor in factors])
        raised.append(Candidate(c.passage, c.score * factor, c.covered))
    ranked = sorted(raised, key=lambda c: (-held(c), -c.score, c.passage))
    lapsed = [c for c in ranked if shelf.has_lapsed(c.passage)]
    if not lapsed:
        return ranked
    answering = [
        at
        for at, c in enumerate(ranked)
        if c.covered >= _ANSWERS and not shelf.has_lapsed(c.passage) and held(c) >= held(lapsed[0])
    ]
    last = max(answering, default=-1)
    before = [c for c in ranked[: last + 1] if shelf.has_lapsed(c.passage)]
    return [c for c in ranked[: last + 1] if c not in before] + before + ranked[last + 1 :]


def behind(candidates: Sequence[Candidate], troubles: Enumeration, shelf: Shelf) -> list[Candidate]:
    """Return the candidates with those first that may say what is done about a list of troubles.

    That is said behind it, mostly under a heading or in a sentence that tells so.
    """

    def factor(candidate: Candidate) -> float:
        passage = shelf.corpus.passages[candidate.passage]
        if passage.document != troubles.document or passage.start < troubles.end:
            return 1.0
        said = "\n".join((*passage.path, shelf.corpus.text_of(passage)))
        told = tells_remedy(said) or _NEXT.search(said)
        return _BEHIND_TROUBLES * (_TOLD_REMEDY if told else 1.0)

    raised = [candidate._replace(score=candidate.score * factor(candidate)) for candidate in candidates]
    return sorted(raised, key=lambda c: (-c.score, c.passage))


def _age_factor(passage: Passage, newest: int, a_year: float, shelf: Shelf) -> float:
    """Return what a passage loses by the age of its document, in years behind the newest; what has no year loses none."""
    year = shelf.year_of[passage.document]
    return 1.0 if year is None else max(_OLDEST, 1.0 - a_year * (newest - year))


def _boilerplate_factor(number: int, shelf: Shelf) -> float:
    """Return what a passage loses by wordings that stand in every official text."""
    return _BOILERPLATE ** min(_MOST, max(0, shelf.boilerplate_in[number] - _USUAL))


def _has_head(
    candidate: Candidate, question: Question, told: Sequence[float], order: Sequence[int], shelf: Shelf
) -> bool:
    """Return whether a short sentence in a passage, with more behind it, says most of what is asked: it is about that.

    ``order`` are the places of the question's words, those that say most first.
    """
    # A sentence says no more than its passage, of which a word counts less where a synonym gives it a higher score.
    return candidate.covered >= BY_SYNONYM * _MOSTLY and any(
        _says_most(head, question.words, told, order) for head in shelf.heads[candidate.passage]
    )


def _says_most(form: str, words: Sequence[Word], told: Sequence[float], order: Sequence[int]) -> bool:
    shares = [0.0] * len(words)
    # What may be missing, rounding aside. Nearly always a word or two tell that it is too much.
    left = (1 - _MOSTLY) * sum(told) + 1e-9
    for place in order:
        shares[place] = share_of(words[place], form)
        left -= told[place] * (1 - shares[place])
        if left < 0:
            return False
    return covered(shares, told) >= _MOSTLY


def _newest_year(shelf: Shelf, documents: frozenset[int] | None) -> int | None:
    """Return the year of the newest of these documents, None where none is known."""
    if documents is None:
        return shelf.newest_year
    known = (shelf.year_of[number] for number in documents)
    return max((year for year in known if year is not None), default=None)


def _asks_year_alone(question: Question) -> bool:
    """Return whether all that a question says of its own is a year (那前年呢)."""
    own = [word for word in question.words if word.origin == "asked"]
    return len(own) < len(question.words) and all(years.YEAR.fullmatch(word.text) for word in own)


def _year_factor(passage: Passage, asked: int | None, right: float, wrong: float, shelf: Shelf) -> float:
    """Return what a passage gains or loses by the year that its section speaks of; None asks for its document's own."""
    own = shelf.year_of[passage.document]
    asked = own if asked is None else asked
    if asked is None:
        return 1.0
    if spoken_of := years.of_headings(passage.path, own):
        return right if asked in spoken_of else wrong
    # A report speaks of its own year and of the one before.
    return 1.0 if own is None or asked in (own, own - 1) else wrong


def _result_factor(passage: Passage, asked: int, shelf: Shelf) -> float:
    """Return what a passage gains where it looks back on a year that has passed, or loses where it planned it."""
    own = shelf.year_of[passage.document]
    if own is None or asked not in years.of_headings(passage.path, own):
        return 1.0
    return _RESULT if own > asked else _PLAN


def _detail_factor(passage: Passage, pattern: re.Pattern[str], shelf: Shelf) -> float:
    """Return what a passage gains by telling the detail asked for, or loses by not telling it."""
    form = readable(shelf.corpus.text_of(passage)).text
    return _WITH_DETAIL if pattern.search(form) else _WITHOUT_DETAIL


def _near_factor(passage: Passage, near: Near) -> float:
    if passage.document != near.document:
        return 1.0
    same = near.section is not None and passage.path[:1] == (near.section,)
    return _SAME_DOCUMENT * (_SAME_SECTION if same else 1.0)
