"""The Reading: what a reader returns of a file."""

import re
from dataclasses import dataclass

from service.corpus.document import Dropped, Heading


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's text with line ends as ``\\n``, and what its format says of it.

    ``encoding`` is how it was stored: an encoding of text, or a format. ``headings`` and ``pages`` (where each begins) are
    offsets of the text, in order. ``title`` and ``date`` are None where the format names none. ``dropped`` and ``warnings`` are
    for the report.
    """

    text: str
    encoding: str
    headings: tuple[Heading, ...] = ()
    pages: tuple[int, ...] = ()
    title: str | None = None
    date: str | None = None
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may take: bytes of its own, seconds to be read, bytes of memory meanwhile."""

    size: int = 50_000_000
    seconds: int = 60
    memory: int = 2 << 30


class Lines:
    """A text while it is put together, a paragraph at a time; paragraphs without a visible character are left out."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self.headings: list[Heading] = []

    def add(self, words: str, level: int | None = None) -> None:
        """Add a paragraph, of one line or more; it is a heading if it has a level."""
        words = "\n".join(filter(None, map(tidy, words.split("\n"))))
        if not words:
            return
        if level is not None:
            self.headings.append(Heading(self._length, level))
            # A heading is one line: a break inside is a matter of its setting.
            words = words.replace("\n", "")
        self._lines.append(words)
        self._length += len(words) + 1

    @property
    def text(self) -> str:
        return "".join(f"{line}\n" for line in self._lines)


def tidy(line: str) -> str:
    """Return a line without blanks at its ends, marks without width, and control characters but tabs."""
    return re.sub(r"[\x00-\x08\x0a-\x1f\x7f\u200b\ufeff\u00ad]", "", line).strip()
