"""The Reading: what a reader returns of a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's text with line ends as ``\\n``, and the encoding it was stored in."""

    text: str
    encoding: str
