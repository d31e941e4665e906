"""A request for a page in, HTML out: the conversation, and the reader of one document."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from flask import Blueprint, Response, make_response, render_template, request, url_for

from service.corpus.document import Span
from service.errors import NotReady
from service.limits import LONGEST_HISTORY, LONGEST_QUESTION
from service.web.current import engine, log_answered, log_refused, served_document
from service.web.examples import example_questions
from service.web.marking import citation_lines
from service.web.problems import RETRY_AFTER
from service.web.reader import heading_title, outline, paragraphs

_MOST_MARKS = 100

pages = Blueprint("pages", __name__)
pages.add_app_template_filter(citation_lines, "citation_lines")
pages.add_app_template_filter(heading_title, "heading_title")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a conversation's URL asks: the questions that are answered, and what is left in the box and why.

    ``notice`` is said to a person whose last words could not be taken as they stand; ``draft`` are those words.
    """

    questions: tuple[str, ...]
    draft: str = ""
    notice: str | None = None


@pages.get("/")
def conversation() -> Response:
    """Answer every q in turn, each with those before it as its history; the start page where there is none."""
    asked = asked_in(request.args.getlist("q"))
    answers = engine().converse(asked.questions)
    # Those before it were logged when they were the newest; so was this one, where words that are refused follow it.
    if answers and not asked.notice:
        log_answered(answers[-1].question)
    if asked.notice:
        log_refused(413)
    fragment = "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
    stuck = not answers or answers[-1].status == "not_found"
    examples = example_questions(engine().loaded.corpus) if stuck else []
    body = render_template("page.html", answers=answers, asked=asked, examples=examples, fragment=fragment)
    response = make_response(body, 413 if asked.notice else 200)
    response.vary.add("HX-Request")
    return response


@pages.get("/documents/<document_id>")
def document(document_id: str) -> Response:
    """Show a document as it was indexed, with the spans named by ``mark=START-END`` marked.

    :raises Refused: 404 if no document has this id
    """
    shown, structure = served_document(document_id)
    headings = outline(shown, structure)
    marked = paragraphs(shown, structure, headings, marks_in(request.args.getlist("mark")))
    came_from = asked_in(_conversation_before()).questions
    return make_response(
        render_template("document.html", document=shown, headings=headings, paragraphs=marked, came_from=came_from)
    )


@pages.errorhandler(NotReady)
def starting(error: NotReady) -> Response:
    """Say that the index is still being built; the page asks again by itself."""
    response = make_response(render_template("starting.html", message=str(error), seconds=RETRY_AFTER), 503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


@pages.app_context_processor
def _corpus() -> dict[str, object]:
    """Give every page what its foot says of the corpus; None while there is none."""
    return {"corpus": engine().loaded.corpus if engine().ready else None}


@pages.app_template_filter("day")
def day(date: str) -> str:
    """Return YYYY, YYYY-MM or YYYY-MM-DD as it is written in Chinese: 2022年10月9日."""
    return "".join(f"{int(part)}{unit}" for part, unit in zip(date.split("-"), "年月日", strict=False))


def asked_in(given: Iterable[str]) -> Asked:
    """Return what the values of q ask; blank ones ask nothing.

    Where one is too long, those before it are answered and it stays in the box; where they are too many, the last one
    stays in the box to begin a new conversation with.
    """
    questions = [question for question in map(_readable, given) if question]
    if len(questions) > LONGEST_HISTORY + 1:
        notice = (
            f"一次对话最多 {LONGEST_HISTORY + 1} 问，这里有 {len(questions)} 问。可以把最后一问作为新对话的第一问。"
        )
        return Asked((), questions[-1], notice)
    for number, question in enumerate(questions):
        if len(question) > LONGEST_QUESTION:
            notice = f"这个问题有 {len(question):,} 个字，一次最多 {LONGEST_QUESTION:,} 字。请删减后再问。"
            return Asked(tuple(questions[:number]), question, notice)
    return Asked(tuple(questions))


def marks_in(given: Sequence[str]) -> list[Span]:
    """Return the spans written START-END, in code points; what is not written so is passed over."""
    found = (re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", value) for value in given[:_MOST_MARKS])
    return [Span(int(match[1]), int(match[2])) for match in found if match]


def _conversation_before() -> list[str]:
    """Return every q of the conversation this page was opened from, none where it came from elsewhere."""
    try:
        address = urlsplit(request.referrer or "")
        asked = parse_qs(address.query).get("q", [])
    except ValueError:
        return []
    here = address.netloc == request.host and address.path == url_for("pages.conversation")
    return asked if here else []


def _readable(question: str) -> str:
    """Return a question as it can be shown: line ends as \\n, control characters as blanks, none around it."""
    unified = re.sub(r"\r\n?", "\n", question)
    return "".join(" " if c != "\n" and unicodedata.category(c) in ("Cc", "Cs") else c for c in unified).strip()
