"""Bags of terms in, an Index out: rank_bm25's BM25Okapi on numpy postings."""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from service.index.protocol import NOTHING, Hit, Query, Share

_FLOATS = NDArray[np.float64]
_NUMBERS = NDArray[np.int32]


class Okapi(BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no types
    """BM25 over postings: the library's k1, b, epsilon and formula, without its scan of every passage.

    ``bags`` hold, per passage, how often each term stands there; a weight of less than 1 for words that only stand
    near the passage makes it BM25F with one length. ``documents`` is the document each passage is of, in the same
    order. With ``own_idf`` False the library's idf is used, else Lucene's, which never turns negative.

    Source: Robertson & Zaragoza 2009, eq. 3.15 and 3.6 (BM25F); Lucene's BM25Similarity (idf).
    """

    def __init__(self, bags: Iterable[Mapping[str, float]], documents: Sequence[int], *, own_idf: bool = True) -> None:
        self._own_idf = own_idf
        self._documents = np.asarray(documents, dtype=np.int32)
        super().__init__(bags)

    # -- building, called by the library's constructor ----------------------------------------------------------

    def _initialize(self, corpus: Iterable[Mapping[str, float]]) -> dict[str, int]:
        """Build the postings; return in how many passages each term stands."""
        numbers: dict[str, int] = {}
        terms, passages, frequencies, lengths = array("i"), array("i"), array("d"), array("d")
        for passage, bag in enumerate(corpus):
            for term, frequency in bag.items():
                terms.append(numbers.setdefault(term, len(numbers)))
                passages.append(passage)
                frequencies.append(frequency)
            lengths.append(math.fsum(bag.values()))
        self.corpus_size = len(lengths)
        # An empty corpus is a corpus: the library would divide by zero.
        self.avgdl = math.fsum(lengths) / len(lengths) if lengths else 0.0
        self._numbers = numbers
        term_of = np.frombuffer(terms, dtype=np.int32) if terms else np.empty(0, np.int32)
        order = np.argsort(term_of, kind="stable")
        counts = np.bincount(term_of, minlength=len(numbers))
        self._begins = np.concatenate(([0], np.cumsum(counts)))
        self._passages: _NUMBERS = (np.frombuffer(passages, dtype=np.int32) if passages else np.empty(0, np.int32))[
            order
        ]
        self._frequencies: _FLOATS = (np.frombuffer(frequencies) if frequencies else np.empty(0))[order]
        relative = np.frombuffer(lengths) / self.avgdl if self.avgdl else np.zeros(self.corpus_size)
        self._norms: _FLOATS = self.k1 * (1 - self.b + self.b * relative)
        return {term: int(counts[number]) for term, number in numbers.items()}

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        """Set ``idf`` from the number of passages each term stands in."""
        if self._own_idf:
            self.idf = {term: self._lucene_idf(count) for term, count in nd.items()}
        elif nd:
            super()._calc_idf(nd)

    def _lucene_idf(self, count: int) -> float:
        return math.log(1 + (self.corpus_size - count + 0.5) / (count + 0.5))

    # -- asking ---------------------------------------------------------------------------------------------------

    def frequency(self, term: str) -> int:
        number = self._numbers.get(term)
        return 0 if number is None else int(self._begins[number + 1] - self._begins[number])

    def idf_of(self, term: str) -> float:
        """Return a term's idf; the highest there is for a term in no passage."""
        return self.idf.get(term, self._lucene_idf(0))

    def together(self, terms: Sequence[str]) -> bool:
        held = [self._posting(term)[0] for term in terms]
        return bool(held) and bool(reduce(lambda a, b: np.intersect1d(a, b, assume_unique=True), held).size)

    def _posting(self, term: str) -> tuple[_NUMBERS, _FLOATS]:
        """Return the passages that hold a term, in order, and the score it gives each."""
        number = self._numbers.get(term)
        if number is None:
            return np.empty(0, np.int32), np.empty(0)
        begin, end = self._begins[number], self._begins[number + 1]
        passages, frequencies = self._passages[begin:end], self._frequencies[begin:end]
        weights = self.idf[term] * frequencies * (self.k1 + 1) / (frequencies + self._norms[passages])
        return passages, weights

    def get_scores(self, query: Sequence[str]) -> _FLOATS:
        """Return one BM25 score per passage, in corpus order, 0.0 where no term matches. Shape (passages,).

        Repeated terms count once per repetition.
        """
        scores = np.zeros(self.corpus_size)
        for term in query:
            passages, weights = self._posting(term)
            scores[passages] += weights
        return scores

    def search(self, query: Query, limit: int) -> list[Hit]:
        scores = np.zeros(self.corpus_size)
        parts = [self._best_of([(self._posting(term), weight) for term, weight in group]) for group in query.groups]
        # A sum of floats depends on its order; this one is the same whichever group is named first.
        for place in sorted(range(len(parts)), key=query.groups.__getitem__):
            scores[parts[place].passages] += parts[place].weights
        if query.documents is not None:
            scores[~np.isin(self._documents, list(query.documents))] = 0.0
        best = _top(scores, limit)
        shares = zip(*(part.shares(best) for part in parts), strict=True) if parts else ()
        return [
            Hit(passage, score, held)
            for passage, score, held in zip(best.tolist(), scores[best].tolist(), shares, strict=True)
        ]

    def _best_of(self, alternatives: Sequence[tuple[tuple[_NUMBERS, _FLOATS], float]]) -> "_Part":
        """Return the passages that hold any alternative, and the highest score one of them gives."""
        if len(alternatives) == 1:
            (passages, weights), factor = alternatives[0]
            return _Part(passages, weights * factor, None)
        passages = np.unique(np.concatenate([held for (held, _), _ in alternatives] or [np.empty(0, np.int32)]))
        best, which = np.zeros(len(passages)), np.zeros(len(passages), np.int32)
        for number, ((held, weights), factor) in enumerate(alternatives):
            places = np.searchsorted(passages, held)
            higher = weights * factor > best[places]
            best[places[higher]] = (weights * factor)[higher]
            which[places[higher]] = number
        return _Part(passages, best, which)


class _Part(NamedTuple):
    """The passages one group of a query matches, in order, their scores, and which alternative gave each."""

    passages: _NUMBERS
    weights: _FLOATS
    which: _NUMBERS | None

    def shares(self, wanted: _NUMBERS) -> list[Share]:
        """Return the share of each wanted passage, in their order."""
        if not len(self.passages):
            return [NOTHING] * len(wanted)
        places = np.searchsorted(self.passages, wanted)
        places[places == len(self.passages)] = 0
        held = self.passages[places] == wanted
        which = np.zeros(len(wanted), np.int32) if self.which is None else self.which[places]
        return [
            Share(weight, number) if there else NOTHING
            for weight, number, there in zip(self.weights[places].tolist(), which.tolist(), held.tolist(), strict=True)
        ]


def _top(scores: _FLOATS, limit: int) -> _NUMBERS:
    """Return the places of the highest scores above zero, best first, ties in order."""
    found = np.flatnonzero(scores > 0).astype(np.int32)
    if 0 < limit < len(found):
        least = np.partition(scores[found], len(found) - limit)[len(found) - limit]
        found = found[scores[found] >= least]
    return found[np.lexsort((found, -scores[found]))[:limit]]
