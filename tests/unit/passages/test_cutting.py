"""A document falls into passages of a citable length that carry their headings and lead-in."""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from service.corpus.document import Document, Leftover
from service.passages.cutting import LONGEST, passages
from service.passages.passage import Passage
from service.passages.structure import structure

# 22 characters, so that lengths can be counted.
S = "全县上下要坚持问题导向压实工作责任狠抓落实。"
BODY = S * 4


def cut(text: str, *leftovers: Leftover) -> list[Passage]:
    document = Document(id="d", file="d.txt", title="", text=text, leftovers=leftovers)
    return passages(document, structure(document), 7)


def words(text: str, found: Sequence[Passage] | None = None) -> list[str]:
    return [text[passage.start : passage.end] for passage in (cut(text) if found is None else found)]


def test_a_paragraph_is_a_passage() -> None:
    text = f"{BODY}\n\n  {BODY}\n"
    assert cut(text) == [
        Passage(7, 0, 88, (), (0, 0), 1, 1),
        Passage(7, 92, 180, (), (92, 92), 2, 2),
    ]


def test_short_paragraphs_go_together_to_no_more_than_three_hundred() -> None:
    text = "\n".join([S] * 20)
    assert [(p.paragraph, p.paragraph_end, p.end - p.start) for p in cut(text)] == [(1, 13, 298), (14, 20, 160)]


def test_a_short_paragraph_at_the_end_joins_the_one_before() -> None:
    text = f"{BODY}\n谢谢大家。"
    assert words(text) == [text]


@pytest.mark.parametrize("count", [14, 20, 40, 101])
def test_an_over_long_paragraph_is_cut_between_sentences_into_even_runs(count: int) -> None:
    text = S * count
    found = words(text)
    assert "".join(found) == text
    assert all(part.endswith("。") for part in found)
    assert all(150 <= len(part) <= 300 for part in found)


def test_a_paragraph_of_three_hundred_is_left_whole() -> None:
    text = "甲" * 299 + "。"
    assert words(text) == [text]


def test_an_over_long_sentence_is_cut_between_clauses() -> None:
    clause = S[:-1] + "，"
    text = clause * 30 + S
    found = words(text)
    assert "".join(found) == text
    assert all(part[-1] in "，。" for part in found)
    assert all(60 <= len(part) <= 300 for part in found)


def test_a_thousand_characters_without_a_mark_are_cut_by_force() -> None:
    text = "字" * 1000
    found = words(text)
    assert "".join(found) == text
    assert [len(part) for part in found] == [240, 240, 240, 280]


def test_no_stump_is_left_behind_a_long_paragraph() -> None:
    text = S * 20 + "完。"
    assert min(map(len, words(text))) >= 150


def test_items_are_passages_and_carry_heading_item_and_lead_in() -> None:
    text = f"一、工作成果\n主要有三方面收获。一是思想解放。{BODY}二是行动自觉。{BODY}三是作风优良。{BODY}"
    found = cut(text)
    assert words(text, found) == [
        f"主要有三方面收获。一是思想解放。{BODY}",
        f"二是行动自觉。{BODY}",
        f"三是作风优良。{BODY}",
    ]
    assert [p.path for p in found] == [
        ("一、工作成果",),
        ("一、工作成果", "二是行动自觉。"),
        ("一、工作成果", "三是作风优良。"),
    ]
    # The first holds the lead-in itself.
    assert [text[slice(*p.context)] for p in found] == ["", "主要有三方面收获。", "主要有三方面收获。"]


def test_a_list_of_sections_is_led_in_only_by_a_colon() -> None:
    items = f"\n（一）甲。{BODY}\n（二）乙。{BODY}"
    led, unled = f"有下列情形之一的，依法处理：{items}", f"现就有关事项提出以下意见。{items}"
    assert [led[slice(*p.context)] for p in cut(led)][-1] == "有下列情形之一的，依法处理："
    assert [unled[slice(*p.context)] for p in cut(unled)][-1] == ""


def test_of_two_lists_under_one_heading_each_has_its_own_lead_in() -> None:
    text = f"一、回顾\n成绩有：一是甲。{BODY}二是乙。{BODY}\n差距有：一是丙。{BODY}二是丁。{BODY}"
    assert {text[slice(*p.context)] for p in cut(text) if "二是" in text[p.start : p.end]} == {"成绩有：", "差距有："}


def test_the_dashes_of_one_list_have_one_lead_in() -> None:
    text = f"一、回顾\n主要成绩是：\n——甲。{BODY}\n——乙。{BODY}\n——丙。{BODY}"
    assert [text[slice(*p.context)] for p in cut(text)] == ["", "主要成绩是：", "主要成绩是："]


def test_a_run_in_heading_goes_with_its_first_item() -> None:
    text = (
        f"（一）在政务服务上再发力。一要提升便利水平。{BODY}二要提高服务效率。{BODY}\n"
        f"（二）在助企纾困上再发力。一要抓落实。{BODY}二要解难题。{BODY}"
    )
    found = cut(text)
    assert words(text, found) == [
        f"（一）在政务服务上再发力。一要提升便利水平。{BODY}",
        f"二要提高服务效率。{BODY}",
        f"（二）在助企纾困上再发力。一要抓落实。{BODY}",
        f"二要解难题。{BODY}",
    ]
    assert found[1].path == ("（一）在政务服务上再发力。", "二要提高服务效率。")


def test_the_second_part_of_a_long_item_says_which_item_it_is_in() -> None:
    text = f"两项要求。一是抓招商。{S * 20}二是抓作风。{S}{S}{S}"
    found = cut(text)
    second = found[1]
    assert text[second.start : second.end].startswith(S[:5])
    assert second.path == ("一是抓招商。",)
    assert text[slice(*second.context)] == "两项要求。"


def test_a_heading_that_stands_alone_is_in_the_path_and_in_no_passage() -> None:
    text = f"一、工作成果\n（一）党建\n{BODY}\n（二）产业\n{BODY}"
    assert [(p.path, text[p.start : p.end], p.answerable) for p in cut(text)] == [
        (("一、工作成果", "（一）党建"), BODY, True),
        (("一、工作成果", "（二）产业"), BODY, True),
    ]


def test_short_texts_under_different_headings_stay_apart() -> None:
    text = f"一、工作成果\n{S}\n二、下步打算\n{S}"
    assert [(p.path, p.start) for p in cut(text)] == [(("一、工作成果",), 7), (("二、下步打算",), 37)]


def test_a_heading_with_nothing_under_it_is_a_passage_but_no_answer() -> None:
    text = f"一、工作成果\n二、下步打算\n{BODY}"
    assert [(text[p.start : p.end], p.path, p.answerable) for p in cut(text)] == [
        ("一、工作成果", (), False),
        (BODY, ("二、下步打算",), True),
    ]


def test_a_heading_at_the_very_end_is_a_passage_but_no_answer() -> None:
    text = f"一、工作成果\n{BODY}\n二、下步打算"
    assert [(text[p.start : p.end], p.answerable) for p in cut(text)] == [(BODY, True), ("二、下步打算", False)]


def test_title_and_salutation_are_a_passage_but_no_answer() -> None:
    text = f"县政府工作报告\n县长 张三\n各位代表：\n{BODY}"
    assert [(text[p.start : p.end], p.answerable, p.paragraph, p.paragraph_end) for p in cut(text)] == [
        ("县政府工作报告\n县长 张三\n各位代表：", False, 1, 3),
        (BODY, True, 4, 4),
    ]


def test_no_passage_reaches_over_a_leftover() -> None:
    text = f"报告\n首页\n各位代表：\n{S}\n— 1 —\n{S}"
    found = cut(text, Leftover(3, 5, "面包屑"), Leftover(35, 40, "页码"))
    assert words(text, found) == ["报告", "各位代表：", S, S]
    assert [p.paragraph for p in found] == [1, 3, 4, 6]


def test_passages_are_in_order_do_not_overlap_and_count_their_paragraphs() -> None:
    text = (
        f"报告\n各位代表：\n一、甲\n{S * 20}\n（一）乙。{BODY}\n{S}\n{S}\n二、丙\n三、丁\n"
        f"主要有：一是戊。{BODY}二是己。{BODY}\n{S}"
    )
    found = cut(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    lines = text.split("\n")
    for passage in found:
        assert passage.paragraph == text.count("\n", 0, passage.start) + 1
        assert passage.paragraph_end == text.count("\n", 0, passage.end) + 1
        assert text[passage.start : passage.end] in "\n".join(lines[passage.paragraph - 1 : passage.paragraph_end])


@pytest.mark.parametrize(
    "text",
    [
        "一、" + "甲" * 500,
        "一、" + "甲" * 77 + "。一是" + "乙" * 350 + "。二是" + "丙" * 350 + "。",
        "（一）" + "甲，" * 200 + "\n（二）" + "乙；" * 200,
        "甲" * 59 + "。\n" + "乙" * 390 + "。",
        "甲" * 399 + "。\n" + "乙。\n" * 50,
        ("“" + "甲" * 100 + "。”") * 10,
        "甲 " * 1000,
        ("一是" + "甲" * 30 + "，") + "".join(f"{c}是" + "乙" * 30 + "，" for c in "二三四五六七八九") * 3,
    ],
)
def test_no_passage_is_longer_than_four_hundred(text: str) -> None:
    found = cut(text)
    assert max(p.end - p.start for p in found) <= LONGEST == 400
    assert "".join("".join(words(text, found)).split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["", "\n\n", " \u3000\n"])
def test_nothing_has_no_passages(text: str) -> None:
    assert cut(text) == []


def test_a_signature_is_a_passage_of_its_own_below_no_heading() -> None:
    text = f"一、要求\n{BODY}\n县财政局\n2023年2月4日\n附件\n{BODY}"
    assert [(text[p.start : p.end], p.path, p.answerable) for p in cut(text)] == [
        (BODY, ("一、要求",), True),
        ("县财政局\n2023年2月4日", (), False),
        (f"附件\n{BODY}", (), True),
    ]
