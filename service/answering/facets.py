"""The words that ask another side of a matter and are no matter by themselves, from a hand-made list."""

from functools import cache
from importlib import resources


@cache
def facets() -> frozenset[str]:
    """Return the words (问题, 成效, 打算, 下一步), in folded form."""
    text = resources.files("service.answering").joinpath("facets.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))
