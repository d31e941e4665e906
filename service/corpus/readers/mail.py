"""Bytes of a mail (.eml) in, what it says out: who wrote it to whom, when, about what, and its text."""

from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

from service.corpus.joining import joined
from service.corpus.readers import webpage
from service.corpus.readers.mail_parts import decoded, header, is_attached, payload
from service.corpus.readers.reading import Lines, Reading

_SHOWN = (("From", "发件人"), ("To", "收件人"), ("Cc", "抄送"))


def read(raw: bytes) -> Reading:
    """Return the subject, the lines under it, and the text of a mail; what is attached are files of their own.

    :raises UnreadableFile: if its text is none
    """
    message = message_from_bytes(raw)
    subject = header(message["Subject"])
    lines = Lines()
    lines.add(subject)
    for name, called in _SHOWN:
        if told := header(message[name]):
            lines.add(f"{called}：{told}")
    if sent := _sent(message):
        lines.add(f"发送时间：{sent.year}年{sent.month}月{sent.day}日 {sent:%H:%M}")
    elif told := header(message["Date"]):
        lines.add(f"发送时间：{told}")
    body = _body(message)
    for line in body.text.split("\n"):
        lines.add(line)
    day = sent.date().isoformat() if sent else None
    return Reading(lines.text, "邮件", title=subject or None, date=day, dropped=body.dropped)


def _sent(message: Message) -> datetime | None:
    """Return when a mail was sent, by the clock of who sent it."""
    try:
        return parsedate_to_datetime(header(message["Date"]))
    except (ValueError, TypeError, IndexError):
        return None


def _body(message: Message) -> Reading:
    """Return the text of a mail, as it was written for reading without colours, if it was."""
    texts = [part for part in _own_parts(message) if part.get_content_maintype() == "text" and not is_attached(part)]
    for kind in ("text/plain", "text/html"):
        for part in texts:
            if part.get_content_type() == kind:
                text, encoding = decoded(payload(part), part.get_content_charset())
                return Reading(joined(text), encoding) if kind == "text/plain" else webpage.read_text(text, encoding)
    return Reading("", "")


def _own_parts(message: Message) -> list[Message]:
    """Return the parts of a mail without those of mails in it."""
    if not message.is_multipart():
        return [message]
    return [
        own
        for part in message.get_payload()
        if isinstance(part, Message) and part.get_content_type() != "message/rfc822"
        for own in _own_parts(part)
    ]
