"""A Question that wants several things in, the Enumeration that names them out, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.answering.question import Question, Word
from service.answering.ranking import Candidate, covered, information, query_of
from service.answering.shelf import Shelf
from service.answering.wording import share_of
from service.language.matching import readable
from service.passages.enumerations import Enumeration

_CONSIDERED = 24
_OF_PASSAGES = 3
_RIGHT_COUNT, _WRONG_COUNT = 0.3, -0.3
_HOLDS_BEST = 0.15
# What is asked about a list stands in its lead-in and headings; its items are what is asked for. A word in one item's
# head is a word of that item, a word in most heads is what the list is about.
_MOST = 0.5
_IN_ONE_HEAD = 0.3
_LEAST_COVERED = 0.5
_BEHIND_PASSAGE = 0.2


@dataclass(frozen=True, slots=True)
class Listed:
    """An enumeration that answers, and the share of the question that its lead-in, headings and items' heads hold."""

    enumeration: Enumeration
    score: float
    covered: float


def find(question: Question, shelf: Shelf, candidates: list[Candidate], documents: frozenset[int] | None) -> Listed | None:
    """Return the enumeration that answers best, or None where none is about what is asked.

    ``candidates`` are the passages that may answer: a list that the best of them lie in is preferred.
    """
    told = information(question.words, shelf.passages)
    best: Listed | None = None
    for place in _considered(question, shelf, candidates, documents):
        enumeration = shelf.enumerations[place]
        share = covered([_matched(word, enumeration, shelf) for word in question.words], told)
        score = share + _count_bonus(question.count, len(enumeration.items))
        if candidates and _holds(enumeration, shelf, candidates[0]):
            score += _HOLDS_BEST
        if share >= _LEAST_COVERED and score >= _LEAST_COVERED and (best is None or score > best.score + 1e-9):
            best = Listed(enumeration, score, share)
    if best is not None and candidates and candidates[0].covered > best.score + _BEHIND_PASSAGE:
        return None
    return best


def _considered(
    question: Question, shelf: Shelf, candidates: Sequence[Candidate], documents: frozenset[int] | None
) -> list[int]:
    """Return the places of the enumerations that may answer: found by their words, or around the best passages."""
    found = [hit.passage for hit in shelf.lists.search(query_of(question.words, documents), _CONSIDERED)]
    for candidate in candidates[:_OF_PASSAGES]:
        document = shelf.corpus.passages[candidate.passage].document
        found += [n for n in shelf.lists_of.get(document, ()) if _holds(shelf.enumerations[n], shelf, candidate)]
    return list(dict.fromkeys(found))


def _matched(word: Word, enumeration: Enumeration, shelf: Shelf) -> float:
    document = shelf.corpus.documents[enumeration.document]
    text = document.text
    about = [text[slice(*enumeration.lead)] if enumeration.lead else "", *enumeration.path, document.title, document.issuer or ""]
    direct = share_of(word, readable("\n".join(about)).text)
    heads = [share_of(word, readable(text[i.head.start : i.head.end]).text) for i in enumeration.items]
    most = sum(share > 0 for share in heads) >= _MOST * len(heads)
    return max(direct, max(heads) * (1.0 if most else _IN_ONE_HEAD))


def _count_bonus(wanted: int | None, count: int) -> float:
    if wanted is None or wanted < 2:
        return 0.0
    return _RIGHT_COUNT if wanted == count else _WRONG_COUNT


def _holds(enumeration: Enumeration, shelf: Shelf, candidate: Candidate) -> bool:
    passage = shelf.corpus.passages[candidate.passage]
    inside = enumeration.start <= passage.start < enumeration.end
    return passage.document == enumeration.document and (inside or passage.start < enumeration.start < passage.end)
