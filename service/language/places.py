"""A text in, the provinces it names out."""

import re
from functools import cache

from service.language import wordlists


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {
        name: line.split()[0] for line in wordlists.lines("service.language", "places.txt") for name in line.split()
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


# What an abbreviation is followed by where it stands for a province: 浙粤两省, 江浙的做法. Alone, 京 or 云 is any word.
_BEHIND = "[两三四五六七八九]省|省|[两三四]地|的|怎|如何|谁|哪|各|分别|对比|比较|有什么"


@cache
def _abbreviations() -> dict[str, str]:
    return dict(line.split() for line in wordlists.lines("service.language", "place_abbreviations.txt"))


def abbreviated(text: str) -> list[tuple[str, int, int]]:
    """Return the provinces a folded text names by their abbreviations, two or more in a run (浙、粤两省), each with its place."""
    provinces = _abbreviations()
    one = f"[{''.join(provinces)}]"
    found: list[tuple[str, int, int]] = []
    for run in re.finditer(f"(?<![\u4e00-\u9fff])(?:在)?({one}(?:[、和与跟]?{one})+)(?={_BEHIND})", text):
        found += [
            (provinces[c], run.start(1) + at, run.start(1) + at + 1) for at, c in enumerate(run[1]) if c in provinces
        ]
    return found
