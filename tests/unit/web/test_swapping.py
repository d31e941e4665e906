"""What a request is answered from is one corpus, whatever is swapped in meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from service.answering.answer import Answer
from service.engine import Engine
from service.settings import Settings
from service.web import pages
from service.web.app import create_app

ROAD = "交通工作总结\n一、全县新修公路{}公里。\n"


def test_a_page_tells_of_one_corpus_alone(
    tmp_path: Path, settings_of: Callable[[Path], Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "交通.txt").write_text(ROAD.format("九十"), encoding="utf-8")
    settings = replace(settings_of(folder), data=tmp_path / "data")
    engine = Engine(settings)
    engine.load()
    before = engine.loaded.corpus.version

    def swapped(answers: Sequence[Answer]) -> None:
        (folder / "教育.txt").write_text("教育工作总结\n一、新建学校两所。\n", encoding="utf-8")
        engine.load()

    # Between the answer and all that stands around it.
    monkeypatch.setattr(pages, "note_answered", swapped)
    page = create_app(engine, settings).test_client().get("/?q=新修公路多少公里").text
    assert engine.loaded.corpus.version != before
    assert f"{before}</span>：1 份材料" in page
