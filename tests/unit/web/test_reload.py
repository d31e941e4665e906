"""An administrator can have the folders read again over the API; nobody else can."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.engine import Engine
from service.settings import Settings
from service.tokens import made
from service.web.app import create_app

ROAD = "交通工作总结\n一、全县新修公路{}公里。\n"
ADMIN, ADMIN_KEPT = made("管理员", "admin")
ASKER, ASKER_KEPT = made("科员", "ask")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "交通.txt").write_text(ROAD.format("九十"), encoding="utf-8")
    return folder


@pytest.fixture
def settings(folder: Path, tmp_path: Path, settings_of: Callable[[Path], Settings]) -> Settings:
    tokens = tmp_path / "令牌"
    tokens.write_text(f"{ADMIN_KEPT.line}\n{ASKER_KEPT.line}\n", encoding="utf-8")
    return replace(settings_of(folder), data=tmp_path / "data", tokens=tokens)


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    engine = Engine(settings)
    engine.load()
    return create_app(engine, settings).test_client()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def asked(client: FlaskClient) -> str:
    answer = client.get("/api/v1/ask", query_string={"q": "新修公路多少公里"}, headers=bearer(ASKER)).get_json()
    return "".join(quote["text"] for quote in answer["answer"])


def test_after_it_what_the_folder_holds_is_answered_from(client: FlaskClient, folder: Path) -> None:
    before = client.get("/api/v1/documents", headers=bearer(ASKER)).get_json()["corpus"]
    (folder / "交通.txt").write_text(ROAD.format("一百二十"), encoding="utf-8")
    assert "九十" in asked(client)
    response = client.post("/api/v1/reload", headers=bearer(ADMIN))
    assert response.status_code == 200
    assert (
        response.get_json()["corpus"]
        == client.get("/api/v1/documents", headers=bearer(ASKER)).get_json()["corpus"]
        != before
    )
    assert "一百二十" in asked(client)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        (bearer(""), 401),
        (bearer(ADMIN[:-1]), 401),
        (bearer(ADMIN_KEPT.digest), 401),
        ({"Authorization": f"Basic {ADMIN}"}, 401),
        (bearer(ASKER), 403),
    ],
)
def test_nobody_else_can(client: FlaskClient, folder: Path, headers: dict[str, str], status: int) -> None:
    (folder / "交通.txt").write_text(ROAD.format("一百二十"), encoding="utf-8")
    response = client.post("/api/v1/reload", headers=headers)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert ("WWW-Authenticate" in response.headers) is (status == 401)
    assert "九十" in asked(client)


def test_a_token_that_was_taken_out_of_the_file_is_worth_nothing(client: FlaskClient, settings: Settings) -> None:
    assert settings.tokens
    settings.tokens.write_text(ASKER_KEPT.line, encoding="utf-8")
    assert client.post("/api/v1/reload", headers=bearer(ADMIN)).status_code == 401


def test_without_tokens_it_is_refused_and_another_way_named(settings: Settings) -> None:
    without = replace(settings, tokens=None)
    client = create_app(Engine(without), without).test_client()
    response = client.post("/api/v1/reload", headers=bearer(ADMIN))
    assert response.status_code == 403
    assert "SIGHUP" in response.get_json()["detail"]


def test_where_the_folder_is_gone_that_is_said_and_what_was_served_stays(client: FlaskClient, folder: Path) -> None:
    shutil.rmtree(folder)
    response = client.post("/api/v1/reload", headers=bearer(ADMIN))
    assert response.status_code == 503
    assert "没有这个文件夹" in response.get_json()["detail"]
    assert "九十" in asked(client)


def test_only_post_reloads(client: FlaskClient) -> None:
    assert client.get("/api/v1/reload", headers=bearer(ADMIN)).status_code == 405
