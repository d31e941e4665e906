"""What every engine is asked and answers: a Query of weighted terms in, Hits out, and what gave their scores."""

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


class Share(NamedTuple):
    """What gave a passage its score: ``added`` is what each group of the query added, in the query's order, 0.0 where the
    passage has nothing of it, and ``by`` the place of the alternative that did, -1 where none did."""

    added: tuple[float, ...]
    by: tuple[int, ...]


class Index(Protocol):
    """An index of a corpus's passages; it never changes once it is built."""

    def search(self, query: Query, limit: int) -> list[Hit]:
        """Return the best passages with a score above zero, best first, ties by passage number."""
        ...

    def shares(self, query: Query, passages: Sequence[int]) -> list[Share]:
        """Return what gives each of some passages its score, whichever documents are named."""
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
