"""Files made to fill memory or to go on for ever: each is named, in time, and costs itself alone."""

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from service.corpus.documents import read_folders
from service.corpus.readers import Bounds, read
from service.errors import UnreadableFile

LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a0 "啊">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
)
OUTSIDE = '<!DOCTYPE d [<!ENTITY a11 SYSTEM "file:///etc/passwd">]>'
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
FAR = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c></row>'
BOUNDS = Bounds(seconds=5, memory=1 << 30)


def book(parts: dict[str, str]) -> bytes:
    """Return a workbook in which some parts are others."""
    written, changed = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(written)
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in {*before.namelist(), *parts}:
            after.writestr(name, parts.get(name) or before.read(name))
    return changed.getvalue()


@pytest.mark.parametrize(
    ("make", "suffix"),
    [
        (lambda: book({"xl/worksheets/sheet1.xml": LAUGHS + SHEET.format(CELL.format("&a11;"))}), ".xlsx"),
        (lambda: book({"xl/worksheets/sheet1.xml": OUTSIDE + SHEET.format(CELL.format("&a11;"))}), ".xlsx"),
        (lambda: book({"xl/sharedStrings.xml": LAUGHS + "<sst><si><t>&a11;</t></si></sst>"}), ".xlsx"),
        (lambda: book({"xl/workbook.xml": OUTSIDE + "<workbook>&a11;</workbook>"}), ".xlsx"),
        # One cell far away, and all the empty ones before it.
        (lambda: book({"xl/worksheets/sheet1.xml": SHEET.format(FAR)}), ".xlsx"),
        (lambda: book({"xl/worksheets/sheet1.xml": SHEET.format(CELL.format("啊" * 40_000_000))}), ".xlsx"),
        (lambda: b"<html>" + b"<div>" * 2_000_000, ".html"),
        (lambda: b"<table>" * 100_000 + b"<td colspan=99999999 rowspan=99999999>", ".html"),
        (lambda: ("<?xml version='1.0'?>" + LAUGHS + "<html><body><p>&a11;</p></body></html>").encode(), ".html"),
        (lambda: ("<?xml version='1.0'?>" + OUTSIDE + "<html><body><p>&a11;</p></body></html>").encode(), ".html"),
        (lambda: b"%PDF-1.4\n" + b"1 0 obj<</Kids[1 0 R]/Type/Pages/Count 999999999>>endobj\n" * 50_000, ".pdf"),
    ],
)
def test_a_bomb_takes_no_more_than_it_may(make: Callable[[], bytes], suffix: str) -> None:
    raw = make()
    begun = time.monotonic()
    try:
        text = read(raw, suffix, BOUNDS).text
    except UnreadableFile:
        text = ""
    # What is over its time is ended, and the next process started.
    assert time.monotonic() - begun < 3 * BOUNDS.seconds
    assert "啊" * 1000 not in text
    assert "root:" not in text


def test_archives_in_archives_unfold_to_no_more_than_two(tmp_path: Path) -> None:
    content = b"0" * 900_000
    for _ in range(6):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
            for number in range(10):
                package.writestr(f"{number}.zip" if content[:2] == b"PK" else f"{number}.txt", content)
        content = packed.getvalue()
    (tmp_path / "弹.zip").write_bytes(content)
    begun = time.monotonic()
    report = read_folders([tmp_path])
    assert report.documents == []
    assert len(report.left_out) <= 110
    assert time.monotonic() - begun < 20
