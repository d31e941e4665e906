"""What every engine is asked and answers: a Query of weighted terms in, Hits out, and what gave them their scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class Weighted(NamedTuple):
    """A term, and what its score is multiplied by."""

    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: groups of alternatives, of each of which the best counts, in the documents named.

    ``documents`` are places of documents in the corpus; None asks them all.
    """

    groups: tuple[tuple[Weighted, ...], ...]
    documents: frozenset[int] | None = None


class Hit(NamedTuple):
    """A passage's number and its score."""

    passage: int
    score: float


class Index(Protocol):
    """An index of a corpus's passages; it never changes once it is built."""

    def search(self, query: Query, limit: int) -> list[Hit]:
        """Return the best passages with a score above zero, best first, ties by passage number."""
        ...

    def alternatives(self, query: Query, passages: Sequence[int]) -> Sequence[Sequence[int]]:
        """Return which alternative of each group gives each passage its score. Shape (groups, passages).

        By its place in the group, -1 where none does. Which documents are named changes nothing.
        """
        ...

    def frequency(self, term: str) -> int:
        """Return in how many passages a term stands."""
        ...

    def idf_of(self, term: str) -> float:
        """Return how rare a term is; that of a term in no passage is the highest."""
        ...

    def together(self, terms: Sequence[str]) -> bool:
        """Return whether some passage holds all of these terms."""
        ...
