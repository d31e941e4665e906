"""A target's name and minutes in, the first fault that atheris finds out: what covers more of the code is changed further.

usage: python -m tests.fuzz.coverage_guided TARGET... [--minutes N] [--seed N] [--keep DIR]     TARGET: structure, questions, request, file
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["service"]):
    from tests.fuzz import targets

_SUFFIXES = sorted({suffix for _, suffix in targets.files()})
# The longest input, in bytes. What is longer takes longer, and shows nothing else.
_LONGEST = 20_000


def structure(raw: bytes) -> None:
    targets.take_structure(raw.decode("utf-8", "surrogateescape"))


def questions(raw: bytes) -> None:
    lines = [line[:2000] for line in raw.decode("utf-8", "replace").split("\n") if line.strip()]
    if lines:
        targets.take_questions(lines[:5])


def request(raw: bytes) -> None:
    targets.take_request(raw)


def file(raw: bytes) -> None:
    """The first byte says what the file is called."""
    if raw:
        targets.take_file(raw[1:], _SUFFIXES[raw[0] % len(_SUFFIXES)])


TARGETS = {one.__name__: one for one in (structure, questions, request, file)}


def beginnings(name: str) -> list[bytes]:
    """Return what to change first."""
    if name == "request":
        return targets.requests()
    if name == "file":
        return [bytes([_SUFFIXES.index(suffix)]) + raw for raw, suffix in targets.files()]
    if name == "questions":
        return ["\n".join(targets.QUESTIONS[at : at + 3]).encode() for at in range(len(targets.QUESTIONS))]
    return [targets.TEXT.encode()]


def fuzz(name: str, minutes: float, seed: int, kept: Path) -> None:
    """Try a target for so long, and end this process, with 0 if nothing was found."""
    with tempfile.TemporaryDirectory(prefix="youju-fuzz-") as temporary:
        for number, raw in enumerate(beginnings(name)):
            (Path(temporary) / str(number)).write_bytes(raw)
        # An input that takes so many seconds is a fault as well. libFuzzer ends the process itself.
        arguments = [
            f"-max_total_time={max(1, int(60 * minutes))}",
            f"-max_len={_LONGEST}",
            f"-seed={seed}",
            "-timeout=30",
            "-rss_limit_mb=3000",
        ]
        atheris.Setup(
            [sys.argv[0], temporary, *arguments, f"-artifact_prefix={kept}/", "-print_final_stats=1", "-verbosity=0"],
            TARGETS[name],
        )
        atheris.Fuzz()


def main() -> None:
    """Try one target after the other, each in a process of its own; exit with 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="+", choices=TARGETS, metavar="TARGET")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0, help="of what is changed at random; 0 for another each time")
    parser.add_argument("--keep", type=Path, help="where what was found is written; without, to a temporary folder")
    options = parser.parse_args()
    kept = options.keep or Path(tempfile.mkdtemp(prefix="youju-found-"))
    # What loads once is no part of the time an input takes.
    targets.take_questions(targets.QUESTIONS[:1])
    found = False
    for name in options.targets:
        print(f"{name}:", flush=True)
        # Forked, since it takes ten seconds to have the code watched.
        if (child := os.fork()) == 0:
            fuzz(name, options.minutes, options.seed, kept)
            os._exit(1)
        found |= os.waitpid(child, 0)[1] != 0
    sys.exit(found)


if __name__ == "__main__":
    main()
