"""This index side by side with rank_bm25, bm25s, tantivy and SQLite FTS5, at several sizes; prints tables.

Passages are those of SHARED/load, cut into words by jieba beforehand (kept for the next run in the folder for temporary
files). Each engine lives in a process of its own. Every question is asked once to warm the engine, then again in rounds in
which the engines take turns; where an engine takes long, fewer are asked. Ten passages with their scores are wanted.

usage: python -m tests.bench.index [--sizes N,N...] [--engines NAME,NAME...] [--rounds N] [--shared DIR]
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from itertools import product
from pathlib import Path

from service.language import wordlists
from tests.bench import questions
from tests.bench.engines import ENGINES, Engine
from tests.bench.hosting import Failed, Host, Hosted
from tests.bench.passages import ARCHIVES, Passages, cached_sentences, write_passages
from tests.bench.questions import Question
from tests.bench.tables import MIXES, Measured, asking_lines, building_lines, checking_lines

SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUESTIONS, LIMIT, SEED = 200, 10, 4
# This index, as it searches without numba and with it.
OURS = "ours", "ours compiled"
# The reference is asked for more than are compared, so that all that tie with the last are among them.
REFERENCE, COMPARED = "rank_bm25", 1_000
# An engine is asked no longer than this, in seconds: to warm it with a mix, and again in rounds.
WARMING, ASKING = 60.0, 20.0
# Where one thread is compared with two.
THREADS_AT, THREADS_ROUNDS = 100_000, 5


def main() -> None:
    """Print the tables of each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=lambda text: [*map(int, text.split(","))], default=SIZES, metavar="N,N...")
    parser.add_argument("--engines", type=named, default=ENGINES, metavar="NAME,NAME...", help="ours is always one")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("SHARED", "../shared")))
    options = parser.parse_args()
    load = options.shared / "load"
    if not all((load / archive).is_file() for archive in ARCHIVES):
        sys.exit(f"{load} has not both of {' and '.join(ARCHIVES)}: name the folder above it with SHARED=...")
    for engine in options.engines:
        if engine.missing:
            say(f"{engine.name} is left out: {', '.join(engine.missing)} not installed (requirements-bench.lock)")
    # Gigabytes lie in the temporary folder: whatever ends this, they go.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as folder:
        begun = time.perf_counter()
        sentences, kept = cached_sentences(load)
        took = "by an earlier run" if kept else f"in {time.perf_counter() - begun:.0f} s by two processes"
        say(f"{len(sentences.documents) - 1:,} documents, {len(sentences.lengths):,} sentences, cut into words {took}")
        passages = write_passages(sentences, max(options.sizes), SEED, Path(folder))
        del sentences
        for size in options.sizes:
            print_size(options.engines, passages, size, options.rounds)


def named(names: str) -> list[Engine]:
    """Return this index and the engines named."""
    wanted = {"ours", *names.split(",")}
    if unknown := wanted.difference(engine.name for engine in ENGINES):
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: none of {', '.join(e.name for e in ENGINES)}")
    return [engine for engine in ENGINES if engine.name in wanted]


def print_size(engines: Sequence[Engine], passages: Passages, size: int, rounds: int) -> None:
    """Print what was measured with so many passages."""
    function_words = frozenset(wordlists.lines("service.language", "function_words.txt"))
    mixes = questions.made(passages, size, function_words, QUESTIONS, SEED)
    say(f"\n== {size:,} passages, {QUESTIONS} questions of each mix")
    with ExitStack() as stack:
        hosts: dict[str, Host] = {}
        measured: list[Measured] = []
        for engine in engines:
            if engine.most is not None and size > engine.most:
                say(f"{engine.name} is left out: it takes a second and more above {engine.most:,} passages")
            elif not engine.missing:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=passages.folder)))
                try:
                    host, found = ready(engine, passages, size, folder, mixes)
                except Failed as error:
                    if engine is engines[0]:
                        raise
                    say(f"{engine.name} is left out: {error}")
                    continue
                stack.callback(host.close)
                hosts[engine.name] = host
                measured.append(found)
        for mix, asked in enumerate(mixes):
            take_turns(hosts, measured, mix, asked, rounds)
        for line in (
            *building_lines(measured),
            *(line for mix in range(len(MIXES)) for line in asking_lines(measured, mix)),
        ):
            say(line)
        print_checks(measured)
        if size == THREADS_AT:
            for engine, (name, asked) in product(
                [name for name in OURS if name in hosts], zip(MIXES, mixes, strict=True)
            ):
                one, two = hosts[engine].call(Hosted.rates, asked * 5, LIMIT, THREADS_ROUNDS)
                say(
                    f"{engine}, {name}: {one:,.0f} questions a second by one thread, {two:,.0f} by two, "
                    f"{two / one:.2f} times"
                )


def ready(
    engine: Engine, passages: Passages, size: int, folder: Path, mixes: Sequence[Sequence[Question]]
) -> tuple[Host, Measured]:
    """Return an engine that is built and warm. What has files is opened in a new process, as a service would."""
    host = Host(engine.name)
    try:
        built = host.call(Hosted.build, passages.folder, size, folder)
        opened = None
        if engine.open is not None:
            host.close()
            host = Host(engine.name)
            opened = host.call(Hosted.open, folder)
        limit = COMPARED if engine.name == REFERENCE else LIMIT
        answers = [host.call(Hosted.answers, asked, limit, WARMING) for asked in mixes]
        return host, Measured(engine.name, built, opened, host.call(Hosted.memory), answers)
    except Failed:
        host.close()
        raise


def take_turns(
    hosts: Mapping[str, Host], measured: Sequence[Measured], mix: int, asked: Sequence[Question], rounds: int
) -> None:
    """Time a mix of questions in rounds in which every engine is asked all that it had the time for when it was warmed."""
    for turn in range(rounds):
        # Another one begins each time.
        begin = turn % len(measured)
        for engine in (*measured[begin:], *measured[:begin]):
            if sum(engine.times[mix]) < ASKING * 1000:
                engine.times[mix] += hosts[engine.name].call(Hosted.times, asked[: len(engine.answers[mix])], LIMIT)


def print_checks(measured: Sequence[Measured]) -> None:
    answers = {engine.name: engine.answers for engine in measured}
    if REFERENCE not in answers:
        return
    for engine in [name for name in OURS if name in answers]:
        for name, ours, theirs in zip(MIXES, answers[engine], answers[REFERENCE], strict=True):
            for line in checking_lines(ours, theirs, LIMIT):
                say(f"{engine}, {name}: {line}")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
