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


def cite(number: int, place: Place, document: Document, structure: Structure, words: Sequence[Word]) -> Citation:
    """Return the citation of a place under this number."""
    starts = [paragraph.start for paragraph in structure.paragraphs]
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
        reference=in_a_sentence(document, place.path, first, last),
    )
