"""Question sets written in the tests, and an engine over two sentences to ask."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from service.engine import Engine
from service.settings import Settings

WriteSet = Callable[..., Path]


@pytest.fixture
def write_set(tmp_path: Path) -> WriteSet:
    """A function that writes a set of a line per case (a text is a line as it stands), and returns its path."""

    def write(*cases: object) -> Path:
        path = tmp_path / "set.jsonl"
        lines = (case if isinstance(case, str) else json.dumps(case, ensure_ascii=False) for case in cases)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory, settings_of: Callable[[Path], Settings]) -> Engine:
    """An engine over two files of one sentence each."""
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "教育.txt").write_text("教育工作总结\n全县新建学校两所。\n", encoding="utf-8")
    (corpus / "交通.txt").write_text("交通工作总结\n全县新修公路九十公里。\n", encoding="utf-8")
    engine = Engine(settings_of(corpus))
    engine.load()
    return engine
