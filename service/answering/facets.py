"""The words that ask another side of a matter and are no matter by themselves, from a hand-made list."""

from functools import cache

from service.language import wordlists


@cache
def facets() -> frozenset[str]:
    """Return the words (问题, 成效, 安排), in folded form."""
    return frozenset(wordlists.lines("service.answering", "facets.txt"))
