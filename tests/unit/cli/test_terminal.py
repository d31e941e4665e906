"""Lines for a terminal: as wide as it is, and nothing in them that steers it."""

import unicodedata
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.answering.answer import Answer, Citation, Correction, Name, Outline, OutlineItem, QuestionTerm, Quote
from service.answering.shelf import Shelf
from service.corpus.document import Document, Dropped, Leftover, Span
from service.corpus.report import FileReport, Report
from service.passages.corpus import build
from service.terminal import WIDTH, answer_lines, printable, report_lines

HOSTILE = "招商\x1b[31m\x07\u202e\u200b\x9b"


def answer_of(text: str, title: str = "讲话", file: str = "讲话.txt") -> Answer:
    """Return an answer that says a whole text of one paragraph."""
    document = Document("1", file, title, text, date="2022-10", issuer="县委")
    citation = Citation(
        number=1, document=document, path=("一、招商", "（一）公司"), paragraph=1, paragraph_end=1, start=0, end=len(text),
        quotes=(Span(0, len(text)),), matches=(), score=1.0, reference="",
    )  # fmt: skip
    return Answer(
        question="", history=(), status="answered", kind="what", quotes=(Quote(1, document, 0, len(text)),), outline=None,
        citations=(citation,), terms=(), named=(), preferred=(), year=None,
        related=(), suggestions=(), documents_found=1, corpus_version="", corpus_documents=1,
        corpus_passages=1, elapsed_ms=0.0,
    )  # fmt: skip


def shelf_of(document: Document) -> Shelf:
    """Return as much of a shelf as a report looks at."""
    return cast(Shelf, SimpleNamespace(corpus=build([document]), copies_of=lambda number: []))


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def test_an_answer_is_what_it_says_then_each_citation_then_the_words() -> None:
    answer = replace(
        answer_of("组建招商公司。"),
        terms=(
            QuestionTerm("招商", "asked", None, found=True),
            QuestionTerm("引资", "synonym", "招商", found=True),
            QuestionTerm("园区", "carried", None, found=True),
            QuestionTerm("火", "asked", None, found=False),  # no word that a person would say
        ),
        absent=("火星",),
    )
    assert list(answer_lines(answer)) == [
        "  组建招商公司。 [1]",
        "",
        "[1] 《讲话》（县委，2022-10）",
        "    一、招商 › （一）公司，第1段",
        "    讲话.txt",
        "    │ 组建招商公司。",
        "",
        "查了：招商",
        "承接上文：园区",
        "按近义词也查了：引资",
        "没有出现：火星",
    ]


def test_suggestions_are_listed_last() -> None:
    lines = list(
        answer_lines(replace(answer_of("组建招商公司。"), suggestions=("怎么优化营商环境？", "怎么治理河道？")))
    )
    assert lines[-4:] == ["", "可以接着问：", "  · 怎么优化营商环境？", "  · 怎么治理河道？"]


def test_how_a_question_was_read_stands_behind_the_words() -> None:
    answer = replace(
        answer_of("组建招商公司。"),
        terms=(QuestionTerm("招商", "asked", None, found=True),),
        named=(Name("浙江", 1), Name("2025年的材料", 31), Name("江苏", 0)),
        preferred=("讲2025年的部分", "含数字的句子"),
        year=2025,
    )
    read_as = [
        "只查：浙江（1 份）、2025年的材料（31 份）",
        "没有载入江苏的材料",
        "优先：讲2025年的部分、含数字的句子",
        "今年：按2025年理解",
    ]
    assert list(answer_lines(answer))[-5:] == ["查了：招商", *read_as]
    assert list(answer_lines(replace(answer, status="not_found")))[-4:] == read_as


def test_a_document_that_lapsed_is_said_to_have() -> None:
    answer = answer_of("组建招商公司。")
    document = replace(answer.citations[0].document, lapsed=True)
    cited = replace(answer, citations=(replace(answer.citations[0], document=document),))
    assert "[1] 《讲话》【已失效】（县委，2022-10）" in list(answer_lines(cited))
    report = Report((FileReport("讲话.txt", (document,), "UTF-8"),))
    assert next(report_lines(report, shelf_of(document))).startswith("✓ 讲话.txt（UTF-8）《讲话》【已失效】2022-10，")


def test_an_outline_is_its_lead_and_its_items() -> None:
    answer = answer_of("抓好两项工作：一是抓项目。二是抓民生。")
    document = answer.citations[0].document
    items = (OutlineItem("一是", Quote(1, document, 7, 13)), OutlineItem("二是", Quote(1, document, 13, 19)))
    answer = replace(answer, outline=Outline(Quote(1, document, 0, 7), items))
    assert list(answer_lines(answer))[:4] == ["  抓好两项工作：", "  · 一是抓项目。 [1]", "  · 二是抓民生。 [1]", ""]


def test_not_found_shows_the_missing_words_and_what_is_near() -> None:
    found = answer_of("组建招商公司。")
    terms = (QuestionTerm("火星", "asked", None, found=False), QuestionTerm("公司", "asked", None, found=True))
    answer = replace(
        found, status="not_found", quotes=(), citations=(), related=found.citations, terms=terms, absent=("火星",)
    )
    assert list(answer_lines(answer)) == [
        "这些材料里没有找到答案。",
        "没有出现的词：火星",
        "",
        "可能相关：",
        "[1] 《讲话》（县委，2022-10）",
        "    一、招商 › （一）公司，第1段",
        "    讲话.txt",
        "    │ 组建招商公司。",
        "",
    ]


def test_why_nothing_was_found_is_said_where_that_is_known() -> None:
    answer = replace(answer_of("组建招商公司。"), status="not_found", quotes=(), citations=(), reason="没有“第8条”。")
    assert list(answer_lines(answer))[:1] == ["没有“第8条”。"]


def test_what_was_likely_meant_is_asked_first() -> None:
    offered = (Correction("招上", "招商", "招商引子"), Correction("引子", "引资", "招上引资"))
    lines = list(answer_lines(replace(answer_of("组建招商公司。"), corrections=offered)))
    assert lines[:3] == ["是不是：招商、引资？", "", "  组建招商公司。 [1]"]


def test_a_chinese_character_takes_two_columns() -> None:
    text = "招" * 40
    lines = list(answer_lines(answer_of(text)))
    assert lines[:2] == ["  " + "招" * 38, "  招招 [1]"]
    assert lines[6:9] == ["    │ " + "招" * 36, "    │ 招招招招", ""]


def test_a_latin_letter_takes_one_column() -> None:
    assert next(answer_lines(answer_of("a" * 100))) == "  " + "a" * 76


def test_punctuation_does_not_begin_a_line() -> None:
    assert list(answer_lines(answer_of("招" * 38 + "。" + "商" * 2)))[:2] == ["  " + "招" * 38 + "。", "  商商 [1]"]


def test_a_line_of_nothing_but_punctuation_is_cut_all_the_same() -> None:
    assert [columns(line) for line in answer_lines(answer_of("。" * 60)) if "。" in line] == [82, 46, 82, 50]


@settings(deadline=None)
@given(st.text("招商a，。…—“ \u3000", min_size=1, max_size=400).filter(str.strip))
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(text: str) -> None:
    lines = list(answer_lines(answer_of(text)))
    # Two marks of punctuation may hang over.
    assert max(map(columns, lines)) <= WIDTH + 4
    shown = "".join(line.removeprefix("    │ ") for line in lines if line.startswith("    │ "))
    assert shown == text.strip()


def test_each_line_of_a_text_of_several_is_a_line() -> None:
    lines = list(answer_lines(answer_of("一是抓项目。\n\n二是抓民生。")))
    assert [line for line in lines if "│" in line] == ["    │ 一是抓项目。", "    │ 二是抓民生。"]


@pytest.mark.parametrize("where", ["text", "title", "file"])
def test_what_an_answer_shows_does_not_steer_the_terminal(where: str) -> None:
    given = {"text": "招商。", "title": "讲话", "file": "讲话.txt"} | {where: HOSTILE}
    lines = list(answer_lines(answer_of(**given)))
    assert [character for line in lines for character in line if not character.isprintable()] == []
    assert any("招商\ufffd[31m\ufffd\ufffd\ufffd\ufffd" in line for line in lines)


def test_what_a_report_shows_does_not_steer_the_terminal() -> None:
    furniture = "当前位置:\x1b[2J\n首页 >"
    document = Document("1", "a", HOSTILE, f"{furniture}\n正文。", leftovers=(Leftover(0, len(furniture), HOSTILE),))
    dropped = (Dropped(HOSTILE, HOSTILE), Dropped("页眉页脚", "公报"), Dropped("页眉页脚", "公报"))
    files = (
        FileReport(HOSTILE, (document,), "UTF-8", warnings=(HOSTILE,), dropped=dropped),
        FileReport(HOSTILE, left_out=HOSTILE),
    )
    lines = list(report_lines(Report(files, (HOSTILE,)), shelf_of(document)))
    assert [character for line in lines for character in line if not character.isprintable()] == []
    # One line each for the file, its leftovers by rule (those of the text and what was dropped), its warning, the file left out,
    # the warning and the total.
    assert len(lines) == 7
    assert lines[2] == "    不算正文（页眉页脚，2 处）：公报"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("新建桥梁\t三千万元", "新建桥梁 三千万元"),
        ("招商 引资\u3000改革\xa0", "招商 引资\u3000改革\xa0"),  # blanks of all widths are harmless
        ("\x00\n\t\x7f", "\ufffd\ufffd \ufffd"),
        ("\ud800", "\ufffd"),
        ("😀", "😀"),
        ("", ""),
    ],
)
def test_only_what_is_visible_is_printed(text: str, shown: str) -> None:
    assert printable(text) == shown
