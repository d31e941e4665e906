"""Matching: where terms stand in a text, for sentences and highlights."""

from itertools import pairwise

import pytest

from service.language.matching import places, readable, stands_in


@pytest.mark.parametrize(
    ("term", "text", "stands"),
    [
        ("招商", "全面招商引资", True),
        ("招商", "招 商", False),
        ("25", "2025年", False),
        ("2025", "2025年", True),
        ("5", "5.5%", False),
        ("5.5%", "增长5.5%", True),
        ("5", "5%", False),
        ("5", "3.5", False),
        ("5", "共5.", True),  # the end of a sentence
        ("500", "3500", False),
        ("3方", "3方面", True),
        ("3方", "13方面", False),
        ("2025年", "2025年1月", True),
        ("2025年", "12025年", False),
        ("gdp", "实现gdp增长", True),
        ("ai", "openai", False),
        ("ai", "ai5", False),
        ("a+b", "aab", False),  # no pattern, the sign itself
    ],
)
def test_a_number_or_latin_word_only_stands_whole(term: str, text: str, stands: bool) -> None:
    assert stands_in(term, text) is stands


@pytest.mark.parametrize(
    ("terms", "text", "found"),
    [
        (["招商"], "招商引资和招商", ["招商", "招商"]),
        (["招商引资", "招商", "引资"], "大力招商引资", ["招商引资"]),
        (["开发区", "区招", "招商"], "开发区招商", ["开发区招商"]),
        (["招商", "引资"], "招商引资", ["招商引资"]),  # they touch
        (["2025"], "在二〇二五年", ["二〇二五"]),
        (["5.5%", "增长"], "百分之五点五的增长", ["百分之五点五", "增长"]),
        (["3500", "万元"], "共３，５００ 万元", ["３，５００", "万元"]),
        (["改革"], "二〇二五年百分之五点五改革", ["改革"]),  # behind what became shorter
        (["gdp", "营商"], "ＧＤＰ與營商", ["ＧＤＰ", "營商"]),
        (["哈哈"], "哈哈哈", ["哈哈哈"]),  # overlaps itself
        (["招商"], "", []),
        ([], "招商", []),
    ],
)
def test_places_are_spans_of_the_original_in_order_without_overlaps(
    terms: list[str], text: str, found: list[str]
) -> None:
    spans = places(terms, text)
    assert [text[start:end] for start, end in spans] == found
    assert all(a[1] < b[0] for a, b in pairwise(spans))


def test_a_readable_text_knows_where_its_characters_stood() -> None:
    form = readable("Ａ三方面")
    assert (form.text, list(form.starts), list(form.ends)) == ("a3方面", [0, 1, 2, 3], [1, 2, 3, 4])
