"""The lines of printed pages with their places in, paragraphs out, and what is printed at the edge of every page."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from service.corpus.signing import offices


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of a page: its words, where it begins and ends, how high it stands, the height and width of its characters.

    ``is_row`` tells that there are gaps in it, as in a row of a table.
    """

    words: str
    left: float
    right: float
    bottom: float
    size: float
    em: float
    is_row: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page's height, and its lines from the top down."""

    height: float
    lines: list[Line]


# The part of a page's height at its top, and at its bottom, in which what repeats is no text.
_EDGE = 0.12
_NUMBER = re.compile(
    r"[\s\-—–－·.•]*(?:第\s*)?(?:\d{1,4}|[ivxlIVXL]{1,6})(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[\s\-—–－·.•]*"
)
_LABEL = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}[编章节条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]|附件"
)
_STOPS = "。！？；：!?;:"
_LARGER = 1.15
# What stands below a title in letters as large: a number, a subtitle, a day, a heading.
_OWN_LINE = re.compile(
    rf"[（(—]|\d{{4}}年\d{{1,2}}月|{_LABEL.pattern}|.*[〔\[（(](?:19|20)\d\d[〕\]）)].*号$|[一二][〇○零一二三四五六七八九]{{3}}年"
)
_CHUNK = re.compile(r"[!-~]*[^!-~]?[，。、；：！？％”’）》】]*")
_APART = re.compile(r"[A-Za-z\d,.;:)\u00c0-\u024f][A-Za-z(\u00c0-\u024f]|[A-Za-z\u00c0-\u024f]\d")


def running(pages: Sequence[Page]) -> set[Line]:
    """Return the lines that are page numbers, or the running heads and feet of pages."""
    edges: list[tuple[str, Line]] = []
    found: set[Line] = set()
    for page in pages:
        steps = [one.bottom - other.bottom for one, other in pairwise(page.lines)]
        apart = 1.3 * median(steps) if steps else 0.0
        for lines, gaps in ((page.lines[:2], steps[:2]), (page.lines[:-3:-1], steps[:-3:-1])):
            for count, line in enumerate(lines):
                height = (line.bottom + line.size / 2) / page.height if page.height else 0.5
                if _EDGE < height < 1 - _EDGE:
                    continue
                if _NUMBER.fullmatch(line.words):
                    found.add(line)
                # The text, a table's head at the top of each page too, stands close to what comes next.
                elif any(gap > apart for gap in gaps[count:]):
                    edges.append((f"{height:.2f} " + re.sub(r"[\d\s]+", "0", line.words), line))
    often = Counter(key for key, _ in edges)
    # Odd and even pages may have heads of their own, and first pages none.
    least = max(2, 0.3 * len(pages))
    return found | {line for key, line in edges if often[key] >= least}


def joined(pages: Sequence[Page], left_out: set[Line]) -> tuple[str, tuple[int, ...]]:
    """Return the text of pages, a paragraph a line, and where each page begins in it."""
    kept = [[line for line in page.lines if line not in left_out] for page in pages]
    setting = _Setting([line for lines in kept for line in lines])
    text: list[str] = []
    length = 0
    starts: list[int] = []
    before: Line | None = None
    for lines in kept:
        begun = False
        for line in lines:
            if before is not None:
                follows = setting.goes_on(before, line, new_page=not begun)
                border = _between(before.words, line.words) if follows else "\n"
                text.append(border)
                length += len(border)
            if not begun:
                starts.append(length)
                begun = True
            text.append(line.words)
            length += len(line.words)
            before = line
        if not begun:
            starts.append(length)
    return "".join(text) + "\n" * bool(text), tuple(starts)


class _Setting:
    """How the text of a document is set: between which margins, how far one line stands below another, whether indented."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.em = median(line.em for line in lines) if lines else 1.0
        self.size = median(line.size for line in lines) if lines else 1.0
        begins = Counter(round(line.left / self.em * 2) / 2 for line in lines)
        usual = [left for left, count in begins.items() if count >= max(2, 0.05 * len(lines))]
        self.left = min(usual, default=min(begins, default=0.0)) * self.em
        ends = sorted(line.right for line in lines)
        self.right = ends[int(0.95 * (len(ends) - 1))] if ends else 0.0
        steps = [one.bottom - other.bottom for one, other in pairwise(lines)]
        self.step = median([step for step in steps if step > 0] or [self.em * 1.5])
        indented = sum(1 for line in lines if 1.2 < (line.left - self.left) / self.em < 3.5)
        self.indents = indented >= 0.05 * len(lines)

    def goes_on(self, before: Line, line: Line, new_page: bool) -> bool:
        """Return whether a line goes on with the sentence of the line before."""
        if before.is_row or line.is_row or abs(before.size - line.size) > 0.2 * before.size:
            return False
        # What did not fit into the line: a character or a word, with the marks that may not stand apart from it.
        if not new_page and self._is_title(before, line):
            return True
        chunk = _CHUNK.match(line.words)
        room = 1.2 + sum(0.6 if sign.isascii() else 1 for sign in chunk[0]) if chunk else 1.2
        if before.right < self.right - room * max(before.em, self.em) or line.left > self.left + 0.9 * self.em:
            return False
        if not new_page and not 0 < before.bottom - line.bottom <= 1.6 * max(self.step, before.size):
            return False
        ended = before.words[-1] in _STOPS
        return not (ended and (not self.indents or _LABEL.match(line.words)))

    def _is_title(self, before: Line, line: Line) -> bool:
        """Return whether two lines are one title: larger than the text, about one middle, and neither as wide as the text."""
        larger = min(before.size, line.size) > _LARGER * self.size
        alike = abs(before.size - line.size) < 0.05 * line.size
        middle = abs(before.left + before.right - line.left - line.right) < self.em
        inside = self.left + self.em < min(before.left, line.left) and max(before.right, line.right) < self.right
        near = 0 < before.bottom - line.bottom < 2.2 * line.size
        if not (larger and alike and middle and inside and near) or before.words[-1] in _STOPS:
            return False
        return not (_LABEL.match(before.words) or _OWN_LINE.match(line.words) or offices(line.words))


def _between(before: str, behind: str) -> str:
    """Return what stands between two parts of a sentence that a line's end parted."""
    # A number is broken where a word is not.
    return " " if _APART.match(before[-1] + behind[0]) else ""
