"""A question in, the official words for its everyday ones out, from a hand-made list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import NamedTuple

from service.language.matching import readable

# What a synonym counts against the asked word itself, by the sign of its group.
_WEIGHTS = {">": 0.6, "=": 0.8, "~": 0.35}
# A shorter phrase is only taken where words begin and end, or 上市 would be found in 县上市里.
_FREE_LENGTH = 3


class Synonym(NamedTuple):
    """An official word for an everyday one, and what it counts, between 0 and 1."""

    text: str
    weight: float


class Everyday(NamedTuple):
    """An everyday phrase at [start, end) of a text, and its synonyms."""

    phrase: str
    start: int
    end: int
    synonyms: tuple[Synonym, ...]


class Thesaurus:
    """Maps everyday phrases, in readable form (跑1次 for 跑一次), to official words; it never changes once it is made."""

    def __init__(self, lines: Iterable[str]) -> None:
        groups: dict[str, dict[str, float]] = defaultdict(dict)
        for line in lines:
            for phrase, synonym, weight in _pairs(line):
                found = groups[readable(phrase).text]
                found[synonym] = max(weight, found.get(synonym, 0.0))
        self._groups = {
            phrase: tuple(Synonym(text, weight) for text, weight in held.items()) for phrase, held in groups.items()
        }
        self._longest = max(map(len, self._groups), default=0)

    def everyday(self, text: str, borders: Iterable[int]) -> list[Everyday]:
        """Return the everyday phrases in a readable text, longest first at each place, in order, without overlaps.

        ``borders`` are the offsets at which words begin or end.
        """
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

    def _longest_at(self, text: str, start: int, borders: set[int]) -> Everyday | None:
        for end in range(min(len(text), start + self._longest), start + 1, -1):
            phrase = text[start:end]
            if phrase in self._groups and (len(phrase) >= _FREE_LENGTH or (start in borders and end in borders)):
                return Everyday(phrase, start, end, self._groups[phrase])
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


def shipped() -> Thesaurus:
    """Return the thesaurus that comes with the program."""
    text = resources.files("service.language").joinpath("thesaurus.txt").read_text(encoding="utf-8")
    return Thesaurus(text.split("\n"))
