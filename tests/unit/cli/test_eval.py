"""youju eval: the figures of a question set, the misses, and what changed since a saved run."""

import json
import re
from collections.abc import Callable
from datetime import datetime
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


def test_the_misses_follow_the_figures_of_their_set(youju: Youju, corpus: Path, questions: Path) -> None:
    other = questions.with_name("other.jsonl")
    other.write_text(json.dumps(NONE), encoding="utf-8")
    out = youju("eval", questions, other, "--misses", "--corpus", corpus).out
    figures, count, miss, others, none = (block.splitlines() for block in out.rstrip("\n").split("\n\n"))
    assert (figures[0], count, others[0], none) == (
        "# set.jsonl",
        ["没有答对的题：1"],
        "# other.jsonl",
        ["没有答对的题：0"],
    )
    head, searched, quoted, wanted = miss
    assert head == "2  how  十条未中  招商怎么做的\ufffd[2J"
    assert searched.startswith("    查了：招商")
    assert quoted.startswith("    先引：报告.txt  ")
    assert wanted == "    应引：另一篇.txt  组建招商服务公司"


# -- a saved run -----------------------------------------------------------------------------------------------------


def test_a_run_is_saved_question_by_question(youju: Youju, corpus: Path, questions: Path, tmp_path: Path) -> None:
    saved = tmp_path / "run.json"
    plain = youju("eval", questions, "--corpus", corpus)
    assert youju("eval", questions, "--save", saved, "--corpus", corpus) == plain
    run = json.loads(saved.read_text(encoding="utf-8"))
    assert (run["format"], run["version"], list(run["sets"])) == ("youju eval", 1, ["set.jsonl"])
    assert youju("index", "--corpus", corpus).out.endswith(f"版本 {run['corpus']}\n")
    assert datetime.fromisoformat(run["time"]).tzinfo is not None
    judged = run["sets"]["set.jsonl"]
    assert judged["figures"]["unanswerable"] == {"n": 1, "abstained": 1.0}
    asked = [(q["id"], q["question"], q["kind"], q["rank"], q["status"]) for q in judged["questions"]]
    assert asked == [
        ("1", RIGHT["question"], "how", 1, "answered"),
        ("2", WRONG["question"], "how", 0, "answered"),
        ("3", NONE["question"], "unanswerable", None, "not_found"),
    ]


def test_a_run_compared_with_itself_has_changed_nothing(
    youju: Youju, corpus: Path, questions: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "run.json"
    plain = youju("eval", questions, "--save", saved, "--corpus", corpus).out
    done = youju("eval", questions, "--against", saved, "--corpus", corpus)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(plain)
    blank, head, *lines = done.out[len(plain) :].splitlines()
    assert blank == ""
    assert re.fullmatch(r"与 run\.json 相比（\d{4}-\d\d-\d\d \d\d:\d\d 存下）", head)
    assert lines == [
        "",
        "# set.jsonl：当时 → 现在",
        "不变             all、how、unanswerable、form",
        "",
        "第一条引文答对：+0 −0",
        "前三条引文答对：+0 −0",
        "引出的原文（+ 更多，− 更少）：+0 −0",
        "有答案的题（+ 新答，− 新沉默）：+0 −0",
        "无答案的题（+ 新沉默，− 新答）：+0 −0",
    ]


def test_what_was_gained_and_lost_is_shown_and_then_saved_in_the_same_file(
    youju: Youju, corpus: Path, questions: Path, tmp_path: Path
) -> None:
    saved, other = tmp_path / "run.json", tmp_path / "other"
    youju("eval", questions, "--save", saved, "--corpus", corpus)
    other.mkdir()
    (other / "另一篇.txt").write_text("云岭县的做法\n组建招商服务公司，抓好招商。\n", encoding="utf-8")
    both = ("--against", saved, "--save", saved, "--corpus", other)
    changed = youju("eval", questions, *both).out.splitlines()
    assert any(line.startswith("注意：材料变了，当时是版本 ") for line in changed)
    at = changed.index("第一条引文答对：+1 −1")
    gained, lost = changed[at + 1 : at + 3]
    assert gained.split() == ["+", "2", "how", "十条未中", "→", "第1条", "招商怎么做的\ufffd[2J"]
    assert re.fullmatch(r"  −  1  how  第1条 → (十条未中|未答) *  招商服务公司是怎么组建的", lost)
    assert "第一条引文答对：+0 −0" in youju("eval", questions, *both).out.splitlines()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}", "不是存下的检验结果；--against 应指明先前用 --save 存下的文件"),
        (
            '{"format": "youju eval", "version": 2}',
            "是第 2 版格式的结果，这里只认第 1 版；请用这一版程序的 --save 重新存一次再比较",
        ),
    ],
)
def test_what_cannot_be_compared_with_is_said_before_anything_is_asked(
    youju: Youju, corpus: Path, questions: Path, tmp_path: Path, content: str, said: str
) -> None:
    saved = tmp_path / "run.json"
    saved.write_text(content, encoding="utf-8")
    done = youju("eval", questions, "--against", saved, "--corpus", corpus)
    assert done == (1, "", f"youju: {saved}：{said}\n")


def test_a_run_that_cannot_be_saved_is_an_error_after_its_figures(
    youju: Youju, corpus: Path, questions: Path, tmp_path: Path
) -> None:
    done = youju("eval", questions, "--save", tmp_path, "--corpus", corpus)
    assert (done.code, done.err) == (1, f"youju: {tmp_path}：不是普通文件，不能存在这里；请用 --save 另指一个文件\n")
    assert done.out.startswith("# set.jsonl\n")


def test_two_sets_of_one_name_are_an_error(youju: Youju, corpus: Path, questions: Path) -> None:
    done = youju("eval", questions, questions, "--corpus", corpus)
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        f"youju: {questions} 和 {questions}：两个题集同名，结果按文件名区分；请给其中一个改名，或分两次运行\n"
    )


def test_a_set_that_cannot_be_read_is_named_with_its_line(youju: Youju, corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(NONE) + "\n{\n", encoding="utf-8")
    done = youju("eval", path, "--corpus", corpus)
    assert done == (1, "", f"youju: {path} 第 2 行：不是 JSON（第 2 个字符处）\n")
