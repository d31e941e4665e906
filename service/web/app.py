"""An Engine in, the Flask app that serves it out: the API and the pages, with their errors, headers and metrics."""

import logging
import traceback
from time import perf_counter
from urllib.parse import quote

from flask import Flask, Response, g, render_template, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from service.engine import Engine
from service.errors import NotReady
from service.settings import Settings, shipped
from service.web.api import api
from service.web.catalogue import catalogue
from service.web.compressing import compress
from service.web.current import is_of_programs, route
from service.web.doors import close_doors
from service.web.exports import exports
from service.web.guarding import guard
from service.web.login import login
from service.web.metrics import Metrics
from service.web.pages import pages
from service.web.problems import LARGEST_BODY, Problem, Refused, problem_of
from service.web.versioning import version_static

_LOG = logging.getLogger("youju.web")


class _Json(DefaultJSONProvider):
    """JSON as it is read: Chinese unescaped, members in the order of the contract."""

    ensure_ascii = False
    sort_keys = False


def create_app(engine: Engine, settings: Settings) -> Flask:
    """Return the app; it answers 503 for as long as the engine has not loaded its corpus.

    :raises SettingError: if the access tokens cannot be read, or logins not be signed

    Views find the engine under ``current_app.extensions["youju"]``, the settings under ``"youju_settings"``.
    """
    app = Flask(__name__, template_folder=str(shipped("templates")), static_folder=str(shipped("static")))
    app.json = _Json(app)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    if settings.proxies:
        # What they say of who asks, how and where is true; without them anybody could say so.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    metrics = Metrics(engine)
    app.jinja_env.globals["htmx_url"] = settings.htmx_url
    app.extensions.update(youju=engine, youju_settings=settings, youju_metrics=metrics)
    version_static(app)
    guard(app, settings)
    app.register_blueprint(api)
    app.register_blueprint(pages)
    app.register_blueprint(catalogue)
    app.register_blueprint(exports)
    app.register_blueprint(login)

    @app.before_request
    def begin() -> None:
        g.begun = perf_counter()

    close_doors(app, settings)

    @app.after_request
    def complete(response: Response) -> Response:
        compress(response)
        metrics.count(route(), response.status_code, perf_counter() - g.begun)
        return response

    @app.errorhandler(Exception)
    def refuse(error: Exception) -> Response:
        problem = problem_of(error)
        _log(error, problem, settings.log_questions)
        response = _problem_json(app, problem) if is_of_programs() else _problem_page(app, problem)
        response.headers.update(problem.headers)
        return response

    return app


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
