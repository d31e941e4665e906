"""Starts the service on each corpus of SHARED and asks it each question set with SHARED's own black-box evaluator, and what
is far off topic, whose answers it names.

usage: evaluate.py [--shared DIR] [--misses] [--only NAME ...]
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READY_WITHIN = 300

OFF_TOPIC = Path(__file__).with_name("off_topic.txt")

ALL = ("seeds", "national-reports", "policies-guangzhou", "policies-shandong", "provinces-2025", "provinces-2026")
# Each set, and the folders it is asked of: seeds/ here, the others below SHARED/corpus.
SETS = {
    "seeds": ("seeds",),
    "seeds-turns": ("seeds",),
    "seeds-none": ("seeds",),
    "off-topic": ("seeds",),
    "provinces-2025": ("provinces-2025",),
    "provinces-2025-dated": ALL,
    "off-topic-all": ALL,
}
# The sets that are in OFF_TOPIC, not in SHARED.
OWN = ("off-topic", "off-topic-all")


@contextmanager
def serving(folders: Sequence[Path]) -> Iterator[str]:
    """Run the service on these folders; yield its address once it is ready, and stop it in the end."""
    with tempfile.TemporaryDirectory() as data:
        options = [part for folder in folders for part in ("--corpus", str(folder))]
        command = [sys.executable, "-m", "service", "serve", *options, "--data", data, "--port", "0"]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            yield _address(process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    deadline = time.monotonic() + READY_WITHIN
    for line in process.stdout:
        if match := re.search(r"http://\S+", line):
            return match.group()
        if time.monotonic() > deadline:
            break
    raise SystemExit(f"the service did not become ready (exit code {process.poll()})")


def off_topic_questions() -> list[str]:
    """Return the questions of OFF_TOPIC, in its order."""
    lines = OFF_TOPIC.read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def print_answered(address: str) -> None:
    """Print how many questions far off topic are answered, and which; each answer is a false one."""
    questions = off_topic_questions()
    answered = []
    for question in questions:
        query = urllib.parse.urlencode({"q": question})
        with urllib.request.urlopen(f"{address.rstrip('/')}/api/v1/ask?{query}") as response:
            if json.load(response)["status"] == "answered":
                answered.append(question)
    print(f"answered      {len(answered)} of {len(questions)}  {' '.join(answered)}".rstrip(), flush=True)


def main() -> int:
    """Ask all sets; return the exit code of the first evaluator that failed, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("SHARED", ROOT.parent / "shared")))
    parser.add_argument("--misses", action="store_true", help="print each question whose first citation misses")
    parser.add_argument("--only", nargs="*", choices=sorted(SETS), help="these sets only")
    options = parser.parse_args()
    evaluator = options.shared / "eval" / "ask_eval.py"
    if not evaluator.is_file():
        print(f"{evaluator} is not there: name the folder with SHARED=…", file=sys.stderr)
        return 2
    by_folders: dict[tuple[str, ...], list[str]] = {}
    for name, folders in SETS.items():
        if not options.only or name in options.only:
            by_folders.setdefault(folders, []).append(name)
    for folders, names in by_folders.items():
        paths = [ROOT / "seeds" if name == "seeds" else options.shared / "corpus" / name for name in folders]
        with serving(paths) as address:
            for name in names:
                print(f"## {name}", flush=True)
                if name in OWN:
                    print_answered(address)
                    continue
                questions = options.shared / "gold" / f"{name}.jsonl"
                flags = ["--misses"] if options.misses else []
                code = subprocess.call([sys.executable, str(evaluator), address, str(questions), *flags])
                if code:
                    return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
