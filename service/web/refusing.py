"""An exception in, the page or the problem in JSON that says no out; of what nobody foresaw the traceback goes to the log."""

import traceback

from flask import Flask, Response, g, render_template
from werkzeug.exceptions import HTTPException

from service.errors import YoujuError
from service.web.current import is_of_programs, request_id, settings
from service.web.problems import Problem, problem_of


def refuse(app: Flask, error: Exception) -> Response:
    """Return what a person or a program is told of an exception, and leave what is to be logged of it."""
    problem = problem_of(error)
    foreseen = isinstance(error, (YoujuError, HTTPException))
    g.said = problem.title if foreseen else _trace(error, settings().log_questions)
    response = _problem_json(app, problem) if is_of_programs() else _problem_page(app, problem)
    response.headers.update(problem.headers)
    return response


def _problem_json(app: Flask, problem: Problem) -> Response:
    body = app.json.dumps(problem.as_json())
    return app.response_class(body, problem.status, mimetype="application/problem+json")


def _problem_page(app: Flask, problem: Problem) -> Response:
    page = render_template(
        "error.html", status=problem.status, title=problem.title, message=problem.detail, request_id=request_id()
    )
    return app.response_class(page, problem.status)


def _trace(error: BaseException, with_message: bool) -> str:
    """Return the traceback of an exception and of those it came from, with the messages or with the types alone.

    What a client sent may be in a message, so none is logged unless that is wanted.
    """
    if with_message:
        return "".join(traceback.format_exception(error))
    came_from = error.__cause__ or error.__context__
    before = _trace(came_from, with_message) + "\n" if came_from else ""
    return f"{before}{type(error).__name__}\n" + "".join(traceback.format_tb(error.__traceback__)).rstrip()
