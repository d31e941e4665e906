"""Days that words name, in every way that documents write them; days that there are not are none."""

import pytest

from service.corpus.days import days, only_day, only_month


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2023年2月4日", ["2023-02-04"]),
        ("2023 年 2 月 4 日印发", ["2023-02-04"]),
        ("2019年１月３日", ["2019-01-03"]),
        ("2023-02-04、2023.2.5和2023/2/6", ["2023-02-04", "2023-02-05", "2023-02-06"]),
        ("二〇二六年一月二十七日", ["2026-01-27"]),
        ("二○一九年十二月三十日", ["2019-12-30"]),
        ("一九九八年十月十日", ["1998-10-10"]),
        # no days
        ("2023年2月30日", []),
        ("二〇二六年十三月一日", []),
        ("12023-02-04", []),
        ("192.168.1.1", []),
        ("2023.2.4.5", []),
        ("5355年6月6日", []),
        ("2023年2月", []),
        ("20**年2月4日", []),
        ("", []),
    ],
)
def test_the_days_that_words_name(words: str, expected: list[str]) -> None:
    assert [day.iso for day in days(words)] == expected


def test_a_day_tells_where_it_stands() -> None:
    words = "于２０２３年2月4日印发"
    (day,) = days(words)
    assert words[day.start : day.end] == "２０２３年2月4日"


def test_words_that_are_nothing_but_a_day_or_a_month() -> None:
    assert only_day("（2023年2月4日）") == "2023-02-04"
    assert only_day("2023年2月4日印发") is None
    assert only_month("（2015年12月）") == only_month("2015 年12 月") == "2015-12"
    assert only_month("2015年13月") is only_month("2015年12月起") is only_month("2015年") is None
