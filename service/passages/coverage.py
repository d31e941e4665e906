"""A document with its passages in, how much of its visible text they hold out."""

from collections.abc import Iterable
from typing import NamedTuple

from service.corpus.document import Document
from service.passages.corpus import Corpus


class Coverage(NamedTuple):
    """Visible characters of a document: all, those in passages, those left over by a rule; the others are headings and the
    title with what stands around it."""

    characters: int
    in_passages: int
    left_over: int

    @property
    def share(self) -> float:
        """Return the share in passages, 1.0 where there is nothing visible."""
        return self.in_passages / self.characters if self.characters else 1.0

    @property
    def elsewhere(self) -> float:
        """Return the share that is neither in passages nor left over: headings, title and what stands around it."""
        return 1 - (self.in_passages + self.left_over) / self.characters if self.characters else 0.0


def coverage(document: Document, spans: Iterable[tuple[int, int]]) -> Coverage:
    """Return the coverage of a document by passages, given by [start, end) of each; none overlaps another."""
    return Coverage(
        _visible(document.text),
        sum(_visible(document.text[start:end]) for start, end in spans),
        sum(_visible(document.text[left.start : left.end]) for left in document.leftovers),
    )


def coverage_in(corpus: Corpus, number: int) -> Coverage:
    """Return the coverage of a document of a corpus, by its place there."""
    first, last = corpus.bounds[number]
    return coverage(corpus.documents[number], [(one.start, one.end) for one in corpus.passages[first:last]])


def _visible(text: str) -> int:
    return sum(map(len, text.split()))
