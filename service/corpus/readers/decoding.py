"""Bytes in, the text that they are out: UTF-8, UTF-16 with a mark, else strict GB18030."""

import codecs
import re
import unicodedata

from service.errors import UnreadableFile

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# GB18030 gives a character to nearly every pair of bytes, so that a picture decodes as well as a letter does. What
# tells them apart: text holds no control characters but these, and hardly any code point that means nothing.
_LAYOUT = frozenset("\t\n\r\f\v")
_MOST_STRANGE = 0.01
# Characters that are right UTF-8 for each that is not: so many tell a damaged file from one in another encoding.
_FEW = 20


def decoded(raw: bytes) -> tuple[str, str]:
    """Return the text without a byte order mark, line ends as ``\\n``, and its encoding.

    :raises UnreadableFile: if the bytes are no text in one of the encodings; the message has no file name
    """
    if raw.startswith(_UTF16_MARKS):
        text, encoding = _decoded(raw, "utf-16"), "UTF-16"
        if _strange(text):
            raise UnreadableFile("不是文本文件；请另存为 UTF-8 文本后再放入")
    elif b"\0" in raw:
        raise UnreadableFile(f"不是文本文件（第 {raw.index(0)} 字节为空字节）；请另存为 UTF-8 文本后再放入")
    else:
        try:
            text, encoding = raw.decode("utf-8-sig"), "UTF-8"
        except UnicodeDecodeError as not_utf8:
            if _is_damaged_utf8(raw, not_utf8):
                raise UnreadableFile(f"UTF-8 文本在第 {not_utf8.start} 字节处损坏；请重新保存或复制后再放入") from None
            text, encoding = _decoded(raw, "gb18030", at=not_utf8.start), "GB18030"
            if _strange(text):
                raise UnreadableFile("不是文本文件；请另存为 UTF-8 文本后再放入") from None
    return re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff")), encoding


def _decoded(raw: bytes, encoding: str, at: int = 0) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"既不是 UTF-8（第 {at} 字节）也不是 {encoding.upper()}（第 {error.start} 字节）；请另存为 UTF-8 后再放入"
        ) from None


def _is_damaged_utf8(raw: bytes, error: UnicodeDecodeError) -> bool:
    """Return whether bytes that are no UTF-8 were meant to be: cut off in a character, or with few errors.

    GB18030 would make another text of them. Its own texts are hardly ever UTF-8 for more than a few bytes.
    """
    if error.reason == "unexpected end of data":
        return not raw[: error.start].isascii()
    loose = raw.decode("utf-8", "replace")
    wrong = loose.count("\ufffd")
    right = sum(1 for character in loose if character > "\x7f") - wrong
    return right > _FEW * wrong


def _strange(text: str) -> bool:
    """Return whether so many characters are controls or unassigned that this is no text."""
    count = sum(1 for c in text if c not in _LAYOUT and unicodedata.category(c) in ("Cc", "Cn", "Co"))
    return count > _MOST_STRANGE * len(text)
