"""A function of strings in, what it tells of each out, found out once for those that come again and again."""

from collections.abc import Callable
from typing import Generic, TypeVar

# Of the longest strings it is used for some 40 MB.
_MOST = 200_000

Told = TypeVar("Told")


class Kept(dict[str, Told], Generic[Told]):
    """Read by index. It never holds more than 200,000 strings: the first it met, as common ones come early."""

    def __init__(self, find: Callable[[str], Told]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, key: str) -> Told:
        told = self._find(key)
        if len(self) < _MOST:
            self[key] = told
        return told
