"""Asks a running `youju serve` while its folder changes all the time; prints how old answers were, and fails if one was wrong.

Files come, are edited, go and are renamed at random among those of a real folder, each a notice of a project with a
number that changes with every edit. Every citation of every answer must be, at its place, what its file held then or shortly
before: how long before is measured. Anything but 200 is an error.

usage: soak.py [--minutes N] [--clients N] [--shared DIR] [--oldest SECONDS]
"""

import argparse
import http.client
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
NAMES = [a + b for a in "青松白云红枫金桥银湖" for b in "岭湾坪洲渡寨"]
NOTICE = "关于{name}项目进展情况的通报\n一、{name}项目目前完成投资{number}万元。\n二、下一步要倒排工期，加快建设。\n"


class Held(NamedTuple):
    """What a file held from a moment on; None when it was not there."""

    since: float
    text: str | None


class Folder:
    """The folder that changes, and all that its files ever held."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._random = random.Random(seed)
        self._number = 0
        self.history: dict[str, list[Held]] = {}
        self.changes = 0

    def change(self) -> None:
        """Make one change, at random."""
        there = [file for file, held in self.history.items() if held[-1].text is not None]
        kind = self._random.random()
        if len(there) < 20 or kind < 0.25:
            self._write(f"项目/{self._random.choice(NAMES)}{self._random.randrange(9)}.txt")
        elif kind < 0.7:
            self._write(self._random.choice(there))
        elif kind < 0.85:
            file = self._random.choice(there)
            (self._folder / file).unlink()
            self._note(file, None)
        else:
            file = self._random.choice(there)
            other = f"项目/改名{self._random.randrange(1000)}-{Path(file).name}"
            text = self.history[file][-1].text
            (self._folder / file).rename(self._folder / other)
            self._note(file, None)
            self._note(other, text)
        self.changes += 1

    def _write(self, file: str) -> None:
        self._number += 1
        name = re.sub(r"改名\d+-|\d|\.txt", "", Path(file).name)
        text = NOTICE.format(name=name, number=1000 + self._number)
        (self._folder / file).parent.mkdir(parents=True, exist_ok=True)
        (self._folder / file).write_text(text, encoding="utf-8")
        self._note(file, text)

    def _note(self, file: str, text: str | None) -> None:
        self.history.setdefault(file, []).append(Held(time.monotonic(), text))

    def age(self, file: str, start: int, quoted: str, asked: float) -> float | None:
        """Return how long before a moment a file last held these words at this place; None if it never did."""
        latest: float | None = None
        held = list(self.history[file])
        for one, following in zip(held, [*held[1:], None], strict=True):
            if one.text is not None and one.text[start : start + len(quoted)] == quoted:
                until = following.since if following else asked
                latest = max(0.0, asked - until)
        return latest


class Client(threading.Thread):
    """Asks one question after the other until it is stopped; what was wrong is in ``wrong``."""

    def __init__(self, port: int, folder: Folder, stop: threading.Event, seed: int) -> None:
        super().__init__()
        self._port, self._folder, self._stop_asking = port, folder, stop
        self._random = random.Random(seed)
        self.times: list[float] = []
        self.ages: list[float] = []
        self.wrong: list[str] = []
        self.versions: set[str] = set()

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        while not self._stop_asking.is_set():
            question = f"{self._random.choice(NAMES)}项目目前完成投资多少"
            asked = time.monotonic()
            try:
                body = json.dumps({"question": question}).encode()
                connection.request("POST", "/api/v1/ask", body, {"Content-Type": "application/json"})
                response = connection.getresponse()
                said = response.read()
            except OSError as error:
                self.wrong.append(f"{question}: {error!r}")
                connection.close()
                continue
            self.times.append(time.monotonic() - asked)
            if response.status != 200:
                self.wrong.append(f"{question}: {response.status} {said[:200]!r}")
                continue
            self._check(question, json.loads(said), asked)

    def _check(self, question: str, answer: dict[str, Any], asked: float) -> None:
        self.versions.add(answer["corpus"]["version"])
        for citation in [*answer["citations"], *answer["related"]]:
            file = citation["document"]["file"]
            if not file.startswith("项目/"):
                continue
            age = self._folder.age(file, citation["start"], citation["text"], asked)
            if age is None:
                self.wrong.append(f"{question}: {file} never held {citation['text']!r} at {citation['start']}")
            else:
                self.ages.append(age)


@contextmanager
def serving(folder: Path, data: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "service", "serve", "--corpus", str(folder), "--data", str(data), "--port", "0"]
    errors = (data / "log").open("w", encoding="utf-8")
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if found := re.search(r"http://\S+:(\d+)", line):
                yield int(found[1]), process
                return
        raise SystemExit("the service did not become ready")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
        errors.close()


def resident(pid: int) -> float:
    """Return the memory of a process, pages of files included, in MB."""
    found = re.search(r"VmRSS:\s*(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) / 1024


def main() -> None:
    """Print the figures; exit with 1 if an answer was wrong, none came, or one was older than is allowed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--oldest", type=float, default=10.0, help="seconds an answer may be behind the folder")
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("SHARED", ROOT.parent / "shared")))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="youju-soak-") as temporary:
        folder, data = Path(temporary) / "folder", Path(temporary) / "data"
        data.mkdir()
        shutil.copytree(options.shared / "corpus" if options.shared.is_dir() else ROOT / "seeds", folder)
        changing = Folder(folder, seed=1)
        for _ in range(40):
            changing.change()
        with serving(folder, data) as (port, process):
            stop = threading.Event()
            clients = [Client(port, changing, stop, seed) for seed in range(options.clients)]
            for client in clients:
                client.start()
            memory: list[float] = []
            chance = random.Random(2)
            until = time.monotonic() + 60 * options.minutes
            while time.monotonic() < until:
                changing.change()
                memory.append(resident(process.pid))
                # Now one by one, now many at once, now a rest in which it comes to what is there.
                time.sleep(chance.choice((0.02, 0.3, 1.0, 3.0)))
            stop.set()
            for client in clients:
                client.join()
        log = (data / "log").read_text(encoding="utf-8")
    wrong = [one for client in clients for one in client.wrong]
    times = sorted(1000 * one for client in clients for one in client.times)
    ages = sorted(one for client in clients for one in client.ages)
    versions = len(set().union(*(client.versions for client in clients)))
    third = len(memory) // 3
    print(
        f"{options.minutes:g} minutes, {changing.changes} changes, {versions} versions seen, {len(times):,} answers,"
        f" {len(ages):,} citations of what changes, {len(wrong)} wrong"
    )
    print(
        f"answered in p50 {times[len(times) // 2]:.0f} ms, p99 {times[int(len(times) * 0.99)]:.0f} ms, longest {times[-1]:.0f} ms"
    )
    print(
        f"behind the folder by p99 {ages[int(len(ages) * 0.99)]:.1f} s, at most {ages[-1]:.1f} s (allowed {options.oldest:g})"
    )
    print(
        f"memory {memory[third]:.0f} MB after a third, {max(memory[third:]):.0f} MB at most since, {memory[-1]:.0f} MB at the end"
    )
    for line in wrong[:20]:
        print("wrong:", line)
    if "Traceback" in log:
        print(log[-3000:])
    sys.exit(1 if wrong or "Traceback" in log or ages[-1] > options.oldest or versions < 3 else 0)


if __name__ == "__main__":
    main()
