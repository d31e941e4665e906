"""With tokens, only who shows one is answered; what is open tells nothing of the documents."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from service.engine import Engine
from service.errors import SettingError
from service.settings import Settings
from service.tokens import made
from service.web.app import create_app

ADMIN, ADMIN_KEPT = made("管理员", "admin")
ASKER, ASKER_KEPT = made("科员", "ask")
OPEN = {"/healthz", "/readyz", "/metrics", "/api/v1/openapi.json", "/static/<path:filename>", "/login", "/logout"}


@pytest.fixture
def tokens(tmp_path: Path) -> Path:
    path = tmp_path / "令牌"
    path.write_text(f"{ADMIN_KEPT.line}\n{ASKER_KEPT.line}\n", encoding="utf-8")
    return path


@pytest.fixture
def closed(engine: Engine, settings: Settings, tokens: Path, tmp_path: Path) -> Flask:
    return create_app(engine, replace(settings, tokens=tokens, data=tmp_path))


@pytest.fixture
def stranger(closed: Flask) -> FlaskClient:
    return closed.test_client()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def filled(rule: str) -> str:
    return re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda name: "md" if name[1] == "extension" else "none", rule)


def test_every_route_but_those_that_are_open_needs_a_token(closed: Flask, stranger: FlaskClient) -> None:
    for rule in closed.url_map.iter_rules():
        for method in sorted(rule.methods or ()):
            response = stranger.open(filled(rule.rule), method=method)
            if rule.rule in OPEN:
                assert response.status_code not in (302, 401), rule.rule
            elif rule.rule.startswith("/api/"):
                assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Bearer")
            else:
                assert (response.status_code, urlsplit(response.location).path) == (302, "/login")
    # Not by way of an endpoint's name alone: all that is named open is there.
    assert {rule.rule for rule in closed.url_map.iter_rules()} > OPEN


@pytest.mark.parametrize(
    "path", ["/login", "/nothing", "/static/nothing", "/healthz", "/readyz", "/api/v1/openapi.json"]
)
def test_what_is_open_tells_nothing_of_the_documents(closed: Flask, engine: Engine, path: str) -> None:
    said = closed.test_client().get(path).text
    assert engine.loaded.corpus.version not in said
    assert "份材料" not in said
    assert engine.loaded.corpus.version in closed.test_client().get("/", headers=bearer(ASKER)).text


@pytest.mark.parametrize("token", [ADMIN, ASKER], ids=["admin", "ask"])
def test_who_has_a_token_asks_and_reads(stranger: FlaskClient, report: str, token: str) -> None:
    assert stranger.get("/api/v1/ask?q=招商", headers=bearer(token)).get_json()["status"] == "answered"
    assert stranger.post("/api/v1/ask", json={"question": "招商"}, headers=bearer(token)).status_code == 200
    for path in ("/?q=招商", f"/documents/{report}", f"/api/v1/documents/{report}", "/export.md?q=招商"):
        with stranger.get(path, headers=bearer(token)) as response:
            assert response.status_code == 200


@pytest.mark.parametrize(
    "headers", [{}, bearer(""), bearer(ASKER[:-1]), bearer(ASKER_KEPT.digest), {"Authorization": f"Basic {ASKER}"}]
)
def test_nobody_else_does(stranger: FlaskClient, headers: dict[str, str]) -> None:
    response = stranger.get("/api/v1/ask?q=招商", headers=headers)
    assert (response.status_code, response.mimetype) == (401, "application/problem+json")
    assert stranger.get("/?q=招商", headers=headers).status_code == 302


def test_a_token_that_is_taken_out_is_worth_nothing_at_once(stranger: FlaskClient, tokens: Path) -> None:
    assert stranger.get("/api/v1/documents", headers=bearer(ASKER)).status_code == 200
    tokens.write_text(ADMIN_KEPT.line, encoding="utf-8")
    assert stranger.get("/api/v1/documents", headers=bearer(ASKER)).status_code == 401


def test_where_the_file_of_tokens_is_gone_nobody_is_let_in(stranger: FlaskClient, tokens: Path) -> None:
    tokens.unlink()
    for path in ("/api/v1/documents", "/?q=招商"):
        response = stranger.get(path, headers=bearer(ADMIN))
        assert response.status_code == 503
        assert "令牌文件读不了" in response.text
        assert str(tokens) not in response.text
    for path in ("/healthz", "/readyz", "/metrics", "/static/youju.css"):
        with stranger.get(path, headers=bearer(ADMIN)) as response:
            assert response.status_code == 200


def test_where_no_token_is_kept_yet_the_log_says_so(
    engine: Engine, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "tokens").touch()
    create_app(engine, replace(settings, tokens=tmp_path / "tokens", data=tmp_path))
    assert "no token is kept yet" in caplog.text


def test_tokens_may_stand_in_the_setting_itself(engine: Engine, settings: Settings, tmp_path: Path) -> None:
    client = create_app(engine, replace(settings, tokens=(ASKER_KEPT,), data=tmp_path)).test_client()
    asked = [client.get("/api/v1/documents", headers=headers).status_code for headers in ({}, bearer(ASKER))]
    assert asked == [401, 200]


def test_without_tokens_all_are_answered(client: FlaskClient) -> None:
    assert client.get("/api/v1/ask?q=招商").status_code == 200
    assert client.get("/?q=招商").status_code == 200
    assert client.get("/login").status_code == 404


def test_a_page_leads_to_the_login_and_names_itself_as_the_way_back(stranger: FlaskClient) -> None:
    asked = f"/?q={quote('招商&引资')}&q={quote('50%呢')}"
    said = urlsplit(stranger.get(asked).location)
    assert said.path == "/login"
    (back,) = parse_qs(said.query)["next"]
    before = {"q": ["招商&引资", "50%呢"]}
    assert (urlsplit(back).path, parse_qs(urlsplit(back).query)) == ("/", before)
    # No longer than the page's own address, which is bounded, but by a little.
    assert len(said.query) < len(asked) + 60


def test_htmx_is_led_there_as_a_whole_page(stranger: FlaskClient) -> None:
    response = stranger.get("/?q=招商", headers={"HX-Request": "true"})
    assert (response.status_code, response.text) == (401, "")
    assert urlsplit(response.headers["HX-Redirect"]).path == "/login"
    assert "Location" not in response.headers


@pytest.mark.parametrize(
    ("private", "headers", "status"),
    [
        (False, {}, 200),
        (True, {}, 401),
        (True, bearer(ASKER), 403),
        (True, bearer(ADMIN), 200),
    ],
)
def test_metrics_are_for_administrators_where_that_is_set(
    engine: Engine,
    settings: Settings,
    tokens: Path,
    tmp_path: Path,
    private: bool,
    headers: dict[str, str],
    status: int,
) -> None:
    chosen = replace(settings, tokens=tokens, data=tmp_path, private_metrics=private)
    assert create_app(engine, chosen).test_client().get("/metrics", headers=headers).status_code == status


def test_tokens_that_cannot_be_read_end_the_start(engine: Engine, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="令牌文件读不了"):
        create_app(engine, replace(settings, tokens=tmp_path / "无"))


# -- behind a proxy --------------------------------------------------------------------------------------------------

FORWARDED = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "youju.example"}


@pytest.fixture
def told(engine: Engine, settings: Settings) -> Callable[[int], tuple[str, str]]:
    """A function that returns the address and the origin a request is taken to have, behind so many trusted proxies."""

    def told(proxies: int) -> tuple[str, str]:
        app = create_app(engine, replace(settings, proxies=proxies))
        app.add_url_rule("/told", view_func=lambda: [request.remote_addr, request.host_url], endpoint="told")
        who, origin = app.test_client().get("/told", headers=FORWARDED).get_json()
        return who, origin

    return told


def test_no_proxy_is_believed_unless_that_is_set(told: Callable[[int], tuple[str, str]]) -> None:
    assert told(0) == ("127.0.0.1", "http://localhost/")
    assert told(1) == ("203.0.113.7", "https://youju.example/")
    # Two are trusted, and only one spoke: what it says could be anybody's.
    assert told(2) == ("127.0.0.1", "http://localhost/")
