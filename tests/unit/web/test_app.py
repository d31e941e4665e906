import base64
import gzip
import logging
import re
from dataclasses import replace
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient

import service
from service.engine import Engine
from service.settings import Settings
from service.web.app import create_app

README = Path(service.__file__).resolve().parents[1] / "README.md"
SECRET = "绝密问题"


def add_broken_routes(app: Flask) -> None:
    """Add a view under each face that fails as nobody foresaw, with what was asked in its message."""

    def fail() -> NoReturn:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"/srv/secret {SECRET}") from error

    app.add_url_rule("/api/broken", view_func=fail, endpoint="broken_api")
    app.add_url_rule("/broken", view_func=fail, endpoint="broken_page")


@pytest.mark.parametrize(
    ("htmx_url", "crossorigin"),
    [
        ("https://cdn.jsdelivr.net/npm/htmx.org@2.0.11/dist/htmx.min.js", True),
        ("http://files.lan:8080/htmx.min.js", True),
        # Of the same origin, where the browser checks it without asking another host for leave.
        ("/static/htmx.min.js", False),
    ],
)
def test_htmx_comes_from_where_the_setting_says(
    engine: Engine, settings: Settings, htmx_url: str, crossorigin: bool
) -> None:
    response = create_app(engine, replace(settings, htmx_url=htmx_url)).test_client().get("/nothing")
    tag = re.search(r"<script [^>]*htmx[^>]*>", response.text)
    assert tag
    assert f'src="{htmx_url}" integrity="sha384-' in tag[0]
    assert ("crossorigin" in tag[0]) == crossorigin


@pytest.mark.parametrize("path", [f"/?q={quote('招商引资怎么样')}", "/static/youju.css", "/static/youju.js"])
def test_a_text_is_compressed_for_who_takes_that_and_the_same(client: FlaskClient, path: str) -> None:
    with client.get(path) as plain, client.get(path, headers={"Accept-Encoding": "gzip;q=0"}) as refused:
        assert "Content-Encoding" not in plain.headers
        assert "Content-Encoding" not in refused.headers
        assert "Accept-Encoding" in plain.headers["Vary"]
        for taken in ("gzip", "br, gzip;q=0.8", "*"):
            with client.get(path, headers={"Accept-Encoding": taken}) as response:
                assert (response.headers["Content-Encoding"], response.headers["Vary"]) == (
                    "gzip",
                    plain.headers["Vary"],
                )
                assert int(response.headers["Content-Length"]) == len(response.data) < len(plain.data) / 2
                assert gzip.decompress(response.data) == plain.data


def test_what_is_short_or_not_whole_is_not_compressed(client: FlaskClient) -> None:
    taking = {"Accept-Encoding": "gzip"}
    with client.get("/healthz", headers=taking) as short, client.get("/static/youju.css", headers=taking) as there:
        assert "Content-Encoding" not in short.headers
        tag = there.headers["ETag"]
    with client.get("/static/youju.css", headers={**taking, "If-None-Match": tag}) as unchanged:
        assert (unchanged.status_code, unchanged.data) == (304, b"")
    with client.get("/static/youju.css", headers={**taking, "Range": "bytes=0-1999"}) as part:
        assert (part.status_code, len(part.data)) == (206, 2000)
        assert "Content-Encoding" not in part.headers


def test_a_static_file_may_be_kept_under_the_address_that_a_page_gives_it(client: FlaskClient) -> None:
    named = re.findall(r'"(/static/[^"]+)"', client.get("/").text)
    assert len(named) >= 4
    for address in named:
        assert re.search(r"\?v=[0-9a-f]{8}$", address), address
        for asked, kept in (
            (address, "public, max-age=31536000, immutable"),
            (address + "0", "no-cache"),  # of another release: what is here now is not that
            (address.partition("?")[0], "no-cache"),
        ):
            with client.get(asked) as response:
                assert (response.status_code, response.headers["Cache-Control"]) == (200, kept), asked
    assert client.get("/static/none?v=0").headers["Cache-Control"] == "private, no-cache"


@pytest.mark.checkout
def test_the_readme_tells_the_hash_that_the_page_asks_for(client: FlaskClient) -> None:
    integrity = re.search(r'integrity="sha384-([^"]+)"', client.get("/").text)
    assert integrity
    assert base64.b64decode(integrity[1]).hex() in README.read_text(encoding="utf-8")


def test_views_find_the_engine_and_the_settings(app: Flask, engine: Engine, settings: Settings) -> None:
    with app.app_context():
        assert current_app.extensions["youju"] is engine
        assert current_app.extensions["youju_settings"] is settings


def test_a_person_gets_a_page_and_a_program_a_problem(client: FlaskClient) -> None:
    page, program = client.get("/nothing"), client.get("/api/nothing")
    assert (page.status_code, page.content_type) == (404, "text/html; charset=utf-8")
    assert "没有这个地址。" in page.text
    assert (program.status_code, program.content_type) == (404, "application/problem+json")


def test_a_page_refuses_a_wrong_method_with_the_right_ones(client: FlaskClient) -> None:
    response = client.post("/")
    assert (response.status_code, response.content_type) == (405, "text/html; charset=utf-8")
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize(
    ("path", "content_type"), [("/api/broken", "application/problem+json"), ("/broken", "text/html; charset=utf-8")]
)
def test_an_unforeseen_error_is_logged_once_and_told_to_nobody(
    app: Flask, caplog: pytest.LogCaptureFixture, path: str, content_type: str
) -> None:
    add_broken_routes(app)
    response = app.test_client().get(f"{path}?q={quote(SECRET)}")
    assert (response.status_code, response.content_type) == (500, content_type)
    assert "服务内部出错，已记入日志；请稍后再试，或告知管理员。" in response.text
    assert "secret" not in response.text
    assert SECRET not in response.text
    assert [(record.name, record.levelno) for record in caplog.records] == [("youju.web", logging.ERROR)]
    logged = caplog.text
    assert f"500 GET {path}: KeyError\n" in logged
    assert "in fail\n" in logged
    assert "\nValueError\n" in logged
    # Neither the query nor the exceptions' messages: both hold the question. (The source line of the raise is code.)
    assert SECRET not in logged
    assert quote(SECRET) not in logged


def test_the_service_goes_on_after_an_unforeseen_error(app: Flask) -> None:
    add_broken_routes(app)
    client = app.test_client()
    assert [client.get(path).status_code for path in ("/api/broken", "/broken", "/api/v1/documents")] == [500, 500, 200]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (f"/api/v1/ask?q={quote(SECRET)}&x=1", "422 GET /api/v1/ask: 请求内容有误"),
        (f"/api/v1/ask?{quote(SECRET)}=1", "422 GET /api/v1/ask: 请求内容有误"),
        # People write questions into the path too.
        (f"/api/v1/documents/{quote(SECRET)}", "404 GET /api/v1/documents/<document_id>: 没有找到"),
        (f"/documents/{quote(SECRET)}%0Ab", "404 GET /documents/<document_id>: 没有找到"),
        (f"/{quote(SECRET)}", "404 GET (none): 没有找到"),
        (f"/static/{quote(SECRET)}", "404 GET /static/<path:filename>: 没有找到"),
    ],
)
def test_a_refusal_is_one_line_without_the_question(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, path: str, line: str
) -> None:
    with caplog.at_level(logging.INFO):
        client.get(path)
    assert [record.getMessage() for record in caplog.records] == [line]


def test_nothing_of_a_question_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get(f"/api/v1/ask?q={quote(SECRET)}")
        client.post("/api/v1/ask", json={"question": SECRET})
        client.get(f"/?q={quote(SECRET)}")
        client.get(f"/{quote(SECRET)}?q={quote(SECRET)}")
        client.get("/documents/x", headers={"Referer": f"http://localhost/?q={quote(SECRET)}"})
    assert "youju.web" in caplog.text
    assert SECRET not in caplog.text
    assert quote(SECRET) not in caplog.text


@pytest.fixture
def logging_app(engine: Engine, settings: Settings) -> Flask:
    """An app that logs questions."""
    return create_app(engine, replace(settings, log_questions=True))


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/", ["200 GET /"]),
        (f"/?q={quote(SECRET)}", [f"answered '{SECRET}'", "200 GET /"]),
        # 招商 was logged when it was asked.
        (f"/?q=招商&q={quote(SECRET)}", [f"answered '{SECRET}'", "200 GET /"]),
        (f"/?q=招商&q={'长' * 2001}", ["413 GET /"]),  # refused, and nothing of it
        # It stays one line.
        (f"/?q={quote(SECRET)}%0AERROR%1b[2J", [f"answered '{SECRET}\\nERROR [2J'", "200 GET /"]),
        (f"/api/v1/ask?q=招商&q={quote(SECRET)}", [f"answered '{SECRET}'", "200 GET /api/v1/ask"]),
        (f"/api/v1/ask?q={quote(SECRET)}%0A", [f"answered '{SECRET}\\n'", "200 GET /api/v1/ask"]),
    ],
)
def test_each_answered_question_is_logged_once_where_that_is_asked_for(
    logging_app: Flask, caplog: pytest.LogCaptureFixture, path: str, logged: list[str]
) -> None:
    with caplog.at_level(logging.INFO):
        logging_app.test_client().get(path)
    assert [(record.name, record.getMessage()) for record in caplog.records] == [("youju.web", it) for it in logged]


def test_a_question_in_a_body_is_logged_where_that_is_asked_for(
    logging_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        logging_app.test_client().post("/api/v1/ask", json={"question": SECRET, "history": ["招商"]})
    assert [record.getMessage() for record in caplog.records] == [f"answered '{SECRET}'", "200 POST /api/v1/ask"]


def test_what_is_refused_is_logged_with_its_address_where_questions_are_asked_for(
    logging_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    add_broken_routes(logging_app)
    with caplog.at_level(logging.INFO):
        logging_app.test_client().get(f"/api/v1/ask?q={quote(SECRET)}&x=1")
        logging_app.test_client().get("/api/broken")
    assert caplog.records[0].getMessage() == f"422 GET /api/v1/ask?q={quote(SECRET)}&x=1: 请求内容有误"
    assert f"ValueError: /srv/secret {SECRET}" in caplog.records[1].getMessage()
