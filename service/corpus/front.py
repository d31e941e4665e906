"""A text's first lines in, what it says of itself out: the title and the date, or nothing where it does not say."""

import re
from collections.abc import Sequence

from service.corpus.document import Span

_FRONT_LINES = 12
_LONGEST_TITLE = 60
_SALUTATION = re.compile(r".{0,20}[:：]")
_LABEL = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]{1,4}[编章节条]\s*|[（(]?[一二三四五六七八九十\d]{1,3}(?:[）)]|[、.．])\s*)"
)
# A date in brackets or a place-and-occasion line stands under a title and is not it.
_BY_LINE = re.compile(
    r"[（(].*|[—–-]{2}.*|\d{4}年\d{1,2}月\d{1,2}日.*|.{0,24}(?:省长|市长|主席|主任|县长|书记|总理)\s*[\u4e00-\u9fff·\s]{2,8}"
)
_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})(?!\d)\s*日?")


def title_line(text: str, lines: Sequence[Span]) -> Span | None:
    """Return the first title-like line: short, no sentence, no salutation, no by-line; None where there is none.

    ``lines`` are the document's lines without furniture. A title stands before the first labelled heading.
    """
    for line in lines[:_FRONT_LINES]:
        words = text[line.start : line.end]
        if _LABEL.match(words):
            return None
        if _BY_LINE.fullmatch(words):
            continue
        if len(words) > _LONGEST_TITLE or words[-1] in "。；;，,！!？?、" or _SALUTATION.fullmatch(words):
            return None
        return line
    return None


def title(text: str, lines: Sequence[Span], stem: str) -> str:
    """Return the title-like line, else the first heading without its label, else the file's name."""
    line = title_line(text, lines)
    if line is not None:
        return text[line.start : line.end]
    for line in lines:
        words = text[line.start : line.end]
        label = _LABEL.match(words)
        if label and len(words) <= _LONGEST_TITLE and words[label.end() :] and words[-1] not in "。；;，,：:":
            return words[label.end() :]
    return stem


def date(text: str, lines: Sequence[Span]) -> str | None:
    """Return the day named in the first lines as YYYY-MM-DD, where a line there is short and names one; else None.

    Only short lines count: a long one is the document's body, and its dates are those of events.
    """
    for line in lines[:_FRONT_LINES]:
        words = text[line.start : line.end]
        if len(words) <= _LONGEST_TITLE and (found := _DAY.search(words)):
            year, month, day = (int(part) for part in found.groups())
            if 1 <= month <= 12 and 1 <= day <= 31:
                return f"{year:04d}-{month:02d}-{day:02d}"
    return None
