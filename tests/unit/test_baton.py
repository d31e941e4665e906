"""One thread computes at a time, in the order they came; who has much to do lets the others go first."""

import threading
import time
from collections.abc import Callable

import pytest

from service import baton, deadline
from service.baton import Baton
from service.errors import TookTooLong


def started(*works: Callable[[], None]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work, daemon=True) for work in works]
    for thread in threads:
        thread.start()
        # So that they come in this order.
        time.sleep(0.02)
    return threads


def test_one_computes_at_a_time_and_they_take_turns_as_they_came() -> None:
    one, inside, most, order = Baton(), 0, 0, []

    def work(name: int) -> None:
        nonlocal inside, most
        with one.held():
            inside += 1
            most = max(most, inside)
            order.append(name)
            time.sleep(0.03)
            inside -= 1

    for thread in started(*(lambda name=name: work(name) for name in range(5))):  # type: ignore[misc]
        thread.join(5)
    assert (most, order) == (1, [0, 1, 2, 3, 4])


def test_who_has_much_to_do_lets_others_go_first_whenever_it_is_asked_about_the_time() -> None:
    one, done = Baton(), []

    def long() -> None:
        with one.held(), deadline.within(60):
            until = time.monotonic() + 0.4
            while time.monotonic() < until:
                deadline.check()
            done.append("long")

    def short() -> None:
        with one.held():
            done.append("short")

    for thread in started(long, short, short):
        thread.join(5)
    assert done == ["short", "short", "long"]


def test_nobody_lets_others_go_first_who_has_just_begun() -> None:
    one, done = Baton(), []

    def begin() -> None:
        with one.held():
            until = time.monotonic() + 0.03
            while time.monotonic() < until:
                pass
            for _ in range(100):
                baton.give_way()
            done.append("begun")

    def come() -> None:
        with one.held():
            done.append("came")

    for thread in started(begin, come):
        thread.join(5)
    assert done == ["begun", "came"]


def test_it_is_taken_from_one_that_never_asks_and_the_others_still_go_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(baton, "_LONGEST_KEPT", 0.1)
    one, over, done, inside = Baton(), threading.Event(), [], 0

    def stuck() -> None:
        with one.held():
            over.wait(5)
            # Behind the others, now that it asks.
            baton.give_way()
            done.append("was stuck")

    def wait() -> None:
        nonlocal inside
        with one.held():
            inside += 1
            time.sleep(0.05)
            done.append(f"went on with {inside} inside")
            inside -= 1

    threads = started(stuck, wait, wait)
    for thread in threads[1:]:
        thread.join(5)
    assert done == ["went on with 1 inside"] * 2
    over.set()
    threads[0].join(5)
    assert done[2:] == ["was stuck"]
    # Nothing was lost: it can be held again, at once.
    begun = time.monotonic()
    with one.held():
        assert time.monotonic() - begun < 0.05


def test_who_has_computed_as_long_as_slow_answers_take_stands_where_it_gave_way() -> None:
    one, done = Baton(), []

    def slow() -> None:
        with one.held():
            until = time.monotonic() + 0.15
            while time.monotonic() < until:
                pass
            baton.give_way()
            done.append("slow")

    def short() -> None:
        with one.held():
            time.sleep(0.2)
            done.append("short")

    # The last one comes once the slow one stands in line again, while the other still has it.
    threads = started(slow, short)
    time.sleep(0.2)
    for thread in threads + started(short):
        thread.join(5)
    assert done == ["short", "slow", "short"]


def test_who_has_computed_much_stands_behind_who_comes_later_and_has_its_turn() -> None:
    one, done, over = Baton(), [], threading.Event()

    def long() -> None:
        with one.held(), deadline.within(60):
            until = time.monotonic() + 0.45
            while time.monotonic() < until:
                pass
            deadline.check()
            done.append("long")

    def short(number: int) -> None:
        with one.held():
            time.sleep(0.05)
            done.append(number)

    def come(offset: int) -> None:
        # Always one more waits: each comes before the last has gone.
        number = offset
        while not over.is_set():
            short(number)
            number += 2

    threads = started(long, lambda: come(0), lambda: come(1))
    threads[0].join(10)
    over.set()
    for thread in threads:
        thread.join(5)
    # It computed .25 s more than usual, which counts as more than a second, but nothing does: those go first that come within
    # one after.
    assert 5 < done.index("long") < 40


def test_who_waits_when_its_time_is_over_is_told_so_at_once_and_leaves_the_line() -> None:
    one, over, said = Baton(), threading.Event(), []

    def holds() -> None:
        with one.held():
            # Not so long that it is taken away.
            over.wait(0.9)

    def late() -> None:
        with one.held():
            begun = time.monotonic()
            threads.extend(started(holds))
            with deadline.within(0.1):
                time.sleep(0.08)
                try:
                    deadline.check()
                except TookTooLong:
                    said.append(time.monotonic() - begun)

    threads: list[threading.Thread] = []
    for thread in started(late):
        thread.join(5)
    over.set()
    assert said
    assert said[0] < 0.8
    assert not one.is_awaited()
    for thread in threads:
        thread.join(5)
    begun = time.monotonic()
    with one.held():
        assert time.monotonic() - begun < 0.05


def test_who_has_computed_longer_than_usual_lets_others_go_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baton, "_LONGEST_HELD", 60.0)
    monkeypatch.setattr(baton, "_HELD_BY_UNUSUAL", 0.0)
    one = Baton()
    hand = baton._Hand(one)
    one.take(hand)
    waiting = threading.Thread(target=lambda: one.take(baton._Hand(one)), daemon=True)
    waiting.start()
    while not one.is_awaited():
        time.sleep(0.001)
    assert not one.is_due(hand)
    hand.computed = 1.0
    assert one.is_due(hand)
    one.pass_on(hand)
    waiting.join(5)
    assert not waiting.is_alive()


def test_it_is_passed_on_by_who_fails() -> None:
    one = Baton()
    with pytest.raises(ZeroDivisionError), one.held():
        1 / 0  # noqa: B018
    begun = time.monotonic()
    with one.held():
        assert time.monotonic() - begun < 0.05


def test_it_is_never_lost_nor_doubled_however_threads_come_and_give_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baton, "_LONGEST_KEPT", 0.001)
    monkeypatch.setattr(baton, "_LOOKED_FOR", 0.001)
    monkeypatch.setattr(baton, "_LONGEST_HELD", 0.0)
    one, done = Baton(), []

    def work() -> None:
        for _ in range(50):
            with one.held():
                time.sleep(0.0005)
                baton.give_way()
            done.append(1)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(done) == 400
    assert not one.is_awaited()
    begun = time.monotonic()
    with one.held():
        assert time.monotonic() - begun < 1
