"""A request for a page in, HTML out: the conversation, and the reader of one document."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug import Response

from service.answering.referencing import day
from service.corpus.document import Span
from service.errors import NotReady
from service.web.chips import chips
from service.web.conversation import asked_in, conversation_url
from service.web.current import engine, log_answered, log_refused, served_document
from service.web.marking import citation_lines
from service.web.problems import RETRY_AFTER
from service.web.reader import heading_title, outline, paragraphs

_MOST_MARKS = 100

pages = Blueprint("pages", __name__)
pages.add_app_template_filter(citation_lines, "citation_lines")
pages.add_app_template_filter(day, "day")
pages.add_app_template_filter(heading_title, "heading_title")
pages.add_app_template_global(chips, "chips")
pages.add_app_template_global(conversation_url, "conversation_url")


@pages.get("/")
def conversation() -> Response:
    """Answer every q in turn, each with those before it as its history; the start page where there is none."""
    asked = asked_in(request.args.to_dict(flat=False))
    if asked.crowded and not asked.notice:
        return redirect(conversation_url(asked.questions, asked.choices, asked.earlier))
    answers = engine().converse(asked.questions, choices=asked.choices)
    # Those before it were logged when they were the newest; so was this one, where words that are refused follow it.
    if answers and not asked.notice:
        log_answered(answers[-1].question)
    if asked.notice:
        log_refused(asked.status)
    fragment = "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
    stuck = not answers or answers[-1].status == "not_found"
    examples = engine().loaded.suggester.examples() if stuck else []
    only = [document for document in engine().loaded.corpus.documents if document.id in asked.choices.documents]
    body = render_template("page.html", answers=answers, asked=asked, only=only, examples=examples, fragment=fragment)
    response = make_response(body, asked.status)
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
    came_from = asked_in(_conversation_before())
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


def marks_in(given: Sequence[str]) -> list[Span]:
    """Return the spans written START-END, in code points; what is not written so is passed over."""
    found = (re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", value) for value in given[:_MOST_MARKS])
    return [Span(int(match[1]), int(match[2])) for match in found if match]


def _conversation_before() -> Mapping[str, Sequence[str]]:
    """Return the parameters of the conversation this page was opened from, none where it came from elsewhere."""
    try:
        address = urlsplit(request.referrer or "")
        parameters = parse_qs(address.query)
    except ValueError:
        return {}
    here = address.netloc == request.host and address.path == url_for("pages.conversation")
    return parameters if here else {}
