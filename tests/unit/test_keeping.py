"""What is served is what the folder holds, some moments after it changed."""

import io
import logging
import os
import shutil
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from service import keeping
from service.engine import Engine
from service.keeping import Keeper
from service.settings import Settings

SettingsOf = Callable[[Path], Settings]
QUESTION = "新修公路多少公里"


def road(kilometres: str) -> str:
    return f"交通工作总结\n一、全县新修公路{kilometres}公里。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "交通.txt").write_text(road("九十"), encoding="utf-8")
    return folder


@pytest.fixture
def settings(folder: Path, tmp_path: Path, settings_of: SettingsOf) -> Settings:
    return replace(settings_of(folder), data=tmp_path / "data")


class Kept:
    """An engine that is kept current, and how often it was loaded."""

    def __init__(self, engine: Engine, keeper: Keeper, loads: list[str]) -> None:
        self.engine, self.keeper, self.loads = engine, keeper, loads

    def said(self) -> str:
        return "".join(quote.text for quote in self.engine.ask(QUESTION).quotes)

    def comes(self, wanted: Callable[[], bool], seconds: float = 20.0) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if wanted():
                return True
            time.sleep(0.02)
        return False


@contextmanager
def kept(settings: Settings, every: float = 60.0) -> Iterator[Kept]:
    engine = Engine(settings)
    loads: list[str] = []
    keeper = Keeper(engine, settings, lambda: loads.append(engine.loaded.corpus.version), every=every)
    keeper.load()
    thread = threading.Thread(target=keeper.run)
    thread.start()
    try:
        yield Kept(engine, keeper, loads)
    finally:
        keeper.stop()
        thread.join(20)
        assert not thread.is_alive()


def test_a_file_that_comes_changes_or_goes_is_answered_from_as_it_is(folder: Path, settings: Settings) -> None:
    with kept(settings) as now:
        assert "九十公里" in now.said()
        (folder / "交通.txt").write_text(road("一百二十"), encoding="utf-8")
        assert now.comes(lambda: "一百二十公里" in now.said())
        (folder / "交通.txt").unlink()
        assert now.comes(lambda: not now.said())
        (folder / "下级").mkdir()
        (folder / "下级" / "公路.txt").write_text(road("三百"), encoding="utf-8")
        assert now.comes(lambda: "三百公里" in now.said())
        (folder / "下级").rename(folder / ".下级")
        assert now.comes(lambda: not now.said())


def test_a_file_that_is_written_in_parts_is_waited_for(folder: Path, settings: Settings) -> None:
    long_ago = time.time() - 3600
    os.utime(folder / "交通.txt", (long_ago, long_ago))
    with kept(settings) as now:
        for kilometres in ("一百", "二百", "三百", "四百"):
            with (folder / "交通.txt").open("a", encoding="utf-8") as file:
                file.write(f"其中，县道新修公路{kilometres}公里。\n")
            time.sleep(0.8)
        assert now.comes(lambda: "四百" in "".join(document.text for document in now.engine.loaded.corpus.documents))
        # At first, the first part, of which nobody could know that more would come, and all the others at once.
        assert len(now.loads) <= 3


def test_a_file_that_is_written_for_long_stays_as_it_was_until_it_is_whole(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LONGEST", 0.5)
    monkeypatch.setattr(keeping, "_WRITTEN", 0.4)
    # One that is known, one that is not, and one whose list of files is not there before its end.
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("桥.txt", road("五百") * 50)
    (folder / "包.zip").write_bytes(packed.getvalue())
    half = len(packed.getvalue()) // 2
    with kept(settings) as now:
        over = time.monotonic() + 2.5
        texts: set[str] = set()
        told: set[str | None] = set()
        (folder / "新.txt").write_text("新修公路", encoding="utf-8")
        (folder / "包.zip").write_bytes(packed.getvalue()[:half])
        (folder / "别.txt").write_text("桥梁通报\n新修桥梁八座。\n", encoding="utf-8")
        while time.monotonic() < over:
            for name in ("交通.txt", "新.txt"):
                with (folder / name).open("a", encoding="utf-8") as file:
                    file.write("又修一公里。\n")
            with (folder / "包.zip").open("ab") as file:
                file.write(packed.getvalue()[half : half + 1])
                half += 1
            report = now.engine.loaded.report
            texts |= {document.text for document in report.documents if document.file != "别.txt"}
            told |= {file.left_out for file in report.files if file.file == "新.txt"}
            time.sleep(0.15)
        assert told >= {"正在写入；写完后自动读取"}
        assert told <= {"正在写入；写完后自动读取", None}
        # Nothing of them was read by halves; what was whole meanwhile was.
        assert texts == {road("九十"), road("五百") * 50}
        assert "别.txt" in {document.file for document in now.engine.loaded.corpus.documents}
        (folder / "包.zip").write_bytes(packed.getvalue())
        assert now.comes(lambda: now.engine.loaded.report.left_out == [])
        whole = {document.file: document.text for document in now.engine.loaded.corpus.documents}
        assert (folder / "交通.txt").read_text(encoding="utf-8") == whole["交通.txt"]
        assert (folder / "新.txt").read_text(encoding="utf-8") == whole["新.txt"]
        assert whole["包.zip/桥.txt"] == road("五百") * 50


@contextmanager
def written(path: Path, pause: float) -> Iterator[None]:
    """Write a line to a file again and again, until this is left."""
    over = threading.Event()

    def write() -> None:
        while not over.wait(pause):
            with path.open("a", encoding="utf-8") as file:
                file.write("又修一公里。\n")

    path.write_text("新修公路\n", encoding="utf-8")
    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        over.set()
        writer.join(5)


WAITED_FOR = "正在写入；写完后自动读取"


def left_out(now: Kept) -> dict[str, str | None]:
    return {file.file: file.left_out for file in now.engine.loaded.report.files if file.left_out}


@contextmanager
def named_while_written(now: Kept, path: Path) -> Iterator[None]:
    """Write a new file until this is left, which begins once it is named as being written."""
    with written(path, 0.1):
        assert now.comes(lambda: left_out(now) == {path.name: WAITED_FOR})
        yield


def test_a_new_file_that_alone_is_written_is_named_and_read_once_it_is_whole(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LONGEST", 0.5)
    with kept(settings) as now:
        with named_while_written(now, folder / "新.txt"):
            pass
        assert now.comes(lambda: not left_out(now))
        assert "又修一公里" in now.engine.loaded.corpus.documents[1].text


def test_a_file_that_goes_while_it_is_written_is_named_no_longer(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LONGEST", 0.5)
    with kept(settings) as now:
        with named_while_written(now, folder / "新.txt"):
            pass
        (folder / "新.txt").unlink()
        assert now.comes(lambda: not left_out(now))
        assert len(now.engine.loaded.corpus.documents) == 1


def test_pauses_between_the_parts_of_a_file_are_not_its_end(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LONGEST", 1.0)
    texts: set[str] = set()
    with kept(settings) as now:
        with written(folder / "交通.txt", 0.7):
            for _ in range(60):
                texts.add(now.engine.loaded.corpus.documents[0].text)
                time.sleep(0.1)
        # What was there, and perhaps the first part, which was whole for all that anybody could know.
        assert len(texts) <= 2
        text = (folder / "交通.txt").read_text(encoding="utf-8")
        assert now.comes(lambda: now.engine.loaded.corpus.documents[0].text == text)


def test_what_is_not_watched_is_read_all_the_same_once_it_is_whole(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LONGEST", 0.5)
    with kept(replace(settings, watch=False)) as now:
        with written(folder / "新.txt", 0.1):
            now.keeper.again()
            assert now.comes(lambda: left_out(now) == {"新.txt": WAITED_FOR})
        assert now.comes(lambda: not left_out(now))
        assert "又修一公里" in now.engine.loaded.corpus.documents[1].text


def test_a_file_that_never_rests_is_read_as_it_is(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LONGEST", 0.5)
    monkeypatch.setattr(keeping, "_ENDLESS", 1.0)
    with kept(settings) as now, written(folder / "交通.txt", 0.1):
        assert now.comes(lambda: "又修一公里" in now.engine.loaded.corpus.documents[0].text)


def test_what_does_not_change_is_loaded_once(folder: Path, settings: Settings) -> None:
    with kept(settings, every=0.0) as now:
        time.sleep(2)
        assert len(now.loads) == 1


def test_where_the_system_does_not_tell_changes_are_found_by_looking(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(*_: object, **__: object) -> None:
        raise OSError("OS file watch limit reached.")

    monkeypatch.setattr(keeping, "watch", none_left)
    with kept(settings, every=0.1) as now:
        (folder / "交通.txt").write_text(road("一百二十"), encoding="utf-8")
        assert now.comes(lambda: "一百二十公里" in now.said())


def test_a_copy_that_keeps_size_and_time_of_what_it_replaces_is_noticed(folder: Path, settings: Settings) -> None:
    with kept(settings, every=0.1) as now:
        was = (folder / "交通.txt").stat()
        (folder / "交通.txt").write_text(road("八十"), encoding="utf-8")
        os.utime(folder / "交通.txt", ns=(was.st_atime_ns, was.st_mtime_ns))
        assert now.comes(lambda: "八十公里" in now.said())


def test_a_name_that_is_no_utf_8_ends_nothing(folder: Path, settings: Settings) -> None:
    with kept(settings) as now:
        for number in range(3):
            name = os.fsdecode(b"\xb9\xab\xc2\xb7%d.txt" % number)
            (folder / name).write_text(f"桥梁情况通报\n一、新修桥梁{number}座。\n", encoding="utf-8")
            assert now.comes(lambda there=number + 2: len(now.engine.loaded.corpus.documents) == there)  # type: ignore[misc]
        (folder / "交通.txt").write_text(road("一百二十"), encoding="utf-8")
        assert now.comes(lambda: "一百二十公里" in now.said())


def test_a_folder_that_vanishes_is_served_on_and_read_when_it_is_back(
    folder: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with kept(settings, every=0.2) as now, caplog.at_level(logging.WARNING, "youju"):
        away = folder.with_name("away")
        folder.rename(away)
        assert now.comes(lambda: "没有换上新的材料，仍用原来的" in caplog.text)
        assert "没有这个文件夹" in caplog.text
        assert "九十公里" in now.said()
        # Another folder by the same name: what watched the first knows nothing of it.
        shutil.copytree(away, folder)
        (folder / "交通.txt").write_text(road("一百二十"), encoding="utf-8")
        assert now.comes(lambda: "一百二十公里" in now.said())
        (folder / "交通.txt").write_text(road("一百三十"), encoding="utf-8")
        assert now.comes(lambda: "一百三十公里" in now.said())


def test_a_file_that_is_being_written_is_read_when_it_rests(folder: Path, settings: Settings) -> None:
    with kept(settings) as now, (folder / "交通.txt").open("w", encoding="utf-8") as file:
        for part in ("交通工作总结\n", "一、全县", "新修公路", "一百二十", "公里。", "\n"):
            file.write(part)
            file.flush()
            time.sleep(keeping._QUIET / 2)
            assert len(now.loads) == 1
        assert now.comes(lambda: "一百二十公里" in now.said())
        assert len(now.loads) == 2


def test_a_file_that_never_rests_does_not_keep_others_from_being_read(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LONGEST", 1.0)
    with kept(settings) as now, (folder / "日志.txt").open("w", encoding="utf-8") as file:
        (folder / "交通.txt").write_text(road("一百二十"), encoding="utf-8")

        def found() -> bool:
            file.write("又来一行。\n")
            file.flush()
            return "一百二十公里" in now.said()

        assert now.comes(found)


def test_a_thesaurus_of_ones_own_is_read_again_when_it_changes(
    folder: Path, settings: Settings, tmp_path: Path
) -> None:
    own = tmp_path / "近义词.txt"
    own.write_text("# 空\n", encoding="utf-8")
    with kept(replace(settings, thesaurus=own)) as now:

        def searched() -> list[str]:
            return [term.text for term in now.engine.ask("大马路多少公里").terms]

        assert "公路" not in searched()
        own.write_text("大马路 > 公路\n", encoding="utf-8")
        assert now.comes(lambda: "公路" in searched())


def test_what_is_not_watched_is_read_when_it_is_called_for(folder: Path, settings: Settings) -> None:
    with kept(replace(settings, watch=False), every=0.0) as now:
        (folder / "交通.txt").write_text(road("一百二十"), encoding="utf-8")
        time.sleep(1.5)
        assert "九十公里" in now.said()
        now.keeper.again()
        assert now.comes(lambda: "一百二十公里" in now.said())


def test_whatever_goes_wrong_what_was_served_is_served_on(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with kept(settings) as now:
        with monkeypatch.context() as patched:
            patched.setattr(now.engine, "load", lambda written: 1 // 0)
            (folder / "交通.txt").write_text(road("一百二十"), encoding="utf-8")
            assert now.comes(lambda: "ZeroDivisionError" in caplog.text)
        assert "九十公里" in now.said()
        (folder / "交通.txt").write_text(road("一百三十"), encoding="utf-8")
        assert now.comes(lambda: "一百三十公里" in now.said())
