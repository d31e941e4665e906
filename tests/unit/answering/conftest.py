"""Engines over small corpora written in the tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from service.engine import Engine
from service.language.analyser import Analyser
from service.language.thesaurus import Thesaurus, shipped
from service.settings import read_settings
from service.settings import shipped as shipped_folder

MakeEngine = Callable[[dict[str, str]], Engine]


@pytest.fixture(scope="session")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which jieba's prepared dictionary is kept for all tests."""
    return tmp_path_factory.mktemp("dictionary")


@pytest.fixture(scope="session")
def analyser(dictionary: Path) -> Analyser:
    analyser = Analyser(dictionary)
    analyser.load()
    return analyser


@pytest.fixture(scope="session")
def thesaurus() -> Thesaurus:
    return shipped()


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


@pytest.fixture(scope="session")
def seeds(dictionary: Path) -> Engine:
    """An engine over the seeds."""
    corpus = str(shipped_folder("seeds"))
    engine = Engine(read_settings({"corpus": [corpus], "data": str(dictionary), "dictionary": str(dictionary)}, {}))
    engine.load()
    return engine
