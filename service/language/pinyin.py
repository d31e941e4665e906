"""A character or Latin letters in, the syllables of Mandarin that they are read as or spell out."""

import os
import re
import unicodedata
from collections.abc import Container, Iterator
from functools import cache, lru_cache
from types import ModuleType

# Speakers from many places hear no difference between these: zh and z, n and l, an and ang.
_BLURRED = ((re.compile("^([zcs])h"), r"\1"), (re.compile("^n(?=.)"), "l"), (re.compile("(?<=[aei])ng$"), "n"))
_LONGEST_SYLLABLE = 6
_SWITCH = "PYPINYIN_NO_PHRASES"


@cache
def _pypinyin() -> ModuleType:
    """Return pypinyin, without the readings of 47,000 phrases that it would load otherwise: a fifth of a second, 45 MB.

    Its own switch for that is an environment variable, which is set only while it is imported.
    """
    before = os.environ.get(_SWITCH)
    os.environ[_SWITCH] = "1"
    try:
        import pypinyin
    finally:
        if before is None:
            del os.environ[_SWITCH]
        else:
            os.environ[_SWITCH] = before
    return pypinyin


@lru_cache(maxsize=16384)
def readings(character: str) -> tuple[str, ...]:
    """Return the syllables a character is read as, without tones, the most usual first; () for what is no Han character."""
    if character < "\u3400":
        return ()
    # Its table itself, as pypinyin.pinyin() takes eight times as long for a single character.
    marked: str = _pypinyin().pinyin_dict.pinyin_dict.get(ord(character), "")
    return tuple(dict.fromkeys(map(_without_tone, marked.split(",")))) if marked else ()


def _without_tone(syllable: str) -> str:
    """Return nǚ as nv, as it is typed."""
    letters = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v").replace("e\u0302", "e")
    return "".join(letter for letter in letters if letter.isalpha())


@lru_cache(maxsize=1024)
def blurred(syllable: str) -> str:
    """Return a syllable as those hear it who tell neither zh from z nor n from l nor ang from an: shang and san alike."""
    for pattern, plain in _BLURRED:
        syllable = pattern.sub(plain, syllable)
    return syllable


def spelled(letters: str, syllables: Container[str]) -> Iterator[tuple[str, ...]]:
    """Yield the ways in which lower-case letters can be read as whole syllables, those with long ones in front first."""
    # Where the rest cannot be read; found out once, or the ways to come to grief would be without number.
    dead: set[int] = set()

    def readable_from(start: int) -> Iterator[tuple[str, ...]]:
        if start == len(letters):
            yield ()
        if start in dead:
            return
        fruitful = start == len(letters)
        for end in range(min(start + _LONGEST_SYLLABLE, len(letters)), start, -1):
            if letters[start:end] in syllables:
                for rest in readable_from(end):
                    fruitful = True
                    yield (letters[start:end], *rest)
        if not fruitful:
            dead.add(start)

    yield from readable_from(0)
