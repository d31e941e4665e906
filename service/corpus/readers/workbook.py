"""Bytes of an Excel workbook (.xlsx) in, its rows out, one a line, each sheet under its name."""

import datetime
import io
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils import range_boundaries

from service.corpus.readers.package import Package
from service.corpus.readers.reading import Lines, Reading
from service.corpus.readers.separated import joined

# What programs call a sheet that nobody named says nothing of its rows.
_NO_NAME = re.compile(r"(?:sheet|工作表|表格?)\s*\d*", re.I)
_NAMED_CELLS = 5


def read(raw: bytes) -> Reading:
    """Return the rows of all sheets that are shown, a tab between two cells; of a formula its last result.

    :raises UnreadableFile: if it is damaged or protected
    """
    # Looked at for what openpyxl does not ask: how large it is, and whether it defines entities.
    package = Package(raw)
    book = package.tree("xl/workbook.xml")
    package.tree("xl/sharedStrings.xml")
    lines = Lines()
    blank: set[tuple[str, str]] = set()
    for sheet, several in _sheets(raw, results=True):
        rows = []
        # openpyxl only knows where what it read is.
        spanning = _Spanning(package.attributes(sheet._worksheet_path.lstrip("/"), "mergeCell", "ref"))
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            # A cell that is there and holds nothing is a format, or a formula that was never worked out.
            blank |= {(sheet.title, cell.coordinate) for cell in cells if cell.value is None and hasattr(cell, "row")}
            if row := joined(spanning.filled(number, [_shown(cell) for cell in cells])).strip():
                rows.append(row)
        if rows and several and not _NO_NAME.fullmatch(sheet.title):
            lines.add(sheet.title, 1)
        for row in rows:
            lines.add(row)
    unknown = _formulas(raw, blank) if blank else []
    return Reading(lines.text, "Excel", tuple(lines.headings), warnings=(*_hidden(book), *_warned(unknown)))


def _hidden(book: etree._Element | None) -> list[str]:
    """Return a warning that names the sheets that are not shown, if there are any."""
    sheets = () if book is None else book.iter("{*}sheet")
    names = [sheet.get("name", "") for sheet in sheets if sheet.get("state", "visible") != "visible"]
    return [f"隐藏的工作表没有收入：{'、'.join(names)}；要收入请先取消隐藏"] if names else []


class _Spanning:
    """The cells of a sheet that span several rows; Excel shows each beside all of them, and the file has it in the first."""

    def __init__(self, merged: Iterable[str]) -> None:
        self._begin: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for where in merged:
            # Whole columns have no first row; what is no range has nothing.
            with suppress(ValueError, TypeError):
                column, first, _, last = range_boundaries(where)
                if last > first:
                    self._begin[first].append((column - 1, last))
        self._spanning: dict[int, tuple[int, str]] = {}

    def filled(self, number: int, row: list[str]) -> list[str]:
        """Return a row, the rows above it having been filled before, with what spans it; a row that has nothing stays so."""
        for column, (last, words) in list(self._spanning.items()):
            if number > last:
                del self._spanning[column]
            elif any(row) and column < len(row) and not row[column]:
                row[column] = words
        for column, last in self._begin.pop(number, ()):
            if column < len(row) and row[column]:
                self._spanning[column] = (last, row[column])
        return row


def _sheets(raw: bytes, *, results: bool) -> list[tuple[Any, bool]]:
    """Return the sheets that are shown, with the results of formulas or with these themselves, and whether there are several."""
    with warnings.catch_warnings():
        # It speaks of extensions that it leaves out; none holds text.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=results)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return [(sheet, len(sheets) > 1) for sheet in sheets]


def _formulas(raw: bytes, blank: set[tuple[str, str]]) -> list[str]:
    """Return which of the blank cells hold a formula, as 表名!B2, or B2 in the only sheet."""
    return [
        f"{sheet.title}!{cell.coordinate}" if several else cell.coordinate
        for sheet, several in _sheets(raw, results=False)
        for cells in sheet.iter_rows()
        for cell in cells
        if cell.value is not None and (sheet.title, cell.coordinate) in blank
    ]


def _warned(unknown: Sequence[str]) -> tuple[str, ...]:
    if not unknown:
        return ()
    named = "、".join(unknown[:_NAMED_CELLS]) + ("等" if len(unknown) > _NAMED_CELLS else "")
    return (f"{named} {len(unknown)} 格是公式，没有保存结果，读不出数；请用 Excel 或 WPS 打开后保存，再放入",)


def _shown(cell: Any) -> str:
    """Return a cell's value about as Excel shows it."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime.datetime():
            return value.date().isoformat() if value.time() == datetime.time() else f"{value:%Y-%m-%d %H:%M}"
        case float() | int():
            form = cell.number_format or ""
            if "%" in form:
                return f"{value * 100:.10g}%"
            return f"{value:,.10g}" if "#,##" in form and abs(value) < 1e10 else f"{value:.15g}"
        case _:
            return str(value)
