"""The Node: a labelled part of a document, a section with its heading or an item of an enumeration."""

from collections.abc import Iterator
from dataclasses import dataclass

from service.corpus.document import Span
from service.passages.labels import ITEM


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A labelled part of a document: a section with its heading, or an item of an enumeration.

    It spans [start, end), label included. ``head`` is its heading or first words, ``stands_alone`` whether that is a
    line of its own above the body. The root has no label and an empty head, and spans the document.
    """

    style: str
    label: Span
    head: Span
    start: int
    end: int
    stands_alone: bool
    rank: int
    children: tuple["Node", ...]

    @property
    def is_item(self) -> bool:
        """Return whether this is an item of an enumeration in the text rather than a section under a heading."""
        return self.rank >= ITEM

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()
