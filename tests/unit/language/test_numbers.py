"""Numbers: however they are written they are the same term, and stand where they stood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.language.analyser import Analyser
from service.language.folding import fold
from service.language.numbers import canonical, number


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("二〇二五年", "2025年"),
        ("二零二五年", "2025年"),
        ("一九八四年", "1984年"),
        ("百分之五点五", "5.5%"),
        ("百分之5.5", "5.5%"),
        ("百分之三十", "30%"),
        ("５．５％", "5.5%"),
        ("三方面", "3方面"),
        ("三个方面", "3个方面"),
        ("两个", "2个"),
        ("十个", "10个"),
        ("十二届", "12届"),
        ("一百二十三家", "123家"),
        ("一千零五户", "1005户"),
        ("两百亩", "200亩"),
        ("二十大", "20大"),
        ("第十四条", "第14条"),
        ("第二点", "第2点"),
        ("3,500", "3500"),
        ("３，５００万元", "3500万元"),
        ("12,345,678元", "12345678元"),
        ("3,500.5", "3500.5"),
        ("三点五亿元", "3.5亿元"),
        ("三千五百万", "3500万"),
    ],
)
def test_a_number_is_written_in_digits(written: str, read: str) -> None:
    assert canonical(fold(written)).text == read


@pytest.mark.parametrize(
    "text",
    [
        "十四五",
        "一带一路",
        "三农",
        "两山",
        "统一",
        "万一",
        "十分",
        "三五年",
        "一方面",
        "一些",
        "一点",
        "百姓",
        "千方百计",
        "三四个",  # three or four
        "三百五",  # 350 as it is spoken
        "百分之百",
        "1,23",  # a list, not thousands
        "1,2345",
        "第一",
        "一是",
        "",
    ],
)
def test_numerals_that_are_no_number_stay(text: str) -> None:
    assert canonical(text).text == text


def chinese(value: int) -> str:
    """Return a number below 10,000 as it is written: 1005 as 一千零五, 15 as 十五."""
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            written += ("零" if gap and written else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return written.removeprefix("一") if 10 <= value < 20 else written


def test_every_number_below_ten_thousand_is_read() -> None:
    assert [value for value in range(1, 10_000) if number(chinese(value)) != value] == []


def test_a_number_stands_where_it_was_written(analyser: Analyser) -> None:
    text = "二〇二五年增长百分之五点五，共３，５００万元、三批项目"
    assert {token.term: text[token.start : token.end] for token in analyser.tokens(text) if token.word} == {
        "2025": "二〇二五",
        "增长": "增长",
        "5.5%": "百分之五点五",
        "3500": "３，５００",
        "万元": "万元",
        "3": "三",
        "项目": "项目",
    }


NUMERALS = st.text("零〇一二两三四五六七八九十百千点分之万亿年个方面大第条,.%0123456789 招商", max_size=30)


@settings(deadline=None)
@given(NUMERALS)
def test_every_character_of_a_text_is_accounted_for_in_order(text: str) -> None:
    form = canonical(text)
    spans = list(zip(form.starts, form.ends, strict=True))
    assert len(spans) == len(form.text)
    assert list(form.starts) == sorted(form.starts)
    assert list(form.ends) == sorted(form.ends)
    # One after the other, each span once, they are the whole text.
    distinct = list(dict.fromkeys(spans))
    assert [start for start, _ in distinct] == [0, *(end for _, end in distinct)][: len(distinct)]
    assert "".join(text[start:end] for start, end in distinct) == text


@settings(deadline=None)
@given(NUMERALS)
def test_only_numbers_are_rewritten(text: str) -> None:
    form = canonical(text)
    others = [n for n, character in enumerate(form.text) if character not in "0123456789.%"]
    assert [(text[form.starts[n]], form.ends[n] - form.starts[n]) for n in others] == [
        (form.text[n], 1) for n in others
    ]
