"""What is slow to make and never changes, once for all unit tests: the dictionary, an engine over the seeds, a server."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import service
from service.engine import Engine
from service.language.analyser import Analyser
from service.settings import Settings, read_settings, shipped

# What the program does must not depend on what is set where the tests run.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("YOUJU_")}
ENVIRONMENT["PYTHONPATH"] = str(Path(service.__file__).resolve().parents[1])
# Unset, because output that is not buffered hides what happens when it is.
ENVIRONMENT.pop("PYTHONUNBUFFERED", None)


@pytest.fixture(scope="session")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which jieba's prepared dictionary is kept for all tests."""
    return tmp_path_factory.mktemp("dictionary")


@pytest.fixture(scope="session")
def analyser(dictionary: Path) -> Analyser:
    analyser = Analyser(dictionary)
    analyser.load()
    return analyser


@pytest.fixture(scope="session")
def settings_of(dictionary: Path) -> Callable[[Path], Settings]:
    """A function that returns the settings that serve a folder."""

    def settings(corpus: Path) -> Settings:
        return read_settings({"corpus": [str(corpus)], "data": str(dictionary)}, environment={})

    return settings


@pytest.fixture(scope="session")
def seeds(analyser: Analyser, settings_of: Callable[[Path], Settings]) -> Engine:
    """A loaded engine over the seeds; do not load it again."""
    engine = Engine(settings_of(shipped("seeds")))
    engine.load()
    return engine


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the evaluator and the question sets, which lies beside a checkout or is named by SHARED."""
    folder = Path(os.environ.get("SHARED") or Path(service.__file__).resolve().parents[2] / "shared").absolute()
    if not (folder / "eval" / "ask_eval.py").is_file():
        pytest.skip("SHARED (../shared) is not here: no evaluator, no question sets")
    return folder


@dataclass(frozen=True)
class Served:
    """A service that is ready: its process, its address, and the files that hold all it has written."""

    process: subprocess.Popen[bytes]
    address: str
    out: Path
    err: Path

    @property
    def written(self) -> str:
        return self.out.read_text(encoding="utf-8") + self.err.read_text(encoding="utf-8")


Serve = Callable[..., AbstractContextManager[Served]]


@pytest.fixture(scope="session")
def serve(analyser: Analyser, dictionary: Path, tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """A context manager that serves a folder on a port of its own until it is left."""

    @contextmanager
    def serve(corpus: Path, environment: Mapping[str, str] | None = None) -> Iterator[Served]:
        folder = tmp_path_factory.mktemp("served")
        out, err = folder / "out", folder / "err"
        command = [
            sys.executable,
            "-m",
            "service",
            "serve",
            "--corpus",
            str(corpus),
            "--data",
            str(dictionary),
            "--port",
            "0",
        ]
        with out.open("wb") as stdout, err.open("wb") as stderr:
            process = subprocess.Popen(
                command, cwd=folder, env=ENVIRONMENT | dict(environment or {}), stdout=stdout, stderr=stderr
            )
        try:
            yield Served(process, _address(process, out, err), out, err)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    return serve


def _address(process: subprocess.Popen[bytes], out: Path, err: Path) -> str:
    """Return the address the service says it is ready at."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if ready := re.search(r"^有据已就绪：(http://\S+)\n", out.read_text(encoding="utf-8")):
            return ready.group(1)
        if process.poll() is not None:
            break
        time.sleep(0.02)
    raise AssertionError(f"not ready, exit code {process.poll()}: {err.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def served(serve: Serve) -> Iterator[Served]:
    """A service over the seeds that all tests share."""
    with serve(shipped("seeds")) as served:
        yield served


@pytest.fixture(scope="session")
def run(analyser: Analyser, dictionary: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """A function that runs ``python -m service`` in an empty folder, for what cannot be seen from within a process."""

    def run(
        folder: Path, *arguments: str, environment: Mapping[str, str] | None = None, stdout: int = subprocess.PIPE
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "service", *arguments],
            cwd=folder,
            env=ENVIRONMENT | {"YOUJU_DATA": str(dictionary)} | dict(environment or {}),
            stdout=stdout,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )

    return run
