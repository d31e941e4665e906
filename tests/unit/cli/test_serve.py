"""youju serve and youju health: ready, asked, stopped, and silent about what was asked."""

import json
import re
import signal
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from service.language import words as cut
from service.language.dictionary import VERSION
from service.language.prepared import keep
from service.settings import shipped

# What the fixtures return is in the conftest.py here and above.
Youju = Callable[..., Any]
Served = Any
Serve = Callable[..., Any]
Run = Callable[..., CompletedProcess[bytes]]

HEADLINE = "开发区招商改革怎么做的"
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get(served: Served, path: str, body: object = None) -> tuple[int, Any]:
    """Return status and text, or what the JSON says, of an answer to GET, or with a body to POST."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(served.address + path, data, {"Content-Type": "application/json"})
    try:
        with OPENER.open(request, timeout=30) as response:
            status, said = response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        status, said = error.code, error.read().decode()
    return status, json.loads(said) if said.startswith("{") else said


def port_of(served: Served) -> int:
    port = urllib.parse.urlsplit(served.address).port
    assert port
    return port


@contextmanager
def listening() -> Iterator[socket.socket]:
    """A socket that is listened at, on a port nobody else has."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


# -- ready -----------------------------------------------------------------------------------------------------------


def test_a_service_that_says_it_is_ready_is(served: Served) -> None:
    assert served.out.read_text(encoding="utf-8") == f"有据已就绪：{served.address}\n"
    assert get(served, "/readyz") == (200, {"status": "ready"})
    assert get(served, "/healthz") == (200, {"status": "ok"})


def test_the_headline_question_is_answered_over_the_api(served: Served) -> None:
    status, answer = get(served, "/api/v1/ask", {"question": HEADLINE})
    assert (status, answer["status"]) == (200, "answered")
    assert "组建招商服务公司，面向社会公开招聘总经理" in answer["answer"][0]["text"]
    assert answer["citations"][0]["document"]["file"] == "001_8c21865a51a04441.txt"


def test_the_headline_question_is_answered_on_the_page(served: Served) -> None:
    status, page = get(served, "/?" + urllib.parse.urlencode({"q": HEADLINE}))
    assert status == 200
    assert "组建招商服务公司，面向社会公开招聘总经理" in page


def test_nothing_that_is_written_holds_a_question(served: Served) -> None:
    secret = "绝密问题甲乙"
    quoted = urllib.parse.quote(secret)
    assert get(served, "/api/v1/ask", {"question": f"{secret}招商"})[0] == 200
    assert get(served, f"/?q={quoted}")[0] == 200
    refused = [
        get(served, f"/{quoted}")[0],
        get(served, "/api/v1/ask", {"question": secret * 400})[0],
        get(served, "/api/v1/ask", {"question": secret, secret: 1})[0],
        get(served, f"/api/v1/ask?q={quoted}&limit=0")[0],
        get(served, f"/api/v1/ask?{quoted}=1")[0],
        get(served, "/?" + urllib.parse.urlencode({"q": secret * 400}))[0],
    ]
    assert refused == [404, 413, 422, 422, 422, 413]
    assert "youju.web" in served.written  # they are logged
    assert secret not in served.written
    assert quoted not in served.written
    assert secret.encode("unicode_escape").decode() not in served.written


def test_a_pasted_document_is_refused_by_the_page_and_only_what_is_far_longer_by_the_server(served: Served) -> None:
    status, page = get(served, "/?" + urllib.parse.urlencode({"q": "长" * 25_000}))
    assert status == 413
    assert "这个问题有 25,000 个字，一次最多 2,000 字。请删减后再问。" in page
    assert get(served, "/?" + urllib.parse.urlencode({"q": "长" * 30_000}))[0] == 431


# -- kept current ----------------------------------------------------------------------------------------------------


def test_what_changes_while_it_runs_is_answered_from_and_sighup_asks_for_it(serve: Serve, tmp_path: Path) -> None:
    folder = tmp_path / "材料"
    folder.mkdir()
    (folder / "交通.txt").write_text("交通工作总结\n一、全县新修公路九十公里。\n", encoding="utf-8")

    def comes(wanted: str, environment: dict[str, str], signalled: bool) -> None:
        with serve(folder, environment) as served:
            (folder / "交通.txt").write_text(f"交通工作总结\n一、全县新修公路{wanted}公里。\n", encoding="utf-8")
            if signalled:
                served.process.send_signal(signal.SIGHUP)
            until = time.monotonic() + 20
            while wanted not in get(served, "/api/v1/ask", {"question": "新修公路多少公里"})[1]["answer"][0]["text"]:
                assert time.monotonic() < until
                time.sleep(0.05)

    comes("一百二十", {}, signalled=False)
    comes("一百三十", {"YOUJU_WATCH": "0"}, signalled=True)


def test_a_file_that_stays_left_out_is_logged_once(serve: Serve, tmp_path: Path) -> None:
    folder = tmp_path / "材料"
    folder.mkdir()
    (folder / "交通.txt").write_text("交通工作总结\n一、全县新修公路九十公里。\n", encoding="utf-8")
    (folder / "空.txt").write_text("", encoding="utf-8")
    with serve(folder) as served:
        (folder / "教育.txt").write_text("教育工作总结\n一、新建学校两所。\n", encoding="utf-8")
        until = time.monotonic() + 20
        while served.written.count("ready: ") < 2:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert served.written.count("left out 空.txt") == 1


# -- stopped ---------------------------------------------------------------------------------------------------------


def test_sigterm_ends_it_in_order_and_questions_are_logged_only_when_wanted(serve: Serve, corpus: Path) -> None:
    with serve(corpus, {"YOUJU_LOG_QUESTIONS": "1"}) as served:
        quoted = urllib.parse.quote("绝密问题甲乙")
        assert get(served, f"/api/v1/ask?q={quoted}&limit=0")[0] == 422
        assert get(served, f"/?q={quoted}")[0] == 200
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(timeout=10) == 0
        assert quoted in served.written
        # With the id of the request that asked it.
        (answered,) = re.findall(r"answered '绝密问题甲乙' \[([0-9a-f]{16})\]\n", served.written)
        assert served.written.count(answered) == 2
        assert "Traceback" not in served.written


def test_a_service_that_can_never_be_ready_ends_and_says_why(run: Run, tmp_path: Path, corpus: Path) -> None:
    # A dictionary in which the middle word of the analyser's proof is none.
    words = ("开发区招", "商体制")
    parts = {word[:end]: 0 for word in words for end in range(1, len(word))}
    keep(tmp_path, cut.NAME, VERSION, (parts | dict.fromkeys(words, 1000), 2000))
    done = run(tmp_path, "serve", "--corpus", str(corpus), "--dictionary", str(tmp_path), "--port", "0")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().startswith("youju: 分词自检没有通过：")


def test_a_port_in_use_is_named(run: Run, tmp_path: Path, corpus: Path) -> None:
    with listening() as other:
        port = other.getsockname()[1]
        done = run(tmp_path, "serve", "--corpus", str(corpus), "--port", str(port))
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert said.startswith(f"youju: 127.0.0.1:{port} 不能监听（")
    assert said.endswith("）；请换 --port 或先停掉占用它的程序\n")


def test_a_host_that_leads_nowhere_is_named(youju: Youju, corpus: Path) -> None:
    done = youju("serve", "--corpus", corpus, "--host", "no host", "--port", 0)
    assert done == (2, "", "youju: no host 不是本机的地址；请换 --host，如 127.0.0.1 或 0.0.0.0\n")


# -- health ----------------------------------------------------------------------------------------------------------


def test_health_is_0_where_the_service_can_be_asked(youju: Youju, served: Served) -> None:
    assert youju("health", "--port", port_of(served)) == (0, "", "")


def test_health_of_one_that_listens_everywhere_asks_this_machine(youju: Youju, served: Served) -> None:
    assert youju("health", "--host", "0.0.0.0", "--port", port_of(served)) == (0, "", "")


def test_health_goes_by_no_proxy(youju: Youju, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert youju("health", "--port", port_of(served)).code == 0


def test_health_is_1_where_nothing_runs(youju: Youju) -> None:
    with listening() as other:
        port = other.getsockname()[1]
    done = youju("health", "--port", port)
    assert done == (1, "", f"youju: 没有连上 http://127.0.0.1:{port}；请先运行 youju serve\n")


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", "上运行的不是有据；请检查 --host 和 --port"),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "上运行的不是有据；请检查 --host 和 --port"),
        (b"HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n", "尚未就绪，还在建立索引；请稍后再试"),
    ],
)
def test_health_is_1_where_something_else_answers(youju: Youju, answer: bytes, complaint: str) -> None:
    def reply() -> None:
        connection, _ = other.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(answer)

    with listening() as other:
        thread = threading.Thread(target=reply)
        thread.start()
        port = other.getsockname()[1]
        done = youju("health", "--port", port)
        thread.join(timeout=10)
    assert done == (1, "", f"youju: http://127.0.0.1:{port} {complaint}\n")


def test_the_seeds_are_what_is_served(served: Served) -> None:
    status, listed = get(served, "/api/v1/documents")
    assert status == 200
    assert {document["file"] for document in listed["documents"]} == {
        path.name for path in shipped("seeds").glob("*.txt")
    }
