import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import expect

from tests.browser.conftest import HTMX_URL, Visit

HEADLINE = "开发区招商改革怎么做的"
ANSWER = "组建招商服务公司"
Open = Callable[..., Visit]


def test_the_browser_checks_and_runs_the_one_file_from_the_cdn(visit: Open) -> None:
    page = visit().go("/")
    pinned = json.loads((Path(__file__).parent / "package.json").read_text(encoding="utf-8"))
    version = pinned["devDependencies"]["htmx.org"]
    assert page.evaluate("htmx.version") == version
    assert f"htmx.org@{version}/" in HTMX_URL


def test_a_file_that_is_not_the_one_is_refused_and_not_needed(visit: Open) -> None:
    visited = visit(cdn="tampered")
    page = visited.go("/")
    assert page.evaluate("typeof htmx") == "undefined"
    page.locator("#question").fill(HEADLINE)
    page.keyboard.press("Enter")
    expect(page.locator("#t1 .said").first).to_contain_text(ANSWER)
    page.wait_for_load_state()
    assert visited.wrong
    assert all("integrity" in wrong for wrong in visited.wrong)
    visited.wrong.clear()


def test_without_the_cdn_everything_works(visit: Open) -> None:
    visited = visit(cdn="down")
    page = visited.go("/?q=" + quote(HEADLINE))
    page.locator("#question").fill("那总经理是怎么来的")
    page.keyboard.press("Enter")
    expect(page.locator("#t2 .said").first).to_contain_text(ANSWER)
    page.wait_for_load_state()
    assert all("ERR_FAILED" in wrong for wrong in visited.wrong)
    visited.wrong.clear()


def test_a_cdn_that_hangs_delays_neither_the_first_paint_nor_the_form(visit: Open) -> None:
    page = visit(cdn="hangs").go("/")
    expect(page.locator("#question")).to_be_visible()
    # The CDN never answers, so that any number at all means that the paint did not wait for it.
    painted = """new Promise(resolve => {
        new PerformanceObserver(list => resolve(list.getEntries()[0].startTime)).observe({type: "paint", buffered: true});
        setTimeout(resolve, 10000, 0);
    })"""
    assert page.evaluate(painted) > 0
    assert page.evaluate("document.readyState") != "complete"
    page.locator("#question").fill(HEADLINE)
    # Enter is a matter of scripts, which may not be there yet.
    page.locator("#question").locator("xpath=ancestor::form").get_by_role("button", name="查").click()
    expect(page.locator("#t1 .said").first).to_contain_text(ANSWER)
