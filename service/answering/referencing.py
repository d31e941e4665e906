"""A Citation in, how its place is written out: in a sentence, in a list of references (GB/T 7714-2015), in Markdown."""

import re
from collections.abc import Mapping, Sequence

from service.answering.answer import Citation, headings
from service.answering.contract import UrlOf
from service.answering.dates import day
from service.corpus.document import Document, Span
from service.passages.labels import Label, labels

# What a heading's label is called in a sentence; the labels of statutes (第三章) say it themselves.
_CALLED = {"一、": "第{}部分", "（一）": "第（{}）项", "1.": "第{}点", "（1）": "第（{}）小点", "①": "第{}点"}
# Below a chapter or a part 一、 is no part again.
_CALLED_BELOW = {**_CALLED, "一、": "第{}点"}
_OF_STATUTES = ("部分", "章", "节", "条")

# What a title or a kind ends with, and the letter of GB/T 7714-2015, annex B, that its own examples give such a text:
# reports R, documents with a number A (京政办发[2005]37号[A]). What is neither (a speech) is Z, as is what says nothing.
_LETTERS = (
    (re.compile("报告$"), "R"),
    (
        re.compile(
            "(?:命令|令|决定|决议|公报|公告|通告|意见|通知|通报|请示|批复|议案|函|纪要|办法|规定|细则|方案|规划|纲要)$"
        ),
        "A",
    ),
)
_IN_BRACKETS = re.compile(r"\s*[（(][^（()）]{1,20}[）)]$")
# With these a text would begin or end something in Markdown; with those of the second at the start of a line.
_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~&$^=]")
_MARKS_OF_LINES = re.compile(r"(?m)^([ \t]*(?:\d{1,9}(?=[.)]))?)([-+.)])")


def in_a_sentence(
    document: Document, path: Sequence[str], first: int, last: int, pages: tuple[int, int] | None = None
) -> str:
    """Return a place as official prose names it: 《标题》（发文字号，2022年10月）第二部分第（一）项，全文第4段（第3页）.

    What is not known is left out. Labels that are no numbered heading are quoted (“四是”), as are headings without one
    (“进展成效”部分). 全文 says what its number counts, lest 第4段 behind 第（一）项 be the fourth of that.
    """
    where = position(path)
    on = f"（{_numbers(*pages, '页')}）" if pages else ""
    return f"{named(document)}{where}{'，全文' if where else ''}{paragraph_numbers(first, last)}{on}"


def paragraph_numbers(first: int, last: int) -> str:
    """Return paragraphs by their numbers: 第4段, or 第4—6段."""
    return _numbers(first, last, "段")


def _numbers(first: int, last: int, of: str) -> str:
    return f"第{first}{of}" if first == last else f"第{first}—{last}{of}"


def named(document: Document) -> str:
    """Return a document as a reference in a sentence begins: 《标题》（发文字号，2022年10月）."""
    known = [document.number, day(document.date) if document.date else None, "已失效" if document.lapsed else None]
    about = "，".join(part for part in known if part)
    return f"《{document.title}》{f'（{about}）' if about else ''}"


def in_a_list(document: Document) -> str:
    """Return a document as an entry of a list of references: 责任者. 题名:发文字号[A]. 2022-10.

    What is not known is left out: place and publisher always, as documents name none. The standard has no number of a
    paragraph, so the entry is the document's, not the citation's.
    Source: GB/T 7714-2015, 4.1, 4.4, annex B; its half-width marks.
    """
    title = document.title + (f":{document.number}" if document.number else "")
    parts = [document.issuer, f"{title}[{_letter(document)}]", document.date]
    return ". ".join(part for part in parts if part) + "."


def in_markdown(citation: Citation, url_of: UrlOf | None = None) -> str:
    """Return a citation's reference in Markdown, as a link to its place where there are addresses."""
    words = markdown_escaped(citation.reference)
    # Angle brackets take what an address may hold, brackets and all; it holds none of its own, percent-encoded.
    return words if url_of is None else f"[{words}](<{url_of(citation.document, citation.paragraph)}>)"


def markdown_escaped(text: str) -> str:
    """Return a text as Markdown that reads as the text: redactions (**, *) stay, and nothing becomes a heading or a list."""
    return _MARKS_OF_LINES.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", text))


def position(path: Sequence[str]) -> str:
    """Return the headings above a place by their labels, outermost first: 第二部分第（一）项“四是”."""
    found = ""
    called: Mapping[str, str] = _CALLED
    for heading in path:
        label = next(labels(heading, Span(0, len(heading))), None)
        if label is None or label.start:
            found += f"“{_inner(headings((heading,)))}”部分"
            continue
        found += _called(label, heading[label.start : label.end], called)
        if label.style in _OF_STATUTES:
            called = _CALLED_BELOW
    return found


def _called(label: Label, words: str, called: Mapping[str, str]) -> str:
    if label.style in _OF_STATUTES:
        return re.sub(r"\s", "", words)
    if label.style in called:
        # A redacted number (**.) names no place.
        return "" if label.value is None else called[label.style].format(re.sub(r"[\s（()）、.．]", "", words))
    # —— and bullets tell an item from none of its neighbours.
    return "" if label.value is None else f"“{words.rstrip('，,、：: ')}”"


def _inner(words: str) -> str:
    """Return words with their quotation marks as they are inside others."""
    return words.translate(str.maketrans("“”", "‘’"))


def _letter(document: Document) -> str:
    for words in (document.kind, _IN_BRACKETS.sub("", document.title)):
        for pattern, letter in _LETTERS:
            if words and pattern.search(words):
                return letter
    return "A" if document.number else "Z"
