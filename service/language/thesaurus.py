"""A question in, the official words for its everyday ones out, from a hand-made list."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import resources
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Self
from unicodedata import unidata_version

from service.language.folding import fold
from service.language.numbers import canonical
from service.language.packed import Packed, Table, packed, packed_words
from service.language.prepared import prepared, written_by

NAME = "thesaurus.cache"
_READ_BY = ("thesaurus.py", "packed.py", "folding.py", "numbers.py")
# What a synonym counts against the asked word itself, by the sign of its group.
_WEIGHTS = {">": 0.6, "=": 0.8, "~": 0.35}
# As people type it: with blanks, a tab or nothing around it, and of full width.
_SIGN = re.compile("([>=~＞＝～])")
# What has none of these has no number to be brought to one form.
_NUMERAL = re.compile("[零〇一二两三四五六七八九十百千,]")
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
        self._take(_worked_out(lines))

    @classmethod
    def of(cls, worked_out: "_WorkedOut") -> Self:
        """Return the thesaurus of which this was worked out."""
        made = cls.__new__(cls)
        made._take(worked_out)
        return made

    def _take(self, worked_out: "_WorkedOut") -> None:
        groups, places, official, self._with_bigram, self._longest = worked_out
        self._groups = groups.split("\n")
        self._places, self._official = Table(places), Table(official)

    def knows(self, word: str) -> bool:
        """Return whether a word in readable form is one of the field: everyday or official, of some group."""
        return word in self._places or word in self._official

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
        likely: list[tuple[float, str, int, int]] = []
        shared = Counter(chain.from_iterable(map(str.split, filter(None, map(self._with_bigram.get, at)))))
        for phrase, count in shared.items():
            # Two have to stand there, and the last one is not among those that are counted.
            if count == 1 and phrase[-2:] not in at:
                continue
            bigrams = _bigrams(phrase)
            places = [at[bigram] for bigram in bigrams if bigram in at]
            likeness = len(places) / len(bigrams)
            if len(places) < 2 or likeness < _LEAST_LIKE:
                continue
            start, end = min(places), max(places) + 2
            if (
                end - start > 2 * len(phrase)
                or _cuts_number(text, start, end)
                or any(e.start <= start and end <= e.end for e in exact)
            ):
                continue
            likely.append((likeness, phrase, start, end))
        found: list[Everyday] = []
        for likeness, phrase, start, end in sorted(likely, key=lambda near: (-near[0], -len(near[1]), near[1])):
            if everyday := self._everyday(phrase, start, end):
                synonyms = tuple(Synonym(word, weight * likeness) for word, weight in everyday.synonyms)
                found.append(everyday._replace(synonyms=synonyms))
            if len(found) == _MOST_NEAR:
                break
        return found

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

    def _longest_at(self, text: str, start: int, borders: set[int]) -> Everyday | None:
        phrases = self._places.beginning(text[start])
        if not phrases:
            return None
        for end in range(min(len(text), start + self._longest), start + 1, -1):
            phrase = text[start:end]
            free = len(phrase) >= _FREE_LENGTH or (start in borders and end in borders)
            if phrase in phrases and free and not _cuts_number(text, start, end):
                return self._everyday(phrase, start, end)
        return None

    def _everyday(self, phrase: str, start: int, end: int) -> Everyday | None:
        """Return a phrase that stands somewhere with its synonyms, in the order of the list, each once with its most.

        None where it stands for nothing but itself.
        """
        weights: dict[str, float] = {}
        for group, written in self._groups_of(phrase):
            for word in group.words.split():
                if word != written:
                    weights[word] = max(group.weight, weights.get(word, 0.0))
        same = any(weight > _WEIGHTS["~"] for weight in weights.values())
        synonyms = tuple(Synonym(text, weight) for text, weight in weights.items())
        return Everyday(phrase, start, end, synonyms, same) if synonyms else None

    def _groups_of(self, phrase: str) -> Iterator[tuple["_Group", str]]:
        """Yield the groups that a phrase stands in, in the order of the list, and how it is written there."""
        for place in (self._places.of(phrase) or "").split():
            number, at = map(int, place.split("."))
            phrases, words, weight = self._groups[number].split("\t")
            yield _Group(phrases, words, float(weight)), phrases.split()[at]


# The groups, a line each with tabs between what they are; of each phrase where it stands: the number of the group, and which of
# its phrases it is (7.0); the official words; of each bigram the longer phrases that have it, with blanks between; of how many
# characters the longest phrase is.
_WorkedOut = tuple[str, Packed, Packed, dict[str, str], int]


def _worked_out(lines: Iterable[str]) -> _WorkedOut:
    """Return what the lines of a thesaurus say.

    Of a phrase only its groups: its synonyms are put together when it is asked for. Of ten thousand phrases few ever are, and
    every start would wait for all of them.
    """
    groups = list(filter(None, map(_group, lines)))
    places: dict[str, list[str]] = defaultdict(list)
    for number, phrases in enumerate(_all_readable(group.phrases for group in groups)):
        for at, phrase in enumerate(phrases):
            places[phrase].append(f"{number}.{at}")
    official = chain.from_iterable(_all_readable(group.words for group in groups))
    with_bigram: dict[str, list[str]] = defaultdict(list)
    for phrase in places:
        if len(phrase) >= _SHORTEST_NEAR:
            # All but the last: a text must have two of them, so it has one of these.
            for at in range(len(phrase) - 2):
                with_bigram[phrase[at : at + 2]].append(phrase)
    return (
        "\n".join(f"{phrases}\t{words}\t{weight}" for phrases, words, weight in groups),
        packed({phrase: " ".join(of) for phrase, of in places.items()}),
        packed_words(official),
        {bigram: " ".join(of) for bigram, of in with_bigram.items()},
        max(map(len, places), default=0),
    )


def _cuts_number(text: str, start: int, end: int) -> bool:
    """Return whether [start, end) begins or ends inside a number: 5年目标 in 2025年目标."""
    return (text[max(0, start - 1) : start + 1].isdecimal() and start > 0) or (
        text[end - 1 : end + 1].isdecimal() and end < len(text)
    )


class _Group(NamedTuple):
    """A line of the list: phrases, the words that are searched for each, both with blanks between, what these count."""

    phrases: str
    words: str
    weight: float


def _group(line: str) -> _Group | None:
    """Return the group that a line is, None where it is none."""
    # A group is kept as a line with tabs: there is nothing but single blanks in what it is made of.
    parts = [" ".join(part.split()) for part in _SIGN.split(line.strip())]
    if len(parts) < 3 or _is_comment(line) or not all(parts):
        return None
    parts[1::2] = map(fold, parts[1::2])
    sign = parts[1]
    if sign != "=":
        return _Group(parts[0], parts[2], _WEIGHTS[sign]) if len(parts) == 3 else None
    members = " ".join(parts[::2])
    return _Group(members, members, _WEIGHTS[sign]) if set(parts[1::2]) == {sign} else None


def _all_readable(several: Iterable[str]) -> list[list[str]]:
    """Return the phrases of each of several strings, in readable form; they have blanks between.

    All at once: neither folding nor numbers reach across a blank or the end of a line. Not by way of matching.readable,
    whose memory is for the sentences that are read again and again.
    """
    lines = list(several)
    folded = fold("\n".join(lines)).split("\n") if lines else []
    return [(canonical(line).text if _NUMERAL.search(line) else line).split() for line in folded]


def no_groups(lines: Iterable[str]) -> list[int]:
    """Return the numbers, from 1, of the lines that say something and are no group."""
    return [n for n, line in enumerate(lines, 1) if line.strip() and not _is_comment(line) and not _group(line)]


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _bigrams(phrase: str) -> set[str]:
    return {phrase[at : at + 2] for at in range(len(phrase) - 1)}


def _shipped_text() -> str:
    return resources.files("service.language").joinpath("thesaurus.txt").read_text(encoding="utf-8")


def shipped(folder: Path, own: Sequence[str] = ()) -> Thesaurus:
    """Return the thesaurus that comes with the program, with the groups of a person's own lines added to it.

    What is worked out of both is kept in the folder.
    """
    return _made("\n".join((_shipped_text(), *own)), folder)


@lru_cache(maxsize=1)
def _made(text: str, folder: Path) -> Thesaurus:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    of = f"thesaurus {digest} {written_by(*_READ_BY)} opencc {version('opencc')} unicode {unidata_version}"
    return Thesaurus.of(prepared(folder, NAME, of, lambda: _worked_out(text.split("\n"))))
