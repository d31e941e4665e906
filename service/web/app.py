"""An Engine in, the Flask app that serves it out: the API and the pages, with their errors, headers and metrics."""

import logging
import traceback
from time import perf_counter
from urllib.parse import quote, urlsplit

from flask import Flask, Response, g, render_template, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import HTTPException

from service.engine import Engine
from service.errors import NotReady
from service.settings import Settings, shipped
from service.web.api import api
from service.web.catalogue import catalogue
from service.web.compressing import compress
from service.web.current import route
from service.web.exports import exports
from service.web.metrics import Metrics
from service.web.pages import pages
from service.web.problems import LARGEST_BODY, Problem, Refused, problem_of
from service.web.versioning import version_static

_LOG = logging.getLogger("youju.web")

# htmx may come from another host; nothing else comes from elsewhere, and nothing is inline.
_CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src {scripts}",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        # The reader stands beside the conversation in a frame.
        "frame-ancestors 'self'",
    )
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    # Addresses hold questions, so no other site may learn them, and no proxy may keep what stands under them.
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-cache",
}
_OF_PROGRAMS = ("/healthz", "/readyz", "/metrics")


class _Json(DefaultJSONProvider):
    """JSON as it is read: Chinese unescaped, members in the order of the contract."""

    ensure_ascii = False
    sort_keys = False


def create_app(engine: Engine, settings: Settings) -> Flask:
    """Return the app; it answers 503 for as long as the engine has not loaded its corpus.

    Views find the engine under ``current_app.extensions["youju"]``, the settings under ``"youju_settings"``.
    """
    app = Flask(__name__, template_folder=str(shipped("templates")), static_folder=str(shipped("static")))
    app.json = _Json(app)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    metrics = Metrics(engine)
    app.jinja_env.globals["htmx_url"] = settings.htmx_url
    headers = {**_HEADERS, "Content-Security-Policy": _CONTENT_SECURITY_POLICY.format(scripts=_scripts(settings))}
    app.extensions.update(youju=engine, youju_settings=settings, youju_metrics=metrics)
    version_static(app)
    app.register_blueprint(api)
    app.register_blueprint(pages)
    app.register_blueprint(catalogue)
    app.register_blueprint(exports)

    @app.before_request
    def begin() -> None:
        g.begun = perf_counter()

    @app.after_request
    def complete(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        compress(response)
        metrics.count(route(), response.status_code, perf_counter() - g.begun)
        return response

    @app.errorhandler(Exception)
    def refuse(error: Exception) -> Response:
        problem = problem_of(error)
        _log(error, problem, settings.log_questions)
        response = _problem_json(app, problem) if _is_of_programs(request.path) else _problem_page(app, problem)
        response.headers.update(problem.headers)
        return response

    return app


def _scripts(settings: Settings) -> str:
    """Return the sources that scripts may come from."""
    address = urlsplit(settings.htmx_url)
    return f"'self' {address.scheme}://{address.netloc}" if address.netloc else "'self'"


def _is_of_programs(path: str) -> bool:
    return path.startswith("/api/") or path in _OF_PROGRAMS


def _problem_json(app: Flask, problem: Problem) -> Response:
    body = app.json.dumps(problem.as_json())
    return app.response_class(body, problem.status, mimetype="application/problem+json")


def _problem_page(app: Flask, problem: Problem) -> Response:
    page = render_template("error.html", status=problem.status, title=problem.title, message=problem.detail)
    return app.response_class(page, problem.status)


def _log(error: Exception, problem: Problem, with_question: bool) -> None:
    """Log a refusal in one line, an exception nobody foresaw with its traceback.

    What a client sent may be in the path, in the query, in the names of its fields and in an exception's message, so
    none of these is logged unless that is wanted; then the address is quoted, so that it stays one line.
    """
    address = request.full_path if request.query_string else request.path
    path = quote(address, safe="/?=&%+") if with_question else route()
    if isinstance(error, (Refused, NotReady, HTTPException)):
        _LOG.info("%d %s %s: %s", problem.status, request.method, path, problem.title)
    else:
        _LOG.error("%d %s %s: %s", problem.status, request.method, path, _trace(error, with_question))


def _trace(error: BaseException, with_message: bool) -> str:
    """Return the traceback of an exception and of those it came from, with the messages or with the types alone."""
    if with_message:
        return "".join(traceback.format_exception(error))
    came_from = error.__cause__ or error.__context__
    before = _trace(came_from, with_message) + "\n" if came_from else ""
    return f"{before}{type(error).__name__}\n" + "".join(traceback.format_tb(error.__traceback__)).rstrip()
