"""A PDF becomes paragraphs with the pages they stand on; what is no text in it is named."""

import io
from collections.abc import Callable, Sequence

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from service.corpus.readers.pdf import read
from service.errors import UnreadableFile

Line = tuple[float, float, str]
Print = Callable[..., bytes]
Set = Callable[..., list[Line]]
LONG = (
    "会议强调，各乡镇要把秋粮收购摆在突出位置，备足仓容，优化服务，做到随到随收、应收尽收，确保农民种粮卖得出、卖得好，"
    "2023年收购3.2万吨，比上年多15.3%。"
)
MORE = (
    "县粮食局要会同有关部门，每周调度一次收购进度，对进度慢的乡镇及时提醒，对压级压价的企业依法查处，结果向社会公开。"
)


def test_lines_are_joined_into_paragraphs_and_pages_know_where_they_begin(printed: Print, set_in_lines: Set) -> None:
    first = [(200, 760, "关于秋粮收购的通知"), *set_in_lines([LONG, MORE])]
    reading = read(printed([first, set_in_lines([MORE, LONG])]))
    assert reading.text == f"关于秋粮收购的通知\n{LONG}\n{MORE}\n{MORE}\n{LONG}\n"
    assert (reading.encoding, reading.warnings) == ("PDF，2 页", ())
    assert reading.pages == (0, len(f"关于秋粮收购的通知\n{LONG}\n{MORE}\n"))


def test_a_paragraph_goes_on_over_the_page(printed: Print, set_in_lines: Set) -> None:
    lines = set_in_lines([LONG])
    rest = [(x, y + 60, words) for x, y, words in lines[1:]]
    reading = read(printed([[*set_in_lines([MORE], top=760), *lines[:1]], rest]))
    assert reading.text == f"{MORE}\n{LONG}\n"
    assert reading.pages == (0, len(MORE) + 1 + len(lines[0][2]))


def numbered(lines: Sequence[Line], number: int, foot: str) -> list[Line]:
    return [(220, 810, "云溪县人民政府公报"), *lines, (290, 40, foot.format(number))]


@pytest.mark.parametrize("foot", ["- {} -", "{}", "第 {} 页 共 5 页", "— {} —", "{}/5"])
def test_what_is_printed_on_every_page_is_left_out_and_named(printed: Print, set_in_lines: Set, foot: str) -> None:
    paragraphs = [f"第{n}，{LONG}" for n in "一二三四五"]
    pages = [numbered(set_in_lines([words]), number, foot) for number, words in enumerate(paragraphs, 1)]
    reading = read(printed(pages))
    assert reading.text == "".join(f"{words}\n" for words in paragraphs)
    assert reading.warnings == ()
    assert [words for _, words in reading.dropped] == [
        words for number in range(1, 6) for words in ("云溪县人民政府公报", foot.format(number))
    ]
    assert {rule for rule, _ in reading.dropped} == {"页眉页脚"}


def test_a_number_in_the_text_is_no_page_number(printed: Print, set_in_lines: Set) -> None:
    assert read(printed([[(88, 500, "2023"), *set_in_lines([LONG], top=480)]])).text == f"2023\n{LONG}\n"


def test_a_table_repeating_its_head_at_the_top_of_each_page_keeps_it(printed: Print) -> None:
    rows = [(88, 770, "乡镇"), (300, 770, "仓容"), (88, 750, "东河镇"), (300, 750, "3200吨"), (88, 730, "西河镇"), (300, 730, "900吨")]  # fmt: skip
    page = "乡镇\t仓容\n东河镇\t3200吨\n西河镇\t900吨\n"
    assert read(printed([rows] * 3)).text == page * 3


def test_characters_are_read_by_their_places_whatever_their_order_in_the_file(printed: Print) -> None:
    # LibreOffice and others write one font after the other.
    assert read(printed([[(112, 700, "一网通办"), (100, 700, "“"), (160, 700, "”"), (88, 700, "推")]])).text == (
        "推“一网通办”\n"
    )


def test_type_that_is_made_bold_by_setting_it_twice_is_read_once(printed: Print) -> None:
    assert read(printed([[(88, 700, "总体要求"), (88.4, 700, "总体要求")]])).text == "总体要求\n"


def test_latin_words_keep_a_blank_between_lines(printed: Print) -> None:
    lines = [(88, 700 - 20 * n, words) for n, words in enumerate(("support for KPI and " * 4, "BIM models"))]
    assert read(printed([lines])).text.count("and BIM models") == 1


def test_headings_stay_lines_of_their_own(printed: Print, set_in_lines: Set) -> None:
    # Set without an indent, below a line that is full to its end.
    full = set_in_lines([LONG[:32] + "。"])
    lines = [*full, (88, 680, "二、工作任务"), *set_in_lines([MORE], top=660)]
    assert read(printed([lines])).text == f"{LONG[:32]}。\n二、工作任务\n{MORE}\n"


def test_a_password_is_named_with_what_to_do(printed: Print, set_in_lines: Set) -> None:
    raw = printed([set_in_lines([LONG])], encrypt="secret")
    with pytest.raises(UnreadableFile, match="有密码；请用 PDF 阅读器打开，去掉密码后另存，再放入"):
        read(raw)


def test_a_truncated_file_is_named_or_read_in_what_is_there(printed: Print, set_in_lines: Set) -> None:
    raw = printed([set_in_lines([LONG])])
    with pytest.raises(UnreadableFile, match="不是完整的 PDF，或已损坏"):
        read(raw[:200])


def scanned(pages: int, printed_pages: Sequence[int] = ()) -> bytes:
    picture = ImageReader(Image.new("L", (200, 300), 200))
    held = io.BytesIO()
    canvas = Canvas(held)
    for number in range(1, pages + 1):
        if number in printed_pages:
            canvas.setFont("STSong-Light", 12)
            canvas.drawString(88, 700, "这一页有文字，可以复制。")
        else:
            canvas.drawImage(picture, 0, 0)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def test_a_scan_is_named_with_what_to_do(printed: Print) -> None:
    with pytest.raises(UnreadableFile, match="是扫描件或图片，没有文字；请先做文字识别（OCR）"):
        read(scanned(2))


def test_scanned_pages_among_others_are_named_by_their_numbers(printed: Print) -> None:
    reading = read(scanned(6, printed_pages=(1, 5)))
    assert reading.text == "这一页有文字，可以复制。\n" * 2
    assert reading.warnings == ("第 2-4、6 页没有文字，可能是扫描件；请先做文字识别（OCR）",)
    # A place of the second line stands on page 5.
    assert sum(1 for page in reading.pages if page <= 20) == 5


def halved(paragraphs: Sequence[str], x: float, top: float) -> list[Line]:
    """Set paragraphs in a column of 16 characters, two of them indented."""
    lines: list[Line] = []
    for paragraph in paragraphs:
        whole = f"　　{paragraph}"
        for begin in range(0, len(whole), 16):
            lines.append((x, top - 20 * len(lines), whole[begin : begin + 16]))
    return lines


def test_two_columns_are_read_one_after_the_other(printed: Print) -> None:
    words = [
        f"{order}是各乡镇要备足仓容、优化服务，做到随到随收、应收尽收，卖粮不排队、售粮有现款，让农民放心满意。"
        for order in "一二三四五六"
    ]
    page = [
        (88, 760, "云溪县人民政府关于做好秋粮收购工作的通知云溪县人民政府办公室印发"),
        *halved(words[:3], 88, 720),
        *halved(words[3:], 310, 720),
    ]
    assert read(printed([page])).text.splitlines()[1:] == words


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("东河镇            3200吨", "东河镇\t3200吨"),
        ("东河镇\u3000\u3000\u30003200吨", "东河镇\t3200吨"),
        # narrower, or between two sentences
        ("东河镇\u3000\u3000西河镇", "东河镇\u3000\u3000西河镇"),
        ("完成任务。\u3000\u3000\u3000其次，备仓。", "完成任务。\u3000\u3000\u3000其次，备仓。"),
    ],
)
def test_blanks_as_wide_as_the_border_of_a_column_part_cells(printed: Print, line: str, expected: str) -> None:
    assert read(printed([[(88, 700, line)]])).text == f"{expected}\n"


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("关于做好秋粮收购工作的通知", "云溪县人民政府办公室关于做好秋粮收购工作的通知\n"),
        ("云溪县粮食局", "云溪县人民政府办公室\n云溪县粮食局\n"),
        ("（试行）", "云溪县人民政府办公室\n（试行）\n"),
        ("二〇二三年五月", "云溪县人民政府办公室\n二〇二三年五月\n"),
    ],
)
def test_a_title_that_is_set_in_two_lines_is_one(set_in_lines: Set, below: str, expected: str) -> None:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=A4)
    canvas.setFont("STSong-Light", 20)
    for y, words in ((790, "云溪县人民政府办公室"), (764, below)):
        canvas.drawString(298 - 10 * len(words), y, words)
    canvas.setFont("STSong-Light", 12)
    for x, y, words in set_in_lines([LONG, MORE]):
        canvas.drawString(x, y, words)
    canvas.save()
    assert read(held.getvalue()).text == f"{expected}{LONG}\n{MORE}\n"


def test_a_table_of_two_columns_is_read_row_by_row(printed: Print) -> None:
    rows = [[(88, 700 - 20 * n, f"第{n}镇"), (310, 700 - 20 * n, f"{n}00吨")] for n in range(1, 12)]
    assert read(printed([[cell for row in rows for cell in row]])).text == "".join(
        f"第{n}镇\t{n}00吨\n" for n in range(1, 12)
    )


@pytest.mark.parametrize(("degrees", "corner"), [(90, (595, 0)), (180, (595, 842)), (270, (0, 842))])
def test_a_page_that_is_turned_is_read_as_it_is_shown(printed: Print, degrees: int, corner: tuple[int, int]) -> None:
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.setPageRotation(degrees)
    canvas.setFont("STSong-Light", 12)
    canvas.translate(*corner)
    canvas.rotate(degrees)
    for x, y, words in ((88, 400, "乡镇"), (300, 400, "仓容"), (88, 380, "东河镇"), (300, 380, "3200吨")):
        canvas.drawString(x, y, words)
    canvas.save()
    assert read(held.getvalue()).text == "乡镇\t仓容\n东河镇\t3200吨\n"
