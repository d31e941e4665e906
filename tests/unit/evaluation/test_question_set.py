"""Question sets: what is read of a line, and what is said of one that is no question."""

from collections.abc import Callable
from pathlib import Path

import pytest

from service.errors import EvalError
from service.evaluation.question_set import Turn, read_set, read_sets

# What the fixture returns is conftest.WriteSet.
WriteSet = Callable[..., Path]


def test_a_set_is_read_turn_by_turn(write_set: WriteSet) -> None:
    path = write_set(
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
        Turn("n1", "天气", (), (), (), "unanswerable"),
    ]


def test_a_question_may_hold_what_ends_a_line_elsewhere(write_set: WriteSet) -> None:
    path = write_set({"id": "1", "question": "一\u2028二\x85三", "why": ""})
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
        ({"id": 1, "question": "问"}, "id 1 与第 1 行的重复"),
        ({"id": "3", "turns": [{"question": "问"}, {"question": "再问"}]}, "id 3.2 与第 2 行的重复"),
    ],
)
def test_a_line_that_is_no_question_is_named(write_set: WriteSet, line: object, said: str) -> None:
    path = write_set(GOOD, {"id": "3.2", "question": "问"}, line)
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


def test_sets_are_known_by_the_names_of_their_files(tmp_path: Path, write_set: WriteSet) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": "2", "question": "问"}\n', encoding="utf-8")
    assert read_sets([write_set(GOOD), other]) == {
        "set.jsonl": [Turn("1", "天气", (), (), (), "unanswerable")],
        "other.jsonl": [Turn("2", "问", (), (), (), "unanswerable")],
    }


def test_two_sets_of_one_name_are_named(tmp_path: Path, write_set: WriteSet) -> None:
    path = write_set(GOOD)
    same = tmp_path / "elsewhere" / path.name
    with pytest.raises(EvalError) as error:
        read_sets([path, same])
    assert str(error.value) == f"{path} 和 {same}：两个题集同名，结果按文件名区分；请给其中一个改名，或分两次运行"
