"""A request for a page in, HTML out: the conversation, and the reader of one document."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug import Response

from service.answering.answer import Choices, Citation, Quote
from service.answering.dates import day
from service.answering.filters import Value
from service.answering.referencing import in_a_list, in_markdown, named
from service.corpus.document import Document, Span
from service.errors import NotReady
from service.limits import LONGEST_QUESTION
from service.web.chips import chips
from service.web.conversation import Asked, as_fields, as_query, asked_in, conversation_url, kept_fields, parameters
from service.web.current import document_url, engine, is_fragment, loaded, note_answered, served_document, whole_url_of
from service.web.doors import sees_corpus
from service.web.marking import Mark, citation_lines, head_and_rest, in_order, is_lengthy, is_long, marks_of
from service.web.problems import RETRY_AFTER
from service.web.reader import heading_title, marks_inside, outline, paragraphs

_MOST_MARKS = 100
# Paragraphs around a citation; who wants more reads the document.
_MOST_AROUND = 40

pages = Blueprint("pages", __name__)
pages.add_app_template_filter(citation_lines, "citation_lines")
pages.add_app_template_filter(as_fields, "as_fields")
pages.add_app_template_filter(kept_fields, "kept_fields")
pages.add_app_template_filter(day, "day")
pages.add_app_template_filter(named, "named")
pages.add_app_template_filter(in_a_list, "in_a_list")
pages.add_app_template_filter(head_and_rest, "head_and_rest")
pages.add_app_template_filter(is_lengthy, "is_lengthy")
pages.add_app_template_filter(is_long, "is_long")
pages.add_app_template_filter(heading_title, "heading_title")
pages.add_app_template_global(chips, "chips")
pages.add_app_template_global(lambda values: [Value(value, 0) for value in values], "zero")
pages.add_app_template_global(lambda within: Choices(within=within), "choices_within")
pages.add_app_template_global(conversation_url, "conversation_url")


@pages.get("/")
def conversation() -> Response:
    """Answer every q in turn, each with those before it as its history; the start page where there is none."""
    asked = asked_in(request.args.to_dict(flat=False))
    if asked.crowded and not asked.notice:
        return redirect(conversation_url(asked.questions, asked.choices, asked.earlier))
    answers = engine().converse(asked.questions, choices=asked.choices, loaded=loaded())
    # Those before it were logged when they were the newest; so was this one, where words that are refused follow it.
    if answers and not asked.notice:
        note_answered(answers)
    stuck = not answers or answers[-1].status == "not_found"
    examples = loaded().suggester.examples() if stuck else []
    shelf = loaded().shelf
    within = asked.choices.within
    numbers = map(shelf.corpus.number_of, within.documents)
    only = [shelf.corpus.documents[number] for number in numbers if number is not None]
    body = render_template(
        "page.html",
        answers=answers,
        asked=asked,
        only=only,
        facets=shelf.facets(within),
        admitted=len(shelf.admitted(within)),
        examples=examples,
        longest=LONGEST_QUESTION,
        fragment=is_fragment(),
    )
    response = make_response(body, asked.status)
    response.vary.add("HX-Request")
    return response


@pages.get("/documents/<document_id>")
def document(document_id: str) -> Response:
    """Show a document as it was indexed, with the spans marked that ``mark=START-END-NUMBER`` names.

    NUMBER is the citation's; it may be missing.

    :raises Refused: 404 if no document has this id
    """
    shown, structure = served_document(document_id)
    headings = outline(shown, structure)
    marks = marks_inside(shown, marks_in(request.args.getlist("mark")))
    body = render_template(
        "document.html",
        document=shown,
        headings=headings,
        marks=marks,
        paragraphs=paragraphs(shown, structure, headings, marks),
        came_from=asked_in(_conversation_before()),
    )
    return make_response(body)


@pages.get("/documents/<document_id>/around")
def around(document_id: str) -> Response:
    """Show the paragraphs ``first`` to ``last`` of a document, the one before and the one after, with marks in them.

    Numbers that name no paragraph are brought to one that is there. ``card`` is the anchor of the citation in the
    conversation that this was opened from: the page before, or the one whose parameters stand here.

    :raises Refused: 404 if no document has this id
    """
    shown, structure = served_document(document_id)
    there = len(structure.paragraphs)
    first = min(max(1, request.args.get("first", 1, type=int)), there)
    last = min(max(first, request.args.get("last", first, type=int)), first + _MOST_AROUND, there)
    marks = request.args.getlist("mark")
    found = paragraphs(shown, structure, outline(shown, structure), marks_inside(shown, marks_in(marks)))
    card = request.args.get("card", "")
    came_from = asked_in(request.args.to_dict(flat=False) if "q" in request.args else _conversation_before())
    body = render_template(
        "around.html",
        document=shown,
        came_from=came_from,
        # A page that is widened is no longer opened from the conversation, so its address has that.
        conversation=_written(came_from) if came_from.questions else {},
        card=card if re.fullmatch(r"t[0-9]{1,2}-[cr][0-9]{1,3}", card) else None,
        shown=found[max(0, first - 2) : last + 1],
        first=first,
        last=last,
        paragraphs_in_all=there,
        marks=marks[:_MOST_MARKS],
        fragment=is_fragment(),
    )
    response = make_response(body)
    response.vary.add("HX-Request")
    return response


@pages.errorhandler(NotReady)
def starting(error: NotReady) -> Response:
    """Say that the index is still being built; a script asks again by itself, a link on demand."""
    response = make_response(render_template("starting.html", message=str(error)), 503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


@pages.app_template_filter("in_markdown")
def linked_in_markdown(citation: Citation) -> str:
    """Return a citation's reference in Markdown, as a link to its place in this service."""
    return in_markdown(citation, whole_url_of)


@pages.app_context_processor
def _corpus() -> dict[str, object]:
    """Give every page what its foot says of the corpus, when it was read and whether its folder is gone; None while there is
    none to tell of.
    """
    if not engine().ready or not sees_corpus():
        return {"corpus": None}
    return {"corpus": loaded().corpus, "read_at": loaded().at, "gone_since": engine().gone_since}


@pages.app_template_global("source_url")
def source_url(citation: Citation, citations: Sequence[Citation], lead: Quote | None = None) -> str:
    """Return the address that shows a citation in its document, at its first quote, beside those of the other citations.

    ``lead`` is the outline's lead-in, marked as well. Of very many marks, those of this citation stay.
    """
    others = (other for other in citations if other.document.id == citation.document.id and other != citation)
    marks = [mark for shown in (citation, *others) for mark in marks_of(shown, lead)]
    first = marks[0].span.start
    marks = in_order(marks[:_MOST_MARKS])
    anchor = next(number for number, mark in enumerate(marks, 1) if first < mark.span.end)
    return document_url(citation.document) + as_query({"mark": [mark.written for mark in marks]}) + f"#m{anchor}"


@pages.app_template_global("around_url")
def around_url(citation: Citation, card: str, lead: Quote | None = None) -> str:
    """Return the address of the paragraphs around a citation, to be shown in the card with this anchor."""
    told = {
        "first": citation.paragraph,
        "last": citation.paragraph_end,
        "mark": [mark.written for mark in marks_of(citation, lead)],
        "card": card,
    }
    return f"{document_url(citation.document)}/around{as_query(told)}"


@pages.app_template_filter("in_a_row")
def in_a_row(citations: Iterable[Citation]) -> list[tuple[Document, list[Citation]]]:
    """Return the citations in their order, those together that stand in a row and have one document, with it."""
    return [(shown[0].document, shown) for _, group in groupby(citations, _document_id) if (shown := list(group))]


def _document_id(citation: Citation) -> str:
    return citation.document.id


def marks_in(given: Sequence[str]) -> list[Mark]:
    """Return the marks written START-END or START-END-NUMBER, in code points; what is not written so is passed over."""
    found = (re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})(?:-([1-9][0-9]{0,2}))?", value) for value in given[:_MOST_MARKS])
    return [Mark(Span(int(match[1]), int(match[2])), int(match[3]) if match[3] else None) for match in found if match]


def _written(asked: Asked) -> dict[str, Any]:
    """Return the parameters by which the address of another page holds a conversation."""
    return {"q": asked.questions, "earlier": asked.earlier or None, **parameters(asked.choices)}


def _conversation_before() -> Mapping[str, Sequence[str]]:
    """Return the parameters of the conversation this page was opened from, none where it came from elsewhere."""
    try:
        address = urlsplit(request.referrer or "")
        parameters = parse_qs(address.query)
    except ValueError:
        return {}
    here = address.netloc == request.host and address.path == url_for("pages.conversation")
    return parameters if here else {}
