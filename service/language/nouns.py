"""A word in, whether jieba's dictionary has it as a noun out."""

from functools import cache, lru_cache

import jieba


@cache
def _dictionary() -> str:
    with jieba.get_dict_file() as file:
        return "\n" + str(file.read(), "utf-8")


@lru_cache(maxsize=4096)
def is_noun(word: str) -> bool:
    """Return whether a word is a noun (年薪, 利率) or a verb used as one (工资, 投资); False for unknown words."""
    at = _dictionary().find(f"\n{word} ")
    if at < 0:
        return False
    # A line is word, frequency, tag.
    line = _dictionary()[at + 1 : _dictionary().find("\n", at + 1)]
    tag = line.rsplit(" ", 1)[-1]
    # The dictionary calls many a common word the name of a person (明白, 高兴).
    return tag.startswith(("n", "vn")) and not tag.startswith("nr")
