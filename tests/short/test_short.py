"""The fuzzers and the load soak, each for seconds: that they still run, and find nothing that is found at once.

`make fuzz`, `make fuzz-api` and `make load-soak` run them for as long as it takes to find what is not, at random; these begin alike
each time, so that a change is not held up by what was there before it.
"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Of too short a run, with others beside it, memory and milliseconds tell nothing.
LOAD = (
    *("tests.bench.load_soak", "--minutes", ".12", "--every", "3", "--crowded", "2", "--heavy", "1"),
    *("--growth", "1", "--recovered", "20000", "--beside", "20000"),
)


@pytest.mark.parametrize(
    "command",
    [
        LOAD,
        ("tests.fuzz.coverage_guided", "structure", "questions", "request", "file", "--minutes", ".05", "--seed", "1"),
        ("tests.fuzz.api", "--examples", "12", "--seed", "1"),
    ],
    ids=lambda command: command[0],
)
def test_nothing_is_found_in_a_short_run(command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=240
    )
    print(done.stdout[-6000:], done.stderr[-6000:], sep="\n")
    assert done.returncode == 0
