"""The numbers of pages are left over; those of tables and lists are not."""

from service.corpus.pagination import numbers

LINE = "推动工业和信息化领域数字技术适老化由"


def test_numbers_with_dashes_are_page_numbers_wherever_they_stand() -> None:
    assert numbers(["正文。", "— 12 —", "正文。", "第 3 页，共 12 页"]) == {1: "页码", 3: "页码"}


def test_bare_numbers_that_go_on_pages_apart_within_sentences_are_page_numbers() -> None:
    page = [LINE] * 6
    words = [*page, "1", *page, "2", *page, "3", *page]
    assert numbers(words) == {6: "页码", 13: "页码", 20: "页码"}


def test_numbers_of_rows_are_none() -> None:
    row = ["公司名称", "产品", "主要功能", "服务对象", "18610723315"]
    assert numbers(["1", *row, "2", *row, "3", *row]) == {}
    # too near each other, or too few
    assert numbers(["1", LINE, "2", LINE, "3", LINE]) == {}
    assert numbers([*[LINE] * 6, "1", *[LINE] * 6, "2", *[LINE] * 6]) == {}


def test_numbers_that_do_not_go_on_are_none() -> None:
    page = [LINE] * 6
    assert numbers([*page, "5", *page, "9", *page, "40", *page]) == {}


def test_no_lines_have_no_page_numbers() -> None:
    assert numbers([]) == {}
