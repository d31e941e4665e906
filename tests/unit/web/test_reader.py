from service.answering.answer import headings
from service.corpus.document import Document, Leftover, Span
from service.passages.structure import structure
from service.web.marking import Mark
from service.web.reader import Heading, heading_title, marks_inside, outline, paragraphs

TEXT = """打印本页
同志们：
一、过去的工作
（一）招商取得突破。引进项目三个，到位资金两亿元，组建了招商服务公司，面向社会公开招聘总经理。
二、今后的打算
还有许多事情要做，首要的是把已经签约的项目落到实处，让群众看到变化，让企业得到实惠，让干部有干劲。
"""
DOCUMENT = Document("d", "d.txt", "讲话", TEXT, leftovers=(Leftover(0, 4, "页面工具"),))
STRUCTURE = structure(DOCUMENT)


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def test_an_outline_leads_to_lines_by_their_paragraph_and_to_run_in_headings_by_their_own_anchor() -> None:
    assert outline(DOCUMENT, STRUCTURE) == [
        Heading(at("一、过去的工作"), "一、过去的工作", 1, "p3", "第一部分"),
        Heading(at("（一）招商取得突破。"), "（一）招商取得突破", 2, "s2", "第一部分第（一）项"),
        Heading(at("二、今后的打算"), "二、今后的打算", 1, "p5", "第二部分"),
    ]


def test_a_heading_has_the_same_title_in_the_outline_on_a_card_and_in_a_reference() -> None:
    for stop in ("", "。", ".", "；", ";", "，", ",", "：", ":", "：。"):
        assert heading_title(f"一、总则{stop}") == headings((f"一、总则{stop}",)) == "一、总则"


def test_every_paragraph_is_shown_and_said_what_it_is() -> None:
    shown = paragraphs(DOCUMENT, STRUCTURE, outline(DOCUMENT, STRUCTURE), [Mark(at("还有许多事情"))])
    assert [(p.number, p.level, p.leftover, p.front, p.cited) for p in shown] == [
        (1, None, "页面工具", False, False),
        (2, None, None, True, False),
        (3, 2, None, False, False),
        (4, None, None, False, False),
        (5, 2, None, False, False),
        (6, None, None, False, True),
    ]
    assert "\n".join("".join(part.text for run in p.runs for part in run.parts) for p in shown) == TEXT.rstrip()


def test_a_mark_across_paragraphs_opens_in_the_first_one() -> None:
    start, end = at("公开招聘总经理。").start, at("还有许多").end
    shown = paragraphs(DOCUMENT, STRUCTURE, outline(DOCUMENT, STRUCTURE), [Mark(Span(start, end))])
    marked = [(p.number, run.opens) for p in shown for run in p.runs if run.quote is not None]
    assert marked == [(4, True), (5, False), (6, False)]


def test_marks_beyond_the_document_are_cut_to_it_and_empty_ones_are_none() -> None:
    end = len(TEXT)
    given = [Span(end - 3, 10**9), Span(9, 9), Span(30, 20), Span(10**8, 10**9), Span(1, 4)]
    assert marks_inside(DOCUMENT, map(Mark, given)) == [Mark(Span(1, 4)), Mark(Span(end - 3, end))]


def test_no_level_is_skipped_where_the_heading_between_is_part_of_a_paragraph() -> None:
    body = "开头的话说得很长，一直说到这一行的末尾，" * 4 + "这样它就不是单独一行的标题了。"
    text = f"一、工作情况 {body}\n（一）单独成行\n{body}\n"
    document = Document("d", "d.txt", "题", text)
    parsed = structure(document)
    headings = outline(document, parsed)
    assert [(h.level, h.anchor) for h in headings] == [(1, "s1"), (2, "p2")]
    assert [p.level for p in paragraphs(document, parsed, headings, [])] == [None, 2, None]
