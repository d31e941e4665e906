"""Terms and a text in, where they stand in it out: for sentences and highlights, without cutting words again."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from service.language.folding import fold
from service.language.numbers import Canonical, canonical

# A passage is at most this long. Longer texts are not kept: they would take memory without bound.
_LONGEST_KEPT = 400
_BEFORE = re.compile(r"[a-z\d.]")
_BEHIND = re.compile(r"[a-z\d%]|\.\d")


def readable(text: str) -> Canonical:
    """Return a text as terms see it: folded, numbers in one form, each character with its place in the original."""
    return _kept(text) if len(text) <= _LONGEST_KEPT else canonical(fold(text))


@lru_cache(maxsize=8192)
def _kept(text: str) -> Canonical:
    return canonical(fold(text))


def stands_in(term: str, text: str) -> bool:
    """Return whether a term stands in a readable text; a number or Latin word only as a whole."""
    if term[0] >= "\u3400":
        return term in text
    return next(_places(term, text), None) is not None


def places(terms: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Return where any of the terms stands in an original text, in order, runs that touch or overlap made one."""
    form = readable(text)
    found = sorted((form.starts[at], form.ends[end - 1]) for term in terms for at, end in _places(term, form.text))
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _places(term: str, text: str) -> Iterator[tuple[int, int]]:
    if term[0] >= "\u3400":
        at = text.find(term)
        while at >= 0:
            yield at, at + len(term)
            at = text.find(term, at + 1)
        return
    # 25 is not in 2025, nor 5 in 5.5%; what is behind a number may be its measure word, and behind that anything (2025年1月).
    # Not a pattern made of the term: re keeps those, and a question may be confidential.
    bordered = term[-1] < "\u3400"
    at = text.find(term)
    while at >= 0:
        end = at + len(term)
        if not _BEFORE.match(text[max(0, at - 1) : at]) and not (bordered and _BEHIND.match(text, end)):
            yield at, end
        at = text.find(term, at + 1)
