"""A folder of documents in, a real process of youju over it out, with all that it answers and writes."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
# What a machine under load needs at the most for what usually takes a second or two.
PATIENCE = 60.0
QUESTIONS = (
    "怎么优化营商环境",
    "作风建设有哪些要求",
    "财政收入增长多少",
    "青松岭项目完成投资多少",
    "项目建设有哪些困难",
    "怎么在火星上种土豆",
)
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("YOUJU_")}


class Ended(NamedTuple):
    """What a process that ended has left: its exit code, and what it wrote to standard error."""

    code: int
    said: str


class Service(NamedTuple):
    """A service that is ready."""

    process: subprocess.Popen[bytes]
    address: str
    log: Path

    @property
    def written(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def get(self, path: str, token: str = "") -> tuple[int, Any]:
        """Return the status, and what the JSON says to whom the token belongs."""
        asked = urllib.request.Request(
            self.address + path, headers={"Authorization": f"Bearer {token}"} if token else {}
        )
        try:
            with _OPENER.open(asked, timeout=PATIENCE) as response:
                return response.status, json.loads(response.read())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())

    def ask(self, question: str) -> dict[str, Any]:
        """Return the answer, without what tells one answering from another."""
        status, answer = self.get(f"/api/v1/ask?q={quote(question)}")
        assert status == 200, answer
        del answer["elapsed_ms"]
        return dict(answer)

    def everything(self) -> list[Any]:
        """Return what is said of all documents, the first of them whole, and the answers to all questions: what must be the
        same whatever happened."""
        listed = self.get("/api/v1/documents?limit=500")[1]
        whole = [self.get(f"/api/v1/documents/{document['id']}") for document in listed["documents"][:10]]
        return [listed, whole, list(map(self.ask, QUESTIONS))]

    def files(self) -> int:
        """Return how many documents are served."""
        return int(self.get("/api/v1/documents?limit=1")[1]["total"])

    def descriptors(self) -> int:
        """Return how many files and connections the process has open."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def until(holds: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Return once something holds, and fail if it does not in time."""
    deadline = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.05)


def command(corpus: Path, data: Path, name: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "service", name, "--corpus", str(corpus), "--data", str(data), *options]


def environment(dictionary: Path, beside: Mapping[str, str]) -> dict[str, str]:
    return _ENVIRONMENT | {"YOUJU_DICTIONARY": str(dictionary), "PYTHONPATH": str(ROOT)} | dict(beside)


class Youju(NamedTuple):
    """Starts processes; ``dictionary`` is where the word dictionary is kept for all of them, ``logs`` what they write."""

    dictionary: Path
    logs: Path

    def index(self, corpus: Path, data: Path, *, within: Sequence[str] = ()) -> Ended:
        """Index a folder to the end; ``within`` is the command that runs the process."""
        done = subprocess.run(
            [*within, *command(corpus, data, "index")],
            env=environment(self.dictionary, {}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=2 * PATIENCE,
        )
        return Ended(done.returncode, done.stderr.decode())

    def begin_index(self, corpus: Path, data: Path) -> subprocess.Popen[bytes]:
        """Begin to index a folder, in a session of its own."""
        return subprocess.Popen(
            command(corpus, data, "index"),
            env=environment(self.dictionary, {}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    @contextmanager
    def serve(
        self,
        corpus: Path,
        data: Path,
        *options: str,
        within: Sequence[str] = (),
        beside: Mapping[str, str] | None = None,
    ) -> Iterator[Service]:
        """Serve a folder until the end of the block, which the process has to survive, or be killed in by ``Service.kill``."""
        log = self.logs / f"{time.monotonic_ns()}.log"
        with log.open("wb") as errors:
            process = subprocess.Popen(
                [*within, *command(corpus, data, "serve", "--port", "0", *options)],
                env=environment(self.dictionary, beside or {}),
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )
        assert process.stdout is not None
        # It says nothing but that it is ready; what never does is ended, so that the line ends.
        overdue = threading.Timer(2 * PATIENCE, process.kill)
        overdue.start()
        try:
            ready = re.search(rb"http://\S+", process.stdout.readline())
            overdue.cancel()
            assert ready, f"exit {process.wait()}: {log.read_text(encoding='utf-8')}"
            yield Service(process, ready.group().decode(), log)
            if process.returncode is None:
                assert process.poll() is None, f"it ended by itself: {log.read_text(encoding='utf-8')}"
                process.send_signal(signal.SIGTERM)
                assert process.wait(PATIENCE) == 0
        finally:
            overdue.cancel()
            process.stdout.close()
            if process.poll() is None:
                process.kill()
                process.wait()

    def fresh(self, corpus: Path, data: Path) -> list[Any]:
        """Return everything of a service that has kept nothing before."""
        assert not data.exists()
        with self.serve(corpus, data) as service:
            return service.everything()


class Asking(threading.Thread):
    """Asks a service one question after the other until the block ends; whatever is no answer is in ``wrong``."""

    def __init__(self, service: Service) -> None:
        super().__init__(daemon=True)
        self._service = service
        self._done = threading.Event()
        self.answered = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        while not self._done.is_set():
            try:
                self._service.ask(QUESTIONS[self.answered % len(QUESTIONS)])
            except (OSError, http.client.HTTPException, AssertionError) as error:
                if not self._done.is_set():
                    self.wrong.append(repr(error))
                continue
            self.answered += 1
            # Nobody asks without a pause, and the tests need the processors, too.
            time.sleep(0.02)

    def __enter__(self) -> "Asking":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join(PATIENCE)
