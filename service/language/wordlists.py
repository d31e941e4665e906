"""The name of a word list beside the code in, its lines without comments out."""

from functools import cache
from importlib import resources


@cache
def lines(package: str, name: str) -> tuple[str, ...]:
    """Return the lines of a list that comes with the program, in its order, without comments and empty lines."""
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    return tuple(line for line in text.split("\n") if line and not line.startswith("#"))
