"""The Passage: a span of a document that is ranked and cited."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """The span [start, end) of a document's text that is ranked and cited, in code points.

    ``document`` is the document's place in its corpus. ``path`` are the headings above it, outermost first, and the
    first words of the item it lies in. ``context`` is where its lead-in stands, when that is in another passage; an
    empty span otherwise. ``paragraph`` and ``paragraph_end`` are the numbers of its first and last paragraph, from 1.
    ``answerable`` is False for titles, salutations, signatures and headings with nothing under them.
    """

    document: int
    start: int
    end: int
    path: tuple[str, ...]
    context: tuple[int, int]
    paragraph: int
    paragraph_end: int
    answerable: bool = True
