"""Threads that want to compute in, one of them at a time out: who came first, and who has computed much behind who has not.

Python runs one thread at a time whatever happens. Where several are always ready, they hand the interpreter to one another in
the middle of everything, many times for each answer and across processors, and all of them take half as much processor time
again. The baton makes nothing safe and forbids nothing: it is taken from who holds it long and never asks whether others wait.
"""

import heapq
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

# Who has it for so many seconds lets another go first, and who has computed for longer than usual sooner: with many such ones a
# line is so long that who waits for a second comes before a question. From who has it for so long it is taken.
_LONGEST_HELD, _HELD_BY_UNUSUAL, _LONGEST_KEPT = 0.1, 0.05, 1.0
# Whoever has computed for longer than the slowest usual answers take stands in line as if it came so many times that later, but
# no more seconds than the other: questions go before a conversation that takes long, which has its turn every second however
# many ask.
_USUAL, _BEHIND, _MOST_BEHIND = 0.2, 5.0, 1.0
# In seconds, how often who waits looks whether its time is over, or the baton held for too long.
_LOOKED_FOR = 0.25


def _never() -> bool:
    return False


class Baton:
    """Who may compute. Any thread may ask for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holder: _Hand | None = None
        self._since = 0.0
        self._waiting: list[tuple[float, int, _Hand]] = []
        self._numbers = itertools.count()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the baton, and hold it inside."""
        hand = _Hand(self)
        self.take(hand)
        token = _HAND.set(hand)
        try:
            yield
        finally:
            _HAND.reset(token)
            self.pass_on(hand)

    def is_awaited(self) -> bool:
        return bool(self._waiting)

    def is_due(self, hand: "_Hand") -> bool:
        """Return whether it is to let others go first: it has had it for long, or has it no longer."""
        if self._holder is not hand:
            return True
        longest = _LONGEST_HELD if hand.computed < _USUAL else _HELD_BY_UNUSUAL
        return self.is_awaited() and time.monotonic() - hand.since >= longest

    def take(self, hand: "_Hand", is_over: Callable[[], bool] = _never) -> None:
        """Return once it has it, or without when its time is over."""
        with self._lock:
            if self._holder is None:
                self._give(hand)
                return
            gate = hand.gate = threading.Lock()
            gate.acquire()
            place = time.monotonic() + min(_BEHIND * max(0.0, hand.computed - _USUAL), _MOST_BEHIND)
            heapq.heappush(self._waiting, (place, next(self._numbers), hand))
        while not gate.acquire(timeout=_LOOKED_FOR):
            with self._lock:
                if time.monotonic() - self._since >= _LONGEST_KEPT:
                    self._give_next()
                if self._holder is not hand and is_over():
                    self._waiting = [waiting for waiting in self._waiting if waiting[2] is not hand]
                    heapq.heapify(self._waiting)
                    hand.gate = None
                    return

    def pass_on(self, hand: "_Hand") -> None:
        """Give it to the next, unless it was taken from this one."""
        with self._lock:
            hand.computed += time.monotonic() - hand.since
            if self._holder is hand:
                self._give_next()

    def _give_next(self) -> None:
        if self._waiting:
            self._give(heapq.heappop(self._waiting)[2])
        else:
            self._holder = None

    def _give(self, hand: "_Hand") -> None:
        self._holder = hand
        hand.since = self._since = time.monotonic()
        if hand.gate is not None:
            hand.gate.release()
            hand.gate = None


@dataclass(slots=True, eq=False)
class _Hand:
    """A thread that answers: for how many seconds it has computed, since when it does now, and the gate that it waits at."""

    baton: Baton
    computed: float = 0.0
    since: float = 0.0
    gate: "threading.Lock | None" = None


_HAND: ContextVar[_Hand | None] = ContextVar("hand", default=None)


def give_way(is_over: Callable[[], bool] = _never) -> None:
    """Let who waits go first, if this thread has computed for long; cheap enough for every turn of a loop.

    Return without the baton if meanwhile its time is over.
    """
    hand = _HAND.get()
    if hand is not None and hand.baton.is_due(hand):
        hand.baton.pass_on(hand)
        hand.baton.take(hand, is_over)
