"""Folders in, their index and the Report of every file out; what was read before is kept under the data folder.

There is a folder under `index` for each list of corpus folders: in its `files` what is kept of each file, and the whole as
`whole`. All of it is a cache: what is missing, damaged or of another version of the program is made again.
"""

import logging
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from filelock import FileLock, Timeout

from service.corpus import archive
from service.corpus.folder import Found, Listing, bytes_of, document_id, list_folders
from service.corpus.readers import READERS, Bounds
from service.corpus.report import FileReport, Report, no_document
from service.errors import DamagedIndex, Progress, UnreadableFile
from service.index import columns, reading, workers
from service.index.built import Built, Part, assembled, built, part
from service.index.columns import Array, Columns
from service.index.opened import Opened
from service.index.reading import Kept
from service.index.splicing import spliced
from service.index.stamps import Stamps
from service.language.analyser import Analyser

_LOG = logging.getLogger("youju")


Watch = Callable[[Progress], None]
_USUAL = Bounds()


@dataclass(frozen=True, slots=True)
class Indexed:
    """What folders hold: their index, and what became of every file."""

    index: Built
    report: Report


class Seen(NamedTuple):
    """A file as it was found: its size and by what it is kept, or, where there is nothing to read, why."""

    found: Found
    size: int
    key: str | None
    left_out: str | None


@dataclass(slots=True)
class Remembered:
    """What one load leaves for the next of the same program: the stamps of files, what was found in each, what was opened."""

    stamps: Stamps[Seen] = field(default_factory=Stamps)
    seen: Sequence[Seen] = ()
    opened: Opened | None = None


def indexed(
    folders: Sequence[Path],
    data: Path,
    analyser: Analyser,
    watch: Watch = lambda progress: None,
    bounds: Bounds = _USUAL,
    remembered: Remembered | None = None,
    written: Collection[Path] = (),
) -> Indexed:
    """Return the index of what these folders hold now; only what changed is read. What is ``remembered`` is brought up to date.

    Files that are being ``written`` are as they are remembered; one of which nothing is left out until then.
    Where the data folder cannot be written, nothing is remembered: the index is made in memory, of all files as they are, and
    the Report says so.

    :raises NoCorpus: if a folder is not there
    """
    listing = list_folders(folders, bounds)
    remembered = remembered or Remembered()
    names = repr([str(folder.resolve()) for folder in folders])
    place = data / "index" / blake2b(names.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    try:
        (place / "files").mkdir(parents=True, exist_ok=True)
        with _locked(place / "lock"):
            return _stored(place, listing, analyser, watch, remembered, written)
    except OSError as error:
        warning = f"{data}: 索引写不进去（{error.strerror or error}）；这次只放在内存里，下次启动要重新建立"
        _LOG.warning("%s", warning)
        return _in_memory(replace(listing, warnings=(*listing.warnings, warning)), analyser, watch)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let one process at a time write an index; the others wait, and say so."""
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        _LOG.warning("%s: 另一个进程正在建立这个索引，等它完成", path.parent)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _without(
    written: Collection[Path], listing: Listing, remembered: Remembered, kept: Container[str]
) -> tuple[Listing, dict[Found, Seen]]:
    """Return a listing in which files that are being written stand as they are remembered, where that is ``kept`` still, and what
    was found in these; others of them are refused until they are whole."""
    last: dict[Path, list[Seen]] = {}
    for one in remembered.seen if written else ():
        if one.found.path in written:
            last.setdefault(one.found.path, []).append(one)
    known = {path: seen for path, seen in last.items() if all(one.key is None or one.key in kept for one in seen)}
    files: dict[Found, None] = {}
    for found in listing.files:
        if found.path in known:
            files |= dict.fromkeys(one.found for one in known[found.path])
        else:
            files[_while_written(found) if found.path in written else found] = None
    return replace(listing, files=tuple(files)), {one.found: one for seen in known.values() for one in seen}


def _while_written(found: Found) -> Found:
    """Return a file that is being written, refused until it is whole, if it would be read at all."""
    # What is refused is never read, but half an archive is refused as damaged.
    is_read = found.suffix in READERS and not (found.refused or no_document(found.file))
    if is_read or found.suffix in archive.SUFFIXES:
        return replace(found, refused="正在写入；写完后自动读取")
    return found


def _seen(listing: Listing, analyser: Analyser, stamps: Stamps[Seen], known: Mapping[Found, Seen]) -> list[Seen]:
    """Return the files in the order of a corpus: its passages follow one another as their parts do. What is ``known`` of a file is
    not looked for."""
    # What could not be read may be readable the next time, with nothing changed.
    found = stamps.seen(
        [found for found in listing.files if found not in known],
        lambda found: _see(found, analyser),
        lambda seen: seen.key is not None,
    )
    return sorted([*found, *known.values()], key=lambda seen: (seen.found.file, document_id(seen.found.key, 1)))


def _see(found: Found, analyser: Analyser) -> Seen:
    try:
        content = bytes_of(found)
    except UnreadableFile as error:
        return Seen(found, 0, None, str(error))
    return Seen(found, len(content), reading.key(found, content, analyser), None)


def _read(found: Found, analyser: Analyser) -> tuple[Seen, Kept | None]:
    """Return a file as it stands now, and what is to be kept of it."""
    try:
        content = bytes_of(found)
    except UnreadableFile as error:
        return Seen(found, 0, None, str(error)), None
    key = reading.key(found, content, analyser)
    return Seen(found, len(content), key, None), reading.read(found, content, analyser)


def _in_memory(listing: Listing, analyser: Analyser, watch: Watch) -> Indexed:
    seen = _seen(listing, analyser, Stamps(), {})
    steps = _Steps(seen, watch)
    pairs = []
    for one in seen:
        pairs.append(_read(one.found, analyser))
        kept = pairs[-1][1]
        steps.add(one.size, len(kept.part.passages.lengths) if kept else 0)
    together, said = _whole(None, [one for one, _ in pairs], [kept for _, kept in pairs if kept], analyser)
    return _indexed(together, said, [one for one, _ in pairs], listing, Remembered())


def _stored(
    place: Path,
    listing: Listing,
    analyser: Analyser,
    watch: Watch,
    remembered: Remembered,
    written: Collection[Path],
) -> Indexed:
    """Return the index that is kept in a folder, brought up to date where it is not of the files as they are."""
    whole = place / "whole"
    held: Columns | None = None
    try:
        held = Columns(whole)
        if held.said.get("code") != reading.code("index"):
            held = None
    except FileNotFoundError:
        pass
    except DamagedIndex as error:
        _LOG.warning("%s", error)
    kept = {path.name for path in (place / "files").iterdir()} | {*_same(held)} if written else set[str]()
    listing, known = _without(written, listing, remembered, kept)
    seen = _seen(listing, analyser, remembered.stamps, known)
    if held is not None and held.said["keys"] == _keys(seen):
        return _indexed(held, held.said, seen, listing, remembered)
    seen, pieces = _pieces(place / "files", held, seen, analyser, watch)
    columns.write(whole, *_whole(held, seen, pieces, analyser))
    del held, pieces
    names = {one.key for one in seen}
    # What is no longer asked for, and what was being written when a process was killed: no other writes here now.
    for path in [*(place / "files").iterdir(), *place.glob(f"*{columns.UNFINISHED}")]:
        if path.name not in names:
            path.unlink(missing_ok=True)
    held = Columns(whole)
    return _indexed(held, held.said, seen, listing, remembered)


class _Same(NamedTuple):
    """A file that an index has already: its documents there, and what is said of it."""

    documents: range
    said: dict[str, Any]


def _same(held: Columns | None) -> dict[str, _Same]:
    """Return the files of an index by what they are kept by."""
    found: dict[str, _Same] = {}
    first = 0
    for key, said in zip(held.said["keys"], held.said["files"], strict=True) if held else ():
        found[key] = _Same(range(first, first + said["documents"]), said)
        first += said["documents"]
    return found


def _pieces(
    folder: Path, held: Columns | None, seen: Sequence[Seen], analyser: Analyser, watch: Watch
) -> tuple[list[Seen], list[_Same | Kept]]:
    """Return the files as they are now, and of each that can be read what the index has of it, or else what is kept of it
    or is now read."""
    same = _same(held)
    names = {path.name for path in folder.iterdir()} | same.keys()
    new = [place for place, one in enumerate(seen) if one.key and one.key not in names]
    steps = _Steps([seen[place] for place in new], watch)
    now = list(seen)
    for done in workers.keep(
        [seen[place].found for place in new], [seen[place].size for place in new], folder, analyser
    ):
        one = seen[new[done.place]]
        now[new[done.place]] = one._replace(key=done.key)
        steps.add(one.size, done.passages)
    pieces: list[_Same | Kept] = []
    for place, one in enumerate(now):
        piece: _Same | Kept | None = same.get(one.key) if one.key else None
        if piece is None and one.key:
            try:
                piece = reading.opened(folder / one.key)
            except (DamagedIndex, FileNotFoundError) as error:
                _LOG.warning("%s", error)
        if piece is None and one.left_out is None:
            # It was damaged, or the file went while the others were read.
            now[place], piece = _read(one.found, analyser)
            if piece is not None:
                reading.save(folder / str(now[place].key), piece)
        if piece is not None:
            pieces.append(piece)
    return now, pieces


class _Steps:
    """Counts what is done of some files, and tells it."""

    def __init__(self, files: Sequence[Seen], watch: Watch) -> None:
        self._watch = watch
        self._now = Progress(0, len(files), 0, sum(one.size for one in files), 0)
        watch(self._now)

    def add(self, size: int, passages: int) -> None:
        files, of_files, done, of_bytes, so_far = self._now
        self._now = Progress(files + 1, of_files, done + size, of_bytes, so_far + passages)
        self._watch(self._now)


def _keys(seen: Sequence[Seen]) -> list[str]:
    """Return what changes when an index of these files would be another."""
    return [one.key for one in seen if one.key]


def _whole(
    held: Columns | None, seen: Sequence[Seen], pieces: Sequence[_Same | Kept], analyser: Analyser
) -> tuple[dict[str, Array], dict[str, Any]]:
    """Return the columns of the index, and what is said of it: by what each of its files is kept, and what became of it."""
    files = [piece.said if isinstance(piece, _Same) else reading.said_of(piece) for piece in pieces]
    parts: list[range | Part] = []
    for piece in pieces:
        if isinstance(piece, Kept):
            parts.append(piece.part)
        elif parts and isinstance(parts[-1], range) and parts[-1].stop == piece.documents.start:
            parts[-1] = range(parts[-1].start, piece.documents.stop)
        else:
            parts.append(piece.documents)
    new = [one for one in parts if isinstance(one, Part)]
    if held and len(new) < len(parts):
        together, said = spliced(held, held.said, parts)
    else:
        # A part without documents, for a corpus may have no others.
        together, said = assembled([part((), analyser.terms), *new])
    return together, {**said, "code": reading.code("index"), "keys": _keys(seen), "files": files}


def _indexed(
    held: Mapping[str, Array],
    said: Mapping[str, Any],
    seen: Sequence[Seen],
    listing: Listing,
    remembered: Remembered,
) -> Indexed:
    """Return an index with the Report of its files, in the order in which they were listed."""
    index = built(held, said, remembered.opened)
    remembered.opened, remembered.seen = index.opened, seen
    told = iter(said["files"])
    reports: dict[str, FileReport] = {}
    first = 0
    for one in seen:
        if one.key is None:
            reports[one.found.key] = FileReport(one.found.file, left_out=one.left_out)
            continue
        report, count = reading.reported(next(told))
        documents = tuple(index.corpus.documents[first : first + count])
        reports[one.found.key] = replace(report, documents=documents)
        first += count
    return Indexed(index, Report(tuple(reports[found.key] for found in listing.files), listing.warnings))
