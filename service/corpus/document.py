"""The Document: a text of its own, and what is known about it."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range [start, end) of a document's text, in code points."""

    start: int
    end: int


class Leftover(NamedTuple):
    """A range of a document's text that is page furniture, and the name of the rule that says so."""

    start: int
    end: int
    rule: str


class Dropped(NamedTuple):
    """A line or more that a file shows and that are no part of its document's text, and what they are: 页眉页脚, 目录."""

    rule: str
    words: str


class Heading(NamedTuple):
    """A line of a text that its format says is a heading: where it begins, and its level, 1 for the outermost."""

    start: int
    level: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text of its own in a file, nearly always the whole file.

    ``text`` is what was indexed and what the page shows; every offset anywhere counts its code points.
    ``file`` is the path relative to the corpus folder. ``date`` is YYYY, YYYY-MM or YYYY-MM-DD, as are ``published``,
    ``effective`` and ``expires``; ``number`` is its own 发文字号 as it stands there, ``place`` goes from the province down,
    ``source`` is where its page had it from.
    ``lapsed`` tells that it says of itself that it is no longer in force. ``leftovers`` are ordered and do not overlap. ``headings`` are
    those that the file's format names, ``pages`` where each page begins, none where it has no pages.
    """

    id: str
    file: str
    title: str
    text: str
    date: str | None = None
    issuer: str | None = None
    kind: str | None = None
    leftovers: tuple[Leftover, ...] = ()
    lapsed: bool = False
    number: str | None = None
    subtitle: str | None = None
    published: str | None = None
    effective: str | None = None
    expires: str | None = None
    speaker: str | None = None
    occasion: str | None = None
    place: str | None = None
    source: str | None = None
    headings: tuple[Heading, ...] = ()
    pages: tuple[int, ...] = ()

    def page_at(self, place: int) -> int | None:
        """Return the number, from 1, of the page on which a place of the text stands; None where there are no pages."""
        return bisect_right(self.pages, place) or None
