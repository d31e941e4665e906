"""So many times a minute for each, in a table that does not grow."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from service.web.allowance import Allowance, counted_as, is_loopback


def places_of(allowance: Allowance) -> MemoryStorage:
    storage = allowance._limit()[0].storage
    assert isinstance(storage, MemoryStorage)
    return storage


def test_who_has_had_all_waits_and_then_may_again(monkeypatch: pytest.MonkeyPatch) -> None:
    allowance = Allowance(3)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    assert [allowance.take("甲") for _ in range(5)] == [None, None, None, 60, 60]
    monkeypatch.setattr(time, "time", lambda: now + 59.5)
    assert (allowance.wait("甲"), allowance.take("甲")) == (1, 1)
    monkeypatch.setattr(time, "time", lambda: now + 60.5)
    assert (allowance.wait("甲"), allowance.take("甲")) == (None, None)


def test_of_those_who_ask_first_at_the_same_time_none_goes_uncounted(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    class Slow(FixedWindowRateLimiter):
        def __init__(self, storage: MemoryStorage) -> None:
            time.sleep(0.05)
            super().__init__(storage)
            made.append(1)

    monkeypatch.setattr("limits.strategies.FixedWindowRateLimiter", Slow)
    allowance = Allowance(5)
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(allowance.take, ["甲"] * 8))
    assert len(made) == 1
    assert waits.count(None) == 5


def test_a_clock_that_is_set_back_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    allowance = Allowance(1)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    assert [allowance.take("甲"), allowance.take("甲")] == [None, 60]
    monkeypatch.setattr(time, "time", lambda: now - 3600)
    assert [allowance.take("甲"), allowance.take("甲"), allowance.take("甲")] == [None, None, 60]


def test_no_number_of_addresses_fills_the_memory() -> None:
    allowance = Allowance(1000)
    storage = places_of(allowance)
    for number in range(30_000):
        allowance.take(f"2001:db8::{number:x}")
    assert max(len(storage.storage), len(storage.expirations), len(storage.locks)) <= 8192


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        # A person has all of a block of 64 bits.
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("2001:db8:1:3::9", "2001:db8:1:3::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        # Some proxies tell the port, which is another one each time.
        ("192.0.2.7:50123", "192.0.2.7"),
        ("[2001:db8:1:2:3:4:5:6]:50123", "2001:db8:1:2::"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::"),
        # What a proxy says may be anything.
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_an_address_is_counted_for_whom_it_belongs_to(address: str, counted: str) -> None:
    assert counted_as(address) == counted


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("192.0.2.7", False),
        ("2001:db8::1", False),
        ("localhost", False),
        ("", False),
    ],
)
def test_loopback_is_this_machine(address: str, loopback: bool) -> None:
    assert is_loopback(address) is loopback
