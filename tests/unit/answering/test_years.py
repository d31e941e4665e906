"""Years that are counted from the one last answered about."""

import pytest

from service.answering.years import dated


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
