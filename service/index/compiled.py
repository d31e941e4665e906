"""The columns of an index and a query as numbers in, its best passages out: compiled, where numba is installed.

It returns what ``best.best`` does, to the last bit. Postings are read where they lie, those of so many passages at a time
that their sums stay near the processor.
"""

from typing import NamedTuple

import numpy as np
from numba import config, njit
from numpy.typing import NDArray

from service.index.postings import NUMBERS
from service.index.weighing import FLOATS, GRID, STEP

# Whether there is a folder to keep what is compiled.
_KEPT = bool(config.CACHE_DIR)  # type: ignore[attr-defined]  # numba makes it as it is imported
# So many passages are summed at first, then twice as many each time, up to the most: what the first ones reach tells which
# groups need not be read for the others.
_FEWEST, _MOST = 256, 4096
# To look up one passage takes as long as to read so many postings.
_LOOKED_UP = 16
# A term of the query, in a row of numbers.
_GROUP, _FACTOR, _BEGIN, _END, _IDF, _HIGHEST = range(6)


class _Read(NamedTuple):
    """The postings, and how a term is weighed: the norm of a passage without a term, what each tenth adds to it, k1 + 1."""

    passages: NUMBERS
    tenths: NDArray[np.uint16]
    lengths: NUMBERS
    shortest: float
    longer: float
    most: float


class _Asked(NamedTuple):
    """The terms of a query: those of group g are rows ``first[g]:first[g + 1]``, and the postings from ``at`` to ``end`` are
    yet to be read of each. ``order`` are the groups, those that can add most first, ``rest`` what those from each on can
    add together."""

    terms: FLOATS
    first: NDArray[np.int64]
    at: NDArray[np.int64]
    end: NDArray[np.int64]
    order: NDArray[np.int64]
    rest: FLOATS


class _Room(NamedTuple):
    """What is known of some passages by their places among these: ``sums``, and what a group adds while it is read;
    ``touched`` and ``candidates`` are lists of places."""

    sums: FLOATS
    added: FLOATS
    touched: NUMBERS
    candidates: NUMBERS


@njit(nogil=True, cache=_KEPT)
def _share(tenths: int, length: int, shortest: float, longer: float, most: float) -> float:
    """Return what a posting makes of the idf of its term."""
    often = float(tenths)
    return often * most / (often + (shortest + longer * length))


@njit(nogil=True, cache=_KEPT)
def _weight(share: float, idf: float, factor: float) -> float:
    """Return what a posting adds."""
    return (((share * idf + GRID) - GRID) * factor + GRID) - GRID


@njit(nogil=True, cache=_KEPT)
def _reached(passages: NUMBERS, begin: int, end: int, wanted: int) -> int:
    """Return the first place of [begin, end) with a passage not below the wanted one; it is looked for near the beginning."""
    step = 1
    while begin + step < end and passages[begin + step] < wanted:
        begin += step
        step *= 2
    low, high = begin, min(begin + step, end)
    while low < high:
        middle = (low + high) // 2
        if passages[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@njit(nogil=True, cache=_KEPT)
def _is_better(score: float, passage: int, other: float, other_passage: int) -> bool:
    return score > other or (score == other and passage < other_passage)


@njit(nogil=True, cache=_KEPT)
def _sink(scores: FLOATS, found: NUMBERS, count: int, score: float, passage: int) -> None:
    """Put a hit in the place of the worst one, which is at the top of a heap of so many."""
    at = 0
    while True:
        below = 2 * at + 1
        if below + 1 < count and _is_better(scores[below], found[below], scores[below + 1], found[below + 1]):
            below += 1
        if below >= count or _is_better(scores[below], found[below], score, passage):
            break
        scores[at], found[at] = scores[below], found[below]
        at = below
    scores[at], found[at] = score, passage


@njit(nogil=True, cache=_KEPT)
def _rise(scores: FLOATS, found: NUMBERS, count: int, score: float, passage: int) -> None:
    """Add a hit to a heap of so many."""
    at = count
    while at > 0:
        above = (at - 1) // 2
        if _is_better(score, passage, scores[above], found[above]):
            break
        scores[at], found[at] = scores[above], found[above]
        at = above
    scores[at], found[at] = score, passage


@njit(nogil=True, cache=_KEPT)
def _asked(terms: FLOATS) -> _Asked:
    """Return the terms of a query with nothing read; the rows of a group stand together, and groups count from 0."""
    rows = len(terms)
    groups = int(terms[rows - 1, _GROUP]) + 1
    first = np.zeros(groups + 1, np.int64)
    at, end = np.empty(rows, np.int64), np.empty(rows, np.int64)
    highest = np.zeros(groups)
    for row in range(rows):
        group = int(terms[row, _GROUP])
        first[group + 1] = row + 1
        at[row], end[row] = int(terms[row, _BEGIN]), int(terms[row, _END])
        # What is rounded twice may be a little more.
        bound = terms[row, _IDF] * terms[row, _HIGHEST] * terms[row, _FACTOR] + (1 + terms[row, _FACTOR]) * STEP
        highest[group] = max(highest[group], (bound + GRID) - GRID)
    order = np.empty(groups, np.int64)
    for group in range(groups):
        place = group
        while place > 0 and highest[order[place - 1]] < highest[group]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = group
    rest = np.zeros(groups + 1)
    for place in range(groups - 1, -1, -1):
        rest[place] = rest[place + 1] + highest[order[place]]
    return _Asked(terms, first, at, end, order, rest)


@njit(nogil=True, cache=_KEPT)
def _next(read: _Read, asked: _Asked, needed: int, high: int) -> int:
    """Return the next passage that one of the first groups of the order has, ``high`` if it is not below that."""
    passages = read.passages
    _, first, at, end, order, _ = asked
    begin = high
    for group in order[:needed]:
        for row in range(first[group], first[group + 1]):
            if at[row] < end[row]:
                begin = min(begin, passages[at[row]])
    return begin


@njit(nogil=True, cache=_KEPT)
def _summed(read: _Read, asked: _Asked, room: _Room, needed: int, begin: int, until: int, reach: float) -> int:
    """Add what the first groups of the order add to the passages of [begin, until); return how many candidates there are:
    those whose sum is above ``reach``."""
    # Each by a name of its own: to take one out of a tuple counts who uses the others, every time.
    passages, tenths, lengths, shortest, longer, most = read
    terms, first, at, ends, order, _ = asked
    sums, added, touched, candidates = room
    count = 0
    for group in order[:needed]:
        alone = first[group + 1] - first[group] == 1
        held = 0
        for row in range(first[group], first[group + 1]):
            idf, factor = terms[row, _IDF], terms[row, _FACTOR]
            here, end = at[row], ends[row]
            while here < end:
                passage = passages[here]
                if passage >= until:
                    break
                weight = _weight(_share(tenths[here], lengths[passage], shortest, longer, most), idf, factor)
                here += 1
                place = passage - begin
                if alone:
                    before = sums[place]
                    sums[place] = before + weight
                    if before <= reach and before + weight > reach:
                        candidates[count] = place
                        count += 1
                elif weight > added[place]:
                    if added[place] == 0.0:
                        touched[held] = place
                        held += 1
                    added[place] = weight
            at[row] = here
        for place in touched[:held]:
            before = sums[place]
            sums[place] = before + added[place]
            if before <= reach and before + added[place] > reach:
                candidates[count] = place
                count += 1
            added[place] = 0.0
    return count


@njit(nogil=True, cache=_KEPT)
def _completed(
    read: _Read, asked: _Asked, room: _Room, needed: int, begin: int, until: int, least: float, count: int
) -> int:
    """Add what the other groups add to so many candidates; return how many are left: those whose sum is ``least`` or more,
    or would be with all that is to come."""
    passages, tenths, lengths, shortest, longer, most = read
    terms, first, at, ends, order, rest = asked
    sums, added, _, candidates = room
    for number in range(needed, len(order) + 1):
        kept = 0
        for place in candidates[:count]:
            if sums[place] + rest[number] >= least:
                candidates[kept] = place
                kept += 1
        count = kept
        if number == len(order):
            break
        group = order[number]
        alone = first[group + 1] - first[group] == 1
        for row in range(first[group], first[group + 1]):
            idf, factor = terms[row, _IDF], terms[row, _FACTOR]
            end = ends[row]
            here = at[row] = _reached(passages, at[row], end, begin)
            if alone and (end - here) * (until - begin) < _LOOKED_UP * count * (len(lengths) - begin):
                while here < end:
                    passage = passages[here]
                    if passage >= until:
                        break
                    weight = _weight(_share(tenths[here], lengths[passage], shortest, longer, most), idf, factor)
                    here += 1
                    sums[passage - begin] += weight
                at[row] = here
                continue
            for place in candidates[:count]:
                passage = begin + place
                there = _reached(passages, here, end, passage)
                if there < end and passages[there] == passage:
                    weight = _weight(_share(tenths[there], lengths[passage], shortest, longer, most), idf, factor)
                    added[place] = max(added[place], weight)
        for place in candidates[:count]:
            sums[place] += added[place]
            added[place] = 0.0
    return count


@njit(nogil=True, cache=_KEPT)
def highest_share(
    passages: NUMBERS, tenths: NDArray[np.uint16], lengths: NUMBERS, formula: FLOATS, begin: int, end: int
) -> float:
    """Return the most that any posting of [begin, end) makes of the idf of its term."""
    highest = 0.0
    for place in range(begin, end):
        share = _share(tenths[place], lengths[passages[place]], formula[0], formula[1], formula[2])
        highest = max(highest, share)
    return highest


@njit(nogil=True, cache=_KEPT)
def search(
    passages: NUMBERS,
    tenths: NDArray[np.uint16],
    lengths: NUMBERS,
    formula: FLOATS,
    ranges: NUMBERS,
    terms: FLOATS,
    limit: int,
) -> tuple[NUMBERS, FLOATS]:
    """Return up to ``limit`` passages with the highest sums and these, best first, ties by number.

    ``formula`` is the norm of a passage without a term, what each tenth of one adds to it, and k1 + 1. ``ranges`` are where
    the passages searched begin and end, in turn, rising. A row of ``terms``, of which there is one at least, is the number
    of its group, its factor, where its postings begin and end, its idf and its highest share.

    Source: Turtle & Flood 1995 (MaxScore), with the sums of some passages instead of those of one at a time.
    """
    read = _Read(passages, tenths, lengths, formula[0], formula[1], formula[2])
    asked = _asked(terms)
    _, _, at, ends, order, rest = asked
    most = min(_MOST, len(lengths))
    room = _Room(np.zeros(most), np.zeros(most), np.empty(most, np.int32), np.empty(most, np.int32))
    sums, _, _, candidates = room
    scores, found = np.empty(limit), np.empty(limit, np.int32)
    count = 0
    # What a passage must have to be among the best; only those of so many groups of the order can have that.
    least, needed = 0.0, len(order)
    size = min(_FEWEST, most)
    for number in range(0, len(ranges), 2):
        low, high = ranges[number], ranges[number + 1]
        for row in range(len(terms)):
            at[row] = _reached(passages, at[row], ends[row], low)
        while True:
            while needed > 0 and rest[needed - 1] <= least:
                needed -= 1
            begin = _next(read, asked, needed, high)
            if begin >= high:
                break
            until = min(begin + size, high)
            size = min(2 * size, most)
            left = _summed(read, asked, room, needed, begin, until, least - rest[needed])
            left = _completed(read, asked, room, needed, begin, until, least, left)
            for place in candidates[:left]:
                score, passage = sums[place], begin + place
                if count < limit:
                    _rise(scores, found, count, score, passage)
                    count += 1
                elif _is_better(score, passage, scores[0], found[0]):
                    _sink(scores, found, count, score, passage)
            if count == limit:
                least = scores[0]
            sums[: until - begin] = 0.0
    # The worst one goes last, and the others are a heap again.
    for last in range(count - 1, 0, -1):
        score, passage = scores[last], found[last]
        worst, worst_passage = scores[0], found[0]
        _sink(scores, found, last, score, passage)
        scores[last], found[last] = worst, worst_passage
    return found[:count], scores[:count]
