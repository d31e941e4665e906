"""Bytes of a web page in, the text of its document out: headings, tables row by row, without what stands around it on the site.

What stands around it is told by where sentences are: the document is what holds nearly all of them. Where in doubt a line stays:
what is furniture all the same, the rules for leftovers name.
"""

import codecs
import datetime
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from lxml import etree, html

from service.corpus.document import Dropped
from service.corpus.readers import decoding
from service.corpus.readers.reading import Lines, Reading, tidy

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.I)
_LOOKED_AT = 4096
_UNSEEN = {
    "script", "style", "noscript", "template", "iframe", "object", "svg", "select", "button", "textarea", "input", "title",
    "canvas", "audio", "video", "dialog", "head",
}  # fmt: skip
_IN_HEAD = {"base", "link", "meta", "title", "style", "script", "noscript", "template"}
# What a page itself says stands around its document.
_AROUND = {"nav", "aside", "footer", "search"}
_BLOCKS = {
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "hgroup", "menu", *_AROUND,
}  # fmt: skip
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "dialog"}
_PUNCTUATION = re.compile("[，。；、！？]")
_IDEOGRAPHS = r"\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’"
# A line break in the source of a page is a blank to a browser; between ideographs nobody means one.
_BROKEN = re.compile(rf"(?<=[{_IDEOGRAPHS}])[ \t]*[\r\n]\s*(?=[{_IDEOGRAPHS}])")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
# What belongs to a document wherever on its page it stands: its attachments, and the table of what is said of it.
_BELONGS = re.compile(r"附件|(?:索\s*引\s*号|发文字号|文\s*号|发文机关|发布机构|成文日期|发文日期|主题词)[：:\s]")
# So much of what reads as sentences the document has at least; what is less may be the text of another column.
_NEARLY_ALL = 0.97
_LONGEST_CELL = 200
# As browsers do, no cell is taken to span more.
_MOST_SPANNED = 1000
_SHORTEST_TITLE = 6
# What the report calls it.
_OUTSIDE = "导航、页脚等"


def read(raw: bytes) -> Reading:
    """Return the text of the page's document; its charset is the one the page names, else what its bytes are.

    :raises UnreadableFile: if it is no text
    """
    text, encoding = _decoded(raw)
    return read_text(text, encoding)


def read_text(text: str, encoding: str) -> Reading:
    """Return the text of the document of a page whose source this is."""
    # lxml refuses text that names its own encoding.
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    if not source.strip():
        return Reading("", f"网页，{encoding}")
    root = _tree(source)
    told = {
        (meta.get("name") or meta.get("property") or "").lower(): tidy(meta.get("content") or "")
        for meta in root.iter("meta")
    }
    article, named = told.get("articletitle", ""), _collapsed(root.findtext(".//title") or "")
    _set_right(root)
    _strip(root)
    body = root.find("body")
    lines = Lines()
    title, left = _write(root if body is None else body, lines, lambda words: _is_called(words, article, named))
    return Reading(
        lines.text,
        f"网页，{encoding}",
        tuple(lines.headings),
        title=article or title or _only_heading(lines),
        date=_date(told.get("pubdate") or told.get("article:published_time") or ""),
        dropped=tuple(left),
    )


def _tree(source: str) -> html.HtmlElement:
    # huge_tree: otherwise what lies deeper than 256 elements would silently be missing.
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(source, parser=parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise


def _decoded(raw: bytes) -> tuple[str, str]:
    """Return the source of a page and its encoding."""
    said = _CHARSET.search(raw[:_LOOKED_AT])
    name = said[1].decode("ascii").lower() if said else ""
    # Pages say gb2312 and use characters of its successors; browsers take both for gb18030.
    name = "gb18030" if name in ("gb2312", "gbk") else name
    if name and not raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode(name), name.upper()
        except (LookupError, UnicodeDecodeError):
            pass
    return decoding.decoded(raw)


def _date(said: str) -> str | None:
    """Return the day that a page names, None where it names none that there is."""
    found = _DAY.match(said)
    with suppress(ValueError):
        return datetime.date(*map(int, found.groups())).isoformat() if found else None
    return None


def _set_right(root: html.HtmlElement) -> None:
    """Put what libxml2 leaves in the head where a browser has it: a page without <body> begins with its first element, and
    libxml2 knows none of those that came after HTML 4 (nav, article)."""
    head, body = root.find("head"), root.find("body")
    if head is None:
        return
    shown = [element for element in head if element.tag not in _IN_HEAD]
    if body is None:
        head.tag = "body" if shown else "head"
    elif shown:
        # The words that a body begins with stand before its first element.
        shown[-1].tail, body.text = (shown[-1].tail or "") + (body.text or ""), None
        body[:0] = shown


def _strip(root: html.HtmlElement) -> None:
    """Take out what a browser does not show."""
    for element in list(root.iter()):
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
        if (element.tag in _UNSEEN or hidden) and element.getparent() is not None:
            element.drop_tree()


# -- what of a page is its document ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Block:
    """A line of a page: its words, how many of them are links, where it stands, its level as a heading."""

    words: str
    linked: int
    element: html.HtmlElement
    level: int | None = None

    @property
    def is_sentence(self) -> bool:
        return self.linked * 2 < len(self.words) and len(_PUNCTUATION.findall(self.words)) * 60 >= len(self.words)


def _write(body: html.HtmlElement, lines: Lines, is_title: Callable[[str], bool]) -> tuple[str | None, list[Dropped]]:
    """Write the document of a page; return its title, if a line is it, and what stands around it."""
    blocks = list(_blocks(body))
    around = [any(map(_is_around, (block.element, *block.element.iterancestors()))) for block in blocks]
    left = [Dropped(_OUTSIDE, block.words) for block, out in zip(blocks, around, strict=True) if out]
    blocks = [block for block, out in zip(blocks, around, strict=True) if not out]
    outer, inner = _document(body, blocks)
    inside = [outer in (block.element, *block.element.iterancestors()) for block in blocks]
    core = [inner in (block.element, *block.element.iterancestors()) for block in blocks]
    first = next((place for place, within in enumerate(inside) if within), 0)
    # The title and the lines under it often stand above what holds the text. A site's own name may be a heading there, too.
    titles = [place for place in range(first) if is_title(blocks[place].words)]
    begin = max(titles or [place for place in range(first) if blocks[place].level == 1], default=first)
    title = blocks[titles[-1]].words if titles else None
    for place, block in enumerate(blocks):
        beside = (inside[place] or begin <= place < first or _BELONGS.match(block.words)) and not _is_links(block)
        if not (core[place] or beside):
            left.append(Dropped(_OUTSIDE, block.words))
            continue
        lines.add(block.words, block.level)
        if title is None and is_title(block.words):
            title = block.words
    return title, left


def _is_around(element: html.HtmlElement) -> bool:
    return element.tag in _AROUND or element.get("role") in _ROLES


def _is_called(words: str, article: str, named: str) -> bool:
    """Return whether a page gives words as its title: as that of its article, or with the site's name behind."""
    own, article, named = ("".join(title.split()) for title in (words, article, named))
    return own == article if article else len(own) >= _SHORTEST_TITLE and named.startswith(own)


def _is_links(block: _Block) -> bool:
    """Return whether a line is a menu, or a trail of links."""
    return block.linked * 2 > len(block.words) and not block.is_sentence


def _document(body: html.HtmlElement, blocks: list[_Block]) -> tuple[html.HtmlElement, html.HtmlElement]:
    """Return the smallest element that holds nearly all sentences of a page, and in it the one that holds most of them."""
    weight: dict[html.HtmlElement, int] = {}
    for block in blocks:
        if block.is_sentence:
            for element in (block.element, *block.element.iterancestors()):
                weight[element] = weight.get(element, 0) + len(block.words)
    outer = _within(body, weight, _NEARLY_ALL)
    return outer, _within(outer, weight, 0.6)


def _within(element: html.HtmlElement, weight: dict[html.HtmlElement, int], share: float) -> html.HtmlElement:
    """Go down while one child holds such a share of the sentences; a line itself is no document."""
    least = weight.get(element, 0) * share
    while True:
        below = [child for child in element if child.tag in _BLOCKS and weight.get(child, 0) >= max(least, 1)]
        if not below or not any(inner.tag in _BLOCKS for inner in below[0].iterdescendants()):
            return element
        element = below[0]


def _only_heading(lines: Lines) -> str | None:
    """Return the only heading of the first level, which on a page is its title."""
    first = [heading for heading in lines.headings if heading.level == 1]
    if len(first) != 1:
        return None
    text = lines.text
    return text[first[0].start : text.index("\n", first[0].start)]


# -- a page as lines --------------------------------------------------------------------------------------------------


def _blocks(element: html.HtmlElement, level: int | None = None) -> Iterator[_Block]:
    """Yield the lines of an element as a browser breaks them."""
    words: list[str] = []
    linked = 0

    def line() -> Iterator[_Block]:
        nonlocal linked
        told = _collapsed("".join(words))
        if told:
            yield _Block(told, min(linked, len(told)), element, level)
        words.clear()
        linked = 0

    def inline(child: html.HtmlElement, in_link: bool) -> Iterator[_Block]:
        """Take up what stands in a line; what breaks it is yielded."""
        nonlocal linked
        in_link = in_link or child.tag == "a"
        if child.tag == "br":
            yield from line()
        elif child.tag in _BLOCKS:
            yield from line()
            yield from _table(child) if child.tag == "table" else _blocks(child, _LEVELS.get(child.tag, level))
        elif isinstance(child.tag, str):
            if child.text:
                words.append(child.text)
                linked += len(tidy(child.text)) if in_link else 0
            for below in child:
                yield from inline(below, in_link)
        if child.tail:
            words.append(child.tail)
            linked += len(tidy(child.tail)) if in_link and child.tag != "a" else 0

    if element.tag == "li" and (number := _number(element)):
        words.append(number)
    words.append(element.text or "")
    for child in element:
        yield from inline(child, False)
    yield from line()


def _number(item: html.HtmlElement) -> str:
    """Return the number that a browser shows before an item of a numbered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or "none" in (parent.get("style") or ""):
        return ""
    start = parent.get("start") or "1"
    before = sum(1 for sibling in item.itersiblings("li", preceding=True))
    return f"{(int(start) if start.isdecimal() else 1) + before}. "


@dataclass(slots=True)
class _Spanning:
    """A cell that stands in the next rows, too: how many of them, over how many columns, and its lines."""

    rows: int
    columns: int
    lines: list[_Block]


def _table(table: html.HtmlElement) -> Iterator[_Block]:
    """Yield the rows of a table, a tab between two cells; the cells of one that only places its parts, each by itself."""
    # What stands in a cell over several rows is shown beside each of them, and none is understood without it.
    spanning: dict[int, _Spanning] = {}
    for row in [*table.iter("caption", "tr")]:
        if next(row.iterancestors("table")) is not table:
            continue
        own = [cell for cell in row if cell.tag in ("td", "th")]
        cells = [list(_blocks(cell)) for cell in own] or [list(_blocks(row))]
        places = len(cells) == 1 and not spanning
        if not own or places or any(sum(len(line.words) for line in cell) > _LONGEST_CELL for cell in cells):
            spanning.clear()
            for cell in cells:
                yield from cell
            continue
        whole = _with_spanning(own, cells, spanning)
        if any(cells):
            told = "\t".join(" ".join(line.words for line in cell) for cell in whole)
            yield _Block(told, sum(line.linked for cell in whole for line in cell), row)


def _with_spanning(
    own: list[html.HtmlElement], cells: list[list[_Block]], spanning: dict[int, _Spanning]
) -> list[list[_Block]]:
    """Return the cells of a row with those that span it from above; ``spanning`` tells by the column where each begins."""
    found: list[list[_Block]] = []
    column = 0

    def from_above() -> None:
        nonlocal column
        while (above := spanning.get(column)) is not None:
            found.append(above.lines)
            above.rows -= 1
            if not above.rows:
                del spanning[column]
            column += above.columns

    begun: dict[int, _Spanning] = {}
    for element, lines in zip(own, cells, strict=True):
        from_above()
        found.append(lines)
        columns, rows = (_count(element.get(name)) for name in ("colspan", "rowspan"))
        if rows > 1:
            begun[column] = _Spanning(rows - 1, columns, lines)
        column += columns
    from_above()
    spanning.update(begun)
    return found


def _count(said: str | None) -> int:
    """Return how many rows or columns a cell says it takes, one where it says none."""
    digits = (said or "").strip()
    # Python refuses to read numbers of thousands of digits.
    return min(max(int(digits[:9]), 1), _MOST_SPANNED) if digits.isdecimal() else 1


def _collapsed(words: str) -> str:
    """Return words with their blanks as a browser shows them, one for a run; blanks that have a width of their own stay."""
    return tidy(re.sub(r"[ \t\r\n\f\xa0]+", " ", _BROKEN.sub("", words)))
