"""Every response says what a browser may do with it: pages, files, answers of the API, and whatever is refused."""

import re
from dataclasses import replace
from typing import NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from service.engine import Engine
from service.settings import Settings
from service.web.app import create_app

CDN = "https://cdn.jsdelivr.net/npm/htmx.org@2.0.11/dist/htmx.min.js"
GUARDS = {
    "Content-Security-Policy": f"default-src 'none'; script-src 'self' {CDN}; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; form-action 'self'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FILLED = {"document_id": "none", "filename": "youju.css", "extension": "md"}
# What is refused, each in its own way: no such address, not this method, a body too large, one that is none, no such field.
REFUSED = [
    ("GET", "/nothing", {}, 404),
    ("GET", "/api/nothing", {}, 404),
    ("GET", "/static/nothing", {}, 404),
    ("GET", "/documents/none", {}, 404),
    ("POST", "/", {}, 405),
    ("DELETE", "/api/v1/ask", {}, 405),
    ("POST", "/api/v1/ask", {"data": "x" * 70_000, "content_type": "application/json"}, 413),
    ("POST", "/api/v1/ask", {"data": "问"}, 415),
    ("POST", "/api/v1/ask", {"json": {}}, 422),
    ("GET", "/?q=" + "长" * 2001, {}, 413),
    ("GET", "/fails", {}, 500),
    ("GET", "/api/fails", {}, 500),
]


def fail() -> NoReturn:
    raise ValueError


def addresses(app: Flask) -> list[tuple[str, str]]:
    """Every method of every route of the app, with an address of it."""
    found = [(rule, method) for rule in app.url_map.iter_rules() for method in sorted(rule.methods or ())]
    return [(method, address(rule)) for rule, method in found]


def address(rule: Rule) -> str:
    return re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda name: FILLED[name[1]], rule.rule)


def test_every_route_and_every_refusal_is_guarded(app: Flask) -> None:
    app.add_url_rule("/fails", view_func=fail, endpoint="fails")
    app.add_url_rule("/api/fails", view_func=fail, endpoint="api_fails")
    client = app.test_client()
    asked = [(method, path, {}, None) for method, path in addresses(app)]
    assert len(asked) > 30
    for method, path, body, status in [*asked, *REFUSED]:
        with client.open(path, method=method, **body) as response:
            said = {name: response.headers.get(name) for name in GUARDS}
            assert said == GUARDS, (method, path)
            assert status in (None, response.status_code), (method, path, response.status_code)
            assert "Strict-Transport-Security" not in response.headers


def test_while_nothing_can_be_answered_it_is_guarded_too(client_of_unready: FlaskClient) -> None:
    for path in ("/", "/api/v1/ask?q=招商", "/readyz"):
        response = client_of_unready.get(path)
        assert response.status_code == 503
        assert {name: response.headers.get(name) for name in GUARDS} == GUARDS


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        # A page may be shown again by a step back; what a program was told, nobody keeps.
        ("/", "private, no-cache"),
        ("/nothing", "private, no-cache"),
        ("/static/none", "private, no-cache"),
        ("/export.md?q=招商", "private, no-cache"),
        ("/api/v1/documents", "private, no-store"),
        ("/api/nothing", "private, no-store"),
        ("/healthz", "private, no-store"),
    ],
)
def test_nobody_between_keeps_what_stands_under_a_question(client: FlaskClient, path: str, kept: str) -> None:
    assert client.get(path).headers["Cache-Control"] == kept


def test_over_https_a_browser_is_told_to_stay_with_it(client: FlaskClient) -> None:
    for path in ("/", "/nothing", "/api/v1/documents", "/static/youju.css"):
        with client.get(path, base_url="https://youju.example") as response:
            assert response.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("htmx_url", "sources"),
    [
        (CDN, f"'self' {CDN}"),
        ("http://files.lan:8080/htmx.min.js", "'self' http://files.lan:8080/htmx.min.js"),
        ("/static/htmx.min.js", "'self'"),
    ],
)
def test_of_another_host_one_script_may_run_and_no_other(
    engine: Engine, settings: Settings, htmx_url: str, sources: str
) -> None:
    response = create_app(engine, replace(settings, htmx_url=htmx_url)).test_client().get("/nothing")
    assert f"; script-src {sources}; " in response.headers["Content-Security-Policy"]


def test_no_page_has_an_inline_script_or_style(client: FlaskClient, report: str) -> None:
    for path in ("/", "/?q=招商引资怎么样", "/documents", "/corpus", f"/documents/{report}", "/nothing"):
        page = client.get(path).text
        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", page), path
