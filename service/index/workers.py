"""Files in, what is kept of each written to a folder, by as many processes as there are processors where that is quicker."""

import logging
import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple

from service.corpus.folder import Found, bytes_of
from service.errors import UnreadableFile
from service.index import reading
from service.language import cutter
from service.language.analyser import Analyser

_LOG = logging.getLogger("youju")
# Fewer bytes are read before other processes have loaded their dictionaries.
_WORTH_IT = 3_000_000
# So many bytes are handed over at a time, and so often for each process: what was handed over is read before a stop.
_AT_ONCE, _AHEAD = 500_000, 2


class Done(NamedTuple):
    """A file that was read: its place among those that were to be; by what it is kept, None if it went meanwhile or
    cannot be read; its bytes and passages."""

    place: int
    key: str | None
    bytes: int
    passages: int


_analyser: Analyser | None = None


def _begin(dictionary: Path, words: cutter.Name) -> None:
    """Make a process ready to read; it ends when the one that started it does, however that ends."""
    global _analyser
    starter = multiprocessing.parent_process()
    assert starter is not None
    threading.Thread(target=_end_after, args=(starter,), daemon=True).start()
    _analyser = Analyser(dictionary, words)
    _analyser.load()


def _end_after(starter: BaseProcess) -> None:
    starter.join()
    os._exit(1)


def _keep_all(places: Sequence[tuple[int, Found]], folder: Path) -> list[Done]:
    assert _analyser is not None
    return [_keep(place, found, folder, _analyser) for place, found in places]


def _keep(place: int, found: Found, folder: Path, analyser: Analyser) -> Done:
    try:
        content = bytes_of(found)
    except UnreadableFile:
        return Done(place, None, 0, 0)
    # Of the bytes that are read now, whatever they were when the file was found to be new.
    key = reading.key(found, content, analyser)
    kept = reading.read(found, content, analyser)
    reading.save(folder / key, kept)
    return Done(place, key, len(content), len(kept.part.passages.lengths))


def keep(files: Sequence[Found], sizes: Sequence[int], folder: Path, analyser: Analyser) -> Iterator[Done]:
    """Read files and write what is kept of each to the folder; yield them as they are done, in any order.

    :raises OSError: if something cannot be written
    """
    processes = min(len(files), _processors())
    left = dict(enumerate(files))
    pool = _pool(processes, analyser) if processes > 1 and sum(sizes) > _WORTH_IT else None
    if pool is not None:
        chunks = _chunks(files, sizes)
        running: set[Future[list[Done]]] = set()
        with pool:
            try:
                while running or chunks:
                    while chunks and len(running) < _AHEAD * processes:
                        running.add(pool.submit(_keep_all, chunks.pop(0), folder))
                    ended, running = wait(running, return_when=FIRST_COMPLETED)
                    for one in chain.from_iterable(future.result() for future in ended):
                        del left[one.place]
                        yield one
            except BrokenProcessPool:
                # One was ended from outside, most likely for want of memory: the rest is read here, one by one.
                _LOG.warning("%d 个文件由一个进程继续读：另一个进程中途退出了", len(left))
    for place, found in left.items():
        yield _keep(place, found, folder, analyser)


def _chunks(files: Sequence[Found], sizes: Sequence[int]) -> list[list[tuple[int, Found]]]:
    """Return the files, each with its place, in chunks of about as many bytes.

    The longest go first, so that none is begun when all others are done.
    """
    chunks: list[list[tuple[int, Found]]] = []
    room = 0
    for place in sorted(range(len(files)), key=lambda place: -sizes[place]):
        if room <= 0:
            chunks.append([])
            room = _AT_ONCE
        chunks[-1].append((place, files[place]))
        room -= sizes[place]
    return chunks


def _pool(processes: int, analyser: Analyser) -> ProcessPoolExecutor | None:
    """Return processes to read with; None where the system gives no means for that (a container without shared memory)."""
    try:
        return ProcessPoolExecutor(
            processes, multiprocessing.get_context("spawn"), _begin, (analyser.folder, analyser.words)
        )
    except (OSError, ImportError):
        return None


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
