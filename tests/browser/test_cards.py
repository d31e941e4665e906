"""A card's context, unfolded and folded back; a lead-in that is marked; a question that would fill the screen."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, loaded

HEADLINE = "开发区招商改革怎么做的"
ANSWERED = "/?q=" + quote(HEADLINE)
Open = Callable[..., Visit]

PLAN = """云溪县2024年工作要点
一、总体要求
坚持稳中求进，全年工作要围绕群众的急难愁盼来安排，件件有着落，事事有回音。
二、重点任务
今年要办好三件民生实事：一是修好乡村道路，新修二十公里。二是建好养老驿站，新建五所。三是管好饮水工程，水质全部达标。
三、保障措施
各乡镇要把责任落实到人，每月通报一次进度，年底逐项销号验收。
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("served")
    with loaded(folder, {"要点.txt": PLAN}) as address:
        yield address


def top_of_quote(page: Page) -> float:
    return float(page.locator("#t1-c1 mark").first.evaluate("mark => mark.getBoundingClientRect().top"))


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.thorough)])
def test_a_context_is_folded_back_and_the_quotation_stays_where_it_is(visit: Open, width: int) -> None:
    page = visit(width=width, height=640).go(ANSWERED)
    passage = page.locator("#t1-c1 .passage").inner_html()
    link = page.locator("#t1-c1 .context")
    page.evaluate("document.querySelector('#t1-c1 mark').scrollIntoView({block: 'center'})")
    place = top_of_quote(page)
    # By key, so that nothing but the page itself scrolls.
    link.evaluate("link => link.focus({preventScroll: true})")
    page.keyboard.press("Enter")
    expect(page.locator("#t1-c1 .which").first).to_be_attached()
    expect(link).to_have_text("收起上下文：《在全县优化营商环境和能力作风建设推进会议上的讲话》第 4 段")
    expect(link).to_be_focused()
    assert top_of_quote(page) == pytest.approx(place, abs=1)

    before = page.locator("#t1-c1 .which").count()
    page.locator("#t1-c1 .wider").evaluate("wider => wider.focus({preventScroll: true})")
    page.keyboard.press("Enter")
    expect(page.locator("#t1-c1 .which")).to_have_count(before + 2)
    expect(page.locator("#t1-c1 .wider")).to_be_focused()
    assert top_of_quote(page) == pytest.approx(place, abs=1)

    link.evaluate("link => link.focus({preventScroll: true})")
    page.keyboard.press("Enter")
    expect(page.locator("#t1-c1 .which")).to_have_count(0)
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport(ratio=0.9)
    expect(link.locator(".words")).to_have_text("看上下文")
    assert page.locator("#t1-c1 .passage").inner_html() == passage
    # And once more, as if for the first time.
    link.click()
    expect(page.locator("#t1-c1 .which")).to_have_count(before)
    link.click()
    expect(page.locator("#t1-c1 .which")).to_have_count(0)
    assert page.url.endswith(ANSWERED)


def test_without_scripts_a_context_is_a_page_that_leads_back_to_its_card(visit: Open) -> None:
    page = visit(scripts=False, height=500).go(ANSWERED + "&q=" + quote("那总经理是怎么来的"))
    page.locator("#t1-c2 .context").click()
    page.wait_for_url("**/around?**")
    page.get_by_role("link", name="再往前后看一段").click()
    page.get_by_role("link", name="回到问答").click()
    expect(page.locator("#t1-c2")).to_be_in_viewport()
    assert parse_qs(urlsplit(page.url).query)["q"] == [HEADLINE, "那总经理是怎么来的"]


def test_a_lead_in_is_marked_where_its_number_leads(visit: Open, plan: str) -> None:
    page = visit(at=plan).go("/?q=" + quote("要办好哪三件民生实事"))
    lead = "今年要办好三件民生实事："
    expect(page.locator(".said.lead")).to_contain_text(lead)
    page.locator("#t1-c1 .around summary").click()
    expect(page.locator("#t1-c1 mark").first).to_have_text(lead)
    page.locator("#t1-c1 .context").click()
    expect(page.locator("#t1-c1 .which").first).to_be_visible()
    expect(page.locator("#t1-c1 mark").first).to_contain_text(lead)
    page.locator("#t1-c1 a.source").click()
    expect(page.frame_locator("iframe").locator("mark:target")).to_contain_text(lead)


@pytest.mark.parametrize("scripts", [True, pytest.param(False, marks=pytest.mark.thorough)])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_long_question_is_folded_to_a_few_lines_and_can_be_unfolded(visit: Open, width: int, scripts: bool) -> None:
    question = HEADLINE + "，请结合实际谈一谈" * 40
    page = visit(width=width, height=740, scripts=scripts).go("/?q=" + quote(question))
    heading = page.locator("#t1-q")
    expect(heading).to_have_text("问：" + question)
    folded = heading.bounding_box()
    page.locator(".whole summary").click()
    whole = heading.bounding_box()
    assert folded is not None
    assert whole is not None
    assert 90 < folded["height"] < 130
    assert whole["height"] > 2.5 * folded["height"]
    # A question of the usual length has nothing to unfold.
    page.goto(page.url.split("?")[0] + ANSWERED[1:])
    expect(page.locator(".whole")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, pytest.param(False, marks=pytest.mark.thorough)])
def test_a_word_that_was_asked_is_left_out_and_put_back_but_not_the_last_one(
    visit: Open, plan: str, scripts: bool
) -> None:
    page = visit(at=plan, scripts=scripts).go("/?q=" + quote("养老驿站和饮水工程"))
    words = page.locator(".terms .asked")
    expect(words.locator(".drop").first).to_be_visible()
    asked = [text.partition("×")[0].strip() for text in words.all_inner_texts()]
    assert len(asked) > 1
    for left in range(len(asked), 1, -1):
        expect(words.locator(".drop")).to_have_count(left)
        words.last.locator(".drop").click()
        expect(page.locator(".terms .out")).to_have_count(len(asked) - left + 1)
    expect(words).to_have_text([asked[0]])
    expect(words.locator(".drop")).to_have_count(0)
    page.locator(".terms .out a").first.click()
    expect(words).to_have_count(2)
