"""The index on the disk: the truth is the folder, and what is kept is only quicker."""

import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from random import Random

import numpy as np
import pytest
from filelock import FileLock

from service.corpus.documents import read_folders
from service.errors import NoCorpus, Progress
from service.index import columns, lexicon, splicing, store, workers
from service.index.built import assembled, part
from service.index.columns import Array, Columns
from service.index.lexicon import MOST_CHARACTERS
from service.index.store import Indexed, Remembered, indexed
from service.language.analyser import Analyser
from service.passages.corpus import place_of

TEXTS = {
    "招商.txt": "全县招商引资工作总结\n一是建强队伍。新设招商专班三个。二是优化服务。办理时限压缩一半。\n共引进项目二十个。\n",
    "教育.md": "教育工作总结\n新建学校两所，新增学位三千个。\n",
    "下级/卫生.txt": "卫生工作总结\n新建卫生院一所。\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write(folder, TEXTS)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def write(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def read_anew(folder: Path, analyser: Analyser) -> dict[str, Array]:
    """Return the columns of the index of a folder, made without anything that is kept."""
    documents = sorted(read_folders([folder]).documents, key=place_of)
    return assembled([part((), analyser.terms), part(documents, analyser.terms)])[0]


def whole(data: Path) -> Path:
    (found,) = data.glob("index/*/whole")
    return found


def assert_same(held: Mapping[str, Array], expected: Mapping[str, Array]) -> None:
    assert list(held) == list(expected)
    for name, array in expected.items():
        np.testing.assert_array_equal(held[name], array, err_msg=name)


def load(folder: Path, data: Path, analyser: Analyser) -> tuple[Indexed, list[Progress]]:
    told: list[Progress] = []
    return indexed([folder], data, analyser, told.append), told


# -- what is kept ----------------------------------------------------------------------------------------------------


def test_the_index_on_the_disk_is_the_one_that_is_made_of_the_folder(
    folder: Path, data: Path, analyser: Analyser
) -> None:
    found, _ = load(folder, data, analyser)
    assert_same(Columns(whole(data)), read_anew(folder, analyser))
    assert list(found.index.corpus.documents) == sorted(read_folders([folder]).documents, key=place_of)
    assert found.report == read_folders([folder])


def test_a_second_start_reads_nothing_and_is_the_same(folder: Path, data: Path, analyser: Analyser) -> None:
    first, told = load(folder, data, analyser)
    assert told[-1].files == told[-1].of_files == 3
    again, told = load(folder, data, analyser)
    assert told == []
    assert again.report == first.report
    assert again.index.corpus.version == first.index.corpus.version
    for number in range(len(first.index.corpus.documents)):
        mine, other = again.index.corpus, first.index.corpus
        assert (mine.documents[number], mine.bounds[number]) == (other.documents[number], other.bounds[number])
    assert list(again.index.corpus.passages) == list(first.index.corpus.passages)


def test_only_what_changed_is_read(folder: Path, data: Path, analyser: Analyser) -> None:
    load(folder, data, analyser)
    write(folder, {"教育.md": "教育工作总结\n新建学校五所。\n", "交通.txt": "交通工作总结\n新修公路九十公里。\n"})
    _, told = load(folder, data, analyser)
    assert told[-1].of_files == 2
    assert_same(Columns(whole(data)), read_anew(folder, analyser))
    # What corpus.toml says of a file changes its documents, though not the file.
    (folder / "corpus.toml").write_text('[files."招商.txt"]\ndate = "2022-10"\n', encoding="utf-8")
    found, told = load(folder, data, analyser)
    assert told[-1].of_files == 1
    assert [document.date for document in found.index.corpus.documents] == [None, None, "2022-10", None]


def test_a_file_that_is_gone_is_gone_and_nothing_of_it_is_kept(folder: Path, data: Path, analyser: Analyser) -> None:
    load(folder, data, analyser)
    (folder / "教育.md").unlink()
    found, told = load(folder, data, analyser)
    assert told[-1].of_files == 0
    assert [document.file for document in found.index.corpus.documents] == ["下级/卫生.txt", "招商.txt"]
    assert len(list(data.glob("index/*/files/*"))) == 2
    assert "学位".encode() not in b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())


def test_files_that_are_left_out_are_named_from_what_is_kept_too(folder: Path, data: Path, analyser: Analyser) -> None:
    (folder / "坏.txt").write_bytes(b"\xff\xff\xff")
    (folder / "表.xlsx").write_bytes(b"PK")
    (folder / "空.txt").write_text("", encoding="utf-8")
    for _ in range(2):
        found, _ = load(folder, data, analyser)
        assert found.report == read_folders([folder])
        assert len(found.report.left_out) == 3


def what_became(found: Indexed) -> dict[str, str | None]:
    """Of each file its text, or why it is left out, in the order of the report."""
    return {file.file: file.left_out or file.documents[0].text for file in found.report.files}


def packed(path: Path, texts: Mapping[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as package:
        for name, text in texts.items():
            package.writestr(name, text)


def test_what_is_being_written_stays_as_it_was_read_last(folder: Path, data: Path, analyser: Analyser) -> None:
    other = folder.with_name("另")
    write(other, {"甲.txt": "另一份总结\n新建桥梁一座。\n"})
    # Its files stand in an order of their own, and one of them cannot be read.
    packed(folder / "包.zip", {"乙.txt": TEXTS["招商.txt"], "图.jpg": "x", "甲.txt": TEXTS["教育.md"]})
    remembered = Remembered()

    def loaded(*written: str) -> dict[str, str | None]:
        paths = {folder / name for name in written}
        return what_became(indexed([folder, other], data, analyser, remembered=remembered, written=paths))

    first = loaded()
    assert list(first.items()) == list(loaded("包.zip", "招商.txt").items())
    (folder / "包.zip").write_bytes((folder / "包.zip").read_bytes()[:50])
    write(
        folder,
        {
            "招商.txt": "全县招商",
            "教育.md": "教育工作总结\n新建学校九所。\n",
            "新.txt": "新",
            "~$新.docx": "",
            "图.png": "",
        },
    )
    waiting = "正在写入；写完后自动读取"
    changed = {"教育.md": "教育工作总结\n新建学校九所。\n", "新.txt": waiting}
    now = loaded("包.zip", "招商.txt", "新.txt", "~$新.docx", "图.png")
    beside = {"~$新.docx": "是办公软件打开文件时的临时文件，不算材料", "图.png": now["图.png"]}
    assert str(now["图.png"]).startswith("是图片")
    assert now == {**first, **changed, **beside}
    assert [name for name in now if name not in changed | beside] == [name for name in first if name not in changed]
    # Where nothing is kept of it any more, it is waited for.
    shutil.rmtree(data)
    now = loaded("包.zip", "招商.txt", "新.txt")
    assert {now["招商.txt"], now["新.txt"], now["包.zip"]} == {waiting}
    assert loaded()["招商.txt"] == "全县招商"


def test_what_a_format_drops_is_kept_with_the_rest(folder: Path, data: Path, analyser: Analyser) -> None:
    page = "<meta charset=utf-8><body><nav><p>首页</p><p>政务公开</p></nav><p>会议指出，要抓好落实。</p>"
    write(folder, {"页.html": page})
    for _ in range(2):
        found = next(file for file in load(folder, data, analyser)[0].report.files if file.file == "页.html")
        assert found.not_counted == {"导航、页脚等": {"首页": 1, "政务公开": 1}}


@pytest.mark.parametrize("listened_to", [pytest.param(MOST_CHARACTERS, marks=pytest.mark.thorough), 120])
def test_after_many_changes_the_index_is_that_of_a_fresh_start(
    listened_to: int, tmp_path: Path, data: Path, analyser: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (lexicon, splicing):
        monkeypatch.setattr(module, "MOST_CHARACTERS", listened_to)
    random = Random(0)
    folder = tmp_path / "corpus"
    folder.mkdir()
    words = ["招商", "改革", "项目", "财政", "作风", "民生", "一是", "二是", "2023年", "。", "，", "\n"]
    for change in range(200):
        names = sorted(path.name for path in folder.iterdir())
        if names and random.random() < 0.4:
            (folder / random.choice(names)).unlink()
        else:
            name = random.choice([*names, f"{random.randrange(40)}.txt"])
            text = "".join(random.choice(words) for _ in range(random.randrange(60)))
            (folder / name).write_text(f"工作总结{name}\n{text}\n", encoding="utf-8")
        load(folder, data, analyser)
        if change % 10 == 9:
            assert_same(Columns(whole(data)), read_anew(folder, analyser))


def test_what_did_not_change_is_copied_and_not_joined_anew(
    folder: Path, data: Path, analyser: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(folder, data, analyser)
    write(folder, {"交通.txt": "交通工作总结\n新修公路九十公里。\n"})
    (folder / "教育.md").unlink()
    with monkeypatch.context() as patched:
        patched.delattr(store, "assembled")
        load(folder, data, analyser)
    assert_same(Columns(whole(data)), read_anew(folder, analyser))


def test_an_index_of_another_program_is_joined_anew_of_what_is_kept(
    folder: Path, data: Path, analyser: Analyser
) -> None:
    load(folder, data, analyser)
    held = Columns(whole(data))
    columns.write(whole(data), {"other": np.zeros(1)}, {**held.said, "code": "another"})
    found, told = load(folder, data, analyser)
    assert told == [Progress(0, 0, 0, 0, 0)]
    assert found.report == read_folders([folder])
    assert_same(Columns(whole(data)), read_anew(folder, analyser))


def test_two_lists_of_folders_have_two_indexes(folder: Path, tmp_path: Path, data: Path, analyser: Analyser) -> None:
    other = tmp_path / "other"
    write(other, {"交通.txt": "交通工作总结\n新修公路九十公里。\n"})
    load(folder, data, analyser)
    indexed([folder, other], data, analyser)
    _, told = load(folder, data, analyser)
    assert told == []
    assert len(list(data.glob("index/*/whole"))) == 2


def test_several_processes_read_as_one_does(
    folder: Path, tmp_path: Path, data: Path, analyser: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_WORTH_IT", 0)
    monkeypatch.setattr(workers, "_AT_ONCE", 1)
    _, told = load(folder, data, analyser)
    assert (told[-1].files, told[-1].bytes) == (3, told[-1].of_bytes)
    assert_same(Columns(whole(data)), read_anew(folder, analyser))


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGKILL])
def test_the_processes_that_read_end_with_the_one_that_started_them(
    stop: signal.Signals, folder: Path, data: Path, dictionary: Path, analyser: Analyser
) -> None:
    write(folder, {f"{number}.txt": TEXTS["招商.txt"] * 200 for number in range(300)})
    with subprocess.Popen(
        [sys.executable, "-m", "service", "index", "--corpus", str(folder), "--data", str(data)],
        env={**os.environ, "YOUJU_DICTIONARY": str(dictionary)},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        until = time.monotonic() + 60
        # Itself, what multiprocessing counts with, and one for each processor; where there is one processor, itself.
        wanted = 2 + workers._processors() if workers._processors() > 1 else 1
        while len(_of_session(process.pid)) < wanted and time.monotonic() < until:
            time.sleep(0.05)
        assert len(_of_session(process.pid)) == wanted
        process.send_signal(stop)
        process.wait(15)
    until = time.monotonic() + 15
    while _of_session(process.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert _of_session(process.pid) == []


def _of_session(number: int) -> list[int]:
    """Return the processes of a session that have not ended."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            _, _, after = stat.read_text().rpartition(")")
            state, _, _, session = after.split()[:4]
            if int(session) == number and state != "Z":
                found.append(int(stat.parent.name))
    return found


def test_where_no_process_can_be_started_one_reads_all(
    folder: Path, data: Path, analyser: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("Function not implemented")

    monkeypatch.setattr(workers, "_WORTH_IT", 0)
    monkeypatch.setattr(workers, "ProcessPoolExecutor", refuse)
    found, told = load(folder, data, analyser)
    assert (told[-1].files, found.report.warnings) == (3, ())
    assert_same(Columns(whole(data)), read_anew(folder, analyser))


# -- what goes wrong -------------------------------------------------------------------------------------------------


def test_a_folder_that_is_missing_is_said(tmp_path: Path, data: Path, analyser: Analyser) -> None:
    with pytest.raises(NoCorpus):
        indexed([tmp_path / "none"], data, analyser)


@pytest.mark.parametrize("of", ["index/*/whole", "index/*/files/*"])
@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b"\0" * len(b), lambda b: b[:900] + b"\7" + b[901:], lambda b: b""]
)
def test_what_is_damaged_is_named_and_made_again(
    of: str,
    damage: Callable[[bytes], bytes],
    folder: Path,
    data: Path,
    analyser: Analyser,
    caplog: pytest.LogCaptureFixture,
) -> None:
    load(folder, data, analyser)
    if of != "index/*/whole":
        whole(data).unlink()
    for path in data.glob(of):
        path.write_bytes(damage(path.read_bytes()))
    with caplog.at_level(logging.WARNING, "youju"):
        load(folder, data, analyser)
    assert "索引文件已损坏，或不是本程序写的；将从材料重新建立" in caplog.text
    assert_same(Columns(whole(data)), read_anew(folder, analyser))
    caplog.clear()
    load(folder, data, analyser)
    assert caplog.text == ""


def test_where_nothing_can_be_written_the_index_is_made_in_memory_and_that_is_said(
    folder: Path, data: Path, analyser: Analyser
) -> None:
    # A file in the folder's place, because root may write to what is read-only.
    data.write_text("", encoding="utf-8")
    found, told = load(folder, data, analyser)
    assert found.report.warnings == (f"{data}: 索引写不进去（Not a directory）；这次只放在内存里，下次启动要重新建立",)
    assert found.report.files == read_folders([folder]).files
    assert told[-1].files == 3
    assert len(found.index.corpus.documents) == 3


def test_an_index_that_another_process_is_making_is_waited_for_and_that_is_said(
    folder: Path, data: Path, analyser: Analyser, caplog: pytest.LogCaptureFixture
) -> None:
    load(folder, data, analyser)
    (place,) = data.glob("index/*")
    held = threading.Event()

    def hold() -> None:
        with FileLock(place / "lock"):
            held.set()
            time.sleep(0.3)

    threading.Thread(target=hold).start()
    held.wait()
    began = time.monotonic()
    with caplog.at_level(logging.WARNING, "youju"):
        load(folder, data, analyser)
    assert time.monotonic() - began >= 0.2
    assert "另一个进程正在建立这个索引，等它完成" in caplog.text


# As tests/faults does to the whole process, with less in between.
@pytest.mark.thorough
def test_whenever_it_is_killed_the_next_start_has_the_index_of_the_folder(
    folder: Path, data: Path, analyser: Analyser, dictionary: Path
) -> None:
    random = Random(1)
    program = (
        "import pathlib, sys; from service.index.store import indexed; from service.language.analyser import Analyser\n"
        "analyser = Analyser(pathlib.Path(sys.argv[3])); analyser.load(); print('begun', flush=True)\n"
        "indexed([pathlib.Path(sys.argv[1])], pathlib.Path(sys.argv[2]), analyser)"
    )
    for number in range(6):
        write(folder, {f"{name}{number}.txt": TEXTS["招商.txt"] * 40 for name in "甲乙丙"})
        with subprocess.Popen(
            [sys.executable, "-c", program, str(folder), str(data), str(dictionary)],
            stdout=subprocess.PIPE,
            env=os.environ,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"begun\n"
            time.sleep(random.random() * 0.15)
            process.send_signal(signal.SIGKILL)
    # Wherever the kills came, something was left half written.
    (place,) = data.glob("index/*")
    for beside in (place, place / "files"):
        (beside / "whole.1.new").write_bytes(b"youju")
    load(folder, data, analyser)
    assert list(data.rglob("*.new")) == []
    assert_same(Columns(whole(data)), read_anew(folder, analyser))
