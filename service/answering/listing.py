"""A Question that wants several things in, the Enumeration that names them out, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from service import deadline
from service.answering import years
from service.answering.facets import MEASURES, matters_of_measures
from service.answering.question import Question, Word
from service.answering.ranking import Candidate, covered, query_of
from service.answering.shelf import Announced, Shelf
from service.answering.trouble import asks_remedy, asks_trouble, tells_trouble
from service.answering.wording import STANDS, share_of
from service.passages.enumerations import Enumeration

_CONSIDERED = 24
_OF_PASSAGES = 3
_RIGHT_COUNT, _NEARLY = 0.3, -0.2
_HOLDS_BEST = 0.15
_OF_LEANING = 0.1
_RIGHT_YEAR, _WRONG_YEAR = 0.05, -0.2
_HEADS_OF_TROUBLE = 0.1
# What is asked about a list stands in its lead-in and headings; its items are what is asked for. A word in one item's
# head is a word of that item, a word in most heads is what the list is about.
_MOST = 0.5
_IN_ONE_HEAD = 0.3
# The title chooses the document, not the list in it; a word that stands nowhere cannot stand in a lead-in.
_IN_TITLE, _ABSENT = 0.4, 0.4
# What the items of most lists are, whether or not the lead-in calls them so; it need not stand there.
_UNNEEDED = 0.1
_LEAST_COVERED = 0.5
# The right number of items, or the speaker who is asked for, makes up for some of the words.
_LEAST_WITH_COUNT = 0.45
_BEHIND_PASSAGE = 0.25


@dataclass(frozen=True, slots=True)
class Listed:
    """An enumeration that answers, and the share of the question that its lead-in, headings and items' heads hold."""

    enumeration: Enumeration
    score: float
    covered: float


def find(
    question: Question,
    shelf: Shelf,
    candidates: Sequence[Candidate],
    documents: frozenset[int] | None,
    told: Sequence[float],
    leaning: frozenset[int],
    year: int | None,
) -> Listed | None:
    """Return the enumeration that answers best, or None where none is about what is asked.

    ``candidates`` are the passages that may answer: a list that the best of them lies in is preferred. ``told`` is
    what each word of the question says, ``leaning`` the documents of the administration or speaker that is spoken of,
    ``year`` the year asked about.
    Of lists that hold as much, an outer one goes before those inside its items.
    """
    trouble, remedy = asks_trouble(question.form), asks_remedy(question.form)
    weights = _weights(question.words, told, shelf)
    best: Listed | None = None
    for place in _considered(question, shelf, candidates, documents):
        deadline.check()
        enumeration = shelf.enumerations[place]
        bonus = _count_bonus(question.count, len(enumeration.items))
        if bonus is None:
            continue
        if remedy and shelf.announced[place].troubles:
            continue
        if trouble:
            if not _is_of_trouble(enumeration, shelf):
                continue
            bonus += _HEADS_OF_TROUBLE if _heads_tell_trouble(enumeration, shelf) else 0.0
        if year is not None and (spoken_of := years.of_headings(enumeration.path, shelf.year_of[enumeration.document])):
            bonus += _RIGHT_YEAR if year in spoken_of else _WRONG_YEAR
        bonus += _OF_LEANING if enumeration.document in leaning else 0.0
        share = _covered(question.words, told, weights, shelf.announced[place])
        if not _is_about(question.words, shelf.announced[place]):
            continue
        score = share + bonus
        if candidates and holds(enumeration, shelf, candidates[0]):
            score += _HOLDS_BEST
        if share < (_LEAST_COVERED if bonus <= 0 else _LEAST_WITH_COUNT) or score < _LEAST_COVERED:
            continue
        if best is None or (round(score, 6), -len(enumeration.path)) > (
            round(best.score, 6),
            -len(best.enumeration.path),
        ):
            best = Listed(enumeration, score, share)
    if best is not None and candidates and candidates[0].covered > best.score + _BEHIND_PASSAGE:
        return None
    return best


def _is_about(words: Sequence[Word], announced: Announced) -> bool:
    """Return whether a list agrees with a question for measures in more than the words for them."""
    matters = matters_of_measures(words)
    said = (announced.about, announced.all_heads, announced.title)
    return not matters or any(share_of(words[place], form) >= STANDS for place in matters for form in said)


def _is_of_trouble(enumeration: Enumeration, shelf: Shelf) -> bool:
    """Return whether what leads a list in, or most of its heads, say that something is wrong."""
    text = shelf.corpus.documents[enumeration.document].text
    about = (text[slice(*enumeration.before)], *enumeration.path)
    return any(map(tells_trouble, about)) or _heads_tell_trouble(enumeration, shelf)


def _heads_tell_trouble(enumeration: Enumeration, shelf: Shelf) -> bool:
    text = shelf.corpus.documents[enumeration.document].text
    told = [tells_trouble(text[item.head.start : item.head.end]) for item in enumeration.items]
    return sum(told) >= _MOST * len(told)


def _considered(
    question: Question, shelf: Shelf, candidates: Sequence[Candidate], documents: frozenset[int] | None
) -> list[int]:
    """Return the places of the enumerations that may answer: found by their words, or around the best passages."""
    found = [hit.passage for hit in shelf.lists.search(query_of(question.words, documents), _CONSIDERED)]
    for candidate in candidates[:_OF_PASSAGES]:
        found += shelf.lists_around(candidate.passage)
    return list(dict.fromkeys(found))


def _weights(words: Sequence[Word], told: Sequence[float], shelf: Shelf) -> list[tuple[float, float]]:
    """Return what each word counts where it stands in what leads a list in or its heads, and where it stands in none of it."""
    found: list[tuple[float, float]] = []
    for word, says in zip(words, told, strict=True):
        standing = says if shelf.passages.frequency(word.text) else says * _ABSENT
        found.append((standing, says * _UNNEEDED if word.text in MEASURES else standing))
    return found


def _covered(
    words: Sequence[Word], told: Sequence[float], weights: Sequence[tuple[float, float]], announced: Announced
) -> float:
    """Return the share of the question's information that is about the list, 0 to 1."""
    matched: list[float] = []
    counted: list[float] = []
    for word, says, (standing, missing) in zip(words, told, weights, strict=True):
        share = share_of(word, announced.about)
        # What stands in none of the heads need not be looked for in each.
        if share < 1.0 and share_of(word, announced.all_heads):
            in_heads = [share_of(word, head) for head in announced.heads]
            most = sum(in_head > 0 for in_head in in_heads) >= _MOST * len(in_heads)
            share = max(share, max(in_heads) * (1.0 if most else _IN_ONE_HEAD))
        in_title = share_of(word, announced.title) if share < 1.0 else 0.0
        if share >= in_title:
            matched.append(share)
            counted.append(standing if share else missing)
        else:
            matched.append(in_title)
            counted.append(says * _IN_TITLE)
    return covered(matched, counted)


def _count_bonus(wanted: int | None, count: int) -> float | None:
    """Return what the number of items adds to a list's score; None where it is another number than was asked for."""
    if wanted is None or wanted < 2:
        return 0.0
    if wanted == count:
        return _RIGHT_COUNT
    return _NEARLY if abs(wanted - count) == 1 else None


def holds(enumeration: Enumeration, shelf: Shelf, candidate: Candidate) -> bool:
    """Return whether a passage lies in a list, or holds its beginning."""
    passage = shelf.corpus.passages[candidate.passage]
    inside = enumeration.start <= passage.start < enumeration.end
    return passage.document == enumeration.document and (inside or passage.start < enumeration.start < passage.end)
