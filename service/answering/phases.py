"""The work on an answer in, how long each phase of it took out."""

import time
from typing import Literal, get_args

from service import deadline

Phase = Literal["understanding", "seeking", "saying", "suggesting"]
PHASES: tuple[Phase, ...] = get_args(Phase)


class Phases:
    """Tells phases apart: each ends when that is said, and the next begins."""

    def __init__(self) -> None:
        self._seconds: dict[Phase, float] = {}
        self._since = time.perf_counter()

    def ended(self, phase: Phase) -> None:
        """Note that a phase ended; one that there was before goes on.

        :raises TookTooLong: if there is no time for another one
        """
        now = time.perf_counter()
        self._seconds[phase] = self._seconds.get(phase, 0.0) + now - self._since
        self._since = now
        deadline.check()

    @property
    def seconds(self) -> tuple[tuple[Phase, float], ...]:
        return tuple(self._seconds.items())
