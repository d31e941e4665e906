"""Groups of weighted postings in, the passages with the highest sums out; what cannot reach them is not added."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.index.postings import NUMBERS

FLOATS = NDArray[np.float64]

# So many postings are added in less time than it takes to ask which of them are needed.
_FEW = 8192
# What sums of floats in another order may differ by.
_SLACK = 1 - 1e-9


class Weighed(NamedTuple):
    """The passages that hold a term, rising, and what it adds to the score of each, above zero."""

    passages: NUMBERS
    weights: FLOATS


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives, of which the best counts; ``bound`` is the most they add to any passage."""

    alternatives: tuple[Weighed, ...]
    bound: float

    @property
    def size(self) -> int:
        return sum(len(passages) for passages, _ in self.alternatives)

    def of(self, wanted: NUMBERS) -> FLOATS:
        """Return what the group adds to each wanted passage, 0.0 where none of it stands."""
        added = np.zeros(len(wanted))
        for passages, weights in self.alternatives:
            held, places = found(passages, wanted)
            np.maximum(added, np.where(held, weights.take(places), 0.0), out=added)
        return added


class Scratch:
    """Two scores for each passage, 0.0 between searches; one thread's own."""

    def __init__(self, passages: int) -> None:
        self.sums, self.best = np.zeros(passages), np.zeros(passages)


def found(passages: NUMBERS, wanted: NUMBERS) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Return whether each wanted number stands among some that rise, and where; not none of these."""
    places = passages.searchsorted(wanted)
    places[places == len(passages)] = 0
    return passages.take(places) == wanted, places


def best(
    groups: Sequence[Group], limit: int, scratch: Scratch, among: NDArray[np.bool_] | None
) -> list[tuple[int, float]]:
    """Return up to ``limit`` passages with the highest sums of what the groups add to them, best first, ties by number.

    The sums are those of the groups in the order in which they stand, however they were found. ``among`` tells of each
    passage whether it may be returned.
    """
    sizes = [group.size for group in groups]
    if sum(sizes) <= _FEW or len(groups) == 1:
        return _of_all(groups, limit, scratch, among)
    order = sorted(range(len(groups)), key=lambda place: -groups[place].bound)
    bounds = [groups[place].bound for place in order]
    rest = [sum(bounds[at:]) for at in range(len(order) + 1)]
    left = [sum(sizes[place] for place in order[at:]) for at in range(len(order) + 1)]
    touched: list[NUMBERS] = []
    count, least, at = 0, 0.0, 0
    while at < len(order) and rest[at] >= least:
        new = _add(groups[order[at]], scratch)
        touched += new
        count += sum(map(len, new))
        at += 1
        # To know what the best have at least pays where much is left to add.
        if left[at] > count:
            least = max(least, _least(scratch.sums.take(_allowed(touched, among)), limit) * _SLACK)
    wanted = _allowed(touched, among)
    sums = scratch.sums.take(wanted)
    for passages in touched:
        scratch.sums[passages] = 0.0
    for place in range(at, len(order) + 1):
        least = max(least, _least(sums, limit) * _SLACK)
        kept = sums + rest[place] >= least
        wanted, sums = wanted[kept], sums[kept]
        if place < len(order):
            sums = sums + groups[order[place]].of(wanted)
    wanted.sort()
    exact = np.zeros(len(wanted))
    for group in groups:
        exact += group.of(wanted)
    return _first(wanted, exact, limit)


def _of_all(
    groups: Sequence[Group], limit: int, scratch: Scratch, among: NDArray[np.bool_] | None
) -> list[tuple[int, float]]:
    """Return the best passages as ``best`` does, by adding all there is."""
    sums = scratch.sums
    touched: list[NUMBERS] = []
    for group in groups:
        if len(group.alternatives) == 1:
            passages, weights = group.alternatives[0]
            np.add.at(sums, passages, weights)
            touched.append(passages)
            continue
        for passages, weights in group.alternatives:
            scratch.best[passages] = np.maximum(scratch.best.take(passages), weights)
        for passages, _ in group.alternatives:
            # What stands under several alternatives is added with the first.
            np.add.at(sums, passages, scratch.best.take(passages))
            scratch.best[passages] = 0.0
            touched.append(passages)
    every = touched[0] if len(touched) == 1 else np.concatenate(touched)
    values = sums.take(every)
    sums[every] = 0.0
    if among is not None:
        kept = among.take(every)
        every, values = every[kept], values[kept]
    # A passage stands here once for each of its terms.
    kept = values >= _least(values, limit * len(touched))
    every, values = every[kept], values[kept]
    if len(touched) > 1:
        every, first = np.unique(every, return_index=True)
        values = values[first]
    return _first(every, values, limit)


def _add(group: Group, scratch: Scratch) -> list[NUMBERS]:
    """Add a group to the sums; return the passages that had nothing before, each once."""
    new: list[NUMBERS] = []
    several = len(group.alternatives) > 1
    for passages, weights in group.alternatives if several else ():
        scratch.best[passages] = np.maximum(scratch.best.take(passages), weights)
    for passages, weights in group.alternatives:
        if several:
            weights = scratch.best.take(passages)
            scratch.best[passages] = 0.0
        sums = scratch.sums.take(passages)
        new.append(passages[sums == 0.0])
        scratch.sums[passages] = sums + weights
    return new


def _allowed(touched: Sequence[NUMBERS], among: NDArray[np.bool_] | None) -> NUMBERS:
    every = np.concatenate(touched)
    return every if among is None else every[among.take(every)]


def _least(values: FLOATS, limit: int) -> float:
    """Return a value that at least ``limit`` of the values reach, if not the highest such; 0.0 where there are fewer.

    The highest of some shares of the values stand for them: to part all of them takes ten times as long.
    """
    shares = max(64, 4 * limit)
    rows = len(values) // shares
    if rows > 3:
        values = values[: rows * shares].reshape(rows, shares).max(axis=0)
    if len(values) < limit:
        return 0.0
    return float(np.partition(values, len(values) - limit)[len(values) - limit])


def _first(passages: NUMBERS, sums: FLOATS, limit: int) -> list[tuple[int, float]]:
    """Return the first passages by falling sum; they rise, and so do those of one sum."""
    order = np.argsort(-sums, kind="stable")[:limit]
    return list(zip(passages.take(order).tolist(), sums.take(order).tolist(), strict=True))
