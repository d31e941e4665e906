"""A text in, its folded form out, one code point for each: width, case, compatibility and traditional forms."""

import unicodedata

import opencc

# More than any corpus has.
_MOST_KEPT = 30_000


def fold(text: str) -> str:
    """Return the text with every code point folded to one: Ａ, ａ and A to a; 開發 to 开发.

    One code point to one, so an offset in the folded text is an offset in the original. What NFKC would make longer
    (… to three dots) stays as it is.
    """
    return text.translate(_FOLDED)


class _Folded(dict[int, int]):
    """What each code point is folded to, found out when it is first met: a corpus has few of the hundred thousand.

    Source: Unicode NFKC; OpenCC's table t2s.
    """

    def __init__(self) -> None:
        super().__init__()
        self._opencc = opencc.OpenCC("t2s")

    def __missing__(self, point: int) -> int:
        character = chr(point)
        if character.isprintable():
            character = _single(unicodedata.normalize("NFKC", character), character)
            character = _single(character.lower(), character)
            # Twice, for the one character whose simplified form is itself the traditional form of another (薴 苧 苎):
            # what is folded must stay as it is when it is folded again.
            character = self._simplified(self._simplified(character))
        # Single characters, out of their order, tell nothing of the questions and documents they were in. But whoever
        # asks in all of Unicode shall not fill the memory.
        if len(self) < _MOST_KEPT:
            self[point] = ord(character)
        return ord(character)

    def _simplified(self, character: str) -> str:
        return _single(self._opencc.convert(character), character) if character >= "\u3400" else character


def _single(folded: str, otherwise: str) -> str:
    return folded if len(folded) == 1 else otherwise


_FOLDED = _Folded()
