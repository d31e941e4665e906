"""Bytes of a CSV file in, its rows out, one a line."""

import csv

from service.corpus.readers import decoding
from service.corpus.readers.reading import Lines, Reading
from service.errors import UnreadableFile


def read(raw: bytes) -> Reading:
    """Return the rows, a tab between two cells.

    :raises UnreadableFile: if the bytes are no text
    """
    text, encoding = decoding.decoded(raw)
    lines = Lines()
    try:
        for row in csv.reader(text.splitlines(keepends=True)):
            lines.add(joined(row))
    except csv.Error:
        raise UnreadableFile("不是完整的 CSV 表格（引号不成对，或一格太长）；请另存为 .xlsx 后再放入") from None
    return Reading(lines.text, encoding)


def joined(cells: list[str]) -> str:
    """Return the cells of a row as a line; one that is empty leaves no more than its border."""
    return "\t".join(" ".join(cell.split()) for cell in cells)
