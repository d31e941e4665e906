"""Bags of terms in, an Index out: rank_bm25's BM25Okapi on numpy postings."""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from service.index.protocol import Hit, Query, Weighted

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
        # What each posting adds to its passage's score; its term's idf, which the library asks for next, still to come.
        often: _FLOATS = (np.frombuffer(frequencies) if frequencies else np.empty(0))[order]
        relative = np.frombuffer(lengths) / self.avgdl if self.avgdl else np.zeros(self.corpus_size)
        norms: _FLOATS = self.k1 * (1 - self.b + self.b * relative)
        self._weights: _FLOATS = often * (self.k1 + 1) / (often + norms[self._passages])
        return {term: int(counts[number]) for term, number in numbers.items()}

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        """Set ``idf`` from the number of passages each term stands in, and weigh the postings by it."""
        if self._own_idf:
            self.idf = {term: self._lucene_idf(count) for term, count in nd.items()}
        elif nd:
            super()._calc_idf(nd)
        self._weights *= np.repeat(np.fromiter(map(self.idf_of, self._numbers), np.float64), np.diff(self._begins))

    def _lucene_idf(self, count: int) -> float:
        return math.log(1 + (self.corpus_size - count + 0.5) / (count + 0.5))

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
        return self._passages[begin:end], self._weights[begin:end]

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
        scratch = _Scratch(np.zeros(self.corpus_size), np.zeros(self.corpus_size, np.int32))
        parts = [self._best_of(group, scratch) for group in query.groups]
        # A sum of floats depends on its order; this one is the same whichever group is named first.
        for place in sorted(range(len(parts)), key=query.groups.__getitem__):
            scores[parts[place].passages] += parts[place].weights
        if query.documents is not None:
            scores[self._outside(query.documents)] = 0.0
        best = _top(scores, limit)
        shares = [part.shares(best) for part in parts]
        added = zip(*(weights for weights, _ in shares), strict=True)
        by = zip(*(alternatives for _, alternatives in shares), strict=True)
        return list(map(Hit, best.tolist(), scores[best].tolist(), added, by))

    def _outside(self, documents: frozenset[int]) -> NDArray[np.bool_]:
        """Return, for each passage, whether it is of none of these documents."""
        outside = np.ones(1 + max((int(self._documents.max(initial=0)), *documents)), bool)
        outside[list(documents)] = False
        return outside[self._documents]

    def _best_of(self, group: Sequence[Weighted], scratch: "_Scratch") -> "_Part":
        """Return the passages that hold any alternative, and the highest score one of them gives."""
        # Synonyms share words; of a term that is named several times the first with the highest weight counts.
        alternatives: dict[str, tuple[int, float]] = {}
        for number, (term, weight) in enumerate(group):
            if term not in alternatives or weight > alternatives[term][1]:
                alternatives[term] = number, weight
        found = sorted((number, self._posting(term), weight) for term, (number, weight) in alternatives.items())
        if len(found) == 1:
            number, (passages, weights), factor = found[0]
            return _Part(passages, weights * factor, number)
        for number, (held, weights), factor in found:
            weighted = weights * factor
            higher = weighted > scratch.best[held]
            scratch.best[held[higher]] = weighted[higher]
            scratch.which[held[higher]] = number
        passages = _united([held for _, (held, _), _ in found])
        part = _Part(passages, scratch.best[passages], scratch.which[passages])
        scratch.best[passages] = 0.0
        return part


class _Scratch(NamedTuple):
    """For each passage the best score of a group's alternatives so far, 0.0 between groups, and which one gives it."""

    best: _FLOATS
    which: _NUMBERS


class _Part(NamedTuple):
    """The passages one group of a query matches, in order, their scores, and which alternative gave each, or all."""

    passages: _NUMBERS
    weights: _FLOATS
    which: _NUMBERS | int

    def shares(self, wanted: _NUMBERS) -> tuple[list[float], list[int]]:
        """Return, for each wanted passage, its score, 0.0 where it is not matched, and which alternative gave it, or -1."""
        if not len(self.passages):
            return [0.0] * len(wanted), [-1] * len(wanted)
        places = np.searchsorted(self.passages, wanted)
        places[places == len(self.passages)] = 0
        held = self.passages[places] == wanted
        which = self.which if isinstance(self.which, int) else self.which[places]
        return np.where(held, self.weights[places], 0.0).tolist(), np.where(held, which, -1).tolist()


def _united(held: Sequence[_NUMBERS]) -> _NUMBERS:
    """Return the numbers that stand in any of some arrays, in order, each once; np.unique takes four times as long."""
    numbers = np.concatenate((*held, np.empty(0, np.int32)))
    numbers.sort()
    first = np.empty(len(numbers), bool)
    first[:1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return numbers[first]


def _top(scores: _FLOATS, limit: int) -> _NUMBERS:
    """Return the places of the highest scores above zero, best first, ties in order."""
    found = np.flatnonzero(scores > 0).astype(np.int32)
    if 0 < limit < len(found):
        least = np.partition(scores[found], len(found) - limit)[len(found) - limit]
        found = found[scores[found] >= least]
    return found[np.lexsort((found, -scores[found]))[:limit]]
