"""A citation's place, written out for a sentence, a list of references and Markdown; nothing that is not known."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from service.answering.answer import Citation
from service.answering.dates import day
from service.answering.referencing import in_a_list, in_a_sentence, in_markdown, markdown_escaped
from service.corpus.document import Document

NOTICE = Document(
    "ab12",
    "通知.txt",
    "关于优化服务的通知",
    "正文。",
    date="2021-03-09",
    issuer="云溪县人民政府",
    number="云政发〔2021〕3号",
)
BARE = Document("cd34", "材料.txt", "工作材料", "正文。")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (NOTICE, "《关于优化服务的通知》（云政发〔2021〕3号，2021年3月9日）第4段"),
        (replace(NOTICE, lapsed=True), "《关于优化服务的通知》（云政发〔2021〕3号，2021年3月9日，已失效）第4段"),
        (replace(NOTICE, number=None, date="2021-03"), "《关于优化服务的通知》（2021年3月）第4段"),
        (replace(NOTICE, date=None), "《关于优化服务的通知》（云政发〔2021〕3号）第4段"),
        (BARE, "《工作材料》第4段"),
    ],
)
def test_a_sentence_names_what_is_known_of_the_document(document: Document, expected: str) -> None:
    assert in_a_sentence(document, (), 4, 4) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("二、重点工作", "（一）抓好招商。"), "第二部分第（一）项"),
        (
            ("十二、重点工作", "(三)抓好招商", "2.抓项目", "（1）立项", "①备案"),
            "第十二部分第（三）项第2点第（1）小点第①点",
        ),
        # statutes name their own parts; below them 一、 is no part again
        (("第三章 服务", "第二节 窗口", "第十五条"), "第三章第二节第十五条"),
        (("第五条", "（二）期限"), "第五条第（二）项"),
        (("第一部分 2024年工作", "一、工业"), "第一部分第一点"),
        # what numbers no heading is quoted
        (("一、成绩", "四是深化改革。"), "第一部分“四是”"),
        (("首先，要抓落实",), "“首先”"),
        (("进展成效",), "“进展成效”部分"),
        (("立足“三新”，抓落实",), "“立足‘三新’，抓落实”部分"),
        # a number that is redacted, or none, tells no place
        (("二、重点工作", "**.抓招商"), "第二部分"),
        (("二、重点工作", "——抓招商"), "第二部分"),
    ],
)
def test_headings_are_named_by_their_labels(path: tuple[str, ...], expected: str) -> None:
    assert in_a_sentence(BARE, path, 4, 5) == f"《工作材料》{expected}，全文第4—5段"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (NOTICE, "云溪县人民政府. 关于优化服务的通知:云政发〔2021〕3号[A]. 2021-03-09."),
        (replace(NOTICE, number=None), "云溪县人民政府. 关于优化服务的通知[A]. 2021-03-09."),
        (Document("e", "r.txt", "2022年政府工作报告", "", date="2022"), "2022年政府工作报告[R]. 2022."),
        # the described kind goes before the title
        (replace(BARE, kind="报告"), "工作材料[R]."),
        (replace(BARE, title="关于某事的意见（试行）"), "关于某事的意见（试行）[A]."),
        (replace(BARE, title="在会上的讲话"), "在会上的讲话[Z]."),
        # a number is what official documents have
        (replace(BARE, number="云办〔2020〕1号"), "工作材料:云办〔2020〕1号[A]."),
        (BARE, "工作材料[Z]."),
    ],
)
def test_a_list_of_references_has_what_is_known_in_the_order_of_the_standard(document: Document, expected: str) -> None:
    assert in_a_list(document) == expected


def test_in_markdown_a_reference_is_a_link_where_there_are_addresses() -> None:
    document = replace(BARE, title="**项目[一期]材料")
    words = in_a_sentence(document, (), 1, 1)
    citation = Citation(1, document, (), 1, 1, 0, 3, (), (), 1.0, words)
    assert in_markdown(citation) == r"《\*\*项目\[一期\]材料》第1段"
    linked = in_markdown(citation, lambda cited, paragraph: f"http://h/documents/{cited.id}#p{paragraph}")
    assert linked == r"[《\*\*项目\[一期\]材料》第1段](<http://h/documents/cd34#p1>)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("引进项目**个，完成率*%，XX县", r"引进项目\*\*个，完成率\*%，XX县"),
        ("# 标题\n- 一\n1. 二\n12) 三\n> 四", "\\# 标题\n\\- 一\n1\\. 二\n12\\) 三\n\\> 四"),
        # elsewhere these begin nothing
        ("2022-10，增长3.5个点", "2022-10，增长3.5个点"),
    ],
)
def test_what_would_be_markdown_is_escaped(text: str, expected: str) -> None:
    assert markdown_escaped(text) == expected


@given(st.text(st.sampled_from("*_`#[]<>!&~|^$=-+.)1 \\字，“X\t")).map(str.strip).filter(bool))
def test_escaped_text_reads_as_the_text(text: str) -> None:
    (_, line, _) = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown_escaped(text))
    assert "".join(part.content for part in line.children or ()) == text


@pytest.mark.parametrize(
    ("date", "expected"), [("2022", "2022年"), ("2022-10", "2022年10月"), ("2022-01-09", "2022年1月9日")]
)
def test_a_date_is_written_in_chinese(date: str, expected: str) -> None:
    assert day(date) == expected


def test_a_place_in_a_file_with_pages_names_the_page() -> None:
    assert in_a_sentence(BARE, (), 4, 4, (3, 3)) == "《工作材料》第4段（第3页）"
    assert in_a_sentence(BARE, (), 4, 4, (3, 4)) == "《工作材料》第4段（第3—4页）"
