"""A mail in, its parts out: headers as they are read, the bytes of a part, the files attached."""

from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from typing import Any

from service.corpus.readers import decoding


def header(value: Any) -> str:
    """Return a header as it is read."""
    if value is None:
        return ""
    told = ""
    try:
        parts = decode_header(value)
    except HeaderParseError:
        return " ".join(str(value).split())
    for part, charset in parts:
        if isinstance(part, str):
            told += part
            continue
        for name in (charset, "utf-8", "gb18030"):
            try:
                told += part.decode("gb18030" if name in ("gb2312", "gbk") else name or "ascii")
                break
            # UnicodeError, too: idna and punycode are names of charsets.
            except (LookupError, ValueError):
                continue
    return " ".join(told.split())


def is_attached(part: Message) -> bool:
    """Return whether a part is a file rather than text of the mail or a picture in it."""
    shown = part.get_content_disposition() != "attachment" and part["Content-ID"] is not None
    named = part.get_content_disposition() == "attachment" or part.get_filename() is not None
    return named and not (shown and part.get_content_maintype() == "image")


def attachments(message: Message) -> list[Message]:
    """Return the files in a mail: those attached, and mails that are passed on."""
    if not message.is_multipart():
        return [message] if is_attached(message) else []
    found: list[Message] = []
    for part in message.get_payload():
        if isinstance(part, Message):
            found += [part] if part.get_content_type() == "message/rfc822" else attachments(part)
    return found


def payload(part: Message) -> bytes:
    """Return the bytes of a part."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def decoded(content: bytes, charset: str | None) -> tuple[str, str]:
    """Return a text in the charset it is said to be in, else in the one its bytes are in; and that charset.

    :raises UnreadableFile: if it is no text
    """
    name = "gb18030" if charset in ("gb2312", "gbk") else charset
    if name is not None:
        try:
            return content.decode(name).replace("\r\n", "\n"), name.upper()
        except (LookupError, ValueError):
            pass
    return decoding.decoded(content)
