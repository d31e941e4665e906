"""A Word file says what the answers say, word for word, and each place quoted is one real footnote."""

import io
from collections.abc import Callable
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from service.answering.answer import Answer
from service.export.record import Record
from service.export.word import as_word
from tests.unit.export.conftest import (
    LABELLED,
    NOTHING,
    SENTENCES,
    UNLABELLED,
    WRITTEN,
    Word,
    answer,
    quoted,
    record,
)

Opened = Callable[[bytes], Word]
CONVERSATION = (SENTENCES, LABELLED, UNLABELLED, NOTHING)


def test_sentences_are_said_word_for_word_and_what_xml_cannot_hold_is_shown_as_a_mark(opened: Opened) -> None:
    word = opened(as_word(record(SENTENCES)))
    assert word.said("Body Text") == [
        "办结**件，平均用时XX天\ufffd，<比上年>少3.5天 & 一次办好_不用跑_。",
        "（一）压缩时限。",
        # a paragraph for each line
        "另外，\t这一句分在",
        "1. 两行里。",
    ]
    assert word.said("Quote") == [
        "（一）压缩时限。办结**件，平均用时XX天\ufffd，<比上年>少3.5天 & 一次办好_不用跑_。",
        "另外，\t这一句分在",
        "1. 两行里。",
    ]


def test_a_turn_opens_with_its_question_and_ends_with_its_sources_the_query_and_the_time(opened: Opened) -> None:
    word = opened(as_word(record(SENTENCES)))
    assert (word.said("Title"), word.said("Question")) == (["办事*时限*怎么压缩"], [])
    assert word.said("Heading 1") == ["出处原文", "引用的材料", "查询说明"]
    assert word.said("Source") == [
        "云溪县人民政府. 关于优化服务的通知:云政发〔2021〕3号[A]. 2021-03. 文件：甲/通知.txt",
    ]
    assert word.said("Record") == [
        "提问：办事*时限*怎么压缩",
        "查了：时限",
        "按近义词也查了：期限",
        "材料库：版本 abc123，2 份材料，7 个片段",
        "时间：2026年11月22日13:05（UTC+08:00）",
    ]


def test_a_follow_up_alone_says_what_was_asked_before_it(opened: Opened) -> None:
    asked = opened(as_word(record(LABELLED))).said("Record")[:2]
    assert asked == ["提问：要做到哪三件事", "此前问过：办事*时限*怎么压缩"]


@pytest.mark.parametrize("answers", [(SENTENCES,), (LABELLED,), (UNLABELLED,), (NOTHING,), CONVERSATION])
def test_each_quoted_place_is_one_footnote_that_is_referred_to_once(
    answers: tuple[Answer, ...], opened: Opened
) -> None:
    word = opened(as_word(record(*answers)))
    cited = [citation.reference for citation in quoted(*answers)]
    # Numbered as they stand in the text, which is the order of their references.
    assert word.references == [str(number) for number in range(1, len(cited) + 1)]
    assert word.notes == {str(number): f"{reference}。" for number, reference in enumerate(cited, 1)}


def test_what_leans_on_a_citation_again_refers_to_its_footnote(opened: Opened) -> None:
    body = opened(as_word(record(SENTENCES))).part("word/document.xml")
    # The second sentence and the two passages.
    codes = list(body.iter(qn("w:instrText")))
    bookmarks = {mark.get(qn("w:name")): mark for mark in body.iter(qn("w:bookmarkStart"))}
    meant = [bookmarks[(code.text or "").split()[1]].getnext()[-1].get(qn("w:id")) for code in codes]
    # Two runs on from the code, behind the field's separator, stands what it shows.
    shown = [code.getparent().getnext().getnext()[-1].text for code in codes]
    assert meant == shown == ["1", "1", "2"]


def test_what_an_earlier_turn_quoted_has_its_footnote_and_its_passage_there(opened: Opened) -> None:
    again = replace(SENTENCES, question="还要多久", quotes=SENTENCES.quotes[2:], citations=SENTENCES.citations[1:2])
    word = opened(as_word(record(SENTENCES, again)))
    assert word.references == list(word.notes) == ["1", "2"]
    behind = word.paragraphs[word.paragraphs.index(("Question", "还要多久")) + 1 :]
    assert behind[:5] == [
        ("Body Text", "另外，\t这一句分在"),
        ("Body Text", "1. 两行里。"),
        ("Heading 2", "出处原文"),
        ("Body Text", "原文见第1问。"),
        ("Heading 1", "引用的材料"),
    ]
    shown = word.part("word/document.xml").iter(qn("w:instrText"))
    # In the first turn as before, in the second at the sentence and where its passage stands.
    assert [(code.text or "").split()[1][-1] for code in shown] == ["1", "1", "2", "2", "2"]


def test_a_list_is_numbered_by_its_own_labels_or_by_word_from_one(opened: Opened) -> None:
    file = as_word(record(LABELLED, UNLABELLED, UNLABELLED))
    word = opened(file)
    assert word.said("Body Text")[:4] == ["做到三件事：", "一是组建专班。", "二是公开清单。", "三是上门服务。"]
    assert word.said("List Number") == ["压实主体责任。", "压实监管责任。"] * 2
    items = [p for p in docx.Document(io.BytesIO(file)).paragraphs if p.style and p.style.name == "List Number"]
    numbers = [p._p.pPr.numPr.numId.val for p in items]  # type: ignore[union-attr]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    begun = {
        num.get(qn("w:numId")): num.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}")
        for num in word.part("word/numbering.xml").iter(qn("w:num"))
    }
    assert [begun[str(number)].get(qn("w:val")) for number in numbers] == ["1"] * 4


def test_where_nothing_was_found_it_says_so_and_keeps_what_is_related_apart(opened: Opened) -> None:
    word = opened(as_word(record(NOTHING)))
    assert word.paragraphs[2:6] == [
        ("Body Text", "这些材料里没有找到答案。"),
        ("Body Text", "“火星”在全部 2 份材料里都没有出现。"),
        ("Heading 1", "可能相关的原文（不是回答）"),
        ("Quote", "窗口要热情服务。"),
    ]
    alone = opened(as_word(record(replace(NOTHING, related=()))))
    assert [text for _, text in alone.paragraphs[1:4]] == [
        "这些材料里没有找到答案。",
        "“火星”在全部 2 份材料里都没有出现。",
        "查询说明",
    ]
    assert word.said("Heading 1")[1:] == ["可能相关的材料", "查询说明"]


def test_a_conversation_has_its_questions_as_headings_in_order(opened: Opened) -> None:
    word = opened(as_word(record(*CONVERSATION)))
    assert word.said("Title") == ["办事*时限*怎么压缩（共4问）"]
    assert word.said("Question") == [answer.question for answer in CONVERSATION]
    assert [said for said in word.said("Record") if said.startswith("第")] == [
        f"第{number}问：{answer.question}" for number, answer in enumerate(CONVERSATION, 1)
    ]


def test_the_paper_is_that_of_official_documents(opened: Opened) -> None:
    file = as_word(record(SENTENCES))
    (section,) = docx.Document(io.BytesIO(file)).sections
    # To the nearest twentieth of a point, which is what Word counts in.
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(size / Mm(1)) for size in sizes if size] == [210, 297, 37, 28]
    word = opened(file)
    fonts = word.part("word/styles.xml").find(f".//{qn('w:docDefaults')}//{qn('w:rFonts')}")
    assert fonts is not None
    assert fonts.get(qn("w:eastAsia")) == "仿宋"
    known = {font.get(qn("w:name")) for font in word.part("word/fontTable.xml").iter(qn("w:font"))}
    used = {font.get(qn("w:eastAsia")) for font in word.part("word/styles.xml").iter(qn("w:rFonts"))}
    assert used < known


def test_every_style_and_number_that_is_used_is_there(opened: Opened) -> None:
    word = opened(as_word(record(*CONVERSATION)))
    styles = {style.get(qn("w:styleId")) for style in word.part("word/styles.xml").iter(qn("w:style"))}
    numbers = {num.get(qn("w:numId")) for num in word.part("word/numbering.xml").iter(qn("w:num"))}
    for name in ("word/document.xml", "word/footnotes.xml", "word/footer1.xml", "word/styles.xml"):
        part = word.part(name)
        for tag in ("w:pStyle", "w:rStyle", "w:basedOn", "w:next"):
            assert {element.get(qn("w:val")) for element in part.iter(qn(tag))} <= styles
        assert {element.get(qn("w:val")) for element in part.iter(qn("w:numId"))} <= numbers


def test_the_separators_are_named_where_word_looks_for_them(opened: Opened) -> None:
    word = opened(as_word(record(SENTENCES)))
    special = {
        note.get(qn("w:type")): note.get(qn("w:id"))
        for note in word.part("word/footnotes.xml")
        if note.get(qn("w:type"))
    }
    named = word.part("word/settings.xml").find(qn("w:footnotePr"))
    assert special == {"separator": "-1", "continuationSeparator": "0"}
    assert named is not None
    assert [note.get(qn("w:id")) for note in named] == ["-1", "0"]
    types = word.part("[Content_Types].xml")
    assert [e.get("ContentType") for e in types if e.get("PartName") == "/word/footnotes.xml"] == [
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    ]


def test_the_properties_are_ours_and_hold_the_longest_question(opened: Opened) -> None:
    long = answer("问" * 2000, status="not_found")
    file = as_word(Record(record(long).turns, WRITTEN))
    properties = docx.Document(io.BytesIO(file)).core_properties
    assert (properties.author, properties.title) == ("有据", "问" * 255)
    assert str(properties.created).startswith("2026-11-22 05:05:09")
    assert opened(file).said("Title") == ["问" * 2000]
    # nothing of the paper that python-docx begins with
    assert not [name for name in opened(file).parts if "thumbnail" in name or "Effects" in name or "customXml" in name]
