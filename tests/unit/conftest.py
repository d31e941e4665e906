"""What is slow to make and never changes, once for all unit tests: the dictionary, the analyser, an engine over the seeds."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import service
from service.engine import Engine
from service.language.analyser import Analyser
from service.settings import Settings, read_settings, shipped


@pytest.fixture(scope="session")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which jieba's prepared dictionary is kept for all tests."""
    return tmp_path_factory.mktemp("dictionary")


@pytest.fixture(scope="session")
def analyser(dictionary: Path) -> Analyser:
    analyser = Analyser(dictionary)
    analyser.load()
    return analyser


@pytest.fixture(scope="session")
def settings_of(dictionary: Path) -> Callable[[Path], Settings]:
    """Return the settings that serve a folder."""

    def settings(corpus: Path) -> Settings:
        return read_settings({"corpus": [str(corpus)], "data": str(dictionary)}, environment={})

    return settings


@pytest.fixture(scope="session")
def seeds(analyser: Analyser, settings_of: Callable[[Path], Settings]) -> Engine:
    """A loaded engine over the seeds; do not load it again."""
    engine = Engine(settings_of(shipped("seeds")))
    engine.load()
    return engine


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the evaluator and the question sets, which lies beside a checkout or is named by SHARED."""
    folder = Path(os.environ.get("SHARED") or Path(service.__file__).resolve().parents[2] / "shared").absolute()
    if not (folder / "eval" / "ask_eval.py").is_file():
        pytest.skip("SHARED (../shared) is not here: no evaluator, no question sets")
    return folder
