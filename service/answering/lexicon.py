"""The texts of a corpus in, how they write what sounds like this out."""

import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from service.language.folding import fold
from service.language.pinyin import blurred, readings

# What is listened to. Each character takes up to four bytes; a look that finds nothing goes through all of them, at
# about a millisecond for each million.
_MOST_CHARACTERS = 8_000_000
# Where something stands very often, so many places tell well enough how it is written.
_MOST_PLACES = 500
_SILENT = "\0"


class Lexicon:
    """What the texts of a corpus hold, by its sound: any run of characters of theirs, not only what a dictionary has.

    Nothing is read before it is first asked; that may happen in any thread. Of a corpus of more than 8,000,000
    characters the first so many are listened to.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._building = threading.Lock()

    def written(self, heard: Sequence[str]) -> Counter[str]:
        """Return the runs of characters, folded, that are read as these syllables or blurred alike, and how often each
        stands.

        ``heard`` holds a syllable for each character, without tone.
        """
        classes = self._heard.classes
        try:
            sound = "".join(classes[blurred(syllable)] for syllable in heard)
        except KeyError:
            return Counter()
        return self._at((sound, sound))

    def holds(self, typed: str) -> bool:
        """Return whether this run of Han characters, folded, stands anywhere."""
        sound = typed.translate(self._heard.tables[0])
        places = _places(sound, self._heard.texts[0], len(self._heard.texts[0]))
        return any(fold(self._text_at(at, len(typed))) == typed for at in places)

    def like(self, typed: str) -> Counter[str]:
        """Return the runs of characters, folded, that sound like what was typed or blurred alike, and how often each
        stands, as far as the first 500 places of each reading tell."""
        return self._at(tuple(typed.translate(reading) for reading in self._heard.tables))

    def beside(self, typed: str, place: int) -> Counter[str]:
        """Return the runs of characters, folded, that differ from what was typed in the character at this place only, and
        how often each stands."""
        table, heard = self._heard.tables[0], self._heard.texts[0]
        kept = (0, place) if 2 * place >= len(typed) else (place + 1, len(typed))
        sound = typed[slice(*kept)].translate(table)
        found = (self._text_at(at - kept[0], len(typed)) for at in _places(sound, heard) if at >= kept[0])
        rest = typed[:place] + typed[place + 1 :]
        return Counter(run for run in map(fold, found) if run[:place] + run[place + 1 :] == rest and run != typed)

    @property
    def syllables(self) -> frozenset[str]:
        """Return the syllables of all characters of the corpus, without tones."""
        return self._heard.syllables

    def _at(self, sounds: Sequence[str]) -> Counter[str]:
        if not sounds[0] or any(_SILENT in sound for sound in sounds):
            return Counter()
        length = len(sounds[0])
        places = {at for text, sound in zip(self._heard.texts, sounds, strict=True) for at in _places(sound, text)}
        return Counter(fold(self._text_at(at, length)) for at in places)

    def _text_at(self, at: int, length: int) -> str:
        starts = self._heard.starts
        number = bisect_right(starts, at) - 1
        return self._texts[number][at - starts[number] : at - starts[number] + length]

    @property
    def _heard(self) -> "_Heard":
        with self._building:
            return self._built

    @cached_property
    def _built(self) -> "_Heard":
        return _Heard(self._texts)


class _Heard:
    """The texts, one behind the other, with a class of sounds for each character, where each text starts in them.

    Twice: many characters are read in two ways (长 as zhang and chang). ``texts`` holds the more usual reading of all
    first, then the other one where there is one.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.classes: dict[str, str] = {}
        self.tables = (_Reading(self.classes, 0), _Reading(self.classes, 1))
        self.starts: list[int] = []
        total = 0
        for text in texts:
            self.starts.append(total)
            total += len(text) + 1
        joined = "\n".join(texts)[:_MOST_CHARACTERS]
        self.texts = tuple(joined.translate(table) for table in self.tables)
        self.syllables = frozenset(reading for point in self.tables[0] for reading in readings(fold(chr(point))))


class _Reading(dict[int, str]):
    """What each code point is heard as in its usual reading or its other one, found out when it is first met."""

    def __init__(self, classes: dict[str, str], number: int) -> None:
        super().__init__()
        self._classes = classes
        self._number = number

    def __missing__(self, point: int) -> str:
        heard = list(dict.fromkeys(map(blurred, readings(fold(chr(point))))))
        sound = heard[min(self._number, len(heard) - 1)] if heard else None
        # As they come, so that nearly always one byte is enough for one.
        self[point] = self._classes.setdefault(sound, chr(len(self._classes) + 1)) if sound else _SILENT
        return self[point]


def _places(sound: str, text: str, most: int = _MOST_PLACES) -> Iterator[int]:
    at = text.find(sound)
    for _ in range(most):
        if at < 0:
            return
        yield at
        at = text.find(sound, at + 1)
