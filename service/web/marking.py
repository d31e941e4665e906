"""A stretch of text and the spans to be marked in it in, runs for the templates out: cut, never copied or escaped here."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import ceil

from service.answering.answer import Citation, Outline, Quote
from service.corpus.document import Span
from service.passages.sentences import sentences

# Characters that are read at a glance, on a phone, too.
_LONG = 400
# Lines of a question, and the Chinese characters of one; youju.css has the lines, too.
_MOST_LINES, _LINE = 4, 30


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text that is all one thing: inside a searched word or not, inside which run-in heading or none.

    ``opens`` is whether that heading begins here, so that its anchor is written once.
    """

    text: str
    match: bool = False
    head: int | None = None
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring parts inside the same quote, or inside none.

    ``quote`` is the quote's place among those given, ``opens`` whether it begins here.
    """

    parts: tuple[Part, ...]
    quote: int | None = None
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that the reader marks, with the number of its citation, None where no citation is named."""

    span: Span
    number: int | None = None

    @property
    def written(self) -> str:
        """Return the mark as an address has it: START-END-NUMBER, or START-END."""
        place = f"{self.span.start}-{self.span.end}"
        return place if self.number is None else f"{place}-{self.number}"


class Marking:
    """A text with the spans to be marked in it, made ready once so that a stretch costs only what stands in it.

    Each kind of span is ordered and without overlaps.
    """

    def __init__(
        self, text: str, quotes: Sequence[Span] = (), matches: Sequence[Span] = (), heads: Sequence[Span] = ()
    ) -> None:
        self._text = text
        self._quotes, self._matches, self._heads = _Layer(quotes), _Layer(matches), _Layer(heads)

    def runs(self, stretch: Span) -> list[Run]:
        """Return text[stretch] in runs that joined give it back.

        Spans may reach beyond the stretch; what lies outside is left out.
        """
        start, end = stretch
        borders = {b for layer in (self._quotes, self._matches, self._heads) for b in layer.borders(start, end)}
        pieces = [Span(a, b) for a, b in pairwise([start, *sorted(borders), end]) if a < b]
        found: list[Run] = []
        for quote, group in groupby(pieces, key=lambda piece: self._quotes.at(piece.start)):
            inside = list(group)
            parts = tuple(self._part(piece) for piece in inside)
            found.append(Run(parts, quote, self._quotes.opens(quote, inside[0].start)))
        return found

    def _part(self, piece: Span) -> Part:
        head = self._heads.at(piece.start)
        return Part(
            text=self._text[piece.start : piece.end],
            match=self._matches.at(piece.start) is not None,
            head=head,
            opens=self._heads.opens(head, piece.start),
        )


class _Layer:
    """Spans of one kind, ordered and without overlaps: which one holds a place, and where they begin and end."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]

    def at(self, place: int) -> int | None:
        number = bisect_right(self._starts, place) - 1
        return number if number >= 0 and place < self._spans[number].end else None

    def opens(self, number: int | None, place: int) -> bool:
        """Return whether the span with this number, where there is one, begins at the place."""
        return number is not None and self._starts[number] == place

    def borders(self, start: int, end: int) -> Iterator[int]:
        """Yield where spans begin and end between start and end, looking only at those that may."""
        first = max(0, bisect_right(self._starts, start) - 1)
        for number in range(first, bisect_left(self._starts, end)):
            yield from (border for border in self._spans[number] if start < border < end)


def lines(text: str, stretch: Span) -> Iterator[Span]:
    """Yield the lines of text[stretch] that are not blank, without the blanks around them."""
    for found in re.compile(r"\S(?:[^\n]*\S)?").finditer(text, *stretch):
        yield Span(found.start(), found.end())


def citation_lines(citation: Citation, lead: Quote | None = None) -> list[list[Run]]:
    """Return the lines of a citation's passage with its quotes, an outline's lead-in among them, and its matches marked."""
    text = citation.document.text
    inside = Span(citation.start, citation.end)
    said = list(citation.quotes)
    if lead is not None and lead.citation == citation.number and inside.start <= lead.start and lead.end <= inside.end:
        # An outline's items stand behind their lead-in, so the two never overlap.
        said = sorted([*said, Span(lead.start, lead.end)])
    marking = Marking(text, said, citation.matches)
    return [marking.runs(line) for line in lines(text, inside)]


def head_and_rest(quote: Quote) -> tuple[str, str]:
    """Return the first sentence of what an outline's item says, and what it says beyond that, if anything."""
    found = sentences(quote.document.text, quote.start, quote.end)
    cut = found[1].start if len(found) > 1 else quote.end
    return quote.document.text[quote.start : cut], quote.document.text[cut : quote.end]


def is_long(outline: Outline) -> bool:
    """Return whether an outline shows more at a glance by its items' first sentences alone."""
    return sum(item.quote.end - item.quote.start for item in outline.items) > _LONG


def is_lengthy(question: str) -> bool:
    """Return whether a question takes more lines, where they are wide, than a page shows of it at a glance."""
    return sum(max(1, ceil(_width(line) / _LINE)) for line in question.split("\n")) > _MOST_LINES


def _width(line: str) -> float:
    """Return how wide a line is, in Chinese characters."""
    return sum(1 if unicodedata.east_asian_width(character) in "WF" else 0.5 for character in line)


def marks_of(citation: Citation, lead: Quote | None = None) -> list[Mark]:
    """Return what the reader marks of a citation: its quotes, or all of it where none is said aloud.

    Last the lead-in of the outline, where it has this citation's number: it may stand before the citation's passage.
    """
    spans = [*(citation.quotes or (Span(citation.start, citation.end),))]
    if lead is not None and lead.citation == citation.number:
        spans.append(Span(lead.start, lead.end))
    return [Mark(span, citation.number) for span in spans]


def in_order(marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks in the order of the text; those that overlap, or touch and have one number, are joined.

    What is joined keeps the number of what begins first.
    """
    found: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: mark.span):
        if found and _one(found[-1], mark):
            first = found[-1].span
            found[-1] = replace(found[-1], span=Span(first.start, max(first.end, mark.span.end)))
        else:
            found.append(mark)
    return found


def _one(mark: Mark, after: Mark) -> bool:
    touching = after.span.start == mark.span.end and after.number == mark.number
    return touching or after.span.start < mark.span.end
