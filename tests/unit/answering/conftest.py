"""Engines over small corpora written in the tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from service.engine import Engine
from service.language.thesaurus import Thesaurus, shipped
from service.settings import read_settings

MakeEngine = Callable[[dict[str, str]], Engine]


@pytest.fixture(scope="session")
def thesaurus(dictionary: Path) -> Thesaurus:
    return shipped(dictionary)


@pytest.fixture
def make_engine(tmp_path: Path, dictionary: Path) -> MakeEngine:
    """Return a maker of an engine over the files given by name and text."""

    def make(files: dict[str, str]) -> Engine:
        corpus = tmp_path / "corpus"
        corpus.mkdir()
        for name, text in files.items():
            (corpus / name).write_text(text, encoding="utf-8")
        engine = Engine(
            read_settings({"corpus": [str(corpus)], "data": str(tmp_path), "dictionary": str(dictionary)}, {})
        )
        engine.load()
        return engine

    return make
