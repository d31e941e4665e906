"""A reader's name and a file's bytes in, its Reading out: read in a process of its own, which may hang, swell or die.

There is one such process for each process that reads. It is used again for the next file, started anew when it was lost, and
ends by itself when nothing was asked of it for a while, or when the process that started it is gone. What it answers is JSON,
so that nothing which a file might make of it is run here.
"""

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from typing import IO

from service.corpus.document import Dropped, Heading
from service.corpus.readers.reading import Bounds, Reading
from service.errors import UnreadableFile

_LENGTH = 8


class _Gone(Exception):
    """The other process ended before it had answered."""


class _Child:
    """A process that reads, and the folder for what it has to write down meanwhile."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self._folder = tempfile.mkdtemp(prefix="youju-")
        # What is imported here is imported there, and nothing that happens to lie in the folder this runs in (-P).
        where = os.pathsep.join(path or os.getcwd() for path in sys.path)
        environment = {**os.environ, "PYTHONPATH": where, "TMPDIR": self._folder}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from service.corpus.readers.child import main; main()", str(bounds.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            # A group of its own, so that LibreOffice ends with it.
            start_new_session=True,
        )
        self._overdue = False

    @property
    def alive(self) -> bool:
        return not self._overdue and self._process.poll() is None

    def ask(self, module: str, content: bytes) -> Reading:
        """Return what the reader of this name makes of the bytes.

        :raises UnreadableFile: as the reader says, or because it took too long
        :raises _Gone: if the process ended meanwhile
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        clock = threading.Timer(self.bounds.seconds, self._stop_late)
        clock.start()
        try:
            send(self._process.stdin, module.encode(), content)
            (answer,) = receive(self._process.stdout, 1)
        except (EOFError, OSError):
            if self._overdue:
                raise UnreadableFile(
                    f"{self.bounds.seconds} 秒内没有读完；请拆成几份，或另存为 .txt 后再放入，也可用 --read-seconds 放宽时限"
                ) from None
            raise _Gone from None
        finally:
            clock.cancel()
        told = json.loads(answer)
        if isinstance(told, str):
            raise UnreadableFile(told)
        headings = tuple(Heading(*heading) for heading in told.pop("headings"))
        dropped = tuple(Dropped(*one) for one in told.pop("dropped"))
        pages, warnings = tuple(told.pop("pages")), tuple(told.pop("warnings"))
        return Reading(headings=headings, pages=pages, dropped=dropped, warnings=warnings, **told)

    def _stop_late(self) -> None:
        self._overdue = True
        self._kill()

    def _kill(self) -> None:
        try:
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        except ProcessLookupError:
            pass

    def end(self) -> None:
        """End the process and take its folder away."""
        self._kill()
        # Closes the pipes as well; what stands in them is of no use any more.
        self._process.communicate()
        shutil.rmtree(self._folder, ignore_errors=True)


_child: _Child | None = None
_one_at_a_time = threading.Lock()


def read(module: str, content: bytes, bounds: Bounds) -> Reading:
    """Return what a reader makes of a file's bytes, within bounds.

    :raises UnreadableFile: as the reader says, or because it took more than it may
    """
    with _one_at_a_time:
        for _ in range(2):
            child = _ready(bounds)
            try:
                return child.ask(module, content)
            except _Gone:
                # It may have ended for an earlier file's sake, or because it had nothing to do: a new one tells.
                _end()
            finally:
                if not child.alive:
                    _end()
    raise UnreadableFile("读的时候程序崩溃，文件可能已损坏或过于庞大；请用原来的软件打开后另存为 .docx 或 .txt，再放入")


def _ready(bounds: Bounds) -> _Child:
    global _child
    if _child is not None and not (_child.alive and _child.bounds == bounds):
        _end()
    if _child is None:
        try:
            _child = _Child(bounds)
        except OSError as error:
            raise UnreadableFile(
                f"读它的程序启动不了（{error.strerror}）；请检查临时文件夹（TMPDIR）能否写入、内存是否够用，再重新放入"
            ) from None
    return _child


@atexit.register
def _end() -> None:
    global _child
    if _child is not None:
        _child.end()
    _child = None


def send(to: IO[bytes], *parts: bytes) -> None:
    """Write parts to a pipe, each with its length before it."""
    for part in parts:
        to.write(len(part).to_bytes(_LENGTH, "big"))
        to.write(part)
    to.flush()


def receive(source: IO[bytes], parts: int) -> list[bytes]:
    """Return the next parts of a pipe.

    :raises EOFError: if it ends before
    """
    return [_exactly(source, int.from_bytes(_exactly(source, _LENGTH), "big")) for _ in range(parts)]


def _exactly(source: IO[bytes], length: int) -> bytes:
    found = source.read(length)
    if len(found) < length:
        raise EOFError
    return found
