"""A Shelf in, the Suggestions out that were tried and are answered by their places: after an answer, or to begin with."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, zip_longest

from service import deadline
from service.answering.answer import Answer
from service.answering.evidence import Evidence
from service.answering.shelf import Shelf
from service.answering.suggesting import Suggestible, Suggestion, nearest
from service.answering.trouble import asks_trouble
from service.language.folding import fold

MOST_SUGGESTIONS, MOST_EXAMPLES = 3, 6
# Each try costs what a question costs, the first time.
_MOST_TRIED, _MOST_EXAMPLES_TRIED = 5, 12
# Enough documents to choose examples from; a start page must not read a thousand.
_DOCUMENTS = 24
# What was said by more than this needs no question.
_SAID = 0.5
# Questions that share so many of the bigrams of what they are about are about the same.
_ALIKE = 0.6
# To overlap a place longer than this says little: it has to be listed.
_LONGEST_PLACE = 1500
_KEPT_DOCUMENTS, _KEPT_ANSWERS = 512, 8192

_COUNTED = re.compile(r"哪(?:[一二两三四五六七八九十]|\d)")
_FRAME = re.compile(
    r"怎么样?|如何|怎样|有?哪些|哪(?:[一二两三四五六七八九十]|\d)+(?:个方面|[大项件个条])|有?什么|举措|措施|做法|方面|做了|工作|取得了?"
    r"|成效|成果|存在|问题|不足|差距|是怎么(?:规定|安排)的|安排|要求|[？?的、，]"
)
# Two questions about the same matter are still two when one asks what is wrong and the other what was achieved.
_SIDES = (
    ("wrong", asks_trouble),
    ("done", re.compile("成效|成果|成绩|做了|取得|进展").search),
    ("how", re.compile("怎么|如何|怎样|举措|措施|办法|做法").search),
)

# The evidence that answers a question, with or without synonyms, when it is asked alone; None where nothing does, or it would
# lean on one before it.
Ask = Callable[[str, bool], Evidence | None]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A span [start, end) of the document with this id."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Tried:
    """How a question was answered: its first citation, what is quoted of that, and whether as a list."""

    first: _Stretch
    said: tuple[_Stretch, ...]
    listed: bool


@dataclass(frozen=True, slots=True)
class _Gist:
    """What a question is about, as bigrams, and which side of it is asked."""

    bigrams: frozenset[str]
    side: str | None

    def like(self, other: "_Gist") -> bool:
        """Return whether two questions ask about the same."""
        least = min(len(self.bigrams), len(other.bigrams))
        if not least or len(self.bigrams & other.bigrams) < _ALIKE * least:
            return False
        return self.side == other.side or None in (self.side, other.side)


class Suggester:
    """Makes and tries the questions that the documents of a shelf answer, and keeps what it found, up to a bound.

    What it keeps depends on no conversation: a question that would lean on an earlier one is never offered, and one that
    leans on nothing is answered alike after whatever was asked before. Any thread may call it at any time.
    """

    def __init__(self, shelf: Shelf, ask: Ask) -> None:
        self._shelf = shelf
        self._ask = ask
        self._of = lru_cache(maxsize=_KEPT_DOCUMENTS)(lambda document: Suggestible(document, shelf))
        self._tried = lru_cache(maxsize=_KEPT_ANSWERS)(self._try)

    def suggestions(self, answers: Sequence[Answer], synonyms: bool = True) -> list[Suggestion]:
        """Return up to three questions to ask after these answers, the nearest to the last answer first.

        Asked as the conversation's next question, each is answered by its place in the first citation. None has been
        asked in it, none is about the same as another, and each gets more than was said. ``synonyms`` tells whether the
        conversation searches them. Empty after an answer that cites nothing.
        """
        chosen: list[Suggestion] = []
        known = [_gist(answer.question, "") for answer in answers]
        said = [_Stretch(q.document.id, q.start, q.end) for answer in answers for q in answer.quotes]
        tries = 0
        for suggestion in nearest(answers[-1], self._shelf, self._of):
            gist = _gist(suggestion.question, suggestion.subject)
            place = self._place(suggestion)
            if any(map(gist.like, known)) or _is_said([place], said):
                continue
            if any(_shared(place, self._place(other)) for other in chosen):
                continue
            deadline.check()
            tries += 1
            tried = self._tried(suggestion.question, synonyms)
            if tried is not None and _answers(tried, suggestion, place) and not _is_said(tried.said, said):
                chosen.append(suggestion)
                known.append(gist)
            if tries == _MOST_TRIED or len(chosen) == MOST_SUGGESTIONS:
                break
        return chosen

    def examples(self) -> list[str]:
        """Return up to six different questions to begin with, the documents taking turns, those of outer sections first.

        Few or none where headings say too little.
        """
        numbers = range(len(self._shelf.corpus.documents))[:_DOCUMENTS]
        made = [self._of(number).outermost() for number in numbers]
        found: dict[str, None] = {}
        for suggestion in islice(filter(None, chain.from_iterable(zip_longest(*made))), _MOST_EXAMPLES_TRIED):
            tried = self._tried(suggestion.question, True)
            if tried is not None and _answers(tried, suggestion, self._place(suggestion)):
                found[suggestion.question] = None
            if len(found) == MOST_EXAMPLES:
                break
        return list(found)

    def _place(self, suggestion: Suggestion) -> _Stretch:
        document = self._shelf.corpus.documents[suggestion.document]
        return _Stretch(document.id, suggestion.start, suggestion.end)

    def _try(self, question: str, synonyms: bool) -> _Tried | None:
        evidence = self._ask(question, synonyms)
        if evidence is None:
            return None
        ids = [self._shelf.corpus.documents[place.document].id for place in evidence.places]
        first = evidence.places[0]
        return _Tried(
            _Stretch(ids[0], first.start, first.end),
            tuple(
                _Stretch(id, *quote) for id, place in zip(ids, evidence.places, strict=True) for quote in place.quotes
            ),
            evidence.outline is not None,
        )


def _answers(tried: _Tried, suggestion: Suggestion, place: _Stretch) -> bool:
    """Return whether a question is answered by its place; the number of things it asks for, and a long place, by a list."""
    if not _shared(tried.first, place):
        return False
    if _COUNTED.search(suggestion.question) or place.end - place.start > _LONGEST_PLACE:
        return tried.listed
    return True


def _is_said(stretches: Sequence[_Stretch], said: Iterable[_Stretch]) -> bool:
    """Return whether most of some stretches was said."""
    length = sum(stretch.end - stretch.start for stretch in stretches)
    return sum(_shared(stretch, one) for stretch in stretches for one in said) > _SAID * length


def _shared(one: _Stretch, other: _Stretch) -> int:
    """Return how many characters two stretches share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start)) if one.document == other.document else 0


def _gist(question: str, subject: str) -> _Gist:
    form = fold(question)
    matter = _FRAME.sub(" ", form.removeprefix(fold(subject)))
    bigrams = {pair for pair in (matter[at : at + 2] for at in range(len(matter) - 1)) if " " not in pair}
    if not bigrams:
        bigrams = {form[at : at + 2] for at in range(len(form) - 1)}
    return _Gist(frozenset(bigrams), next((side for side, asks in _SIDES if asks(form)), None))
