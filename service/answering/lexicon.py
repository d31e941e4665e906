"""The texts of a corpus in, how they write what sounds like this out."""

import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from service.language.folding import fold
from service.language.pinyin import blurred, readings

# What is listened to. Each character takes up to four bytes; a look that finds nothing goes through all of them, at
# about a millisecond for each million.
_MOST_CHARACTERS = 8_000_000
# Where something stands very often, so many places tell well enough how it is written.
_MOST_PLACES = 500
# The usual reading of each character, and its other one.
_READINGS = (0, 1)
_SILENT = "\0"
# What is asked for with a sound that the corpus does not have; it stands in no text that is listened to.
_UNHEARD = "\U0010ffff"


class Lexicon:
    """What the texts of a corpus hold, by its sound: any run of characters of theirs, not only what a dictionary has.

    Nothing is read before it is first asked; that may happen in any thread. What is asked leaves nothing behind here. Of
    a corpus of more than 8,000,000 characters the first so many are listened to.
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
        sound = "".join(classes.get(blurred(syllable), _UNHEARD) for syllable in heard)
        return self._at((sound, sound))

    def holds(self, typed: str) -> bool:
        """Return whether this run of Han characters, folded, stands anywhere."""
        sound, heard = self._heard.sound(typed, 0), self._heard.texts[0]
        places = _places(sound, heard, len(heard))
        return any(fold(self._text_at(at, len(typed))) == typed for at in places)

    def like(self, typed: str) -> Counter[str]:
        """Return the runs of characters, folded, that sound like what was typed or blurred alike, and how often each
        stands, as far as the first 500 places of each reading tell."""
        return self._at(tuple(self._heard.sound(typed, number) for number in _READINGS))

    def beside(self, typed: str, place: int) -> Counter[str]:
        """Return the runs of characters, folded, that differ from what was typed in the character at this place only, and
        how often each stands."""
        heard = self._heard.texts[0]
        kept = (0, place) if 2 * place >= len(typed) else (place + 1, len(typed))
        sound = self._heard.sound(typed[slice(*kept)], 0)
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

    It never changes after it is built, so any number of threads may read it, and no character of a question stays in it.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.starts: list[int] = []
        total = 0
        for text in texts:
            self.starts.append(total)
            total += len(text) + 1
        joined = "\n".join(texts)[:_MOST_CHARACTERS]
        characters = dict.fromkeys(joined)
        classes: dict[str, str] = {}
        for number in _READINGS:
            for sound in filter(None, (_sound(character, number) for character in characters)):
                # As they come, so that nearly always one byte is enough for one.
                classes.setdefault(sound, chr(len(classes) + 1))
        self.classes: Mapping[str, str] = MappingProxyType(classes)
        tables = [{ord(character): self.sound(character, number) for character in characters} for number in _READINGS]
        self.texts = tuple(joined.translate(table) for table in tables)
        self.syllables = frozenset(reading for character in characters for reading in readings(fold(character)))

    def sound(self, typed: str, number: int) -> str:
        """Return the classes of sounds of what was typed, in its usual reading (0) or its other one (1).

        A character that the corpus does not have is in the class of those that it has and that sound alike; where there
        are none, it is in one that stands nowhere.
        """
        sounds = (_sound(character, number) for character in typed)
        return "".join(self.classes.get(sound, _UNHEARD) if sound else _SILENT for sound in sounds)


def _sound(character: str, number: int) -> str:
    """Return a reading of a character, blurred; the usual one where it has no other, "" where it has none."""
    heard = list(dict.fromkeys(map(blurred, readings(fold(character)))))
    return heard[min(number, len(heard) - 1)] if heard else ""


def _places(sound: str, text: str, most: int = _MOST_PLACES) -> Iterator[int]:
    at = text.find(sound)
    for _ in range(most):
        if at < 0:
            return
        yield at
        at = text.find(sound, at + 1)
