"""What is typed and asked while an answer is on its way: nothing of it is asked twice, and nothing is lost."""

from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlsplit

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit

HEADLINE = "开发区招商改革怎么做的"
FOLLOW_UP = "那总经理是怎么来的"
ANSWERED = "/?q=" + quote(HEADLINE)
Open = Callable[..., Visit]


def held(page: Page) -> list[Route]:
    """Return the requests for answers that the page makes from now on; each waits until it is let go."""
    waiting: list[Route] = []
    page.route("**/?q=*", lambda route: waiting.append(route))
    return waiting


def let_go(page: Page, waiting: list[Route], number: int) -> None:
    for _ in range(100):
        if len(waiting) == number:
            break
        page.wait_for_timeout(50)
    assert len(waiting) == number
    waiting[-1].continue_()


def questions(page: Page) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get("q", [])


def test_a_second_enter_asks_nothing_and_the_answer_comes(visit: Open) -> None:
    page = visit().go("/")
    waiting = held(page)
    page.locator("#question").fill(HEADLINE)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.locator("form.ask button").click()
    let_go(page, waiting, 1)
    expect(page.locator("#t1-q")).to_be_focused()
    expect(page.locator("#question")).to_have_value("")
    page.wait_for_timeout(200)
    assert len(waiting) == 1
    assert questions(page) == [HEADLINE]


def test_two_enters_as_fast_as_keys_go_are_one_question(visit: Open) -> None:
    page = visit().go("/")
    for turn, question in enumerate((HEADLINE, FOLLOW_UP), 1):
        page.locator("#question").fill(question)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(page.locator(f"#t{turn}-q")).to_have_text("问：" + question)
        expect(page.locator("#question")).to_have_value("")
        assert questions(page) == [HEADLINE, FOLLOW_UP][:turn]


def test_another_question_waits_for_the_answer_that_is_on_its_way(visit: Open) -> None:
    page = visit().go("/")
    waiting = held(page)
    box = page.locator("#question")
    box.fill(HEADLINE)
    page.keyboard.press("Enter")
    box.fill(FOLLOW_UP)
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text("前一问答完就查这一问。")
    let_go(page, waiting, 1)
    let_go(page, waiting, 2)
    expect(page.locator("#t1-q")).to_have_text("问：" + HEADLINE)
    expect(page.locator("#t2-q")).to_have_text("问：" + FOLLOW_UP)
    expect(box).to_have_value("")
    assert questions(page) == [HEADLINE, FOLLOW_UP]


def test_a_suggestion_waits_too_and_a_question_waits_for_a_suggestion(visit: Open) -> None:
    page = visit().go("/")
    example = page.locator(".examples a").first
    offered = example.inner_text()
    waiting = held(page)
    page.locator("#question").fill(HEADLINE)
    page.keyboard.press("Enter")
    example.click()
    let_go(page, waiting, 1)
    let_go(page, waiting, 2)
    expect(page.locator("#t2-q")).to_have_text("问：" + offered)
    suggestion = page.locator("#t2 .suggestions a").first
    suggested = suggestion.inner_text()
    suggestion.click()
    page.locator("#question").fill(FOLLOW_UP)
    page.keyboard.press("Enter")
    let_go(page, waiting, 3)
    let_go(page, waiting, 4)
    expect(page.locator("#t4-q")).to_be_focused()
    assert questions(page) == [HEADLINE, offered, suggested, FOLLOW_UP]


def test_what_is_typed_while_the_answer_comes_stays_in_the_box(visit: Open) -> None:
    page = visit().go(ANSWERED)
    waiting = held(page)
    box = page.locator("#question")
    box.fill(FOLLOW_UP)
    page.keyboard.press("Enter")
    box.fill("那效果")
    page.keyboard.press("ArrowLeft")
    let_go(page, waiting, 1)
    expect(page.locator("#t2-q")).to_be_visible()
    expect(box).to_be_focused()
    page.keyboard.type("的")
    expect(box).to_have_value("那效的果")
    # A word that is left out takes nothing out of the box.
    page.locator(".terms .drop").first.click()
    let_go(page, waiting, 2)
    expect(page.locator(".terms .out")).to_have_count(1)
    expect(box).to_have_value("那效的果")


def test_a_context_is_fetched_beside_a_question_that_is_under_way(visit: Open) -> None:
    page = visit().go(ANSWERED)
    waiting = held(page)
    page.locator("#question").fill(FOLLOW_UP)
    page.keyboard.press("Enter")
    page.locator("#t1-c1").get_by_role("link", name="看上下文").click()
    expect(page.locator("#t1-c1 .which").first).to_be_visible()
    let_go(page, waiting, 1)
    expect(page.locator("#t2-q")).to_be_focused()


def test_questions_that_could_not_be_sent_go_back_into_the_box(visit: Open) -> None:
    visited = visit()
    page = visited.go("/")
    waiting = held(page)
    page.locator("#question").fill(HEADLINE)
    page.keyboard.press("Enter")
    page.locator("#question").fill(FOLLOW_UP)
    page.keyboard.press("Enter")
    for _ in range(100):
        if waiting:
            break
        page.wait_for_timeout(50)
    waiting[0].abort()
    expect(page.locator(".offline")).to_be_visible()
    expect(page.locator("#question")).to_have_value(f"{HEADLINE}\n{FOLLOW_UP}")
    page.unroute("**/?q=*")
    page.locator("#question").fill(HEADLINE)
    page.keyboard.press("Enter")
    expect(page.locator("#t1-q")).to_be_focused()
    visited.wrong.clear()


def test_a_question_that_is_too_long_is_said_to_be_before_it_is_sent_and_is_kept(visit: Open) -> None:
    page = visit().go("/")
    waiting = held(page)
    box, room = page.locator("#question"), page.locator("#room")
    box.fill("长" * 1900)
    expect(room).to_have_text("")
    box.fill("长" * 1950)
    expect(room).to_have_text("还可以写 50 个字。")
    box.fill("长" * 2012)
    expect(room).to_have_text("多了 12 个字，请删减后再问。")
    expect(box).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Enter")
    page.locator("form.ask button").click()
    page.wait_for_timeout(200)
    assert waiting == []
    expect(box).to_have_value("长" * 2012)
    expect(box).to_be_focused()
    # Counted as the service counts: a rare character is one, blanks around are none.
    box.fill(" " + "𠮷" * 2000 + "\n")
    expect(room).to_have_text("还可以写 0 个字。")
    page.keyboard.press("Enter")
    let_go(page, waiting, 1)
    expect(page.locator("#t1-q")).to_be_focused()
