"""A text in, where runs of its characters stand out, when those of one class count as one."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

# The places are kept by the pair of classes that begins there, as far as two bytes tell pairs apart: numbers of two bytes
# are sorted in a tenth of the time that others take, and what is found is compared anyway.
_PAIRS = 1 << 16
_FACTOR = 251
CHARACTERS = 0x110000
CODES = NDArray[np.uint32]


def codes(text: str) -> CODES:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


class Runs:
    """A text by the classes of its characters: 1 to 65,535 for those in ``classes``, 0 for all others.

    It never changes once it is built. It takes six bytes a character.
    """

    def __init__(self, classes: NDArray[np.uint16], places: NDArray[np.int32], begins: NDArray[np.int64]) -> None:
        self._classes, self._places, self._begins = classes, places, begins

    @classmethod
    def of(cls, codes: CODES, classes: Mapping[str, int]) -> Self:
        of_character = np.zeros(CHARACTERS, np.uint16)
        of_character[[ord(character) for character in classes]] = list(classes.values())
        found = of_character.take(codes)
        pairs = found[:-1] * np.uint16(_FACTOR) + found[1:]
        places = np.argsort(pairs, kind="stable").astype(np.int32)
        return cls(found, places, np.concatenate(([0], np.cumsum(np.bincount(pairs, minlength=_PAIRS)))))

    @property
    def arrays(self) -> tuple[NDArray[Any], ...]:
        """Return what it is made again from."""
        return self._classes, self._places, self._begins

    def places(self, run: Sequence[int]) -> NDArray[np.int32]:
        """Return where a run of classes stands, two or more, in order; runs may overlap."""
        at, found = min(
            ((at, self._of_pair(*pair)) for at, pair in enumerate(pairwise(run))), key=lambda pair: len(pair[1])
        )
        found = found - np.int32(at)
        found = found[(found >= 0) & (found <= len(self._classes) - len(run))]
        for offset, number in enumerate(run):
            found = found[self._classes[found + offset] == number]
        return found

    def _of_pair(self, one: int, other: int) -> NDArray[np.int32]:
        """Return where two classes may stand side by side, in order."""
        pair = (one * _FACTOR + other) % _PAIRS
        return self._places[self._begins[pair] : self._begins[pair + 1]]
