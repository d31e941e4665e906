"""A span falls into sentences that together hold all its visible characters."""

import pytest

from service.passages.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。乙！丙？丁；戊", ["甲。", "乙！", "丙？", "丁；", "戊"]),
        ("甲!乙?丙;丁", ["甲!", "乙?", "丙;", "丁"]),
        ("真的吗？！是。。", ["真的吗？！", "是。。"]),
        ("没有句号", ["没有句号"]),
        # closing marks go with the sentence they close
        ("他说：“抓落实。”会后", ["他说：“抓落实。”", "会后"]),
        ("（甲。）乙。", ["（甲。）", "乙。"]),
        ("甲。）乙。", ["甲。）", "乙。"]),
        ('"甲。"乙。', ['"甲。"', "乙。"]),
        # within quotation marks and brackets none ends
        ("坚持“放管服；优环境。重实效”的要求。好。", ["坚持“放管服；优环境。重实效”的要求。", "好。"]),
        ("单位（甲；乙；丙）负责。好。", ["单位（甲；乙；丙）负责。", "好。"]),
        ("《甲？乙》印发。好。", ["《甲？乙》印发。", "好。"]),
        ("“甲（乙。丙）丁。戊”己。好。", ["“甲（乙。丙）丁。戊”己。", "好。"]),
        # a mark that is not closed, or closed far off, shields nothing
        ("“甲。乙。", ["“甲。", "乙。"]),
        ("甲”。乙。", ["甲”。", "乙。"]),
        (f"“{'长' * 60}。{'长' * 60}。短。”完。", [f"“{'长' * 60}。", f"{'长' * 60}。", "短。”", "完。"]),
        # neither numbers nor abbreviations are ends
        ("增长3.5%.再增长。", ["增长3.5%.再增长。"]),
        ("等等……然后。", ["等等……然后。"]),
        # lines and blanks
        ("甲。 \n 乙\n\n丙。", ["甲。", "乙", "丙。"]),
        (" 甲。\u3000乙。 ", ["甲。", "乙。"]),
        ("。", ["。"]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected
    assert "".join("".join(expected).split()) == "".join(text.split())


def test_only_the_span_is_cut_and_places_are_of_the_text() -> None:
    text = "甲甲。乙乙。丙丙。"
    assert sentences(text, 1, 8) == [(1, 3), (3, 6), (6, 8)]


def test_a_quotation_does_not_reach_over_the_end_of_a_line() -> None:
    assert cut("“甲。乙\n丙。丁”") == ["“甲。", "乙", "丙。", "丁”"]
