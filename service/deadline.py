"""How long an answer may take in, TookTooLong out of whoever works on it still when that is over."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from service import baton
from service.errors import TookTooLong

# Of the work that is being done in this thread. Handed from function to function it would be a parameter of nearly all of
# them, and most would only hand it on.
_UNTIL: ContextVar[float | None] = ContextVar("until", default=None)
# Behind this the process works on nothing any more.
_END = [math.inf]


def end_within(seconds: float) -> None:
    """Let all that is worked on, in all threads, have no more time than that, for good: the process is about to end."""
    _END[0] = time.monotonic() + seconds


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Give so much time to all that is done inside; what is done inside another such block has no more than that one."""
    before = _UNTIL.get()
    until = time.monotonic() + seconds
    token = _UNTIL.set(until if before is None else min(before, until))
    try:
        yield
    finally:
        _UNTIL.reset(token)


def check() -> None:
    """Let other threads go first if this one has computed for long, and return if there is time left, or no end of it; cheap
    enough for every turn of a loop.

    :raises TookTooLong: if there is none
    """
    baton.give_way(_is_over)
    if _is_over():
        raise TookTooLong


def _is_over() -> bool:
    until = _UNTIL.get()
    return until is not None and time.monotonic() >= min(until, _END[0])
