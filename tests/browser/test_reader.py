from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import CDPSession, FrameLocator, Page, expect

from tests.browser.conftest import Visit, served

HEADLINE = "开发区招商改革怎么做的"
FOLLOW_UP = "那总经理是怎么来的"
# Two of its citations stand in one document.
CONVERSATION = "/?q=" + quote(HEADLINE)
Open = Callable[..., Visit]


def first_source(page: Page) -> str:
    return page.locator("#t1-c1 a.source").get_attribute("href") or ""


def select(page: Page | FrameLocator, start: str, end: str | None = None) -> None:
    """Select from the beginning of one place to the end of another, as a mouse would."""
    page.locator(".text").evaluate(
        """(text, [start, end]) => getSelection().setBaseAndExtent(
            text.querySelector(start), 0, text.querySelector(end), text.querySelector(end).childNodes.length)""",
        [start, end or start],
    )


def copied(page: Page) -> dict[str, str]:
    """Return what is on the clipboard, by type, as a document that it is pasted into would get it."""
    page.evaluate(
        """() => {
            window.pasted = {};
            document.addEventListener("paste", event => {
                for (const type of event.clipboardData.types) window.pasted[type] = event.clipboardData.getData(type);
            }, {once: true});
        }"""
    )
    page.keyboard.press("Control+V")
    page.wait_for_function("Object.keys(window.pasted).length")
    return dict(page.evaluate("window.pasted"))


# -- on its own page -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scripts", "width"), [(True, 360), pytest.param(False, 360, marks=pytest.mark.thorough), (False, 1280)]
)
def test_a_citation_opens_its_document_at_the_marked_words_and_leads_back(
    visit: Open, scripts: bool, width: int
) -> None:
    page = visit(scripts=scripts, width=width).go(CONVERSATION)
    page.locator("#t1-c1 a.source").click()
    page.wait_for_url("**/documents/**")
    mark = page.locator("mark:target")
    expect(mark).to_contain_text("组建招商服务公司")
    expect(mark).to_be_in_viewport(ratio=1)
    expect(mark.locator(".number")).to_have_text("出处1")
    expect(page.locator("p.cited")).to_have_id("p4")
    # The quote is hidden neither under the head of the page, which stays, nor under the bar at its foot.
    head, box, tools = (page.locator(place).bounding_box() for place in (".held", "mark:target", ".tools"))
    assert head is not None
    assert box is not None
    assert tools is not None
    assert box["y"] > head["y"] + head["height"]
    assert width == 1280 or box["y"] + box["height"] < tools["y"]

    page.get_by_role("link", name="回到问答").click()
    expect(page.locator("#t1-q")).to_be_in_viewport()
    assert page.url.endswith("#t1")


@pytest.mark.parametrize("width", [pytest.param(360, marks=pytest.mark.thorough), 1280])
def test_without_scripts_each_mark_is_reached_by_the_number_of_its_citation(visit: Open, width: int) -> None:
    visited = visit(scripts=False, width=width)
    visited.go(first_source(visited.go(CONVERSATION)))
    page = visited.page
    numbers = page.locator(".marks .number").all()
    assert len(numbers) > 1
    for place, number in enumerate(numbers, 1):
        number.click()
        expect(page.locator("mark:target")).to_have_id(f"m{place}")
        expect(page.locator("mark:target .number")).to_have_text(number.text_content() or "")
        expect(page.locator("mark:target .number")).to_be_in_viewport(ratio=1)
    expect(page.locator(".by-script:visible")).to_have_count(0)


@pytest.mark.parametrize(
    "width", [360, pytest.param(768, marks=pytest.mark.thorough), pytest.param(1280, marks=pytest.mark.thorough)]
)
def test_n_and_p_and_the_links_step_from_mark_to_mark(visit: Open, width: int) -> None:
    visited = visit(width=width)
    source = first_source(visited.go(CONVERSATION))
    page = visited.go(source)
    begun = int(source.split("#m")[1])
    count = page.locator("mark[id]").count()
    expect(page.locator(".count")).to_have_text(f"{begun}／{count} 处")

    def stands_at(place: int) -> None:
        expect(page.locator(".count")).to_have_text(f"{place}／{count} 处")
        expect(page.locator("mark:target")).to_have_id(f"m{place}")
        expect(page.locator("mark:target .number")).to_be_in_viewport(ratio=1)

    def after(place: int, by: int) -> int:
        return (place - 1 + by) % count + 1

    page.keyboard.press("n")
    stands_at(after(begun, 1))
    page.keyboard.press("p")
    stands_at(begun)
    page.get_by_role("link", name="上一处").click()
    stands_at(after(begun, -1))
    page.get_by_role("link", name="下一处").click()
    stands_at(begun)
    # No step is one that Back takes again.
    page.go_back()
    expect(page.locator("#t1-q")).to_be_attached()


def test_the_keys_can_be_switched_off_and_stay_so(visit: Open) -> None:
    visited = visit()
    source = first_source(visited.go(CONVERSATION))
    page = visited.go(source)
    page.get_by_role("button", name="停用这两个键").click()
    page.reload()
    expect(page.get_by_role("button", name="停用这两个键")).to_have_attribute("aria-pressed", "true")
    before = page.locator(".count").inner_text()
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("p")
    expect(page.locator(".count")).to_have_text(before)


@pytest.mark.parametrize("scripts", [True, pytest.param(False, marks=pytest.mark.thorough)])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_outline_and_the_permalinks_lead_to_their_places(visit: Open, scripts: bool, width: int) -> None:
    visited = visit(scripts=scripts, width=width)
    page = visited.go(first_source(visited.go(CONVERSATION)))
    if width == 360:
        expect(page.locator(".outline li").first).to_be_hidden()
        page.locator(".outline summary").click()
    page.locator(".outline a").last.click()
    expect(page.get_by_role("heading", name="三、提升能力")).to_be_in_viewport(ratio=1)
    if width == 360 and not scripts:
        page.locator(".outline summary").click()
    expect(page.locator(".outline li").first).to_be_visible(visible=width == 1280)
    page.locator(".place").last.click()
    assert page.url.split("#")[1] == page.locator(".text > [id]").last.get_attribute("id")
    expect(page.locator(".text > [id]").last).to_be_in_viewport()


def test_the_outline_says_which_section_is_being_read(visit: Open) -> None:
    visited = visit()
    page = visited.go(urlsplit(first_source(visited.go(CONVERSATION))).path)
    current = page.locator(".outline a[aria-current=location]")
    expect(current).to_have_count(0)
    for entry in (page.locator(".outline a").nth(n) for n in (2, 0, 4)):
        heading = (entry.get_attribute("href") or "").removeprefix("#")
        page.evaluate(
            "id => scrollTo(0, scrollY + document.getElementById(id).getBoundingClientRect().top - 100)", heading
        )
        expect(current).to_have_text([entry.inner_text()])
    page.evaluate("scrollTo(0, 0)")
    expect(current).to_have_count(0)


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.thorough)])
def test_the_size_of_the_letters_is_kept_and_moves_nothing_on_a_page_that_is_opened(visit: Open, width: int) -> None:
    visited = visit(width=width)
    source = first_source(visited.go(CONVERSATION))
    page = visited.go(source)
    letters = "parseFloat(getComputedStyle(document.querySelector('.text p')).fontSize)"
    usual = page.evaluate(letters)
    middle = "() => document.elementFromPoint(innerWidth / 2 + 100, innerHeight / 2).closest('.text > [id]').id"
    read = page.evaluate(middle)
    page.get_by_role("button", name="大").click()
    large = page.evaluate(letters)
    assert large > 1.2 * usual
    assert page.evaluate(middle) == read

    page.reload()
    assert page.evaluate(letters) == large
    expect(page.get_by_role("button", name="大")).to_have_attribute("aria-pressed", "true")
    shifts = """new Promise(resolve => {
        new PerformanceObserver(list => resolve(list.getEntries().reduce((sum, shift) => sum + shift.value, 0)))
            .observe({type: "layout-shift", buffered: true});
        setTimeout(resolve, 500, 0);
    })"""
    assert page.evaluate(shifts) == 0
    page.get_by_role("button", name="中").click()
    assert page.evaluate(letters) == usual
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_browser_that_keeps_nothing_reads_on(visit: Open) -> None:
    visited = visit()
    source = first_source(visited.go(CONVERSATION))
    visited.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page = visited.go(source)
    page.get_by_role("button", name="大").click()
    expect(page.get_by_role("button", name="大")).to_have_attribute("aria-pressed", "true")


# -- selected words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [pytest.param(360, marks=pytest.mark.thorough), 1280])
def test_selected_words_are_asked_about_in_the_conversation_they_were_read_from(visit: Open, width: int) -> None:
    visited = visit(width=width)
    page = visited.go(CONVERSATION)
    # On its own page, though wide: the way back is told by where the reader was opened from.
    page.set_viewport_size({"width": 360, "height": 800})
    page.locator("#t1-c1 a.source").click()
    page.wait_for_url("**/documents/**")
    page.set_viewport_size({"width": width, "height": 800})
    select(page, ".text h2")
    page.get_by_role("button", name="问这段").click()
    page.wait_for_url("**draft=**")
    heading = "一、肯定成绩，正视问题，持续增强优环境提能力转作风的责任感和紧迫感"
    expect(page.locator("#question")).to_have_value(f"“{heading}”")
    expect(page.locator("#question")).to_be_focused()
    expect(page.locator(".turn")).to_have_count(1)
    page.keyboard.type("怎么说")
    page.keyboard.press("Enter")
    expect(page.locator("#t2-q")).to_have_text(f"问：“{heading}”怎么说")
    assert parse_qs(urlsplit(page.url).query)["q"] == [HEADLINE, f"“{heading}”怎么说"]


def test_many_selected_words_are_asked_about_as_they_are(visit: Open) -> None:
    visited = visit()
    page = visited.go(urlsplit(first_source(visited.go(CONVERSATION))).path)
    select(page, "#p5", "#p6")
    page.get_by_role("button", name="问这段").click()
    page.wait_for_url("**draft=**")
    drafted = page.locator("#question").input_value()
    assert drafted.startswith("在看到成绩的同时，我们也要清醒地认识到")
    assert len(drafted) == 200


@pytest.mark.parametrize("secure", [True, False])
def test_selected_words_are_copied_with_where_they_stand(visit: Open, secure: bool) -> None:
    visited = visit()
    source = first_source(visited.go(CONVERSATION))
    if not secure:
        # As an intranet's plain http has it.
        visited.page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    else:
        visited.page.context.grant_permissions(["clipboard-write"])
    page = visited.go(source)
    select(page, "mark:target")
    page.get_by_role("button", name="复制并附出处").click()
    expect(page.locator("#status")).to_have_text("已复制")
    text = copied(page)
    words = (
        "特别是大力度推进开发区招商体制机制改革，组建招商服务公司，面向社会公开招聘总经理，形成体制内外混合编队，"
        "实施KPI考核机制，极大激发了干部职工内生动力。"
    )
    where = "《在全县优化营商环境和能力作风建设推进会议上的讲话》（2022年10月）第一部分，全文第4段"
    assert text["text/plain"] == f"“{words}”（{where}）"
    assert f"<p>“{words}”（{where}）</p>" in text["text/html"]
    # The words stay selected, for what else can be done with them.
    expect(page.locator(".selected")).to_be_visible()
    page.wait_for_timeout(400)
    expect(page.locator(".selected")).to_be_visible()


def test_a_selection_across_sections_is_cited_by_the_headings_above_all_of_it(visit: Open) -> None:
    visited = visit()
    page = visited.go(urlsplit(first_source(visited.go(CONVERSATION))).path)
    headings = page.locator(".outline li")
    first, last = (
        (headings.nth(n).locator("a").get_attribute("href") or "") for n in (2, 3)
    )  # （一） and （二） of 二、
    select(page, first, last)
    page.get_by_role("button", name="复制并附出处").click()
    expect(page.locator("#status")).to_have_text("已复制")
    where = copied(page)["text/plain"].split("”（")[-1]
    paragraphs = [
        page.locator(anchor).evaluate("e => e.closest('.text > [id]').id.slice(1)") for anchor in (first, last)
    ]
    source = "《在全县优化营商环境和能力作风建设推进会议上的讲话》（2022年10月）"
    assert where == f"{source}第二部分，全文第{'—'.join(paragraphs)}段）"


def test_a_paragraph_is_chosen_by_its_number_with_the_keyboard_alone(visit: Open) -> None:
    visited = visit()
    page = visited.go(first_source(visited.go(CONVERSATION)))
    page.locator("#p5 .place").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="问这段")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text("已复制")
    address = page.url.split("?")[0] + "#p5"
    assert copied(page)["text/plain"] == address
    page.keyboard.press("Escape")
    expect(page.locator(".selected")).to_be_hidden()
    expect(page.locator("#p5 .place")).to_be_focused()
    assert page.evaluate("getSelection().isCollapsed")
    visited.go(urlsplit(address).path + "#p5")
    expect(page.locator("#p5")).to_be_in_viewport()


def test_the_toolbar_comes_with_a_drawn_selection_and_goes_with_it(visit: Open) -> None:
    visited = visit()
    page = visited.go(first_source(visited.go(CONVERSATION)))
    box = page.locator("mark:target").bounding_box()
    assert box is not None
    y = box["y"] + 50
    page.mouse.move(box["x"] + 20, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, y, steps=4)
    page.wait_for_timeout(400)
    expect(page.locator(".selected")).to_be_hidden()  # not under a hand that still draws
    page.mouse.up()
    expect(page.locator(".selected")).to_be_visible()
    expect(page.locator(".selected")).to_be_in_viewport(ratio=1)
    page.locator("h1, .foot").last.click()
    expect(page.locator(".selected")).to_be_hidden()
    # What is selected outside the text is nobody's quotation.
    page.locator(".foot p").first.select_text()
    page.wait_for_timeout(400)
    expect(page.locator(".selected")).to_be_hidden()


def test_a_finger_finds_the_toolbar_at_the_foot_of_the_window(visit: Open) -> None:
    visited = visit(width=360, height=740, touch=True)
    page = visited.go(first_source(visited.go(CONVERSATION)))
    select(page, "mark:target")
    toolbar = page.locator(".selected")
    expect(toolbar).to_be_in_viewport(ratio=1)
    box, tools = toolbar.bounding_box(), page.locator(".tools").bounding_box()
    assert box is not None
    assert tools is not None
    assert box["y"] > 370
    assert box["y"] + box["height"] <= tools["y"] + 1
    page.get_by_role("button", name="复制并附出处").tap()
    expect(page.locator("#status")).to_have_text("已复制")
    page.get_by_role("button", name="问这段").tap()
    page.wait_for_url("**draft=**")
    assert "组建招商服务公司" in page.locator("#question").input_value()


# -- beside the conversation ---------------------------------------------------------------------------------------------


def test_on_a_wide_screen_the_source_opens_beside_the_conversation(visit: Open) -> None:
    page = visit().go(CONVERSATION)
    steps = page.evaluate("history.length")
    page.locator("#t1-c1 a.source").click()
    reader = page.frame_locator("iframe[title=原文]")
    mark = reader.locator("mark:target")
    expect(mark).to_contain_text("组建招商服务公司")
    expect(mark).to_be_in_viewport(ratio=1)
    expect(page.locator(".source-panel .whose")).to_have_text("在全县优化营商环境和能力作风建设推进会议上的讲话")
    expect(reader.locator(".top")).to_be_hidden()
    expect(page.locator("#t1-c1 a.source")).to_have_attribute("aria-current", "true")
    # Side by side: nothing of the conversation lies under the panel.
    main, panel = page.locator("#main").bounding_box(), page.locator(".source-panel").bounding_box()
    assert main is not None
    assert panel is not None
    assert main["x"] + main["width"] <= panel["x"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280

    # The keys lead from mark to mark, and neither they nor another source are steps in the history; the first one is.
    before = reader.locator(".count").inner_text()
    expect(page.locator("iframe")).to_be_focused()
    page.keyboard.press("n")
    expect(reader.locator(".count")).not_to_have_text(before)
    reader.locator(".outline summary").click()
    reader.locator(".outline a").last.click()
    page.locator("#t1-c2 a.source").click()
    expect(page.locator(".source-panel .whose")).to_have_text("党委书记在2023年高质量发展大会上的讲话")
    expect(page.locator("iframe")).to_have_count(1)
    assert page.evaluate("history.length") == steps + 1
    assert urlsplit(page.url).path == "/"


@pytest.mark.parametrize("by", ["escape", pytest.param("button", marks=pytest.mark.thorough)])
def test_the_source_beside_is_closed_and_the_focus_goes_back_to_its_link(visit: Open, by: str) -> None:
    page = visit().go(CONVERSATION)
    link = page.locator("#t1-c2 a.source")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.frame_locator("iframe").locator("mark:target")).to_be_visible()
    expect(page.locator("iframe")).to_be_focused()
    if by == "escape":
        page.keyboard.press("Escape")
    else:
        page.get_by_role("button", name="关闭").click()
    expect(page.locator(".source-panel")).to_have_count(0)
    expect(link).to_be_focused()
    assert link.get_attribute("aria-current") is None


def test_escape_leaves_the_selection_before_it_closes_the_source(visit: Open) -> None:
    page = visit().go(CONVERSATION)
    page.locator("#t1-c1 a.source").click()
    reader = page.frame_locator("iframe")
    select(reader, "mark:target")
    expect(reader.locator(".selected")).to_be_visible()
    expect(page.locator("iframe")).to_be_focused()
    page.keyboard.press("Escape")
    expect(reader.locator(".selected")).to_be_hidden()
    expect(page.locator(".source-panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".source-panel")).to_have_count(0)


def test_words_selected_beside_go_into_the_box_behind_what_is_there(visit: Open) -> None:
    page = visit().go(CONVERSATION)
    page.evaluate("window.kept = true")
    page.locator("#question").fill("怎么理解")
    page.locator("#t1-c1 a.source").click()
    reader = page.frame_locator("iframe")
    select(reader, ".text h2")
    reader.get_by_role("button", name="问这段").click()
    expect(page.locator("#question")).to_be_focused()
    expect(page.locator("#question")).to_have_value(
        "怎么理解“一、肯定成绩，正视问题，持续增强优环境提能力转作风的责任感和紧迫感”"
    )
    assert page.evaluate("window.kept")


def test_a_new_answer_brings_its_own_source_and_keeps_the_focus(visit: Open) -> None:
    page = visit().go(CONVERSATION)
    page.locator("#t1-c2 a.source").click()
    expect(page.locator(".source-panel .whose")).to_have_text("党委书记在2023年高质量发展大会上的讲话")
    page.locator("#question").fill(FOLLOW_UP)
    page.keyboard.press("Enter")
    expect(page.locator("#t2-q")).to_be_focused()
    reader = page.frame_locator("iframe")
    expect(reader.locator("mark:target")).to_contain_text("公开招聘总经理")
    expect(page.locator("#t2 a.source").first).to_have_attribute("aria-current", "true")
    expect(page.locator("#t2-q")).to_be_focused()
    # The way back is that of the newest conversation.
    assert parse_qs(urlsplit(reader.locator(".links a").get_attribute("href") or "").query)["q"] == [
        HEADLINE,
        FOLLOW_UP,
    ]
    page.get_by_role("button", name="关闭").click()
    expect(page.locator("#t2 a.source").first).to_be_focused()


def test_a_source_opens_as_a_page_with_the_control_key_and_on_narrow_screens(visit: Open) -> None:
    page = visit().go(CONVERSATION)
    with page.context.expect_page() as opened:
        page.locator("#t1-c1 a.source").click(modifiers=["Control"])
    expect(opened.value.locator("mark:target")).to_be_visible()
    assert page.locator(".source-panel").count() == 0

    page.locator("#t1-c1 a.source").click()
    expect(page.locator(".source-panel")).to_be_visible()
    page.set_viewport_size({"width": 1279, "height": 800})
    expect(page.locator(".source-panel")).to_have_count(0)
    page.locator("#t1-c1 a.source").click()
    page.wait_for_url("**/documents/**")


# -- all of it -----------------------------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_a_very_long_document_is_reached_at_its_places_and_scrolls_smoothly(visit: Open, tmp_path: Path) -> None:
    body = "各单位要把已经签约的项目落到实处，让群众看到变化，让企业得到实惠，让干部有干劲。" * 5
    lines = [f"第{number}条 {body}" for number in range(1, 701)]
    text = "\n".join(lines)
    (tmp_path / "办法.txt").write_text(text, encoding="utf-8")
    assert len(text) > 100_000
    with served("--corpus", str(tmp_path)) as address:
        visited = visit()
        visited.address = address
        places = [text.index(lines[number]) for number in (3, 350, 699)]
        marks = "&".join(f"mark={place}-{place + 9}-{n}" for n, place in enumerate(places, 1))
        listed = visited.page.request.get(address + "/api/v1/documents").json()["documents"]
        page = visited.go(f"/documents/{listed[0]['id']}?{marks}#m2")
        # Below the head of the page, marks with a quarter of the window above them, wherever they stand.
        for mark in ("#m2", "#m1", "#m2"):
            page.evaluate("mark => location.replace(mark)", mark)
            assert page.locator(mark).bounding_box()["y"] == pytest.approx(264, abs=1)
        page.evaluate("location.replace('#p600')")
        assert page.locator("#p600").bounding_box()["y"] == pytest.approx(64, abs=1)
        page.evaluate("location.replace('#m3')")
        expect(page.locator("#m3")).to_be_in_viewport(ratio=1)

        # What a frame costs the processor, whatever else this machine does meanwhile.
        metrics = page.context.new_cdp_session(page)
        metrics.send("Performance.enable", {"timeDomain": "threadTicks"})
        before = busy(metrics)
        page.evaluate(
            """async () => {
                scrollTo(0, 20000);
                for (let frame = 0; frame < 100; frame += 1) {
                    scrollBy(0, 100);
                    await new Promise(requestAnimationFrame);
                }
            }"""
        )
        assert (busy(metrics) - before) / 100 < 0.010


def busy(metrics: CDPSession) -> float:
    """Return for how many seconds the page's thread has been at work."""
    found = {metric["name"]: metric["value"] for metric in metrics.send("Performance.getMetrics")["metrics"]}
    return float(found["TaskDuration"])


@pytest.mark.parametrize(
    "width",
    [
        320,
        pytest.param(360, marks=pytest.mark.thorough),
        pytest.param(768, marks=pytest.mark.thorough),
        pytest.param(1280, marks=pytest.mark.thorough),
    ],
)
@pytest.mark.parametrize("scripts", [True, pytest.param(False, marks=pytest.mark.thorough)])
def test_what_a_finger_must_hit_in_the_reader_is_large_enough_and_fits(visit: Open, width: int, scripts: bool) -> None:
    visited = visit(width=width, scripts=scripts)
    page = visited.go(first_source(visited.go(CONVERSATION)))
    if scripts:
        page.locator("#p4 .place").click()
    targets = page.locator(":is(.tools, .selected, .keys) :is(a, button, summary), .place").all()
    sizes = {target.evaluate("e => e.outerHTML"): target.bounding_box() for target in targets if target.is_visible()}
    assert len(sizes) > 20
    small = {html: box for html, box in sizes.items() if box and min(box["width"], box["height"]) < 24}
    assert small == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_leftovers_are_shown_and_named(visit: Open) -> None:
    visited = visit()
    page = visited.go("/?q=" + quote("推进会上强调要强化责任落实吗"))
    visited.go(page.locator("a.source").first.get_attribute("href") or "")
    expect(page.locator(".leftover").first).to_contain_text("网页残留")


def test_the_first_tab_skips_to_the_text(visit: Open) -> None:
    page = visit().go("/?q=" + quote(HEADLINE))
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
