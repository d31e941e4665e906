"""The real process under pressure: told to stop, asked too much, asked by many; what it began it finishes."""

import json
import signal
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from service.settings import shipped

Served = Any
Serve = Callable[..., Any]

OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def long_question(parts: int) -> bytes:
    """A conversation of so many long questions, each of which takes a tenth of a second or more to answer."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(shipped("seeds").glob("*.txt"))]
    whole = "".join("".join(texts).split())
    questions = [whole[place * 1000 : place * 1000 + 1000] for place in range(parts)]
    return json.dumps({"question": questions[-1], "history": questions[:-1]}, ensure_ascii=False).encode()


def ask(served: Served, path: str, body: bytes | None = None) -> tuple[int, str, Mapping[str, str]]:
    request = urllib.request.Request(served.address + path, body, {"Content-Type": "application/json"})
    try:
        with OPENER.open(request, timeout=60) as response:
            return response.status, response.read().decode(), response.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers


def busy(served: Served, threads: int) -> None:
    """Return once so many requests are being answered, beside the one that asks for that."""
    until = time.monotonic() + 20
    while f"youju_busy_threads {threads + 1}.0\n" not in ask(served, "/metrics")[1]:
        assert time.monotonic() < until
        time.sleep(0.01)


def test_told_to_stop_it_answers_what_it_began_and_nothing_new(serve: Serve) -> None:
    with serve(shipped("seeds")) as served, ThreadPoolExecutor(1) as pool:
        # Half a second alone, where what is asked meanwhile takes a fiftieth, and much less than stopping allows on a busy machine.
        begun = pool.submit(ask, served, "/api/v1/ask", long_question(6))
        busy(served, 1)
        served.process.send_signal(signal.SIGTERM)
        told = time.monotonic()
        until = told + 5
        while ask(served, "/readyz")[0] == 200:
            assert time.monotonic() < until
        assert [ask(served, path)[0] for path in ("/readyz", "/healthz", "/?q=%E6%8B%9B%E5%95%86")] == [503, 200, 503]
        status, said, headers = ask(served, "/api/v1/ask?q=%E6%8B%9B%E5%95%86")
        assert (status, headers["Content-Type"], headers["Retry-After"]) == (503, "application/problem+json", "5")
        assert "服务正在停止，请稍后再试。" in said
        # All of that while it was answering.
        assert not begun.done()
        status, said, _ = begun.result()
        assert (status, len(json.loads(said)["history"])) == (200, 5)
        assert served.process.wait(timeout=10) == 0
        assert time.monotonic() - told < 10
        assert "Traceback" not in served.written


@pytest.mark.thorough
def test_however_long_an_answer_takes_it_ends_in_time(serve: Serve) -> None:
    with serve(shipped("seeds"), {"YOUJU_ANSWER_SECONDS": "600", "YOUJU_THREADS": "4"}) as served:
        body = long_question(20)
        threads = [threading.Thread(target=lambda: ignored(served, body), daemon=True) for _ in range(4)]
        for thread in threads:
            thread.start()
        busy(served, 4)
        served.process.send_signal(signal.SIGTERM)
        told = time.monotonic()
        assert served.process.wait(timeout=15) == 0
        assert time.monotonic() - told < 10
        for thread in threads:
            thread.join(10)


def ignored(served: Served, body: bytes) -> None:
    try:
        ask(served, "/api/v1/ask", body)
    except OSError:
        return


@pytest.mark.thorough
def test_told_twice_it_ends_at_once(serve: Serve) -> None:
    with serve(shipped("seeds")) as served:
        thread = threading.Thread(target=lambda: ignored(served, long_question(20)), daemon=True)
        thread.start()
        busy(served, 1)
        served.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        told = time.monotonic()
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(timeout=10) == 0
        assert time.monotonic() - told < 2
        thread.join(10)


def test_too_long_a_conversation_is_given_up_and_says_so(serve: Serve) -> None:
    with serve(shipped("seeds"), {"YOUJU_ANSWER_SECONDS": "1"}) as served, ThreadPoolExecutor(1) as pool:
        # By itself it might be answered on a quick machine.
        pool.submit(ask, served, "/api/v1/ask", long_question(19))
        begun = time.monotonic()
        status, said, headers = ask(served, "/api/v1/ask", long_question(20))
        assert (status, headers["Content-Type"]) == (503, "application/problem+json")
        assert "这一问用时太长，没有答完" in json.loads(said)["detail"]
        assert time.monotonic() - begun < 4


def test_where_too_many_ask_at_once_some_are_refused_and_it_recovers(serve: Serve) -> None:
    with serve(shipped("seeds"), {"YOUJU_THREADS": "1"}) as served, ThreadPoolExecutor(40) as pool:
        body = long_question(1)
        asked = [pool.submit(ask, served, "/api/v1/ask", body) for _ in range(40)]
        while not any(one.done() for one in asked):
            # Whatever there is to do, probes are answered at once.
            begun = time.monotonic()
            assert (ask(served, "/healthz")[0], ask(served, "/readyz")[0]) == (200, 200)
            assert time.monotonic() - begun < 2
        results = [one.result() for one in asked]
        statuses = [status for status, _, _ in results]
        # One that is answered, and those that wait for it.
        assert set(statuses) == {200, 503}
        assert 33 <= statuses.count(200) < 40
        assert {headers["Retry-After"] for status, _, headers in results if status == 503} == {"2"}
        assert ask(served, "/api/v1/ask?q=%E6%8B%9B%E5%95%86")[0] == 200


def test_the_log_of_a_service_is_json_where_that_is_set(serve: Serve) -> None:
    with serve(shipped("seeds"), {"YOUJU_LOG_FORMAT": "json"}) as served:
        assert ask(served, "/?q=%E5%85%AC%E8%B7%AF")[0] == 200
        lines = [json.loads(line) for line in served.err.read_text(encoding="utf-8").splitlines()]
    assert ("200 GET /", "/") in [(line["message"], line.get("route")) for line in lines]
