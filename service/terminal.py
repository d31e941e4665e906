"""Answers and reports in, lines for a terminal out."""

import unicodedata
from collections.abc import Iterator

from service.answering.answer import Answer, Citation, headings
from service.answering.referencing import paragraph_numbers
from service.answering.shelf import Shelf
from service.corpus.document import Document
from service.corpus.report import Report
from service.passages.coverage import coverage_in

WIDTH = 78
NOTHING_READ = "没有能读的材料；请放入 Word、PDF、网页或文本文件（youju index 说明每个文件的情况）"


def answer_lines(answer: Answer) -> Iterator[str]:
    """Yield an answer: what it says, each quote with its citation's number, then the citations, the words searched and
    what to ask next."""
    yield from map(printable, _answer(answer))


def report_lines(report: Report, shelf: Shelf) -> Iterator[str]:
    """Yield a line for each file, what was left out and why, and the totals."""
    yield from map(printable, _report(report, shelf))


def printable(text: str) -> str:
    """Return the text with what is no visible character replaced: a document or its name must not steer the terminal.

    A tab, which stands between the cells of a row, becomes a blank.
    """
    return "".join(
        character if character.isprintable() or unicodedata.category(character) == "Zs" else "\ufffd"
        for character in text.replace("\t", " ")
    )


def _answer(answer: Answer) -> Iterator[str]:
    if answer.corrections:
        yield from wrapped(f"是不是：{'、'.join(correction.meant for correction in answer.corrections)}？", "")
        yield ""
    if answer.status == "not_found":
        yield answer.verdict[0]
        if answer.absent:
            yield f"没有出现的词：{'、'.join(answer.absent)}"
        if answer.related:
            yield ""
            yield "可能相关："
            for citation in answer.related:
                yield from _citation(citation)
        yield from _read_as(answer)
        return
    if answer.outline is not None:
        if answer.outline.lead is not None:
            yield from wrapped(answer.outline.lead.text, "  ")
        for item in answer.outline.items:
            yield from wrapped(f"{item.quote.text} [{item.quote.citation}]", "  · ")
    else:
        for quote in answer.quotes:
            yield from wrapped(f"{quote.text} [{quote.citation}]", "  ")
    yield ""
    for citation in answer.citations:
        yield from _citation(citation)
    yield from _terms(answer)
    yield from _read_as(answer)
    if answer.suggestions:
        yield ""
        yield "可以接着问："
        for question in answer.suggestions:
            yield from wrapped(question, "  · ")


def _citation(citation: Citation) -> Iterator[str]:
    document = citation.document
    about = "，".join(part for part in (document.issuer, document.date) if part)
    yield f"[{citation.number}] {_titled(document)}{f'（{about}）' if about else ''}"
    where = headings(citation.path)
    paragraphs = paragraph_numbers(citation.paragraph, citation.paragraph_end)
    paragraphs += f"（第{citation.page}页）" if citation.page else ""
    yield from wrapped(f"{where}，{paragraphs}" if where else paragraphs, "    ")
    yield f"    {document.file}"
    if citation.copies:
        yield from wrapped(
            f"另有 {len(citation.copies)} 份相同：{'、'.join(copy.file for copy in citation.copies)}", "    "
        )
    yield from wrapped(citation.text, "    │ ")
    yield ""


def _titled(document: Document) -> str:
    return f"《{document.title}》{'【已失效】' if document.lapsed else ''}"


def _terms(answer: Answer) -> Iterator[str]:
    terms = answer.terms
    asked = [term.text for term in terms if term.origin == "asked" and term.found]
    carried = [term.text for term in terms if term.origin == "carried"]
    synonyms = [term.text for term in terms if term.origin == "synonym"]
    for label, words in (
        ("查了", asked),
        ("承接上文", carried),
        ("按近义词也查了", synonyms),
        ("没有出现", answer.absent),
    ):
        if words:
            yield from wrapped(f"{label}：{'、'.join(words)}", "")


def _read_as(answer: Answer) -> Iterator[str]:
    """Yield how the question was read beyond its words: the names in it, what was preferred, the year that is this one."""
    if chosen := [f"{name.text}（{name.documents} 份）" for name in answer.named if name.documents]:
        yield from wrapped(f"只查：{'、'.join(chosen)}", "")
    for name in answer.named:
        if not name.documents:
            yield from wrapped(f"没有载入{name.meaning}", "")
    if answer.preferred and (answer.citations or answer.related):
        yield from wrapped(f"优先：{'、'.join(answer.preferred)}", "")
    if answer.year is not None:
        yield f"今年：按{answer.year}年理解"
    if answer.filtered_undated:
        yield f"另有 {answer.filtered_undated} 份材料时间不详，不在所选的时间里查"


def _report(report: Report, shelf: Shelf) -> Iterator[str]:
    corpus = shelf.corpus
    places = {document.id: number for number, document in enumerate(corpus.documents)}
    for file in report.files:
        if file.left_out is not None:
            yield f"{'·' if file.is_beside else '✗'} {file.file}：{file.left_out}"
            continue
        for document in file.documents:
            number = places[document.id]
            first, last = corpus.bounds[number]
            held = coverage_in(corpus, number)
            yield (
                f"✓ {file.file}（{file.encoding}）{_titled(document)}{document.date or '时间不详'}，{len(document.text)} 字，"
                f"{len(corpus.structures[number].paragraphs)} 段，{last - first} 个片段，含 {held.share:.1%}，标题等 {held.elsewhere:.1%}"
            )
            if copies := shelf.copies_of(number):
                yield f"    与 {'、'.join(copy.file for copy in copies)} 文字完全相同，回答时只引其中一份"
        for rule, lines in file.not_counted.items():
            yield f"    不算正文（{rule}，{sum(lines.values())} 处）：{clipped(' / '.join(lines), 60)}"
        for warning in file.warnings:
            yield f"    注意：{warning}"
    for warning in report.warnings:
        yield f"注意：{warning}"
    if not corpus.documents:
        yield f"注意：{NOTHING_READ}"
    characters = sum(len(document.text) for document in corpus.documents)
    yield (
        f"{report.counted}；"
        f"{len(corpus.documents)} 份材料，{len(corpus.passages)} 个片段，{characters} 字；版本 {corpus.version}"
    )


def clipped(text: str, most: int) -> str:
    """Return a text in one line, cut after so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most] + "…"


def wrapped(text: str, indent: str) -> Iterator[str]:
    """Yield a text in lines of at most WIDTH columns, where a Chinese character takes two; punctuation may hang over."""
    follow = indent if indent.endswith("│ ") else " " * columns(indent)
    for paragraph in text.split("\n"):
        if not paragraph.strip():
            continue
        line, used = indent, columns(indent)
        for character in paragraph.strip():
            width = columns(character)
            # Punctuation does not begin a line, where two marks' room beyond the end is enough for it.
            room = WIDTH + 4 if unicodedata.category(character).startswith("P") else WIDTH
            if used + width > room:
                yield line
                line, used = follow, columns(follow)
            line += character
            used += width
        yield line
        indent = follow


def columns(text: str) -> int:
    """Return how wide a text is: a Chinese character takes two columns."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
