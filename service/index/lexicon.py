"""The texts of a corpus in, how they write what sounds like this out."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Self

import numpy as np

from service.index.columns import Array
from service.index.runs import CHARACTERS, Runs, codes
from service.language.folding import fold
from service.language.pinyin import blurred, readings

# What is listened to. Each character takes six bytes for each of its readings.
MOST_CHARACTERS = 8_000_000
# Where something stands very often, so many places tell well enough how it is written.
_MOST_PLACES = 500
# The usual reading of each character, and its other one.
_READINGS = (0, 1)
# Nothing shorter is looked up.
_SHORTEST = 2
# The class of what is no Han character, and that of a sound that the corpus does not have.
_SILENT, _UNHEARD = 0, 65_535
_ARRAYS = ("classes", "places", "begins")


class Lexicon:
    """What the texts of a corpus hold, by its sound: any run of characters of theirs, not only what a dictionary has.

    It never changes once it is built, so any number of threads may read it, and no character of a question stays in it. Of
    a corpus of more than 8,000,000 characters the first so many are listened to.

    A character is in the class of its sound. There are two such texts: many characters are read in two ways (长 as zhang
    and chang); the first has the more usual reading of all, the second the other one where there is one.
    """

    def __init__(
        self, texts: Sequence[str], sounds: Sequence[str], syllables: Iterable[str], heard: Sequence[Runs]
    ) -> None:
        """``sounds`` are those of the classes from 1 on, ``syllables`` all readings, ``heard`` the texts by each reading."""
        self._texts = texts
        self._starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        self._sounds = tuple(sounds)
        self._classes = {"": _SILENT} | {sound: number for number, sound in enumerate(sounds, 1)}
        self._heard = tuple(heard)
        self.syllables = frozenset(syllables)

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """Return the lexicon of some texts."""
        joined = codes("\n".join(texts)[:MOST_CHARACTERS])
        characters = [*map(chr, np.flatnonzero(np.bincount(joined, minlength=CHARACTERS)).tolist())]
        sounds = [{character: _sound(character, number) for character in characters} for number in _READINGS]
        heard = sorted({sound for of_character in sounds for sound in of_character.values() if sound})
        classes = {"": _SILENT} | {sound: number for number, sound in enumerate(heard, 1)}
        runs = [
            Runs.of(joined, {character: classes[sound] for character, sound in of_character.items()})
            for of_character in sounds
        ]
        return cls(texts, heard, {reading for character in characters for reading in readings(fold(character))}, runs)

    @classmethod
    def over(cls, texts: Sequence[str], arrays: Mapping[str, Array], said: Mapping[str, Sequence[str]]) -> Self:
        """Return the lexicon of some texts from what ``arrays`` and ``said`` gave."""
        runs = [Runs(*(arrays[f"{name}_{number}"] for name in _ARRAYS)) for number in _READINGS]
        return cls(texts, said["sounds"], said["syllables"], runs)

    @property
    def arrays(self) -> dict[str, Array]:
        return {
            f"{name}_{number}": array
            for number, runs in enumerate(self._heard)
            for name, array in zip(_ARRAYS, runs.arrays, strict=True)
        }

    @property
    def said(self) -> dict[str, Sequence[str]]:
        return {"sounds": self._sounds, "syllables": sorted(self.syllables)}

    def written(self, heard: Sequence[str]) -> Counter[str]:
        """Return the runs of characters, folded, that are read as these syllables or blurred alike, and how often each
        stands.

        ``heard`` holds a syllable for each character, without tone.
        """
        run = [self._classes.get(blurred(syllable), _UNHEARD) for syllable in heard]
        return self._at((run, run))

    def holds(self, typed: str) -> bool:
        """Return whether this run of Han characters, folded, stands anywhere."""
        places = self._heard[0].places(self._run(typed, 0)).tolist()
        return any(self._text_at(at, len(typed)) == typed for at in places)

    def like(self, typed: str) -> Counter[str]:
        """Return the runs of characters, folded, that sound like what was typed or blurred alike, and how often each
        stands, as far as the first 500 places of each reading tell."""
        return self._at([self._run(typed, number) for number in _READINGS])

    def beside(self, typed: str, place: int) -> Counter[str]:
        """Return the runs of characters, folded, that differ from what was typed in the character at this place only, and
        how often each stands."""
        kept = (0, place) if 2 * place >= len(typed) else (place + 1, len(typed))
        places = self._heard[0].places(self._run(typed[slice(*kept)], 0))[:_MOST_PLACES].tolist()
        found = (self._text_at(at - kept[0], len(typed)) for at in places if at >= kept[0])
        rest = typed[:place] + typed[place + 1 :]
        return Counter(run for run in found if run[:place] + run[place + 1 :] == rest and run != typed)

    def _run(self, typed: str, number: int) -> list[int]:
        """Return the classes of what was typed, in its usual reading (0) or its other one (1).

        A character that the corpus does not have is in the class of those that it has and that sound alike.
        """
        return [self._classes.get(_sound(character, number), _UNHEARD) for character in typed]

    def _at(self, runs: Sequence[Sequence[int]]) -> Counter[str]:
        length = len(runs[0])
        if length < _SHORTEST or any(_SILENT in run for run in runs):
            return Counter()
        heard = zip(self._heard, runs, strict=True)
        places = {at for reading, run in heard for at in reading.places(run)[:_MOST_PLACES].tolist()}
        return Counter(self._text_at(at, length) for at in sorted(places))

    def _text_at(self, at: int, length: int) -> str:
        """Return so many characters from a place on, folded; fewer at the end of a text."""
        number = bisect_right(self._starts, at) - 1
        begin = at - self._starts[number]
        return fold(self._texts[number][begin : begin + length])


def _sound(character: str, number: int) -> str:
    """Return a reading of a character, blurred; the usual one where it has no other, "" where it has none."""
    heard = list(dict.fromkeys(map(blurred, readings(fold(character)))))
    return heard[min(number, len(heard) - 1)] if heard else ""
