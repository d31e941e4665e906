"""What the tests of faults share: how often each is run, a folder of documents, processes over it."""

import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.faults.running import ROOT, Youju

NAMES = [a + b for a in "青松白云红枫金桥银湖" for b in "岭湾坪洲渡寨"]
NOTICE = "关于{name}项目进展情况的通报\n一、{name}项目目前完成投资{number}万元。\n二、下一步要倒排工期，加快建设。\n"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--times", type=int, default=1, help="how often each fault is tried, each time at another moment")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    metafunc.parametrize("time", range(metafunc.config.getoption("times")), indirect=True)


@pytest.fixture(autouse=True)
def time(request: pytest.FixtureRequest) -> int:
    """Which of its times a test runs."""
    return int(request.param)


@pytest.fixture
def chance(time: int) -> Random:
    return Random(time)


@pytest.fixture(scope="session")
def youju(tmp_path_factory: pytest.TempPathFactory) -> Youju:
    return Youju(tmp_path_factory.mktemp("dictionary"), tmp_path_factory.mktemp("logs"))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The seeds, and notices of projects; some of them are pages, which a process of their own reads."""
    return made(tmp_path)


@pytest.fixture(scope="session")
def expected(youju: Youju, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Everything of a service over such a folder, which nothing happened to."""
    folder = tmp_path_factory.mktemp("expected")
    return youju.fresh(made(folder), folder / "data")


def made(beside: Path) -> Path:
    folder = beside / "corpus"
    shutil.copytree(ROOT / "seeds", folder)
    write_notices(folder, 40)
    for number in range(5):
        (folder / f"网页{number}.html").write_text(f"<p>第{number}号通知：各乡镇要备足仓容。", encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def write_notices(folder: Path, number: int, first: int = 0) -> None:
    folder.mkdir(exist_ok=True)
    for one in range(first, first + number):
        name = NAMES[one % len(NAMES)]
        (folder / f"{name}{one}.txt").write_text(NOTICE.format(name=name, number=1000 + one), encoding="utf-8")
