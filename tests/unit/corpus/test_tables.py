"""A table becomes lines, one a row, and a Markdown file lines with the headings it marks."""

import datetime
import io

import openpyxl
import pytest

from service.corpus.document import Heading
from service.corpus.readers import markdown, separated, workbook
from service.corpus.readers.reading import Reading
from service.errors import UnreadableFile


def book(**sheets: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def test_a_workbook_is_read_row_by_row_under_the_names_of_its_sheets() -> None:
    raw = book(
        仓容=[
            ["乡镇", "仓容（吨）", "查验"],
            ["东河镇", 3200.0, datetime.date(2023, 5, 1)],
            [],
            [None, 0.1 + 0.2, True],
        ],
        空表=[],
        收购=[["合计\n（吨）", 12]],
    )
    reading = workbook.read(raw)
    assert reading.text == "仓容\n乡镇\t仓容（吨）\t查验\n东河镇\t3200\t2023-05-01\n0.3\t是\n收购\n合计 （吨）\t12\n"
    assert [reading.text[h.start :][:2] for h in reading.headings] == ["仓容", "收购"]


def test_what_spans_rows_of_a_sheet_is_said_in_each() -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in [
        ["惠企政策一览", None, None],
        ["东河镇", "补贴", "三千元"],
        [None, "期限", "一年"],
        [None, None, None],
        ["西岭镇", "补贴", "一千元"],
        ["", "期限", "两年"],
    ]:
        sheet.append(row)
    for where in ("A1:C1", "A2:A4", "A5:A5"):
        sheet.merge_cells(where)
    held = io.BytesIO()
    made.save(held)
    assert workbook.read(held.getvalue()).text == (
        "惠企政策一览\n东河镇\t补贴\t三千元\n东河镇\t期限\t一年\n西岭镇\t补贴\t一千元\n期限\t两年\n"
    )


@pytest.mark.parametrize("where", ["A:C", "3:4", "", "A", "A0:B-1", "ZZZZZ1:A2"])
def test_what_is_no_range_of_cells_spans_nothing(where: str) -> None:
    assert workbook._Spanning([where]).filled(1, ["甲"]) == ["甲"]


def test_numbers_are_written_as_their_cells_show_them() -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for place, (value, form) in enumerate([(0.153, "0.0%"), (12345.5, "#,##0.0"), (2023, "General")], 1):
        sheet.cell(1, place, value).number_format = form
    held = io.BytesIO()
    made.save(held)
    assert workbook.read(held.getvalue()).text == "15.3%\t12,345.5\t2023\n"


def test_a_sheet_that_is_hidden_is_named_and_not_read() -> None:
    made = openpyxl.Workbook()
    made.worksheets[0]["A1"] = "看得见"
    made.create_sheet("隐").append(["看不见"])
    made["隐"].sheet_state = "hidden"
    held = io.BytesIO()
    made.save(held)
    reading = workbook.read(held.getvalue())
    assert (reading.text, reading.warnings) == ("看得见\n", ("隐藏的工作表没有收入：隐；要收入请先取消隐藏",))


def test_a_name_that_nobody_gave_a_sheet_is_no_heading() -> None:
    reading = workbook.read(book(Sheet1=[["东河镇", 1]], 工作表2=[["西河镇", 2]], 收购=[["合计", 3]]))
    assert reading.text == "东河镇\t1\n西河镇\t2\n收购\n合计\t3\n"
    assert [reading.text[h.start :][:2] for h in reading.headings] == ["收购"]


def test_formulas_that_were_never_worked_out_are_named() -> None:
    # As programs write them that do not calculate.
    raw = book(仓容=[["东河镇", 3200], ["合计", "=SUM(B1:B1)"]], 收购=[["合计", "=1+1", None]])
    reading = workbook.read(raw)
    assert reading.text == "仓容\n东河镇\t3200\n合计\n收购\n合计\n"
    assert reading.warnings == (
        "仓容!B2、收购!B1 2 格是公式，没有保存结果，读不出数；请用 Excel 或 WPS 打开后保存，再放入",
    )
    assert workbook.read(book(仓容=[["东河镇", None, 3200]])).warnings == ()


def test_a_truncated_workbook_is_named() -> None:
    with pytest.raises(UnreadableFile, match="文件不完整"):
        workbook.read(book(甲=[["乙"]])[:500])


def test_a_csv_file_is_read_row_by_row() -> None:
    raw = '乡镇,仓容\r\n"东河镇","3,200\n吨"\r\n,,\r\n'.encode("gbk")
    assert separated.read(raw) == Reading("乡镇\t仓容\n东河镇\t3,200 吨\n", "GB18030")


def test_headings_of_markdown_lose_their_marks_and_nothing_else_does() -> None:
    raw = "# 工作方案 #\n\n**县要抓好*项任务。\n#不是标题\n### 备仓\n```\n# 也不是\n```\n## 备款\n".encode()
    text = "工作方案\n\n**县要抓好*项任务。\n#不是标题\n备仓\n```\n# 也不是\n```\n备款\n"
    headings = (Heading(0, 1), Heading(text.index("备仓"), 3), Heading(text.index("备款"), 2))
    assert markdown.read(raw) == Reading(text, "UTF-8", headings)


def test_lines_broken_inside_a_sentence_are_joined_below_a_heading_of_markdown_and_never_with_it() -> None:
    raw = "各乡镇要备足仓容\n，优化服务。\n## 备仓\n，早腾早修\n，早查。\n".encode()
    reading = markdown.read(raw)
    assert reading.text == "各乡镇要备足仓容，优化服务。\n备仓\n，早腾早修，早查。\n"
    assert [reading.text[start:][:2] for start, _ in reading.headings] == ["备仓"]
