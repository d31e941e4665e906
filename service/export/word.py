"""A Record in, a Word file out: what the turns say with a footnote for each citation, the passages behind it, the sources."""

import io
from collections.abc import Mapping

from docx.document import Document
from docx.text.paragraph import Paragraph

from service.answering.answer import Citation, Outline, Quote
from service.export.footnotes import Footnotes
from service.export.paper import empty_document
from service.export.record import Passages, Record, Turn, footnote_of, legible, lines_of, numbers_itself, source

# What numbering.xml has for items without a label of their own.
_NUMBERED_ITEMS = 2


def as_word(record: Record) -> bytes:
    """Return a record as a .docx file.

    Each reference has one footnote, at the first sentence that leans on it; further sentences, of later turns, too, refer to
    that.
    """
    document = empty_document(record.title, record.written)
    writing = _Writing(document)
    writing.record(record)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


class _Writing:
    """Writes a record into an empty document, from the top to the end."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._footnotes = Footnotes(document)
        # The numbers of the footnotes so far, by what they are of.
        self._noted: dict[tuple[str, str], int] = {}
        self._passages = Passages()

    def record(self, record: Record) -> None:
        several = len(record.turns) > 1
        self._add(record.title, "Title")
        if record.documents:
            self._add("引文均为材料原文，出处见脚注。", "Subtitle")
        for number, turn in enumerate(record.turns, 1):
            if several:
                self._add(turn.answer.question, "Question")
            self._turn(turn, number, "Heading 2" if several else "Heading 1")
        if record.documents:
            self._add(record.heading, "Heading 1")
        for document in record.documents:
            self._add(source(document), "Source")
        self._add("查询说明", "Heading 1")
        for words in (*record.queries, record.about):
            for name, said in words.items():
                self._add(f"{name}：{said}", "Record")

    def _turn(self, turn: Turn, number: int, heading: str) -> None:
        answer = turn.answer
        citations = {citation.number: citation for citation in turn.shown}
        if answer.status == "not_found":
            for sentence in answer.verdict:
                self._add(sentence, "Body Text")
        elif answer.outline is not None:
            self._outline(answer.outline, citations)
        else:
            for quote in answer.quotes:
                self._said(quote, citations, "Body Text")
        if turn.shown:
            self._add(turn.heading, heading)
        for citation in turn.shown:
            if seen := self._passages.seen(citation, number):
                self._cited(seen, citation, "Body Text")
            else:
                self._cited(citation.text, citation, "Quote")

    def _outline(self, outline: Outline, citations: Mapping[int, Citation]) -> None:
        """Write a list; items that begin with labels of their own (一是) are numbered by them, others by Word, from 1."""
        if outline.lead is not None:
            self._said(outline.lead, citations, "Body Text")
        if numbers_itself(outline):
            for item in outline.items:
                self._said(item.quote, citations, "Body Text")
            return
        numbers = self._document.part.numbering_part.element.add_num(_NUMBERED_ITEMS)
        numbers.add_lvlOverride(0).add_startOverride(1)
        for item in outline.items:
            first = self._said(item.quote, citations, "List Number")
            properties = first._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = numbers.numId

    def _said(self, quote: Quote, citations: Mapping[int, Citation], style: str) -> Paragraph:
        return self._cited(quote.text, citations[quote.citation], style)

    def _cited(self, text: str, citation: Citation, style: str) -> Paragraph:
        """Write a text from a citation, a paragraph for each of its lines, then the note; return the first paragraph."""
        paragraphs = [self._add(line, style) for line in lines_of(text)]
        self._note(paragraphs[-1], citation)
        return paragraphs[0]

    def _note(self, paragraph: Paragraph, citation: Citation) -> None:
        footnote = footnote_of(citation)
        if footnote in self._noted:
            self._footnotes.again(paragraph, self._noted[footnote])
        else:
            self._noted[footnote] = self._footnotes.add(paragraph, legible(f"{citation.reference}。"))

    def _add(self, text: str, style: str) -> Paragraph:
        return self._document.add_paragraph(legible(text), style)
