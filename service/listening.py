"""A WSGI app and where to listen in, its answers over HTTP out, until it is told to end."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import waitress
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask, ThreadedTaskDispatcher

from service.baton import Baton
from service.errors import SettingError
from service.settings import Settings
from service.web.bounding import CROWDED
from service.web.guarding import headers_of

_LOG = logging.getLogger("youju.listening")
# The application refuses bodies over 64 KiB; the server must not store a larger one before the application sees it.
_LONGEST_BODY = 1 << 20
# An address holds a conversation, at 9 bytes a Chinese character, and htmx sends the one before it as a header too. Over
# this the server answers 431 in plain English; below it the page says in words what is too long, and 28,000 characters
# are room for that: somebody who pastes a whole document into the box keeps it there.
_LONGEST_HEADERS = 256 * 1024
# Requests that may wait for a thread. Answers take milliseconds, so that the last of them waits less than a second; who comes
# when so many wait is told to come again, for in a longer queue people have gone by the time they are answered.
_WAITING = 32
# A thread is given whole requests and hands over whole answers, so that a slow client holds a connection and nothing else. There
# may be so many of them, since most systems let a process have 1024 files open; more are accepted as others go ...
_MOST_CONNECTIONS = 800
# ... each may be silent for so long (browsers keep theirs for the next question), looked for so often ...
_LONGEST_SILENCE, _LOOKED_FOR = 30, 5
# ... and a request may be on its way for so long, however its bytes come: 256 KiB over a slow line take less. In seconds.
_LONGEST_REQUEST = 20.0
# In seconds: for threads that answer still when all is over, and how often is looked whether any does.
_LAST, _OFTEN = 0.2, 0.02
# ... and for how long there must be none: what was sent before the end may not have been looked at.
_SETTLED = 0.15
_AT_ONCE = ("/healthz", "/readyz", "/metrics")

App = Callable[..., Iterable[bytes]]


class Listener:
    """Listens as soon as it is made, and answers while it runs."""

    def __init__(self, app: App, settings: Settings) -> None:
        """:raises SettingError: if it cannot listen where the settings say"""
        self._sockets: dict[int, Any] = {}
        dispatcher = _Dispatcher(settings.threads)
        try:
            self._server: Any = waitress.create_server(
                dispatcher.telling(app),
                map=self._sockets,
                _dispatcher=dispatcher,
                host=settings.host,
                port=settings.port,
                ident="youju",
                # What of a proxy's headers is to be believed is the app's to say.
                clear_untrusted_proxy_headers=False,
                max_request_body_size=_LONGEST_BODY,
                max_request_header_size=_LONGEST_HEADERS,
                connection_limit=_MOST_CONNECTIONS,
                channel_timeout=_LONGEST_SILENCE,
                cleanup_interval=_LOOKED_FOR,
                # select, which is the default, cannot see files beyond the 1024th.
                asyncore_use_poll=True,
            )
        except OSError as error:
            raise SettingError(
                f"{settings.host}:{settings.port} 不能监听（{error.strerror}）；请换 --port 或先停掉占用它的程序"
            ) from None
        except ValueError:
            # What waitress makes of a name that leads nowhere.
            raise SettingError(f"{settings.host} 不是本机的地址；请换 --host，如 127.0.0.1 或 0.0.0.0") from None
        channel = _guarded({**headers_of(settings), "Cache-Control": "private, no-store"})
        for server in self._sockets.values():
            server.channel_class = channel

    @property
    def port(self) -> int:
        server = self._server
        # One that listens at several addresses (a name with more than one) only has the list of them.
        port = server.effective_port if hasattr(server, "effective_port") else server.effective_listen[0][1]
        return int(port)

    def run(self) -> None:
        """Answer until the process is interrupted by SystemExit or KeyboardInterrupt; what is unanswered then stays so."""
        self._server.run()

    def wait(self, longest: float) -> bool:
        """Return whether within so many seconds all requests that came are answered, to the last byte."""
        begun, idle_since = time.monotonic(), None
        # Not time.sleep, which does not come back where libfaketime sets the clock (tests/faults).
        never = threading.Event()
        while True:
            now = time.monotonic()
            if any(map(_is_busy, list(self._sockets.values()))):
                idle_since = None
                if now - begun >= longest:
                    return False
            elif idle_since is None:
                idle_since = now
            elif now - idle_since >= _SETTLED:
                return True
            never.wait(_OFTEN)


def _is_busy(socket: Any) -> bool:
    """Return whether a connection has a request that is not answered, or an answer that is not sent; what listens has neither."""
    return bool(getattr(socket, "requests", None) or getattr(socket, "total_outbufs_len", 0))


class _Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Gives requests to threads; where too many wait, one more thread lets the app refuse them. It answers probes, too."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self._crowded = threading.local()
        self._baton = Baton()
        self._aside = ThreadedTaskDispatcher()
        self._aside.set_thread_count(1)
        self.set_thread_count(threads)

    def add_task(self, task: Any) -> None:
        # Of a request that could not be read there is no path.
        if getattr(task.requests[0], "path", None) in _AT_ONCE:
            self._aside.add_task(task)
        elif self._waiting() >= _WAITING:
            self._aside.add_task(_Refused(task, self._crowded))
        else:
            super().add_task(task)

    def _waiting(self) -> int:
        """Return how many requests wait beyond those that idle threads are about to take."""
        with self.lock:
            return int(len(self.queue) - (len(self.threads) - self.stop_count - self.active_count))

    def shutdown(self, cancel_pending: bool = True, timeout: float = _LAST) -> bool:
        self._aside.shutdown(cancel_pending, timeout)
        return bool(super().shutdown(cancel_pending, timeout))

    def telling(self, app: App) -> App:
        """Return the app, told of each request whether too many waited when it came; what takes time is done one after the other."""

        def told(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            if getattr(self._crowded, "now", False):
                environ[CROWDED] = True
            elif environ["PATH_INFO"] not in _AT_ONCE:
                with self._baton.held():
                    return app(environ, start_response)
            return app(environ, start_response)

        return told


class _Refused:
    """A request that is given to the app in a thread that is marked while it is."""

    def __init__(self, task: Any, crowded: threading.local) -> None:
        self._task = task
        self._crowded = crowded

    def service(self) -> None:
        self._crowded.now = True
        try:
            self._task.service()
        finally:
            self._crowded.now = False

    def cancel(self) -> None:
        self._task.cancel()


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    """A request as it comes in; an address that is none is refused as the rest that is no HTTP is."""

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except ValueError:
            # waitress would close without a word, and log the address.
            raise ParsingError("Bad URI") from None


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection on which one request is sent at a time, and within a time."""

    parser_class = _Parser
    _since = 0.0

    def writable(self) -> bool:
        """Return whether the main thread is to send what is left of an answer, or to close.

        While a thread sends it, that has the lock. waitress would look for the lock again and again, as fast as it can, with
        the interpreter that the thread waits for. What the thread leaves is sent once it is done.
        """
        if self.requests and not self.will_close and not self.close_when_flushed:
            if not self.outbuf_lock.acquire(blocking=False):
                return False
            self.outbuf_lock.release()
        return bool(super().writable())

    def received(self, data: bytes) -> bool:
        now = time.monotonic()
        if self.request is None:
            self._since = now
        elif now - self._since > _LONGEST_REQUEST:
            self.will_close = True
            return False
        taken = super().received(data)
        with self.requests_lock:
            # Requests that come without waiting for the answer before: with more unread answers than waitress holds, the thread
            # would wait for the client. They go unanswered, and a client that sends so knows from the closing to send them again.
            if len(self.requests) > 1:
                for request in self.requests[1:]:
                    request.close()
                del self.requests[1:]
                self.requests[0].headers["CONNECTION"] = "close"
        return bool(taken)


def _guarded(headers: Mapping[str, str]) -> type[_Channel]:
    """Return the channel whose refusals have these headers, those that the server makes by itself, and are told in the log."""

    class Refusal(ErrorTask):  # type: ignore[misc]
        def execute(self) -> None:
            self.response_headers.extend(headers.items())
            _LOG.info("%d before it was read", self.request.error.code)
            super().execute()

    class Guarded(_Channel):
        error_task_class = Refusal

    return Guarded
