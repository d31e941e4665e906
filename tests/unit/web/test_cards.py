"""What stands in a citation's card, and what is folded so that a page stays short."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

from service.corpus.document import Span
from service.engine import Engine
from service.settings import Settings
from service.web.app import create_app
from service.web.conversation import Asked
from tests.unit.web.test_pages import FRAGMENT, HEADLINE, LIST, Element, Page, asking


def actions(page: Page) -> list[list[str]]:
    """Return what each card offers, in order, without what is only read out."""
    return [re.sub(r"：《.*?》(?:第 \d+ 段)?", " ", e.text).split() for e in page.all("p", "actions")]


def around(page: Page) -> Element:
    """Return the link of the first card that shows what stands around its passage."""
    return next(e for e in page.all("a") if "hx-get" in e)


def test_a_card_leads_to_its_source_to_what_is_around_and_to_its_document_alone(client: FlaskClient) -> None:
    page = Page(client.get(asking(HEADLINE)))
    assert actions(page)[0] == ["看原文", "看上下文", "只看此文", "复制引文"]
    alone = Page(client.get(next(e for e in page.all("a") if e.text.startswith("只看此文"))["href"] or ""))
    assert alone.all("p", "only")
    assert actions(alone)[0] == ["看原文", "看上下文", "复制引文"]  # it is alone already


def test_only_the_newest_answer_offers_one_document_alone(client: FlaskClient) -> None:
    page = Page(client.get(asking(HEADLINE, LIST)))
    offered = ["只看此文" in card for card in actions(page)]
    assert offered == sorted(offered)
    assert set(offered) == {False, True}


def test_a_card_has_its_reference_in_each_format(client: FlaskClient, engine: Engine) -> None:
    citation = engine.ask(HEADLINE).citations[0]
    page = Page(client.get(asking(HEADLINE)))
    formats = {e["data-format"]: e.text for e in page.elements if "data-format" in e}
    assert set(formats) == {"sentence", "list", "markdown"}
    first = [e.text for e in page.all("dd")][:3]
    assert first[0] == citation.reference
    assert first[1] == "云溪县人民政府. 云溪县2022年工作报告[R]. 2022-12."
    assert first[2].endswith(f"(<http://localhost/documents/{citation.document.id}#p{citation.paragraph}>)")


def test_what_needs_a_script_is_not_shown_without(client: FlaskClient) -> None:
    page = Page(client.get(asking(HEADLINE)))
    needing = [*page.all("button", "copy"), *page.all("p", "format")]
    assert needing
    assert all("hidden" in element for element in needing)


def test_what_is_around_a_passage_is_the_paragraph_before_and_the_one_after(client: FlaskClient) -> None:
    link = around(Page(client.get(asking(HEADLINE))))
    assert link["hx-get"] == link["href"]
    page = Page(client.get(link["href"] or ""))
    assert [e.text for e in page.all("span", "which")] == ["第 2 段", "第 3 段", "第 4 段", "第 5 段"]
    assert ["beside" in (e.get("class") or "") for e in page.all("p") if "第" in e.text[:1]] == [
        True,
        False,
        False,
        True,
    ]
    assert len(page.all("mark")) == 1


def test_what_is_around_can_be_widened_to_the_ends_of_the_document(client: FlaskClient) -> None:
    address = around(Page(client.get(asking(HEADLINE))))["href"]
    for _ in range(10):
        page = Page(client.get(address or ""))
        wider = page.all("a", "wider")
        if not wider:
            break
        address = wider[0]["href"]
    assert [e.text for e in page.all("span", "which")] == [f"第 {n} 段" for n in range(1, 7)]


def test_the_fragment_around_a_passage_is_a_part_of_its_page(client: FlaskClient) -> None:
    address = around(Page(client.get(asking(HEADLINE))))["href"] or ""
    page, fragment = client.get(address), client.get(address, headers=FRAGMENT)
    assert fragment.text.partition("</title>")[2].strip() in page.text
    assert "<html" not in fragment.text
    assert page.headers["Vary"] == fragment.headers["Vary"] == "HX-Request, Accept-Encoding"


@pytest.mark.parametrize("query", ["", "first=0&last=-3", "first=99", "first=x&last=", "first=3&last=1", "mark=a-b"])
def test_a_stretch_that_is_none_is_brought_to_one_that_is_there(client: FlaskClient, report: str, query: str) -> None:
    response = client.get(f"/documents/{report}/around?{query}")
    assert response.status_code == 200
    assert Page(response).all("span", "which")


def test_a_context_as_a_page_leads_back_to_its_card_also_from_a_wider_one(client: FlaskClient) -> None:
    conversation = asking(LIST, HEADLINE) + "&synonyms=false"
    link = around(Page(client.get(conversation)))
    assert link["referrerpolicy"] == "same-origin"
    address = link["href"] or ""
    opened = {"Referer": "http://localhost" + conversation}
    for page in (
        Page(client.get(address, headers=opened)),
        Page(client.get(Page(client.get(address, headers=opened)).all("a", "wider")[0]["href"] or "")),
    ):
        (back,) = [e["href"] for e in page.all("a") if e.text == "回到问答"]
        assert back == f"{conversation}#t1-c1"
    # Where nobody knows which conversation it was, it leads to none.
    assert "回到问答" not in [e.text for e in Page(client.get(address)).all("a")]


@pytest.mark.parametrize("card", ["javascript:1", "t1-x1", "t1-c1%22", ""])
def test_a_card_that_is_none_is_led_back_to_by_none(client: FlaskClient, report: str, card: str) -> None:
    page = Page(client.get(f"/documents/{report}/around?card={card}&q=" + quote(HEADLINE)))
    assert [e["href"] for e in page.all("a") if e.text == "回到问答"] == [asking(HEADLINE) + "#t1"]


def test_cards_of_one_document_that_stand_in_a_row_have_one_title(app: Flask, engine: Engine) -> None:
    first, second, third = engine.ask("招商、少开会和产业园").citations
    row = [first, replace(third, number=2), replace(second, number=3), replace(first, number=4)]
    assert [c.document.file for c in row] == ["报告.txt", "报告.txt", "讲话.txt", "报告.txt"]
    answer = replace(engine.ask("招商"), citations=tuple(replace(c, quotes=(Span(c.start, c.end),)) for c in row))
    with app.test_request_context():
        turn = render_template(
            "_turn.html", answer=answer, answers=[answer], number=1, newest=True, asked=Asked(("招商",)), corpus=None
        )
    page = Page(turn)
    report, speech = row[0].document.title, row[2].document.title
    assert [e.text for e in page.all("h4")] == [report, speech, report]
    dated = "2022年12月云溪县人民政府"
    assert [e.text for e in page.all("p", "about")] == [dated, "时间不详", dated]  # the speech has neither
    assert [(e["id"], e.text.strip()[:3]) for e in page.all("li", "card")] == [
        (f"t1-c{n}", f"出处{n}") for n in range(1, 5)
    ]


def test_a_stretch_of_no_document_is_not_found(client: FlaskClient) -> None:
    assert client.get("/documents/none/around").status_code == 404


def items(count: int) -> list[str]:
    return [f"{label}是{label}号窗口办得慢。" for label in "一二三四五六七八九"[:count]]


@pytest.mark.parametrize(("count", "folded"), [(3, 0), (9, 9)])
def test_a_long_outline_folds_its_items_to_their_first_sentences(
    tmp_path: Path, settings_of: Callable[[Path], Settings], count: int, folded: int
) -> None:
    rest = "群众反映排队的时间长，材料交了好几遍，一次说不清楚，要跑好几趟，电话打不通。"
    text = "办事难的问题\n当前要解决好以下问题：" + "".join(head + rest for head in items(count))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    settings = settings_of(tmp_path)
    engine = Engine(settings)
    engine.load()
    page = Page(create_app(engine, settings).test_client().get(asking("当前要解决好哪些问题")))
    assert [e.text.partition("\u2060")[0] for e in page.all("li", "said")] == [head + rest for head in items(count)]
    assert [e.text for e in page.all("summary")][:folded] == items(folded)
    assert len(page.all("li", "folded")) == folded


def test_places_that_the_answer_says_nothing_of_are_folded_but_for_the_first(app: Flask, seeds: Engine) -> None:
    app.extensions["youju"] = seeds
    citations = seeds.ask("招商引资").citations
    quoted = [c for c in citations if c.quotes]
    page = Page(app.test_client().get(asking("招商引资")))
    assert len(page.all("li", "card")) == len(citations)
    (further,) = page.all("details", "further")
    assert further.text.split()[0:3] == ["另有", str(len(citations) - len(quoted) - 2), "处出处"]
