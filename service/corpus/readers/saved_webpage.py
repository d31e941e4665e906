"""Bytes of a web page saved as one file (.mht) in, the text of its document out."""

from email import message_from_bytes

from service.corpus.readers import webpage
from service.corpus.readers.mail_parts import decoded, payload
from service.corpus.readers.reading import Reading
from service.errors import UnreadableFile


def read(raw: bytes) -> Reading:
    """Return the text of the first page in the file.

    :raises UnreadableFile: if there is none
    """
    for part in message_from_bytes(raw).walk():
        if part.get_content_type() == "text/html":
            page = payload(part)
            charset = part.get_content_charset()
            return webpage.read(page) if charset is None else webpage.read_text(*decoded(page, charset))
    raise UnreadableFile("里面没有网页正文；请在浏览器中另存为“仅 HTML”或打印为 PDF 后再放入")
