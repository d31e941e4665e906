"""A word in, whether jieba's dictionary has it as a noun out."""

from functools import cache

import jieba


@cache
def _nouns() -> frozenset[str]:
    with jieba.get_dict_file() as file:
        # A line is word, frequency, tag.
        entries = (line.split(" ") for line in str(file.read(), "utf-8").split("\n") if line)
        # The dictionary calls many a common word the name of a person (明白, 高兴).
        return frozenset(word for word, _, tag in entries if tag.startswith(("n", "vn")) and not tag.startswith("nr"))


def is_noun(word: str) -> bool:
    """Return whether a word is a noun (年薪, 利率) or a verb used as one (工资, 投资); False for unknown words."""
    return word in _nouns()
