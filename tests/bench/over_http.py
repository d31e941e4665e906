"""How many questions a second `youju serve` answers on loopback; prints the figures.

Eight clients ask 2,000 different questions of the seeds, each once, over connections that stay open. Beside it stand the
p50 of ask() for the same questions in process, and a Flask view that does nothing, served alike; then two processes over
the same index, each with half of the clients.

usage: over_http.py [--questions N] [--clients N] [--corpus DIR] [--threads N]
"""

import argparse
import http.client
import json
import multiprocessing
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from service.engine import Engine  # noqa: E402
from service.settings import read_settings  # noqa: E402
from tests.bench.asked import questions_of  # noqa: E402

SEED = 5
NOTHING = """
import sys
from flask import Flask, jsonify
import waitress
app = Flask("nothing")
@app.post("/api/v1/ask")
def nothing():
    return jsonify(status="nothing")
server = waitress.create_server(app, host="127.0.0.1", port=0, threads=8)
print(f"http://127.0.0.1:{server.effective_port}", flush=True)
server.run()
"""


@contextmanager
def serving(command: Sequence[str]) -> Iterator[int]:
    """Run a server until this is left; the port it listens at is in the first address it prints."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if found := re.search(r"http://\S+:(\d+)", line):
                yield int(found[1])
                return
        raise SystemExit("the server did not become ready")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def youju(corpus: Path, data: str, threads: str) -> list[str]:
    command = [sys.executable, "-m", "service", "serve", "--corpus", str(corpus), "--data", data, "--port", "0"]
    return [*command, "--threads", threads] if threads else command


def _client(port: int, questions: Sequence[str], took: "multiprocessing.Queue[list[float]]", gate: object) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    bodies = [json.dumps({"question": question}).encode() for question in questions]
    times: list[float] = []
    gate.wait()  # type: ignore[attr-defined]
    for body in bodies:
        begun = time.perf_counter()
        connection.request("POST", "/api/v1/ask", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - begun)
        if answer.status != 200:
            raise SystemExit(f"answered {answer.status}")
    took.put(times)


def _clients(ports: Sequence[int], parts: Sequence[Sequence[str]], answered: object, gate: object) -> None:
    """Ask from one process: what the clients take of the machine is then little, and the same for all that is measured."""
    threads = [
        Thread(target=_client, args=(ports[number % len(ports)], part, answered, gate))
        for number, part in enumerate(parts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def measured(ports: Sequence[int], questions: Sequence[str], clients: int) -> tuple[float, list[float]]:
    """Return the requests answered a second, and how long each took, in milliseconds, the shortest first."""
    context = multiprocessing.get_context("spawn")
    answered, gate = context.Queue(), context.Event()
    parts = [questions[number::clients] for number in range(clients)]
    process = context.Process(target=_clients, args=(ports, parts, answered, gate))
    process.start()
    time.sleep(1.0)
    begun = time.perf_counter()
    gate.set()
    times = [1000 * took for _ in parts for took in answered.get(timeout=600)]
    seconds = time.perf_counter() - begun
    process.join()
    return len(times) / seconds, sorted(times)


def said(name: str, rate: float, times: Sequence[float]) -> None:
    p50, p99 = (times[int(len(times) * share)] for share in (0.5, 0.99))
    print(f"{name}: {rate:,.0f} requests a second, p50 {p50:.1f} ms, p99 {p99:.1f} ms", flush=True)


def main() -> None:
    """Print requests a second and the p99, of one process, of two, and of a view that does nothing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=2_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--corpus", type=Path, default=ROOT / "seeds")
    parser.add_argument("--threads", default="", help="of each youju; its own choice when not given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        engine = Engine(read_settings({"corpus": [str(options.corpus)], "data": data}, {}))
        engine.load()
        questions = questions_of(engine.loaded.corpus, options.questions, SEED)
        times: list[float] = []
        for question in questions:
            begun = time.perf_counter()
            engine.ask(question)
            times.append(time.perf_counter() - begun)
        p50 = 1000 * sorted(times)[len(times) // 2]
        print(f"ask() in process, {len(times):,} different questions: p50 {p50:.1f} ms", flush=True)
        with serving([sys.executable, "-c", NOTHING]) as port:
            none, of_none = measured([port], questions, options.clients)
        said("a view that does nothing", none, of_none)
        with serving(youju(options.corpus, data, options.threads)) as port:
            one, of_one = measured([port], questions, options.clients)
        said("youju, one process", one, of_one)
        with (
            serving(youju(options.corpus, data, options.threads)) as port,
            serving(youju(options.corpus, data, options.threads)) as other,
        ):
            two, of_two = measured([port, other], questions, options.clients)
        said("youju, two processes", two, of_two)
        print(
            f"one process: {one * p50 / 1000:.2f} / p50 of ask() (bar .8), p99 {of_one[int(len(of_one) * 0.99)] / p50:.1f} × p50 of ask()"
            f" (bar 25), {none / one:.1f} times less than the view that does nothing; two: {two / one:.2f} times one (bar 1.6)"
        )


if __name__ == "__main__":
    main()
