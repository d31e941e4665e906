"""The main flows in Firefox ESR, with a copy of htmx from another host of this machine (make firefox-test)."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.browser.conftest import htmx_served, served
from tests.firefox.marionette import ENTER, TAB, Firefox, started

HEADLINE = "开发区招商改革怎么做的"
ANSWERED = "/?q=" + quote(HEADLINE)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with htmx_served() as htmx, served("--htmx-url", htmx) as address:
        yield address


@pytest.fixture(scope="module")
def window() -> Iterator[Firefox]:
    with started() as window:
        yield window


@pytest.fixture
def firefox(window: Firefox, address: str) -> Iterator[Firefox]:
    """The window; at the end nothing on the pages was complained about."""
    window.forget()
    yield window
    assert window.complaints(address) == []


@pytest.mark.parametrize("width", [500, 1280])
def test_a_conversation_goes_on(firefox: Firefox, address: str, width: int) -> None:
    firefox.size(width, 800)
    firefox.go(address + "/")
    assert firefox.script("htmx.version") == "2.0.11"
    firefox.script("(window.kept = true)")
    firefox.type(HEADLINE + ENTER)
    firefox.until("document.activeElement.id === 't1-q'")
    assert "组建招商服务公司" in firefox.script("document.querySelector('#t1 .said').textContent")
    firefox.type("/那总经理是怎么来的" + ENTER)
    firefox.until("document.activeElement.id === 't2-q'")
    assert firefox.script("window.kept")
    assert firefox.script("document.documentElement.scrollWidth <= innerWidth")
    firefox.back()
    firefox.until("!document.querySelector('#t2') && document.querySelector('#t1 .said')")


def test_a_citation_is_followed_put_in_context_and_read_in_its_document(firefox: Firefox, address: str) -> None:
    # Narrower than what has room for the document beside the conversation.
    firefox.size(1000, 800)
    firefox.go(address + ANSWERED)
    firefox.click("#t1 .said .number")
    firefox.until("location.hash === '#t1-c1'")
    firefox.click("#t1-c1 [hx-target]")
    firefox.until("document.querySelector('#t1-c1 .which')")
    firefox.click("#t1-c1 a.source")
    firefox.until("document.querySelector('mark#m1')")
    assert firefox.script("document.querySelector('#m1').getBoundingClientRect().bottom < innerHeight")


def test_a_quotation_is_copied_and_pasted(firefox: Firefox, address: str) -> None:
    firefox.go(address + ANSWERED)
    firefox.click("#t1-c1 .copy")
    firefox.until("document.querySelector('#status').textContent.startsWith('引文已复制')")
    firefox.script("document.querySelector('#question').focus()")
    firefox.paste()
    firefox.until("document.querySelector('#question').value.startsWith('“特别是大力度推进')")
    assert "全文第4段）" in firefox.script("document.querySelector('#question').value")


def test_each_place_that_tab_reaches_shows_that_it_has_the_focus(firefox: Firefox, address: str) -> None:
    firefox.go(address + ANSWERED)
    firefox.script("document.querySelector('#t1-q').focus()")
    for _ in range(12):
        firefox.type(TAB)
        assert firefox.script("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_what_a_page_does_wrong_is_complained_of(window: Firefox, address: str) -> None:
    window.go(address + "/nothing")
    assert window.complaints(address) == []
    window.script(
        "document.head.append(Object.assign(document.createElement('script'), {src: 'http://127.0.0.1:9/x.js'}))"
    )
    window.script("setTimeout(() => { throw new Error('thrown') })")
    window.until("true")
    complaints = window.complaints(address)
    assert any("thrown" in words for words in complaints)
    assert any("Content-Security-Policy" in words for words in complaints)
    window.forget()
