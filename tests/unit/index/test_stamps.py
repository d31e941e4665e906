"""Stamps: a file is read again if anything tells that it may have changed, and only then."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from service.corpus.folder import Found, list_folders
from service.index.stamps import Stamps


class Reader:
    """Reads files, and remembers which."""

    def __init__(self, stamps: Stamps[str]) -> None:
        self.stamps = stamps

    def read(self, folder: Path) -> tuple[list[str], list[str]]:
        """Return what is found in the files of a folder, and the names of those that were read for that."""
        read: list[str] = []

        def look(found: Found) -> str:
            read.append(found.file)
            return found.path.read_text(encoding="utf-8")

        return self.stamps.seen(list_folders([folder]).files, look, lambda text: text != "读不了"), read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "甲.txt").write_text("修水渠", encoding="utf-8")
    (tmp_path / "乙.txt").write_text("修公路", encoding="utf-8")
    # So that what changes next has another time on any disk.
    time.sleep(0.02)
    return tmp_path


def test_what_did_not_change_is_not_read_again(folder: Path) -> None:
    reader = Reader(Stamps(0))
    assert reader.read(folder) == (["修公路", "修水渠"], ["乙.txt", "甲.txt"])
    assert reader.read(folder) == (["修公路", "修水渠"], [])


def edited(path: Path) -> None:
    path.write_text("修学校", encoding="utf-8")


def edited_with_its_time_put_back(path: Path) -> None:
    times = path.stat()
    edited(path)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def replaced_by_another_of_the_same_time_and_size(path: Path) -> None:
    other = path.with_suffix(".new")
    edited(other)
    times = path.stat()
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(path)


@pytest.mark.parametrize(
    "change", [edited, edited_with_its_time_put_back, replaced_by_another_of_the_same_time_and_size]
)
def test_what_changed_is_read_again_and_nothing_else(folder: Path, change: Callable[[Path], None]) -> None:
    reader = Reader(Stamps(0))
    reader.read(folder)
    change(folder / "甲.txt")
    assert reader.read(folder) == (["修公路", "修学校"], ["甲.txt"])


def test_a_file_that_went_and_came_back_is_read_again(folder: Path) -> None:
    reader = Reader(Stamps(0))
    reader.read(folder)
    (folder / "甲.txt").rename(folder.parent / "elsewhere.txt")
    reader.read(folder)
    (folder.parent / "elsewhere.txt").rename(folder / "甲.txt")
    assert reader.read(folder)[1] == ["甲.txt"]


def test_what_was_touched_within_the_grain_of_the_clock_is_read_again(folder: Path) -> None:
    reader = Reader(Stamps(60_000_000_000))
    reader.read(folder)
    assert reader.read(folder)[1] == ["乙.txt", "甲.txt"]


def test_what_could_not_be_read_is_tried_again(folder: Path) -> None:
    (folder / "甲.txt").write_text("读不了", encoding="utf-8")
    time.sleep(0.02)
    reader = Reader(Stamps(0))
    reader.read(folder)
    assert reader.read(folder)[1] == ["甲.txt"]
