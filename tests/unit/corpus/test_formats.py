"""What a file holds goes before what it is called; what is protected, damaged or of no known kind is named with what to do."""

import io
import os
import shutil
import subprocess
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import pytest

from service.corpus.documents import read_file, read_folders
from service.corpus.folder import list_folders
from service.corpus.readers import READERS, Bounds, read
from service.corpus.readers.formats import format_of
from service.errors import UnreadableFile

Make = Callable[..., bytes]
WORDS = "各乡镇要备足仓容，优化服务。"
PAGE = f"<html><body><p>{WORDS}</p></body></html>".encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def text(content: bytes, suffix: str) -> tuple[str, tuple[str, ...]]:
    reading = read(content, suffix, Bounds())
    return reading.text, reading.warnings


@pytest.mark.parametrize("suffix", [".doc", ".docx", ".wps", ".pdf", ".mht"])
def test_a_web_page_is_read_as_one_whatever_it_is_called(suffix: str) -> None:
    assert text(PAGE, suffix) == (f"{WORDS}\n", (f"扩展名是 {suffix}，内容是网页，已按内容读取",))


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".txt", ".pdf", ".html", ".rtf"])
def test_a_new_word_document_is_read_as_one_whatever_it_is_called(word: Make, suffix: str) -> None:
    raw = word(lambda document: document.add_paragraph(WORDS))
    assert text(raw, suffix) == (f"{WORDS}\n", (f"扩展名是 {suffix}，内容是Word 文档，已按内容读取",))


@pytest.mark.parametrize("suffix", [".doc", ".txt", ".html"])
def test_a_pdf_is_read_as_one_whatever_it_is_called(printed: Make, suffix: str) -> None:
    raw = printed([[(88, 700, WORDS)]])
    assert text(raw, suffix) == (f"{WORDS}\n", (f"扩展名是 {suffix}，内容是PDF，已按内容读取",))


def test_plain_text_called_doc_is_read_and_says_so() -> None:
    assert text(WORDS.encode("gbk"), ".doc") == (WORDS, ("扩展名是 .doc，内容是文本，已按内容读取",))


def test_what_is_called_by_its_name_needs_no_word() -> None:
    assert text(PAGE, ".html") == (f"{WORDS}\n", ())


@pytest.mark.parametrize(
    ("content", "suffix", "why"),
    [
        (b"", ".docx", "是空文件"),
        (b" \r\n", ".pdf", "是空文件"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), ".docx", "有密码；请用 Word 或 WPS 打开，去掉密码后重新保存"),
        (OLE + "PowerPoint".encode("utf-16-le"), ".doc", "扩展名是 .doc，内容却是别的 Office 文件"),
        (b"\xff\xd8\xff\xe0" + bytes(100), ".pdf", "内容是图片；请先做文字识别（OCR）"),
        (b"\x89PNG\r\n\x1a\n", ".docx", "内容是图片；请先做文字识别（OCR）"),
        (b"\x00\x01\x02" * 100, ".wps", "不是旧版 Word 或 WPS 文档，或已损坏；请用原来的软件打开后另存"),
        (b"PK", ".xlsx", "不是Excel 表格，或已损坏；请用原来的软件打开后另存"),
        (WORDS.encode(), ".pdf", "不是PDF，或已损坏；请用原来的软件打开后另存"),
        (b"PK\x03\x04 cut off", ".docx", "文件不完整（可能没有下载或复制完）；请重新复制后再放入"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(content: bytes, suffix: str, why: str) -> None:
    with pytest.raises(UnreadableFile) as error:
        read(content, suffix, Bounds())
    assert str(error.value).startswith(why)


def test_packages_of_other_kinds_are_named(zipped: Make) -> None:
    for name, why in (("OFD.xml", "是 OFD 版式文件"), ("ppt/presentation.xml", "内容却是压缩包或别的格式")):
        with pytest.raises(UnreadableFile, match=why):
            format_of(zipped({name: b"<x/>"}), ".docx")


def test_a_document_without_words_is_named(word: Make) -> None:
    with pytest.raises(UnreadableFile, match="里面没有文字；如果是扫描或图片，请先做文字识别"):
        read(word(lambda document: document.add_paragraph(" ")), ".docx", Bounds())


def test_every_suffix_has_one_reader_that_is_there() -> None:
    modules = {form.module for form in READERS.values()}
    folder = Path(format_of.__globals__["__file__"]).parent
    assert {f"{module}.py" for module in modules} <= set(os.listdir(folder))


# -- what LibreOffice opens ------------------------------------------------------------------------------------------


def test_without_libreoffice_an_old_document_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "通知.doc").write_bytes(OLE + "WordDocument".encode("utf-16-le"))
    monkeypatch.setenv("PATH", str(tmp_path))
    # Another bound, another process: one that began before would still look where the program was.
    with pytest.raises(
        UnreadableFile, match=r"需在本机安装 LibreOffice（或用带 LibreOffice 的镜像）；也可用 Word 或 WPS 另存为 .docx"
    ):
        read((tmp_path / "通知.doc").read_bytes(), ".doc", Bounds(seconds=59))


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """A function that returns a text, or a table, as LibreOffice saves it in another format."""
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not here (make export-test installs it)")
    folder = tmp_path_factory.mktemp("office")
    document = docx.Document()
    document.add_heading("总体要求", 1)
    document.add_paragraph(WORDS)
    document.save(str(folder / "a.docx"))
    (folder / "a.csv").write_text("东河镇,3200\n", encoding="utf-8")

    @cache
    def made(target: str) -> bytes:
        source = folder / ("a.csv" if target in ("xls", "ods") else "a.docx")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        reading = ["--infilter=CSV:44,34,76"] if source.suffix == ".csv" else []
        convert = ["soffice", profile, "--headless", *reading, "--convert-to", target, "--outdir", str(folder)]
        subprocess.run([*convert, str(source)], check=True, capture_output=True, timeout=120)
        if not (folder / f"a.{target}").is_file():
            pytest.skip(f"this soffice writes no .{target}: a part of it is missing")
        return (folder / f"a.{target}").read_bytes()

    return made


@pytest.mark.office
@pytest.mark.parametrize(("target", "suffix"), [("doc", ".doc"), ("doc", ".wps"), ("odt", ".odt"), ("rtf", ".doc")])
def test_older_documents_are_read_with_their_headings(
    converted: Callable[[str], bytes], target: str, suffix: str
) -> None:
    reading = read(converted(target), suffix, Bounds())
    assert reading.text == f"总体要求\n{WORDS}\n"
    assert [heading.level for heading in reading.headings] == [1]


@pytest.mark.office
@pytest.mark.parametrize(("target", "suffix"), [("xls", ".et"), ("ods", ".ods")])
def test_older_tables_are_read_row_by_row(converted: Callable[[str], bytes], target: str, suffix: str) -> None:
    assert read(converted(target), suffix, Bounds()).text == "东河镇\t3200\n"


@pytest.mark.office
def test_a_pdf_that_libreoffice_prints_is_read(converted: Callable[[str], bytes]) -> None:
    assert read(converted("pdf"), ".pdf", Bounds()).text == f"总体要求\n{WORDS}\n"


@pytest.mark.office
def test_what_libreoffice_cannot_open_says_so(converted: Callable[[str], bytes]) -> None:
    raw = converted("doc")
    with pytest.raises(UnreadableFile, match="LibreOffice 打不开，可能有密码或已损坏"):
        read(raw[:2000] + "WordDocument".encode("utf-16-le") * 9, ".doc", Bounds())


# -- what one file may take ------------------------------------------------------------------------------------------


def test_a_file_over_the_bound_is_named_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "长.txt").write_text("啊" * 1000, encoding="utf-8")
    (found,) = list_folders([tmp_path], Bounds(size=2000)).files
    assert read_file(found).left_out == (
        "有 0.0 MB，超过 0.002 MB 的上限；请拆成几份，或用 --max-file（YOUJU_MAX_FILE）放宽"
    )
    assert read_file(replace(found, bounds=Bounds())).left_out is None


def test_a_file_that_takes_too_long_costs_itself_alone(word: Make) -> None:
    slow = ("<p>" + "啊，" * 3) * 400_000
    with pytest.raises(
        UnreadableFile, match=r"1 秒内没有读完；请拆成几份，或另存为 .txt 后再放入，也可用 --read-seconds 放宽时限"
    ):
        read(slow.encode(), ".html", Bounds(seconds=1))
    assert text(word(lambda document: document.add_paragraph(WORDS)), ".docx")[0] == f"{WORDS}\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system bounds no memory")
def test_a_file_that_takes_too_much_memory_costs_itself_alone(word: Make) -> None:
    large = ("<p>" + "啊，" * 3) * 300_000
    narrow = Bounds(memory=200_000_000)
    with pytest.raises(UnreadableFile, match=r"读它需要的内存太多；请拆成几份，或另存为 .txt 后再放入"):
        read(large.encode(), ".html", narrow)
    assert read(word(lambda document: document.add_paragraph(WORDS)), ".docx", narrow).text == f"{WORDS}\n"


def test_a_folder_with_every_fault_is_read_in_what_is_right(
    tmp_path: Path, word: Make, printed: Make, zipped: Make
) -> None:
    good = word(lambda document: document.add_paragraph(WORDS))
    files = {
        "好.docx": good,
        "断.docx": good[:1000],
        "密.pdf": printed([[(88, 700, WORDS)]], encrypt="secret"),
        "图.png": b"\x89PNG",
        "套.zip": zipped({"好.docx": good, "断.docx": good[:1000]}, zipfile.ZIP_STORED),
        "空.xlsx": b"",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    report = read_folders([tmp_path])
    assert [file.file for file in report.files if file.left_out is None] == ["套.zip/好.docx", "好.docx"]
    assert [file.file for file in report.left_out] == ["图.png", "套.zip/断.docx", "密.pdf", "断.docx", "空.xlsx"]
    assert all("请" in (file.left_out or "") or file.left_out == "是空文件" for file in report.left_out)


def packed(mimetype: bytes) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", mimetype)
    return raw.getvalue()


def test_what_tells_a_format_is_not_unfolded_beyond_what_tells_it() -> None:
    raw = packed(bytes(300_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFile):
            format_of(raw, ".docx")
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("at", range(32, 60, 4))
def test_a_package_with_damage_where_its_format_stands_is_named(at: int) -> None:
    raw = bytearray(packed(b"application/vnd.oasis.opendocument.text" * 9))
    raw[at : at + 3] = b"\xff\xff\xff"
    with pytest.raises(UnreadableFile):
        format_of(bytes(raw), ".odt")


def test_a_package_of_very_many_parts_is_named() -> None:
    with pytest.raises(UnreadableFile, match="部件"):
        format_of(packed(b"a") + b"PK\x01\x02" * 20_001, ".docx")
