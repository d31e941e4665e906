"""A label is seen where one can stand, with its style and number; words that look like one are not."""

import pytest

from service.corpus.document import Span
from service.passages.labels import labels, number


def seen(text: str) -> list[tuple[str, int | None, str, str]]:
    """Return style, value, words and what stands before, of each label."""
    return [
        (label.style, label.value, text[label.start : label.end], label.after)
        for label in labels(text, Span(0, len(text)))
    ]


@pytest.mark.parametrize(
    ("line", "style", "value", "words"),
    [
        ("第一部分 工作回顾", "部分", 1, "第一部分"),
        ("第二编 物权", "部分", 2, "第二编"),
        ("第三章 附则", "章", 3, "第三章"),
        ("第2节  课程", "节", 2, "第2节"),
        ("一、前期工作成果", "一、", 1, "一、"),
        ("十二．其他", "一、", 12, "十二．"),
        ("第十条 本办法", "条", 10, "第十条"),
        ("第一千零六十三条 下列财产", "条", 1063, "第一千零六十三条"),
        ("第十条之一 本办法", "条", 10, "第十条之一"),
        ("第二十一条【罚则】", "条", 21, "第二十一条"),
        ("（三）优化服务", "（一）", 3, "（三）"),
        ("(三)优化服务", "（一）", 3, "(三)"),
        ("（ 三 ）优化服务", "（一）", 3, "（ 三 ）"),
        ("1.抓党建", "1.", 1, "1."),
        ("12、抓党建", "1.", 12, "12、"),
        ("3 ．抓党建", "1.", 3, "3 ．"),
        ("1. 2023年目标", "1.", 1, "1."),
        ("2.2025年度指标", "1.", 2, "2."),  # a label and a year
        ("**.抓治理", "1.", None, "**."),  # the number was taken out
        ("（1）抓党建", "（1）", 1, "（1）"),
        ("①抓党建", "①", 1, "①"),
        ("⑳抓党建", "①", 20, "⑳"),
        ("一是思想解放", "一是", 1, "一是"),
        ("十一要抓落实", "一要", 11, "十一要"),
        ("首先，要认识到", "首先", 1, "首先，"),
        ("其次要认识到", "首先", 2, "其次"),
        ("最后，要认识到", "首先", 4, "最后，"),
        ("第一，要认识到", "第一", 1, "第一，"),
        ("第二是要认识到", "第一", 2, "第二是"),
        ("第三个是认识到", "第一", 3, "第三个是"),
        ("其一，要认识到", "其一", 1, "其一，"),
        ("一方面，要引进", "一方面", 1, "一方面，"),
        ("另一方面要扶持", "一方面", 2, "另一方面"),
        ("——经济稳中有进", "——", None, "——"),
        ("● 经济稳中有进", "——", None, "● "),
    ],
)
def test_a_line_begins_with_a_label(line: str, style: str, value: int | None, words: str) -> None:
    assert seen(line)[:1] == [(style, value, words, "")]


@pytest.mark.parametrize(
    "line",
    [
        "统一是关键",
        "唯一是办法",
        "3.5亿元投资",
        "2023-02-14",
        "2023.02.14",
        "1、2、3号楼",
        "第三章规定的情形",
        "第三章的规定",
        "第一节课",
        "第五条规定的情形",
        "第五条、第六条",
        "第五条第一款",
        "第五条款",
        "一年来，我们",
        "一些单位",
        "一个方面",
        "一点进步",
        "一批项目",
        "一、二级公路",
        "一、二、三产业",
        "一二三",
        "首要任务",
        "其他一律",
        "第一产业",
        "第一书记",
        "另一个方面",
        "**看**",
        "—经济",
        "V1.0",
        "（以下简称一）",
        "",
    ],
)
def test_what_only_looks_like_a_label_is_none(line: str) -> None:
    assert seen(line) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # items stand behind any end of a clause, headings behind a sentence or a blank
        ("主要有：一是甲；二是乙，三是丙。四是丁", [("一是", 1), ("一是", 2), ("一是", 3), ("一是", 4)]),
        ("回顾 一、甲", [("一、", 1)]),
        ("包括：（一）甲；（二）乙。（三）丙", [("（一）", 1), ("（一）", 2), ("（一）", 3)]),
        ("按照（一）甲，（二）乙", []),
        ("甲，1.乙", []),
        ("“甲。”一是乙", [("一是", 1)]),
        ("坚持统一是关键，唯一是办法", []),
        ("分别为：**.甲", []),  # a redaction within a line
        ("甲。——乙", []),  # a dash within a line
        ("甲。①乙；②丙", [("①", 1), ("①", 2)]),
        ("根据规定，第五条 乙", []),
    ],
)
def test_within_a_line_a_label_stands_behind_a_mark(line: str, expected: list[tuple[str, int]]) -> None:
    assert [(style, value) for style, value, _, _ in seen(line)] == expected


def test_a_label_says_what_stands_before_it() -> None:
    assert seen("一、甲。（一）乙 1.丙") == [
        ("一、", 1, "一、", ""),
        ("（一）", 1, "（一）", "。"),
        ("1.", 1, "1.", " "),
    ]


def test_labels_are_places_in_the_whole_text() -> None:
    text = "标题\n一、甲\n二、乙"
    assert [(label.start, label.end) for label in labels(text, Span(3, 6))] == [(3, 5)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("１２", 12),
        ("零", 0),
        ("九", 9),
        ("十", 10),
        ("十九", 19),
        ("二十", 20),
        ("九十九", 99),
        ("一百零一", 101),
        ("一百二十三", 123),
        ("一千零四十", 1040),
        ("①", 1),
        ("⑳", 20),
        ("*", None),
        ("**", None),
    ],
)
def test_a_numeral_has_its_value(text: str, value: int | None) -> None:
    assert number(text) == value
