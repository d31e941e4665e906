"""What a service does once it has loaded, before somebody asks."""

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from service import serving
from service.engine import Engine
from service.language import pinyin
from service.settings import Settings, shipped

SettingsOf = Callable[[Path], Settings]


@pytest.fixture
def engine(settings_of: SettingsOf) -> Engine:
    engine = Engine(settings_of(shipped("seeds")))
    engine.load()
    return engine


@pytest.fixture
def told(engine: Engine, settings_of: SettingsOf, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """What tells that the engine has loaded, and returns once all that comes of it is done."""
    monkeypatch.setattr(serving, "_LATER", 0.0)
    pinyin._pypinyin.cache_clear()
    pinyin.readings.cache_clear()
    report = serving._Report(engine, replace(settings_of(shipped("seeds")), answer_seconds=0))

    def tell() -> None:
        report()
        for thread in threading.enumerate():
            if thread.name == "prepare":
                thread.join(30)

    yield tell
    gc.unfreeze()


@pytest.fixture
def settled(told: Callable[[], None]) -> None:
    told()


@pytest.mark.usefixtures("settled")
def test_what_is_made_when_it_is_first_needed_is_made_before(engine: Engine) -> None:
    assert pinyin._pypinyin.cache_info().currsize == 1
    # The start page needs nothing more.
    before = engine.loaded.suggester._tried.cache_info().misses
    assert engine.loaded.suggester.examples()
    assert engine.loaded.suggester._tried.cache_info().misses == before > 0


@pytest.mark.usefixtures("settled")
def test_what_stays_is_passed_over_by_the_collector_of_garbage() -> None:
    assert gc.get_freeze_count() > 10_000


def test_what_was_served_before_is_not_kept(engine: Engine, told: Callable[[], None]) -> None:
    told()
    for _ in range(2):
        before = weakref.ref(engine.loaded.shelf)
        engine.load()
        told()
        assert before() is None
