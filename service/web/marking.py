"""A stretch of text and the spans to be marked in it in, runs for the templates out: cut, never copied or escaped here."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from service.answering.answer import Citation
from service.corpus.document import Span


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


def runs(
    text: str,
    stretch: Span,
    quotes: Sequence[Span] = (),
    matches: Sequence[Span] = (),
    heads: Sequence[Span] = (),
) -> list[Run]:
    """Return text[stretch] in runs that joined give it back; each kind of span is ordered and without overlaps.

    Spans may reach beyond the stretch; what lies outside is left out.
    """
    start, end = stretch
    quoted, matched, headed = _Layer(quotes), _Layer(matches), _Layer(heads)
    borders = {b for layer in (quoted, matched, headed) for b in layer.borders(start, end)}
    cuts = [start, *sorted(borders - {start, end}), end]
    pieces = [Span(a, b) for a, b in pairwise(cuts) if a < b]
    found: list[Run] = []
    for quote, group in groupby(pieces, key=lambda piece: quoted.at(piece.start)):
        inside = list(group)
        parts = tuple(
            Part(
                text[piece.start : piece.end],
                matched.at(piece.start) is not None,
                head := headed.at(piece.start),
                head is not None and heads[head].start == piece.start,
            )
            for piece in inside
        )
        found.append(Run(parts, quote, quote is not None and quotes[quote].start == inside[0].start))
    return found


class _Layer:
    """Spans of one kind, ordered and without overlaps: which one holds a place, and where they begin and end."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self.starts = [span.start for span in spans]

    def at(self, place: int) -> int | None:
        number = bisect_right(self.starts, place) - 1
        return number if number >= 0 and place < self.spans[number].end else None

    def borders(self, start: int, end: int) -> Iterator[int]:
        for span in self.spans[max(0, bisect_right(self.starts, start) - 1) :]:
            if span.start >= end:
                return
            yield from (border for border in span if start < border < end)


def lines(text: str, stretch: Span) -> Iterator[Span]:
    """Yield the lines of text[stretch] that are not blank, without the blanks around them."""
    for found in re.compile(r"\S(?:[^\n]*\S)?").finditer(text, *stretch):
        yield Span(found.start(), found.end())


def citation_lines(citation: Citation) -> list[list[Run]]:
    """Return the lines of a citation's passage with its quotes and matches marked."""
    text = citation.document.text
    passage = Span(citation.start, citation.end)
    return [runs(text, line, citation.quotes, citation.matches) for line in lines(text, passage)]


def united(spans: Iterable[Span]) -> list[Span]:
    """Return the spans ordered, those that overlap or touch joined."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
