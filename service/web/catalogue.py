"""A request for what there is in, HTML out: the list of documents, the outline of one, and what became of every file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple, TypeVar

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug import Response

from service.answering.filters import YEARS, Facets, Filters, facets
from service.answering.shelf import Shelf
from service.corpus.document import Document
from service.corpus.report import FileReport
from service.errors import NotReady
from service.passages.coverage import Coverage, coverage_in
from service.web.conversation import as_query, asked_in, filter_parameters
from service.web.current import is_fragment, loaded, served_document
from service.web.pages import starting
from service.web.reader import outline

_PER_PAGE = 50
# Of many values, as many bars as are compared at a glance.
_BARS = 12

_Listed = TypeVar("_Listed")

catalogue = Blueprint("catalogue", __name__)
catalogue.register_error_handler(NotReady, starting)


@dataclass(frozen=True, slots=True)
class _Order:
    name: str
    key: Callable[[Document], tuple[object, ...]]


# By a date that is not known nothing comes first.
_ORDERS = {
    "file": _Order("文件", lambda document: ()),
    "date": _Order("时间", lambda document: (document.date is None, _newest_first(document.date or ""))),
    "title": _Order("标题", lambda document: (document.title,)),
    "length": _Order("篇幅", lambda document: (-len(document.text),)),
}


def _newest_first(date: str) -> tuple[int, ...]:
    return tuple(-ord(character) for character in date)


@catalogue.get("/documents")
def documents() -> Response:
    """List the documents that the filters in the address admit, a page at a time, in the order it names."""
    asked = asked_in(request.args.to_dict(flat=False))
    within = asked.choices.within
    shelf = loaded().shelf
    corpus = shelf.corpus
    sort = request.args.get("sort", "")
    order = _ORDERS.get(sort, _ORDERS["file"])
    admitted = sorted(shelf.admitted(within), key=lambda number: (order.key(corpus.documents[number]), number))
    # A facet counts what its own filter leaves out, too, so that it can be chosen; a chart what is listed.
    charted = facets((corpus.documents[number] for number in admitted), Filters())
    shown, page, pages = _paged(admitted)

    def address(**changed: object) -> str:
        """Return the address of this list with some parameters changed; None leaves one out."""
        given = {**filter_parameters(within), "sort": sort if sort in _ORDERS else None, **changed}
        return url_for("catalogue.documents") + as_query(given)

    body = render_template(
        "documents.html",
        shown=[(corpus.documents[number], corpus.bounds[number]) for number in shown],
        admitted=len(admitted),
        within=within,
        notice=asked.notice,
        facets=shelf.facets(within),
        charts=_charts(charted, within),
        orders={name: order.name for name, order in _ORDERS.items()},
        sort=sort if sort in _ORDERS else "file",
        page=page,
        pages=pages,
        first=(page - 1) * _PER_PAGE + 1,
        address=address,
    )
    return make_response(body, asked.status)


@catalogue.get("/documents/<document_id>/outline")
def headings(document_id: str) -> Response:
    """Show the headings of a document, each leading to its place.

    :raises Refused: 404 if no document has this id
    """
    shown, structure = served_document(document_id)
    body = render_template("outline.html", document=shown, headings=outline(shown, structure), fragment=is_fragment())
    response = make_response(body)
    response.vary.add("HX-Request")
    return response


@catalogue.get("/corpus")
def corpus() -> Response:
    """Say what became of every file, a page at a time: those that were left out, then those with a warning, then the others,
    at last those that are no documents.
    """
    report = loaded().report
    shown, page, pages = _paged(
        sorted(report.files, key=lambda file: (file.is_beside, file.left_out is None, not file.warnings))
    )
    body = render_template(
        "corpus.html",
        report=report,
        characters=sum(len(document.text) for document in loaded().corpus.documents),
        shown=[(file, _read_of(file, loaded().shelf)) for file in shown],
        page=page,
        pages=pages,
        address=lambda **changed: url_for("catalogue.corpus") + as_query(changed),
    )
    return make_response(body)


def _paged(listed: Sequence[_Listed]) -> tuple[Sequence[_Listed], int, int]:
    """Return what stands on the page that the address asks for, its number, and how many there are."""
    pages = max(1, ceil(len(listed) / _PER_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    return listed[(page - 1) * _PER_PAGE : page * _PER_PAGE], page, pages


class _Read(NamedTuple):
    """What was read of a document: how many paragraphs and passages, how much of it these hold, and the files with the very
    same text."""

    document: Document
    paragraphs: int
    passages: int
    covered: Coverage
    copies: list[str]


def _read_of(file: FileReport, shelf: Shelf) -> list[_Read]:
    """Return what was read of each document of a file."""
    corpus = shelf.corpus
    found = []
    for document in file.documents:
        number = corpus.number_of(document.id)
        assert number is not None
        first, last = corpus.bounds[number]
        paragraphs = len(corpus.structures[number].paragraphs)
        copies = [copy.file for copy in shelf.copies_of(number)]
        found.append(_Read(document, paragraphs, last - first, coverage_in(corpus, number), copies))
    return found


class _Bar(NamedTuple):
    """A value of a facet: what it is called, how many documents have it, that as a share of the most in percent, and the
    address that lists them."""

    label: str
    documents: int
    share: float
    url: str


class _Chart(NamedTuple):
    """What a facet is called, and its bars."""

    title: str
    bars: list[_Bar]


def _charts(charted: Facets, within: Filters) -> list[_Chart]:
    """Return the charts of years, kinds and places, as far as there is something to compare."""
    charts = []
    for name, title in ((YEARS, "年份"), ("kinds", "文种"), ("places", "地方")):
        values = charted[name][:_BARS]
        if len(values) < 2:
            continue
        most = max(count for _, count in values)
        bars = []
        for value, count in values:
            chosen = {"from": value, "to": value} if name == YEARS else {name: [value]}
            address = url_for("catalogue.documents") + as_query({**filter_parameters(within), **chosen})
            bars.append(_Bar(f"{value}年" if name == YEARS else value, count, 100 * count / most, address))
        charts.append(_Chart(title, bars))
    return charts
