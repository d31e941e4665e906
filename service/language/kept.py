"""A function of strings in, what it tells of each out, found out once for those that come again and again."""

from collections.abc import Callable
from typing import Generic, TypeVar

# More than any language has words; and no more characters of each than words have, for a question may be one long run.
_MOST, _LONGEST = 200_000, 12

Told = TypeVar("Told")


class Kept(dict[str, Told], Generic[Told]):
    """Read by index. It never holds more than 200,000 strings, of up to 12 characters: the first it met, as common ones
    come early."""

    def __init__(self, find: Callable[[str], Told]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, key: str) -> Told:
        told = self._find(key)
        if len(key) <= _LONGEST and len(self) < _MOST:
            self[key] = told
        return told
