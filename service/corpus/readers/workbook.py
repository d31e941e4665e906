"""Bytes of an Excel workbook (.xlsx) in, its rows out, one a line, each sheet under its name."""

import datetime
import io
import warnings
from typing import Any

import openpyxl

from service.corpus.readers.package import Package
from service.corpus.readers.reading import Lines, Reading
from service.corpus.readers.separated import joined


def read(raw: bytes) -> Reading:
    """Return the rows of all sheets that are shown, a tab between two cells; of a formula its last result.

    :raises UnreadableFile: if it is damaged or protected
    """
    # Looked at for what openpyxl does not ask: how large it is, and whether it defines entities.
    package = Package(raw)
    package.tree("xl/workbook.xml")
    package.tree("xl/sharedStrings.xml")
    lines = Lines()
    with warnings.catch_warnings():
        # It speaks of extensions that it leaves out; none holds text.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in sheets:
            rows = [row for cells in sheet.iter_rows() if (row := joined([_shown(cell) for cell in cells]).strip())]
            if rows and len(sheets) > 1:
                lines.add(sheet.title, 1)
            for row in rows:
                lines.add(row)
    return Reading(lines.text, "Excel", tuple(lines.headings))


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
