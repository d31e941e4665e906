"""Bytes of a Markdown file in, its text out, with the headings that # marks.

Nothing else is read as Markdown: ** and * stand for what was taken out of an official text.
"""

import re

from service.corpus.document import Heading
from service.corpus.joining import joined
from service.corpus.readers import decoding
from service.corpus.readers.reading import Reading

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")


def read(raw: bytes) -> Reading:
    """Return the text without the marks of its headings; between these, breaks inside sentences are joined.

    :raises UnreadableFile: if the bytes are no text
    """
    text, encoding = decoding.decoded(raw)
    parts: list[str] = []
    headings: list[Heading] = []
    length, fenced = 0, False
    below: list[str] = []

    def add(part: str) -> None:
        nonlocal length
        parts.append(part)
        length += len(part) + 1

    for line in text.split("\n"):
        fenced ^= _FENCE.match(line) is not None
        marked = None if fenced else _HEADING.fullmatch(line)
        if marked is None:
            below.append(line)
            continue
        if below:
            add(joined("\n".join(below)))
            below = []
        headings.append(Heading(length, len(marked[1])))
        add(marked[2])
    if below:
        add(joined("\n".join(below)))
    return Reading("\n".join(parts), encoding, tuple(headings))
