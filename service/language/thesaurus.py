"""A question in, the official words for its everyday ones out, from a hand-made list."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from service.language.folding import fold
from service.language.numbers import canonical

# What a synonym counts against the asked word itself, by the sign of its group.
_WEIGHTS = {">": 0.6, "=": 0.8, "~": 0.35}
# A shorter phrase is only taken where words begin and end, or 上市 would be found in 县上市里.
_FREE_LENGTH = 3
# A phrase of at least this length is also taken where so much of it stands; of many, the likest few.
_SHORTEST_NEAR, _LEAST_LIKE, _MOST_NEAR = 4, 0.5, 4


class Synonym(NamedTuple):
    """An official word for an everyday one, and what it counts, between 0 and 1."""

    text: str
    weight: float


class Everyday(NamedTuple):
    """An everyday phrase at [start, end) of a text, word for word or nearly, and its synonyms.

    ``same`` tells whether one of them says the same, not only something of the same matter.
    """

    phrase: str
    start: int
    end: int
    synonyms: tuple[Synonym, ...]
    same: bool


class Thesaurus:
    """Maps everyday phrases, in readable form (跑1次 for 跑一次), to official words; it never changes once it is made."""

    def __init__(self, lines: Iterable[str]) -> None:
        groups: dict[str, dict[str, float]] = defaultdict(dict)
        # Not matching.readable: its memory is for the sentences that are read again and again.
        readable = cache(lambda phrase: canonical(fold(phrase)).text)
        for line in lines:
            for phrase, synonym, weight in _pairs(line):
                found = groups[readable(phrase)]
                found[synonym] = max(weight, found.get(synonym, 0.0))
        self._groups = {
            phrase: tuple(Synonym(text, weight) for text, weight in held.items()) for phrase, held in groups.items()
        }
        self._longest = max(map(len, self._groups), default=0)
        self._with_bigram: dict[str, list[str]] = defaultdict(list)
        for phrase in self._groups:
            if len(phrase) >= _SHORTEST_NEAR:
                for bigram in _bigrams(phrase):
                    self._with_bigram[bigram].append(phrase)

    def everyday(self, text: str, borders: Iterable[int], silent: Iterable[tuple[int, int]] = ()) -> list[Everyday]:
        """Return the everyday phrases in a readable text: those that stand there, in order, then those that nearly do.

        ``borders`` are the offsets at which words begin or end, ``silent`` the spans of function words, which liken
        nothing.
        """
        exact = self._exact(text, borders)
        return exact + self._near(text, exact, {i for span in silent for i in range(*span)})

    def _near(self, text: str, exact: Sequence[Everyday], silent: set[int]) -> list[Everyday]:
        """Return the phrases most of whose bigrams stand in the text (工资发不出 in 工资都快发不出来了), the likest first."""
        at: dict[str, int] = {}
        for start in range(len(text) - 1):
            if start not in silent and start + 1 not in silent:
                at.setdefault(text[start : start + 2], start)
        shared = Counter(phrase for bigram in at for phrase in self._with_bigram.get(bigram, ()))
        found: list[tuple[float, Everyday]] = []
        for phrase, count in shared.items():
            likeness = count / len(_bigrams(phrase))
            if count < 2 or likeness < _LEAST_LIKE:
                continue
            places = [at[bigram] for bigram in _bigrams(phrase) if bigram in at]
            start, end = min(places), max(places) + 2
            if end - start > 2 * len(phrase) or any(e.start <= start and end <= e.end for e in exact):
                continue
            synonyms = tuple(Synonym(text_, weight * likeness) for text_, weight in self._groups[phrase])
            found.append((likeness, Everyday(phrase, start, end, synonyms, self._says_same(phrase))))
        found.sort(key=lambda pair: (-pair[0], -len(pair[1].phrase), pair[1].phrase))
        return [everyday for _, everyday in found[:_MOST_NEAR]]

    def _exact(self, text: str, borders: Iterable[int]) -> list[Everyday]:
        """Return the phrases that stand in the text, longest first at each place, in order, without overlaps."""
        at_border = set(borders)
        found: list[Everyday] = []
        start = 0
        while start < len(text):
            match = self._longest_at(text, start, at_border)
            if match is not None:
                found.append(match)
                start = match.end
            else:
                start += 1
        return found

    def _says_same(self, phrase: str) -> bool:
        return any(synonym.weight > _WEIGHTS["~"] for synonym in self._groups[phrase])

    def _longest_at(self, text: str, start: int, borders: set[int]) -> Everyday | None:
        for end in range(min(len(text), start + self._longest), start + 1, -1):
            phrase = text[start:end]
            if phrase in self._groups and (len(phrase) >= _FREE_LENGTH or (start in borders and end in borders)):
                return Everyday(phrase, start, end, self._groups[phrase], self._says_same(phrase))
        return None


def _pairs(line: str) -> Iterator[tuple[str, str, float]]:
    """Yield (phrase, synonym, weight) of a line of the list."""
    line = line.strip()
    if not line or line.startswith("#"):
        return
    sign = next((sign for sign in _WEIGHTS if f" {sign} " in line), None)
    if sign is None:
        return
    sides = [side.split() for side in line.split(f" {sign} ")]
    if sign == "=":
        members = [member for side in sides for member in side]
        yield from ((a, b, _WEIGHTS[sign]) for a in members for b in members if a != b)
    else:
        yield from ((a, b, _WEIGHTS[sign]) for a in sides[0] for b in sides[1] if a != b)


def _bigrams(phrase: str) -> set[str]:
    return {phrase[at : at + 2] for at in range(len(phrase) - 1)}


@cache
def shipped() -> Thesaurus:
    """Return the thesaurus that comes with the program."""
    text = resources.files("service.language").joinpath("thesaurus.txt").read_text(encoding="utf-8")
    return Thesaurus(text.split("\n"))
