"""The words of a conversation itself, that say nothing of its matter, from a hand-made list."""

from functools import cache

from service.language import wordlists


@cache
def spoken() -> frozenset[str]:
    """Return the words (原话, 举例, 换成), in folded form."""
    return frozenset(wordlists.lines("service.answering", "spoken.txt"))
