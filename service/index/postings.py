"""Bags of terms in, Postings out: for each term the passages it stands in, and how often."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from service.index.terms import Terms, Written, merged

NUMBERS = NDArray[np.int32]

# A word that stands near a passage counts as a part of one in it; tenths are enough to tell these parts.
TENTHS = 10
_MOST = np.iinfo(np.uint16).max
# So many passages are gathered as Python's own values at a time.
_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Block:
    """The terms of some passages: each of ``passages`` has the term of this place so many ``tenths`` of a time.

    These three arrays are of one length, in the order of terms and then of passages.
    """

    terms: Written
    places: NUMBERS
    passages: NUMBERS
    tenths: NDArray[np.uint16]


class Counted(NamedTuple):
    """The terms of some passages, and the sum of what stands in each of these, in tenths."""

    block: Block
    lengths: NUMBERS


@dataclass(frozen=True, slots=True)
class Postings:
    """For the term of each number, between two of ``begins``: the ``passages`` it stands in, rising, and how often, in tenths.

    ``lengths`` are the sums of what stands in each passage, in tenths. It never changes once it is built.
    """

    terms: Terms
    begins: NDArray[np.int64]
    passages: NUMBERS
    tenths: NDArray[np.uint16]
    lengths: NUMBERS

    @classmethod
    def over(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        return cls(Terms.over(arrays), arrays["postings"], arrays["passages"], arrays["tenths"], arrays["lengths"])

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what ``over`` makes it again from."""
        return {
            **self.terms.arrays,
            "postings": self.begins,
            "passages": self.passages,
            "tenths": self.tenths,
            "lengths": self.lengths,
        }


def postings(bags: Iterable[Mapping[str, float]]) -> Postings:
    """Return the postings of passages given by how often each term stands in each."""
    return joined(list(_counted(iter(bags))))


def _counted(bags: Iterator[Mapping[str, float]]) -> Iterator[Counted]:
    """Yield the terms of the passages, so many passages at a time."""
    while chunk := list(islice(bags, _BLOCK)):
        numbers: dict[str, int] = {}
        places, passages, tenths = array("i"), array("i"), array("H")
        lengths = array("i")
        for passage, bag in enumerate(chunk):
            often = [min(round(TENTHS * frequency), _MOST) for frequency in bag.values()]
            places.extend(numbers.setdefault(term, len(numbers)) for term in bag)
            passages.extend([passage] * len(often))
            tenths.extend(often)
            lengths.append(sum(often))
        place_of = np.array(places, np.int32)
        order = np.argsort(place_of, kind="stable")
        block = Block(
            Written.of(numbers),
            place_of[order],
            np.array(passages, np.int32)[order],
            np.array(tenths, np.uint16)[order],
        )
        yield Counted(block, np.array(lengths, np.int32))


def joined(parts: Sequence[Counted]) -> Postings:
    """Return the postings of passages whose terms are given in parts that follow one another.

    Nothing is sorted but the terms: where each posting has to stand is counted.
    """
    terms, numbers = merged([block.terms for block, _ in parts])
    counts = [np.bincount(block.places, minlength=len(block.terms.hashes)) for block, _ in parts]
    begins = np.zeros(len(terms) + 1, np.int64)
    for number, count in zip(numbers, counts, strict=True):
        begins[number + 1] += count
    np.cumsum(begins, out=begins)
    passages, tenths = np.empty(begins[-1], np.int32), np.empty(begins[-1], np.uint16)
    free = begins[:-1].copy()
    first = 0
    for (block, lengths), number, count in zip(parts, numbers, counts, strict=True):
        target = np.arange(len(block.places)) + np.repeat(free[number] - (np.cumsum(count) - count), count)
        passages[target] = block.passages + first
        tenths[target] = block.tenths
        free[number] += count
        first += len(lengths)
    return Postings(
        terms, begins, passages, tenths, np.concatenate([np.empty(0, np.int32), *(lengths for _, lengths in parts)])
    )
