"""A word in, whether jieba's dictionary has it as a noun out."""

import re
from functools import cache

import jieba

# A line is word, frequency, tag. The dictionary calls many a common word the name of a person (nr: 明白, 高兴).
_NOUN = re.compile(r"^([^ \n]+) \d+ (?:n(?!r)|vn)", re.MULTILINE)


@cache
def _nouns() -> frozenset[str]:
    with jieba.get_dict_file() as file:
        return frozenset(_NOUN.findall(str(file.read(), "utf-8")))


def is_noun(word: str) -> bool:
    """Return whether a word is a noun (年薪, 利率) or a verb used as one (工资, 投资); False for unknown words."""
    return word in _nouns()
