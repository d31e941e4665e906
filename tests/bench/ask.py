"""How long ask() takes in process on the seeds and a warm start of the service takes to be ready; prints the figures.

usage: ask.py [--rounds N]
"""

import argparse
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from service.engine import Engine
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


def ask_times(data: str, rounds: int) -> list[float]:
    """Return how long each question took, in milliseconds, after one unmeasured round."""
    engine = Engine(read_settings({"corpus": [str(ROOT / "seeds")], "data": data}, {}))
    engine.load()
    times: list[float] = []
    for turn in range(rounds + 1):
        for question in QUESTIONS:
            begun = time.perf_counter()
            engine.ask(question)
            if turn:
                times.append((time.perf_counter() - begun) * 1000)
    return times


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
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as data:
        times = sorted(ask_times(data, rounds))
        share = [times[int(len(times) * q)] for q in (0.5, 0.95, 0.99)]
        print(
            f"ask() on the seeds, {len(times)} calls: p50 {share[0]:.2f} ms  p95 {share[1]:.2f} ms  p99 {share[2]:.2f} ms"
        )
        starts = [start_time(data) for _ in range(5)]
        print(
            f"warm start to ready, {len(starts)} starts: median {statistics.median(starts):.2f} s  longest {max(starts):.2f} s"
        )


if __name__ == "__main__":
    main()
