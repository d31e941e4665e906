"""An archive's bytes in, the files in it out: of a .zip all of them, of a mail those attached; nothing is written to a disk."""

import io
import unicodedata
import zipfile
import zlib
from email import message_from_bytes
from email.message import Message
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from service.corpus.readers.mail_parts import attachments, header, payload
from service.corpus.readers.reading import Bounds
from service.errors import UnreadableFile

SUFFIXES = (".zip", ".eml")
_MOST_FILES = 2000
# So many times as long as one file may be, all files of an archive may be together.
_MOST_TOGETHER = 10
# Text is packed to a tenth; what is packed so much better is made to fill a disk or memory.
_BOMB_RATIO, _BOMB_SIZE = 200, 1_000_000
_BOMB = "解开后异常庞大，像是压缩炸弹，没有打开；请核实来源，解开后再放入"
_USUAL_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_IN_UTF8 = 0x800
_HAS_PASSWORD = 1
# With this begins what the list at the end of a zip file says of each file.
_OF_LIST = b"PK\x01\x02"


class Entry(NamedTuple):
    """A file in an archive: its path there, and why it is left out, if that is known before it is read."""

    name: str
    refused: str | None


def entries(content: bytes, suffix: str, bounds: Bounds) -> list[Entry]:
    """Return the files in an archive, in its order.

    :raises UnreadableFile: if it is damaged, or unfolds to more than it may
    """
    if suffix == ".eml":
        return [Entry(_clean(name), None) for name, _ in _attachments(content)]
    return [Entry(_clean(_name(info)), _refusal(info, bounds)) for info in _files(_opened(content, bounds))]


def entry_bytes(path: Path, inside: tuple[int, ...], bounds: Bounds) -> bytes:
    """Return the bytes of a file in an archive; ``inside`` are its places in it and in those within.

    :raises UnreadableFile: if it cannot be read any more
    :raises OSError: if the archive cannot
    """
    status = path.stat()
    return _take(_archive(path, (status.st_mtime_ns, status.st_size), inside[:-1], bounds), inside[-1], bounds)


# The files of an archive are asked for one after the other.
@lru_cache(maxsize=2)
def _archive(path: Path, stamp: tuple[int, int], inside: tuple[int, ...], bounds: Bounds) -> bytes:
    if not inside:
        return path.read_bytes()
    return _take(_archive(path, stamp, inside[:-1], bounds), inside[-1], bounds)


def _take(content: bytes, place: int, bounds: Bounds) -> bytes:
    try:
        if zipfile.is_zipfile(io.BytesIO(content)):
            package = _opened(content, bounds)
            info = _files(package)[place]
            if refused := _refusal(info, bounds):
                raise UnreadableFile(refused)
            return package.read(info)
        taken = _attachments(content)[place][1]
    except IndexError:
        raise UnreadableFile("压缩包或邮件刚被改动，其中没有这个文件了") from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        raise UnreadableFile("在压缩包里已损坏；请重新压缩，或解开后再放入") from None
    if len(taken) > bounds.size:
        raise UnreadableFile(too_long(len(taken), bounds))
    return taken


def too_long(size: int, bounds: Bounds) -> str:
    """Return why a file is left out that is longer than it may be."""
    return f"有 {size / 1e6:.1f} MB，超过 {bounds.size / 1e6:g} MB 的上限；请拆成几份，或用 --max-file（YOUJU_MAX_FILE）放宽"


# -- zip ---------------------------------------------------------------------------------------------------------------


# Kept with its list, which takes long to read where there are thousands of files.
@lru_cache(maxsize=2)
def _opened(content: bytes, bounds: Bounds) -> zipfile.ZipFile:
    # Before the list itself is read, which takes a kilobyte for each entry.
    if (entries := content.count(_OF_LIST)) > 10 * _MOST_FILES:
        raise UnreadableFile(_too_many(entries))
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise UnreadableFile("压缩包不完整或已损坏；请重新复制，或解开后再放入") from None
    found = _files(package)
    if len(found) > _MOST_FILES:
        raise UnreadableFile(_too_many(len(found)))
    if sum(info.file_size for info in found) > _MOST_TOGETHER * bounds.size:
        raise UnreadableFile(f"压缩包{_BOMB}")
    return package


def _too_many(files: int) -> str:
    return f"压缩包里有 {files} 个文件，超过 {_MOST_FILES} 个；请解开后再放入"


def _files(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    # Not by is_dir, which fails on a file without a name.
    return [info for info in package.infolist() if not info.filename.endswith("/")]


def _refusal(info: zipfile.ZipInfo, bounds: Bounds) -> str | None:
    """Return why a file of a zip archive cannot be taken out of it."""
    if info.flag_bits & _HAS_PASSWORD:
        return "压缩包有密码；请解开后再放入"
    if info.file_size > _BOMB_SIZE and info.file_size > _BOMB_RATIO * max(info.compress_size, 1):
        return _BOMB
    if info.file_size > bounds.size:
        return too_long(info.file_size, bounds)
    if info.compress_type not in _USUAL_METHODS:
        return "压缩方法不常见；请重新压缩为普通的 .zip，或解开后再放入"
    return None


def _name(info: zipfile.ZipInfo) -> str:
    """Return a file's name in a zip archive: without a mark that it is in UTF-8, programs here mean GBK all the same."""
    if info.flag_bits & _IN_UTF8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _clean(name: str) -> str:
    """Return a path that leads nowhere else: it is only shown, and tells one file from another."""
    parts = unicodedata.normalize("NFC", name.replace("\\", "/")).split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "无名文件"


# -- mail --------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _attachments(content: bytes) -> list[tuple[str, bytes]]:
    """Return the name and the bytes of each file in a mail."""
    try:
        return [(_name_of(part), _bytes_of(part)) for part in attachments(message_from_bytes(content))]
    # The mails of the world break the library in more ways than it documents.
    except Exception:
        raise UnreadableFile("邮件已损坏；请在邮件程序里打开，另存附件后再放入") from None


def _name_of(part: Message) -> str:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0)
        return f"{header(inner['Subject']) if isinstance(inner, Message) else ''}.eml".replace("/", "／")
    return header(part.get_filename())


def _bytes_of(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0)
        return inner.as_bytes() if isinstance(inner, Message) else b""
    return payload(part)
