"""Spans of documents in, Citations out: numbered, with path, paragraph, matches and a reference for the reader."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from service.answering.answer import Citation
from service.answering.question import Word
from service.answering.referencing import in_a_sentence
from service.corpus.document import Document, Span
from service.language.matching import places
from service.passages.structure import Structure


@dataclass(frozen=True, slots=True)
class Place:
    """A span [start, end) of a document that is to be cited, with the headings above it and its score."""

    document: int
    start: int
    end: int
    path: tuple[str, ...]
    score: float
    quotes: tuple[Span, ...] = ()


def cite(
    number: int,
    place: Place,
    document: Document,
    structure: Structure,
    words: Sequence[Word],
    copies: Sequence[Document] = (),
) -> Citation:
    """Return the citation of a place under this number."""
    starts = structure.starts
    first, last = bisect_right(starts, place.start), bisect_right(starts, place.end - 1)
    text = document.text[place.start : place.end]
    said = [word.text for word in words] + [synonym.form for word in words for synonym in word.synonyms]
    found = places(said, text) or places([term for word in words for term, _ in word.terms], text)
    return Citation(
        number=number,
        document=document,
        path=place.path,
        paragraph=first,
        paragraph_end=last,
        start=place.start,
        end=place.end,
        quotes=place.quotes,
        matches=tuple(Span(place.start + a, place.start + b) for a, b in found),
        score=round(place.score, 4),
        reference=_reference(place, document, structure),
        copies=tuple(copies),
    )


def _reference(place: Place, document: Document, structure: Structure) -> str:
    """Return where what is said of a place stands, or all of it where nothing is: what is quoted is cited by its own place."""
    spans = place.quotes or (Span(place.start, place.end),)
    starts = structure.starts
    first, last = bisect_right(starts, spans[0].start), bisect_right(starts, spans[-1].end - 1)
    path = place.path
    if not path:
        # A passage that begins above the first heading may go on below it.
        above = (node for _, node in structure.sections() if node.start <= spans[0].start < node.end)
        path = tuple(document.text[slice(*node.head)] for node in above)
    return in_a_sentence(document, path, first, last, _pages(document, spans[0].start, spans[-1].end))


def _pages(document: Document, start: int, end: int) -> tuple[int, int] | None:
    first, last = document.page_at(start), document.page_at(end - 1)
    return None if first is None or last is None else (first, last)
