"""Years that a question or a heading names, and those counted from the one last answered about."""

import pytest

from service.answering.years import are_in, asked, dated, of_headings, relative


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("前一年呢", "那2022年呢"),
        ("那上一年呢", "那那2022年呢"),
        ("上年是怎么做的", "那2022年是怎么做的"),
        ("再往前呢", "那2022年呢"),
        ("头一年", "那2022年"),
        ("第二年呢", "那2024年呢"),
        ("后一年有什么安排", "那2024年有什么安排"),
        ("来年呢", "那2024年呢"),
        ("比上年增长多少", "比上年增长多少"),  # what is compared is not what is asked
        ("上年末有多少户", "上年末有多少户"),
        ("2021年的前一年呢", "2021年的前一年呢"),
        ("去年呢", "去年呢"),  # counted from this year
        ("新任干部下一年要重点学习哪些业务知识", "新任干部下一年要重点学习哪些业务知识"),
    ],
)
def test_a_year_is_counted_from_the_one_last_answered_about(question: str, read: str) -> None:
    assert dated(question, 2023) == read
    assert dated(question, None) == question


@pytest.mark.parametrize(
    ("question", "number", "distance"),
    [
        ("2024年粮食产量", 2024, None),
        ("从2021年到2024年增长多少", 2021, None),
        ("编号12024是什么", None, None),  # a longer number is no year
        ("去年粮食产量", None, -1),
        ("本年有什么安排", None, 0),
        ("粮食产量", None, None),
    ],
)
def test_a_year_is_named_by_number_or_from_this_one(question: str, number: int | None, distance: int | None) -> None:
    assert (asked(question), relative(question)) == (number, distance)
    assert are_in(question) is (number is not None or distance is not None)


@pytest.mark.parametrize(
    ("path", "years"),
    [
        (("一、2022年工作回顾", "二、2023年安排"), {2022}),
        (("一、过去一年工作", "（一）农业"), {2023}),  # of a report of 2024
        (("总则", "二、重点任务"), {2024}),
        (("总则",), set()),
    ],
)
def test_the_outermost_heading_that_tells_a_year_counts(path: tuple[str, ...], years: set[int]) -> None:
    assert of_headings(path, 2024) == years
