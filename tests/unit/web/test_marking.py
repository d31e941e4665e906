from collections.abc import Iterator
from typing import Any

import pytest

from service.answering.answer import Citation, Quote
from service.corpus.document import Document, Span
from service.web.marking import Mark, Marking, Part, Run, citation_lines, in_order, is_lengthy, lines, marks_of

TEXT = "组建招商公司，公开招聘。"


def test_a_match_inside_a_quote_stays_inside_one_run() -> None:
    assert Marking(TEXT, quotes=[Span(2, 6)], matches=[Span(2, 4), Span(9, 11)]).runs(Span(0, 12)) == [
        Run((Part("组建"),)),
        Run((Part("招商", match=True), Part("公司")), quote=0, opens=True),
        Run((Part("，公开"), Part("招聘", match=True), Part("。"))),
    ]


def test_a_quote_that_began_before_the_stretch_does_not_open_in_it() -> None:
    assert Marking(TEXT, quotes=[Span(0, 6), Span(7, 12)]).runs(Span(4, 8)) == [
        Run((Part("公司"),), quote=0),
        Run((Part("，"),)),
        Run((Part("公"),), quote=1, opens=True),
    ]


def test_neighbouring_quotes_stay_apart() -> None:
    neighbours = Marking(TEXT, quotes=[Span(0, 7), Span(7, 12)])
    assert [(run.quote, run.opens) for run in neighbours.runs(Span(0, 12))] == [
        (0, True),
        (1, True),
    ]


def test_a_heading_that_a_quote_cuts_opens_once() -> None:
    assert Marking(TEXT, quotes=[Span(2, 12)], heads=[Span(0, 6)]).runs(Span(0, 12)) == [
        Run((Part("组建", head=0, opens=True),)),
        Run((Part("招商公司", head=0), Part("，公开招聘。")), quote=0, opens=True),
    ]


def test_runs_joined_are_the_text() -> None:
    marked = Marking(TEXT, [Span(0, 3), Span(5, 30)], [Span(2, 7)], [Span(4, 5)]).runs(Span(1, 11))
    assert "".join(part.text for run in marked for part in run.parts) == TEXT[1:11]


def test_an_empty_stretch_has_no_runs() -> None:
    assert Marking(TEXT, quotes=[Span(0, 12)]).runs(Span(3, 3)) == []


class Counted(list[Span]):
    """Spans that count how many of them were looked at."""

    looked_at = 0

    def __getitem__(self, place: Any) -> Any:
        found = super().__getitem__(place)
        self.looked_at += len(found) if isinstance(place, slice) else 1
        return found

    def __iter__(self) -> Iterator[Span]:
        self.looked_at += len(self)
        return super().__iter__()


def test_a_stretch_looks_at_no_spans_but_its_own() -> None:
    # 1,000 lines of ten characters, each with a heading at its beginning: a law has several thousand.
    heads = Counted(Span(start, start + 4) for start in range(0, 10_000, 10))
    marking = Marking("一" * 10_000, heads=heads)
    heads.looked_at = 0
    assert marking.runs(Span(5_000, 5_009)) == [
        Run((Part("一" * 4, head=500, opens=True), Part("一" * 5))),
    ]
    assert 0 < heads.looked_at < 10


def test_lines_are_those_that_are_not_blank_without_the_blanks_around() -> None:
    text = "头\n\u3000\u3000一段 话 \n\n 尾"
    assert [text[a:b] for a, b in lines(text, Span(1, len(text)))] == ["一段 话", "尾"]


def test_marks_that_overlap_or_touch_within_a_citation_are_one() -> None:
    given = [Mark(Span(5, 9), 1), Mark(Span(0, 2), 2), Mark(Span(2, 4), 2), Mark(Span(6, 7), 1)]
    assert in_order(given) == [Mark(Span(0, 4), 2), Mark(Span(5, 9), 1)]


def test_marks_of_two_citations_stay_apart_where_they_touch_and_not_where_they_overlap() -> None:
    given = [Mark(Span(2, 4), 1), Mark(Span(0, 2), 2), Mark(Span(3, 6), 3), Mark(Span(6, 8))]
    assert in_order(given) == [Mark(Span(0, 2), 2), Mark(Span(2, 6), 1), Mark(Span(6, 8))]


# -- the lead-in of an outline -------------------------------------------------------------------------------------------

LISTED = Document("d", "d.txt", "讲话", "要抓好两件事。\n修路很急。一是修路，二是修桥。")


def at(words: str) -> Span:
    return Span(LISTED.text.index(words), LISTED.text.index(words) + len(words))


def cited(number: int, start: int, *quotes: str) -> Citation:
    spans = tuple(map(at, quotes))
    return Citation(number, LISTED, (), 1, 2, start, len(LISTED.text), spans, (), 1.0, "")


def marked(citation: Citation, lead: Quote) -> list[str]:
    runs = [run for line in citation_lines(citation, lead) for run in line if run.quote is not None]
    return ["".join(part.text for part in run.parts) for run in runs]


LEAD = Quote(1, LISTED, *at("要抓好两件事。"))


def test_a_lead_in_is_marked_in_the_citation_whose_number_it_has() -> None:
    assert marked(cited(1, 0, "一是修路，", "二是修桥。"), LEAD) == ["要抓好两件事。", "一是修路，", "二是修桥。"]
    assert marked(cited(2, 0, "一是修路，"), LEAD) == ["一是修路，"]


def test_a_lead_in_before_its_citation_is_marked_in_the_document_alone() -> None:
    citation = cited(1, at("一是").start, "一是修路，", "二是修桥。")
    assert marked(citation, LEAD) == ["一是修路，", "二是修桥。"]
    assert in_order(marks_of(citation, LEAD)) == [Mark(at("要抓好两件事。"), 1), Mark(at("一是修路，二是修桥。"), 1)]
    assert marks_of(cited(2, 0, "一是修路，"), LEAD) == [Mark(at("一是修路，"), 2)]


@pytest.mark.parametrize(
    ("question", "lengthy"),
    [
        ("招" * 120, False),
        ("招" * 121, True),
        ("a" * 240, False),  # half as wide
        ("a" * 241, True),
        ("一\n\n二\n三", False),
        ("一\n\n二\n三\n四", True),
    ],
)
def test_a_question_is_lengthy_by_its_lines(question: str, lengthy: bool) -> None:
    assert is_lengthy(question) is lengthy
