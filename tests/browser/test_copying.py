"""What copying really puts on the clipboard, where there is a clipboard API and where there is none (plain http)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from service.answering.referencing import markdown_escaped
from tests.browser.conftest import Visit, loaded

Open = Callable[..., Visit]

# Words in quotation marks, redactions, and what would be markup.
SPEECH = "云溪县作风会讲话\n一、问题\n查摆问题**个，有的干部对“一窗通办”推诿扯皮，群众说是“XX*衙门”[原话]。\n"
QUOTE = "查摆问题**个，有的干部对“一窗通办”推诿扯皮，群众说是“XX*衙门”[原话]。"
IN_MARKDOWN = "查摆问题\\*\\*个，有的干部对“一窗通办”推诿扯皮，群众说是“XX\\*衙门”\\[原话\\]。"


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("served")
    with loaded(folder, {"讲话.txt": SPEECH}) as address:
        yield address


@pytest.fixture(params=["with", "without"])
def page(request: pytest.FixtureRequest, visit: Open, speech: str) -> Page:
    """A page with a clipboard API, and one without."""
    page = visit(at=speech).page
    if request.param == "with":
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    else:
        page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', {value: undefined})")
    page.goto(speech + "/?q=" + quote("一窗通办谁在推诿扯皮"))
    return page


def pasted(page: Page) -> dict[str, Any]:
    """Return what another page gets that this is pasted into: both types, and what a rich editor shows."""
    page.evaluate(
        """() => {
            const editor = document.createElement("div");
            editor.id = "editor";
            editor.contentEditable = "true";
            document.getElementById("main").append(editor);
            editor.addEventListener("paste", event => {
                window.got = Object.fromEntries(event.clipboardData.types.map(type => [type, event.clipboardData.getData(type)]));
            });
            editor.focus();
        }"""
    )
    page.keyboard.press("Control+V")
    got = page.evaluate("got")
    got["shown"] = page.locator("#editor").inner_text()
    page.locator("#editor").evaluate("editor => editor.remove()")
    return dict(got)


def copy(page: Page) -> None:
    page.locator(".copy").first.click()
    expect(page.locator("#status")).to_have_text("引文已复制，可以粘贴到文稿里")
    # Whoever copies by keys goes on from where they were.
    expect(page.locator(".copy").first).to_be_focused()


def choose(page: Page, form: str) -> None:
    reference = page.locator(".reference").first
    if reference.get_attribute("open") is None:
        reference.locator("summary").click()
    page.locator(".format select").first.select_option(form)


def test_a_quotation_is_pasted_as_plain_and_as_rich_text(page: Page) -> None:
    copy(page)
    got = pasted(page)
    # Quotation marks inside a quotation become single ones.
    inside = QUOTE.replace("“", "‘").replace("”", "’")
    words = f"“{inside}”（《云溪县作风会讲话》第一部分，全文第3段）"
    assert got["text/plain"] == words
    assert f"<p>{words}</p>" in got["text/html"]
    assert got["shown"].strip() == words


def test_the_form_that_was_chosen_is_the_one_that_is_pasted(page: Page) -> None:
    choose(page, "list")
    copy(page)
    got = pasted(page)
    assert got["text/plain"] == f"{QUOTE}\n云溪县作风会讲话[Z]."
    assert f"<p>{QUOTE}</p><p>云溪县作风会讲话[Z].</p>" in got["text/html"]

    choose(page, "markdown")
    copy(page)
    said, _, reference = pasted(page)["text/plain"].partition("\n>\n> —— ")
    assert said == f"> {IN_MARKDOWN}"
    assert reference.startswith("[《云溪县作风会讲话》第一部分，全文第3段](<http://127.0.0.1:")


def test_the_form_that_was_chosen_is_remembered(page: Page) -> None:
    choose(page, "markdown")
    page.reload()
    copy(page)
    assert pasted(page)["text/plain"].startswith("> ")
    page.locator(".reference summary").click()
    expect(page.get_by_label("复制时用的格式")).to_have_value("markdown")


def test_a_form_is_chosen_where_a_reference_is_unfolded_and_nothing_else_is_a_field(page: Page) -> None:
    fields = page.locator(":is(input:not([type=hidden]), select, textarea):not(.scope *)")
    expect(fields).to_have_count(1)
    summary = page.locator(".reference summary")
    for _ in range(3):
        summary.click()
    expect(fields).to_have_count(2)
    assert fields.evaluate_all("all => all.map(field => field.labels[0]?.textContent || field.ariaLabel)") == [
        "复制时用的格式",
        "接着问",
    ]


def test_where_nothing_may_be_copied_that_is_said(visit: Open, speech: str) -> None:
    page = visit(at=speech).page
    page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'clipboard', {value: undefined});"
        "Document.prototype.execCommand = () => false"
    )
    page.goto(speech + "/?q=" + quote("一窗通办谁在推诿扯皮"))
    page.locator(".copy").first.click()
    expect(page.locator("#status")).to_have_text("没有复制成功，请选中文字再复制")


@pytest.mark.parametrize("words", ["1. 甲**\n- 乙", "12) XX*丙", "1.5亿元\n+ [丁]_戊_", "2024-10 — 己"])
def test_the_script_writes_markdown_as_the_files_do(page: Page, words: str) -> None:
    assert page.evaluate("words => asMarkdown(words)", words) == markdown_escaped(words)


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        # 看上下文 shows which paragraph a part is of: that is no text left out
        (
            '<p><i class="which">第 3 段</i><mark>甲。</mark></p><p><i class="which">第 4 段</i><mark>乙。</mark></p>',
            "甲。\n乙。",
        ),
        ("<p><mark>甲。</mark>丙。<mark>乙。</mark></p>", "甲。……乙。"),
        ("<p><mark>甲。</mark><mark>乙。</mark></p>", "甲。乙。"),
        ("<p>甲。</p><p>乙。</p>", "甲。\n乙。"),
    ],
)
def test_what_is_left_out_between_quotations_is_said_and_nothing_else(page: Page, passage: str, said: str) -> None:
    copied = "html => saidIn(Object.assign(document.createElement('blockquote'), {innerHTML: html}))"
    assert page.evaluate(copied, passage) == said
