"""The lines of a table of contents are left over; headings and numbered lines of the text are not."""

import pytest

from service.corpus.contents import listed

BODY = ["一、总体要求", "坚持稳中求进。", "二、重点任务", "抓好落实。"]


@pytest.mark.parametrize(
    "table",
    [
        ["目 录", "一、总体要求.................... 1", "二、重点任务.................... 3"],
        ["一、总体要求………………1", "二、重点任务………………3"],
        # all in one line
        ["前 言........................ 1 一、总体要求........................ 2", "二、重点任务........ 3"],
        # without dots: what stands in the text again
        ["目录", "一、 总体要求", "二、重点任务"],
        ["目　次", "一、总体要求  1", "二、重点任务  12"],
    ],
)
def test_a_table_of_contents_is_left_over(table: list[str]) -> None:
    words = ["发展规划", *table, *BODY]
    assert sorted(listed(words)) == list(range(1, 1 + len(table)))
    assert set(listed(words).values()) == {"目录"}


@pytest.mark.parametrize(
    "words",
    [
        BODY,
        # a heading 目录 over what stands there once
        ["目录", "第一批示范企业", "第二批示范企业"],
        # one line of dots
        ["名称........................ 1", *BODY],
        ["完成率为1.5....", "3.14159", *BODY],
        ["第1章 12", "第2章 15", *BODY],
        [],
    ],
)
def test_what_is_no_table_of_contents_stays(words: list[str]) -> None:
    assert listed(words) == {}


def test_the_table_ends_where_the_text_begins() -> None:
    words = ["目录", "一、总体要求", "二、重点任务", *BODY, "一、总体要求"]
    assert 3 not in listed([*words[:3], "为了发展，制定本规划。", *words[3:]])
