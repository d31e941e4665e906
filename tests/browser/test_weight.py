"""What a page weighs, what its first paint waits for, and that nothing on it moves once it is there."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.browser.conftest import HTMX_URL, Visit

Open = Callable[..., Visit]

HEADLINE = "开发区招商改革怎么做的"
LONG_LIST = "/?q=" + quote("存在的差距不足有哪些")
# On the way, htmx left out.
MOST = 60_000


@pytest.mark.parametrize("path", ["/", "/?q=" + quote(HEADLINE), LONG_LIST])
def test_a_page_weighs_less_than_60_kb_and_paints_after_one_html_and_one_css_file(visit: Open, path: str) -> None:
    visited = visit()
    finished: list[Request] = []
    visited.page.on("requestfinished", lambda request: finished.append(request))
    page = visited.go(path)
    sizes = {request.url: request.sizes()["responseBodySize"] for request in finished if request.url != HTMX_URL}
    assert len(sizes) >= 4
    assert 0 < sum(sizes.values()) < MOST
    blocking = page.evaluate(
        """performance.getEntriesByType("resource")
            .filter(entry => entry.renderBlockingStatus === "blocking").map(entry => new URL(entry.name).pathname)"""
    )
    assert blocking == ["/static/youju.css"]


def test_the_focus_goes_from_the_box_to_the_new_question_and_nowhere_between(visit: Open) -> None:
    page = visit().go("/")
    page.evaluate(
        """() => {
            window.focused = [];
            document.addEventListener("focusin", event => focused.push(event.target.id));
        }"""
    )
    page.keyboard.type(HEADLINE)
    page.keyboard.press("Enter")
    expect(page.locator("#t1-q")).to_be_focused()
    assert page.evaluate("focused") == ["t1-q"]


def test_a_browser_that_comes_again_asks_for_the_page_alone(browser: Browser, address: str) -> None:
    # A page of its own: where requests are looked at on their way, the browser keeps nothing.
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        page.goto(address + "/?q=" + quote(HEADLINE))
        # But for the icon, which a browser fetches when it has nothing else to do: perhaps only now.
        sizes = page.evaluate(
            """performance.getEntriesByType("resource")
                .filter(entry => entry.name.includes("/static/") && !entry.name.includes("/icon."))
                .map(entry => entry.transferSize)"""
        )
    assert len(sizes) >= 4
    assert set(sizes) == {0}


# What moved since this was asked last, but for what followed on a key or a click within half a second (cumulative layout shift).
MOVED = "new Promise(done => requestAnimationFrame(() => setTimeout(() => done(window.moved.splice(0)), 100)))"


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.thorough)])
def test_nothing_moves_but_by_a_persons_own_act(visit: Open, width: int) -> None:
    visited = visit(width=width)
    visited.page.add_init_script(
        """window.moved = [];
        new PerformanceObserver(list => {
            for (const shift of list.getEntries()) {
                if (shift.hadRecentInput) continue;
                moved.push([shift.value, ...shift.sources.map(source => source.node && source.node.outerHTML)]);
            }
        }).observe({type: "layout-shift", buffered: true});"""
    )
    page = visited.go("/")
    assert page.evaluate(MOVED) == []
    page.keyboard.type(HEADLINE)
    page.keyboard.press("Enter")
    expect(page.locator("#t1-q")).to_be_focused()
    assert page.evaluate(MOVED) == []
    page.locator("#t1-c1").get_by_role("link", name="看上下文").click()
    expect(page.locator("#t1-c1 .which").first).to_be_visible()
    assert page.evaluate(MOVED) == []

    visited.go("/?q=" + quote(HEADLINE) + "#t1")
    assert page.evaluate(MOVED) == []
    visited.go(page.locator("a.source").first.get_attribute("href") or "")
    assert page.evaluate(MOVED) == []
    # It would see what moves.
    visited.go("/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforebegin', '<p>现在插进来的一段</p>'.repeat(5))"
    )
    assert page.evaluate(MOVED) != []
