"""Nothing is lost: every visible character is in exactly one of a passage, a heading in a path, a named leftover."""

import os
import random
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from service.corpus.document import Document, Heading
from service.corpus.documents import read_folders
from service.corpus.leftovers import leftovers
from service.passages.cutting import LONGEST, passages
from service.passages.structure import structure
from service.settings import shipped

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("SHARED") or ROOT.parent / "shared")

# YOUJU_EXAMPLES=20000 looks harder, and anew each time.
EXAMPLES = os.environ.get("YOUJU_EXAMPLES")
often = settings(
    max_examples=int(EXAMPLES or 150),
    derandomize=EXAMPLES is None,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def read(text: str) -> Document:
    return Document(id="d", file="d.txt", title="", text=text, leftovers=tuple(leftovers(text)))


def check(document: Document) -> None:
    """Fail unless the document's passages keep the promises that every reader of a quotation relies on."""
    text = document.text
    parsed = structure(document)
    found = passages(document, parsed, 0)
    heads = {text[node.head.start : node.head.end].strip() for node in parsed.root.walk()}
    path_entries = {entry for passage in found for entry in passage.path}
    assert path_entries <= heads
    assert "" not in path_entries

    spans = [(passage.start, passage.end) for passage in found]
    alone = [
        (node.head.start, node.head.end)
        for node in parsed.root.walk()
        if node.stands_alone and text[node.head.start : node.head.end] in path_entries
    ]
    # A heading with nothing under it is a passage itself; any other is in a path and in no passage.
    spans += [head for head in alone if head not in spans]
    spans += [(left.start, left.end) for left in document.leftovers]
    spans.sort()
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start, f"{text[start:end]!r} is in two places"
    at = 0
    for start, end in [*spans, (len(text), len(text))]:
        assert not text[at:start].strip(), f"{text[at:start].strip()!r} is nowhere"
        at = end

    counts = [(line.start, number) for number, line in enumerate(parsed.paragraphs, 1)]
    for passage in found:
        words = text[passage.start : passage.end]
        assert 0 < len(words) <= LONGEST
        assert words == words.strip()
        assert passage.context[0] <= passage.context[1] <= passage.start or passage.context == (passage.start,) * 2
        inside = [number for start, number in counts if passage.start <= start < passage.end]
        assert passage.paragraph_end == (inside[-1] if inside else passage.paragraph)
        assert passage.paragraph == sum(1 for start, _ in counts if start <= passage.start)


HAN = st.sampled_from("一二三四五六七八九十百")
MARK = st.sampled_from(["", "，", "。", "；", "：", "、", "！", "？", "”", "）", " ", "\u3000", "……"])
LABEL = st.one_of(
    st.builds("{}、".format, HAN),
    st.builds("（{}）".format, HAN),
    st.builds("({})".format, st.integers(0, 12)),
    st.builds("{}.".format, st.one_of(st.integers(0, 30), st.just("**"), st.just("*"))),
    st.builds("{}{}".format, HAN, st.sampled_from(["是", "要", "看", "年", "个"])),
    st.builds("第{}{}".format, HAN, st.sampled_from(["章", "节", "条", "部分", "编", "，", "是"])),
    st.sampled_from(["首先，", "其次，", "最后，", "一方面，", "另一方面，", "——", "● ", "其一，", "①", "②", "③"]),
)
WORDS = st.one_of(
    st.sampled_from(
        [
            "同志们：",
            "各位代表！",
            "优化营商环境",
            "坚持“放管服；并重”",
            "主要有以下几点：",
            "2023-02-14",
            "3.5亿元",
            "统一是关键",
            "增长**%，位居**第*",
            "XX县",
            "（以下简称“条例”）",
            "附件：",
            "《报告》",
        ]
    ),
    st.builds(
        lambda word, count: word * count,
        st.sampled_from(["招商引资", "抓落实，", "稳增长。", "字"]),
        st.integers(1, 120),
    ),
)
FURNITURE = st.sampled_from(
    [
        "首页 > 公文 >",
        "时间:2023-02-14 08:25 来源:网友",
        "【字号：大 中 小】",
        "— 3 —",
        "大",
        "来源：县委",
        "打印",
        "上一篇：无",
        "版权所有",
    ]
)
BREAK = st.sampled_from(["\n", "\n", "\n\n", "\n \u3000\n", "\n　　", " \n", "\u2028", "\x0c", "\r"])
# Lone surrogates too.
CHARACTERS = st.characters(exclude_categories=())
ODD = st.text(CHARACTERS, max_size=8)
PROSE = st.lists(
    st.one_of(
        st.tuples(LABEL, WORDS, MARK).map("".join), st.tuples(WORDS, MARK).map("".join), BREAK, BREAK, FURNITURE, ODD
    ),
    max_size=40,
).map("".join)
# Lines as they are meant, so that deep trees come up: labels counted on, each anew below an outer one.
NUMERALS = "一二三四五六七八九十"
STYLES = ("第{}章 ", "{}、", "（{}）", "{}.", "{}是", "{}要", "第{}，")
SHORT = st.sampled_from(
    ["抓好落实", "优环境，重实效", "现将情况报告如下", "有下列情形的：", "强产业" * 30, "稳增长。" * 30, ""]
)
STOP = st.sampled_from(["。", "。", "；", "", "："])
STEP = st.tuples(st.integers(-1, len(STYLES) - 1), SHORT, STOP, st.sampled_from(["\n", "\n", "\n", "", " "]))


def counted(steps: list[tuple[int, str, str, str]]) -> str:
    """Return lines whose labels count on; -1 is a line without one."""
    values = [0] * len(STYLES)
    lines = []
    for style, words, stop, gap in steps:
        label = ""
        if style >= 0:
            values[style + 1 :] = [0] * (len(STYLES) - style - 1)
            label = STYLES[style].format(NUMERALS[values[style] % 10])
            values[style] += 1
        lines.append(f"{label}{words}{stop}{gap}")
    return "".join(lines)


COUNTED = st.lists(STEP, max_size=25).map(counted)


@often
@given(st.one_of(PROSE, COUNTED), st.dictionaries(st.integers(0, 30), st.integers(1, 6)))
def test_nothing_is_lost_whatever_lines_a_format_says_are_headings(text: str, levels: dict[int, int]) -> None:
    starts = [match.start() for match in re.finditer(r"\S[^\n]*", text)]
    headings = tuple(Heading(start, levels[number]) for number, start in enumerate(starts) if number in levels)
    check(replace(read(text), headings=headings))


@often
@given(PROSE)
@example("一、甲\n（一）" + "乙" * 50 + "\n丙")
@example("三要\n积极促进。\n二要\n稳妥推进。")
@example("一、固定资产" + "投" * 60 + "。二是甲。\n乙")
@example("\x1c甲\u2028一、乙。\n\x85丙")
def test_nothing_of_official_prose_is_lost(text: str) -> None:
    check(read(text))


@often
@given(COUNTED)
def test_nothing_of_nested_lists_is_lost(text: str) -> None:
    check(read(text))


@often
@given(st.text(CHARACTERS))
def test_nothing_of_any_text_is_lost(text: str) -> None:
    check(read(text))


def test_nothing_of_the_seeds_is_lost() -> None:
    documents = read_folders([shipped("seeds")]).documents
    assert len(documents) == 6
    for document in documents:
        check(document)


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="shared/corpus is not here")
@pytest.mark.parametrize(
    "folder", ["national-reports", "policies-guangzhou", "policies-shandong", "provinces-2025", "provinces-2026"]
)
def test_nothing_of_real_documents_is_lost(folder: str) -> None:
    documents = read_folders([SHARED / "corpus" / folder]).documents
    for document in random.Random(0).sample(documents, 20):
        check(document)
