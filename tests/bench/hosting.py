"""An engine in a process of its own: what it takes to build, to open and to ask it is measured there."""

import ctypes
import gc
import multiprocessing
import re
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench.engines import ENGINES, Search
from tests.bench.passages import Passages
from tests.bench.questions import Question


class Failed(Exception):
    """The engine's process ended or raised."""


class Memory(NamedTuple):
    """What the process has beyond what it had before the engine, in MB: in all, and without the pages of files."""

    resident: float
    private: float


class Built(NamedTuple):
    """Seconds to build, the highest memory on the way beyond that at the start, and the size of the files, in MB."""

    seconds: float
    peak: float
    disk: float | None


class Host:
    """A process with one engine; ``call`` runs a method of Hosted there."""

    def __init__(self, engine: str) -> None:
        # Spawned: what a forked process shares with this one would count as its own.
        context = multiprocessing.get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, engine), daemon=True)
        self._process.start()
        other.close()

    def call(self, method: Callable[..., Any], *arguments: object) -> Any:
        """Return what the method returns there.

        Raises Failed, with what was raised there.
        """
        try:
            self._connection.send((method.__name__, arguments))
            raised, value = self._connection.recv()
        except (EOFError, OSError) as error:
            raise Failed("its process ended") from error
        if raised:
            raise Failed(value)
        return value

    def close(self) -> None:
        self._connection.close()
        self._process.join(10)
        self._process.kill()


def _serve(connection: Any, engine: str) -> None:
    hosted = Hosted(engine)
    while True:
        try:
            method, arguments = connection.recv()
        except EOFError:
            return
        try:
            connection.send((False, getattr(hosted, method)(*arguments)))
        except Exception as error:
            connection.send((True, f"{type(error).__name__}: {error}"))


class Hosted:
    """What a Host is asked to do, in its process."""

    _search: Search

    def __init__(self, engine: str) -> None:
        self._engine = next(each for each in ENGINES if each.name == engine)
        for package in self._engine.packages:
            import_module(package)
        if self._engine.prepare is not None:
            self._engine.prepare()
        self._before = memory()

    def build(self, passages: Path, number: int, folder: Path) -> Built:
        """Build the engine of the first passages of a folder, with its files in another one."""
        source = Passages(passages)
        # The highest memory so far is that of importing.
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        begun = time.perf_counter()
        self._search = self._engine.build(source.first(number), number, folder)
        seconds = time.perf_counter() - begun
        files = [file.stat().st_size for file in folder.iterdir()]
        return Built(seconds, _of_status("VmHWM") - self._before.resident, sum(files) / 1e6 if files else None)

    def open(self, folder: Path) -> float:
        """Return the seconds it took to open what was built."""
        assert self._engine.open is not None
        begun = time.perf_counter()
        self._search = self._engine.open(folder)
        return time.perf_counter() - begun

    def memory(self) -> Memory:
        gc.collect()
        # What was freed but not yet given back to the system is no memory of the engine's.
        ctypes.CDLL(None).malloc_trim(0)
        now = memory()
        return Memory(now.resident - self._before.resident, now.private - self._before.private)

    def answers(self, questions: Sequence[Question], limit: int, seconds: float) -> list[list[tuple[int, float]]]:
        """Return the best passages of each question, of fewer questions if it takes longer than so many seconds."""
        found = []
        begun = time.perf_counter()
        for question in questions:
            if time.perf_counter() - begun > seconds:
                break
            found.append(self._search(question, limit))
        return found

    def times(self, questions: Sequence[Question], limit: int) -> list[float]:
        """Return how long each question took, in milliseconds."""
        times = []
        for question in questions:
            begun = time.perf_counter_ns()
            self._search(question, limit)
            times.append((time.perf_counter_ns() - begun) / 1e6)
        return times

    def rates(self, questions: Sequence[Question], limit: int, rounds: int) -> tuple[float, float]:
        """Return the questions answered a second by one thread and by two, the medians of some rounds in turn."""
        rates: dict[int, list[float]] = {1: [], 2: []}
        shares = {threads: [list(questions)[start::threads] for start in range(threads)] for threads in rates}
        for _ in range(rounds):
            for threads, measured in rates.items():
                with ThreadPoolExecutor(threads) as pool:
                    begun = time.perf_counter()
                    for _ in pool.map(self.times, shares[threads], repeat(limit)):
                        pass
                    measured.append(len(questions) / (time.perf_counter() - begun))
        return statistics.median(rates[1]), statistics.median(rates[2])


def memory() -> Memory:
    """Return what this process has in memory, in MB."""
    text = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    resident, private = (int(re.search(rf"^{name}: +(\d+)", text, re.M)[1]) for name in ("Rss", "Anonymous"))  # type: ignore[index]
    return Memory(resident / 1024, private / 1024)


def _of_status(name: str) -> float:
    found = re.search(rf"^{name}:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"), re.M)
    assert found is not None
    return int(found[1]) / 1024
