"""Answers as the engine gives them, over a document with what files stumble on; and what is in a Word file."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from service.answering.answer import Answer, Choices, Citation, Outline, OutlineItem, QuestionTerm, Quote
from service.answering.referencing import in_a_sentence
from service.corpus.document import Document, Span
from service.export.record import Record, Turn
from tests.unit.answers import answer

# Redactions, marks of Markdown and XML, a control character, a tab, and a sentence over two lines.
TEXT = (
    "关于优化服务的通知\n"
    "一、总体要求\n"
    "（一）压缩时限。办结**件，平均用时XX天\x07，<比上年>少3.5天 & 一次办好_不用跑_。\n"
    "（二）做到三件事：一是组建专班。二是公开清单。三是上门服务。\n"
    "压实主体责任。压实监管责任。\n"
    "另外，\t这一句分在\n"
    "1. 两行里。\n"
)
NOTICE = Document(
    "ab12", "甲/通知.txt", "关于优化服务的通知", TEXT, "2021-03", "云溪县人民政府", "通知", number="云政发〔2021〕3号"
)
OLD = Document("cd34", "旧办法.txt", "云溪县服务办法", "（已废止）\n窗口要热情服务。\n", lapsed=True)
WRITTEN = datetime(2026, 11, 22, 13, 5, 9, tzinfo=timezone(timedelta(hours=8)))


def span(words: str, document: Document = NOTICE) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


def citation(
    number: int,
    words: str,
    document: Document = NOTICE,
    path: tuple[str, ...] = ("一、总体要求",),
    *,
    quoted: bool = True,
) -> Citation:
    start, end = span(words, document)
    quotes = (Span(start, end),) if quoted else ()
    paragraph = document.text.count("\n", 0, start) + 1
    reference = in_a_sentence(document, path, paragraph, paragraph)
    return Citation(number, document, path, paragraph, paragraph, start, end, quotes, (), 1.0, reference)


def quote(number: int, words: str, document: Document = NOTICE) -> Quote:
    return Quote(number, document, *span(words, document))


NASTY = "办结**件，平均用时XX天\x07，<比上年>少3.5天 & 一次办好_不用跑_。"
SENTENCES = answer(
    "办事*时限*怎么压缩",
    quotes=(quote(1, NASTY), quote(1, "（一）压缩时限。"), quote(2, "另外，\t这一句分在\n1. 两行里。")),
    citations=(
        citation(1, f"（一）压缩时限。{NASTY}"),
        citation(2, "另外，\t这一句分在\n1. 两行里。"),
        # found, and not said aloud
        citation(3, "窗口要热情服务。", OLD, (), quoted=False),
    ),
    terms=(QuestionTerm("时限", "asked", None, True), QuestionTerm("期限", "synonym", "时限", True)),
)
LABELLED = answer(
    "要做到哪三件事",
    history=("办事*时限*怎么压缩",),
    outline=Outline(
        quote(1, "做到三件事："),
        tuple(
            OutlineItem(label, quote(1, words))
            for label, words in (("一是", "一是组建专班。"), ("二是", "二是公开清单。"), ("三是", "三是上门服务。"))
        ),
    ),
    citations=(citation(1, "（二）做到三件事：一是组建专班。二是公开清单。三是上门服务。"),),
)
UNLABELLED = answer(
    "要压实什么责任",
    outline=Outline(None, (OutlineItem("", quote(1, "压实主体责任。")), OutlineItem("", quote(2, "压实监管责任。")))),
    citations=(citation(1, "压实主体责任。"), citation(2, "压实监管责任。")),
)
NOTHING = answer(
    "火星窗口怎么服务",
    status="not_found",
    terms=(
        QuestionTerm("火星", "asked", None, False),
        QuestionTerm("窗口", "asked", None, True),
        # a synonym that stands nowhere was asked by nobody
        QuestionTerm("柜台", "synonym", "窗口", False),
    ),
    absent=("火星",),
    related=(citation(1, "窗口要热情服务。", OLD, (), quoted=False),),
)


def quoted(*answers: Answer) -> list[Citation]:
    """Return the citations of answers that a file is to have footnotes for, in order: of one reference the first."""
    shown = [c for answer in answers for c in (*answer.citations, *answer.related) if c.quotes or not answer.citations]
    first: dict[str, Citation] = {}
    for found in shown:
        first.setdefault(found.reference, found)
    return list(first.values())


def record(*answers: Answer, choices: Choices | None = None, linked: bool = True) -> Record:
    def url_of(document: Document, paragraph: int) -> str:
        return f"http://host/documents/{document.id}#p{paragraph}"

    given = choices or Choices()
    return Record(tuple(Turn(answer, given) for answer in answers), WRITTEN, url_of if linked else None)


@dataclass(frozen=True)
class Word:
    """A Word file, opened: its paragraphs by python-docx, its parts by zipfile and lxml."""

    paragraphs: list[tuple[str, str]]
    parts: dict[str, bytes]

    def part(self, name: str) -> "etree._Element":
        return etree.fromstring(self.parts[name])

    @property
    def notes(self) -> dict[str, str]:
        """The footnotes' texts by their ids, without the two that draw the line."""
        notes = self.part("word/footnotes.xml").findall(qn("w:footnote"))
        texts = [note for note in notes if note.get(qn("w:type")) is None]
        found = {note.get(qn("w:id")) or "": "".join(note.itertext()).strip() for note in texts}
        assert len(found) == len(texts), "two footnotes have one id"
        return found

    @property
    def references(self) -> list[str]:
        """The ids of the footnotes that the body refers to, in order."""
        body = self.part("word/document.xml")
        return [element.get(qn("w:id")) or "" for element in body.iter(qn("w:footnoteReference"))]

    def said(self, style: str) -> list[str]:
        return [text for found, text in self.paragraphs if found == style]


@pytest.fixture
def opened() -> Callable[[bytes], Word]:
    """A function that opens the bytes of a Word file."""

    def open_word(file: bytes) -> Word:
        paragraphs = [
            # The shown number of a cross-reference is text to python-docx, unlike that of a footnote itself.
            (p.style.name if p.style else "", re.sub(r"\d+$", "", p.text) if "NOTEREF" in p._p.xml else p.text)
            for p in docx.Document(io.BytesIO(file)).paragraphs
        ]
        with zipfile.ZipFile(io.BytesIO(file)) as package:
            assert package.testzip() is None
            return Word(paragraphs, {name: package.read(name) for name in package.namelist()})

    return open_word
