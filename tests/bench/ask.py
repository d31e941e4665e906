"""How long ask() takes in process and a warm start of the service takes to be ready; prints the figures.

Where SHARED is there, the questions of its sets are asked for the first time, when nearly all that is suggested is still to
be tried, and again: on the seeds, and on the seeds and all of its corpora.

usage: ask.py [--rounds N] [--shared DIR]
"""

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from service.engine import Engine
from service.evaluation.question_set import UNANSWERABLE, Turn, read_set
from service.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = (
    "开发区招商改革怎么做的",
    "优化营商环境有哪些措施",
    "企业融资难怎么解决",
    "乡村旅游怎么发展",
    "年轻干部怎么培养",
    "查摆出多少个问题",
    "垃圾分类怎么做",
    "高新区有哪些优势",
    "哪些单位存在差距",
    "下一步工作怎么安排",
    "安全生产抓了什么",
    "明天天气怎么样",
)
# The sets of SHARED whose questions are asked of the seeds, and of all there is.
ON_SEEDS = ("seeds", "seeds-none", "seeds-turns")
ON_ALL = ("provinces-2025-dated", "provinces-2025")


def loaded(data: str, *folders: Path) -> Engine:
    """Return an engine that serves these folders."""
    engine = Engine(read_settings({"corpus": [*map(str, folders)], "data": data}, {}))
    engine.load()
    return engine


def questions_of(gold: Path, sets: Sequence[str]) -> list[Turn]:
    return [turn for name in sets for turn in read_set(gold / f"{name}.jsonl")]


def ask_times(engine: Engine, turns: Sequence[Turn]) -> list[float]:
    """Return how long each question took, in milliseconds."""
    times: list[float] = []
    for turn in turns:
        begun = time.perf_counter()
        engine.ask(turn.question, turn.history)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def print_times(name: str, times: Sequence[float]) -> None:
    ordered = sorted(times)
    p50, p95, p99 = (ordered[int(len(ordered) * share)] for share in (0.5, 0.95, 0.99))
    print(f"{name}, {len(times)} calls: p50 {p50:.1f} ms  p95 {p95:.1f} ms  p99 {p99:.1f} ms", flush=True)


def print_first_and_again(name: str, engine: Engine, turns: Sequence[Turn]) -> None:
    print_times(f"ask() {name}, for the first time", ask_times(engine, turns))
    print_times(f"ask() {name}, again", ask_times(engine, turns))


def start_time(data: str) -> float:
    """Return the seconds from the start of ``youju serve`` on the seeds to its being ready."""
    command = [sys.executable, "-m", "service", "serve", "--corpus", str(ROOT / "seeds"), "--data", data, "--port", "0"]
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if re.search(r"http://\S+", line):
                return time.perf_counter() - begun
        raise SystemExit("the service did not become ready")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def main() -> None:
    """Print p50, p95 and p99 of ask() and the median of five warm starts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("SHARED", ROOT.parent / "shared")))
    options = parser.parse_args()
    gold = options.shared / "gold"
    with tempfile.TemporaryDirectory() as data:
        seeds = loaded(data, ROOT / "seeds")
        own = [Turn("", question, (), (), (), UNANSWERABLE) for question in QUESTIONS]
        # The sets first: a suggestion that was tried for another question costs nothing.
        if gold.is_dir():
            print_first_and_again("on the seeds", seeds, questions_of(gold, ON_SEEDS))
            everything = loaded(data, ROOT / "seeds", options.shared / "corpus")
            documents = len(everything.loaded.corpus.documents)
            print_first_and_again(f"on {documents} documents", everything, questions_of(gold, ON_ALL))
            del everything
        else:
            print(f"{options.shared} is not there: name the folder with SHARED=… for more figures", file=sys.stderr)
        ask_times(seeds, own)
        print_times("ask() on the seeds, 12 questions again and again", ask_times(seeds, own * options.rounds))
        starts = [start_time(data) for _ in range(5)]
        print(
            f"warm start to ready, {len(starts)} starts: median {statistics.median(starts):.2f} s  longest {max(starts):.2f} s"
        )


if __name__ == "__main__":
    main()
