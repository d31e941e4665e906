"""A request for a page in, HTML out: the conversation, and the reader of one document."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlsplit

from flask import Blueprint, Response, make_response, render_template, request, url_for

from service.answering.answer import Choices, Citation
from service.corpus.document import Span
from service.errors import NotReady
from service.limits import LONGEST_HISTORY, LONGEST_QUESTION
from service.web.chips import chips
from service.web.current import engine, log_answered, log_refused, served_document
from service.web.examples import example_questions
from service.web.marking import Mark, citation_lines, in_order, marks_of
from service.web.problems import RETRY_AFTER, Refused
from service.web.reader import heading_title, marks_inside, outline, paragraphs
from service.web.requests import choices_in_query

_MOST_MARKS = 100
# Of many faults in one address, as many as a person would read.
_MOST_FAULTS = 3

pages = Blueprint("pages", __name__)
pages.add_app_template_filter(citation_lines, "citation_lines")
pages.add_app_template_filter(heading_title, "heading_title")
pages.add_app_template_global(chips, "chips")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a conversation's URL asks: the questions that are answered, by which choices, and what is left in the box.

    ``notice`` is said, with another ``status`` than 200, to a person whose words or choices could not be taken as they
    stand; ``draft`` are such words, or words that were chosen in the reader to ask about.
    """

    questions: tuple[str, ...]
    draft: str = ""
    notice: str | None = None
    status: int = 200
    choices: Choices = field(default_factory=Choices)


@pages.get("/")
def conversation() -> Response:
    """Answer every q in turn, each with those before it as its history; the start page where there is none."""
    asked = asked_in(request.args.to_dict(flat=False))
    answers = engine().converse(asked.questions, choices=asked.choices)
    # Those before it were logged when they were the newest; so was this one, where words that are refused follow it.
    if answers and not asked.notice:
        log_answered(answers[-1].question)
    if asked.notice:
        log_refused(asked.status)
    fragment = "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
    stuck = not answers or answers[-1].status == "not_found"
    examples = example_questions(engine().loaded.corpus) if stuck else []
    body = render_template("page.html", answers=answers, asked=asked, examples=examples, fragment=fragment)
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


@pages.app_template_global("conversation_url")
def conversation_url(questions: Sequence[str], choices: Choices) -> str:
    """Return the address that asks these questions by these choices, at the newest one."""
    return url_for(
        "pages.conversation",
        q=questions,
        without=sorted(choices.without),
        synonyms=None if choices.synonyms else "false",
        year=choices.year,
        _anchor=f"t{len(questions)}" if questions else None,
    )


def asked_in(given: Mapping[str, Sequence[str]]) -> Asked:
    """Return what the parameters of a conversation's URL ask; a blank q asks nothing, a blank without leaves out nothing.

    Where a question is too long, those before it are answered and it stays in the box; where they are too many, the last
    one stays in the box to begin a new conversation with. Where a choice is wrong, none is taken. A draft is put into the
    box for a person to go on with.
    """
    choices, wrong = _chosen(given)
    asked = _questions(given.get("q", ()))
    if not asked.draft:
        asked = replace(asked, draft=_readable("".join(given.get("draft", ())[:1]))[:LONGEST_QUESTION])
    if asked.notice:
        # The words left out were those of the question that stays in the box.
        return replace(asked, choices=choices.lasting)
    return replace(asked, choices=choices, notice=wrong, status=422 if wrong else 200)


def _chosen(given: Mapping[str, Sequence[str]]) -> tuple[Choices, str | None]:
    """Return the choices in a URL, or none of them and what is wrong with them."""
    without = [word for word in map(_readable, given.get("without", ())) if word]
    try:
        return choices_in_query({**given, "without": without}), None
    except Refused as refused:
        faults = "；".join(f"{fault.field} {fault.message}" for fault in refused.problem.errors[:_MOST_FAULTS])
        return Choices(), f"网址里有选项写得不对，没有采用：{faults}。"


def _questions(given: Iterable[str]) -> Asked:
    questions = [question for question in map(_readable, given) if question]
    if len(questions) > LONGEST_HISTORY + 1:
        notice = (
            f"一次对话最多 {LONGEST_HISTORY + 1} 问，这里有 {len(questions)} 问。可以把最后一问作为新对话的第一问。"
        )
        return Asked((), questions[-1], notice, 413)
    for number, question in enumerate(questions):
        if len(question) > LONGEST_QUESTION:
            notice = f"这个问题有 {len(question):,} 个字，一次最多 {LONGEST_QUESTION:,} 字。请删减后再问。"
            return Asked(tuple(questions[:number]), question, notice, 413)
    return Asked(tuple(questions))


@pages.app_template_global("source_url")
def source_url(citation: Citation, citations: Sequence[Citation]) -> str:
    """Return the address that shows a citation in its document, at its first mark, beside those of the other citations.

    Of very many marks, those of this citation stay.
    """
    others = (other for other in citations if other.document.id == citation.document.id and other != citation)
    marks = [mark for shown in (citation, *others) for mark in marks_of(shown)]
    first = marks[0].span.start
    marks = in_order(marks[:_MOST_MARKS])
    anchor = next(number for number, mark in enumerate(marks, 1) if first < mark.span.end)
    return url_for(
        "pages.document",
        document_id=citation.document.id,
        mark=[f"{mark.span.start}-{mark.span.end}-{mark.number}" for mark in marks],
        _anchor=f"m{anchor}",
    )


def marks_in(given: Sequence[str]) -> list[Mark]:
    """Return the marks written START-END or START-END-NUMBER, in code points; what is not written so is passed over."""
    found = (re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})(?:-([1-9][0-9]{0,2}))?", value) for value in given[:_MOST_MARKS])
    return [Mark(Span(int(match[1]), int(match[2])), int(match[3]) if match[3] else None) for match in found if match]


def _conversation_before() -> Mapping[str, Sequence[str]]:
    """Return the parameters of the conversation this page was opened from, none where it came from elsewhere."""
    try:
        address = urlsplit(request.referrer or "")
        parameters = parse_qs(address.query)
    except ValueError:
        return {}
    here = address.netloc == request.host and address.path == url_for("pages.conversation")
    return parameters if here else {}


def _readable(question: str) -> str:
    """Return a question as it can be shown: line ends as \\n, control characters as blanks, none around it."""
    unified = re.sub(r"\r\n?", "\n", question)
    return "".join(" " if c != "\n" and unicodedata.category(c) in ("Cc", "Cs") else c for c in unified).strip()
