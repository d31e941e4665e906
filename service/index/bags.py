"""Passages or lists with what stands near them in, their Block of terms out."""

from array import array
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from service.index.postings import NUMBERS, TENTHS, Block, Counted
from service.index.terms import Written

_MOST = np.iinfo(np.uint16).max

# What stands near, and how much a word in it counts, in tenths.
Near = tuple[str, int]


class _Numbers(dict[str, int]):
    """The number of each string, in the order in which they were first asked for."""

    def __missing__(self, string: str) -> int:
        number = self[string] = len(self)
        return number


class Bags:
    """Gathers the terms of texts one after the other; ``terms_of`` tells those of a text.

    The terms of what is near many texts, headings and titles, are asked for once.
    """

    def __init__(self, terms_of: Callable[[str], Sequence[str]]) -> None:
        self._terms_of = terms_of
        self._numbers = _Numbers()
        self._near: dict[str, NUMBERS] = {}
        self._found: list[NUMBERS] = []
        self._weights = array("i")
        self._rows = array("i")
        self._count = 0

    def add(self, own: str, near: Iterable[Near]) -> None:
        """Add a text, every word of which counts as one, and what stands near it."""
        self._add(self._numbered(own), TENTHS)
        for text, tenths in near:
            if text not in self._near:
                self._near[text] = self._numbered(text)
            self._add(self._near[text], tenths)
        self._count += 1

    def _add(self, numbers: NUMBERS, tenths: int) -> None:
        if len(numbers):
            self._found.append(numbers)
            self._weights.append(tenths)
            self._rows.append(self._count)

    def _numbered(self, text: str) -> NUMBERS:
        return np.array(list(map(self._numbers.__getitem__, self._terms_of(text))), np.int32)

    def block(self) -> Counted:
        """Return the terms of the texts so far."""
        if not self._found:
            nothing = np.empty(0, np.int32)
            return Counted(
                Block(Written.of(()), nothing, nothing, nothing.astype(np.uint16)), np.zeros(self._count, np.int32)
            )
        sizes = np.fromiter(map(len, self._found), np.int64, len(self._found))
        rows = np.repeat(np.array(self._rows, np.int64), sizes)
        tenths = np.repeat(np.array(self._weights, np.int32), sizes)
        keys = np.concatenate(self._found) * np.int64(self._count) + rows
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        begins = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        often = np.minimum(np.add.reduceat(tenths[order], begins), _MOST)
        places, passages = np.divmod(keys[begins], self._count)
        lengths = np.bincount(passages, often, self._count)
        block = Block(
            Written.of(self._numbers), places.astype(np.int32), passages.astype(np.int32), often.astype(np.uint16)
        )
        return Counted(block, lengths.astype(np.int32))
