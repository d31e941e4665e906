"""A passage in, its sentences out, the rows of tables among them whole and each with the row that heads its table."""

import re
from collections import Counter
from collections.abc import Iterator

from service.corpus.document import Span
from service.language.matching import readable
from service.passages.sentences import sentences

# Readers part the cells of a row by a tab; in Markdown bars do.
_BARS = re.compile(r"\s*\|.*\|\s*")
_BETWEEN = re.compile(r"\t|\|")
# | --- | :--: | stands below a header, and rows of nothing in forms.
_NOTHING = re.compile(r"[\s|:—-]+")
_RULE = re.compile(r"[\s|:]*-{2,}[\s|:-]*")
_SHORTEST_CELL = 2
# What stands in longer rows is prose.
_LONGEST = 240
# So many lines above a passage are looked at for the first row: a workbook has thousands.
_FARTHEST = 200


def parts(text: str, start: int, end: int) -> list[tuple[Span, Span | None]]:
    """Return the sentences of [start, end) in order, a row of a table being one, each with the row that heads its table.

    That may stand before ``start``, and is its own header; of a sentence, of a row by itself and far down a long table it is
    None. Rows of nothing are left out, unless there is nothing else.
    """
    found: list[tuple[Span, Span | None]] = []
    header: Span | None = None
    last = start
    for line in re.finditer("[^\n]+", text[start:end]):
        begin, stop = start + line.start(), start + line.end()
        within = header is not None and not (_is_parted(text[last:begin]) and _BARS.fullmatch(line[0]))
        last = stop
        if not _is_row(line[0]) or stop - begin > _LONGEST or not _is_begun(text, begin):
            header = None
            found += ((sentence, None) for sentence in sentences(text, begin, stop))
        elif _RULE.fullmatch(line[0]):
            # What stands right above heads what comes, whatever came before.
            if found and found[-1][1] is not None and not _is_parted(text[found[-1][0].end : begin]):
                header = found[-1][0]
                found[-1] = header, header
        elif not _NOTHING.fullmatch(line[0]):
            row = _trimmed(text, begin, stop)
            header = header if within else _header(text, row, begin)
            found.append((row, header))
    rows = Counter(header for _, header in found)
    whole = [(part, None if rows[header] == 1 and header == part else header) for part, header in found]
    return whole or [(sentence, None) for sentence in sentences(text, start, end)]


def named(row: str, asked: str) -> int:
    """Return how many characters of a question, in readable form, the cell of a row takes that stands in it whole.

    Of 失能老人 and 半失能老人 the one that was asked about.
    """
    cells = (readable(cell.strip()).text for cell in _BETWEEN.split(row))
    return max((len(cell) for cell in cells if len(cell) >= _SHORTEST_CELL and cell in asked), default=0)


def _header(text: str, row: Span, begin: int) -> Span | None:
    """Return the row that heads the table of a row whose line begins at a place; None where the table goes on too far up."""
    header, in_bars = row, _BARS.fullmatch(text[row.start : row.end]) is not None
    above = _above(text, begin)
    for number, (start, stop) in enumerate(above):
        line = text[start:stop]
        if not line.strip():
            if in_bars:
                break
        elif _RULE.fullmatch(line):
            start, stop = next(above, (0, 0))
            line = text[start:stop]
            return _trimmed(text, start, stop) if _is_row(line) and not _NOTHING.fullmatch(line) else header
        elif not _is_row(line) or stop - start > _LONGEST:
            break
        elif number == _FARTHEST:
            return None
        elif not _NOTHING.fullmatch(line):
            header = _trimmed(text, start, stop)
    return header


def _above(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Yield where the lines before the one that begins at a place begin and end, the nearest first."""
    while begin > 0:
        stop = begin - 1
        begin = text.rfind("\n", 0, stop) + 1
        yield begin, stop


def _is_begun(text: str, at: int) -> bool:
    """Return whether nothing of its line stands before a place: a passage may begin in the midst of a row."""
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()


def _is_parted(between: str) -> bool:
    """Return whether a blank line stands between two lines."""
    return between.count("\n") > 1


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _is_row(line: str) -> bool:
    return "\t" in line.strip() or _BARS.fullmatch(line) is not None
