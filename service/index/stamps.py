"""Files in, what was found in each when it was last read out, for as long as its stamp on the disk is the same."""

import os
import time
from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from service.corpus.folder import Found

# A file that changes twice within the grain of a disk's clock (two seconds on a stick) keeps its stamp: one that was touched
# so shortly before it was read is read again. In nanoseconds.
_GRAIN = 2_000_000_000

Seen = TypeVar("Seen")


class _Stamp(NamedTuple):
    """What changes when a file does: times of its bytes and of anything about it, for a copy may keep that of its original."""

    device: int
    node: int
    size: int
    changed: tuple[int, int]


class Stamps(Generic[Seen]):
    """What was found in files, so that thousands need not be read to learn which few of them changed.

    It is kept in memory alone: what was on the disk before this program began is read once. One thread at a time may use it.
    """

    def __init__(self, grain: int = _GRAIN) -> None:
        """``grain`` is that of the disk's clock, in nanoseconds."""
        self._grain = grain
        self._known: dict[Found, tuple[_Stamp, Seen]] = {}

    def seen(self, files: Sequence[Found], look: Callable[[Found], Seen], lasts: Callable[[Seen], bool]) -> list[Seen]:
        """Return what is found in each file, by ``look`` where that is not known; it is known until the next call where
        it ``lasts``."""
        known: dict[Found, tuple[_Stamp, Seen]] = {}
        found = []
        for file in files:
            # Before it is read: what changes meanwhile is read again.
            now, stamp = time.time_ns(), _stamp(file)
            held = self._known.get(file)
            if held is None or held[0] != stamp:
                one = look(file)
                held = (stamp, one) if stamp and max(stamp.changed) < now - self._grain and lasts(one) else None
            else:
                one = held[1]
            if held is not None:
                known[file] = held
            found.append(one)
        self._known = known
        return found


def _stamp(file: Found) -> _Stamp | None:
    try:
        held = os.stat(file.path)
    except OSError:
        return None
    return _Stamp(held.st_dev, held.st_ino, held.st_size, (held.st_mtime_ns, held.st_ctime_ns))
