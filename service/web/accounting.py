"""A request in, its id, its line in the log and its place in the metrics out."""

import logging
import re
import secrets
from time import perf_counter
from urllib.parse import quote

from flask import Flask, Response, g, request

from service.settings import Settings
from service.web.current import PROBES, request_id, route
from service.web.metrics import Metrics

_LOG = logging.getLogger("youju.web")
_ID = "X-Request-ID"


def account(app: Flask, settings: Settings, metrics: Metrics) -> None:
    """Let the app tell of each request it answers, in one line and by its route: people write questions into addresses, too."""

    @app.before_request
    def begin() -> None:
        g.begun = perf_counter()
        g.request_id = _id_of(settings.proxies)
        metrics.busy.inc()

    @app.after_request
    def complete(response: Response) -> Response:
        seconds = perf_counter() - g.begun
        metrics.count(route(), response.status_code, seconds)
        response.headers[_ID] = request_id()
        _log(response.status_code, seconds, settings.log_questions)
        return response

    @app.teardown_request
    def end(error: BaseException | None) -> None:
        metrics.busy.dec()


def _id_of(proxies: int) -> str:
    """Return the id that a trusted proxy gave the request, so that the lines of both can be told to belong together."""
    given = request.headers.get(_ID, "")
    return given if proxies and re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given) else secrets.token_hex(8)


def _log(status: int, seconds: float, with_question: bool) -> None:
    """Log a request in one line; of what nobody foresaw, with its traceback.

    What a client sent may be in the path, in the query and in the names of its fields, so none of these is logged unless that
    is wanted, of what was refused; then the address is quoted, so that it stays one line.
    """
    if status < 400 and request.endpoint in PROBES:
        return
    said = g.get("said")
    path = route()
    if said and with_question:
        path = quote(request.full_path if request.query_string else request.path, safe="/?=&%+")
    told = {
        "id": request_id(),
        "method": request.method,
        "route": route(),
        "status": status,
        "ms": round(seconds * 1000, 1),
    }
    level = logging.ERROR if status == 500 else logging.INFO
    line = f"{status} {request.method} {path}"
    _LOG.log(level, "%s", f"{line}: {said}" if said else line, extra={"request": told})
