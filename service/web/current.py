"""The app that serves a request in, what the views of pages and API share of it out: engine, documents, addresses, log."""

import logging
from collections.abc import Sequence
from typing import cast

from flask import current_app, g, request, url_for

from service.answering.answer import Answer
from service.answering.contract import path_of, path_of_document
from service.corpus.document import Document
from service.engine import Engine, Loaded
from service.passages.structure import Structure
from service.settings import Settings
from service.web.metrics import Metrics
from service.web.problems import refused

_LOG = logging.getLogger("youju.web")
# What tells operators how the service is.
PROBES = {"api.healthz", "api.readyz", "api.metrics"}
_OF_PROGRAMS = ("/healthz", "/readyz", "/metrics")


def engine() -> Engine:
    return cast(Engine, current_app.extensions["youju"])


def settings() -> Settings:
    return cast(Settings, current_app.extensions["youju_settings"])


def loaded() -> Loaded:
    """Return what is served; the same for all of one request, whatever is swapped in meanwhile.

    :raises NotReady: before the first index is built
    """
    if "loaded" not in g:
        g.loaded = engine().loaded
    return cast(Loaded, g.loaded)


def served_document(document_id: str) -> tuple[Document, Structure]:
    """Return a document of the corpus by its id.

    :raises NotReady: before the first index is built
    :raises Refused: 404 if no document has this id
    """
    corpus = loaded().corpus
    number = corpus.number_of(document_id)
    if number is None:
        raise refused(404, "材料库里没有这个编号的材料，它可能已从文件夹中移走或改名。")
    return corpus.documents[number], corpus.structures[number]


def url_of(document: Document, paragraph: int) -> str:
    """Return where this service shows a paragraph, without the service's own address."""
    # An answer has dozens of addresses, and url_for would take a fifth of what it costs to write it down.
    return request.script_root + path_of(document, paragraph)


def document_url(document: Document) -> str:
    """Return where this service shows a document, as ``url_of``."""
    return request.script_root + path_of_document(document)


def whole_url_of(document: Document, paragraph: int) -> str:
    """Return where this service shows a paragraph, as an address that can be opened from a file."""
    return url_for("pages.document", document_id=document.id, _anchor=f"p{paragraph}", _external=True)


def is_of_programs() -> bool:
    """Return whether a program asks, which is told of errors in JSON."""
    return request.path.startswith("/api/") or request.path in _OF_PROGRAMS


def is_fragment() -> bool:
    """Return whether htmx asks for what it swaps in; to restore a page of its history it asks for all of it."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def route() -> str:
    """Return the pattern of the address that is asked for, never the address: people write questions there too."""
    return request.url_rule.rule if request.url_rule else "(none)"


def request_id() -> str:
    """Return what tells a request from all others, in the log and in its answer."""
    return cast(str, g.request_id)


def of_request() -> dict[str, dict[str, str]]:
    """Return what a line of the log is given, so that it says to which request it belongs."""
    return {"request": {"id": request_id()}}


def note_answered(answers: Sequence[Answer]) -> None:
    """Count the answers of a conversation, and log the newest question where that is wanted; nothing of it otherwise."""
    cast(Metrics, current_app.extensions["youju_metrics"]).count_answers(answers)
    if settings().log_questions:
        # As a literal: line ends and control characters are escaped, so a question stays one line of the log.
        _LOG.info("answered %r", answers[-1].question, extra=of_request())
