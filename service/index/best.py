"""Weighted passages of several groups in, the passages with the highest sums out."""

from array import array
from collections.abc import Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from service.index.postings import NUMBERS
from service.index.weighing import FLOATS

# To add fewer postings takes less time than to look up those that are needed.
_WORTH_LOOKING_UP = 2_000
# So many of the highest weights of a group are known.
_KNOWN = 256
# Up to so many passages it is quicker to add everything than to see what need not be ...
_FEW_PASSAGES = 65_536
# ... and beyond, where there is a posting for every so many passages, to have a sum of every passage.
_SHARE = 24
_MOST = attrgetter("most")


class Group:
    """The ``passages`` that a group of a query matches, rising; ``weights``, what it adds to each, above zero; and ``most``,
    which none of these is above, 0.0 where there is none.

    The highest of them are found when they are asked for: few passages need them never. Any thread may ask, at worst two find
    the same.
    """

    __slots__ = ("_highest", "most", "passages", "weights")

    def __init__(self, passages: NUMBERS, weights: FLOATS, most: float | None = None) -> None:
        """``most`` is the highest of the weights, unless it is given."""
        self.passages, self.weights = passages, weights
        self.most = most if most is not None else float(weights.max(initial=0.0))
        self._highest: array[float] | None = None

    def at_least(self, limit: int) -> float:
        """Return what so many passages have at least, as far as is known."""
        if self._highest is None:
            weights = self.weights
            known = np.partition(weights, len(weights) - _KNOWN)[-_KNOWN:] if len(weights) > _KNOWN else weights
            self._highest = array("d", np.sort(known)[::-1].tobytes())
        return self._highest[limit - 1] if limit <= len(self._highest) else 0.0

    def added_to(self, wanted: NUMBERS) -> FLOATS:
        """Return what the group adds to each wanted passage, 0.0 where it does not match."""
        held, places = found(self.passages, wanted)
        return np.where(held, self.weights.take(places), 0.0)

    def look_up(self, wanted: NUMBERS, nearest: NUMBERS, added: FLOATS) -> None:
        """Write for each wanted passage which one of the group stands where it would stand, and what the group adds to that."""
        if len(self.passages):
            places = self.passages.searchsorted(wanted)
            self.passages.take(places, mode="clip", out=nearest)
            self.weights.take(places, mode="clip", out=added)


def found(passages: NUMBERS, wanted: NUMBERS) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Return whether each wanted number stands among some that rise, and where; not none of these."""
    places = passages.searchsorted(wanted)
    places[places == len(passages)] = 0
    return passages.take(places) == wanted, places


def best(groups: Sequence[Group], limit: int, sums: FLOATS, among: NDArray[np.bool_] | None) -> list[tuple[int, float]]:
    """Return up to ``limit`` passages with the highest sums of what the groups add to them, best first, ties by number.

    ``sums`` is room for one of each passage, 0.0 before and after. ``among`` tells of each passage whether it may be
    returned; None says that all may that the groups hold.

    Of more than a few passages, a group that cannot lift one among the best is looked up only for those that others found
    (MaxScore).
    """
    if len(sums) <= _FEW_PASSAGES:
        return _first(*_summed(groups, limit, sums, among, 0.0, 0.0), limit)
    order = sorted(groups, key=_MOST, reverse=True)
    # The best have at least what the best of a single group have.
    least = max([group.at_least(limit) for group in order]) if among is None else 0.0
    needed = len(order)
    rest = 0.0
    while needed > 1 and rest + order[needed - 1].most < least:
        needed -= 1
        rest += order[needed].most
    frequent = [group for group in order[needed:] if len(group.passages) >= _WORTH_LOOKING_UP]
    rare = order[:needed] + [group for group in order[needed:] if len(group.passages) < _WORTH_LOOKING_UP]
    rest = sum([group.most for group in frequent])
    passages, values = _summed(rare, limit, sums, among, least, rest)
    for group in frequent:
        rest -= group.most
        values += group.added_to(passages)
        kept = values >= _bound(values, limit, least, rest)
        passages, values = passages[kept], values[kept]
    return _first(passages, values, limit)


def _summed(
    groups: Sequence[Group],
    limit: int,
    sums: FLOATS,
    among: NDArray[np.bool_] | None,
    least: float,
    rest: float,
) -> tuple[NUMBERS, FLOATS]:
    """Return the passages with their sums that can still be among the best when ``rest`` is yet to come and the best have
    ``least``."""
    if len(groups) == 1:
        passages, values = groups[0].passages, groups[0].weights
    else:
        passages = np.concatenate([group.passages for group in groups])
        weights = np.concatenate([group.weights for group in groups])
        if len(sums) <= _FEW_PASSAGES or len(passages) * _SHARE > len(sums):
            every: FLOATS = np.bincount(passages, weights, len(sums)).astype(np.float64, copy=False)
            if among is not None:
                every *= among
            places = np.flatnonzero(every >= _bound(every, limit, least, rest)).astype(np.int32)
            return places, every.take(places)
        np.add.at(sums, passages, weights)
        values = sums.take(passages)
        sums[passages] = 0.0
    if among is not None:
        allowed = among.take(passages)
        passages, values = passages[allowed], values[allowed]
    # A passage stands here once for each of its groups.
    kept = values >= _bound(values, limit * len(groups), least, rest)
    passages, values = passages[kept], values[kept]
    if len(groups) > 1:
        passages, first = np.unique(passages, return_index=True)
        values = values[first]
    return passages, values


def _bound(values: FLOATS, limit: int, least: float, rest: float) -> float:
    """Return what a passage must have when so much is yet to come; above zero, for what has nothing is no hit."""
    return max(max(least, _least(values, limit)) - rest, 5e-324)


def _least(values: FLOATS, limit: int) -> float:
    """Return a value that at least ``limit`` of the values reach, if not the highest such; 0.0 where there are fewer.

    The highest of some shares of the values stand for them: to part all of them takes longer.
    """
    shares = max(1024 if len(values) > _FEW_PASSAGES else 256, 4 * limit)
    rows = len(values) // shares
    if rows > 3:
        values = np.maximum.reduce(values[: rows * shares].reshape(rows, shares))
    if len(values) < limit:
        return 0.0
    values = values.copy()
    values.partition(len(values) - limit)
    return float(values[len(values) - limit])


def _first(passages: NUMBERS, values: FLOATS, limit: int) -> list[tuple[int, float]]:
    """Return the first of some passages by falling value, then by number."""
    if len(values) > 2 * limit:
        kept = values >= _least(values, limit)
        passages, values = passages[kept], values[kept]
    ordered = sorted(zip((-values).tolist(), passages.tolist(), strict=True))
    return [(passage, -value) for value, passage in ordered[:limit]]
