from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

HEADLINE = "开发区招商改革怎么做的"
FOLLOW_UP = "那总经理是怎么来的"
ANSWER = "组建招商服务公司"
Open = Callable[..., Visit]


def ask(page: Page, question: str, *, scripts: bool) -> None:
    page.locator("#question").fill(question)
    if scripts:
        page.keyboard.press("Enter")
    else:
        page.get_by_role("button", name="查").click()


def questions(page: Page) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get("q", [])


def first_answer(page: Page, turn: int) -> str:
    return page.locator(f"#t{turn} .said").first.inner_text()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.thorough)])
def test_a_conversation_goes_on_with_and_without_scripts(visit: Open, scripts: bool, width: int) -> None:
    page = visit(scripts=scripts, width=width).go("/")
    ask(page, HEADLINE, scripts=scripts)
    expect(page.locator("#t1 .said").first).to_contain_text(ANSWER)
    expect(page.locator("#t1-q")).to_be_in_viewport()

    ask(page, FOLLOW_UP, scripts=scripts)
    expect(page.locator("#t2-q")).to_have_text("问：" + FOLLOW_UP)
    expect(page.locator("#t2-q")).to_be_in_viewport()
    expect(page.locator("#t2 .said").first).to_be_in_viewport()
    expect(page.locator("#t2 .carried").first).to_contain_text("不查")
    assert questions(page) == [HEADLINE, FOLLOW_UP]
    assert page.title() == f"{FOLLOW_UP} · 有据"

    page.go_back()
    expect(page.locator("#t2")).to_have_count(0)
    expect(page.locator("#t1 .said").first).to_contain_text(ANSWER)
    assert questions(page) == [HEADLINE]


@pytest.mark.parametrize("scripts", [True, pytest.param(False, marks=pytest.mark.thorough)])
def test_a_word_is_left_out_and_added_back_by_its_links(visit: Open, scripts: bool) -> None:
    page = visit(scripts=scripts, width=360).go("/?q=" + quote(HEADLINE))
    synonym = page.locator(".terms .synonym").first
    word = synonym.inner_text().partition("×")[0].strip()
    synonym.get_by_role("link", name=f"不查{word}").click()
    expect(page.locator(".terms .out s")).to_have_text([word])
    expect(page.locator("#t1-q")).to_be_in_viewport()
    assert parse_qs(urlsplit(page.url).query) == {"q": [HEADLINE], "without": [word]}

    page.get_by_role("link", name="不用近义词").click()
    expect(page.get_by_text("没有用近义词")).to_be_visible()
    page.get_by_role("link", name=f"加回{word}").click()
    expect(page.locator(".terms .out")).to_have_count(0)
    ask(page, FOLLOW_UP, scripts=scripts)
    expect(page.locator("#t2-q")).to_be_in_viewport()
    assert parse_qs(urlsplit(page.url).query) == {"q": [HEADLINE, FOLLOW_UP], "synonyms": ["false"]}
    # Only the newest turn can be changed.
    expect(page.locator("#t1 .terms a")).to_have_count(0)
    page.get_by_role("link", name="用上近义词").click()
    expect(page.get_by_text("没有用近义词")).to_have_count(0)
    assert questions(page) == [HEADLINE, FOLLOW_UP]


def test_a_word_is_left_out_with_the_keyboard(visit: Open) -> None:
    page = visit().go("/?q=" + quote(HEADLINE))
    drop = page.locator(".terms .drop").first
    drop.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".terms .out")).to_have_count(1)
    expect(page.locator("#t1-q")).to_be_focused()


def test_htmx_swaps_the_conversation_and_leaves_the_rest_of_the_page(visit: Open) -> None:
    page = visit().go("/")
    page.evaluate("window.kept = true")
    ask(page, HEADLINE, scripts=True)
    expect(page.locator("#t1-q")).to_be_focused()
    ask(page, FOLLOW_UP, scripts=True)
    expect(page.locator("#t2-q")).to_be_focused()
    assert page.evaluate("window.kept")
    assert page.evaluate("Object.keys(sessionStorage).concat(Object.keys(localStorage))") in (
        [],
        ["htmx-current-path-for-history"],
    )


def test_a_shared_address_opens_at_its_newest_turn(visit: Open) -> None:
    page = visit(height=600).go(f"/?q={quote(HEADLINE)}&q={quote(FOLLOW_UP)}#t2")
    expect(page.locator("#t2-q")).to_be_in_viewport()
    assert ANSWER in first_answer(page, 2)


@pytest.mark.parametrize("scripts", [True, False])
def test_an_example_is_asked_by_its_link(visit: Open, scripts: bool) -> None:
    page = visit(scripts=scripts).go("/")
    example = page.locator(".examples a").first
    question = example.inner_text()
    example.click()
    expect(page.locator("#t1-q")).to_have_text("问：" + question)
    expect(page.locator("#t1 .said").first).to_be_visible()
    assert questions(page) == [question]


def test_what_is_not_there_is_said_and_leads_on(visit: Open) -> None:
    page = visit().go("/?q=" + quote("糖醋排骨怎么炖才烂"))
    expect(page.locator(".verdict")).to_have_text("这些材料里没有找到答案。")
    page.locator(".suggestions a").first.click()
    expect(page.locator("#t2 .said").first).to_be_visible()
    assert len(questions(page)) == 2


def test_a_conversation_is_possible_with_the_keyboard_alone(visit: Open) -> None:
    page = visit().go("/")
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.type(HEADLINE)
    page.keyboard.press("Enter")
    expect(page.locator("#t1-q")).to_be_focused()

    page.keyboard.press("Tab")
    expect(page.locator("#t1 .said a.number").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#t1-c1")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator("#t1-c1 .reference summary")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#t1-c1 a.source")).to_be_focused()

    page.keyboard.press("/")
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.type("那/呢")  # a slash in the box is a slash
    expect(page.locator("#question")).to_have_value("那/呢")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("二")
    expect(page.locator("#question")).to_have_value("那/呢\n二")

    page.locator("#t1-c1 a.source").focus()
    page.keyboard.press("Enter")
    expect(page.frame_locator("iframe").locator("mark:target")).to_be_in_viewport()


def test_enter_that_chooses_a_word_in_an_input_method_asks_nothing(visit: Open) -> None:
    page = visit().go("/")
    page.locator("#question").fill("招商")
    untouched = """composing => document.getElementById("question").dispatchEvent(new KeyboardEvent(
        "keydown", {key: "Enter", isComposing: composing, bubbles: true, cancelable: true}))"""
    assert page.evaluate(untouched, True) is True
    assert questions(page) == []
    assert page.evaluate(untouched, False) is False
    expect(page.locator("#t1")).to_be_visible()


def test_the_box_grows_with_the_question(visit: Open) -> None:
    page = visit(width=360).go("/")
    box = page.locator("#question")
    small = box.bounding_box()
    box.fill("开发区招商体制机制改革" * 6)
    large = box.bounding_box()
    assert small is not None
    assert large is not None
    assert large["height"] > 2 * small["height"]


def test_a_refusal_is_shown_as_a_page_that_keeps_the_question(visit: Open) -> None:
    visited = visit()
    page = visited.go("/?q=" + quote(HEADLINE))
    # As by a page that knows another limit than the service has by now.
    page.locator("#question").evaluate("box => box.dataset.longest = 9999")
    ask(page, "长" * 2001, scripts=True)
    expect(page.locator(".notice")).to_contain_text("一次最多 2,000 字")
    expect(page.locator("#question")).to_have_value("长" * 2001)
    assert ANSWER in first_answer(page, 1)
    assert len(questions(page)) == 2
    assert all("413" in wrong for wrong in visited.wrong)
    visited.wrong.clear()


def test_a_service_that_is_gone_leaves_the_question_in_the_box(visit: Open) -> None:
    visited = visit()
    page = visited.go("/")
    page.route("**/?q=*", lambda route: route.abort())
    ask(page, HEADLINE, scripts=True)
    expect(page.locator(".offline")).to_be_visible()
    expect(page.locator("#question")).to_have_value(HEADLINE)
    assert visited.wrong
    visited.wrong.clear()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_turn_is_downloaded_and_the_page_stays(visit: Open, scripts: bool) -> None:
    page = visit(scripts=scripts).go("/?q=" + quote(HEADLINE) + "&q=" + quote(FOLLOW_UP))
    address = page.url
    with page.expect_download() as begun:
        page.locator("#t1 .export a", has_text="Word").click()
    assert begun.value.suggested_filename == f"有据_{HEADLINE}.docx"
    with page.expect_download() as begun:
        page.locator(".export.whole a", has_text="Markdown").click()
    assert begun.value.suggested_filename == f"有据_{HEADLINE}（共2问）.md"
    assert page.url == address
