"""A passage in, its sentences out, the rows of tables among them whole and each with the row that heads its table."""

import re
from collections import Counter

from service.corpus.document import Span
from service.language.matching import readable
from service.passages.sentences import sentences

# Readers part the cells of a row by a tab; in Markdown bars do.
_BARS = re.compile(r"\s*\|.*\|\s*")
_BETWEEN = re.compile(r"\t|\|")
# | --- | :--: |
_RULE = re.compile(r"[\s|:—-]+")
_SHORTEST_CELL = 2
# What stands in longer cells is prose.
_LONGEST = 240
# So many rows above a passage are looked at for the first one: a workbook has thousands.
_FARTHEST = 200


def parts(text: str, start: int, end: int) -> list[tuple[Span, Span | None]]:
    """Return the sentences of [start, end) in order, a row of a table being one, each with the row that heads its table.

    That may stand before ``start``, and is its own header; of a sentence, and of a row by itself, it is None. Far down a long
    table the first row that is looked at is taken for it. The line that Markdown draws under a header is left out.
    """
    found: list[tuple[Span, Span | None]] = []
    header: Span | None = None
    for line in re.finditer("[^\n]+", text[start:end]):
        begin, stop = start + line.start(), start + line.end()
        if not _is_row(line[0]):
            header = None
        elif _RULE.fullmatch(line[0]):
            continue
        elif line.end() - line.start() <= _LONGEST:
            header = header or _first(text, begin, stop)
            found.append((_without_blanks(text, begin, stop), header))
            continue
        found += ((sentence, None) for sentence in sentences(text, begin, stop))
    alone = Counter(header for _, header in found)
    return [(part, None if alone[header] == 1 and header == part else header) for part, header in found]


def named(row: str, asked: str) -> int:
    """Return how many characters of a question, in readable form, the cell of a row takes that stands in it whole.

    Of 失能老人 and 半失能老人 the one that was asked about.
    """
    cells = (readable(cell.strip()).text for cell in _BETWEEN.split(row))
    return max((len(cell) for cell in cells if len(cell) >= _SHORTEST_CELL and cell in asked), default=0)


def _first(text: str, start: int, end: int) -> Span:
    """Return the first row of the table that the row [start, end) stands in."""
    above = start
    for _ in range(_FARTHEST):
        if above == 0:
            break
        stop = above - 1
        above = text.rfind("\n", 0, stop) + 1
        line = text[above:stop]
        if _is_row(line):
            start, end = above, stop
        elif line.strip():
            break
    return _without_blanks(text, start, end)


def _without_blanks(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _is_row(line: str) -> bool:
    return "\t" in line.strip() or _BARS.fullmatch(line) is not None
