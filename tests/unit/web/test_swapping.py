"""What a request is answered from is one corpus, whatever is swapped in meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from service.answering.answer import Answer
from service.engine import Engine
from service.errors import NoCorpus
from service.settings import Settings
from service.web import pages
from service.web.app import create_app

ROAD = "交通工作总结\n一、全县新修公路{}公里。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one document."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "交通.txt").write_text(ROAD.format("九十"), encoding="utf-8")
    return corpus


@pytest.fixture
def settings(folder: Path, tmp_path: Path, settings_of: Callable[[Path], Settings]) -> Settings:
    """Those of a service over the folder, with data of its own."""
    return replace(settings_of(folder), data=tmp_path / "data")


@pytest.fixture
def engine(settings: Settings) -> Engine:
    """What has loaded the folder."""
    engine = Engine(settings)
    engine.load()
    return engine


def test_a_page_tells_of_one_corpus_alone(
    engine: Engine, folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = engine.loaded.corpus.version

    def swapped(answers: Sequence[Answer]) -> None:
        (folder / "教育.txt").write_text("教育工作总结\n一、新建学校两所。\n", encoding="utf-8")
        engine.load()

    # Between the answer and all that stands around it.
    monkeypatch.setattr(pages, "note_answered", swapped)
    page = create_app(engine, settings).test_client().get("/?q=新修公路多少公里").text
    assert engine.loaded.corpus.version != before
    assert f"{before}</span>：1 份材料" in page


def test_a_folder_that_is_gone_is_said_until_it_is_back(
    engine: Engine, folder: Path, settings: Settings, tmp_path: Path
) -> None:
    client = create_app(engine, settings).test_client()

    def said(path: str) -> int:
        return client.get(path).text.count("起找不到材料文件夹")

    assert [said("/"), said("/corpus")] == [0, 0]
    folder.rename(tmp_path / "away")
    for _ in range(2):
        with pytest.raises(NoCorpus):
            engine.load()
    assert [said("/?q=新修公路多少公里"), said("/corpus")] == [1, 2]
    assert "九十公里" in client.get("/?q=新修公路多少公里").text
    (tmp_path / "away").rename(folder)
    engine.load()
    assert [said("/"), said("/corpus")] == [0, 0]


def test_a_folder_is_gone_since_that_was_noticed_first(tmp_path: Path, settings_of: Callable[[Path], Settings]) -> None:
    engine = Engine(settings_of(tmp_path / "none"))
    noticed = []
    for _ in range(2):
        with pytest.raises(NoCorpus):
            engine.load()
        noticed.append(engine.gone_since)
    assert noticed[0] is not None
    assert noticed[0] == noticed[1]
