"""A Word document becomes the text that Word shows, with the headings that its styles name."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from lxml import etree

from service.corpus.document import Heading
from service.corpus.readers.numbering import written
from service.corpus.readers.word import read
from service.errors import UnreadableFile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
Make = Callable[..., bytes]


def headings(raw: bytes) -> list[tuple[int, str]]:
    """Return the levels and words of the headings."""
    reading = read(raw)
    return [(level, reading.text[start:].split("\n")[0]) for start, level in reading.headings]


def append(document: Word, source: str) -> None:
    """Append a block written as WordprocessingML."""
    document.element.body.insert(len(document.element.body) - 1, etree.fromstring(source))


def test_paragraphs_are_lines_and_empty_ones_are_none(word: Make) -> None:
    def write(document: Word) -> None:
        for words in ("各乡镇：", "", "　　现通知如下。", "一是早准备。\n二是优服务。"):
            document.add_paragraph(words)

    assert read(word(write)).text == "各乡镇：\n现通知如下。\n一是早准备。\n二是优服务。\n"


def test_headings_are_what_the_styles_say_and_the_title_is_none(word: Make) -> None:
    def write(document: Word) -> None:
        document.add_paragraph("关于做好秋粮收购的", style="Title")
        document.add_paragraph("通知", style="Title")
        document.add_heading("总体要求", 1)
        document.add_paragraph("坚持应收尽收。")
        document.add_heading("仓容", 2)
        own = document.styles.add_style("我的标题", WD_STYLE_TYPE.PARAGRAPH)
        own.base_style = document.styles["Heading 1"]
        document.add_paragraph("工作安排", style=own)
        outlined = document.add_paragraph("附则")
        outlined._p.get_or_add_pPr().append(etree.fromstring(f'<w:outlineLvl {W} w:val="2"/>'))

    raw = word(write)
    assert headings(raw) == [(1, "总体要求"), (2, "仓容"), (1, "工作安排"), (3, "附则")]
    assert read(raw).title == "关于做好秋粮收购的通知"


LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "%3.%4"))
ITEMS = (
    (0, "总体要求"), (1, "指导思想"), (1, "工作目标"), (0, "工作任务"), (1, "备仓"), (2, "腾仓"), (2, "修仓"), (3, "查漏"), (1, "备款"),
)  # fmt: skip
SHOWN = (
    "一、总体要求\n（一）指导思想\n（二）工作目标\n二、工作任务\n（一）备仓\n1. 腾仓\n2. 修仓\n2.1 查漏\n（二）备款\n"
)


def test_numbers_of_lists_are_counted_level_by_level(word: Make, numbered: Callable[..., None]) -> None:
    assert read(word(lambda document: numbered(document, LEVELS, ITEMS))).text == SHOWN


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice is not here (make export-test installs it)")
def test_the_numbers_are_those_that_libreoffice_shows(
    word: Make, numbered: Callable[..., None], tmp_path: Path
) -> None:
    def write(document: Word) -> None:
        numbered(document, LEVELS, ITEMS * 6)
        for words in ("甲", "乙"):
            document.add_paragraph(words, style="List Number")

    raw = word(write)
    (tmp_path / "a.docx").write_bytes(raw)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=120)
    shown = (tmp_path / "a.txt").read_text(encoding="utf-8-sig")
    assert "".join(read(raw).text.split()) == "".join(shown.split())


def test_a_list_that_starts_anew_is_counted_anew(word: Make, numbered: Callable[..., None]) -> None:
    def write(document: Word) -> None:
        numbered(document, [("decimal", "%1.")], [(0, "甲"), (0, "乙")])
        document.part.numbering_part.element.append(
            etree.fromstring(
                f'<w:num {W} w:numId="92"><w:abstractNumId w:val="90"/>'
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
        )
        properties = document.add_paragraph("丙")._p.get_or_add_pPr()
        properties.append(etree.fromstring(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="92"/></w:numPr>'))

    assert read(word(write)).text == "1. 甲\n2. 乙\n1. 丙\n"


def test_a_list_may_come_from_a_style(word: Make) -> None:
    def write(document: Word) -> None:
        for style, words in (("List Number", "甲"), ("List Number", "乙"), ("List Bullet", "丙")):
            document.add_paragraph(words, style=style)

    assert read(word(write)).text == "1. 甲\n2. 乙\n• 丙\n"


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (21, "japaneseCounting", "二十一"),
        (105, "chineseCounting", "一百零五"),
        (110, "chineseCounting", "一百一十"),
        (1001, "chineseCounting", "一千零一"),
        (13, "chineseLegalSimplified", "拾叁"),
        (20, "ideographDigital", "二〇"),
        (3, "ideographTraditional", "丙"),
        (3, "ideographZodiac", "寅"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (21, "decimalEnclosedCircle", "21"),  # there is no such sign
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (28, "upperLetter", "BB"),
        (9, "lowerRoman", "ix"),
        (5, "anything newer", "5"),
    ],
)
def test_numbers_are_written_as_word_writes_them(number: int, form: str, expected: str) -> None:
    assert written(number, form) == expected


def test_a_table_is_read_row_by_row(word: Make) -> None:
    def write(document: Word) -> None:
        document.add_paragraph("仓容表")
        table = document.add_table(2, 3)
        for cell, words in zip(
            [*table.rows[0].cells, *table.rows[1].cells],
            ("乡镇", "仓容", "", "东河镇", "3200\n吨", "已查"),
            strict=True,
        ):
            cell.text = words

    assert read(word(write)).text == "仓容表\n乡镇\t仓容\n东河镇\t3200 吨\t已查\n"


def test_what_spans_several_rows_of_a_table_is_said_in_each(word: Make) -> None:
    def write(document: Word) -> None:
        table = document.add_table(4, 3)
        rows = (("乡镇", "仓库", "仓容"), ("东河镇", "一号", "3200吨"), ("", "二号", "900吨"), ("西河镇", "", "70吨"))
        for row, said in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, said, strict=True):
                cell.text = words
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(3, 0).merge(table.cell(3, 1))

    assert read(word(write)).text == "乡镇\t仓库\t仓容\n东河镇\t一号\t3200吨\n东河镇\t二号\t900吨\n西河镇\t70吨\n"


def test_what_spanned_rows_above_a_text_set_in_a_table_spans_none_below_it(word: Make) -> None:
    long = "各乡镇要备足仓容。" * 30

    def write(document: Word) -> None:
        table = document.add_table(4, 2)
        rows = (("东河镇", "一号"), ("", "二号"), ("说明", long), ("", "三号"))
        for row, said in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, said, strict=True):
                cell.text = words
        table.cell(0, 0).merge(table.cell(1, 0))
        table.cell(2, 0).merge(table.cell(3, 0))

    assert read(word(write)).text == f"东河镇\t一号\n东河镇\t二号\n说明\n{long}\n三号\n"


def test_a_table_that_only_places_text_is_read_as_text(word: Make) -> None:
    long = "各乡镇要备足仓容。" * 30

    def write(document: Word) -> None:
        cells = document.add_table(1, 2).rows[0].cells
        cells[0].text = "要求"
        cells[1].text = long
        cells[1].add_paragraph("二是优服务。")

    assert read(word(write)).text == f"要求\n{long}\n二是优服务。\n"


def test_footnotes_stand_at_the_end_by_their_numbers(word: Make) -> None:
    def write(document: Word) -> None:
        paragraph = document.add_paragraph("去年收购3.2万吨")
        paragraph._p.append(etree.fromstring(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
        paragraph.add_run("。")
        document.add_paragraph("今年更多。")

    notes = f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>县粮食局统计。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    held = io.BytesIO(word(write))
    with zipfile.ZipFile(held, "a") as package:
        package.writestr("word/footnotes.xml", notes)
    assert read(held.getvalue()).text == "去年收购3.2万吨[1]。\n今年更多。\n[1] 县粮食局统计。\n"


def test_what_word_does_not_show_is_not_read_and_text_boxes_are_read_once(word: Make) -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>联系人：王某</w:t></w:r></w:p></w:txbxContent>"

    def write(document: Word) -> None:
        append(
            document,
            f"<w:p {W}><w:r><w:t>现</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
            "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>",
        )
        append(
            document,
            f"<w:p {W} {mc}><w:r><w:t>正文</w:t><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
        )

    assert read(word(write)).text == "现增\n正文\n联系人：王某\n"


def test_a_table_of_contents_is_left_out_and_said_to_be(word: Make) -> None:
    def write(document: Word) -> None:
        document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph("一、总体要求\t1", style="toc 1")
        document.add_paragraph("正文。")

    reading = read(word(write))
    assert (reading.text, reading.dropped) == ("正文。\n", (("目录", "一、总体要求 1"),))


def test_a_truncated_document_is_named(word: Make) -> None:
    raw = word(lambda document: document.add_paragraph("正文。"))
    with pytest.raises(UnreadableFile, match="文件不完整（可能没有下载或复制完）；请重新复制后再放入"):
        read(raw[: len(raw) // 2])


def test_a_damaged_part_is_named(word: Make, repacked: Make) -> None:
    raw = repacked(word(lambda document: document.add_paragraph("正文。")), {"word/document.xml": b"<w:document"})
    with pytest.raises(UnreadableFile, match="文件已损坏"):
        read(raw)


def test_entities_are_refused_and_never_unfolded(word: Make, repacked: Make) -> None:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE d [<!ENTITY a0 "啊">{lines}]><w:document {W}><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>'
    raw = repacked(word(lambda document: document.add_paragraph("正文。")), {"word/document.xml": bomb.encode()})
    with pytest.raises(UnreadableFile, match="异常庞大或含有实体定义"):
        read(raw)


def test_parts_that_unfold_beyond_measure_are_refused(word: Make, repacked: Make) -> None:
    raw = repacked(word(lambda document: document.add_paragraph("正文。")), {"word/styles.xml": b" " * 110_000_000})
    assert len(raw) < 1_000_000
    with pytest.raises(UnreadableFile, match="异常庞大"):
        read(raw)


def test_a_heading_that_word_breaks_into_lines_is_one(word: Make) -> None:
    assert headings(word(lambda document: document.add_heading("总体\n要求", 1))) == [(1, "总体要求")]
    assert read(word(lambda document: document.add_heading("要求", 1))).headings == (Heading(0, 1),)


def test_styles_that_are_based_on_each_other_do_not_hang(word: Make) -> None:
    def write(document: Word) -> None:
        one = document.styles.add_style("甲", WD_STYLE_TYPE.PARAGRAPH)
        two = document.styles.add_style("乙", WD_STYLE_TYPE.PARAGRAPH)
        one.base_style, two.base_style = two, one
        document.add_paragraph("正文。", style="甲")

    assert read(word(write)).text == "正文。\n"


def test_what_is_printed_at_the_edges_of_pages_and_remarked_is_dropped_by_name(word: Make) -> None:
    def write(document: Word) -> None:
        words = document.add_paragraph("正文。")
        document.add_comment(words.runs, text="请核实")
        document.sections[0].header.paragraphs[0].text = "内部资料 注意保存"
        document.sections[0].footer.paragraphs[0].text = "第 1 页"

    reading = read(word(write))
    assert (reading.text, reading.warnings) == ("正文。\n", ())
    assert sorted(reading.dropped) == [("批注", "请核实"), ("页眉页脚", "内部资料 注意保存"), ("页眉页脚", "第 1 页")]
