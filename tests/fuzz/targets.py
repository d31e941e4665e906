"""Bytes or texts in, nothing out: each target takes whatever it is given, or raises what is a fault of ours."""

import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from functools import cache
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

import docx
import openpyxl
from reportlab.pdfgen.canvas import Canvas

from service.answering.filters import Filters
from service.corpus import archive
from service.corpus.description import Description
from service.corpus.document import Document
from service.corpus.documents import read_bytes
from service.corpus.folder import Found
from service.corpus.leftovers import leftovers
from service.corpus.readers import READERS, Bounds
from service.corpus.readers.formats import format_of
from service.engine import Engine
from service.errors import UnreadableFile
from service.passages.cutting import LONGEST, passages
from service.passages.structure import structure
from service.settings import read_settings
from service.web.problems import Refused
from service.web.requests import ask_request_in_body, ask_request_in_query, list_request

TEXT = """关于云溪县招商引资工作的通知
云政办发〔2023〕12号
各乡镇人民政府：
一、总体要求。要以项目为王，一是建强队伍，二是优化服务；三是压实责任。
（一）完成投资32.5亿元，增长百分之六。1. 组建专班。2. 每月调度。
第一条 本办法自2023年5月8日起施行。
推荐访问:招商 当前位置:首页 > 文件
附件：清单\t金额\t18万元
云溪县人民政府办公室
2023年4月6日
"""
# With what questions are made of, so that what is looked for is found.
QUESTIONS = [
    "云溪县招商引资怎么做的",
    "第二点呢",
    "还有呢？",
    "那2022年呢",
    "《关于云溪县招商引资工作的通知》里哪三项要求",
    "云政办发〔2023〕12号说了什么",
    "完成投资多少",
    "zhaoshangyinzi",
    "谢谢",
    "一是和二是有什么不同",
]


def take_structure(text: str) -> None:
    """Parse a text, and fail where a passage is no stretch of it, or one character stands in two."""
    document = Document(id="d", file="d.txt", title="", text=text, leftovers=tuple(leftovers(text)))
    found = passages(document, structure(document), 0)
    at = 0
    for passage in sorted(found, key=lambda one: one.start):
        assert at <= passage.start < passage.end <= len(text)
        assert passage.end - passage.start <= LONGEST
        at = passage.end


def take_questions(questions: list[str]) -> None:
    """Ask a conversation, and fail where a quotation is no stretch of its document."""
    for answer in _engine().converse(questions, filters=Filters()):
        assert answer.status in ("answered", "not_found")
        for citation in answer.citations:
            document = citation.document
            assert 0 <= citation.start < citation.end <= len(document.text)
            assert citation.text == document.text[citation.start : citation.end]


def take_request(raw: bytes) -> None:
    """Read a body and a query string; what is wrong with them is Refused and nothing else."""
    for read in (ask_request_in_body, ask_request_in_query, list_request):
        try:
            read(raw)
        except Refused as error:
            if error.problem.status >= 500:
                raise


def take_file(raw: bytes, suffix: str) -> None:
    """Read a file as the process does that is not bounded: formats are told, archives opened and plain texts read there.
    What the bounded one does is done here, too; there every exception costs its file alone, so only what hangs is a fault."""
    bounds = Bounds(size=5_000_000)
    if suffix in archive.SUFFIXES:
        try:
            for entry in archive.entries(raw, suffix, bounds):
                entry.name.encode()
        except UnreadableFile:
            pass
    if suffix not in READERS or not raw.strip():
        return
    try:
        form = format_of(raw, suffix)
    except UnreadableFile:
        return
    if form.here:
        found = Found(Path(f"x{suffix}"), f"x{suffix}", f"x{suffix}", (Description(),), ("x", "x"))
        for document in read_bytes(found, raw).documents:
            take_structure(document.text)
    elif form.module != "office":
        try:
            reading = import_module(f"service.corpus.readers.{form.module}").read(raw)
        except (AssertionError, RecursionError, MemoryError):
            raise
        except Exception:
            return
        assert all(0 <= heading.start <= len(reading.text) for heading in reading.headings)
        # What it answers goes through a pipe as JSON.
        json.dumps([reading.text, reading.title, reading.date, reading.dropped, reading.warnings]).encode()


@cache
def _engine() -> Engine:
    folder = Path(tempfile.mkdtemp(prefix="youju-fuzz-"))
    (folder / "corpus").mkdir()
    (folder / "corpus" / "通知.txt").write_text(TEXT, encoding="utf-8")
    (folder / "corpus" / "报告.txt").write_text(TEXT.replace("通知", "报告").replace("云溪", "青松"), encoding="utf-8")
    engine = Engine(read_settings({"corpus": [str(folder / "corpus")], "data": str(folder)}, environment={}))
    engine.load()
    return engine


# -- what to begin with ----------------------------------------------------------------------------------------------


def files() -> list[tuple[bytes, str]]:
    """Return a real file of each format, with its suffix."""
    return [
        (TEXT.encode(), ".txt"),
        (TEXT.encode("gb18030"), ".txt"),
        (TEXT.encode("utf-16"), ".txt"),
        (f"# 通知\n\n- 一\n\n| 名 | 数 |\n|---|---|\n| 甲 | 1 |\n\n```\n{TEXT}```\n".encode(), ".md"),
        ('名称,数量\n甲,1\n"乙\n丙",2\n'.encode("gb18030"), ".csv"),
        (
            f"<html><head><title>通知</title></head><body><h1>通知</h1><p>{TEXT}<table><tr><td>甲<td>1</table>".encode(),
            ".html",
        ),
        (_saved(), ".mht"),
        (_mail(), ".eml"),
        (_word(), ".docx"),
        (_book(), ".xlsx"),
        (_printed(), ".pdf"),
        (_zipped({"通知.txt": TEXT.encode(), "内/表.xlsx": _book(), "a.zip": _zipped({"b.txt": b"b"})}), ".zip"),
    ]


def requests() -> list[bytes]:
    """Return bodies and query strings as they should be."""
    return [
        json.dumps(
            {"question": "怎么招商", "history": ["甲"], "limit": 3, "filters": {"from": "2022", "places": ["云溪"]}}
        ).encode(),
        b'{"question": "a", "question": "b", "without": ["c"], "synonyms": false, "year": 2023}',
        f"q={quote('怎么招商')}&q=b&limit=5&from=2022-01&document=a&synonyms=0&year=2023".encode(),
        b"limit=10&offset=5&q=a&place=b",
    ]


def _saved() -> bytes:
    message = EmailMessage()
    message.make_related()
    message.add_related(f"<h1>通知</h1><p>{TEXT}", subtype="html")
    return b"MIME-Version: 1.0\r\n" + message.as_bytes()


def _mail() -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = "通知", "a@example.com", "Mon, 08 May 2023 10:00:00 +0800"
    message.set_content(TEXT)
    message.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="附件.txt")
    return message.as_bytes()


def _bytes_of(write: Callable[[io.BytesIO], object]) -> bytes:
    buffer = io.BytesIO()
    write(buffer)
    return buffer.getvalue()


def _word() -> bytes:
    document = docx.Document()
    document.add_heading("通知", 1)
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    document.add_table(1, 2).rows[0].cells[0].text = "甲"
    # python-docx packs styles and a picture of its own, of which nothing is read.
    return _bytes_of(document.save)


def _book() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["名称", "数量"])
    book.active.append(["甲", 1.5])
    return _bytes_of(book.save)


def _printed() -> bytes:
    def write(buffer: io.BytesIO) -> None:
        canvas = Canvas(buffer)
        canvas.drawString(50, 700, "Notice of 2023")
        canvas.showPage()
        canvas.save()

    return _bytes_of(write)


def _zipped(parts: dict[str, bytes]) -> bytes:
    def write(buffer: io.BytesIO) -> None:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                package.writestr(name, content)

    return _bytes_of(write)
