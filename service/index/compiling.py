"""A folder for compiled code in, the compiled search out as soon as it is ready; without numba it never is."""

import logging
import os
import shutil
import threading
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from service.index.postings import NUMBERS
from service.index.weighing import FLOATS

_log = logging.getLogger("youju")
# With fewer passages a search is a small part of an answer, and numba takes a hundred megabytes.
WORTHWHILE = 50_000


class Search(Protocol):
    """``compiled.search``."""

    def __call__(
        self,
        passages: NUMBERS,
        tenths: NDArray[np.uint16],
        lengths: NUMBERS,
        formula: FLOATS,
        ranges: NUMBERS,
        terms: FLOATS,
        limit: int,
        /,
    ) -> tuple[NUMBERS, FLOATS]: ...


class HighestShare(Protocol):
    """``compiled.highest_share``."""

    def __call__(
        self,
        passages: NUMBERS,
        tenths: NDArray[np.uint16],
        lengths: NUMBERS,
        formula: FLOATS,
        begin: int,
        end: int,
        /,
    ) -> float: ...


class Compiled(NamedTuple):
    """The functions that are compiled."""

    search: Search
    highest_share: HighestShare


# One for the process, as it holds nothing of any index.
_ready: Compiled | None = None
_one_at_a_time = threading.Lock()


def compiled() -> Compiled | None:
    """Return what is compiled, None before it is ready and where it cannot be."""
    return _ready


def load(folder: Path) -> None:
    """Make it ready: half a second, and some seconds where it is not compiled yet.

    What is compiled is kept in the folder, where that can be written. Without numba, or with one that does not work here,
    everything stays as it is, and the log says so.
    """
    with _one_at_a_time:
        if _ready is None:
            _load(folder)


def _load(folder: Path) -> None:
    global _ready
    try:
        from numba import config

        # Nowhere else: numba itself would look for a place beside the program, then in the user's home.
        config.CACHE_DIR = str(folder) if _can_be_written(folder) else ""  # type: ignore[attr-defined]
        from service.index import compiled

        _ready = _tried(Compiled(compiled.search, compiled.highest_share))
    except ImportError as error:
        _log.info("searching without compiled code: %s", error)
    # Whatever it is: nothing needs numba, and what was kept may be the reason.
    except Exception:
        _log.info("searching without compiled code: numba does not work here", exc_info=True)
        shutil.rmtree(folder, ignore_errors=True)


def _can_be_written(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _tried(compiled: Compiled) -> Compiled:
    """Return what is compiled after it was used once, with arguments of the types it will be used with: that compiles it."""
    first, once = np.zeros(1, np.int32), np.ones(1, np.uint16)
    # As those of an index, which are the bytes of a file.
    first.flags.writeable = once.flags.writeable = False
    formula = np.ones(3)
    row = np.array([[0.0, 1.0, 0.0, 1.0, 1.0, compiled.highest_share(first, once, first, formula, 0, 1)]])
    compiled.search(first, once, first, formula, np.array([0, 1], np.int32), row, 1)
    return compiled
