"""Debian's chromium, driven by playwright, before the real service on the seeds."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright, Route, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from service.engine import Engine
from service.settings import read_settings
from service.web.app import create_app

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HTMX_URL = "https://cdn.jsdelivr.net/npm/htmx.org@2.0.11/dist/htmx.min.js"
_MODULES = Path(__file__).parent / "node_modules"
HTMX_FILE = _MODULES / "htmx.org" / "dist" / "htmx.min.js"
AXE_FILE = _MODULES / "axe-core" / "axe.min.js"
# Nothing but loopback can be reached, whatever a page or the browser itself would like to fetch.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
_LONGEST_START = 60
_LONGEST_WAIT = 10_000

expect.set_options(timeout=_LONGEST_WAIT)

# What becomes of the request to the CDN: its file, the file with one byte changed, no answer ever, or an error.
Cdn = Literal["there", "tampered", "hangs", "down"]


def chromium() -> str | None:
    """Return the path of a chromium, or None where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def served(*options: str) -> Iterator[str]:
    """Run the service on the seeds, on a free port of loopback; yield its address once it is ready."""
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("w+", encoding="utf-8") as log:
        data = str(Path(folder) / "data")
        command = [
            sys.executable,
            "-m",
            "service",
            "serve",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--data",
            data,
            *options,
        ]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, env=environment, encoding="utf-8"
        ) as process:
            assert process.stdout
            late = threading.Timer(_LONGEST_START, process.kill)
            late.start()
            try:
                ready = next((line for line in process.stdout if "http://" in line), None)
                late.cancel()
                if ready is None:
                    log.seek(0)
                    raise RuntimeError(f"the service did not become ready in {_LONGEST_START} s:\n{log.read()}")
                yield ready[ready.index("http://") :].strip()
            finally:
                late.cancel()
                process.terminate()


def _at_once(app: "WSGIApplication") -> "WSGIApplication":
    """Return an app whose answers are whole before they are sent: werkzeug leaves a file open when the browser leaves."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        parts = app(environ, start_response)
        try:
            return [b"".join(parts)]
        finally:
            getattr(parts, "close", lambda: None)()

    return answer


@contextmanager
def loaded(folder: Path, texts: Mapping[str, str], *, ready: bool = True) -> Iterator[str]:
    """Serve the app from this process on files of these names and texts, not yet ready if that is wanted."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in texts.items():
        (corpus / name).write_text(text, encoding="utf-8")
    settings = read_settings({"corpus": [str(corpus)], "data": str(folder / "data")}, {})
    engine = Engine(settings)
    if ready:
        engine.load()
    app = create_app(engine, settings)
    server = make_server("127.0.0.1", 0, _at_once(app), threaded=True, request_handler=_Unlogged)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def htmx_served() -> Iterator[str]:
    """Serve htmx from another port of loopback, as a file server in a closed network would; yield its address."""
    files = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Shared, directory=str(HTMX_FILE.parent)))
    thread = threading.Thread(target=files.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{files.server_port}/{HTMX_FILE.name}"
    finally:
        files.shutdown()
        thread.join()
        files.server_close()


class _Shared(SimpleHTTPRequestHandler):
    """Hands out files to the pages of any origin, and lets a browser keep them."""

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of a request."""


class _Unlogged(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing of a request."""


@contextmanager
def started(playwright: Playwright, executable: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
    try:
        yield browser
    finally:
        browser.close()


def answer_for_cdn(route: Route, cdn: Cdn) -> None:
    """Answer the request for htmx as the CDN would, or as it should not."""
    if cdn == "down":
        route.abort()
    elif cdn != "hangs":
        script = HTMX_FILE.read_text(encoding="utf-8") + ("" if cdn == "there" else " ")
        headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "application/javascript; charset=utf-8"}
        route.fulfill(body=script, headers=headers)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium()
    if executable is None:
        _missing("no chromium on this machine: apt-get install chromium fonts-noto-cjk")
    if not (HTMX_FILE.exists() and AXE_FILE.exists()):
        _missing("no htmx to serve in place of the CDN, or no axe: npm --prefix tests/browser ci")
    with sync_playwright() as playwright, started(playwright, executable) as browser:
        yield browser


def _missing(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"CI is set, and there is {reason}", pytrace=False)
    pytest.skip(reason)


class Visit:
    """A page, and what went wrong on it: errors on the console, exceptions, requests to other hosts."""

    def __init__(self, page: Page, address: str, cdn: Cdn) -> None:
        self.page = page
        self.address = address
        self.wrong: list[str] = []
        self._cdn: Cdn = cdn
        page.set_default_timeout(_LONGEST_WAIT)
        page.on("console", lambda message: self.wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.context.route("**/*", self._route)

    def _route(self, route: Route) -> None:
        if route.request.url == HTMX_URL:
            answer_for_cdn(route, self._cdn)
        elif urlsplit(route.request.url).netloc == urlsplit(self.address).netloc:
            route.continue_()
        else:
            self.wrong.append(f"request to {route.request.url}")
            route.abort()

    def go(self, path: str) -> Page:
        # Where the CDN hangs, the page never finishes loading.
        self.page.goto(self.address + path, wait_until="commit" if self._cdn == "hangs" else "load")
        return self.page


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens a page of its own; at the end nothing may have gone wrong on any of them.

    A test that provokes an error takes it from ``Visit.wrong``.
    """
    visits: list[Visit] = []

    def open_page(
        *,
        scripts: bool = True,
        width: int = 1280,
        height: int = 800,
        dark: bool = False,
        touch: bool = False,
        still: bool = False,
        cdn: Cdn = "there",
        at: str = address,
    ) -> Visit:
        context = browser.new_context(
            java_script_enabled=scripts,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            has_touch=touch,
            is_mobile=touch,
            reduced_motion="reduce" if still else "no-preference",
        )
        visits.append(Visit(context.new_page(), at, cdn))
        return visits[-1]

    yield open_page
    for visit in visits:
        visit.page.context.close()
    assert [wrong for visit in visits for wrong in visit.wrong] == []
