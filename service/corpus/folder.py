"""Folders in, a Report of every file with its Documents out: the source of documents that is a folder."""

import hashlib
import os
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from service.corpus import front
from service.corpus.described import FILE_NAME, Described, Description, described
from service.corpus.document import Document
from service.corpus.leftovers import leftovers, outside, visible_lines
from service.corpus.readers import READERS
from service.corpus.report import FileReport, Report
from service.errors import NoCorpus, UnreadableFile


def read_folders(folders: Sequence[Path]) -> Report:
    """Read every file under the folders, in the order of their paths; a file that cannot be read is named, not raised.

    Of several folders, the files of the second and later ones carry the folder's name before their path, so that a
    folder added later never changes the ids of the first one's documents.

    :raises NoCorpus: if a folder is not there
    """
    files: list[FileReport] = []
    warnings: list[str] = []
    for folder, prefix in zip(folders, _prefixes(folders), strict=True):
        if not folder.is_dir():
            raise NoCorpus(f"{folder}: 没有这个文件夹；请用 --corpus（或 YOUJU_CORPUS）指明存放文档的文件夹")
        descriptions = described(folder)
        found = [_read(path, folder, prefix, descriptions) for path in _files(folder)]
        present = {path.relative_to(folder).as_posix() for path in _files(folder)}
        absent = [name for name in descriptions.files if name not in present]
        warnings += [prefix + warning for warning in descriptions.warnings]
        warnings += [f"{prefix}{FILE_NAME}: 文件夹里没有 {name}" for name in absent]
        files += found
    return Report(tuple(files), tuple(warnings))


def _prefixes(folders: Sequence[Path]) -> list[str]:
    """Return what stands before the paths of each folder's files: nothing for the first, then each a name of its own."""
    prefixes: list[str] = []
    for folder in folders:
        name = f"{folder.resolve().name or 'root'}/" if prefixes else ""
        number = 2
        while name in prefixes:
            name = f"{folder.resolve().name}-{number}/"
            number += 1
        prefixes.append(name)
    return prefixes


def _files(folder: Path) -> Iterator[Path]:
    """Yield every file below a folder but its corpus.toml, sorted by path; links to folders are not entered."""
    paths = (Path(base) / name for base, _, names in os.walk(folder) for name in names)
    yield from sorted(
        (path for path in paths if path != folder / FILE_NAME), key=lambda path: path.relative_to(folder).as_posix()
    )


def _read(path: Path, folder: Path, prefix: str, descriptions: Described) -> FileReport:
    relative = path.relative_to(folder).as_posix()
    file = prefix + _printable(relative)
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise UnreadableFile("是指向文件夹之外的链接，不予读取；请把文件本身放进来")
        if path.name.startswith((".", "~$")):
            raise UnreadableFile("隐藏文件或临时文件，不予读取")
        reader = READERS.get(path.suffix.lower())
        if reader is None:
            known = "、".join(sorted(READERS))
            raise UnreadableFile(f"暂不能读 {path.suffix or '没有扩展名的'} 文件；请另存为 {known} 后再放入")
        reading = reader(path.read_bytes())
        if not reading.text.strip():
            raise UnreadableFile("是空文件")
    except UnreadableFile as error:
        return FileReport(file, left_out=str(error))
    except OSError as error:
        return FileReport(file, left_out=f"打不开（{error.strerror}）")
    parts = descriptions.files.get(relative, (Description(),))
    documents, warnings = _documents(file, reading.text, parts)
    return FileReport(file, tuple(documents), reading.encoding, warnings=tuple(warnings))


def _documents(file: str, text: str, parts: Sequence[Description]) -> tuple[list[Document], list[str]]:
    """Return the documents of a file's text, one per part whose first words stand in it, and what was not found."""
    begins, described_parts, warnings = [0], [parts[0]], []
    for part in parts[1:]:
        at = text.find(part.begins or "", begins[-1] + 1)
        if at < 0:
            warnings.append(f"{FILE_NAME}: 找不到另一篇的开头“{part.begins}”")
        else:
            begins.append(at)
            described_parts.append(part)
    ends = [*begins[1:], len(text)]
    return [
        _document(file, number, text[start:end], part)
        for number, (start, end, part) in enumerate(zip(begins, ends, described_parts, strict=True), 1)
    ], warnings


def _document(file: str, number: int, text: str, said: Description) -> Document:
    furniture = leftovers(text)
    lines = list(visible_lines(text))
    body = outside(lines, furniture)
    stem = Path(file).stem
    return Document(
        id=document_id(file, number),
        file=file,
        title=said.title or front.title(text, body, stem if number == 1 else f"{stem}（{number}）"),
        text=text,
        date=said.date or front.date(text, lines),
        issuer=said.issuer,
        kind=said.kind,
        leftovers=tuple(furniture),
    )


def document_id(file: str, number: int) -> str:
    """Return the id of the number-th document of a file: 16 hexadecimal digits, the number behind from the second on.

    It depends on nothing but the path, so it stays when other files come and go or when the text is edited.
    """
    digest = hashlib.blake2b(unicodedata.normalize("NFC", file).encode(), digest_size=8).hexdigest()
    return digest if number == 1 else f"{digest}-{number}"


def _printable(name: str) -> str:
    """Return a file name in which bytes that are no UTF-8 (a GBK name on a Linux disk) are readable or replaced."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
