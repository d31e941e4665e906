from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

HEADLINE = "开发区招商改革怎么做的"
Open = Callable[..., Visit]


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_citation_opens_its_document_at_the_marked_words_and_leads_back(
    visit: Open, scripts: bool, width: int
) -> None:
    page = visit(scripts=scripts, width=width).go("/?q=" + quote(HEADLINE))
    page.locator("#t1-c1 a.source").click()
    expect(page.locator("mark#m1")).to_contain_text("组建招商服务公司")
    expect(page.locator("mark#m1")).to_be_in_viewport(ratio=1)
    expect(page.locator("p.cited")).to_have_id("p4")
    # The quote is not hidden under the head of the page, which stays.
    head, mark = page.locator(".held").bounding_box(), page.locator("#m1").bounding_box()
    assert head is not None
    assert mark is not None
    assert mark["y"] > head["y"] + head["height"]

    page.get_by_role("link", name="回到问答").click()
    expect(page.locator("#t1-q")).to_be_in_viewport()
    assert page.url.endswith("#t1")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_outline_and_the_permalinks_lead_to_their_places(visit: Open, scripts: bool) -> None:
    page = visit(scripts=scripts).go("/?q=" + quote(HEADLINE))
    page.locator("#t1-c1 a.source").click()
    page.locator(".outline a").last.click()
    expect(page.get_by_role("heading", name="三、提升能力")).to_be_in_viewport()
    page.locator(".place").last.click()
    assert page.url.split("#")[1] == page.locator(".text > *").last.get_attribute("id")
    expect(page.locator(".text > *").last).to_be_in_viewport()


def test_leftovers_are_shown_and_named(visit: Open) -> None:
    page = visit().go("/?q=" + quote("推进会上强调要强化责任落实吗"))
    page.locator("a.source").first.click()
    expect(page.locator(".leftover").first).to_contain_text("网页残留")


def test_the_first_tab_skips_to_the_text(visit: Open) -> None:
    page = visit().go("/?q=" + quote(HEADLINE))
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
