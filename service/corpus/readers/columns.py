"""The rows of a printed page in, the rows in the order in which they are read out: of two columns first the left one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Character:
    """A character with the box that it takes on its page."""

    sign: str
    left: float
    right: float
    bottom: float
    top: float


# Fewer rows, or shorter ones, are a table.
_FEWEST_ROWS, _FEWEST_SIGNS = 8, 10
_MOST_ROWS = 0.6
# A gap between columns is as wide as a character, and stands about the middle of what is printed.
_NARROWEST = 1.0
_MIDDLE = (0.35, 0.65)


def in_columns(rows: Sequence[list[Character]]) -> list[list[Character]]:
    """Return rows from the top down; where most are parted at one place, the left parts before the right ones.

    A row that is not parted there, a title over both columns, ends what stands beside each other above it. The right column
    is moved to where the left one stands, so that both have the same margins.
    """
    gutter = _gutter(rows)
    if gutter is None:
        return list(rows)
    lefts: list[list[Character]] = []
    rights: list[list[Character]] = []
    found: list[list[Character]] = []
    begin = min(c.left for row in rows for c in row)
    second = min((c.left for row in rows for c in row if c.left > gutter), default=begin)

    def over() -> None:
        found.extend(lefts)
        found.extend(
            [replace(c, left=c.left - second + begin, right=c.right - second + begin) for c in row] for row in rights
        )
        lefts.clear()
        rights.clear()

    for row in rows:
        if any(c.left < gutter < c.right for c in row):
            over()
            found.append(row)
            continue
        if left := [c for c in row if c.right <= gutter]:
            lefts.append(left)
        if right := [c for c in row if c.left >= gutter]:
            rights.append(right)
    over()
    return found


def _gutter(rows: Sequence[list[Character]]) -> float | None:
    """Return the place between two columns of text; None where there is one column, or a table."""
    if len(rows) < _FEWEST_ROWS:
        return None
    begin = min(c.left for row in rows for c in row)
    width = max(c.right for row in rows for c in row) - begin
    gaps = [(left, right) for row in rows for left, right in _gaps(row)]
    middle = [
        (left + right) / 2 for left, right in gaps if _MIDDLE[0] <= ((left + right) / 2 - begin) / width <= _MIDDLE[1]
    ]
    parted = {place: sum(left < place < right for left, right in gaps) for place in middle}
    if not parted:
        return None
    place = max(parted, key=lambda place: parted[place])
    if parted[place] < _MOST_ROWS * len(rows):
        return None
    sides = [sum(c.right <= place for c in row) for row in rows], [sum(c.left >= place for c in row) for row in rows]
    usual = [sorted(side)[len(side) // 2] for side in sides]
    return place if min(usual) >= _FEWEST_SIGNS else None


def _gaps(row: Sequence[Character]) -> Iterator[tuple[float, float]]:
    """Yield the gaps within a row that are as wide as a character."""
    seen = sorted((c for c in row if not c.sign.isspace()), key=lambda c: c.left)
    end = 0.0
    for one, other in pairwise(seen):
        end = max(end, one.right)
        if other.left - end >= _NARROWEST * (one.top - one.bottom) * 0.8:
            yield end, other.left
