"""Strings in, a dictionary out that gives each a number and is read where it lies: nothing is loaded but what is asked for."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

HASHES = NDArray[np.uint64]
LETTERS = NDArray[np.uint8]
_HASH = np.dtype("<u8")


class Terms:
    """The terms of an index, numbered from 0 in the order of their hashes; it never changes.

    ``hashes`` rise. ``letters`` is the UTF-8 of all terms, ``begins`` where that of each begins, with the end of the last
    one behind. No two terms of an index have one hash: of a million, the odds that any two had are one in forty million.
    """

    def __init__(self, hashes: HASHES, begins: NDArray[np.int64], letters: LETTERS) -> None:
        self._arrays: dict[str, NDArray[Any]] = {"hashes": hashes, "begins": begins, "letters": letters}
        # As views of memory, which are read item by item faster than arrays.
        self._hashes, self._begins, self._letters = hashes.data, begins.data, letters.data

    @classmethod
    def over(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        return cls(arrays["hashes"], arrays["begins"], arrays["letters"])

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what ``over`` makes it again from."""
        return dict(self._arrays)

    def __len__(self) -> int:
        return len(self._hashes)

    def __iter__(self) -> Iterator[str]:
        for number in range(len(self)):
            yield str(self._at(number), "utf-8", "surrogatepass")

    def number(self, term: str) -> int | None:
        """Return the number of a term, None where it is none."""
        letters = term.encode("utf-8", "surrogatepass")
        wanted = int.from_bytes(_digest(letters), "little")
        number = bisect_left(self._hashes, wanted)
        if number == len(self._hashes) or self._hashes[number] != wanted or self._at(number) != letters:
            return None
        return number

    def _at(self, number: int) -> memoryview:
        return self._letters[self._begins[number] : self._begins[number + 1]]


def _digest(letters: bytes) -> bytes:
    """Return eight bytes, which are a hash as _HASH reads them."""
    return blake2b(letters, digest_size=8).digest()


class Written:
    """Some different terms in any order, as a part of an index is written: their hashes, and the places of their letters."""

    def __init__(self, hashes: HASHES, begins: NDArray[np.int64], letters: LETTERS) -> None:
        self.hashes, self.begins, self.letters = hashes, begins, letters

    @classmethod
    def of(cls, terms: Iterable[str]) -> Self:
        written = [term.encode("utf-8", "surrogatepass") for term in terms]
        return cls(
            np.frombuffer(b"".join(map(_digest, written)), _HASH).astype(np.uint64, copy=False),
            np.fromiter(accumulate(map(len, written), initial=0), np.int64, len(written) + 1),
            np.frombuffer(b"".join(written), np.uint8),
        )


def merged(parts: Sequence[Written]) -> tuple[Terms, list[NDArray[np.intp]]]:
    """Return the dictionary of all terms of some parts, and for each part the numbers of its terms."""
    hashes = np.concatenate([np.empty(0, np.uint64), *(part.hashes for part in parts)])
    found, first, numbers = np.unique(hashes, return_index=True, return_inverse=True)
    ends = np.cumsum([len(part.hashes) for part in parts])
    # Where each term stands first is where its letters are taken from, part by part.
    lengths = np.empty(len(found), np.int64)
    chosen = np.argsort(first, kind="stable")
    borders = np.searchsorted(first[chosen], ends)
    taken: list[tuple[NDArray[np.intp], NDArray[np.intp]]] = []
    for part, begin, end, until in zip(parts, [0, *borders], borders, ends, strict=False):
        of = chosen[begin:end]
        own = first[of] - (until - len(part.hashes))
        lengths[of] = part.begins[own + 1] - part.begins[own]
        taken.append((of, own))
    begins = np.concatenate(([0], np.cumsum(lengths)))
    letters = np.empty(begins[-1], np.uint8)
    for part, (of, own) in zip(parts, taken, strict=True):
        within = np.arange(lengths[of].sum()) - np.repeat(np.cumsum(lengths[of]) - lengths[of], lengths[of])
        letters[np.repeat(begins[of], lengths[of]) + within] = part.letters[
            np.repeat(part.begins[own], lengths[of]) + within
        ]
    return Terms(found, begins, letters), np.split(numbers, ends[:-1]) if len(ends) else []
