"""Folders whose files come, go and change in, an Engine that serves what they hold now out."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from watchfiles import watch

from service.engine import Engine
from service.errors import YoujuError
from service.index.store import Watch
from service.settings import Settings
from service.terminal import printable

_LOG = logging.getLogger("youju")
# Who copies files writes one after the other: what changed is read once nothing has changed for so long, or, where files
# never rest, once the other time is over, without those that still change. In seconds.
_QUIET, _LONGEST = 0.4, 3.0
# A file that changes for so long is read as it is: it may never be whole.
_ENDLESS = 600.0
# A file that grows twice within the first time is being written in parts, and is waited for until it rests for the other one.
_IN_PARTS, _WRITTEN = 3.0, 1.5
# The system tells of most changes at once, but not of those on another machine's disk, nor of a folder that was put in
# the place of another. So all files are looked at every so often, unless that takes more than this share of the time.
_EVERY, _SHARE = 10.0, 0.05
# How soon a call to stop or to look again is heard, in milliseconds.
_HEARD = 500


class _File(NamedTuple):
    """What tells whether a file may have changed."""

    path: str
    size: int
    # Of its bytes, and of anything about it: a copy may keep the time of its original.
    changed: tuple[int, int]
    node: int


_Stamp = frozenset[_File]


class Keeper:
    """Loads the engine, and again whenever a file of its folders or its thesaurus changes, until it is stopped; where the
    settings say that nothing is watched, only when it is called for.

    What cannot be loaded is logged, and what was served before goes on being served.
    """

    def __init__(
        self, engine: Engine, settings: Settings, loaded: Callable[[], None] = lambda: None, *, every: float = _EVERY
    ) -> None:
        """``loaded`` is called after each load; ``every`` is how often all files are looked at, in seconds."""
        self._engine = engine
        self._folders = settings.corpus
        self._beside = [settings.thesaurus] if settings.thesaurus else []
        self._loaded = loaded
        self._watched = settings.watch
        self._every = every
        # Of the files that were loaded; which were not, because they were being written; since when files are known to be.
        self._stamp: _Stamp = frozenset()
        self._left: frozenset[str] = frozenset()
        self._unfinished: dict[str, float] = {}
        self._took = 0.0
        self._stop, self._again = threading.Event(), threading.Event()

    def load(self, watch: Watch = lambda progress: None) -> None:
        """Load for the first time.

        :raises YoujuError: as ``Engine.load``
        """
        # Before: what changes while it is read is read again.
        self._stamp = self._now()
        self._engine.load(watch)
        self._loaded()

    def run(self) -> None:
        """Load whenever something changed, until ``stop`` is called."""
        # What changes before the system begins to tell is found by looking.
        due = 0.0
        changed = False
        while not self._stop.is_set():
            roots = self._roots()
            for changed in self._woken():
                late = time.monotonic() >= due
                if self._again.is_set() or (self._watched and (changed or late)) or (self._left and late):
                    self._reload()
                    # The system tells of what is written, not that it is whole.
                    pause = _WRITTEN if self._unfinished else self._every
                    due = time.monotonic() + max(pause, self._took / _SHARE)
                # Another folder stands in the place of one that is watched.
                if self._roots() != roots:
                    changed = True
                    break
            if changed:
                # It begins to tell anew.
                due = 0.0

    def again(self) -> None:
        """Look at all files again now, whether they seem to have changed or not; any thread may call it."""
        self._again.set()

    def stop(self) -> None:
        """End ``run`` soon; any thread may call it."""
        self._stop.set()

    def _woken(self) -> Iterator[bool]:
        """Yield whether the system tells of a change: at once when it does, and every now and then when not."""
        if not self._watched:
            while not self._stop.wait(_HEARD / 1000):
                yield False
            return
        try:
            for changes in watch(
                *(path for path in (*self._folders, *self._beside) if path.exists()),
                watch_filter=None,
                stop_event=self._stop,
                rust_timeout=_HEARD,
                yield_on_timeout=True,
                raise_interrupt=False,
            ):
                yield bool(changes)
        # The system watches no more folders for us, or one went in this moment; watchfiles raises RuntimeError where a name is
        # no UTF-8, which is a change all the same.
        except (OSError, RuntimeError) as error:
            _LOG.debug("not watched: %s", type(error).__name__)
            self._stop.wait(_HEARD / 1000)
            yield isinstance(error, RuntimeError)

    def _roots(self) -> list[tuple[int, int] | None]:
        """Return which folders and files stand now under the names of those that are watched."""
        found: list[tuple[int, int] | None] = []
        for path in (*self._folders, *self._beside):
            try:
                said = path.stat()
                found.append((said.st_dev, said.st_ino))
            except OSError:
                found.append(None)
        return found

    def _reload(self) -> None:
        """Load if files changed or it was called for, once they rest."""
        stamp, called = self._now(), self._again.is_set()
        if stamp == self._stamp and not self._left and not called:
            self._unfinished = {}
            return
        self._again.clear()
        before, until = self._stamp, time.monotonic() + _LONGEST
        while stamp != before and time.monotonic() < until:
            pause = _WRITTEN if self._unfinished or _grows(before, stamp) else _QUIET
            if self._stop.wait(max(pause, self._took)):
                break
            before, stamp = stamp, self._now()
        if self._stop.is_set():
            return
        written = self._note_unfinished(before, stamp)
        whole, loaded = (frozenset(one for one in held if one.path not in written) for held in (stamp, self._stamp))
        # What is new is named as being written, and what was and is gone is named no longer.
        new = written - self._left - {file.path for file in self._stamp}
        gone = self._left - {file.path for file in stamp}
        if whole == loaded and not new and not gone and not called:
            return
        self._stamp, self._left = whole, frozenset(written)
        try:
            self._engine.load(written=frozenset(map(Path, written)))
        except YoujuError as error:
            _LOG.warning("没有换上新的材料，仍用原来的：%s", printable(str(error)))
        # Whatever it is: what is served goes on being served, and the next change is another chance.
        except Exception:
            _LOG.exception("没有换上新的材料，仍用原来的")
        else:
            self._loaded()

    def _note_unfinished(self, before: _Stamp, after: _Stamp) -> set[str]:
        """Return the paths of the files that changed between two looks, but of those that have for so long that they are read
        as they are."""
        now = time.monotonic()
        self._unfinished = {file.path: self._unfinished.get(file.path, now) for file in after - before}
        return {path for path, since in self._unfinished.items() if now - since < _ENDLESS}

    def _now(self) -> _Stamp:
        begun = time.monotonic()
        stamp = frozenset(file for path in (*self._folders, *self._beside) for file in _files(path))
        self._took = time.monotonic() - begun
        return stamp


def _grows(before: _Stamp, after: _Stamp) -> bool:
    """Return whether a file grew so soon after it was written that more is to come."""
    was = {file.path: file for file in before - after}
    return any(
        file.size > old.size and file.changed[0] - old.changed[0] < _IN_PARTS * 1e9
        for file in after - before
        if (old := was.get(file.path)) is not None
    )


def _files(path: Path) -> Iterator[_File]:
    """Yield a file, or all files of a folder that may be read."""
    if not path.is_dir():
        paths: Iterator[str] = iter([str(path)])
    else:
        paths = (os.path.join(base, name) for base, _, names in _walked(path) for name in names)
    for name in paths:
        with suppress(OSError):
            found = os.stat(name)
            yield _File(name, found.st_size, (found.st_mtime_ns, found.st_ctime_ns), found.st_ino)


def _walked(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield base, folders, names
