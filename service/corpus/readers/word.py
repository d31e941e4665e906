"""Bytes of a Word document (.docx) in, its text out as Word shows it: headings, numbers of lists, tables row by row, footnotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from service.corpus.document import Dropped
from service.corpus.readers.numbering import Numbering, W
from service.corpus.readers.package import Package
from service.corpus.readers.reading import Lines, Reading
from service.errors import UnreadableFile

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Strict documents, which few programs write, name the same things otherwise.
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
# What is not shown, or shown elsewhere.
_UNSEEN = {W + name for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt")} | {_MC + "Fallback"}
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.I)
# What is printed beside the text, and in which parts of the file it is.
_REMARK = "批注"
_ASIDE = (
    ("页眉页脚", re.compile(r"word/(?:header|footer)\d*\.xml")),
    (_REMARK, re.compile(r"word/comments\.xml")),
)
_LONGEST_CELL = 200


class _Style(NamedTuple):
    """What a paragraph style says: whether it is the title's or a table of contents', its level as a heading, its list."""

    is_title: bool = False
    is_contents: bool = False
    level: int | None = None
    list: tuple[str, int] | None = None


def read(raw: bytes) -> Reading:
    """Return the text of the document with its notes at the end; page headers, tables of contents and remarks are left out.

    :raises UnreadableFile: if it is damaged or protected
    """
    package = Package(raw)
    document = package.tree("word/document.xml")
    if document is None or document.tag.startswith(_STRICT):
        raise UnreadableFile("不是通常的 Word 文档；请用 Word 或 WPS 另存为 .docx 后再放入")
    body = document.find(f"{W}body")
    styles = _styles(package.tree("word/styles.xml"))
    lists = {name: style.list for name, style in styles.items() if style.list}
    notes = {kind: package.tree(f"word/{kind}s.xml") for kind in ("footnote", "endnote")}
    writer = _Writer(styles, Numbering(package.tree("word/numbering.xml"), lists))
    if body is not None:
        writer.add_blocks(body)
    writer.add_notes(notes)
    dropped = [Dropped("目录", words) for words in writer.contents]
    dropped += _aside(package)
    title = "".join(writer.title) or None
    return Reading(writer.lines.text, "Word", tuple(writer.lines.headings), title=title, dropped=tuple(dropped))


def _aside(package: Package) -> Iterator[Dropped]:
    """Yield what is printed at the edges of pages, of each part of the file once, and what was remarked."""
    for name in package.names():
        rule = next((rule for rule, part in _ASIDE if part.fullmatch(name)), None)
        tree = package.tree(name) if rule else None
        if rule is None or tree is None:
            continue
        writer = _Writer({}, Numbering(None, {}))
        for parent in tree.iterfind(f"{W}comment") if rule == _REMARK else [tree]:
            writer.add_blocks(parent)
        yield from (Dropped(rule, line) for line in writer.lines.text.splitlines())


def _styles(root: etree._Element | None) -> dict[str, _Style]:
    """Return the paragraph styles by their ids, each with what it takes over from the one it is based on."""
    if root is None:
        return {}
    elements = {style.get(f"{W}styleId", ""): style for style in root.iterfind(f"{W}style")}
    found: dict[str, _Style] = {}

    def style(name: str, below: tuple[str, ...] = ()) -> _Style:
        if name not in elements or name in below:
            return _Style()
        if name not in found:
            element = elements[name]
            base = style(_value(element, "basedOn") or "", (*below, name))
            called = (_value(element, "name") or "").strip().lower()
            told = _HEADING_STYLE.fullmatch(called)
            properties = element.find(f"{W}pPr")
            own = _level(properties)
            found[name] = _Style(
                called in ("title", "标题") or base.is_title,
                bool(re.match(r"toc\s*(?:\d|heading)|目录", called)),
                own if own is not None else int(told[1]) if told else base.level,
                _list(properties, base.list),
            )
        return found[name]

    for name in elements:
        style(name)
    return found


def _value(element: etree._Element, name: str) -> str | None:
    child = element.find(W + name)
    return None if child is None else child.get(f"{W}val")


def _level(properties: etree._Element | None) -> int | None:
    """Return the level of a heading from 1; 0 where it is said to be body text, None where nothing is said."""
    said = None if properties is None else _value(properties, "outlineLvl")
    return None if said is None or not said.isdecimal() else int(said) + 1 if int(said) < 9 else 0


def _list(properties: etree._Element | None, otherwise: tuple[str, int] | None) -> tuple[str, int] | None:
    """Return the list and level that properties name, where they are silent those of the style."""
    told = None if properties is None else properties.find(f"{W}numPr")
    if told is None:
        return otherwise
    number, level = _value(told, "numId"), _value(told, "ilvl")
    name, depth = otherwise or ("0", 0)
    return number or name, int(level) if level and level.isdecimal() else depth


@dataclass(slots=True)
class _Shown:
    """A paragraph as it is shown: its words, and the text boxes that are anchored in it."""

    words: str
    boxes: list[etree._Element]


class _Writer:
    """Writes the blocks of a document as lines."""

    def __init__(self, styles: dict[str, _Style], numbering: Numbering) -> None:
        self.lines = Lines()
        self.title: list[str] = []
        self.contents: list[str] = []
        self._styles = styles
        self._title_is_over = False
        self._numbering = numbering
        self._notes: dict[tuple[str, str], int] = {}

    def add_blocks(self, parent: etree._Element) -> None:
        """Write the paragraphs and tables of a body, a cell, a text box or a note."""
        for block in parent:
            if block.tag == f"{W}p":
                self._add_paragraph(block)
            elif block.tag == f"{W}tbl":
                self._add_table(block)
            elif block.tag == f"{W}sdt":
                gallery = block.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
                if gallery is not None and gallery.get(f"{W}val") == "Table of Contents":
                    self.contents += filter(None, map(self._words, block.iter(f"{W}p")))
                elif (content := block.find(f"{W}sdtContent")) is not None:
                    self.add_blocks(content)
            elif block.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                self.add_blocks(block)

    def add_notes(self, roots: dict[str, etree._Element | None]) -> None:
        """Write the notes that were referred to, each with its number."""
        for (kind, name), number in list(self._notes.items()):
            root = roots[kind]
            note = None if root is None else next((n for n in root if n.get(f"{W}id") == name), None)
            if note is not None:
                words = "\n".join(self._shown(paragraph).words.strip() for paragraph in note.iter(f"{W}p"))
                self.lines.add(f"[{number}] {words.strip()}")

    def _add_paragraph(self, paragraph: etree._Element) -> None:
        properties = paragraph.find(f"{W}pPr")
        name = None if properties is None else _value(properties, "pStyle")
        style = self._styles.get(name or "", _Style())
        if style.is_contents:
            self.contents += filter(None, [self._words(paragraph)])
            return
        shown = self._shown(paragraph)
        own = _level(properties)
        level = style.level if own is None else own
        words = shown.words.strip()
        if words:
            if style.is_title and not self._title_is_over:
                self.title.append(words.replace("\n", ""))
            self._title_is_over = bool(self.title) and not style.is_title
            listed = _list(properties, style.list)
            label = self._numbering.next(*listed) if listed else ""
            self.lines.add(label + words, level or None)
        for box in shown.boxes:
            self.add_blocks(box)

    def _words(self, paragraph: etree._Element) -> str:
        return " ".join(self._shown(paragraph).words.split())

    def _shown(self, paragraph: etree._Element) -> _Shown:
        shown = _Shown("", [])
        for element in _seen(paragraph):
            tag = element.tag
            if tag in (f"{W}t", f"{_MATH}t"):
                shown.words += element.text or ""
            elif tag in (f"{W}tab", f"{W}ptab"):
                shown.words += "\t"
            elif tag in (f"{W}br", f"{W}cr"):
                shown.words += "\n"
            elif tag == f"{W}noBreakHyphen":
                shown.words += "-"
            elif tag == f"{W}txbxContent":
                shown.boxes.append(element)
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                kind = "footnote" if tag == f"{W}footnoteReference" else "endnote"
                shown.words += f"[{self._notes.setdefault((kind, element.get(f'{W}id', '')), len(self._notes) + 1)}]"
        return shown

    def _add_table(self, table: etree._Element) -> None:
        # What stands in a cell over several rows is shown beside each of them, and none is understood without it.
        spanning: dict[int, str] = {}
        for row in table.iterfind(f".//{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue
            cells = [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]
            if len(cells) == 1 or any(map(_is_layout, cells)):
                spanning.clear()
                for cell in cells:
                    self.add_blocks(cell)
            else:
                skipped = row.find(f"{W}trPr/{W}gridBefore")
                first = _count(None if skipped is None else skipped.get(f"{W}val"), 0)
                self.lines.add("\t".join(self._cells(cells, first, spanning)))

    def _cells(self, cells: Sequence[etree._Element], column: int, spanning: dict[int, str]) -> Iterator[str]:
        """Yield the cells of a row that begins in a column; ``spanning`` is what spans rows so far, by where it begins."""
        for cell in cells:
            properties = cell.find(f"{W}tcPr")
            merged = None if properties is None else properties.find(f"{W}vMerge")
            if merged is None:
                spanning.pop(column, None)
                yield self._cell(cell)
            else:
                if merged.get(f"{W}val") == "restart" or column not in spanning:
                    spanning[column] = self._cell(cell)
                yield spanning[column]
            column += _count(None if properties is None else _value(properties, "gridSpan"), 1)

    def _cell(self, cell: etree._Element) -> str:
        """Return a cell as one line."""
        told = []
        for paragraph in _paragraphs(cell):
            listed = _list(paragraph.find(f"{W}pPr"), None)
            label = self._numbering.next(*listed) if listed else ""
            told.append(label + " ".join(self._shown(paragraph).words.split()))
        return " ".join(filter(None, told))


def _count(told: str | None, otherwise: int) -> int:
    return int(told) if told and told.isdecimal() else otherwise


def _is_layout(cell: etree._Element) -> bool:
    """Return whether a cell holds text for reading rather than an entry of a table."""
    if cell.find(f".//{W}tbl") is not None or cell.find(f".//{W}txbxContent") is not None:
        return True
    return len("".join(cell.itertext(f"{W}t"))) > _LONGEST_CELL


def _paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    for child in cell:
        if child.tag == f"{W}p":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins"):
            yield from _paragraphs(child)


def _seen(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield what is shown of a paragraph, in order; of a text box only itself."""
    for child in parent:
        if child.tag in _UNSEEN or not isinstance(child.tag, str):
            continue
        if child.tag == f"{W}r" and child.find(f"{W}rPr/{W}vanish") is not None:
            continue
        yield child
        if child.tag not in (f"{W}txbxContent", f"{W}t"):
            yield from _seen(child)
