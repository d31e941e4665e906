"""kill -9, at any moment: the next start answers as if nothing had happened."""

import os
import signal
from pathlib import Path
from random import Random
from time import sleep

import pytest

from tests.faults.conftest import write_notices
from tests.faults.running import Asking, Youju, until


def test_killed_while_indexing_the_next_start_answers_as_a_fresh_one(
    youju: Youju, corpus: Path, data: Path, tmp_path: Path, chance: Random
) -> None:
    write_notices(corpus, 300)
    for _ in range(3):
        process = youju.begin_index(corpus, data)
        sleep(0.3 + 1.5 * chance.random())
        # With all that it started, as a machine that fails does.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    with youju.serve(corpus, data) as service:
        found = service.everything()
    assert found == youju.fresh(corpus, tmp_path / "fresh")
    assert list(data.rglob("*.new")) == []


def test_killed_while_serving_the_next_start_answers_as_a_fresh_one(
    youju: Youju, corpus: Path, data: Path, tmp_path: Path, chance: Random
) -> None:
    with youju.serve(corpus, data) as service, Asking(service) as asking:
        until(lambda: asking.answered > 5)
        # What it reads at that moment, it will have to read again.
        write_notices(corpus, 60, first=100)
        sleep(1.5 * chance.random())
        service.kill()
    with youju.serve(corpus, data) as service:
        found = service.everything()
    assert found == youju.fresh(corpus, tmp_path / "fresh")


@pytest.mark.thorough
def test_killed_while_nothing_changes_the_index_on_the_disk_is_used_as_it_is(
    youju: Youju, corpus: Path, data: Path, chance: Random
) -> None:
    with youju.serve(corpus, data) as service, Asking(service) as asking:
        before = service.everything()
        until(lambda: asking.answered > 10)
        sleep(0.5 * chance.random())
        service.kill()
    kept = {path: path.stat().st_mtime_ns for path in data.rglob("*") if path.name != "lock"}
    with youju.serve(corpus, data) as service:
        assert service.everything() == before
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*") if path.name != "lock"} == kept
