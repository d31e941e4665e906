"""Markdown reads as the answers say, redactions and all, and each place quoted is one footnote with its link."""

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from service.answering.answer import Answer
from service.export.markdown import as_markdown
from tests.unit.export.conftest import LABELLED, NOTHING, SENTENCES, UNLABELLED, quoted, record

READER = MarkdownIt("gfm-like", {"linkify": False}).use(footnote_plugin)
CONVERSATION = (SENTENCES, LABELLED, UNLABELLED, NOTHING)


def read(*answers: Answer, linked: bool = True) -> list[Token]:
    return READER.parse(as_markdown(record(*answers, linked=linked)).decode())


def words(line: Token) -> str:
    """Return what a reader shows of a line, with [n] for footnotes."""
    shown = {"softbreak": "\n", "hardbreak": "\n", "footnote_anchor": ""}
    return "".join(
        f"[{part.meta['id'] + 1}]" if part.type == "footnote_ref" else shown.get(part.type, part.content)
        for part in line.children or ()
    )


def said(tokens: list[Token]) -> list[tuple[str, str]]:
    """Return each line with the innermost kind of block that it stands in."""
    found, inside = [], []
    for token in tokens:
        if token.nesting == 1:
            inside.append(token.tag or token.type.removesuffix("_open"))
        elif token.nesting == -1:
            inside.pop()
        elif token.type == "inline":
            found.append((next(tag for tag in reversed(inside) if tag != "p" or inside == ["p"]), words(token)))
    return found


def test_a_turn_is_its_question_sentences_passages_sources_and_query() -> None:
    assert said(read(SENTENCES)) == [
        ("h1", "办事*时限*怎么压缩"),
        ("p", "办结**件，平均用时XX天\ufffd，<比上年>少3.5天 & 一次办好_不用跑_。[1]"),
        ("p", "（一）压缩时限。[1]"),
        ("p", "另外，\t这一句分在\n1. 两行里。[2]"),
        ("h2", "出处原文"),
        ("blockquote", "（一）压缩时限。办结**件，平均用时XX天\ufffd，<比上年>少3.5天 & 一次办好_不用跑_。[1]"),
        ("blockquote", "另外，\t这一句分在"),
        ("blockquote", "1. 两行里。[2]"),
        ("h2", "引用的材料"),
        ("li", "云溪县人民政府. 关于优化服务的通知:云政发〔2021〕3号[A]. 2021-03. 文件：甲/通知.txt"),
        ("h2", "查询说明"),
        ("li", "提问：办事*时限*怎么压缩"),
        ("li", "查了：时限"),
        ("li", "按近义词也查了：期限"),
        ("li", "材料库：版本 abc123，2 份材料，7 个片段"),
        ("li", "时间：2026年11月22日13:05（UTC+08:00）"),
        ("footnote", "《关于优化服务的通知》（云政发〔2021〕3号，2021年3月）第一部分，全文第3段。"),
        ("footnote", "《关于优化服务的通知》（云政发〔2021〕3号，2021年3月）第一部分，全文第6段。"),
    ]


def test_items_are_numbered_where_they_have_no_labels_of_their_own() -> None:
    tokens = read(LABELLED, UNLABELLED)
    assert [line for tag, line in said(tokens) if tag == "li"][:5] == [
        "一是组建专班。[1]",
        "二是公开清单。[1]",
        "三是上门服务。[1]",
        # of one paragraph, so that one footnote says where
        "压实主体责任。[2]",
        "压实监管责任。[2]",
    ]
    opened = [token.type for token in tokens if token.type.endswith("_list_open")]
    # the items, those without labels, the sources, and how all of it was read
    assert opened == ["bullet_list_open", "ordered_list_open", "ordered_list_open", "bullet_list_open"]


@pytest.mark.parametrize("answers", [(SENTENCES,), (NOTHING,), CONVERSATION])
def test_each_quoted_place_is_one_footnote_and_a_link_to_it(answers: tuple[Answer, ...]) -> None:
    cited = quoted(*answers)
    tokens = read(*answers)
    notes = [line for tag, line in said(tokens) if tag == "footnote"]
    assert notes == [f"{citation.reference}。" for citation in cited]
    links = [part.attrs["href"] for t in tokens for part in t.children or () if part.type == "link_open"]
    assert links == [f"http://host/documents/{c.document.id}#p{c.paragraph}" for c in cited]
    assert "[^" not in "".join(line for _, line in said(tokens))


def test_what_an_earlier_turn_quoted_has_its_footnote_and_its_passage_there() -> None:
    again = replace(SENTENCES, question="还要多久", quotes=SENTENCES.quotes[2:], citations=SENTENCES.citations[1:2])
    lines = said(read(SENTENCES, again))
    assert lines[lines.index(("h2", "还要多久")) + 1 :][:4] == [
        ("p", "另外，\t这一句分在\n1. 两行里。[2]"),
        ("h3", "出处原文"),
        ("p", "原文见第1问。[2]"),
        ("h2", "引用的材料"),
    ]
    assert [tag for tag, _ in lines].count("footnote") == 2


def test_without_addresses_there_are_no_links() -> None:
    assert not [
        part for t in read(*CONVERSATION, linked=False) for part in t.children or () if part.type == "link_open"
    ]


def test_where_nothing_was_found_it_says_so_and_keeps_what_is_related_apart() -> None:
    assert said(read(NOTHING))[:5] == [
        ("h1", "火星窗口怎么服务"),
        ("p", "这些材料里没有找到答案。"),
        ("p", "“火星”在全部 2 份材料里都没有出现。"),
        ("h2", "可能相关的原文（不是回答）"),
        ("blockquote", "窗口要热情服务。[1]"),
    ]
    assert [line for tag, line in said(read(NOTHING)) if tag == "h2"][1:] == ["可能相关的材料", "查询说明"]


def test_why_nothing_was_found_is_said_where_it_is_known() -> None:
    turn = replace(NOTHING, reason="上一问列出的只有 1 项，没有第 8 项。", terms=(), absent=())
    assert said(read(turn))[1:4] == [
        ("p", "上一问列出的只有 1 项，没有第 8 项。"),
        ("h2", "上面列出的各项"),
        ("blockquote", "窗口要热情服务。[1]"),
    ]


def test_a_conversation_has_a_heading_for_each_question() -> None:
    lines = said(read(*CONVERSATION))
    assert [line for tag, line in lines if tag == "h1"] == ["办事*时限*怎么压缩（共4问）"]
    assert [line for tag, line in lines if tag == "h2"] == [
        *(answer.question for answer in CONVERSATION),
        "引用的材料",
        "查询说明",
    ]
    assert re.findall(r"第\d问：.*", "\n".join(line for _, line in lines)) == [
        f"第{number}问：{answer.question}" for number, answer in enumerate(CONVERSATION, 1)
    ]
