import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, loaded

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


@pytest.mark.parametrize("dark", [False, pytest.param(True, marks=pytest.mark.thorough)])
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
    page.emulate_media(media="print")
    cards = page.locator("#t1 .card").all()
    quoted = [card.locator("mark").count() > 0 for card in cards]
    assert set(quoted) == {True, False}
    assert [card.is_visible() for card in cards] == quoted
    assert page.locator("#t1-c1 .passage").is_visible()
    # What the answer has said already is folded, and stays so; where it stands is told.
    assert not page.locator("#t2-c1 .passage").is_visible()
    assert page.locator("#t2-c1 .reference summary").is_visible()
    assert page.locator("#t3 .verdict").is_visible()
    assert page.locator("#t3 .card").count() > 0
    for screen in (".related", ".advice", ".further", ".around > details:not([open])", ".context"):
        assert not any(element.is_visible() for element in page.locator(screen).all()), screen


def test_the_folded_items_of_a_long_list_stand_open_on_paper(visit: Open, tmp_path: Path) -> None:
    rest = "群众反映排队的时间长，材料交了好几遍，一次说不清楚，要跑好几趟，电话打不通。"
    items = "".join(f"{label}是{label}号窗口办得慢。{rest}" for label in "一二三四五六七八九")
    with loaded(tmp_path, {"a.txt": f"办事难的问题\n当前要解决好以下问题：{items}\n"}) as address:
        page = visit(at=address).go("/?q=" + quote("当前要解决好哪些问题"))
        folded = page.locator(".outline-items li")
        expect(folded).to_have_count(9)
        assert rest not in folded.last.inner_text()
        page.emulate_media(media="print")
        assert [rest in item.inner_text() for item in folded.all()] == [True] * 9


@pytest.mark.parametrize(("kept_whole", "page_of_card"), [(False, 0), (True, 1)])
def test_the_first_place_begins_on_the_page_of_its_answer(visit: Open, kept_whole: bool, page_of_card: int) -> None:
    page = visit().go(ANSWERED)
    if kept_whole:
        # What the test would see if cards were not cut.
        page.evaluate("document.styleSheets[0].insertRule('.card { break-inside: avoid }')")
    # So low that the card, whole, would not fit below the answer. Its anchor is where the answer's number leads to.
    page.evaluate(
        "() => document.styleSheets[0].insertRule('@page { size: 210mm 168mm }', document.styleSheets[0].cssRules.length)"
    )
    file = page.pdf(prefer_css_page_size=True)
    pages = re.findall(rb"(\d+) 0 R", re.findall(rb"/Kids \[([^]]*)\]", file)[0])
    (anchored,) = re.findall(rb"/?t1-c1 \[(\d+) 0 R", file)
    assert pages.index(anchored) == page_of_card
