"""Back and Forward with a source open beside the conversation: what was opened last is what goes first."""

from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

HEADLINE = "开发区招商改革怎么做的"
FOLLOW_UP = "那总经理是怎么来的"
CONVERSATION = "/?q=" + quote(HEADLINE)
Open = Callable[..., Visit]


def questions(page: Page) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get("q", [])


def asked(page: Page, question: str, turn: int) -> None:
    page.locator("#question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(f"#t{turn}-q")).to_be_focused()


def open_source(page: Page, card: str) -> None:
    page.locator(f"{card} a.source").click()
    expect(page.frame_locator("iframe").locator("mark:target")).to_be_visible()


def test_back_closes_the_source_before_it_takes_back_a_question(visit: Open) -> None:
    page = visit().go("/")
    asked(page, HEADLINE, 1)
    asked(page, FOLLOW_UP, 2)
    page.evaluate("window.kept = true")
    open_source(page, "#t2-c1")

    page.go_back()
    expect(page.locator(".source-panel")).to_have_count(0)
    expect(page.locator("#t2-c1 a.source")).to_be_focused()
    assert questions(page) == [HEADLINE, FOLLOW_UP]
    page.go_forward()
    expect(page.frame_locator("iframe").locator("mark:target")).to_be_in_viewport()
    expect(page.locator("#t2-c1 a.source")).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(page.locator(".source-panel")).to_have_count(0)
    assert page.evaluate("window.kept")  # nothing was loaded anew

    page.go_back()
    expect(page.locator("#t2")).to_have_count(0)
    expect(page.locator("#t1-c1")).to_be_visible()
    assert questions(page) == [HEADLINE]


@pytest.mark.parametrize("by", ["escape", pytest.param("button", marks=pytest.mark.thorough)])
def test_a_source_that_was_closed_leaves_no_step_that_does_nothing(visit: Open, by: str) -> None:
    page = visit(height=600).go("/")
    asked(page, HEADLINE, 1)
    open_source(page, "#t1-c1")
    # Other sources and the places of citations are looked at meanwhile.
    open_source(page, "#t1-c2")
    page.locator("#t1 .said a.number").first.click()
    expect(page.locator("#t1-c1")).to_be_in_viewport()
    expect(page.locator(".source-panel")).to_be_visible()
    page.evaluate("scrollTo(0, 777)")
    if by == "escape":
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    else:
        page.get_by_role("button", name="关闭").click()
    expect(page.locator(".source-panel")).to_have_count(0)
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") == 777
    assert questions(page) == [HEADLINE]
    page.go_back()
    expect(page.locator(".start")).to_be_visible()


def test_a_question_asked_beside_a_source_is_taken_back_in_the_same_order(visit: Open) -> None:
    page = visit().go(CONVERSATION)
    open_source(page, "#t1-c2")
    asked(page, FOLLOW_UP, 2)
    expect(page.locator("#t2-c1 a.source")).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(page.locator(".source-panel")).to_have_count(0)
    assert questions(page) == [HEADLINE, FOLLOW_UP]
    page.go_back()
    expect(page.locator("#t2")).to_have_count(0)
    expect(page.locator("#t1-c1")).to_be_visible()
    expect(page.locator(".source-panel")).to_have_count(0)
    # Two steps at once, to another conversation with its source; none is taken while the page of the last one still loads.
    page.wait_for_load_state("networkidle")
    page.wait_for_function("window.htmx")
    page.evaluate("history.go(2)")
    expect(page.locator("#t2-c1 a.source")).to_have_attribute("aria-current", "true")
    expect(page.frame_locator("iframe").locator("mark:target")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".source-panel")).to_have_count(0)
    assert questions(page) == [HEADLINE, FOLLOW_UP]


def test_a_page_that_is_loaded_again_keeps_its_source_open(visit: Open) -> None:
    page = visit().go(CONVERSATION)
    open_source(page, "#t1-c1")
    page.reload()
    expect(page.frame_locator("iframe").locator("mark:target")).to_be_visible()
    page.go_back()
    expect(page.locator(".source-panel")).to_have_count(0)
    expect(page.locator("#t1-c1")).to_be_visible()


def test_without_htmx_a_source_is_a_step_of_its_own_too(visit: Open) -> None:
    visited = visit(cdn="down")
    page = visited.go(CONVERSATION)
    open_source(page, "#t1-c1")
    page.go_back()
    expect(page.locator(".source-panel")).to_have_count(0)
    expect(page.locator("#t1-c1 a.source")).to_be_focused()
    page.go_forward()
    expect(page.locator(".source-panel")).to_be_visible()
    visited.wrong.clear()
