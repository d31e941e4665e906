"""How long a folder of thousands of files takes to index, to open, to bring up to date and to be asked; prints the figures.

The folder is made of the archives of SHARED/load. Each step is a process of its own, as it is for somebody who runs it.

usage: load.py [--shared DIR] [--questions N] [--keep DIR]
"""

import argparse
import os
import re
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from service.engine import Engine  # noqa: E402
from service.settings import read_settings  # noqa: E402
from tests.bench.ask import print_times  # noqa: E402
from tests.bench.asked import questions_of  # noqa: E402
from tests.bench.passages import ARCHIVES  # noqa: E402

SEED = 3
ADDED = "关于新修公路的通知\n一、全县新修公路{}公里，投入资金三千万元。\n二、各乡镇要做好征地工作。\n"


def extracted(load: Path, folder: Path) -> None:
    for archive in ARCHIVES:
        with tarfile.open(load / archive) as held:
            held.extractall(folder, filter="data")


def private() -> float:
    """Return what this process has of memory that it shares with no other and no file, in MB."""
    said = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    return sum(int(size) for size in re.findall(r"Private_\w+: *(\d+) kB", said)) / 1024


def index(folder: Path, data: Path) -> None:
    """Print how long the first index takes, and the most memory all its processes had together."""
    command = [sys.executable, "-m", "service", "index", "--corpus", str(folder), "--data", str(data)]
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        most = max(most, _memory_of(process.pid))
        time.sleep(0.25)
    took = time.perf_counter() - begun
    print(
        f"indexed end to end in {took:.0f} s, {size / 1e6 / took:.2f} MB/s, at most {most / 1e9:.2f} GB over all processes",
        flush=True,
    )


def _memory_of(pid: int) -> int:
    """Return the bytes a process and those it started have, pages they share counted by their part."""
    total = 0
    for task in [
        pid,
        *map(int, subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()),
    ]:
        try:
            said = Path(f"/proc/{task}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        found = re.search(r"^Pss: *(\d+) kB", said, re.MULTILINE)
        total += 1024 * int(found[1]) if found else 0
    return total


def opened(folder: Path, data: Path, number: int) -> None:
    """Print, in this process, how long the index takes to open, how it is asked, and what one file more takes."""
    engine = Engine(read_settings({"corpus": [str(folder)], "data": str(data)}, {}))
    before, begun = private(), time.perf_counter()
    engine.load()
    corpus = engine.loaded.corpus
    print(
        f"opened {len(corpus.documents):,} documents, {len(corpus.passages):,} passages in {time.perf_counter() - begun:.2f} s;"
        f" {private() - before:.0f} MB of its own",
        flush=True,
    )
    questions = questions_of(corpus, number, SEED)
    for again in ("for the first time", "again"):
        times = []
        for question in questions:
            begun = time.perf_counter()
            engine.ask(question)
            times.append(1000 * (time.perf_counter() - begun))
        print_times(f"ask(), {again}", times)
    print(f"{private() - before:.0f} MB of its own after that", flush=True)
    added = folder / "新增.txt"
    for kilometres in ("九十", "一百二十"):
        added.write_text(ADDED.format(kilometres), encoding="utf-8")
        begun = time.perf_counter()
        engine.load()
        quotes = "".join(quote.text for quote in engine.ask("全县新修公路多少公里").quotes)
        assert kilometres in quotes, quotes
        print(
            f"one file {'more' if kilometres == '九十' else 'changed'}, answered from: {time.perf_counter() - begun:.2f} s",
            flush=True,
        )
    added.unlink()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"at most {most:.2f} GB resident, pages of the index included", flush=True)


def main() -> None:
    """Print the figures of each step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("SHARED", ROOT.parent / "shared")))
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--keep", type=Path, help="where folder and index are kept for the next run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="youju-load-") as temporary:
        kept = options.keep or Path(temporary)
        folder, data = kept / "folder", kept / "data"
        if not folder.is_dir():
            extracted(options.shared / "load", folder)
        index(folder, data)
        opened(folder, data, options.questions)


if __name__ == "__main__":
    main()
