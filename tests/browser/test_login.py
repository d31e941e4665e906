"""With tokens: a person logs in, with scripts or without, and what htmx asks for without a login leads there."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from service.tokens import made
from tests.browser.conftest import Visit, served
from tests.browser.test_accessibility import violations

TOKEN, KEPT = made("科员", "ask")


@pytest.fixture(scope="module")
def closed() -> Iterator[str]:
    with served("--tokens", KEPT.line) as address:
        yield address


@pytest.mark.parametrize("scripts", [True, False])
def test_one_logs_in_comes_to_the_page_that_was_asked_for_and_out_again(
    visit: Callable[..., Visit], closed: str, scripts: bool
) -> None:
    page = visit(scripts=scripts, width=360, at=closed).go("/?q=开发区招商改革怎么做的")
    assert page.title() == "登录 · 有据"
    # The box has the focus.
    page.keyboard.type(TOKEN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    assert page.locator(".turn .question").inner_text()
    assert page.locator("#main").evaluate("main => main.scrollWidth <= innerWidth") if scripts else True
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/login")


def test_what_htmx_asks_for_after_the_login_ended_leads_to_the_login_page(
    visit: Callable[..., Visit], closed: str
) -> None:
    opened: Any = visit(at=closed)
    page = opened.go("/login")
    page.get_by_label("访问令牌").fill(TOKEN)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/")
    page.context.clear_cookies()
    page.get_by_label("问题").fill("开发区招商改革怎么做的")
    page.keyboard.press("Enter")
    page.wait_for_url("**/login?next=**")
    page.get_by_label("访问令牌").fill("猜的")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert violations(page, dark=False) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, dark=True) == []
    page.get_by_label("访问令牌").fill(TOKEN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    assert page.locator(".turn").count() == 1
    # The browser tells of each response that is no success.
    opened.wrong = [wrong for wrong in opened.wrong if not {"401", "403"} & set(wrong.split())]
