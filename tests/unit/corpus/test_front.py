"""The first lines say a title and a date, or nothing is said."""

import pytest

from service.corpus import front
from service.corpus.describing import described_by
from service.corpus.leftovers import leftovers

# It tells nothing.
NAME = "a1b2c3"


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def title(text: str, name: str = NAME) -> str:
    return front.titled(lines(text), name).title


def date(text: str) -> str | None:
    return described_by(text, leftovers(text), (NAME,)).date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县政府工作报告\n各位代表：\n", "县政府工作报告"),
        ("\n  县政府工作报告  \n正文。", "县政府工作报告"),
        # by-lines are passed over
        ("——在县人民代表大会上\n2023年1月5日\n（2023年1月5日）\n县长 张三\n政府工作报告\n各位代表：", "政府工作报告"),
        # what names a kind of document goes before an office, a number or the marks of a page
        ("县卫生健康局\n某卫〔2023〕1号\n关于做好防控工作的通知\n", "关于做好防控工作的通知"),
        ("- - - -\n关于做好防控工作的通知\n", "关于做好防控工作的通知"),
        ("首页 > 政务\n2026年政府工作报告\n各位代表：", "2026年政府工作报告"),
        # a title broken over two lines is one title
        ("企业及产品准入\n管理指南（试行）\n第一条 为了规范。", "企业及产品准入管理指南（试行）"),
        ("民法典\n婚姻家庭编\n第一条 为了规范。", "民法典"),
        # that it lapsed is no title
        ("【失效】\n关于做好防控工作的通知\n", "关于做好防控工作的通知"),
        ("本文件已废止。\n政府工作报告\n各位代表：", "政府工作报告"),
        # none: the first heading without its label
        ("同志们：\n一、前期工作成果\n正文。", "前期工作成果"),
        ("第一章 总则\n第一条 为了规范。", "总则"),
        ("（一）加强领导。\n2.强化宣传\n正文。", "强化宣传"),
        # none at all: the file's name
        ("同志们：\n今天开会。", NAME),
        ("会议指出，要抓好落实。\n", NAME),
        ("今天，\n我们开会", NAME),
        ("很" * 61, NAME),
        ("", NAME),
    ],
)
def test_a_title_is_the_title_line_else_the_first_heading_else_the_files_name(text: str, expected: str) -> None:
    assert title(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("报告\n2023年2月14日\n正文。", "2023-02-14"),
        ("报告\n（2023年2月14日）\n正文。", "2023-02-14"),
        ("时间:2023-02-14 08:25:03 来源:网友投稿\n正文。", "2023-02-14"),
        ("报告\n2023 年 2 月 4 日\n", "2023-02-04"),
        ("报告\n2023.2.4\n", "2023-02-04"),
        ("报告\n2023年2月\n正文。", "2023-02"),
        ("——2022年3月5日在第十三届全国人民代表大会第五次会议上\n", "2022-03-05"),
        ("2025年1月14日在省人民代表大会上，省长作政府工作报告。\n", "2025-01-14"),
        ("报告\n（已于2023年2月14日废止）\n2019年1月5日\n", "2019-01-05"),  # the day it lapsed is not its own
        # the text does not tell
        ("报告\n正文。", None),
        ("报告\n2023-02-30\n", None),
        ("报告\n2023-13-01\n", None),
        ("编号12023-02-14\n", None),
        ("IP 192.168.1.1\n", None),
        # dates of events
        ("8月会议定于2023年2月14日召开。\n", None),
        ("本办法自2024年3月1日起施行。\n", None),
        ("一、2023年2月14日会议\n", None),
        ("会议" * 30 + "2023年2月14日", None),
        ("正文\n" * 12 + "2023年2月14日", None),
        ("", None),
    ],
)
def test_a_date_is_a_day_named_at_the_top_and_unknown_stays_unknown(text: str, expected: str | None) -> None:
    assert date(text) == expected


def lapsed(text: str, *names: str) -> bool:
    return front.lapsed(lines(text), names)


@pytest.mark.parametrize(
    "name",
    [
        "招商引资奖励办法（已废止）",
        "招商引资奖励办法(失效)",
        "【失效】招商引资奖励办法",
        "某政发〔2019〕5号〔废止〕招商引资奖励办法",
        "招商引资奖励办法（试行）（已失效）",
        "招商引资奖励办法（本文件已废止）",
        "招商引资奖励办法（已于2023年1月1日废止）",
        "关于废止《奖励办法》的决定（已失效）",
        "已废止",  # a folder
        "已失效文件",
    ],
)
def test_a_name_says_that_a_document_lapsed(name: str) -> None:
    assert lapsed("正文。\n", "材料", name)


@pytest.mark.parametrize(
    "name",
    [
        "关于废止部分规范性文件的决定",
        "关于宣布失效一批文件的决定",
        "关于废止《奖励办法（已失效）》的决定",
        "招商引资奖励办法（试行）",
        "招商引资奖励办法（部分废止）",
        "招商引资奖励办法（2019年废止失效文件清理后）",
        "废止失效文件目录",
        "废止",
        "",
    ],
)
def test_a_name_that_tells_of_lapsing_is_not_lapsed(name: str) -> None:
    assert not lapsed("正文。\n", name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（已废止）\n奖励办法\n第一条 为了招商。", True),
        ("奖励办法\n  【失效】 \n第一条 为了招商。", True),
        ("奖励办法\n本文件已废止\n", True),
        ("奖励办法\n该文件已失效。\n", True),
        ("奖励办法\n〔废止〕\n", True),
        # running text, and what tells of another document
        ("决定\n原奖励办法（已废止）不再执行。\n", False),
        ("决定\n自本决定施行之日起，原办法废止。\n", False),
        ("决定\n《奖励办法》已废止。\n", False),
        ("第一条 本办法已废止的条款。\n", False),
        ("正文。\n" * 12 + "本文件已废止\n", False),
        ("", False),
    ],
)
def test_a_line_of_its_own_at_the_top_says_that_a_document_lapsed(text: str, expected: bool) -> None:
    assert lapsed(text, "奖励办法") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("关于做好防控工作的通知\n某卫〔2023〕1号\n各科室：\n", "某卫〔2023〕1号"),
        ("某卫〔2023〕1号\n关于做好防控工作的通知\n", "某卫〔2023〕1号"),
        # brackets and words around it
        ("通知\n（某政办函[2021] 13 号）\n", "某政办函[2021] 13 号"),
        ("通知\n发文字号：某政办发(2021)第7号\n", "某政办发(2021)第7号"),
        ("中华人民共和国国务院令\n第722号\n优化营商环境条例\n国务院令第722号\n", "国务院令第722号"),
        ("关于做好防控工作的通知（某卫〔2023〕1号）\n", "某卫〔2023〕1号"),
        # what running text names is another document's, and so is what stands below a heading or inside the title
        ("通知\n根据某卫〔2023〕1号文件，现通知如下。\n", None),
        ("通知\n为了做好防控工作，现通知如下。\n某卫〔2023〕1号\n", None),
        ("通知\n一、依据\n某卫〔2023〕1号\n", None),
        ("关于转发（某卫〔2023〕1号）的通知\n", None),
        # that it lapsed is said above it
        ("本文件已废止。\n某卫〔2023〕1号\n通知\n", "某卫〔2023〕1号"),
        # redacted, it says which document it is no more
        ("通知\n某卫〔2023〕**号\n", None),
        ("", None),
    ],
)
def test_a_number_is_a_line_of_its_own_at_the_top_or_ends_the_title(text: str, expected: str | None) -> None:
    assert front.number(lines(text), title(text)) == expected
