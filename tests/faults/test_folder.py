"""What happens to the folder of documents while it is served."""

import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import write_notices
from tests.faults.running import Asking, Youju, until

# The short form of these tests has fewer.
ARRIVING, ARRIVING_OFTEN = 600, 4842


def test_a_folder_that_vanishes_is_answered_from_until_it_comes_back(
    youju: Youju, corpus: Path, data: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    with youju.serve(corpus, data) as service, Asking(service) as asking:
        before = service.everything()
        corpus.rename(elsewhere)
        until(lambda: "没有换上新的材料，仍用原来的" in service.written)
        assert service.everything() == before
        (elsewhere / "新来.txt").write_text("关于新建粮库的通知\n一、新建粮库七座。\n", encoding="utf-8")
        elsewhere.rename(corpus)
        until(lambda: service.files() == before[0]["total"] + 1)
        assert "七座" in service.ask("新建粮库几座")["answer"][0]["text"]
    assert asking.wrong == []
    assert "Traceback" not in service.written


def test_thousands_of_files_that_arrive_at_once_are_answered_from_and_questions_meanwhile(
    youju: Youju, corpus: Path, data: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    arriving = ARRIVING_OFTEN if request.config.getoption("times") > 1 else ARRIVING
    write_notices(tmp_path / "many", arriving)
    with youju.serve(corpus, data) as service, Asking(service) as asking:
        before = service.files()
        (tmp_path / "many").rename(corpus / "many")
        until(lambda: service.files() == before + arriving, patience=180)
        answer = service.ask("金桥渡项目完成投资多少")
    assert answer["status"] == "answered"
    assert asking.wrong == []
    assert asking.answered > 20


@pytest.mark.parametrize(
    ("fault", "seconds", "said"),
    [
        # A reader that hangs, one that takes the process which reads with it, one that swells, one that fails.
        ("import time; time.sleep(1000)", "2", "2 秒内没有读完"),
        # On a busy machine it may take longer than that to begin.
        ("import os; os.kill(os.getppid(), 9)", "30", "读的时候程序崩溃"),
        pytest.param("bytearray(1 << 44)", "30", "LibreOffice 打不开", marks=pytest.mark.thorough),
        pytest.param("raise SystemExit(1)", "30", "LibreOffice 打不开", marks=pytest.mark.thorough),
    ],
)
def test_a_reader_that_hangs_or_crashes_costs_its_file_alone(
    fault: str, seconds: str, said: str, youju: Youju, corpus: Path, data: Path, expected: list[Any], tmp_path: Path
) -> None:
    # Of all readers this is the one whose program can be another one without a change of ours.
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\n{fault}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (corpus / "坏.rtf").write_bytes(rb"{\rtf1 text}")
    path = f"{program.parent}:{os.environ['PATH']}"
    with youju.serve(corpus, data, "--read-seconds", seconds, beside={"PATH": path}) as service:
        assert f"left out 坏.rtf: {said}" in service.written
        assert service.everything() == expected
