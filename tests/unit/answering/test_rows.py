"""Rows of a table are told from sentences, and stand whole and under the row that heads them."""

import time

import pytest

from service.answering.rows import named, parts

BARS = "| 类别 | 标准 |\n| --- | :--: |\n| 自理 | 100元；逐年提高。 |\n| 失能 | 300元 |\n"


def told(text: str, start: int = 0) -> list[tuple[str, str | None]]:
    found = parts(text, start, len(text))
    return [(text[slice(*part)], None if header is None else text[slice(*header)]) for part, header in found]


def test_rows_of_markdown_stand_whole_under_their_header_without_the_line_below_it() -> None:
    header = "| 类别 | 标准 |"
    assert told(f"如下。请看：\n{BARS}完。") == [
        ("如下。", None),
        ("请看：", None),
        (header, header),
        ("| 自理 | 100元；逐年提高。 |", header),
        ("| 失能 | 300元 |", header),
        ("完。", None),
    ]


def test_a_header_may_stand_before_what_is_looked_at() -> None:
    text = "类别\t标准\n自理\t100元\n失能\t300元\n"
    assert told(text, text.index("失能")) == [("失能\t300元", "类别\t标准")]
    assert told(f"\n\n{text}", len(text) - 6) == [("失能\t300元", "类别\t标准")]
    spaced = text.replace("\n", "\n\n")
    assert told(spaced, spaced.index("失能")) == [("失能\t300元", "类别\t标准")]


@pytest.mark.parametrize(
    "text", ["姓名\t张三\n住在县城。\n", "住在县城。\n姓名\t张三", "a | b\nc | d\n", "姓名\t张三\n如下\n电话\t12"]
)
def test_a_row_by_itself_is_a_sentence(text: str) -> None:
    assert {header for _, header in told(text)} == {None}


def test_what_stands_in_long_cells_is_prose() -> None:
    prose = "加强组织领导，落实工作责任。" * 10
    assert [part for part, _ in told(f"措施\t{prose}\t{prose}\n内容\t好\n")][1] == "加强组织领导，落实工作责任。"


def test_far_down_a_long_table_the_time_stays_the_same() -> None:
    text = "\n".join(f"{number}\t某人\t12元" for number in range(100_000))
    began = time.perf_counter()
    assert told(text, len(text) - 30)[-1][1] is not None
    assert time.perf_counter() - began < 0.5


def test_the_cell_that_stands_in_a_question_whole_tells_which_row_is_meant() -> None:
    asked = "失能老人补贴标准"
    assert named("3\t失能老人\t300元", asked) == 4
    assert named("| 半失能老人 | 200元 |", asked) == 0
    assert named("半失能老人\t标准", asked) == 2
