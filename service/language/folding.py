"""A text in, its folded form out, one code point for each: width, case, compatibility and traditional forms."""

import unicodedata
from functools import cache

import opencc


def fold(text: str) -> str:
    """Return the text with every code point folded to one: Ａ, ａ and A to a; 招商 for 招商 in traditional characters.

    One code point to one, so an offset in the folded text is an offset in the original. What NFKC would make longer
    (… to three dots) stays as it is.
    """
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    """Return what every code point that changes is folded to. Source: Unicode NFKC; OpenCC's table t2s."""
    simplified = opencc.OpenCC("t2s")
    table: dict[int, str] = {}
    for point in (*range(0x10000), *range(0x20000, 0x2FA20)):
        character = chr(point)
        if 0xD800 <= point <= 0xDFFF or not character.isprintable():
            continue
        folded = _single(unicodedata.normalize("NFKC", character), character)
        folded = _single(folded.lower(), folded)
        # Twice, for the one character whose simplified form is itself the traditional form of another (薴 苧 苎):
        # what is folded must stay as it is when it is folded again.
        for _ in range(2 if folded >= "\u3400" else 0):
            folded = _single(simplified.convert(folded), folded)
        if folded != character:
            table[point] = folded
    return table


def _single(folded: str, otherwise: str) -> str:
    return folded if len(folded) == 1 else otherwise
