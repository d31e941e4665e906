"""A small corpus, and the command line run within the test."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from service.cli import main
from service.settings import SETTINGS

REPORT = """云溪县2022年工作报告
一、过去一年的工作
（一）招商引资取得突破。组建招商服务公司，全年签约项目32个，到位资金18亿元。
（二）营商环境持续优化。办事时限平均压缩一半，企业满意度达到96%。
二、今后的打算
要抓好三项工作：一是抓项目，开工建设产业园二期。二是抓民生，新建两所小学。三是抓作风，严肃整治推诿扯皮。
"""


class Done(NamedTuple):
    """What a run of the command line left: its exit code and what it wrote."""

    code: int
    out: str
    err: str


Youju = Callable[..., Done]


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "报告.txt").write_text(REPORT, encoding="utf-8")
    (folder / "corpus.toml").write_text(
        '[files."报告.txt"]\ndate = "2022-12"\nissuer = "云溪县人民政府"\n', encoding="utf-8"
    )
    return folder


@pytest.fixture
def youju(
    dictionary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Youju:
    """A function that runs the command line in an empty folder."""
    for setting in SETTINGS:
        monkeypatch.delenv(setting.variable, raising=False)
    monkeypatch.setenv("YOUJU_DATA", str(dictionary))
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)

    def youju(*arguments: object) -> Done:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:  # argparse's own way out
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return youju
