"""What every engine is asked and answers: a Query of weighted terms in, Hits with their shares out."""

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


class Share(NamedTuple):
    """What a group of a query added to a score, and the place of the alternative that did; 0.0 and -1 for none."""

    score: float
    alternative: int


NOTHING = Share(0.0, -1)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage's number and score; ``shares`` are what each group of the query added, in its order."""

    passage: int
    score: float
    shares: tuple[Share, ...]


class Index(Protocol):
    """An index of a corpus's passages; it never changes once it is built."""

    def search(self, query: Query, limit: int) -> list[Hit]:
        """Return the best passages with a score above zero, best first, ties by passage number."""
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
