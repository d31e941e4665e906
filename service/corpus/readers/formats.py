"""A file's suffix and bytes in, the format that it is in out: what a file is called and what it holds often differ."""

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from service.errors import UnreadableFile


class Format(NamedTuple):
    """A format that there is a reader for: its name for a person, the module that reads it, its suffixes.

    One that is read ``here`` needs no process of its own: nothing in it can hang or take much memory.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    here: bool = False


_TEXT = Format("文本", "plain", (".txt",), here=True)
_WEB = Format("网页", "webpage", (".html", ".htm"))
_SAVED = Format("网页（单个文件）", "saved_webpage", (".mht", ".mhtml"))
_WORD = Format("Word 文档", "word", (".docx",))
_MAIL = Format("邮件", "mail", (".eml",))
_PDF = Format("PDF", "pdf", (".pdf",))
_BOOK = Format("Excel 表格", "workbook", (".xlsx",))
# What LibreOffice opens for us.
_OFFICE = Format("旧版 Word 或 WPS 文档", "office", (".doc", ".wps", ".rtf", ".odt"))
_OLD_BOOK = Format("旧版 Excel 或 WPS 表格", "office", (".xls", ".et", ".ods"))
FORMATS = (
    _TEXT,
    Format("Markdown", "markdown", (".md",), here=True),
    _WEB,
    _SAVED,
    _WORD,
    _PDF,
    _BOOK,
    Format("CSV 表格", "separated", (".csv",), here=True),
    _MAIL,
    _OFFICE,
    _OLD_BOOK,
)
READERS: Mapping[str, Format] = MappingProxyType({suffix: form for form in FORMATS for suffix in form.suffixes})

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"BM")
# With these begins what is no text, whatever it is called.
MARKS = (_OLE, _ZIP, b"%PDF-", rb"{\rtf")
_LOOKED_AT = 2048
# With this begins what the list at the end of a zip file says of each part; a document has some hundreds, with its pictures.
_OF_LIST, _MOST_PARTS = b"PK\x01\x02", 20_000
_TOO_MANY = f"里面有 {_MOST_PARTS} 个以上的部件，不像文档；请核实来源，用原来的软件另存后再放入"
_OFD = "是 OFD 版式文件，暂不能读；请用 OFD 阅读器导出为 PDF 或文本后再放入"


def format_of(content: bytes, suffix: str) -> Format:
    """Return the format of a file with this suffix, by its bytes where these tell.

    :raises UnreadableFile: if it is in a format, or protected in a way, that nothing here reads
    """
    said = READERS[suffix]
    if content.startswith(_ZIP):
        return _packed(content, said)
    if content.startswith(_OLE):
        return _compound(content, said)
    head = content[:_LOOKED_AT]
    if b"%PDF-" in head[:1024] and (said is _PDF or head.lstrip().startswith(b"%PDF-")):
        return _PDF
    if head.startswith(rb"{\rtf"):
        return _OFFICE
    if said.here:
        return said
    if head.startswith(_PICTURES):
        raise UnreadableFile("内容是图片；请先做文字识别（OCR），存为 .docx 或 .txt 后再放入")
    words = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    saved = b"multipart/related" in words and words.startswith((b"mime-version:", b"from:", b"content-type:"))
    if saved and said is not _MAIL:
        return _SAVED
    if said is _WEB or words.startswith((b"<!doctype html", b"<html", b"<head")):
        return _WEB
    if said in (_WORD, _BOOK, _OFFICE, _OLD_BOOK, _PDF):
        return _damaged(content, said)
    return said


def _packed(content: bytes, said: Format) -> Format:
    """Return the format of what is stored as a zip file."""
    kind = b""
    try:
        # Its list takes a kilobyte for each entry, and this is not the process that is bounded.
        if content.count(_OF_LIST) > _MOST_PARTS:
            raise UnreadableFile(_TOO_MANY)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            if "mimetype" in names:
                with package.open("mimetype") as member:
                    kind = member.read(100)
    except UnreadableFile:
        raise
    # zlib, checksums, methods that are unknown: whatever it is, the file is not whole.
    except Exception:
        raise UnreadableFile("文件不完整（可能没有下载或复制完）；请重新复制后再放入") from None
    if "word/document.xml" in names:
        return _WORD
    if "xl/workbook.xml" in names:
        return _BOOK
    if b"opendocument.text" in kind:
        return _OFFICE
    if b"opendocument.spreadsheet" in kind:
        return _OLD_BOOK
    if "OFD.xml" in names:
        raise UnreadableFile(_OFD)
    raise UnreadableFile(f"扩展名是 {said.suffixes[0]}，内容却是压缩包或别的格式；请解开，或用原来的软件另存后再放入")


def _compound(content: bytes, said: Format) -> Format:
    """Return the format of what is stored as Office did before 2007, or as it stores what has a password."""
    # Names of streams, as they stand in its directory.
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile("有密码；请用 Word 或 WPS 打开，去掉密码后重新保存")
    if "WordDocument".encode("utf-16-le") in content:
        return _OFFICE
    if "Workbook".encode("utf-16-le") in content:
        return _OLD_BOOK
    raise UnreadableFile(
        f"扩展名是 {said.suffixes[0]}，内容却是别的 Office 文件；请另存为 .docx、.xlsx 或 PDF 后再放入"
    )


def _damaged(content: bytes, said: Format) -> Format:
    """Return plain text where a file is called a document of Word but is none: some programs write that.

    :raises UnreadableFile: if it is no text, either
    """
    if said is _OFFICE and b"\0" not in content:
        return _TEXT
    raise UnreadableFile(f"不是{said.name}，或已损坏；请用原来的软件打开后另存，再放入")
