import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.browser.conftest import Visit

Open = Callable[..., Visit]

ANSWERED = "/?q=" + quote("开发区招商改革怎么做的")
STATES = {
    "start": "/",
    "answered": ANSWERED,
    "conversation": ANSWERED + "&q=" + quote("那总经理是怎么来的") + "#t2",
    "choices": "/?q="
    + quote("去年怎么少跑腿，浙江今年引进多少项目")
    + "&year=2030&without="
    + "a" * 100
    + "&without="
    + quote("引资"),
    "plain": ANSWERED + "&synonyms=false",
    "list": "/?q=" + quote("存在的差距不足有哪些"),
    "not found": "/?q=" + quote("糖醋排骨怎么炖才烂"),
    "unbroken": "/?q=" + "a" * 1500,
}


@pytest.mark.parametrize("dark", [False, True])
def test_no_screen_is_wider_than_a_phone_and_no_id_stands_twice(visit: Open, dark: bool) -> None:
    visited = visit(width=360, height=740, dark=dark)
    page = visited.go(ANSWERED)
    reader = page.locator("a.source").first.get_attribute("href")
    wide, twice = {}, {}
    for name, path in {**STATES, "reader": reader or ""}.items():
        visited.go(path)
        wide[name] = page.evaluate("document.documentElement.scrollWidth")
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
        twice[name] = sorted({id for id in ids if ids.count(id) > 1})
    assert {name: width for name, width in wide.items() if width > 360} == {}
    assert {name: ids for name, ids in twice.items() if ids} == {}


def test_what_a_finger_must_hit_is_large_enough(visit: Open) -> None:
    visited = visit(width=360, height=740)
    page = visited.go("/?q=" + quote("开发区招商改革怎么做的") + "&q=" + quote("糖醋排骨怎么炖"))
    # A link inside a line of text is as high as its line (WCAG 2.5.8 excepts it); its number reaches further.
    small = page.evaluate(
        """[...document.querySelectorAll("button, textarea, .source, .suggestions a, .links a, .brand")]
            .filter(element => element.getBoundingClientRect().height < 44)
            .map(element => element.outerHTML)"""
    )
    assert small == []
    visited.go(ANSWERED + "&year=2023&without=" + quote("产业园区"))
    page.locator(".terms summary").click()
    targets = page.locator(".terms").locator("a, summary").all()
    sizes = [target.bounding_box() for target in targets]
    assert len(sizes) > 5
    assert [size for size in sizes if size is None or min(size["width"], size["height"]) < 24] == []


def test_what_has_the_focus_is_not_hidden_under_the_box(visit: Open) -> None:
    page = visit(height=500).go("/?q=" + quote("开发区招商改革怎么做的"))
    for source in page.locator(".citations > .cards a.source").all():
        source.evaluate("link => scrollBy(0, link.getBoundingClientRect().bottom - innerHeight + 20)")
        source.focus()
        box, dock = source.bounding_box(), page.locator(".dock .box").bounding_box()
        assert box is not None
        assert dock is not None
        assert box["y"] + box["height"] <= dock["y"] or box["y"] >= dock["y"] + dock["height"]


def test_paper_gets_the_answer_and_its_sources_in_black_on_white_and_nothing_to_press(visit: Open) -> None:
    page = visit(dark=True).go("/?q=" + quote("开发区招商改革怎么做的") + "&q=" + quote("糖醋排骨怎么炖才烂"))
    page.emulate_media(media="print")
    for shown in (
        ".said",
        ".said .number",
        ".card .number",
        ".card .reference summary",
        ".card mark",
        ".verdict",
        ".foot",
    ):
        assert page.locator(shown).first.is_visible(), shown
    for screen in ("form", ".terms", ".export", ".suggestions", ".links", ".actions", ".reference dl", ".skip"):
        assert not any(element.is_visible() for element in page.locator(screen).all()), screen
    colours = page.evaluate(
        """[...document.querySelectorAll("body, .said, .number, .card, mark, .reference")].flatMap(element => {
            const { color, backgroundColor } = getComputedStyle(element);
            return [color, backgroundColor];
        })"""
    )
    assert set(colours) == {"rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


def test_paper_gets_all_of_an_answer_and_only_the_places_it_quotes(visit: Open) -> None:
    page = visit().go(ANSWERED + "&q=" + quote("存在的差距不足有哪些") + "&q=" + quote("企业上市奖励多少钱"))
    assert page.locator("#t2 .outline-items details").count() > 2
    page.emulate_media(media="print")
    for number in range(page.locator("#t2 .outline-items li").count()):
        item = page.locator("#t2 .outline-items li").nth(number)
        assert re.sub(r"\s", "", item.inner_text()) == re.sub(r"\s", "", item.text_content() or "")
    quoted = page.locator("#t1 .card:has(mark)")
    assert [card.is_visible() for card in page.locator("#t1 .card").all()] == [
        bool(card.locator("mark").count()) for card in page.locator("#t1 .card").all()
    ]
    assert 0 < quoted.count() < page.locator("#t1 .card").count()
    assert page.locator("#t1 .card").first.locator(".passage").is_visible()
    # What the answer has said already is folded, and stays so; where it stands is told.
    assert not page.locator("#t2-c1 .passage").is_visible()
    assert page.locator("#t2-c1 .reference summary").is_visible()
    assert page.locator("#t3 .verdict").is_visible()
    assert page.locator("#t3 .card").count() > 0
    for screen in (".related", ".further", ".around > details:not([open])", ".context"):
        assert not any(element.is_visible() for element in page.locator(screen).all()), screen


def test_the_first_place_stands_on_the_page_of_its_answer(visit: Open, tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext: apt-get install poppler-utils")
    page = visit().go(ANSWERED)
    page.pdf(path=tmp_path / "answer.pdf", prefer_css_page_size=True)
    command = ["pdftotext", "-l", "1", "-layout", str(tmp_path / "answer.pdf"), "-"]
    first = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    assert "开发区招商改革怎么做的" in first
    assert "在全县优化营商环境和能力作风建设推进会议上的讲话》（2022年10月）第一部分" in first
