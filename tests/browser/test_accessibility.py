"""Every page in every state: nothing that axe names, all of it by keys, at 320 px, with large letters, without motion."""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import AXE_FILE, Visit, loaded

Open = Callable[..., Visit]
State = Callable[[Visit], object]

HEADLINE = "开发区招商改革怎么做的"
ANSWERED = "/?q=" + quote(HEADLINE)
LISTED = "/?q=" + quote("存在的差距不足有哪些")
AXE = AXE_FILE.read_text(encoding="utf-8") if AXE_FILE.exists() else ""
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

IN_FORCE = "云溪县人才办法\n一、补贴\n引进的博士每人每月补贴三千元，连续发放三年。\n"
LAPSED = "云溪县人才办法（已废止）\n一、补贴\n引进的博士每人每月补贴一千元，连续发放两年。\n"


def unfolded(visit: Visit, path: str) -> None:
    """Open a page with all that is folded on it open."""
    page = visit.go(path)
    for folded in page.locator("details").all():
        folded.evaluate("details => details.open = true")


def asked(visit: Visit) -> None:
    page = visit.go("/")
    page.locator("#question").fill(HEADLINE)
    page.keyboard.press("Enter")
    expect(page.locator("#t1-q")).to_be_focused()


def in_context(visit: Visit) -> None:
    page = visit.go(ANSWERED)
    page.locator("#t1-c1").get_by_role("link", name="看上下文").click()
    expect(page.locator("#t1-c1 .which").first).to_be_visible()


def typed(visit: Visit) -> None:
    page = visit.go(ANSWERED)
    page.locator("#question").fill("长" * 2001)
    expect(page.locator("#room")).not_to_be_empty()


def beside(visit: Visit) -> None:
    """Open a source: beside the conversation, where there is room for it."""
    page = visit.go(ANSWERED)
    page.locator("#t1-c1 a.source").click()
    if page.evaluate("innerWidth") >= 1280:
        expect(page.frame_locator("iframe").locator("mark:target")).to_be_visible()
    else:
        page.wait_for_url("**/documents/**")


def copied(visit: Visit) -> None:
    page = visit.go(ANSWERED)
    page.locator("#t1-c1 .copy").click()
    expect(page.locator("#status")).not_to_be_empty()


def offline(visit: Visit) -> None:
    page = visit.go(ANSWERED)
    page.evaluate("document.dispatchEvent(new Event('htmx:sendError'))")
    expect(page.locator(".offline")).to_be_visible()


def followed(link: str, path: str = "") -> State:
    def follow(visit: Visit) -> None:
        page = visit.go(path or ANSWERED)
        visit.go(page.locator(link).first.get_attribute("href") or "")

    return follow


def at(path: str) -> State:
    return lambda visit: visit.go(path)


STATES: dict[str, State] = {
    "start": at("/"),
    "answer": at(ANSWERED),
    "asked through htmx": asked,
    "context opened": in_context,
    "copied": copied,
    "service gone": offline,
    "list": at(LISTED),
    "list, all of it open": lambda visit: unfolded(visit, LISTED),
    "follow-up": at(ANSWERED + "&q=" + quote("那总经理是怎么来的") + "#t2"),
    "choices": lambda visit: unfolded(
        visit, "/?q=" + quote("去年怎么少跑腿，浙江今年引进多少项目") + "&year=2030&without=" + quote("引资")
    ),
    "without synonyms": at(ANSWERED + "&synonyms=false"),
    "corrections": at("/?q=" + quote("招上引资")),
    "lengthy question": at("/?q=" + quote(HEADLINE + "，请结合实际谈一谈" * 20)),
    "room left": typed,
    "source beside": beside,
    "not found": at("/?q=" + quote("糖醋排骨怎么炖才烂")),
    "not found, with related": at("/?q=" + quote("企业上市奖励多少钱")),
    "one document": followed(".actions a[href*='documents=']"),
    "earlier turns left": at(ANSWERED + "&earlier=3"),
    "question too long": at(ANSWERED + "&q=" + "长" * 2001),
    "wrong choice": at(ANSWERED + "&year=abc"),
    "context as a page": followed(".actions a[href*='/around']"),
    "reader": followed("a.source"),
    "documents": at("/documents"),
    "documents, all of it open": lambda visit: unfolded(visit, "/documents?sort=date"),
    "a part of the documents": at("/documents?from=2022&to=2022"),
    "files": lambda visit: unfolded(visit, "/corpus"),
    "outline": followed(".do a[href*='/outline']", "/documents"),
    "error": at("/documents/none"),
}
# Of servers of their own.
ELSEWHERE: dict[str, str] = {
    "empty corpus": "/",
    "starting": "/",
    "lapsed": "/?q=" + quote("博士每月补贴多少"),
}

ALL = {*STATES, *ELSEWHERE}
# All that stands on any page stands on one of these, too.
DENSEST = {
    *(
        "start",
        "answer",
        "context opened",
        "list, all of it open",
        "choices",
        "corrections",
        "lengthy question",
        "room left",
        "copied",
        "service gone",
    ),
    *(
        "not found, with related",
        "earlier turns left",
        "reader",
        "documents, all of it open",
        "files",
        "outline",
        "error",
    ),
}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The addresses of the servers that ELSEWHERE names."""
    folder: Callable[[], Path] = lambda: tmp_path_factory.mktemp("served")  # noqa: E731
    small = {"办法.txt": IN_FORCE, "旧办法.txt": LAPSED}
    with (
        loaded(folder(), {}) as empty,
        loaded(folder(), {}, ready=False) as starting,
        loaded(folder(), small) as lapsed,
    ):
        yield {"empty corpus": empty, "starting": starting, "lapsed": lapsed}


@pytest.fixture
def states(visit: Open, elsewhere: dict[str, str]) -> Callable[..., Iterator[tuple[str, Page]]]:
    """Return a function that shows each state in turn, or only some, on pages opened with the options given."""

    def show(only: Collection[str] = ALL, **options: object) -> Iterator[tuple[str, Page]]:
        visited = visit(**options)
        for name, reach in STATES.items():
            if name in only:
                reach(visited)
                yield name, visited.page
        # The browser's own words on answers that are none.
        visited.wrong[:] = [
            wrong for wrong in visited.wrong if not any(code in wrong for code in ("404", "413", "422"))
        ]
        for name, path in ELSEWHERE.items():
            if name not in only:
                continue
            visited = visit(at=elsewhere[name], **options)
            yield name, visited.go(path)
            visited.page.close()
            visited.wrong[:] = [wrong for wrong in visited.wrong if "503" not in wrong]

    return show


def violations(page: Page, *, dark: bool) -> list[str]:
    """Return what axe finds wrong, and where it cannot tell how a text stands off; in the dark, of colours alone."""
    rules = {"type": "rule", "values": ["color-contrast"]} if dark else {"type": "tag", "values": RULES}
    # On a busy machine what was looked for may be there before the style sheet is.
    page.wait_for_load_state()
    # What stands over something else hides from axe what colour is behind that.
    page.evaluate("document.styleSheets[0].insertRule('.dock, .status, .held, .tools { position: static !important }')")
    page.evaluate(AXE)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations', 'incomplete']})", rules
    )
    unknown = [
        f"{node['any'][0]['message']}: {node['html']}"
        for kind in found["incomplete"]
        if kind["id"] == "color-contrast"
        for node in kind["nodes"]
        # One character, such as the number of a citation, in colours that longer texts have, too.
        if "too short" not in node["any"][0]["message"]
    ]
    return [f"{kind['id']}: {kind['nodes'][0]['html']}" for kind in found["violations"]] + unknown


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.thorough)])
def test_axe_names_nothing_on_any_page_in_any_state(
    states: Callable[..., Iterator[tuple[str, Page]]], width: int
) -> None:
    wrong = {}
    # Still: what fades from light to dark has colours between.
    for name, page in states(width=width, still=True):
        wrong[name] = violations(page, dark=False)
        # No other state has a colour of its own.
        if name in DENSEST or name in ELSEWHERE:
            page.emulate_media(color_scheme="dark")
            wrong[name] += violations(page, dark=True)
            page.emulate_media(color_scheme="light")
    assert set(wrong) == ALL
    assert {name: found for name, found in wrong.items() if found} == {}


def test_the_page_opens_by_itself_once_the_documents_are_read(visit: Open, elsewhere: dict[str, str]) -> None:
    visited = visit(at=elsewhere["starting"])
    page = visited.go("/?q=" + quote(HEADLINE))
    expect(page.get_by_role("link", name="再试一次")).to_be_visible()
    with page.expect_navigation():
        page.route("**/readyz", lambda route: route.fulfill(status=200))
    assert all("503" in wrong for wrong in visited.wrong)
    visited.wrong.clear()


@pytest.mark.parametrize(
    "only", [pytest.param(ALL, marks=pytest.mark.thorough), DENSEST], ids=["everywhere", "where most stands"]
)
def test_nothing_is_cut_off_at_320_px_nor_with_large_letters_nor_with_wide_spacing(
    states: Callable[..., Iterator[tuple[str, Page]]], only: Collection[str]
) -> None:
    spaced = """() => {
        // What a reader may set (WCAG 1.4.12); and letters of twice the size.
        const sheet = document.styleSheets[0];
        sheet.insertRule("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }");
        sheet.insertRule("p { margin-bottom: 2em !important }");
    }"""
    large = "document.documentElement.style.fontSize = '200%'"
    # Text that its box hides, which no scrolling brings up. A line that ends in … says so itself.
    cut = """() => [...document.querySelectorAll("main *, header *")].filter(element => {
        const { overflowX, overflowY, textOverflow, clipPath } = getComputedStyle(element);
        return [overflowX, overflowY].includes("hidden") && textOverflow !== "ellipsis" && clipPath === "none"
            && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
    }).map(element => element.outerHTML)"""
    wrong = {}
    for name, page in states(only, width=320, height=256):
        for how in ("", spaced, large):
            if how:
                page.evaluate(how)
            wide = page.evaluate("document.documentElement.scrollWidth")
            wrong[name, how[:20]] = [f"{wide} px wide"] * (wide > 320) + page.evaluate(cut)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_nothing_moves_for_who_wants_no_motion(visit: Open) -> None:
    page = visit(still=True).go(ANSWERED)
    moving = """[...document.querySelectorAll("*")].filter(element => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
        return animationName !== "none" || scrollBehavior === "smooth" || parseFloat(transitionDuration) > 0;
    }).map(element => element.outerHTML)"""
    assert page.evaluate(moving) == []
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) != []


def test_what_a_screen_reader_names_says_what_it_leads_to(visit: Open) -> None:
    page = visit().go(ANSWERED)
    names = page.locator("a:visible, button:visible, summary:visible").evaluate_all(
        "all => all.map(element => [element.textContent.trim(), element.href || element.closest('[id]').id])"
    )
    assert [where for name, where in names if not name] == []
    leads: dict[str, set[str]] = {}
    for name, where in names:
        leads.setdefault(name, set()).add(where)
    # The same words never lead to two places; what copies belongs to the card it stands in.
    assert {name for name, places in leads.items() if len(places) > 1} <= {"复制引文"}
    expect(page.get_by_role("search")).to_have_count(1)
    expect(page.get_by_role("textbox", name="接着问")).to_have_count(1)
    expect(page.get_by_role("main")).to_have_attribute("aria-live", "polite")
    expect(page.get_by_role("article", name=HEADLINE)).to_have_count(1)
    expect(page.get_by_role("status")).to_have_count(1)
