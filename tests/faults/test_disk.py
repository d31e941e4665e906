"""A disk that is full, that cannot be written, that gives back other bytes: the folder is the truth, and the answers stay."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.faults.conftest import write_notices
from tests.faults.running import Youju, until

IN_MEMORY = "这次只放在内存里，下次启动要重新建立"


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Callable[[str], None]]:
    """A disk of its own below a folder, with a function that mounts it again with other options."""
    folder.mkdir()

    def mount(*options: str) -> None:
        done = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")

    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("no disk can be mounted here: that needs root")
    mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs")
    try:
        yield lambda options: mount("-o", f"remount,{options}")
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_on_a_full_disk_it_answers_from_memory_and_keeps_again_once_there_is_room(
    youju: Youju, corpus: Path, data: Path, expected: list[Any], tmp_path: Path, chance: Random
) -> None:
    with small_disk(data, chance.randrange(4, 400)) as remount:
        with youju.serve(corpus, data) as service:
            assert IN_MEMORY in service.written
            assert service.everything() == expected
            # One that runs has to go on when the folder changes, too.
            write_notices(corpus, 5, first=500)
            until(lambda: service.files() == expected[0]["total"] + 5)
            remount("size=64m")
            write_notices(corpus, 5, first=600)
            until(lambda: service.files() == expected[0]["total"] + 10)
            now = service.everything()
        with youju.serve(corpus, data) as service:
            assert IN_MEMORY not in service.written
            assert service.everything() == now
    assert now == youju.fresh(corpus, tmp_path / "fresh")


def test_where_no_long_file_may_be_written_it_answers_from_memory(
    youju: Youju, corpus: Path, data: Path, expected: list[Any], chance: Random
) -> None:
    # The quota of the poor: what is longer is refused in the midst of a file. Needs no rights.
    limit = ("prlimit", f"--fsize={chance.randrange(3_000, 300_000)}", "--")
    if shutil.which("prlimit") is None:
        pytest.skip("prlimit is not installed")
    with youju.serve(corpus, data, within=limit) as service:
        assert IN_MEMORY in service.written
        assert service.everything() == expected
    assert list(data.rglob("*.new")) == []


def test_where_the_data_folder_is_read_only_it_answers_and_says_so(
    youju: Youju, corpus: Path, data: Path, expected: list[Any]
) -> None:
    with small_disk(data, 64_000) as remount:
        assert youju.index(corpus, data).code == 0
        remount("ro")
        with youju.serve(corpus, data) as service:
            assert service.everything() == expected


@pytest.mark.parametrize("whole", [True, pytest.param(False, marks=pytest.mark.thorough)])
def test_flipped_bytes_anywhere_in_what_is_kept_change_no_answer(
    whole: bool, youju: Youju, corpus: Path, data: Path, expected: list[Any], chance: Random
) -> None:
    assert youju.index(corpus, data).code == 0
    shutil.copytree(youju.dictionary, data / "dictionary")
    if not whole:
        # So that what is kept of each file is read.
        for path in data.glob("index/*/whole"):
            path.unlink()
    for path in data.rglob("*"):
        if path.is_file() and path.stat().st_size:
            raw = bytearray(path.read_bytes())
            for _ in range(chance.randrange(1, 9)):
                raw[chance.randrange(len(raw))] ^= chance.randrange(1, 256)
            path.write_bytes(raw)
    with youju.serve(corpus, data, "--dictionary", str(data / "dictionary")) as service:
        assert "已损坏" in service.written
        assert service.everything() == expected
    with youju.serve(corpus, data, "--dictionary", str(data / "dictionary")) as service:
        assert "已损坏" not in service.written
