"""youju eval: the figures of a question set, and the misses."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# What the fixture returns is conftest.Done: code, out, err.
Youju = Callable[..., Any]

RIGHT = {
    "id": "1",
    "kind": "how",
    "question": "招商服务公司是怎么组建的",
    "doc": "报告.txt",
    "evidence": ["组建招商服务公司，全年签约项目32个，到位资金18亿元"],
}
WRONG = {
    "id": "2",
    "kind": "how",
    "question": "招商怎么做的\x1b[2J",
    "doc": "另一篇.txt",
    "evidence": ["组建招商服务公司"],
}
NONE = {"id": "3", "question": "火星上有没有外星人", "why": "远离主题"}


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    path.write_text("".join(json.dumps(case) + "\n" for case in (RIGHT, WRONG, NONE)), encoding="utf-8")
    return path


def test_the_figures_of_a_set_are_printed_group_by_group(youju: Youju, corpus: Path, questions: Path) -> None:
    done = youju("eval", questions, "--corpus", corpus)
    assert (done.code, done.err) == (0, "")
    head, everything, how, none, form = done.out.splitlines()
    assert head == "# set.jsonl"
    assert everything.startswith(
        "all              n=2    hit@1 0.500  hit@3 0.500  mrr 0.500  coverage@5 0.500  quoted "
    )
    assert how.startswith("how              n=2    hit@1 0.500  hit@3 0.500  coverage@5 0.500  quoted ")
    assert none == "unanswerable     n=1    abstained 1.000"
    assert form.startswith("form             n=")


def test_the_misses_are_named_without_steering_the_terminal(youju: Youju, corpus: Path, questions: Path) -> None:
    *_, miss = youju("eval", questions, "--misses", "--corpus", corpus).out.splitlines()
    assert miss.startswith("MISS rank 0 2 how 招商怎么做的\ufffd[2J -> ")


def test_a_set_that_cannot_be_read_is_named_with_its_line(youju: Youju, corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(NONE) + "\n{\n", encoding="utf-8")
    done = youju("eval", path, "--corpus", corpus)
    assert done == (1, "", f"youju: {path} 第 2 行：不是 JSON（第 2 个字符处）\n")
