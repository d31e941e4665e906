"""A word in, whether jieba's dictionary has it as a noun, or as a character that names end or begin with, out."""

import re
from functools import cache

from service.language import dictionary

# A line is word, frequency, tag. The dictionary calls many a common word the name of a person (nr: 明白, 高兴).
_NOUN = re.compile(r"\n([^ \n]++) [0-9]++ (?:n(?!r)|vn)")
# Of one character: nouns, parts of words (g, zg), measure words, numerals, suffixes.
_OF_NAMES = re.compile(r"\n([^ \n]) [0-9]++ (?:n|g|zg|q|m|k)")


@cache
def _words(tagged: re.Pattern[str]) -> frozenset[str]:
    """Return the words of the dictionary whose lines are as this pattern says."""
    return frozenset(tagged.findall(dictionary.text()))


def is_of_names(character: str) -> bool:
    """Return whether a character beside a word is more likely part of a name with it (充电桩, 元宇宙) than a verb of its own."""
    return character in _words(_OF_NAMES)


def is_noun(word: str) -> bool:
    """Return whether a word is a noun (年薪, 利率) or a verb used as one (工资, 投资); False for unknown words."""
    return word in _words(_NOUN)
