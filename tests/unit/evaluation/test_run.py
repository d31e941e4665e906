"""Saved runs: what is written is read again, and what is no saved run is said to be none."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from service.engine import Engine
from service.errors import EvalError
from service.evaluation.judging import judge
from service.evaluation.question_set import read_set
from service.evaluation.run import JudgedSet, Outcome, Run, judged_set, read_run, write_run

# What the fixture returns is conftest.WriteSet.
WriteSet = Callable[..., Path]

RUN = Run(
    datetime.fromisoformat("2026-11-21T18:02:03+08:00"),
    "0123456789ab",
    {
        "甲.jsonl": JudgedSet(
            {"all": {"n": 2, "hit@1": 0.5, "chars": 77.5}, "form": {"n": 9, "whole": 1.0}},
            (
                Outcome("1", "招商怎么做的", "how", 1, 0.5, "answered"),
                # Half of a character, which a set can hold and UTF-8 cannot.
                Outcome("2", "\ud800", "how", 0, 0.0, "not_found"),
                Outcome("3", "天气", "unanswerable", None, None, "answered"),
            ),
        ),
        "空.jsonl": JudgedSet({}, ()),
    },
)


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    write_run(RUN, path)
    assert read_run(path) == RUN


def test_what_is_written_can_be_read_by_others(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    write_run(replace(RUN, sets={"甲.jsonl": JudgedSet({"all": {"n": 1}}, RUN.sets["甲.jsonl"].outcomes[:1])}), path)
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "format": "youju eval",
        "version": 1,
        "time": "2026-11-21T18:02:03+08:00",
        "corpus": "0123456789ab",
        "sets": {
            "甲.jsonl": {
                "figures": {"all": {"n": 1}},
                "questions": [
                    {
                        "id": "1",
                        "question": "招商怎么做的",
                        "kind": "how",
                        "rank": 1,
                        "quoted": 0.5,
                        "status": "answered",
                    }
                ],
            }
        },
    }


def test_a_run_keeps_of_a_question_what_is_compared(engine: Engine, write_set: WriteSet) -> None:
    judged = judge(
        engine,
        read_set(
            write_set(
                {
                    "id": 1,
                    "question": "新建学校多少所",
                    "kind": "number",
                    "doc": "教育.txt",
                    "evidence": ["学校两所", "三所"],
                },
                {"id": 2, "question": "新建学校多少所"},
                {"id": 3, "question": "火星上有没有外星人", "doc": "教育.txt", "evidence": ["学校"]},
            )
        ),
    )
    assert judged_set(judged) == JudgedSet(
        judged.figures,
        (
            Outcome("1", "新建学校多少所", "number", 1, 0.5, "answered"),
            Outcome("2", "新建学校多少所", "unanswerable", None, None, "answered"),
            Outcome("3", "火星上有没有外星人", "turn 1", 0, 0.0, "not_found"),
        ),
    )


def test_a_run_takes_the_place_of_an_earlier_one_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    link = tmp_path / "link.json"
    link.symlink_to(path)
    write_run(replace(RUN, corpus="earlier"), path)
    write_run(RUN, link)
    assert (read_run(path), sorted(tmp_path.iterdir()), link.is_symlink()) == (RUN, [link, path], True)


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    check = "请检查文件夹是否存在、可写，或用 --save 另指一处"
    for path, said in (
        (folder, "不是普通文件，不能存在这里；请用 --save 另指一个文件"),
        (Path("/dev/null"), "不是普通文件，不能存在这里；请用 --save 另指一个文件"),
        (tmp_path / "没有" / "run.json", f"存不下（No such file or directory）；{check}"),
        (file / "run.json", f"存不下（Not a directory）；{check}"),
        (tmp_path / ("名" * 300), f"存不下（File name too long）；{check}"),
    ):
        with pytest.raises(EvalError) as error:
            write_run(RUN, path)
        assert str(error.value) == f"{path}：{said}"
    assert sorted(tmp_path.iterdir()) == [file, folder]


WHOLE: dict[str, Any] = {
    "format": "youju eval",
    "version": 1,
    "time": "2026-11-21T18:02:03+08:00",
    "corpus": "0123456789ab",
    "sets": {},
}
QUESTION = {"id": "1", "question": "问", "kind": "how", "rank": 1, "quoted": 1, "status": "answered"}


def with_set(**changed: object) -> dict[str, object]:
    return WHOLE | {"sets": {"甲.jsonl": {"figures": {}, "questions": []} | changed}}


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        {"all": {"n": 110, "hit@1": 0.691}},  # what the black-box evaluator writes
        WHOLE | {"format": "another"},
        WHOLE | {"version": "1"},
        WHOLE | {"time": "昨天"},
        WHOLE | {"corpus": None},
        WHOLE | {"sets": []},
        WHOLE | {"sets": {"甲.jsonl": {}}},
        with_set(figures={"all": 1}),
        with_set(figures={"all": {"n": "1"}}),
        with_set(questions=["问"]),
        with_set(questions=[QUESTION | {"id": 1}]),
        with_set(questions=[QUESTION | {"rank": 1.5}]),
        with_set(questions=[QUESTION | {"rank": None}]),  # evidence quoted, where there is none
        with_set(questions=[QUESTION | {"status": "ok"}]),
    ],
)
def test_what_is_no_saved_run_is_named(tmp_path: Path, value: object) -> None:
    path = tmp_path / "run.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(EvalError) as error:
        read_run(path)
    assert str(error.value) == f"{path}：不是存下的检验结果；--against 应指明先前用 --save 存下的文件"


def test_the_least_that_is_a_saved_run_is_one(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text(json.dumps(with_set(questions=[QUESTION])), encoding="utf-8")
    outcome = Outcome("1", "问", "how", 1, 1, "answered")
    assert read_run(path) == replace(RUN, sets={"甲.jsonl": JudgedSet({}, (outcome,))})


@pytest.mark.parametrize("content", [b"", b"{", "招商".encode("gb18030"), b"[" * 100_000])
def test_what_is_no_json_is_no_saved_run(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "run.json"
    path.write_bytes(content)
    with pytest.raises(EvalError) as error:
        read_run(path)
    assert str(error.value) == f"{path}：不是存下的检验结果；--against 应指明先前用 --save 存下的文件"


@pytest.mark.parametrize("version", [0, 2])
def test_another_format_version_is_named_with_what_to_do(tmp_path: Path, version: int) -> None:
    path = tmp_path / "run.json"
    path.write_text(json.dumps({"format": "youju eval", "version": version}), encoding="utf-8")
    with pytest.raises(EvalError) as error:
        read_run(path)
    assert str(error.value) == (
        f"{path}：是第 {version} 版格式的结果，这里只认第 1 版；请用这一版程序的 --save 重新存一次再比较"
    )


def test_a_saved_run_that_is_not_there_is_named(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "没有.json", "No such file or directory"), (tmp_path, "Is a directory")):
        with pytest.raises(EvalError) as error:
            read_run(path)
        assert str(error.value) == f"{path}：读不了（{why}）；--against 应指明先前用 --save 存下的文件"
