"""A person logs in with a token, comes to the page that was asked for, and out again; no other site can do either."""

import logging
from dataclasses import replace
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner

from service.engine import Engine
from service.settings import Settings
from service.tokens import made
from service.web.app import create_app
from service.web.sessions import COOKIE, LASTS, Sessions

TOKEN, KEPT = made("科员", "ask")
OTHER, OTHER_KEPT = made("科员", "ask")
KEY = "k" * 40


@pytest.fixture
def tokens(tmp_path: Path) -> Path:
    path = tmp_path / "令牌"
    path.write_text(KEPT.line, encoding="utf-8")
    return path


@pytest.fixture
def app(engine: Engine, settings: Settings, tokens: Path) -> Flask:
    return create_app(engine, replace(settings, tokens=tokens, secret=KEY))


def logged_in(client: FlaskClient) -> FlaskClient:
    assert client.post("/login", data={"token": f" {TOKEN}\n"}).status_code == 303
    return client


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie(COOKIE)
    assert cookie
    return cookie.value


def may_ask(client: FlaskClient) -> bool:
    return client.get("/?q=招商").status_code == 200


def test_after_the_login_one_comes_to_the_page_that_was_asked_for(client: FlaskClient) -> None:
    asked = f"/?q={quote('招商&引资')}"
    page = client.get(client.get(asked).location)
    assert page.status_code == 200
    assert 'name="next" value="/?q=招商%26引资"' in page.text
    response = client.post("/login", data={"token": TOKEN, "next": "/?q=招商%26引资"})
    assert (response.status_code, response.location) == (303, asked)
    assert client.get(asked).status_code == 200
    # Who has logged in has no use for the form.
    assert client.get("/login?next=/corpus").location == "/corpus"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "\\\\elsewhere.example/",
        "/\t/elsewhere.example/",
        "/\n/elsewhere.example/",
        " //elsewhere.example/",
        "javascript:alert(1)",
        "elsewhere",
        "",
    ],
)
def test_a_login_leads_nowhere_else(client: FlaskClient, elsewhere: str) -> None:
    assert 'name="next" value="/"' in client.get("/login", query_string={"next": elsewhere}).text
    assert client.post("/login", data={"token": TOKEN, "next": elsewhere}).location == "/"
    assert client.get("/login", query_string={"next": elsewhere}).location == "/"


@pytest.mark.parametrize("secure", [False, True])
def test_the_cookie_is_sent_to_this_service_alone_and_read_by_no_script(client: FlaskClient, secure: bool) -> None:
    response = client.post("/login", data={"token": TOKEN}, base_url=f"http{'s' if secure else ''}://localhost")
    cookie = SimpleCookie(response.headers["Set-Cookie"])[COOKIE]
    told = {name: cookie[name] for name in ("path", "httponly", "samesite", "secure", "max-age", "domain")}
    assert told == {
        "path": "/",
        "httponly": True,
        "samesite": "Lax",
        "secure": secure or "",
        "max-age": str(LASTS),
        "domain": "",
    }
    assert TOKEN not in cookie.value
    assert KEPT.digest not in cookie.value


def test_a_wrong_token_is_said_and_logged_without_it(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        response = client.post("/login", data={"token": OTHER, "next": "/corpus"})
    assert response.status_code == 403
    assert "没有这个访问令牌，可能输错了，或者已经停用。" in response.text
    assert 'name="next" value="/corpus"' in response.text
    assert "login refused from 127.0.0.1" in caplog.text
    for said in (caplog.text, response.text, str(response.headers)):
        assert OTHER not in said
    assert not may_ask(client)


def test_who_fails_too_often_has_to_wait_and_nobody_else(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    client = app.test_client()
    statuses = [client.post("/login", data={"token": "猜"}).status_code for _ in range(12)]
    assert statuses == [403] * 10 + [429] * 2
    # The right one too, for else one could go on guessing.
    response = client.post("/login", data={"token": TOKEN})
    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert caplog.text.count("login refused") == 10
    # Three, because one may share a place of the table with who failed.
    others = [{"REMOTE_ADDR": f"192.0.2.{number}"} for number in range(3)]
    assert 303 in [client.post("/login", data={"token": TOKEN}, environ_base=other).status_code for other in others]


def test_a_login_ends_when_its_token_is_taken_out_or_made_anew(client: FlaskClient, tokens: Path) -> None:
    logged_in(client)
    assert may_ask(client)
    tokens.write_text(OTHER_KEPT.line, encoding="utf-8")
    assert not may_ask(client)
    tokens.write_text(KEPT.line, encoding="utf-8")
    assert may_ask(client)


def test_a_login_ends_after_half_a_day(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    logged_in(client)
    value = cookie_of(client)
    now = TimestampSigner("").get_timestamp()
    for later, good in ((LASTS - 60, True), (LASTS + 60, False), (-60, False)):
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self, later=later: now + later)
        client.set_cookie(COOKIE, value)
        assert may_ask(client) is good


@pytest.mark.parametrize(
    "value",
    ["", "x", "W10.x.y", Sessions("z" * 40).cookie_of(KEPT), f"{KEPT.name}.{KEPT.digest}"],
    # Not by their values, which are others in each process.
    ids=["empty", "no cookie", "no signature", "of another key", "unsigned"],
)
def test_a_cookie_that_was_not_signed_here_is_none(client: FlaskClient, value: str) -> None:
    client.set_cookie(COOKIE, value)
    assert not may_ask(client)


def test_several_processes_with_one_key_know_each_other_s_logins(client: FlaskClient) -> None:
    assert Sessions(KEY).token_of(cookie_of(logged_in(client)), (KEPT,)) == KEPT


def test_a_login_reads_over_the_api_and_manages_nothing(engine: Engine, settings: Settings, tmp_path: Path) -> None:
    token, kept = made("管理员", "admin")
    app = create_app(engine, replace(settings, tokens=(kept,), secret=KEY, private_metrics=True))
    client = app.test_client()
    client.post("/login", data={"token": token})
    assert client.get("/api/v1/documents").status_code == 200
    assert (client.post("/api/v1/reload").status_code, client.get("/metrics").status_code) == (401, 401)


def test_one_logs_out_in_the_foot_of_a_page(client: FlaskClient) -> None:
    assert 'action="/logout" method="post"' in logged_in(client).get("/").text
    response = client.post("/logout")
    assert (response.status_code, response.location) == (303, "/login")
    assert not may_ask(client)
    assert "/logout" not in client.get("/login").text
    assert client.get("/logout").status_code == 405


# -- other sites -----------------------------------------------------------------------------------------------------

HERE, ELSEWHERE = "http://localhost", "http://elsewhere.example"


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": HERE}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": HERE}, False),
        # Another port or name of the same domain is another service.
        ({"Sec-Fetch-Site": "same-site", "Origin": HERE}, False),
        ({"Origin": HERE}, True),
        ({"Origin": ELSEWHERE}, False),
        ({"Origin": HERE + ":8080"}, False),
        ({"Origin": "null"}, False),
        # No address at all.
        ({"Origin": "http://["}, False),
        ({}, True),
    ],
)
def test_no_other_site_logs_anybody_in(client: FlaskClient, headers: dict[str, str], taken: bool) -> None:
    response = client.post("/login", data={"token": TOKEN}, headers=headers)
    assert response.status_code == (303 if taken else 403)
    assert ("Set-Cookie" in response.headers) is taken
    assert may_ask(client) is taken


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        # Over plain HTTP, from a page without referrers: SameSite has seen to it that the cookie came from this site.
        ({"Origin": "null"}, True),
        ({"Origin": HERE}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, False),
        ({"Origin": ELSEWHERE}, False),
    ],
)
def test_no_other_site_logs_anybody_out(client: FlaskClient, headers: dict[str, str], taken: bool) -> None:
    assert logged_in(client).post("/logout", headers=headers).status_code == (303 if taken else 403)
    assert may_ask(client) is not taken


def test_without_the_cookie_a_form_of_no_origin_changes_nothing(client: FlaskClient) -> None:
    response = client.post("/logout", headers={"Origin": "null"})
    assert (response.status_code, "Set-Cookie" in response.headers) == (403, False)


def test_the_login_page_is_kept_by_nobody_and_names_its_origin(client: FlaskClient) -> None:
    for response in (client.get("/login"), client.post("/login", data={"token": ""})):
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; ")


def test_the_way_back_is_of_this_service_whatever_the_page_was(client: FlaskClient) -> None:
    assert urlsplit(client.get("//elsewhere.example/").headers.get("Location", "/login")).path == "/login"
