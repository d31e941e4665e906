"""A line of text in, the labels in it out: 一、（一）1. 第三章, 一是, 首先, —— and their like, where one can stand."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from service.corpus.document import Span

# Ranks of heading labels, outermost first, as official documents nest them (GB/T 9704-2012, 7.3.3, and the
# 编-章-节-条 of statutes). Labels of enumerations in running text stand below all of them.
PLAIN_HEADING = -1
ARTICLE = 4
ITEM = 9


class Label(NamedTuple):
    """A label at [start, end) of the text: its style, its number there, and how it is set.

    ``value`` is None where the number is redacted (``**.``) or the style has none (``——``).
    ``after`` is the character before it that lets it stand there: "" at the start of a line.
    """

    style: str
    rank: int
    value: int | None
    start: int
    end: int
    after: str


_HAN = "[一二三四五六七八九十百零〇]{1,5}"
# The articles of a code run past a thousand.
_HAN_LONG = "[一二三四五六七八九十百千零〇]{1,8}"
_DIGITS = r"\d{1,3}|\*{1,4}"
_HEADING_STYLES = (
    ("部分", 0, re.compile(rf"第({_HAN}|\d{{1,2}})(?:部分|编|篇)(?=[\s:：，,]|[^\s的中之内里]|$)")),
    ("章", 1, re.compile(rf"第({_HAN}|\d{{1,2}})章(?![\s]*(?:第|规定|的|之|至|和|、))")),
    ("节", 2, re.compile(rf"第({_HAN}|\d{{1,2}})节(?!课|车厢|[\s]*(?:第|规定|的|之|至|和|、))")),
    ("一、", 3, re.compile(rf"({_HAN})[、．.](?![一二三四五六七八九十]{{1,2}}[、级类线期批产等])")),
    (
        "条",
        ARTICLE,
        re.compile(rf"第({_HAN_LONG}|\d{{1,4}})条(?:之{_HAN})?(?=[\s【（(]|[^\s第规的之款、和至及或，。,；;）)”]|$)"),
    ),
    ("（一）", 5, re.compile(rf"[（(]\s*({_HAN})\s*[）)]")),
    # `1.2025年度…` is a label and a year; 3.5 is a number, and so are the parts of 1、2、3号.
    ("1.", 6, re.compile(rf"({_DIGITS})[ \u3000]?[.．、](?=(?:19|20)\d\d年|\D|$)")),
    ("（1）", 7, re.compile(r"[（(]\s*(\d{1,2})\s*[）)]")),
    ("①", 8, re.compile(r"([①-⑳])")),
)
_ORDINALS = ("首先", "其次", "再次", "最后")
# Measure words behind a numeral are an amount ("一年来，二年…"), not a label.
_MEASURES = "年月日天个次届级期人家条项类型种代批些点方块片段路线带体样定般切直旦再度等不边手时起面心把道揽"
_ITEM_STYLES = (
    ("一方面", re.compile("(另?一方面)[，,：:]?")),
    ("首先", re.compile(f"({'|'.join(_ORDINALS)})[，,：:]?")),
    ("第一", re.compile(rf"第({_HAN})(?:个?是|[，,、：:])")),
    ("其一", re.compile(rf"其({_HAN})[，,是：:]")),
    ("一X", re.compile(rf"({_HAN})([\u4e00-\u9fff])")),
)
_DASH = re.compile(r"——|[●•▪■◆★※]\s?")
_PLACE = re.compile(r"(?<=[\s。！？!?；;：:，,”』」）)])[\d*（(①-⑳第其首再最另一二三四五六七八九十百零〇]")
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def number(text: str) -> int | None:
    """Return the value of a numeral below 10,000, written in Arabic or Chinese digits or circled; None if redacted."""
    if text.isdecimal():
        return int(text)
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    total = digit = 0
    for character in text:
        if character in _NUMERALS:
            digit = _NUMERALS[character]
        elif character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            return None
    return total + digit


def labels(text: str, line: Span) -> Iterator[Label]:
    """Yield the labels of a line, in order: at its start, behind a blank, or behind the end of a clause.

    Heading labels stand at a line's start, behind a blank or behind a sentence; labels of enumerations stand behind
    any mark of punctuation that ends a clause. Whether a label takes part in a sequence is not judged here.
    """
    first = _label_at(text, line.start, line.end, "")
    if first is not None:
        yield first
    for place in _PLACE.finditer(text, line.start + 1, line.end):
        label = _label_at(text, place.start(), line.end, text[place.start() - 1])
        if label is not None:
            yield label


def _label_at(text: str, at: int, end: int, before: str) -> Label | None:
    if not before and (match := _DASH.match(text, at, end)):
        return Label("——", ITEM, None, at, match.end(), before)
    # Behind a comma only running text goes on; a closing bracket or quotation mark is a border only behind a sentence.
    if not before or before not in "，,”』」）)":
        for style, rank, pattern in _HEADING_STYLES:
            match = pattern.match(text, at, end)
            if match and not (before and "*" in match.group(1)):
                return Label(style, rank, number(match.group(1)), at, match.end(), before)
    for style, pattern in _ITEM_STYLES:
        match = pattern.match(text, at, end)
        if not match:
            continue
        if style == "一方面":
            return Label(style, ITEM, 2 if match.group(1).startswith("另") else 1, at, match.end(), before)
        if style == "首先":
            return Label(style, ITEM, _ORDINALS.index(match.group(1)) + 1, at, match.end(), before)
        if style == "一X":
            follower = match.group(2)
            if follower in _MEASURES or follower in _NUMERALS:
                continue
            return Label(f"一{follower}", ITEM, number(match.group(1)), at, match.end(), before)
        return Label(style, ITEM, number(match.group(1)), at, match.end(), before)
    return None
