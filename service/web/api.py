"""Requests of programs in, JSON out: the contract of version 1, health and metrics."""

from typing import cast

from flask import Blueprint, Response, current_app, jsonify, request

from service.answering.contract import answer_json, corpus_json, document_json, documents_json
from service.errors import YoujuError
from service.web.current import engine, note_answered, served_document, settings, url_of
from service.web.doors import admit_admin
from service.web.metrics import CONTENT_TYPE, Metrics
from service.web.openapi import OPENAPI
from service.web.problems import refused
from service.web.requests import AskRequest, ask_request_in_body, ask_request_in_query, list_request, no_parameters

api = Blueprint("api", __name__)


@api.get("/api/v1/ask")
def ask_by_link() -> Response:
    """Answer the last q of the query string; those before it are the history."""
    asked = ask_request_in_query(request.query_string)
    return _answered(asked)


@api.post("/api/v1/ask")
def ask() -> Response:
    """Answer the question of a JSON body."""
    no_parameters(request.query_string)
    if request.mimetype != "application/json":
        raise refused(415, "请求体应为 JSON，并注明 Content-Type: application/json。")
    asked = ask_request_in_body(request.get_data())
    return _answered(asked)


@api.get("/api/v1/documents")
def documents() -> Response:
    """List the documents, in the order of their files, a stretch at a time."""
    wanted = list_request(request.query_string)
    return jsonify(documents_json(engine().loaded.shelf, wanted.filters, wanted.offset, wanted.limit))


@api.get("/api/v1/documents/<document_id>")
def document(document_id: str) -> Response:
    """Return one document whole.

    :raises Refused: 404 if no document has this id
    """
    no_parameters(request.query_string)
    return jsonify(document_json(*served_document(document_id)))


@api.post("/api/v1/reload")
def reload() -> Response:
    """Read the folders again now, and say what is served then; who asks must be an administrator.

    :raises Refused: 401 or 403 if that is not shown by a token; 503 if they cannot be read, with what was served before kept
    """
    no_parameters(request.query_string)
    admit_admin()
    try:
        engine().load()
    except YoujuError as error:
        raise refused(503, f"{error}；仍用原来的材料。") from None
    return jsonify(corpus=corpus_json(engine().loaded.corpus))


@api.get("/api/v1/openapi.json")
def openapi() -> Response:
    """Return the description of this API."""
    no_parameters(request.query_string)
    return jsonify(OPENAPI)


@api.get("/healthz")
def healthz() -> Response:
    """Say that the process answers."""
    return jsonify(status="ok")


@api.get("/readyz")
def readyz() -> Response:
    """Say that questions can be asked.

    :raises NotReady: before the first index is built
    """
    _ = engine().loaded
    return jsonify(status="ready")


@api.get("/metrics")
def metrics() -> Response:
    """Return the Prometheus metrics.

    :raises Refused: 401 or 403 if they are for administrators, and who asks is none
    """
    if settings().private_metrics:
        admit_admin()
    counted = cast(Metrics, current_app.extensions["youju_metrics"])
    return Response(counted.text(), content_type=CONTENT_TYPE)


def _answered(asked: AskRequest) -> Response:
    answer = engine().ask(
        asked.question, asked.history, limit=asked.limit, filters=asked.filters, choices=asked.choices
    )
    note_answered([answer])
    return jsonify(answer_json(answer, url_of))
