"""A file in, what an index keeps of it out, which is read again while neither the file nor the program changes."""

from functools import cache
from hashlib import blake2b
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

import service
from service.corpus.document import Dropped
from service.corpus.folder import Found
from service.corpus.readers import read_by
from service.corpus.report import FileReport
from service.index import columns
from service.index.built import Part, part
from service.index.columns import Columns
from service.language.analyser import Analyser

# By what files are read, and how it is kept: another program may read the same files otherwise.
_CODE = (
    "corpus",
    "passages",
    "language",
    *(f"index/{module}.py" for module in ("bags", "columns", "entry", "postings", "terms")),
)


class Kept(NamedTuple):
    """What is kept of a file: what became of it, without its documents; how many these are; their part of an index."""

    report: FileReport
    documents: int
    part: Part


@cache
def code(*names: str) -> str:
    """Return what changes when the program does, as far as it stands under these names."""
    told = blake2b(digest_size=8)
    own = Path(service.__file__).parent
    for path in sorted(found for name in names for found in [own / name, *(own / name).rglob("*")]):
        if path.suffix in (".py", ".txt"):
            told.update(path.relative_to(own).as_posix().encode() + b"\0" + path.read_bytes())
    return told.hexdigest()


def key(found: Found, content: bytes, analyser: Analyser) -> str:
    """Return what changes when something else would be kept of a file."""
    told = blake2b(digest_size=16)
    beside = (
        code(*_CODE),
        analyser.fingerprint,
        found.file,
        found.key,
        found.parts,
        found.names,
        read_by(content, found.suffix, found.bounds),
    )
    told.update(repr(beside).encode("utf-8", "surrogatepass") + b"\0" + content)
    return told.hexdigest()


def read(found: Found, content: bytes, analyser: Analyser) -> Kept:
    """Return what is to be kept of a file that holds these bytes."""
    # Not before: where nothing is new, the start need not wait for what reads, a tenth of a second.
    from service.corpus.documents import read_bytes

    whole = read_bytes(found, content)
    report = FileReport(whole.file, (), whole.encoding, whole.left_out, whole.warnings, whole.dropped)
    return Kept(report, len(whole.documents), part(whole.documents, analyser.terms))


def save(path: Path, kept: Kept) -> None:
    """Write what is kept of a file; whoever reads it at the same time sees all of it or nothing.

    :raises OSError: if it cannot be written
    """
    # Should the machine fail, what is not whole is noticed: files by the thousand need not wait for the disk.
    columns.write(path, kept.part.columns, said_of(kept), lasting=False)


def opened(path: Path) -> Kept:
    """Return what was kept of a file.

    :raises DamagedIndex: if it is not as it was written
    :raises OSError: if it is not there
    """
    # Not as a map: thousands of them would be open at a time.
    held = Columns(path, mapped=False)
    report, documents = reported(held.said)
    return Kept(report, documents, Part.over(held))


def said_of(kept: Kept) -> dict[str, Any]:
    """Return what is kept of a file beside its part of the index, as far as JSON can say it."""
    report = kept.report
    return {
        "file": report.file,
        "encoding": report.encoding,
        "left_out": report.left_out,
        "warnings": report.warnings,
        "dropped": report.dropped,
        "documents": kept.documents,
    }


def reported(said: dict[str, Any]) -> tuple[FileReport, int]:
    """Return what became of a file, and how many documents it has."""
    dropped = tuple(Dropped(intern(rule), words) for rule, words in said["dropped"])
    report = FileReport(said["file"], (), said["encoding"], said["left_out"], tuple(said["warnings"]), dropped)
    return report, said["documents"]
