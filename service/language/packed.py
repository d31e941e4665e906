"""A table of words in, a few strings out that are kept and read at once; what stands in them is looked at when it is asked for.

As a dictionary or a set a hundred thousand words take a twentieth of a second of every start, and a question asks for a few.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

# Of each character that words begin with: the rest of each word, and what is told of it, a line for each.
Packed = dict[str, str]
_NOTHING: Mapping[str, str] = {}


def packed(told: Mapping[str, str]) -> Packed:
    """Return what is told of words, which are not empty; neither they nor it have a tab or a break."""
    lines: dict[str, list[str]] = defaultdict(list)
    for word, what in told.items():
        lines[word[0]].append(f"{word[1:]}\t{what}")
    return {initial: "\n".join(of) for initial, of in lines.items()}


def packed_words(words: Iterable[str]) -> Packed:
    """Return words of which nothing is told but that they are there."""
    return packed(dict.fromkeys(words, ""))


class Table:
    """What was told of words, read of those of one character at a time. Any thread may ask."""

    def __init__(self, kept: Packed) -> None:
        self._by_initial = _ByInitial(kept)

    def of(self, word: str) -> str | None:
        """Return what is told of a word, None where it is not there."""
        return self._by_initial[word[:1]].get(word)

    def beginning(self, initial: str) -> Mapping[str, str]:
        """Return what is told of the words that begin with a character."""
        return self._by_initial[initial]

    def __contains__(self, word: str) -> bool:
        return word in self._by_initial[word[:1]]


class _ByInitial(dict[str, Mapping[str, str]]):
    """What is told of the words of each character that was asked for, if any begin with it."""

    def __init__(self, kept: Packed) -> None:
        super().__init__()
        self.kept = kept

    def __missing__(self, initial: str) -> Mapping[str, str]:
        if initial not in self.kept:
            return _NOTHING
        lines = (line.partition("\t") for line in self.kept[initial].split("\n"))
        table = self[initial] = {initial + rest: what for rest, _, what in lines}
        return table
