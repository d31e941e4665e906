"""Files as programs write them: made with the formats' own libraries, so that what is read was not written by us."""

import io
import zipfile
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

import docx
import pytest
from docx.document import Document as Word
from lxml import etree
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas


@pytest.fixture(scope="session")
def word() -> Callable[..., bytes]:
    """A function that returns a .docx of the paragraphs that another one writes into it."""

    def made(write: Callable[[Word], object]) -> bytes:
        document = docx.Document()
        write(document)
        held = io.BytesIO()
        document.save(held)
        return held.getvalue()

    return made


@pytest.fixture(scope="session")
def zipped() -> Callable[..., bytes]:
    """A function that returns a .zip of names and contents."""

    def made(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", method) as package:
            for name, content in files.items():
                package.writestr(name, content)
        return held.getvalue()

    return made


@pytest.fixture(scope="session")
def repacked() -> Callable[..., bytes]:
    """A function that returns a package with some of its parts exchanged."""

    def made(package: bytes, parts: Mapping[str, bytes]) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, parts.get(name, old.read(name)))
        return held.getvalue()

    return made


@pytest.fixture(scope="session")
def printed() -> Callable[..., bytes]:
    """A function that returns a PDF whose pages hold lines at given places, in a font of 12 points.

    A line is (x, y, words), in points from the lower left corner.
    """
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def made(pages: Sequence[Sequence[tuple[float, float, str]]], **options: object) -> bytes:
        held = io.BytesIO()
        canvas = Canvas(held, pagesize=A4, **options)
        for page in pages:
            canvas.setFont("STSong-Light", 12)
            for x, y, words in page:
                canvas.drawString(x, y, words)
            canvas.showPage()
        canvas.save()
        return held.getvalue()

    return made


@pytest.fixture(scope="session")
def set_in_lines() -> Callable[..., list[tuple[float, float, str]]]:
    """A function that sets paragraphs as a word processor does: two characters indented, lines as wide as 35 characters."""

    def made(paragraphs: Sequence[str], top: float = 700) -> list[tuple[float, float, str]]:
        lines: list[tuple[float, float, str]] = []
        y = top
        for paragraph in paragraphs:
            begin = 2
            while paragraph:
                wide = list(accumulate(0.5 if sign.isascii() else 1 for sign in paragraph))
                fits = bisect_right(wide, 35 - begin)
                lines.append((88 + 12 * begin, y, paragraph[:fits]))
                paragraph, begin = paragraph[fits:], 0
                y -= 20
        return lines

    return made


def element(source: str) -> etree._Element:
    """Return an element of WordprocessingML, written without saying what w: stands for."""
    whole = f'<x xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{source}</x>'
    return etree.fromstring(whole)[0]


@pytest.fixture(scope="session")
def numbered() -> Callable[..., None]:
    """A function that gives paragraphs of a Word document numbers: (level, format, text) of each level of a new list."""

    def made(document: Word, levels: Sequence[tuple[str, str]], paragraphs: Sequence[tuple[int, str]]) -> None:
        root = document.part.numbering_part.element
        shown = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for level, (form, text) in enumerate(levels)
        )
        # Abstract lists stand before the lists that name them.
        root.insert(0, element(f'<w:abstractNum w:abstractNumId="90">{shown}</w:abstractNum>'))
        root.append(element('<w:num w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
        for level, words in paragraphs:
            properties = document.add_paragraph(words)._p.get_or_add_pPr()
            properties.append(element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>'))

    return made
