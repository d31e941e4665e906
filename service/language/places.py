"""A text in, the provinces it names out."""

import re
from functools import cache
from importlib import resources


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    text = resources.files("service.language").joinpath("places.txt").read_text(encoding="utf-8")
    names = {
        name: line.split()[0] for line in text.split("\n") if line and not line.startswith("#") for name in line.split()
    }
    longest_first = sorted(names, key=len, reverse=True)
    # 海南藏族自治州, 吉林市 and 河南街道 are no provinces.
    return re.compile(f"({'|'.join(longest_first)})(?!藏族|蒙古族|街道|路|大学|银行|(?<=吉林)市)"), names


def provinces(text: str) -> list[str]:
    """Return the provinces a folded text names, by the name people use, in order, each once."""
    pattern, names = _pattern()
    return list(dict.fromkeys(names[match.group(1)] for match in pattern.finditer(text)))


def names_of(province: str) -> frozenset[str]:
    """Return all names of a province."""
    return frozenset(name for name, usual in _pattern()[1].items() if usual == province)
