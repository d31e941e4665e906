"""Who signed a document, and when, stands below its text."""

import pytest

from service.corpus.signing import Signature, offices, printed, signature, signed


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("山东省人民政府", ["山东省人民政府"]),
        ("国 家 能 源 局", ["国家能源局"]),
        ("广州市卫生健康委员会 广州市财政局", ["广州市卫生健康委员会", "广州市财政局"]),
        ("工业和信息化部办公厅", ["工业和信息化部办公厅"]),
        ("（国家粮食局办公室代章）", []),
        ("各区人民政府：", []),
        ("联系人：张三", []),
        ("请遵照执行。", []),
        ("", []),
    ],
)
def test_the_offices_of_a_line(line: str, expected: list[str]) -> None:
    assert offices(line) == expected


TEXT = ["关于做好防控工作的通知", "为了做好防控工作，现通知如下。", "请遵照执行。"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([*TEXT, "县财政局", "2023年2月4日"], Signature("县财政局", "2023-02-04", 4)),
        ([*TEXT, "县财政局", "县民政局", "2023年2月4日", "附件"], Signature("县财政局 县民政局", "2023-02-04", 5)),
        # an annex follows, with a signature of its own
        (
            [*TEXT, "县财政局", "2023年2月4日", *["第一条 正文。"] * 20, "县民政局", "2021年1月1日"],
            Signature("县财政局", "2023-02-04", 4),
        ),
        # without an office only near the end, behind a sentence
        ([*TEXT, "2023年2月4日", "公开方式：主动公开"], Signature(None, "2023-02-04", 3)),
        ([*TEXT, "2023年2月4日", *["第一条 正文。"] * 20], None),
        ([*TEXT, "实施时间", "2023年2月4日"], None),
        # without a day only in the last line
        ([*TEXT, "县财政局"], Signature("县财政局", None, 3)),
        ([*TEXT, "县财政局", "附件：清单"], None),
        # the end of a name that a page broke says nobody
        ([*TEXT, "县城乡交通", "运输局", "2023年2月4日"], Signature(None, "2023-02-04", 5)),
        ([*TEXT, "科技部", "2023年2月4日"], Signature("科技部", "2023-02-04", 4)),
        # an order is signed by a person
        (
            ["国务院令", "现予公布。", "总理 李某某", "2019年10月22日", *["第一条 正文。"] * 20],
            Signature(None, "2019-10-22", 3),
        ),
        # a list of what a page knows of a document, and rows of a table
        (["县财政局", "某财〔2023〕1号", "2023年2月4日", *TEXT], None),
        ([*TEXT, "开工", "2023年2月4日", "竣工", "2024年2月4日", "县财政局负责。"], None),
        ([], None),
    ],
)
def test_a_signature_is_offices_and_a_day_below_the_text(words: list[str], expected: Signature | None) -> None:
    assert signature(words) == expected


def test_the_day_of_printing_stands_in_the_last_lines() -> None:
    assert printed([*TEXT, "山东省人民政府办公厅 2019年3月15日印发"]) == "2019-03-15"
    assert printed([*TEXT, "济南市人民政府办公厅 2019年１月３日印发"]) == "2019-01-03"
    assert printed(["本意见2019年3月15日印发以来，各地抓好落实。"]) is None
    assert printed([*TEXT]) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([*TEXT, "县财政局", "县民政局", "2023年2月4日"], [3, 4, 5]),
        ([*TEXT, "县财政局  2023年2月4日", "附件：清单"], [3]),
        # neither an office by its name nor a day that anything else could be
        ([*TEXT, "县防火巡护大队", "2023年2月4日", "（此件公开发布）"], [3, 4]),
        ([*TEXT, "2023年2月4日", "附件：清单"], [3]),
        ([*TEXT, "县财政局"], [3]),
        ([*TEXT, "县长 李某某", "2023年2月4日"], [3, 4]),
        # what is signed and printed, and an annex with a signature of its own
        ([*TEXT, "县财政局", "2023年2月4日", "县财政局办公室 2023年2月5日印发"], [3, 4, 5]),
        (
            [*TEXT, "县财政局", "2023年2月4日", *["第一条 正文。"] * 9, "县民政局", "2021年1月1日"],
            [3, 4, 14, 15],
        ),
        # the cells of a table that was broken into lines
        ([*TEXT, "修路", "县交通局", "2023年2月4日", "架桥", "县住建局", "2023年5月4日"], []),
        ([*TEXT, "开工时间", "2023年2月4日"], []),
        ([*TEXT, "2023年2月4日", "各单位抓好落实。"], []),
        ([*TEXT, "由县财政局于2023年2月4日印发实施。"], []),
        ([*TEXT, "主办单位", "县财政局", "承办单位"], []),
        ([], []),
    ],
)
def test_the_lines_of_a_signature_hold_nothing_else(words: list[str], expected: list[int]) -> None:
    assert signed(words) == expected
