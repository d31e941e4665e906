"""Every regular expression of the package, on texts that it finds hard: none takes time out of proportion."""

import signal
import time
from collections.abc import Iterator
from types import FrameType

import pytest

from service.answering import boilerplate, followup
from service.limits import LONGEST_QUESTION
from tests.unit.hostile.patterns import Used, hard_texts, patterns

# A thousand times what is usual. What grows with the square takes a tenth of it, what grows faster never ends.
SECONDS = 1.0
PATTERNS = patterns()


@pytest.fixture(autouse=True)
def _ends() -> Iterator[None]:
    """End what would go on for years."""

    def overdue(_: int, __: FrameType | None) -> None:
        raise AssertionError("it took a minute")

    before = signal.signal(signal.SIGALRM, overdue)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def took(used: Used, method: str, text: str) -> float:
    # Of the processor's time: that others use the machine, too, says nothing.
    begun = time.thread_time()
    found = getattr(used.pattern, method)(text)
    if method == "finditer":
        for _ in found:
            pass
    return time.thread_time() - begun


def test_all_patterns_are_there() -> None:
    found = {used.pattern.pattern for used in PATTERNS}
    assert followup._COURTESY.pattern in found
    # Compiled when it is first used.
    assert boilerplate._boilerplate().pattern in found
    assert len(found) > 300


@pytest.mark.parametrize("used", PATTERNS, ids=lambda used: used.where)
def test_a_pattern_is_quick_on_what_it_finds_hard(used: Used) -> None:
    for text in hard_texts(used.pattern):
        for method in used.methods:
            # First what ends soon even where each character doubles the time.
            for length in (22, 200, LONGEST_QUESTION):
                hard = (text * (length // len(text) + 1))[:length] + "\0"
                assert took(used, method, hard) < SECONDS, (method, text, length)
