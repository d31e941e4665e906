"""The program as it is started."""

import gc
from collections.abc import Iterator

import pytest

from service import __main__ as program
from service import cli


@pytest.fixture
def thresholds() -> Iterator[tuple[int, int, int]]:
    before = gc.get_threshold()
    yield before
    gc.set_threshold(*before)


def test_python_looks_through_its_values_more_seldom_than_it_would(
    thresholds: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[tuple[int, int, int]] = []
    monkeypatch.setattr(cli, "main", lambda: found.append(gc.get_threshold()) or 3)
    assert program.main() == 3
    assert found[0][0] > 10 * thresholds[0]
