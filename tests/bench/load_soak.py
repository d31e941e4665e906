"""Asks a running `youju serve` by several clients while another corpus is put in its place again and again; then by far too many.

Clients ask, look at pages and at documents as people and programs do. Every so often the folder is really changed: files go, come
and are edited, so that a new index is swapped in. Below what the service can take nothing but 200 may come back; above it, for
as long as it lasts, 429 and 503 as well; a second later all is as before. Then come conversations that take seconds each, and one
client beside them that only asks a question.

usage: load_soak.py [--minutes N] [--clients N] [--every SECONDS] [--crowd N] [--crowded SECONDS] [--heavy N] [--recovered MS]
                    [--beside MS] [--slowest MS] [--growth SHARE]
"""

import argparse
import http.client
import json
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.bench.soak import NAMES, NOTICE, ROOT, resident, serving

QUESTIONS = ("怎么优化营商环境", "作风建设有哪些要求", "项目建设怎么抓", "财政收入增长多少", "怎么在火星上种土豆")
# How soon behind too many clients all is to be as before, in seconds.
RECOVERED = 1.0
# Questions, and characters of each: about what a body may hold.
LONGEST_CONVERSATION, LONGEST_QUESTION = 20, 1000


class Client(threading.Thread):
    """Asks one thing after the other over one connection until it is stopped; counts what came back, and how soon."""

    def __init__(self, port: int, documents: Sequence[str], stop: threading.Event, seed: int) -> None:
        super().__init__(daemon=True)
        self._port, self._documents, self._stop_asking = port, documents, stop
        self._random = random.Random(seed)
        self.times: list[float] = []
        self.came: Counter[str] = Counter()

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        while not self._stop_asking.is_set():
            begun = time.monotonic()
            try:
                self.came[str(self._once(connection))] += 1
            except (OSError, http.client.HTTPException) as error:
                self.came[type(error).__name__] += 1
                connection.close()
            self.times.append(1000 * (time.monotonic() - begun))
        connection.close()

    def _once(self, connection: http.client.HTTPConnection) -> int:
        question = self._random.choice((*QUESTIONS, f"{self._random.choice(NAMES)}项目完成投资多少"))
        kind = self._random.random()
        if kind < 0.5:
            body = json.dumps({"question": question}).encode()
            connection.request("POST", "/api/v1/ask", body, {"Content-Type": "application/json"})
        elif kind < 0.8:
            connection.request("GET", f"/?q={quote(question)}")
        else:
            connection.request("GET", f"/documents/{self._random.choice(self._documents)}")
        response = connection.getresponse()
        response.read()
        return response.status


@contextmanager
def asking(clients: Sequence[Client], stop: threading.Event) -> Iterator[None]:
    for client in clients:
        client.start()
    yield
    stop.set()
    for client in clients:
        client.join(60)


def swap(folder: Path, turn: int) -> None:
    """Put another corpus in the place of the one that is served: a third of its notices go, come and are edited each."""
    chance = random.Random(turn)
    for path in sorted(folder.glob("项目*.txt")):
        if chance.random() < 0.3:
            path.unlink()
    for number in range(120):
        name = chance.choice(NAMES)
        (folder / f"项目{chance.randrange(300)}.txt").write_text(
            NOTICE.format(name=name, number=number), encoding="utf-8"
        )


def told(clients: Sequence[Client]) -> tuple[Counter[str], str]:
    came = sum((client.came for client in clients), Counter[str]())
    times = sorted(one for client in clients for one in client.times)
    middle, late, latest = (times[int(len(times) * share)] for share in (0.5, 0.95, 0.99))
    return came, f"p50 {middle:.0f} ms, p95 {late:.0f} ms, p99 {latest:.0f} ms, longest {times[-1]:.0f} ms"


def probe(port: int, *questions: str) -> tuple[int, float]:
    """Return what the last question of a conversation gets, and in how many milliseconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    begun = time.monotonic()
    asked = {"question": questions[-1], "history": questions[:-1]}
    body = json.dumps(asked, ensure_ascii=False).encode()
    connection.request("POST", "/api/v1/ask", body, {"Content-Type": "application/json"})
    status = connection.getresponse().status
    connection.close()
    return status, 1000 * (time.monotonic() - begun)


def conversation(seed: int) -> list[str]:
    """Return one that takes seconds: no two characters of a question are alike, and few stand beside their neighbours anywhere."""
    chance = random.Random(seed)
    return [
        "".join(map(chr, chance.sample(range(0x4E00, 0x9FA5), LONGEST_QUESTION))) for _ in range(LONGEST_CONVERSATION)
    ]


def beside_conversations(port: int, count: int) -> tuple[Counter[str], list[float]]:
    """Return what so many conversations at once get, and in how many milliseconds each question beside them is answered."""
    came: Counter[str] = Counter()

    def converse(seed: int) -> None:
        try:
            came[str(probe(port, *conversation(seed))[0])] += 1
        except (OSError, http.client.HTTPException) as error:
            came[type(error).__name__] += 1

    threads = [threading.Thread(target=converse, args=(seed,)) for seed in range(count)]
    for thread in threads:
        thread.start()
    times = []
    while not times or any(thread.is_alive() for thread in threads):
        status, took = probe(port, f"{QUESTIONS[len(times) % len(QUESTIONS)]}，{len(times)}")
        times.append(took if status == 200 else float("inf"))
        time.sleep(0.05)
    return came, times


def main() -> None:
    """Print the figures; exit with 1 if anything failed that should not, or memory grew, or it was too slow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--every", type=float, default=20.0, help="seconds between two changes of the corpus")
    parser.add_argument("--crowd", type=int, default=200, help="clients that are far too many")
    parser.add_argument("--crowded", type=float, default=20.0, help="seconds for which they come")
    parser.add_argument("--heavy", type=int, default=16, help="conversations at once that take seconds each")
    parser.add_argument("--recovered", type=float, default=1000, help="milliseconds an answer may take behind them")
    parser.add_argument("--beside", type=float, default=500, help="milliseconds that the median beside those may take")
    parser.add_argument("--slowest", type=float, default=float("inf"), help="milliseconds that p99 may be")
    parser.add_argument(
        "--growth", type=float, default=0.05, help="share by which memory may grow over the last two thirds"
    )
    options = parser.parse_args()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="youju-load-soak-") as temporary:
        folder, data = Path(temporary) / "folder", Path(temporary) / "data"
        data.mkdir()
        shutil.copytree(ROOT / "seeds", folder)
        swap(folder, 0)
        with serving(folder, data) as (port, process):
            documents = _documents(port)
            stop = threading.Event()
            clients = [Client(port, documents, stop, seed) for seed in range(options.clients)]
            memory: list[float] = []
            turns = 0
            with asking(clients, stop):
                begun = time.monotonic()
                while time.monotonic() < begun + 60 * options.minutes:
                    if time.monotonic() >= begun + options.every * (turns + 1):
                        turns += 1
                        swap(folder, turns)
                    memory.append(resident(process.pid))
                    time.sleep(0.5)
            came, times = told(clients)
            third = memory[len(memory) // 3 :]
            # Each index has its pages for as long as an answer is made of it, so the middle of each half tells, not its end.
            growth = _middle(third[len(third) // 2 :]) / _middle(third[: len(third) // 2]) - 1
            print(
                f"{options.minutes:g} minutes, {options.clients} clients, {turns} corpora: {sum(came.values()):,} requests, {dict(came)}"
            )
            print(times)
            print(f"memory {memory[0]:.0f} MB, {memory[-1]:.0f} MB at the end, {growth:+.1%} over the last two thirds")
            wrong += [f"{status} came {count} times" for status, count in came.items() if status != "200"]
            if growth > options.growth:
                wrong.append(f"memory grew by {growth:.1%}")
            if float(times.partition("p99 ")[2].partition(" ")[0]) > options.slowest:
                wrong.append(f"p99 is over {options.slowest:g} ms")
            stop = threading.Event()
            crowd = [Client(port, documents, stop, seed) for seed in range(options.crowd)]
            with asking(crowd, stop):
                time.sleep(options.crowded)
            came, times = told(crowd)
            time.sleep(RECOVERED)
            status, took = probe(port, QUESTIONS[0])
            print(
                f"{options.crowd} clients for {options.crowded:g} s: {sum(came.values()):,} requests, {dict(came)}; {times}"
            )
            print(f"{RECOVERED:g} s later: {status} in {took:.0f} ms")
            wrong += [f"{status} came from too many" for status in came if status not in ("200", "429", "503")]
            if status != 200 or took > options.recovered:
                wrong.append("it had not recovered")
            ended, waited = beside_conversations(port, options.heavy)
            print(
                f"{options.heavy} of the longest conversations: {dict(ended)}; {len(waited)} questions beside them "
                f"in {_middle(waited):.0f} ms (p50), {max(waited):.0f} ms at most"
            )
            wrong += [f"a conversation got {status}" for status in ended if status not in ("200", "503")]
            if _middle(waited) > options.beside or max(waited) > 10 * options.beside:
                wrong.append("conversations that take long hold up questions")
        if "Traceback" in (log := (data / "log").read_text(encoding="utf-8")):
            wrong.append(log[-3000:])
    for line in wrong:
        print("wrong:", line)
    sys.exit(1 if wrong else 0)


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _documents(port: int) -> list[str]:
    """Return the documents of the seeds, which stay."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/api/v1/documents?limit=500")
    listed = json.loads(connection.getresponse().read())["documents"]
    connection.close()
    return [document["id"] for document in listed if not document["file"].startswith("项目")]


if __name__ == "__main__":
    main()
