"""Files are read in a process of its own, which is used again, replaced when it is lost, and never outlives its starter."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from service.corpus.readers import Bounds, read
from service.errors import UnreadableFile

PROC = Path("/proc")
pytestmark = pytest.mark.skipif(not PROC.is_dir(), reason="there is no /proc to look for processes in")
PAGE = "<p>各乡镇要备足仓容，优化服务。".encode()


def readers_of(starter: int) -> list[int]:
    """Return the processes that read for another one."""
    found = []
    for path in PROC.glob("[0-9]*"):
        try:
            stat = (path / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            command = (path / "cmdline").read_bytes()
        except OSError:
            continue
        # The first is the state, Z for one that has ended; the second who started it.
        if stat[0] != "Z" and int(stat[1]) == starter and b"readers.child" in command:
            found.append(int(path.name))
    return found


def test_plain_text_needs_no_other_process() -> None:
    script = (
        "import sys\nfrom service.corpus.readers import Bounds, read\n"
        "print(read('各乡镇。'.encode(), '.txt', Bounds()).text, {'lxml', 'pypdfium2', 'openpyxl'} & set(sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout == "各乡镇。 set()\n"


def test_one_process_reads_one_file_after_the_other() -> None:
    read(PAGE, ".html", Bounds())
    (first,) = readers_of(os.getpid())
    read(PAGE, ".html", Bounds())
    assert readers_of(os.getpid()) == [first]


def test_a_process_that_was_lost_is_replaced() -> None:
    read(PAGE, ".html", Bounds())
    (first,) = readers_of(os.getpid())
    os.kill(first, signal.SIGKILL)
    assert read(PAGE, ".html", Bounds()).text == "各乡镇要备足仓容，优化服务。\n"
    assert first not in readers_of(os.getpid())


def test_a_crash_costs_one_file(word: Callable[..., bytes]) -> None:
    # The bytes that a process is killed at, again and again, are those of the file that is to blame.
    stop = threading.Event()

    def kill() -> None:
        while not stop.is_set():
            for process in readers_of(os.getpid()):
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with pytest.raises(
            UnreadableFile, match="读的时候程序崩溃，文件可能已损坏或过于庞大；请用原来的软件打开后另存"
        ):
            read(("<p>啊，" * 200_000).encode(), ".html", Bounds())
    finally:
        stop.set()
        killer.join()
    assert read(PAGE, ".html", Bounds()).text == "各乡镇要备足仓容，优化服务。\n"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_process_ends_with_the_one_that_started_it(how: int, tmp_path: Path) -> None:
    script = (
        "import time\nfrom service.corpus.readers import Bounds, read\n"
        "read('<p>各乡镇。'.encode(), '.html', Bounds())\nprint('ready', flush=True)\ntime.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment) as starter:
        assert starter.stdout is not None
        assert starter.stdout.readline() == b"ready\n"
        (reader,) = readers_of(starter.pid)
        starter.send_signal(how)
        starter.wait()
    until = time.monotonic() + 10
    while (PROC / str(reader)).exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert not (PROC / str(reader)).exists()
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_cannot_be_started_is_said_to_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "没有"))
    with pytest.raises(UnreadableFile, match="读它的程序启动不了（No such file or directory）；请检查临时文件夹"):
        read(PAGE, ".html", Bounds(seconds=58))


def test_nothing_is_left_behind_on_the_disk(tmp_path: Path) -> None:
    script = "from service.corpus.readers import Bounds, read\nread('<p>各乡镇。'.encode(), '.html', Bounds())"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", script], env=environment, check=True)
    assert list(tmp_path.iterdir()) == []
