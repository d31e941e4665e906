"""Bytes of a PDF in, its text out: lines re-joined into paragraphs, without what repeats at the edges of its pages.

A PDF knows characters and their places, nothing else. They are read by their places, because programs write them in any order.
"""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from statistics import median

import pypdfium2
from pypdfium2 import raw as pdfium

from service.corpus.document import Dropped
from service.corpus.readers.columns import Character, in_columns
from service.corpus.readers.pages import Line, Page, joined, running
from service.corpus.readers.reading import Reading
from service.errors import UnreadableFile

_PASSWORD = 4
# What no font of a text has: characters whose meaning the file does not tell.
_MOST_UNKNOWN = 0.1
# How many characters wide a gap is that parts two cells of a row, of nothing and of blanks.
_WIDEST_GAP, _WIDEST_BLANK = 1.8, 2.2
_STOPS = "。！？；：，、"


def read(raw: bytes) -> Reading:
    """Return the text with the places where its pages begin.

    :raises UnreadableFile: if it is protected, damaged, or holds pictures of text
    """
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise UnreadableFile("有密码；请用 PDF 阅读器打开，去掉密码后另存，再放入") from None
        raise UnreadableFile("不是完整的 PDF，或已损坏；请重新下载，或用 PDF 阅读器打开后另存，再放入") from None
    pages = [_page(document[number]) for number in range(len(document))]
    signs = "".join(line.words for page in pages for line in page.lines)
    left_out = running(pages)
    # A scan may well have a page number, or the mark of the program that made it.
    bare = [number for number, page in enumerate(pages, 1) if left_out.issuperset(page.lines)]
    if len(bare) == len(pages):
        raise UnreadableFile("是扫描件或图片，没有文字；请先做文字识别（OCR），存为可复制文字的 PDF 或 .docx 后再放入")
    unknown = sum(1 for sign in signs if sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff")
    if unknown > _MOST_UNKNOWN * len(signs):
        raise UnreadableFile("其中的字没有编码，复制出来是乱码；请用原文件另存为 .docx，或做文字识别（OCR）后再放入")
    text, starts = joined(pages, left_out)
    warnings = []
    if bare:
        warnings.append(f"第 {_ranges(bare)} 页没有文字，可能是扫描件；请先做文字识别（OCR）")
    dropped = tuple(Dropped("页眉页脚", line.words) for page in pages for line in page.lines if line in left_out)
    return Reading(text, f"PDF，{len(pages)} 页", pages=starts, dropped=dropped, warnings=tuple(warnings))


def _ranges(numbers: Sequence[int]) -> str:
    """Return numbers in order as 1-3、7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _page(page: pypdfium2.PdfPage) -> Page:
    """Return the lines of a page, from the top down."""
    left, bottom, right, top = page.get_mediabox()
    turned = page.get_rotation() % 180 != 0
    lines = [_line(row) for row in in_columns(_rows(list(_characters(page))))]
    page.close()
    return Page(right - left if turned else top - bottom, [line for line in lines if line is not None])


def _characters(page: pypdfium2.PdfPage) -> Iterator[Character]:
    """Yield the characters of a page in the order of the file, without those that PDFium makes up between them."""
    text = page.get_textpage()
    box = pdfium.FS_RECTF()
    upright = _upright(page)
    high = ""
    for place in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text, place) == 1:
            continue
        sign = chr(pdfium.FPDFText_GetUnicode(text, place))
        if "\ud800" <= sign <= "\udbff":
            high = sign
            continue
        if "\udc00" <= sign <= "\udfff":
            sign = (high + sign).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if sign < " " or not pdfium.FPDFText_GetLooseCharBox(text, place, ctypes.byref(box)):
            continue
        # The hyphen at a line's end, which PDFium marks so.
        yield Character("-" if sign == "\ufffe" else sign, *upright(box.left, box.right, box.bottom, box.top))
    text.close()


def _upright(page: pypdfium2.PdfPage) -> Callable[[float, float, float, float], tuple[float, float, float, float]]:
    """Return what makes of a box (left, right, bottom, top) the one on the page as it is turned to be read."""
    begin, foot, end, head = page.get_mediabox()
    match page.get_rotation():
        case 90:
            return lambda left, right, bottom, top: (bottom - foot, top - foot, end - right, end - left)
        case 180:
            return lambda left, right, bottom, top: (end - right, end - left, head - top, head - bottom)
        case 270:
            return lambda left, right, bottom, top: (head - top, head - bottom, left - begin, right - begin)
        case _:
            return lambda left, right, bottom, top: (left - begin, right - begin, bottom - foot, top - foot)


def _rows(characters: Sequence[Character]) -> list[list[Character]]:
    """Return characters in rows from the top down: what overlaps by half of its height stands in one."""
    runs: list[list[Character]] = []
    for character in characters:
        if runs and _beside(runs[-1][-1], character):
            runs[-1].append(character)
        else:
            runs.append([character])
    runs = [run for run in runs if any(not c.sign.isspace() for c in run)]
    rows: list[list[Character]] = []
    for run in sorted(runs, key=lambda run: -max(c.top for c in run)):
        # Rows that began higher up and still reach down here are the latest few.
        row = next((row for row in reversed(rows[-4:]) if _beside(_widest(row), _widest(run))), None)
        if row is None:
            rows.append(list(run))
        else:
            row.extend(run)
    return rows


def _widest(row: Sequence[Character]) -> Character:
    """Return a character of the usual height of a row."""
    ordered = sorted(row, key=lambda c: c.top - c.bottom)
    return ordered[len(ordered) // 2]


def _beside(one: Character, other: Character) -> bool:
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    return overlap > 0.5 * min(one.top - one.bottom, other.top - other.bottom) and overlap > 0


def _line(row: list[Character]) -> Line | None:
    """Return characters of one row as a line."""
    row.sort(key=lambda c: (c.left, c.right))
    seen: list[Character] = []
    for character in row:
        # Bold type is sometimes the same character set twice.
        if not any(
            other.sign == character.sign and abs(other.left - character.left) < 0.3 * (character.right - character.left)
            for other in seen[-3:]
        ):
            seen.append(character)
    while seen and seen[0].sign.isspace():
        seen.pop(0)
    while seen and seen[-1].sign.isspace():
        seen.pop()
    if not seen:
        return None
    wide = [c.right - c.left for c in seen if is_ideograph(c.sign)]
    size = median(c.top - c.bottom for c in seen)
    em = median(wide) if wide else size * 0.8
    words, is_row = seen[0].sign, False
    before, blanks = seen[0], ""
    for character in seen[1:]:
        if character.sign.isspace():
            blanks += character.sign
            continue
        gap = character.left - before.right
        # Blanks stand for the border of a column where they are wider than any that sets words apart within a sentence.
        apart = _WIDEST_BLANK if blanks else _WIDEST_GAP
        if gap > apart * em and len(words) > 1 and not (blanks and before.sign in _STOPS):
            words, is_row = words + "\t", True
        elif blanks:
            words += blanks
        elif gap > (0.8 if is_ideograph(before.sign) or is_ideograph(character.sign) else 0.2) * em:
            words += " "
        words += character.sign
        before, blanks = character, ""
    return Line(
        words,
        seen[0].left,
        seen[-1].right,
        median(c.bottom for c in seen),
        size,
        em,
        is_row,
    )


def is_ideograph(sign: str) -> bool:
    """Return whether a character is as wide as it is high."""
    return (
        "\u2e80" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff" or "\uff00" <= sign <= "\uffef" or sign > "\uffff"
    )
