"""Folders in, a Report of every file with its Documents out: the source of documents that is a folder."""

import hashlib
import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from service.corpus.described import FILE_NAME, described
from service.corpus.describing import described_by
from service.corpus.description import Description
from service.corpus.document import Document
from service.corpus.leftovers import leftovers
from service.corpus.readers import READERS
from service.corpus.report import FileReport, Report, much_left_over
from service.errors import NoCorpus, UnreadableFile


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a corpus folder, and all that its reading depends on beside its bytes.

    ``file`` is its path as it is shown, ``key`` what its documents' ids are made from, ``parts`` what corpus.toml says of
    them, ``names`` those of the file and of the folders it lies in. ``refused`` is why it is left out, if its path says so.
    """

    path: Path
    file: str
    key: str
    parts: tuple[Description, ...]
    names: tuple[str, ...]
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of some folders in the order of their paths, and the warnings that belong to no single file."""

    files: tuple[Found, ...] = ()
    warnings: tuple[str, ...] = ()


def read_folders(folders: Sequence[Path]) -> Report:
    """Read every file under the folders, in the order of their paths; a file that cannot be read is named, not raised.

    :raises NoCorpus: if a folder is not there
    """
    listing = list_folders(folders)
    return Report(tuple(map(read_file, listing.files)), listing.warnings)


def list_folders(folders: Sequence[Path]) -> Listing:
    """Return every file under the folders.

    Of several folders, the files of the second and later ones carry the folder's name before their path, so that a
    folder added later never changes the ids of the first one's documents.

    :raises NoCorpus: if a folder is not there
    """
    check_folders(folders)
    files: list[Found] = []
    warnings: list[str] = []
    for folder, prefix in zip(folders, _prefixes(folders), strict=True):
        descriptions = described(folder)
        within, own = os.path.realpath(folder), folder.resolve().name
        present: set[str] = set()
        for path in _files(folder):
            name = _printable(path.relative_to(folder).as_posix())
            # A second slash stands in no path of the first folder, so its b/x.txt and the x.txt of a folder b stay apart.
            key = f"{prefix}/{name}" if prefix else name
            parts = descriptions.files.get(name, (Description(),))
            refused = None
            if name in present:
                refused = "与另一文件同名，只是文件名的编码不同；请改名后再放入"
            elif not Path(os.path.realpath(path)).is_relative_to(within):
                refused = "是指向文件夹之外的链接，不予读取；请把文件本身放进来"
            names = (own, *Path(name).with_suffix("").parts)
            files.append(Found(path, prefix + name, key, parts, names, refused))
            present.add(name)
        warnings += [prefix + warning for warning in descriptions.warnings]
        warnings += [f"{prefix}{FILE_NAME}: 文件夹里没有 {name}" for name in descriptions.files if name not in present]
    return Listing(tuple(files), tuple(warnings))


def check_folders(folders: Sequence[Path]) -> None:
    """Return if the folders are there.

    :raises NoCorpus: naming the first that is not
    """
    for folder in folders:
        if not folder.is_dir():
            raise NoCorpus(f"{folder}: 没有这个文件夹；请用 --corpus（或 YOUJU_CORPUS）指明存放材料的文件夹")


def _prefixes(folders: Sequence[Path]) -> list[str]:
    """Return what stands before the paths of each folder's files: nothing for the first, then a name for each."""
    prefixes: list[str] = []
    for folder in folders:
        own = _printable(folder.resolve().name) or "root"
        name = f"{own}/" if prefixes else ""
        number = 2
        while name in prefixes:
            name = f"{own}-{number}/"
            number += 1
        prefixes.append(name)
    return prefixes


def _files(folder: Path) -> list[Path]:
    """Return every file below a folder but its corpus.toml, sorted by path.

    A folder that is hidden, a link or not to be opened is not entered, and stands here in place of its files.
    """
    found: list[Path] = []
    unopened: list[OSError] = []
    for base, folders, names in os.walk(folder, onerror=unopened.append):
        closed = [name for name in folders if name.startswith(".") or os.path.islink(os.path.join(base, name))]
        folders[:] = [name for name in folders if name not in closed]
        found += [Path(base) / name for name in (*names, *closed)]
    found += [Path(error.filename) for error in unopened]
    return sorted(
        (path for path in found if path != folder / FILE_NAME), key=lambda path: path.relative_to(folder).as_posix()
    )


def read_file(found: Found) -> FileReport:
    """Return what becomes of a file: its documents, or why it is left out."""
    try:
        return read_bytes(found, bytes_of(found))
    except UnreadableFile as error:
        return FileReport(found.file, left_out=str(error))


def bytes_of(found: Found) -> bytes:
    """Return what stands in a file that there is a reader for.

    :raises UnreadableFile: saying why there is nothing to read
    """
    path = found.path
    try:
        if found.refused is not None:
            raise UnreadableFile(found.refused)
        if path.name.startswith((".", "~$")):
            raise UnreadableFile("隐藏文件或临时文件，不予读取")
        if path.is_dir():
            raise UnreadableFile("是打不开的文件夹或文件夹的链接，其中的文件没有读取；请检查权限，或把文件夹本身放进来")
        if not path.is_file():
            raise UnreadableFile("不是普通文件（失效的链接或设备），不予读取；请把文件本身放进来")
        if path.suffix.lower() not in READERS:
            known = "、".join(sorted(READERS))
            raise UnreadableFile(f"暂不能读 {path.suffix or '没有扩展名的'} 文件；请另存为 {known} 后再放入")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"打不开（{error.strerror}）") from None


def read_bytes(found: Found, content: bytes) -> FileReport:
    """Return what becomes of a file that holds these bytes; they and ``found``, but for its path, are all it depends on."""
    try:
        reading = READERS[found.path.suffix.lower()](content)
        if not reading.text.strip():
            raise UnreadableFile("是空文件")
    except UnreadableFile as error:
        return FileReport(found.file, left_out=str(error))
    documents, warnings = _documents(found.key, found.file, reading.text, found.parts, found.names)
    warnings += filter(None, map(much_left_over, documents))
    return FileReport(found.file, tuple(documents), reading.encoding, warnings=tuple(warnings))


def _documents(
    key: str, file: str, text: str, parts: Sequence[Description], names: Sequence[str]
) -> tuple[list[Document], list[str]]:
    """Return the documents of a file's text, one per part whose first words stand in it, and what was not found.

    ``names`` are those of the file and of the folders it lies in.
    """
    found, warnings = [(0, 1, parts[0])], []
    for number, part in enumerate(parts[1:], 2):
        at = text.find(part.begins or "", found[-1][0] + 1)
        if at < 0:
            warnings.append(f"{FILE_NAME}: 找不到另一篇的开头“{part.begins}”")
        else:
            found.append((at, number, part))
    ends = [*(start for start, _, _ in found[1:]), len(text)]
    return [
        _document(document_id(key, number), file, number, text[start:end], part, names)
        for (start, number, part), end in zip(found, ends, strict=True)
    ], warnings


def _document(identity: str, file: str, number: int, text: str, said: Description, names: Sequence[str]) -> Document:
    furniture = leftovers(text)
    stem = names[-1] if number == 1 else f"{names[-1]}（{number}）"
    told = said.over(described_by(text, furniture, (*names[:-1], stem), said.title))
    return Document(
        id=identity,
        file=file,
        title=told.title or stem,
        text=text,
        date=told.date,
        issuer=told.issuer,
        kind=told.kind,
        leftovers=tuple(furniture),
        lapsed=bool(told.lapsed),
        number=told.number,
        subtitle=told.subtitle,
        published=told.published,
        effective=told.effective,
        expires=told.expires,
        speaker=told.speaker,
        occasion=told.occasion,
        place=told.place,
        source=told.source,
    )


def document_id(path: str, number: int) -> str:
    """Return the id of the number-th document of a file: 16 hexadecimal digits, the number behind from the second on.

    It depends on nothing but the path, so it stays when other files come and go or when the text is edited.
    """
    digest = hashlib.blake2b(path.encode(), digest_size=8).hexdigest()
    return digest if number == 1 else f"{digest}-{number}"


def _printable(name: str) -> str:
    """Return a file name in which bytes that are no UTF-8 (a GBK name on a Linux disk) are readable or replaced.

    One name has one spelling: a Mac stores é as two code points.
    """
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
