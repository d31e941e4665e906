"""Threads that want to compute in, one of them at a time out, in the order they came; who has much to do lets others in between.

Python runs one thread at a time whatever happens. Where several are always ready, they hand the interpreter to one another in
the middle of everything, many times for each answer and across processors, and all of them take half as much processor time
again. The baton makes nothing safe and forbids nothing: who waited long goes on without it.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Who has it for so many seconds lets another go first; usual answers take less. Who waited so long goes on beside a thread that
# has it and never asks whether others wait.
_LONGEST_HELD, _LONGEST_WAIT = 0.05, 1.0


class Baton:
    """Who may compute. Any thread may ask for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_held = False
        self._waiting: deque[threading.Lock] = deque()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the baton, and hold it inside."""
        hand = _Hand(self)
        hand.take()
        token = _HAND.set(hand)
        try:
            yield
        finally:
            _HAND.reset(token)
            hand.pass_on()

    def is_awaited(self) -> bool:
        return bool(self._waiting)

    def wait(self) -> bool:
        """Return once it is given, or after a long wait without it; tells which."""
        with self._lock:
            if not self._is_held:
                self._is_held = True
                return True
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        if gate.acquire(timeout=_LONGEST_WAIT):
            return True
        with self._lock:
            if gate not in self._waiting:
                # It was given in between.
                return True
            self._waiting.remove(gate)
            return False

    def pass_on(self) -> None:
        """Give it to who has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_held = False


class _Hand:
    """A thread's, with the baton or without."""

    def __init__(self, baton: Baton) -> None:
        self._baton = baton
        self._has = False
        self._since = 0.0

    def take(self) -> None:
        self._has = self._baton.wait()
        self._since = time.monotonic()

    def pass_on(self) -> None:
        if self._has:
            self._baton.pass_on()

    def give_way(self) -> None:
        if self._has and self._baton.is_awaited() and time.monotonic() - self._since >= _LONGEST_HELD:
            self.pass_on()
            self.take()


_HAND: ContextVar[_Hand | None] = ContextVar("hand", default=None)


def give_way() -> None:
    """Let who waits go first, if this thread has computed for long; cheap enough for every turn of a loop."""
    hand = _HAND.get()
    if hand is not None:
        hand.give_way()
