from service.corpus.document import Span
from service.web.marking import Part, Run, lines, runs, united

TEXT = "组建招商公司，公开招聘。"


def test_a_match_inside_a_quote_stays_inside_one_run() -> None:
    assert runs(TEXT, Span(0, 12), quotes=[Span(2, 6)], matches=[Span(2, 4), Span(9, 11)]) == [
        Run((Part("组建"),)),
        Run((Part("招商", match=True), Part("公司")), quote=0, opens=True),
        Run((Part("，公开"), Part("招聘", match=True), Part("。"))),
    ]


def test_a_quote_that_began_before_the_stretch_does_not_open_in_it() -> None:
    assert runs(TEXT, Span(4, 8), quotes=[Span(0, 6), Span(7, 12)]) == [
        Run((Part("公司"),), quote=0),
        Run((Part("，"),)),
        Run((Part("公"),), quote=1, opens=True),
    ]


def test_neighbouring_quotes_stay_apart() -> None:
    assert [(run.quote, run.opens) for run in runs(TEXT, Span(0, 12), quotes=[Span(0, 7), Span(7, 12)])] == [
        (0, True),
        (1, True),
    ]


def test_a_heading_that_a_quote_cuts_opens_once() -> None:
    assert runs(TEXT, Span(0, 12), quotes=[Span(2, 12)], heads=[Span(0, 6)]) == [
        Run((Part("组建", head=0, opens=True),)),
        Run((Part("招商公司", head=0), Part("，公开招聘。")), quote=0, opens=True),
    ]


def test_runs_joined_are_the_text() -> None:
    marked = runs(TEXT, Span(1, 11), [Span(0, 3), Span(5, 30)], [Span(2, 7)], [Span(4, 5)])
    assert "".join(part.text for run in marked for part in run.parts) == TEXT[1:11]


def test_an_empty_stretch_has_no_runs() -> None:
    assert runs(TEXT, Span(3, 3), quotes=[Span(0, 12)]) == []


def test_lines_are_those_that_are_not_blank_without_the_blanks_around() -> None:
    text = "头\n\u3000\u3000一段 话 \n\n 尾"
    assert [text[a:b] for a, b in lines(text, Span(1, len(text)))] == ["一段 话", "尾"]


def test_spans_that_overlap_or_touch_are_united() -> None:
    assert united([Span(5, 9), Span(0, 2), Span(2, 4), Span(6, 7)]) == [Span(0, 4), Span(5, 9)]
