"""Bytes of a plain text file in, its text out."""

from service.corpus.joining import joined
from service.corpus.readers.decoding import decoded
from service.corpus.readers.reading import Reading


def read(raw: bytes) -> Reading:
    """Return the text with the breaks inside its sentences joined.

    :raises UnreadableFile: as ``decoded``
    """
    text, encoding = decoded(raw)
    return Reading(joined(text), encoding)
