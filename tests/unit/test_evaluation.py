"""The evaluation: figures known by hand, and the same as the black-box evaluator's."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from service.engine import Engine
from service.errors import EvalError
from service.evaluation import Judged, Turn, judge, read_set, table
from service.settings import Settings

# What the fixture returns is Served of conftest.py.
Served = Any

FIRST = "全县新建学校两所。"
SECOND = "全县新修公路九十公里。"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, settings_of: Callable[[Path], Settings]) -> Engine:
    """An engine over two files of one sentence each."""
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "教育.txt").write_text(f"教育工作总结\n{FIRST}\n", encoding="utf-8")
    (corpus / "交通.txt").write_text(f"交通工作总结\n{SECOND}\n", encoding="utf-8")
    engine = Engine(settings_of(corpus))
    engine.load()
    return engine


def written(folder: Path, *cases: object) -> Path:
    path = folder / "set.jsonl"
    lines = (case if isinstance(case, str) else json.dumps(case, ensure_ascii=False) for case in cases)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def case(number: int, question: str, evidence: str, file: str, kind: str = "number") -> dict[str, object]:
    return {"id": f"q{number}", "question": question, "kind": kind, "doc": file, "evidence": [evidence]}


# -- reading a set ---------------------------------------------------------------------------------------------------


def test_a_set_is_read_turn_by_turn(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {"id": "a1", "question": "问一", "kind": "list", "doc": ["甲.txt", "乙.txt"], "evidence": ["证据一", "证据二"]},
        "",
        {
            "id": "t1",
            "turns": [
                {"question": "先问", "doc": "甲.txt", "evidence": ["证据"]},
                {"question": "再问", "doc": "甲.txt", "evidence": ["证据"]},
                {"question": "另问", "doc": "甲.txt", "evidence": ["证据"], "switch": True},
            ],
        },
        {"id": "n1", "question": "天气", "why": "远离主题"},
    )
    assert read_set(path) == [
        Turn("a1", "问一", (), ("证据一", "证据二"), ("甲.txt", "乙.txt"), "list"),
        Turn("t1.1", "先问", (), ("证据",), ("甲.txt",), "turn 1"),
        Turn("t1.2", "再问", ("先问",), ("证据",), ("甲.txt",), "follow-up"),
        Turn("t1.3", "另问", ("先问", "再问"), ("证据",), ("甲.txt",), "topic switch"),
        Turn("n1", "天气", (), (), (), "turn 1"),
    ]


def test_a_question_may_hold_what_ends_a_line_elsewhere(tmp_path: Path) -> None:
    path = written(tmp_path, {"id": "1", "question": "一\u2028二\x85三", "why": ""})
    assert [turn.question for turn in read_set(path)] == ["一\u2028二\x85三"]


GOOD = {"id": "1", "question": "天气", "why": ""}
EVIDENCE = "evidence 应为原文的列表，并用 doc 写明出自哪个文件"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "不是 JSON（第 2 个字符处）"),
        ("招商", "不是 JSON（第 1 个字符处）"),
        ("[]", "应为带 id 的题目"),
        ("1", "应为带 id 的题目"),
        ({"question": "问"}, "应为带 id 的题目"),
        ({"id": "2"}, "question 应为文字"),
        ({"id": "2", "question": 3}, "question 应为文字"),
        ({"id": "2", "turns": "问"}, "turns 应为题目的列表"),
        ({"id": "2", "turns": ["问"]}, "turns 应为题目的列表"),
        ({"id": "2", "turns": [{"doc": "甲"}]}, "question 应为文字"),
        ({"id": "2", "question": "问", "doc": "甲", "evidence": "证据"}, EVIDENCE),
        ({"id": "2", "question": "问", "doc": "甲", "evidence": [1]}, EVIDENCE),
        ({"id": "2", "question": "问", "doc": "甲", "evidence": [" "]}, EVIDENCE),  # would be found everywhere
        ({"id": "2", "question": "问", "doc": [1], "evidence": ["证据"]}, EVIDENCE),
        ({"id": "2", "question": "问", "evidence": ["证据"]}, EVIDENCE),
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: object, said: str) -> None:
    path = written(tmp_path, GOOD, "", line)
    with pytest.raises(EvalError) as error:
        read_set(path)
    assert str(error.value) == f"{path} 第 3 行：{said}"


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_a_set_without_questions_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(content)
    with pytest.raises(EvalError) as error:
        read_set(path)
    assert str(error.value) == f"{path}：里面没有题目"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    gbk = tmp_path / "gbk.jsonl"
    gbk.write_bytes("招商".encode("gb18030"))
    for path in (tmp_path, tmp_path / "没有.jsonl", gbk):
        with pytest.raises(EvalError) as error:
            read_set(path)
        assert str(error.value).startswith(f"{path}：读不了题集（")


# -- figures ---------------------------------------------------------------------------------------------------------


def judged(engine: Engine, folder: Path, *cases: object) -> Judged:
    return judge(engine, read_set(written(folder, *cases)))


def test_the_figures_of_a_small_set_are_those_counted_by_hand(engine: Engine, tmp_path: Path) -> None:
    found = judged(
        engine,
        tmp_path,
        case(1, "新建学校多少所", "新建学校 两所", "教育.txt"),  # blanks in evidence do not count
        case(2, "新修公路多少公里", "新修公路九十公里", "教育.txt", "wrong file"),
        {"id": "n1", "question": "火星上有没有外星人", "why": ""},
        {"id": "n2", "question": "新建学校多少所", "why": "answered all the same"},
    )
    summary = found.summary()
    first, second = len(FIRST), len(SECOND)
    assert summary["all"] == pytest.approx(
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
    assert summary["number"] == {"n": 1, "hit@1": 1.0, "hit@3": 1.0, "coverage@5": 1.0, "quoted": 1.0, "silent": 0.0}
    assert summary["wrong file"] == {
        "n": 1,
        "hit@1": 0.0,
        "hit@3": 0.0,
        "coverage@5": 0.0,
        "quoted": 1.0,
        "silent": 0.0,
    }
    assert summary["unanswerable"] == {"n": 2, "abstained": 0.5}
    form = summary["form"]
    assert (form["faithful"], form["whole"], form["consistent"], form["distinct"]) == (1.0, 1.0, 1.0, 1.0)
    assert found.ranks == {"q1": 1, "q2": 0}
    assert [(turn.case, rank) for turn, rank, _ in found.misses] == [("q2", 0), ("n2", -1)]


def test_an_answer_that_is_silent_counts_as_silent_and_as_a_miss(engine: Engine, tmp_path: Path) -> None:
    found = judged(engine, tmp_path, case(1, "火星上有没有外星人", "新建学校两所", "教育.txt"))
    assert found.summary()["all"] == {
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


def test_a_file_is_right_whatever_its_folder_and_ending(engine: Engine, tmp_path: Path) -> None:
    found = judged(engine, tmp_path, case(1, "新建学校多少所", "新建学校两所", "原件/教育.docx"))
    assert found.ranks == {"q1": 1}


def test_the_table_has_a_line_for_each_group_medians_in_whole_characters() -> None:
    summary: Mapping[str, Mapping[str, float]] = {
        "form": {"n": 9, "faithful": 1.0, "cited": 148.5},
        "how": {"n": 1, "hit@1": 0.0},
        "unanswerable": {"n": 3, "abstained": 1 / 3},
        "all": {"n": 2, "hit@1": 0.5, "chars": 77.0},
        "a kind": {"n": 1, "hit@1": 1.0},
    }
    assert table(summary).split("\n") == [
        "all              n=2    hit@1 0.500  chars 77",
        "a kind           n=1    hit@1 1.000",
        "how              n=1    hit@1 0.000",
        "unanswerable     n=3    abstained 0.333",
        "form             n=9    faithful 1.000  cited 148",
    ]


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
    ours = judge(seeds, read_set(questions)).summary()
    assert ours.keys() == theirs.keys()
    for group, figures in theirs.items():
        assert ours[group] == pytest.approx(figures, abs=0.001), group
