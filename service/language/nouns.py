"""A word in, whether jieba's dictionary has it as a noun, or as a character that names end or begin with, out."""

import re
from pathlib import Path

from service.language import dictionary
from service.language.prepared import prepared

NAME = "nouns.cache"
# A line is word, frequency, tag. The dictionary calls many a common word the name of a person (nr: 明白, 高兴).
_NOUN = re.compile(r"\n([^ \n]++) [0-9]++ (?:n(?!r)|vn)")
# Of one character: nouns, parts of words (g, zg), measure words, numerals, suffixes.
_OF_NAMES = re.compile(r"\n([^ \n]) [0-9]++ (?:n|g|zg|q|m|k)")
_OF = f"{dictionary.VERSION} {_NOUN.pattern} {_OF_NAMES.pattern}"


class _Nouns:
    """The nouns of the dictionary, and the characters that stand in names beside a word; one for the process."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._found: tuple[frozenset[str], frozenset[str]] | None = None

    def load(self, folder: Path) -> None:
        """Read them from what is kept of them in the folder, or from the dictionary, and keep them there."""
        if folder != self._folder:
            self._found = prepared(folder, NAME, _OF, _read)
            self._folder = folder

    @property
    def found(self) -> tuple[frozenset[str], frozenset[str]]:
        if self._found is None:
            self._found = _read()
        return self._found


def _read() -> tuple[frozenset[str], frozenset[str]]:
    text = dictionary.text()
    return frozenset(_NOUN.findall(text)), frozenset(_OF_NAMES.findall(text))


_NOUNS = _Nouns()
load = _NOUNS.load


def is_of_names(character: str) -> bool:
    """Return whether a character beside a word is more likely part of a name with it (充电桩, 元宇宙) than a verb of its own."""
    return character in _NOUNS.found[1]


def is_noun(word: str) -> bool:
    """Return whether a word is a noun (年薪, 利率) or a verb used as one (工资, 投资); False for unknown words."""
    return word in _NOUNS.found[0]
