"""What a service does once it has loaded, before somebody asks."""

import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from service import serving
from service.engine import Engine
from service.language import pinyin
from service.settings import Settings, shipped


@pytest.fixture
def engine(settings_of: Callable[[Path], Settings]) -> Engine:
    engine = Engine(settings_of(shipped("seeds")))
    engine.load()
    return engine


@pytest.fixture
def settled(engine: Engine, settings_of: Callable[[Path], Settings], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(serving, "_LATER", 0.0)
    pinyin._pypinyin.cache_clear()
    pinyin.readings.cache_clear()
    serving._Report(engine, settings_of(shipped("seeds")))()
    for thread in threading.enumerate():
        if thread.name == "prepare":
            thread.join(30)
    yield
    gc.unfreeze()


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
