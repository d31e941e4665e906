"""An answer is given up where its time is over, at each step of the work on it."""

import math
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from service import deadline
from service.answering import correcting, evidence, listing
from service.answering.conversation import Turns
from service.answering.phases import PHASES, Phase, Phases
from service.answering.suggester import Suggester
from service.engine import Engine, Loaded
from service.errors import TookTooLong
from service.index.okapi import Okapi

ASKED = ("改善营商环境要从哪几方面发力", "第二点呢")


def test_without_an_end_there_is_time(monkeypatch: pytest.MonkeyPatch) -> None:
    deadline.check()
    with deadline.within(60):
        deadline.check()
    with pytest.raises(TookTooLong), deadline.within(0):
        deadline.check()
    deadline.check()


def test_within_another_one_there_is_no_more_time_than_that_one_gives() -> None:
    with deadline.within(0), pytest.raises(TookTooLong), deadline.within(60):
        deadline.check()
    with deadline.within(60):
        with pytest.raises(TookTooLong), deadline.within(0):
            deadline.check()
        deadline.check()


def test_where_the_process_ends_nobody_has_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "_END", [math.inf])
    with deadline.within(60):
        deadline.end_within(30)
        deadline.check()
        deadline.end_within(0)
        with pytest.raises(TookTooLong):
            deadline.check()


def test_it_is_that_of_one_thread_alone() -> None:
    passed: list[bool] = []

    def other() -> None:
        deadline.check()
        passed.append(True)

    with deadline.within(0):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert passed == [True]


def unasked(engine: Engine) -> Loaded:
    """Return what an engine serves, of which no question has been answered yet."""
    return replace(engine.loaded, turns=Turns())


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (Suggester, "suggestions"),
        (Okapi, "search"),
        (Okapi, "alternatives"),
        (listing, "find"),
        (evidence, "places_of"),
        (correcting, "_misheard"),
    ],
)
def test_each_step_of_an_answer_ends_where_time_is_over(
    seeds: Engine, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    """The time is over as a step begins, and no later step begins."""
    step: Callable[..., Any] = getattr(module, name)
    begun: list[str] = []

    def last(*given: Any, **named: Any) -> Any:
        begun.append(name)
        with deadline.within(0):
            found = step(*given, **named)
            return list(found) if name == "_misheard" else found

    loaded = unasked(seeds)
    monkeypatch.setattr(module, name, last)
    with pytest.raises(TookTooLong):
        seeds.converse((*ASKED, "营商还境怎么改善"), loaded=loaded)
    assert begun == [name]


@pytest.mark.parametrize("phase", PHASES)
def test_no_phase_begins_when_time_is_over(phase: Phase) -> None:
    phases = Phases()
    phases.ended(phase)
    with deadline.within(0), pytest.raises(TookTooLong):
        phases.ended(phase)


def test_the_phases_of_an_answer_are_told_in_seconds(seeds: Engine) -> None:
    first, second = seeds.converse(ASKED, loaded=unasked(seeds))
    assert [phase for phase, _ in first.phases] == list(PHASES[:3])
    assert [phase for phase, _ in second.phases] == list(PHASES)
    for answer in (first, second):
        assert abs(sum(seconds for _, seconds in answer.phases) * 1000 - answer.elapsed_ms) < 0.01


def test_what_was_given_up_can_be_asked_again(seeds: Engine) -> None:
    loaded = unasked(seeds)
    with deadline.within(0), pytest.raises(TookTooLong):
        seeds.converse(ASKED, loaded=loaded)
    assert [answer.status for answer in seeds.converse(ASKED, loaded=loaded)] == ["answered", "answered"]
