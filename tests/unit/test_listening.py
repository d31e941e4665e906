"""Slow, silent, greedy and too many clients: whoever asks properly is answered all the same."""

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

import pytest
from waitress import wasyncore
from waitress.channel import HTTPChannel

from service import listening
from service.listening import Listener
from service.settings import read_settings

ASK = b"GET /%s HTTP/1.1\r\nHost: x\r\n\r\n"


class App:
    """Answers with what is asked; /wait once it is let go on, /large with more than a system keeps for a client."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.begun = threading.Semaphore(0)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/wait" and "youju.crowded" not in environ:
            self.begun.release()
            self.go_on.wait(20)
        body = b"x" * 30_000_000 if path == "/large" else f"{path} {environ.get('HTTP_X_FORWARDED_FOR')}".encode()
        status = "503 Service Unavailable" if "youju.crowded" in environ else "200 OK"
        start_response(status, [("Content-Length", str(len(body)))])
        return [body]


@pytest.fixture
def app() -> Iterator[App]:
    app = App()
    yield app
    app.go_on.set()


@contextmanager
def running(app: App, threads: int = 2) -> Iterator[int]:
    """The port at which an app listens."""
    with listening_to(app, threads) as listener:
        yield listener.port


@contextmanager
def listening_to(app: App, threads: int = 2) -> Iterator[Listener]:
    listener = Listener(app, read_settings({"port": "0", "threads": str(threads)}, {}))
    thread = threading.Thread(target=listener.run)
    thread.start()
    try:
        yield listener
    finally:
        app.go_on.set()
        # In the thread that runs them, which ends with the last of them. A trigger that a thread of the server pulls meanwhile
        # may have that done, and this one closed, before it is pulled.
        with suppress(OSError):
            listener._server.trigger.pull_trigger(lambda: close_all(listener))
        thread.join(10)
        listener._server.task_dispatcher.shutdown(timeout=5)
        assert not thread.is_alive()


def close_all(listener: Listener) -> None:
    for connection in list(listener._sockets.values()):
        if isinstance(connection, HTTPChannel):
            connection.handle_close()
    wasyncore.close_all(listener._sockets)


@pytest.fixture
def port(app: App) -> Iterator[int]:
    with running(app) as port:
        yield port


def connected(port: int, *sent: bytes) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=10)
    for data in sent:
        client.sendall(data)
    return client


def told(client: socket.socket) -> tuple[bytes, bytes]:
    """Status and body of the next answer on a connection."""
    with client.makefile("rb") as answer:
        status = answer.readline().split(b" ", 1)[1].strip()
        length = 0
        while header := answer.readline().strip().lower():
            if header.startswith(b"content-length:"):
                length = int(header.split(b":")[1])
        return status, answer.read(length)


def asked(port: int, path: bytes = b"a") -> tuple[bytes, bytes]:
    with closing(connected(port, ASK % path)) as client:
        return told(client)


def is_closed(client: socket.socket, within: float) -> bool:
    client.settimeout(within)
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False


def test_whoever_sends_slowly_keeps_nobody_else_waiting(port: int) -> None:
    slow = [connected(port, b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n", b"x") for _ in range(60)]
    slow += [connected(port, b"GET /a HTTP/1.1\r\nHos") for _ in range(60)]
    begun = time.monotonic()
    assert asked(port) == (b"200 OK", b"/a None")
    assert time.monotonic() - begun < 1
    for client in slow:
        client.close()


def test_whoever_does_not_read_the_answer_keeps_nobody_else_waiting(port: int) -> None:
    slow = [connected(port, ASK % b"large") for _ in range(6)]
    # By then each has its answer, as far as the system takes it.
    time.sleep(0.5)
    begun = time.monotonic()
    assert asked(port) == (b"200 OK", b"/a None")
    assert time.monotonic() - begun < 1
    for client in slow:
        client.close()


def test_a_request_that_is_too_long_on_its_way_is_given_up(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_LONGEST_REQUEST", 0.3)
    with running(app) as port, closing(connected(port, b"GET /a HTTP/1.1\r\n")) as client:
        # It is never silent, so that alone would not end it.
        begun = time.monotonic()
        with suppress(BrokenPipeError, ConnectionResetError):
            while time.monotonic() - begun < 10:
                client.sendall(b"X: y\r\n")
                time.sleep(0.05)
        assert 0.3 < time.monotonic() - begun < 5


def test_a_connection_that_is_silent_is_closed(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_LONGEST_SILENCE", 1)
    monkeypatch.setattr(listening, "_LOOKED_FOR", 1)
    with running(app) as port, closing(connected(port, ASK % b"a")) as kept, closing(connected(port)) as silent:
        assert told(kept) == (b"200 OK", b"/a None")
        assert is_closed(silent, 10)
        assert is_closed(kept, 10)


def test_requests_that_do_not_wait_for_answers_get_one_and_the_connection_closed(port: int) -> None:
    with closing(connected(port, (ASK % b"a") + (ASK % b"b") * 3)) as client, client.makefile("rb") as answers:
        said = answers.read()
    assert said.count(b"HTTP/1.1 200 OK") == 1
    assert b"\r\nConnection: close\r\n" in said
    assert said.endswith(b"/a None")


def test_a_connection_is_kept_for_the_next_request(port: int) -> None:
    with closing(connected(port)) as client:
        for path in (b"a", b"b", b"c"):
            client.sendall(ASK % path)
            assert told(client) == (b"200 OK", b"/%s None" % path)


def test_where_too_many_wait_the_next_is_refused_at_once_and_probes_are_answered(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "_WAITING", 6)
    with running(app, threads=2) as port:
        busy = [connected(port, ASK % b"wait") for _ in range(2)]
        for _ in busy:
            assert app.begun.acquire(timeout=10)
        waiting = [connected(port, ASK % b"wait") for _ in range(6)]
        # The server takes requests as they come; one that comes later finds these waiting.
        time.sleep(0.3)
        begun = time.monotonic()
        for _ in range(20):
            assert asked(port, b"wait") == (b"503 Service Unavailable", b"/wait None")
            assert asked(port, b"healthz") == (b"200 OK", b"/healthz None")
            assert asked(port, b"readyz") == (b"200 OK", b"/readyz None")
        assert time.monotonic() - begun < 5
        app.go_on.set()
        assert [told(client) for client in busy + waiting] == [(b"200 OK", b"/wait None")] * 8
        assert asked(port) == (b"200 OK", b"/a None")
        for client in busy + waiting:
            client.close()


def test_who_comes_while_threads_have_nothing_to_do_does_not_wait(app: App) -> None:
    with listening_to(app, threads=2) as listener:
        waiting: Callable[[], int] = listener._server.task_dispatcher._waiting

        def comes_to(wanted: int) -> bool:
            until = time.monotonic() + 10
            while waiting() != wanted and time.monotonic() < until:
                time.sleep(0.01)
            return waiting() == wanted

        assert comes_to(-2)
        clients = []
        for number in range(4):
            clients.append(connected(listener.port, ASK % b"wait"))
            assert comes_to(number - 1)
        for client in clients:
            client.close()


def test_what_a_proxy_says_reaches_the_app_which_decides_whether_to_believe_it(port: int) -> None:
    with closing(connected(port, b"GET /a HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n")) as client:
        assert told(client) == (b"200 OK", b"/a 203.0.113.7")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 262_144 + b"\r\n\r\n", b"431"),
        (b"GET /?q=" + b"y" * 262_144 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"431"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n", b"413"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX : y\r\n\r\n", b"400"),
        (b"GET http://[MINE]/ HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
    ],
)
def test_what_is_too_large_or_no_http_is_refused_by_the_server(
    port: int, request_: bytes, status: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    with closing(connected(port)) as client:
        client.sendall(request_)
        answer = http.client.HTTPResponse(client)
        answer.begin()
        assert str(answer.status).encode() == status
        # As guarded as all else.
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert f"{answer.status} before it was read" in caplog.messages
    assert "MINE" not in caplog.text
    assert asked(port) == (b"200 OK", b"/a None")


def test_waiting_ends_when_the_last_answer_is_read(app: App) -> None:
    with listening_to(app) as listener:
        with closing(connected(listener.port, ASK % b"wait")) as client:
            assert app.begun.acquire(timeout=10)
            assert not listener.wait(0.1)
            app.go_on.set()
            assert listener.wait(10)
            assert told(client) == (b"200 OK", b"/wait None")
        with closing(connected(listener.port, ASK % b"large")) as client:
            client.recv(1, socket.MSG_PEEK)
            assert not listener.wait(0.1)
            assert told(client)[1] == b"x" * 30_000_000
            assert listener.wait(10)


def test_waiting_ends_only_when_what_was_sent_before_has_been_looked_at(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "_SETTLED", 0.5)
    with listening_to(app) as listener:
        clients: list[socket.socket] = []
        late = threading.Timer(0.2, lambda: clients.append(connected(listener.port, ASK % b"wait")))
        late.start()
        assert not listener.wait(1.5)
        app.go_on.set()
        assert listener.wait(10)
        with closing(clients[0]) as client:
            assert told(client) == (b"200 OK", b"/wait None")


def test_the_main_thread_rests_while_another_sends_an_answer() -> None:
    channel = listening._Channel.__new__(listening._Channel)
    channel.requests, channel.total_outbufs_len = [object()], 5
    channel.will_close = channel.close_when_flushed = False
    channel.outbuf_lock = threading.Condition()
    held, over = threading.Event(), threading.Event()

    def send() -> None:
        with channel.outbuf_lock:
            held.set()
            over.wait(5)

    thread = threading.Thread(target=send)
    assert channel.writable()
    thread.start()
    held.wait(5)
    assert not channel.writable()
    # To close it, and to send what is left once the answer is done, it does not wait for the lock.
    channel.will_close = True
    assert channel.writable()
    channel.will_close, channel.requests = False, []
    assert channel.writable()
    over.set()
    thread.join(5)
