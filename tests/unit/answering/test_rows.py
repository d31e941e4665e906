"""Rows of a table are told from sentences, and stand whole and under the row that heads them."""

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


@pytest.mark.parametrize("between", ["", "\n"])
def test_the_row_above_a_rule_begins_a_table(between: str) -> None:
    other = "| 项目 | 金额 |\n| --- | --- |\n| 修路 | 1 |\n"
    header = "| 类别 | 标准 |"
    assert told(f"{other}{between}{BARS}")[-2:] == [(row, header) for row in BARS.splitlines()[2:]]
    text = f"{other}{between}{BARS}"
    assert told(text, text.index("| 失能"))[0][1] == header


def test_where_nothing_stands_above_the_rule_the_first_row_heads_the_table() -> None:
    text = "|  |  |\n| --- | --- |\n| 类别 | 标准 |\n| 自理 | 100元 |\n| 失能 | 300元 |\n"
    assert [header for _, header in told(text)] == ["| 类别 | 标准 |"] * 3
    assert told(text, text.index("| 失能")) == [("| 失能 | 300元 |", "| 类别 | 标准 |")]


@pytest.mark.parametrize("text", ["|  |  |\n| --- | --- |\n|  |  |\n", "—\t—\n"])
def test_rows_of_nothing_are_what_there_is_where_there_is_nothing_else(text: str) -> None:
    assert told(text) == [(line, None) for line in text.splitlines()]


def test_the_rest_of_a_row_that_a_passage_begins_in_is_none() -> None:
    text = "类别\t标准\t怎么发\n自理\t100元\t按月发放；逐年提高\t县里\n失能\t300元\t按月发放\n"
    assert told(text, text.index("逐年")) == [("逐年提高\t县里", None), ("失能\t300元\t按月发放", "类别\t标准\t怎么发")]


def test_a_long_row_heads_nothing() -> None:
    text = f"说明\t{'各地要落实补贴标准，按月发放到人。' * 20}\n盖章\t日期\n张三\t5日\n"
    assert told(text)[-2:] == [("盖章\t日期", "盖章\t日期"), ("张三\t5日", "盖章\t日期")]


def test_far_down_a_long_table_no_header_is_looked_for() -> None:
    text = "类别\t标准\n" + "\n".join(f"{number}\t某人\t12元" for number in range(1_000))
    assert told(text, text.index("\n150\t") + 1)[0][1] == "类别\t标准"
    assert told(text, text.index("\n998\t") + 1) == [("998\t某人\t12元", None), ("999\t某人\t12元", None)]


def test_the_cell_that_stands_in_a_question_whole_tells_which_row_is_meant() -> None:
    asked = "失能老人补贴标准"
    assert named("3\t失能老人\t300元", asked) == 4
    assert named("| 半失能老人 | 200元 |", asked) == 0
    assert named("半失能老人\t标准", asked) == 2
