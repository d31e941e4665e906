"""Bytes of a Markdown file in, its text out, with the headings that # marks.

Nothing else is read as Markdown: ** and * stand for what was taken out of an official text.
"""

import re

from service.corpus.document import Heading
from service.corpus.readers import plain
from service.corpus.readers.reading import Reading

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")


def read(raw: bytes) -> Reading:
    """Return the text without the marks of its headings.

    :raises UnreadableFile: if the bytes are no text
    """
    whole = plain.read(raw)
    lines: list[str] = []
    headings: list[Heading] = []
    length, fenced = 0, False
    for line in whole.text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        marked = None if fenced else _HEADING.fullmatch(line)
        if marked:
            headings.append(Heading(length, len(marked[1])))
        lines.append(marked[2] if marked else line)
        length += len(lines[-1]) + 1
    return Reading("\n".join(lines), whole.encoding, tuple(headings))
