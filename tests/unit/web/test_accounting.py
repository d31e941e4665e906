"""Each request has an id, one line in the log, and its place in the metrics."""

import io
import json
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, NoReturn
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from watchfiles import watch

from service.engine import Engine
from service.errors import NoCorpus
from service.logs import begin_log
from service.settings import Settings
from service.web.app import create_app

ID = "X-Request-ID"
SECRET = "绝密"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Literal["text", "json"]], io.StringIO]]:
    """A function that begins the log in a form, in what it returns."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    written = io.StringIO()

    def begin(form: Literal["text", "json"]) -> io.StringIO:
        root.handlers[:] = []
        monkeypatch.setattr(sys, "stderr", written)
        begin_log(form)
        return written

    yield begin
    root.handlers[:] = before
    root.setLevel(level)
    for name in ("waitress.queue", "watchfiles"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def fail() -> NoReturn:
    raise ValueError(SECRET)


# -- ids -------------------------------------------------------------------------------------------------------------


def test_each_request_has_an_id_of_its_own(client: FlaskClient) -> None:
    ids = [client.get(path).headers[ID] for path in ("/", "/", "/nothing", "/api/v1/documents", "/healthz")]
    assert len(set(ids)) == 5
    assert all(re.fullmatch("[0-9a-f]{16}", one) for one in ids)


@pytest.mark.parametrize(
    ("proxies", "given", "taken"),
    [
        (1, "a-B_9.z", True),
        (1, "x" * 64, True),
        (0, "a-B_9.z", False),
        (1, "x" * 65, False),
        (1, "", False),
        (1, "a b", False),
        (1, "a;b", False),
        (1, "问", False),
    ],
)
def test_a_trusted_proxy_may_give_it_if_it_is_a_plain_word(
    engine: Engine, settings: Settings, proxies: int, given: str, taken: bool
) -> None:
    client = create_app(engine, replace(settings, proxies=proxies)).test_client()
    response = client.get("/healthz", environ_base={"HTTP_X_REQUEST_ID": given})
    assert (response.headers[ID] == given) is taken


def test_the_page_of_an_error_tells_the_id_by_which_it_is_found_in_the_log(
    app: Flask, log: Callable[[Literal["text", "json"]], io.StringIO]
) -> None:
    written = log("text")
    app.add_url_rule("/fails", view_func=fail, endpoint="fails")
    response = app.test_client().get("/fails")
    assert f"请求编号 {response.headers[ID]}" in response.text
    assert response.headers[ID] in written.getvalue()
    assert "请求编号" not in app.test_client().get("/nothing").text


# -- the log ---------------------------------------------------------------------------------------------------------


def test_in_text_a_line_tells_how_long_a_request_took_and_its_id(
    client: FlaskClient, log: Callable[[Literal["text", "json"]], io.StringIO]
) -> None:
    written = log("text")
    one = client.get(f"/?q={quote(SECRET)}").headers[ID]
    other = client.get("/nothing").headers[ID]
    first, second = written.getvalue().splitlines()
    when = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}"
    assert re.fullmatch(rf"{when} INFO youju\.web 200 GET / \[\d+\.\d ms {one}\]", first)
    assert re.fullmatch(rf"{when} INFO youju\.web 404 GET \(none\): 没有找到 \[\d+\.\d ms {other}\]", second)


def test_in_json_a_line_is_an_object(app: Flask, log: Callable[[Literal["text", "json"]], io.StringIO]) -> None:
    written = log("json")
    app.add_url_rule("/fails", view_func=fail, endpoint="fails")
    client = app.test_client()
    ids = [client.get(path).headers[ID] for path in (f"/documents/{quote(SECRET)}", "/fails")]
    logging.getLogger("youju").warning("两行\n字")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert len(lines) == 3
    for line, request_id, route, status in zip(
        lines, ids, ("/documents/<document_id>", "/fails"), (404, 500), strict=False
    ):
        assert set(line) == {"time", "level", "logger", "message", "id", "method", "route", "status", "ms"}
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d", line["time"])
        assert (line["id"], line["method"], line["route"], line["status"]) == (request_id, "GET", route, status)
        assert isinstance(line["ms"], float)
    assert [line["level"] for line in lines] == ["INFO", "ERROR", "WARNING"]
    assert "ValueError" in lines[1]["message"]
    assert (lines[2]["logger"], lines[2]["message"]) == ("youju", "两行\n字")
    assert SECRET not in written.getvalue()


def test_an_exception_that_is_logged_stays_in_its_line_of_json(
    log: Callable[[Literal["text", "json"]], io.StringIO],
) -> None:
    written = log("json")
    try:
        fail()
    except ValueError:
        logging.getLogger("youju").exception("没有换上新的材料")
    (line,) = written.getvalue().splitlines()
    assert json.loads(line)["exception"].endswith(f"ValueError: {SECRET}")


def test_probes_are_logged_only_where_they_fail(
    client: FlaskClient, client_of_unready: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        for path in ("/healthz", "/readyz", "/metrics"):
            client.get(path)
        client_of_unready.get("/readyz")
    assert [record.getMessage() for record in caplog.records] == ["503 GET /readyz: 暂时不能回答"]


# -- metrics ---------------------------------------------------------------------------------------------------------


def figures(client: FlaskClient) -> dict[str, float]:
    lines = (line for line in client.get("/metrics").text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_the_share_of_what_is_not_found_can_be_told(client: FlaskClient) -> None:
    assert figures(client)['youju_answers_total{status="not_found"}'] == 0
    client.get("/?q=招商引资究竟怎么样")
    client.get("/?q=招商引资究竟怎么样&q=糖醋排骨究竟怎么炖")
    client.post("/api/v1/ask", json={"question": "糖醋排骨究竟怎么炖", "history": ["招商引资究竟怎么样"]})
    client.get("/export.md?q=招商引资究竟怎么样").close()
    found = figures(client)
    assert {name: value for name, value in found.items() if name.startswith("youju_answers_total")} == {
        'youju_answers_total{status="answered"}': 2,
        'youju_answers_total{status="not_found"}': 2,
    }
    # Of each question once, since what was answered is kept. Only after the last one something is suggested.
    counts = {
        phase: found[f'youju_phase_seconds_count{{phase="{phase}"}}']
        for phase in ("understanding", "seeking", "saying")
    }
    assert set(counts.values()) == {2}
    assert found['youju_phase_seconds_count{phase="suggesting"}'] == 2


def test_the_size_of_what_is_served_is_told(client: FlaskClient, engine: Engine) -> None:
    found = figures(client)
    assert found["youju_characters"] == sum(len(document.text) for document in engine.loaded.corpus.documents)
    assert found["youju_index_bytes"] > 4 * found["youju_characters"]


def test_while_a_request_is_answered_a_thread_is_busy(app: Flask) -> None:
    seen: list[float] = []
    client = app.test_client()
    app.add_url_rule("/look", view_func=lambda: str(seen.append(figures(app.test_client())["youju_busy_threads"])))
    client.get("/look")
    client.get("/nothing")
    # With the request that asks for it.
    assert (seen, figures(client)["youju_busy_threads"]) == ([2.0], 1.0)


def test_loads_are_counted_by_what_became_of_them(tmp_path: Path, settings_of: Callable[[Path], Settings]) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    settings = replace(settings_of(folder), data=tmp_path / "data")
    engine = Engine(settings)
    client = create_app(engine, settings).test_client()
    assert [figures(client)[f'youju_loads_total{{outcome="{it}"}}'] for it in ("loaded", "failed")] == [0, 0]
    engine.load()
    folder.rmdir()
    with pytest.raises(NoCorpus):
        engine.load()
    found = figures(client)
    assert [found[f'youju_loads_total{{outcome="{it}"}}'] for it in ("loaded", "failed")] == [1, 1]
    assert found["youju_load_seconds_count"] == 2
    assert found["youju_load_seconds_sum"] > 0


def test_a_change_in_a_folder_is_no_line_of_its_own(
    log: Callable[[Literal["text", "json"]], io.StringIO], tmp_path: Path
) -> None:
    written = log("text")
    threading.Timer(0.3, (tmp_path / "a.txt").write_bytes, [b"x"]).start()
    assert next(watch(tmp_path, rust_timeout=10_000))
    logging.getLogger("youju").info("ready")
    assert [line.split(" ", 2)[2] for line in written.getvalue().splitlines()] == ["INFO youju ready"]
