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
    table: dict[int, str] = {}
    for point in (*range(0x10000), *range(0x20000, 0x2FA20)):
        character = chr(point)
        if 0xD800 <= point <= 0xDFFF or not character.isprintable():
            continue
        folded = _single(unicodedata.normalize("NFKC", character), character)
        table[point] = _single(folded.lower(), folded)
    han = sorted({folded for folded in table.values() if folded >= "\u3400"})
    # Twice, for the one character whose simplified form is itself the traditional form of another (薴 苧 苎): what is
    # folded must stay as it is when it is folded again.
    simplified = dict(zip(han, _simplified(_simplified(han)), strict=True))
    return {
        point: simplified.get(folded, folded)
        for point, folded in table.items()
        if simplified.get(folded, folded) != chr(point)
    }


def _simplified(characters: list[str]) -> list[str]:
    # All in one call, because a call for each is slow; a line each, so that no two of them make a word.
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return [_single(after, before) for before, after in zip(characters, converted, strict=True)]


def _single(folded: str, otherwise: str) -> str:
    return folded if len(folded) == 1 else otherwise
