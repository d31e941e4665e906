"""A word in, out what jieba's dictionary tells of it: whether it is a noun, stands in names, or took in a verb behind it."""

import re
from pathlib import Path

from service.language import dictionary
from service.language.packed import Packed, Table, packed_words
from service.language.prepared import prepared, written_by

NAME = "nouns.cache"
_READ_BY = ("nouns.py", "packed.py", "dictionary.py")
# A line is word, frequency, tag. The dictionary calls many a common word the name of a person (nr: 明白, 高兴).
_NOUN = re.compile(r"\n([^ \n]++) [0-9]++ (?:n(?!r)|vn)")
# Of one character: nouns, parts of words (g, zg), measure words, numerals, suffixes.
_OF_NAMES = re.compile(r"\n([^ \n]) [0-9]++ (?:n|g|zg|q|m|k)")
_WORD = re.compile(r"\n([^ \n]{2,}+) ([0-9]++)")
# So much more often stands a name than what was cut with it by chance.
_FAR_MORE = 100
# The nouns, the characters that stand in names beside a word, the words that took in a verb.
_Found = tuple[Packed, Packed, Packed]


class _Nouns:
    """What is told of the words; one for the process."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._tables: tuple[Table, ...] = ()

    def load(self, folder: Path) -> None:
        """Read it from what is kept of it in the folder, or from the dictionary, and keep it there."""
        if folder != self._folder:
            self._tables = tuple(
                map(Table, prepared(folder, NAME, f"{dictionary.VERSION} {written_by(*_READ_BY)}", _found))
            )
            self._folder = folder

    @property
    def tables(self) -> tuple[Table, ...]:
        if not self._tables:
            self._tables = tuple(map(Table, _found()))
        return self._tables


def _found() -> _Found:
    text = dictionary.text()
    nouns, of_names = set(_NOUN.findall(text)), set(_OF_NAMES.findall(text))
    often = {word: int(frequency) for word, frequency in _WORD.findall(text)}
    longer = (
        word
        for word, seldom in often.items()
        if 0 < seldom * _FAR_MORE <= often.get(word[:-1], 0) and word not in nouns and word[-1] not in of_names
    )
    return packed_words(nouns), packed_words(of_names), packed_words(longer)


_NOUNS = _Nouns()
load = _NOUNS.load


def is_of_names(character: str) -> bool:
    """Return whether a character beside a word is more likely part of a name with it (充电桩, 元宇宙) than a verb of its own."""
    return character in _NOUNS.tables[1]


def is_noun(word: str) -> bool:
    """Return whether a word is a noun (年薪, 利率) or a verb used as one (工资, 投资); False for unknown words."""
    return word in _NOUNS.tables[0]


def took_verb(word: str) -> bool:
    """Return whether the dictionary has taken in a verb behind a word of its own, once and by chance (唐僧骑)."""
    return word in _NOUNS.tables[2]
