"""Postings in, an Index out: rank_bm25's BM25Okapi, which reads of each query its own postings and no passage."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial, reduce
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from service import deadline
from service.index import compiling
from service.index.best import Group, best, found
from service.index.compiling import Compiled
from service.index.postings import NUMBERS, TENTHS, Postings
from service.index.protocol import Hit, Query, Weighted
from service.index.weighing import FLOATS, rounded

# Of so many postings (twelve bytes each) what they add is kept, by term and again by group; of others it is found again.
_KEPT = 1 << 23
# Of so many terms it is kept where their postings stand.
_MOST_PLACES = 65_536
# Words are shorter than so many characters.
_LONGEST = 40
# Whatever is kept takes room beside its postings.
_EMPTY = 64

# So many stretches of passages are cut out of each posting; more are looked up passage by passage.
_FEW_RANGES = 8
# Sets of documents of which it is kept where their passages are: what is suggested after an answer is tried in the same ones.
_KEPT_RANGES = 8

# Made of tuples in a third of the time that their own calls take.
_hit: Callable[[tuple[int, float]], Hit] = partial(tuple.__new__, Hit)

_Key = TypeVar("_Key")


class Okapi(BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no types
    """BM25 over postings: the library's k1, b, epsilon and formula, without its scan of every passage.

    ``documents`` is the document each passage is of, rising. With ``own_idf`` False the library's idf is used, else
    Lucene's, which never turns negative. What is weighed follows from the postings and the number of passages alone, and
    is found when a term is first asked.

    Source: Robertson & Zaragoza 2009, eq. 3.15 and 3.6 (BM25F with one length); Lucene's BM25Similarity (idf); Turtle &
    Flood 1995 (MaxScore: a group of terms that cannot lift a new passage among the best is looked up for the others only).
    """

    def __init__(self, postings: Postings, documents: Sequence[int] | NUMBERS, *, own_idf: bool = True) -> None:
        self._own_idf = own_idf
        self._postings = postings
        self._documents = np.asarray(documents, dtype=np.int32)
        self._places: dict[str, tuple[int, int, float]] = {}
        self._postings_kept: _Kept[str] = _Kept()
        self._groups: _Kept[tuple[Weighted, ...]] = _Kept()
        self._rows: dict[str, tuple[int, int, float, float]] = {}
        self._rooms: list[FLOATS] = []
        self._ranges = lru_cache(maxsize=_KEPT_RANGES)(partial(_ranges, self._documents))
        super().__init__(postings)

    def _initialize(self, corpus: Postings) -> dict[str, int]:
        """Return in how many passages each term stands, as far as the library's idf needs it."""
        self.corpus_size = len(corpus.lengths)
        # An empty corpus is a corpus: the library would divide by zero.
        self.avgdl = int(corpus.lengths.sum(dtype=np.int64)) / TENTHS / self.corpus_size if self.corpus_size else 0.0
        # The norm of a passage without a term, in tenths, what each tenth of one adds to it, and k1 + 1.
        longer = self.k1 * self.b / self.avgdl if self.avgdl else 0.0
        self._formula = np.array([TENTHS * self.k1 * (1 - self.b), longer, self.k1 + 1])
        self._everywhere = np.array([0, self.corpus_size], np.int32)
        return {} if self._own_idf else dict(zip(corpus.terms, np.diff(corpus.begins).tolist(), strict=True))

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        if nd:
            super()._calc_idf(nd)

    def frequency(self, term: str) -> int:
        begin, end, _ = self._place(term)
        return end - begin

    def idf_of(self, term: str) -> float:
        """Return a term's idf; the highest there is for a term in no passage."""
        return self._place(term)[2]

    def together(self, terms: Sequence[str]) -> bool:
        held = sorted((self._posting(term).passages for term in terms), key=len)
        return bool(held) and bool(reduce(lambda a, b: a[found(b, a)[0]] if len(b) else b, held).size)

    def _place(self, term: str) -> tuple[int, int, float]:
        """Return where the postings of a term begin and end, and its idf."""
        if (kept := self._places.get(term)) is not None:
            return kept
        number = self._postings.terms.number(term)
        begin, end = (0, 0) if number is None else self._postings.begins[number : number + 2].tolist()
        if not self._own_idf and term in self.idf:
            idf = float(self.idf[term])
        else:
            idf = math.log(1 + (self.corpus_size - (end - begin) + 0.5) / (end - begin + 0.5))
        # A question may be made of anything: what no passage has is found again each time.
        if number is not None and len(self._places) < _MOST_PLACES:
            self._places[term] = begin, end, idf
        return begin, end, idf

    def _posting(self, term: str) -> Group:
        """Return the passages that hold a term, in order, and the score it gives each."""
        if (kept := self._postings_kept.get(term)) is not None:
            return kept
        begin, end, idf = self._place(term)
        passages = self._postings.passages[begin:end]
        often = self._postings.tenths[begin:end].astype(np.float64)
        shortest, longer, most = self._formula.tolist()
        weights = often * most / (often + (shortest + longer * self._postings.lengths.take(passages))) * idf
        posting = Group(passages, rounded(weights))
        if len(passages):
            self._postings_kept.keep(term, posting, len(passages))
        return posting

    def get_scores(self, query: Sequence[str]) -> FLOATS:
        """Return one BM25 score per passage, in corpus order, 0.0 where no term matches. Shape (passages,).

        Repeated terms count once per repetition.
        """
        scores = np.zeros(self.corpus_size)
        for term in query:
            posting = self._posting(term)
            np.add.at(scores, posting.passages, posting.weights)
        return scores

    def search(self, query: Query, limit: int) -> list[Hit]:
        deadline.check()
        if (compiled := compiling.compiled()) is not None:
            return self._search_with(compiled, query, limit)
        groups = [group for alternatives in query.groups if (group := self._group(alternatives)).most > 0.0]
        among = None
        if query.documents is not None:
            ranges = self._ranges(query.documents)
            if len(ranges) <= 2 * _FEW_RANGES:
                groups = [kept for group in groups if len((kept := _within(group, ranges)).passages)]
            else:
                among = self._among(ranges)
        if not groups or limit < 1:
            return []
        sums = self._room()
        hits = best(groups, limit, sums, among)
        self._rooms.append(sums)
        return list(map(_hit, hits))

    def _search_with(self, compiled: Compiled, query: Query, limit: int) -> list[Hit]:
        """Return what a search returns, found by compiled code."""
        held = self._postings
        columns = held.passages, held.tenths, held.lengths, self._formula
        rows: list[float] = []
        number = 0
        for alternatives in query.groups:
            before = len(rows)
            for term, factor in alternatives:
                if (known := self._rows.get(term)) is None:
                    begin, end, idf = self._place(term)
                    if begin == end:
                        continue
                    known = begin, end, idf, compiled.highest_share(*columns, begin, end)
                    if len(self._rows) < _MOST_PLACES:
                        self._rows[term] = known
                if factor > 0.0 and known[2] > 0.0:
                    rows += (number, factor, *known)
            number += len(rows) > before
        if not rows or limit < 1:
            return []
        ranges = self._everywhere if query.documents is None else self._ranges(query.documents)
        terms = np.array(rows).reshape(-1, 6)
        found, scores = compiled.search(*columns, ranges, terms, min(limit, self.corpus_size))
        return list(map(_hit, zip(found.tolist(), scores.tolist(), strict=True)))

    def alternatives(self, query: Query, passages: Sequence[int]) -> list[list[int]]:
        wanted = np.asarray(passages, np.int32)
        asked = [weighted for group in query.groups for weighted in group]
        # Term by term only what must be, the rest of all terms together: that takes half the time.
        nearest = np.full((len(asked), len(wanted)), -1, np.int32)
        added = np.zeros((len(asked), len(wanted)))
        for row, (term, _) in enumerate(asked):
            deadline.check()
            self._posting(term).look_up(wanted, nearest[row], added[row])
        factors = np.array([factor for _, factor in asked])
        added = np.where(nearest == wanted, rounded(added * factors[:, np.newaxis]), 0.0)
        by: list[list[int]] = []
        begin = 0
        for group in query.groups:
            of_group = added[begin : begin + len(group)]
            # Of alternatives that give the same the first counts.
            by.append(np.where((of_group > 0.0).any(axis=0), of_group.argmax(axis=0), -1).tolist())
            begin += len(group)
        return by

    def _group(self, alternatives: tuple[Weighted, ...]) -> Group:
        """Return what a group of alternatives adds to which passages: of each passage the best."""
        if (kept := self._groups.get(alternatives)) is not None:
            return kept
        deadline.check()
        held = [(self._posting(term), factor) for term, factor in alternatives if factor > 0.0]
        held = [(posting, factor) for posting, factor in held if posting.most > 0.0]
        if len(held) < 2:
            group = _NOTHING
            for posting, factor in held:
                group = posting if factor == 1.0 else Group(posting.passages, rounded(posting.weights * factor))
        else:
            passages = united([posting.passages for posting, _ in held])
            weights = np.zeros(len(passages))
            for posting, factor in held:
                places = passages.searchsorted(posting.passages)
                weights[places] = np.maximum(weights.take(places), rounded(posting.weights * factor))
            group = Group(passages, weights)
        # As with places: what stands nowhere may be anything, and what has synonyms as long as a question.
        if len(group.passages) and len(alternatives[0].term) <= _LONGEST:
            self._groups.keep(alternatives, group, len(group.passages))
        return group

    def _room(self) -> FLOATS:
        """Return room for a sum of each passage, zeros; as much of it is kept as searches were made at the same time."""
        try:
            return self._rooms.pop()
        except IndexError:
            return np.zeros(self.corpus_size)

    def _among(self, ranges: NUMBERS) -> NDArray[np.bool_]:
        """Return of each passage whether it stands in one of these ranges."""
        turns = np.zeros(self.corpus_size + 1, np.int8)
        np.add.at(turns, ranges[::2], 1)
        np.subtract.at(turns, ranges[1::2], 1)
        return np.cumsum(turns[:-1], dtype=np.int8).astype(np.bool_)


class _Kept(dict[_Key, Group], Generic[_Key]):
    """Groups, up to so many postings; when they would be more, all are forgotten. Any thread may use it: at worst two find
    the same, or a little more is kept."""

    def __init__(self) -> None:
        super().__init__()
        self._left = _KEPT

    def keep(self, key: _Key, group: Group, postings: int) -> None:
        if self._left < postings:
            self.clear()
            self._left = _KEPT
        self._left -= postings + _EMPTY
        self[key] = group


_NOTHING = Group(np.empty(0, np.int32), np.empty(0))


def _ranges(documents: NUMBERS, named: frozenset[int]) -> NUMBERS:
    """Return where the passages of some documents begin and end, in turn, given the document of each passage; documents side by
    side are one range."""
    wanted = np.fromiter(named, np.int32, len(named))
    wanted.sort()
    borders = np.flatnonzero(np.diff(wanted) > 1)
    first = wanted[np.concatenate(([0], borders + 1))] if len(wanted) else wanted
    last = wanted[np.concatenate((borders, [len(wanted) - 1]))] if len(wanted) else wanted
    begins, ends = documents.searchsorted(first), documents.searchsorted(last, side="right")
    return np.column_stack((begins, ends)).astype(np.int32).ravel()


def _within(group: Group, ranges: NUMBERS) -> Group:
    """Return what of a group stands in some ranges of passages."""
    borders = group.passages.searchsorted(ranges).tolist()
    spans = [slice(begin, end) for begin, end in zip(borders[::2], borders[1::2], strict=True) if begin < end]
    if len(spans) == 1:
        return Group(group.passages[spans[0]], group.weights[spans[0]], group.most)
    if not spans:
        return _NOTHING
    passages = np.concatenate([group.passages[span] for span in spans])
    return Group(passages, np.concatenate([group.weights[span] for span in spans]), group.most)


def united(held: Sequence[NUMBERS]) -> NUMBERS:
    """Return the numbers that stand in any of some arrays, in order, each once; np.unique takes four times as long."""
    numbers = np.concatenate(held)
    numbers.sort()
    first = np.empty(len(numbers), bool)
    first[:1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return numbers[first]
