"""Folders in, every file of theirs with its bytes out: the source of documents that is a folder."""

import hashlib
import os
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from service.corpus import archive
from service.corpus.described import FILE_NAME, described
from service.corpus.description import Description
from service.corpus.readers import READERS, Bounds
from service.corpus.report import no_document
from service.errors import NoCorpus, UnreadableFile

_USUAL = Bounds()
# A zip in a zip is opened, one in that is not; nor is what lies in more zips and mails together.
_MOST_ZIPS, _DEEPEST = 2, 3
_TOO_DEEP = f"邮件和压缩包一共套了 {_DEEPEST} 层以上，不再打开；请解开后再放入"


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a corpus folder, or in an archive there, and all that its reading depends on beside its bytes.

    ``file`` is its path as it is shown, ``key`` what its documents' ids are made from, ``parts`` what corpus.toml says of
    them, ``names`` those of the file and of the folders it lies in. ``refused`` is why it is left out, if its path says so.
    ``inside`` leads to it in the archive at ``path``, ``bounds`` are what it may take.
    """

    path: Path
    file: str
    key: str
    parts: tuple[Description, ...]
    names: tuple[str, ...]
    refused: str | None = None
    inside: tuple[int, ...] = ()
    bounds: Bounds = _USUAL

    @property
    def suffix(self) -> str:
        return Path(self.file).suffix.lower()


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of some folders in the order of their paths, and the warnings that belong to no single file."""

    files: tuple[Found, ...] = ()
    warnings: tuple[str, ...] = ()


def list_folders(folders: Sequence[Path], bounds: Bounds = _USUAL) -> Listing:
    """Return every file under the folders; in place of an archive, the files in it.

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
            # No folder that is a link is entered, so of others nothing leads out.
            elif path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(within):
                refused = "是指向文件夹之外的链接，不予读取；请把文件本身放进来"
            names = (own, *Path(name).with_suffix("").parts)
            found = Found(path, prefix + name, key, parts, names, refused, bounds=bounds)
            present.add(name)
            for one in _with_its_files(found):
                inner = one.file.removeprefix(prefix)
                files.append(
                    replace(one, parts=descriptions.files.get(inner, parts if one is found else (Description(),)))
                )
                present.add(inner)
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


def _with_its_files(found: Found, zips: int = 0) -> list[Found]:
    """Return a file, or the files in it where it is an archive; both, where it is a mail. It lies in so many ``zips``."""
    if found.suffix not in archive.SUFFIXES or found.refused is not None:
        return [found]
    try:
        entries = archive.entries(bytes_of(found), found.suffix, found.bounds)
    except UnreadableFile as error:
        # A mail whose attachments cannot be told apart is read all the same.
        return [replace(found, refused=str(error)) if found.suffix not in READERS else found]
    is_mail = found.suffix in READERS
    kept = [found] if is_mail else []
    zips += not is_mail
    if not kept and not entries:
        return [replace(found, refused="压缩包里没有文件")]
    times: Counter[str] = Counter()
    for place, entry in enumerate(entries):
        times[entry.name] += 1
        twice = "压缩包里另有同名的文件；请改名后再放入" if times[entry.name] > 1 else None
        name = f"{entry.name}#{times[entry.name]}" if twice else entry.name
        one = replace(
            found,
            file=f"{found.file}/{name}",
            key=f"{found.key}/{name}",
            names=(*found.names, *Path(name).with_suffix("").parts),
            # What is attached to the deepest mail that is read is named, at least.
            refused=entry.refused or twice or (_TOO_DEEP if len(found.inside) == _DEEPEST else None),
            inside=(*found.inside, place),
        )
        is_zip = one.suffix in archive.SUFFIXES and one.suffix not in READERS
        if is_zip and zips == _MOST_ZIPS:
            kept.append(replace(one, refused=f"压缩包套了 {_MOST_ZIPS} 层以上，不再打开；请解开后再放入"))
        elif is_zip and len(one.inside) == _DEEPEST:
            kept.append(replace(one, refused=_TOO_DEEP))
        else:
            kept += _with_its_files(one, zips)
    return kept


def bytes_of(found: Found) -> bytes:
    """Return what stands in a file that there is a reader for, or in one that holds such files.

    :raises UnreadableFile: saying why there is nothing to read
    """
    path = found.path
    try:
        if found.refused is not None:
            raise UnreadableFile(found.refused)
        if (what := no_document(found.file)) is not None:
            raise UnreadableFile(what)
        if path.is_dir():
            raise UnreadableFile("是打不开的文件夹或文件夹的链接，其中的文件没有读取；请检查权限，或把文件夹本身放进来")
        if not path.is_file():
            raise UnreadableFile("不是普通文件（失效的链接或设备），不予读取；请把文件本身放进来")
        if found.suffix not in READERS and found.suffix not in archive.SUFFIXES:
            raise UnreadableFile(_unknown(found.suffix))
        size = path.stat().st_size
        if size > found.bounds.size:
            raise UnreadableFile(archive.too_long(size, found.bounds))
        if found.inside:
            return archive.entry_bytes(path, found.inside, found.bounds)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"打不开（{error.strerror}）") from None


def document_id(path: str, number: int) -> str:
    """Return the id of the number-th document of a file: 16 hexadecimal digits, the number behind from the second on.

    It depends on nothing but the path, so it stays when other files come and go or when the text is edited.
    """
    digest = hashlib.blake2b(path.encode(), digest_size=8).hexdigest()
    return digest if number == 1 else f"{digest}-{number}"


# What is seen in folders and read by nothing here: what to do with it.
_REMEDIES = {
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif"),
        "是图片；请先做文字识别（OCR），存为 .docx 或 .txt 后再放入",
    ),
    **dict.fromkeys((".ppt", ".pptx", ".dps"), "是演示文稿，暂不能读；请另存为 PDF 后再放入"),
    **dict.fromkeys((".rar", ".7z", ".tar", ".gz"), "这种压缩包暂不能读；请解开，或改为 .zip 后再放入"),
    ".ofd": "是 OFD 版式文件，暂不能读；请用 OFD 阅读器导出为 PDF 或文本后再放入",
    ".ceb": "是 CEB 版式文件，暂不能读；请用方正阅读器导出为 PDF 或文本后再放入",
}


def _unknown(suffix: str) -> str:
    """Return why a file with a suffix that nothing reads is left out."""
    otherwise = f"暂不能读 {suffix or '没有扩展名的'} 文件；请另存为 .docx、.pdf 或 .txt 后再放入"
    return _REMEDIES.get(suffix, otherwise)


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
