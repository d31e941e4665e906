"""What cannot be answered in time is refused at once: asked too often, by too many, while the service stops, or too long."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.engine import Engine
from service.settings import Settings
from service.tokens import made
from service.web.app import create_app
from service.web.bounding import CROWDED

TOKEN, KEPT = made("科员", "ask")
OTHER, OTHER_KEPT = made("干事", "ask")
AFAR = {"REMOTE_ADDR": "192.0.2.7"}
MakeClient = Callable[..., FlaskClient]


@pytest.fixture
def make_client(engine: Engine, settings: Settings) -> MakeClient:
    return lambda **chosen: create_app(engine, replace(settings, **chosen)).test_client()


def statuses(client: FlaskClient, times: int, path: str = "/api/v1/documents", **how: object) -> list[int]:
    return [client.get(path, **how).status_code for _ in range(times)]  # type: ignore[arg-type]


# -- too often -------------------------------------------------------------------------------------------------------


def test_who_asks_more_often_than_allowed_waits(make_client: MakeClient) -> None:
    client = make_client(rate=3)
    assert statuses(client, 4, environ_base=AFAR) == [200, 200, 200, 429]
    program = client.get("/api/v1/ask?q=招商", environ_base=AFAR)
    page = client.get("/?q=招商", environ_base=AFAR)
    assert (program.status_code, program.mimetype, program.get_json()["title"]) == (
        429,
        "application/problem+json",
        "请求过于频繁",
    )
    assert (page.status_code, page.mimetype) == (429, "text/html")
    for response in (program, page):
        wait = int(response.headers["Retry-After"])
        assert 1 <= wait <= 60
        assert f"请求太频繁，请 {wait} 秒后再试。" in response.text


def test_another_address_may_ask_meanwhile(make_client: MakeClient) -> None:
    client = make_client(rate=1)
    statuses(client, 2, environ_base=AFAR)
    # Several, because one may share a place of the table with it.
    others = [{"REMOTE_ADDR": f"192.0.2.{number}"} for number in range(20, 24)]
    assert 200 in [client.get("/api/v1/documents", environ_base=other).status_code for other in others]


def test_a_token_is_counted_wherever_it_comes_from(make_client: MakeClient, tmp_path: Path) -> None:
    client = make_client(rate=2, tokens=(KEPT, OTHER_KEPT), data=tmp_path)
    for number, status in enumerate((200, 200, 429)):
        response = client.get(
            "/api/v1/documents",
            headers={"Authorization": f"Bearer {TOKEN}"},
            environ_base={"REMOTE_ADDR": f"192.0.2.{number}"},
        )
        assert response.status_code == status
    # Not so on this machine.
    here = {"REMOTE_ADDR": "127.0.0.1"}
    assert statuses(client, 3, environ_base=here, headers={"Authorization": f"Bearer {TOKEN}"}) == [200, 200, 200]
    # A stranger is counted too, by the address: there is no guessing tokens without end.
    assert statuses(client, 3, environ_base=AFAR) == [401, 401, 429]


@pytest.mark.parametrize(
    ("chosen", "environ", "last"),
    [
        ({}, {"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({}, {"REMOTE_ADDR": "::1"}, 200),
        ({"proxies": 1}, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, 429),
        ({"proxies": 1}, {"REMOTE_ADDR": "127.0.0.1"}, 429),
        # What anybody can say of himself changes nothing.
        ({}, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, 200),
        ({}, {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 429),
        ({"rate": 0}, AFAR, 200),
    ],
)
def test_this_machine_may_ask_without_end_unless_a_proxy_speaks_for_others(
    make_client: MakeClient, chosen: dict[str, int], environ: dict[str, str], last: int
) -> None:
    client = make_client(**{"rate": 2, **chosen})
    assert statuses(client, 5, environ_base=environ)[-1] == last


def test_probes_and_files_are_not_counted(make_client: MakeClient) -> None:
    client = make_client(rate=1)
    for path in ("/healthz", "/readyz", "/metrics", "/static/youju.css"):
        for _ in range(3):
            with client.get(path, environ_base=AFAR) as response:
                assert response.status_code == 200
    assert statuses(client, 2, environ_base=AFAR) == [200, 429]


# -- too many --------------------------------------------------------------------------------------------------------


def test_who_finds_too_many_waiting_is_told_to_come_again(app: Flask) -> None:
    client = app.test_client()
    crowded = {CROWDED: True}
    for path, mimetype in (("/api/v1/ask?q=招商", "application/problem+json"), ("/?q=招商", "text/html")):
        response = client.get(path, environ_overrides=crowded)
        assert (response.status_code, response.mimetype) == (503, mimetype)
        assert response.headers["Retry-After"] == "2"
        assert "同时提问的人太多，请稍等几秒再试。" in response.text
    for path in ("/healthz", "/readyz", "/metrics"):
        assert client.get(path, environ_overrides=crowded).status_code == 200


def test_nobody_can_say_so_of_himself(client: FlaskClient) -> None:
    assert client.get("/", headers={"Youju.Crowded": "1", "Youju-Crowded": "1"}).status_code == 200


# -- stopping --------------------------------------------------------------------------------------------------------


def test_while_it_stops_nothing_new_is_answered_and_balancers_are_told(engine: Engine, settings: Settings) -> None:
    closing = Event()
    client = create_app(engine, settings, closing).test_client()
    paths = ("/?q=招商", "/api/v1/ask?q=招商", "/readyz", "/healthz", "/metrics")
    assert [client.get(path).status_code for path in paths] == [200] * 5
    closing.set()
    assert [client.get(path).status_code for path in paths] == [503, 503, 503, 200, 200]
    page, program = client.get(paths[0]), client.get(paths[1])
    assert (page.mimetype, program.mimetype) == ("text/html", "application/problem+json")
    for response in (page, program, client.get("/readyz")):
        assert response.headers["Retry-After"] == "5"
        assert "服务正在停止，请稍后再试。" in response.text


# -- too long --------------------------------------------------------------------------------------------------------


def test_an_answer_that_takes_too_long_is_given_up(tmp_path: Path, settings_of: Callable[[Path], Settings]) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "交通.txt").write_text("交通工作总结\n一、全县新修公路九十公里。\n", encoding="utf-8")
    settings = replace(settings_of(tmp_path / "corpus"), data=tmp_path / "data", answer_seconds=0)
    engine = Engine(settings)
    engine.load()
    client = create_app(engine, settings).test_client()
    for path, mimetype in (("/api/v1/ask?q=公路", "application/problem+json"), ("/?q=公路", "text/html")):
        response = client.get(path)
        assert (response.status_code, response.mimetype) == (503, mimetype)
        assert "这一问用时太长，没有答完；请缩短问题、分几次问，或者限定范围再问。" in response.text
    assert client.get("/api/v1/documents").status_code == 200
