"""The evaluation: figures known by hand, and the same as the black-box evaluator's."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.engine import Engine
from service.evaluation.judging import Judged, judge
from service.evaluation.question_set import read_set

# What the fixtures return is Served of conftest.py above, and WriteSet of the one beside.
Served = Any
WriteSet = Callable[..., Path]


def case(number: int, question: str, evidence: str, file: str, kind: str = "number") -> dict[str, object]:
    return {"id": f"q{number}", "question": question, "kind": kind, "doc": file, "evidence": [evidence]}


def judged(engine: Engine, write_set: WriteSet, *cases: object) -> Judged:
    return judge(engine, read_set(write_set(*cases)))


def ranks(judged: Judged) -> list[tuple[str, int | None, float | None]]:
    return [(judgement.turn.case, judgement.rank, judgement.quoted) for judgement in judged.judgements]


def test_the_figures_of_a_small_set_are_those_counted_by_hand(engine: Engine, write_set: WriteSet) -> None:
    found = judged(
        engine,
        write_set,
        case(1, "新建学校多少所", "新建学校 两所", "教育.txt"),  # blanks in evidence do not count
        case(2, "新修公路多少公里", "新修公路九十公里", "教育.txt", "wrong file"),
        {"id": "n1", "question": "火星上有没有外星人", "why": ""},
        {"id": "n2", "question": "新建学校多少所", "why": "answered all the same"},
    )
    figures = found.figures
    first, second = len("全县新建学校两所。"), len("全县新修公路九十公里。")
    assert figures["all"] == pytest.approx(
        {
            "n": 2,
            "hit@1": 0.5,
            "hit@3": 0.5,
            "mrr": 0.5,
            "coverage@5": 0.5,
            "quoted": 1.0,  # what is said is looked at whatever file it is of
            "focus": 1.0,
            "chars": (first + second) / 2,
            "silent": 0.0,
        }
    )
    assert figures["number"] == {"n": 1, "hit@1": 1.0, "hit@3": 1.0, "coverage@5": 1.0, "quoted": 1.0, "silent": 0.0}
    assert figures["wrong file"] == {
        "n": 1,
        "hit@1": 0.0,
        "hit@3": 0.0,
        "coverage@5": 0.0,
        "quoted": 1.0,
        "silent": 0.0,
    }
    assert figures["unanswerable"] == {"n": 2, "abstained": 0.5}
    form = figures["form"]
    assert (form["faithful"], form["whole"], form["consistent"], form["distinct"]) == (1.0, 1.0, 1.0, 1.0)
    assert ranks(found) == [("q1", 1, 1.0), ("q2", 0, 1.0), ("n1", None, None), ("n2", None, None)]
    assert [miss.turn.case for miss in found.misses] == ["q2", "n2"]


def test_an_answer_that_is_silent_counts_as_silent_and_as_a_miss(engine: Engine, write_set: WriteSet) -> None:
    found = judged(engine, write_set, case(1, "火星上有没有外星人", "新建学校两所", "教育.txt"))
    assert found.figures["all"] == {
        "n": 1,
        "hit@1": 0.0,
        "hit@3": 0.0,
        "mrr": 0.0,
        "coverage@5": 0.0,
        "quoted": 0.0,
        "focus": 0.0,
        "chars": 0.0,
        "silent": 1.0,
    }
    assert [miss.turn.case for miss in found.misses] == ["q1"]


def test_a_file_is_right_whatever_its_folder_and_ending(engine: Engine, write_set: WriteSet) -> None:
    found = judged(engine, write_set, case(1, "新建学校多少所", "新建学校两所", "原件/教育.docx"))
    assert ranks(found) == [("q1", 1, 1.0)]


@pytest.mark.parametrize("name", ["seeds", "seeds-turns", "seeds-none"])
def test_the_figures_are_those_of_the_black_box_evaluator(
    name: str, seeds: Engine, served: Served, shared: Path, tmp_path: Path
) -> None:
    questions, report = shared / "gold" / f"{name}.jsonl", tmp_path / "report.json"
    command = [
        sys.executable,
        str(shared / "eval" / "ask_eval.py"),
        served.address,
        str(questions),
        "--json",
        str(report),
    ]
    environment = os.environ | {"no_proxy": "*"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    theirs = json.loads(report.read_text(encoding="utf-8"))
    ours = judge(seeds, read_set(questions)).figures
    assert ours.keys() == theirs.keys()
    for group, figures in theirs.items():
        assert ours[group] == pytest.approx(figures, abs=0.001), group
