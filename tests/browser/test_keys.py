"""Asking, reading, copying and going on by keys alone; each place that has the focus is seen."""

from collections.abc import Callable
from itertools import pairwise
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit

Open = Callable[..., Visit]

HEADLINE = "开发区招商改革怎么做的"
ANSWERED = "/?q=" + quote(HEADLINE)

# What has the focus: its words, whether it has a ring, which of its middle's pixels another element covers.
FOCUSED = """() => {
    const element = document.activeElement;
    const ring = element.closest("textarea") ? element.closest(".box") : element;
    const { outlineStyle, outlineWidth } = getComputedStyle(ring);
    const box = element.getBoundingClientRect();
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const seen = [];
    for (let y = Math.max(box.top, 0) + 2; y < Math.min(box.bottom, innerHeight); y += 4) {
        const there = document.elementFromPoint((left + right) / 2, y);
        seen.push(Boolean(there && (element.contains(there) || there.contains(element))));
    }
    return {
        name: element.tagName + " " + (element.id || element.textContent.trim().slice(0, 20)),
        ring: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
        seen: seen.some(Boolean),
        inCards: Boolean(element.closest(".cards")),
        top: box.top + scrollY,
    };
}"""


def press_until(page: Page, key: str, words: str) -> None:
    """Press a key until what has the focus begins with these words."""
    for _ in range(60):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement.textContent.trim()").startswith(words):
            focused = page.evaluate(FOCUSED)
            assert focused["ring"], focused
            assert focused["seen"], focused
            return
    raise AssertionError(f"{words} is not reached with {key}")


def test_an_answer_is_asked_checked_copied_and_gone_on_from_by_keys(visit: Open) -> None:
    page = visit(height=600).go("/")
    page.keyboard.type(HEADLINE)
    page.keyboard.press("Enter")
    expect(page.locator("#t1-q")).to_be_focused()

    press_until(page, "Tab", "\u2060出处1")
    page.keyboard.press("Enter")
    expect(page.locator("#t1-c1")).to_be_in_viewport()
    press_until(page, "Tab", "看上下文")
    page.keyboard.press("Enter")
    expect(page.locator("#t1-c1 .which").first).to_be_visible()

    # Where a context took the place of the passage, Tab goes on from what opened it.
    press_until(page, "Tab", "复制引文")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text("引文已复制，可以粘贴到文稿里")
    expect(page.locator("#t1-c1 .copy")).to_be_focused()

    press_until(page, "Shift+Tab", "《在全县优化营商环境")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#t1-c1 select")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#t1-c1 select")).to_have_value("list")

    press_until(page, "Tab", "看原文")
    page.keyboard.press("Enter")
    expect(page.frame_locator("iframe").locator("mark:target")).to_be_in_viewport()
    expect(page.locator("iframe")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#t1-c1 a.source")).to_be_focused()

    page.keyboard.press("/")
    page.keyboard.type("那总经理是怎么来的")
    page.keyboard.press("Enter")
    expect(page.locator("#t2-q")).to_be_focused()
    expect(page.locator("#t2-q")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("width", "height"),
    [
        pytest.param(1280, 500, marks=pytest.mark.thorough),
        (360, 640),
        pytest.param(640, 400, marks=pytest.mark.thorough),
    ],
)
def test_tab_goes_down_the_page_and_what_it_reaches_is_seen(visit: Open, width: int, height: int) -> None:
    page = visit(width=width, height=height).go(ANSWERED)
    page.locator("#t1-q").focus()
    reached = []
    for _ in range(200):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if not focused["name"].strip() or focused["name"].startswith("BODY"):
            break
        reached.append(focused)
    assert len(reached) > 20
    assert [focused["name"] for focused in reached if not (focused["ring"] and focused["seen"])] == []
    cards = [focused["top"] for focused in reached if focused["inCards"]]
    # Side by side, what is in one line counts as equally high.
    assert all(after >= before - 30 for before, after in pairwise(cards))


def test_what_was_asked_last_comes_back_with_the_up_key(visit: Open) -> None:
    page = visit().go(ANSWERED)
    box = page.locator("#question")
    box.focus()
    page.keyboard.press("ArrowUp")
    expect(box).to_have_value(HEADLINE)
    # What is being written is not lost to it.
    box.fill("第一行\n第二行")
    page.keyboard.press("ArrowUp")
    expect(box).to_have_value("第一行\n第二行")


def test_a_hint_says_that_it_is_looking_only_where_that_takes_a_while(visit: Open) -> None:
    page = visit().go("/")
    waiting: list[Route] = []
    page.route("**/?q=*", lambda route: waiting.append(route))
    page.evaluate(
        """() => {
            const hint = document.querySelector(".busy");
            const begun = () => document.querySelector(".htmx-request");
            window.shown = new Promise(resolve => {
                let since = 0;
                const look = now => {
                    if (begun() && !since) since = now;
                    if (getComputedStyle(hint).visibility === "visible") resolve(now - since);
                    else requestAnimationFrame(look);
                };
                requestAnimationFrame(look);
            });
        }"""
    )
    page.locator("#question").fill(HEADLINE)
    page.keyboard.press("Enter")
    assert page.evaluate("shown") >= 250
    expect(page.locator(".busy")).to_be_visible()
    waiting[0].continue_()
    expect(page.locator("#t1-q")).to_be_focused()
    expect(page.locator(".busy")).not_to_be_visible()


@pytest.mark.parametrize("scripts", [True, pytest.param(False, marks=pytest.mark.thorough)])
def test_back_and_forward_and_a_copied_address_show_the_same_conversation(visit: Open, scripts: bool) -> None:
    page = visit(scripts=scripts, width=360).go(ANSWERED)
    page.locator("#question").fill("那总经理是怎么来的")
    page.locator("#question + button").click()
    expect(page.locator("#t2-q")).to_be_in_viewport()
    if scripts:
        # By then what scripts add to the answer is there, too.
        expect(page.locator("#t2-q")).to_be_focused()
    said = page.locator("#main").inner_text()
    address = page.url
    page.go_back()
    expect(page.locator("#t2")).to_have_count(0)
    expect(page.locator("#t1 .said").first).to_be_visible()
    # The page was loaded anew: a step before its scripts have run is noticed by none of them.
    page.wait_for_load_state()
    page.go_forward()
    expect(page.locator("#t2-q")).to_be_visible()
    # Scripts add to it once it stands there.
    expect(page.locator("#main")).to_have_text(said, use_inner_text=True)

    other = visit(scripts=scripts, width=360)
    other.page.goto(address)
    expect(other.page.locator("#t2-q")).to_be_in_viewport()
    expect(other.page.locator("#main")).to_have_text(said, use_inner_text=True)
