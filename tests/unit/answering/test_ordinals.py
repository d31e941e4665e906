"""The ways people name items of a list that was shown."""

import pytest

from service.answering.ordinals import Picked, Recalled, picked
from service.corpus.document import Span
from service.language.matching import readable
from service.passages.enumerations import Enumeration, Item
from tests.unit.answering.conftest import MakeEngine


def a_list(style: str, count: int, measure: str, opened: tuple[int, ...] = ()) -> Recalled:
    item = Item(style, Span(0, 0), Span(0, 0), 0, 0, stands_alone=False, has_parts=False)
    enumeration = Enumeration(0, None, Span(0, 0), (item,) * count, ())
    return Recalled(enumeration, ("",) * count, ("",) * count, frozenset({measure}), opened=opened)


def items_of(question: str, *lists: Recalled) -> tuple[int, tuple[int, ...]] | None:
    found = picked(readable(question).text, lists)
    return None if found is None else (found.level, found.items)


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("第二条呢", (1,)),
        ("第２点", (1,)),
        ("说说第三", (2,)),
        ("最后一条", (4,)),
        ("倒数第二个是什么", (3,)),
        ("前三条分别是什么", (0, 1, 2)),
        ("头两个", (0, 1)),
        ("后两个呢", (3, 4)),
        ("最后两条", (3, 4)),
        ("第二和第四条", (1, 3)),
        ("第二、三点呢", (1, 2)),
        ("第一点和第三点", (0, 2)),
        ("第二到第四条", (1, 2, 3)),
        ("第五条和第一条", (0, 4)),
        ("前两点和最后一点", (0, 1, 4)),
        ("头一条", (0,)),
        ("末一条", (4,)),
        ("（二）", (1,)),
        ("(三)呢", (2,)),
        ("2.", (1,)),
        ("四", (3,)),
        ("一是那条", (0,)),
        ("那三要怎么做", (2,)),
    ],
)
def test_items_are_named_by_number_and_by_label(question: str, items: tuple[int, ...]) -> None:
    assert items_of(question, a_list("一是", 5, "条")) == (0, items)


@pytest.mark.parametrize(
    "question",
    [
        "第三产业怎么样",
        "第二轮督察",
        "前三季度增速",
        "前两个月呢",
        "第二年呢",
        "下一步怎么办",
        "一是一二是二",
        "2023年呢",
        "三大工程呢",
    ],
)
def test_other_numbers_name_no_item(question: str) -> None:
    assert items_of(question, a_list("一是", 5, "条")) is None


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("下一条", (2,)),
        ("下一个问题呢", (2,)),
        ("上一条", (0,)),
        ("前一条呢", (0,)),
        ("其余几条", (0, 2, 3)),
        ("剩下的呢", (0, 2, 3)),
    ],
)
def test_a_step_counts_from_the_item_opened_last(question: str, items: tuple[int, ...]) -> None:
    assert items_of(question, a_list("一是", 4, "条", opened=(1,))) == (0, items)
    assert items_of(question, a_list("一是", 4, "条")) is None


@pytest.mark.parametrize(("question", "said"), [("第八条呢", "第8条"), ("前六条", "前6条"), ("下一条", "下1条")])
def test_an_item_that_is_not_there_is_named_and_not_another(question: str, said: str) -> None:
    found = picked(readable(question).text, [a_list("一是", 5, "条", opened=(4,))])
    assert found == Picked(0, (), said, "条")


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("第二点呢", (1, (1,))),  # the list inside the item that was opened
        ("第二个方面呢", (0, (1,))),  # five 方面 were asked about
        ("回到上面第三点", (0, (2,))),
        ("其中第二个方面", (1, (1,))),
        ("第五点呢", (0, (4,))),  # the inner list has three
        ("（二）呢", (0, (1,))),  # as its items are labelled
        ("二要呢", (1, (1,))),
    ],
)
def test_of_lists_inside_each_other_the_one_that_is_spoken_of_is_taken(
    question: str, found: tuple[int, tuple[int, ...]]
) -> None:
    assert items_of(question, a_list("（一）", 5, "方面", opened=(0,)), a_list("一要", 3, "")) == found


PLACES = {
    f"{place}.txt": f"2025年{place}省工作报告\n办好夜市，{place}增加摊位{number}百个，延长营业时间到凌晨。\n"
    for number, place in enumerate(("浙江", "江苏", "安徽"), 2)
}


def test_where_no_list_was_shown_a_number_means_the_places_that_were_cited(make_engine: MakeEngine) -> None:
    engine = make_engine(PLACES)
    asked = "哪些省办好夜市"
    cited = engine.ask(asked).citations
    assert len(cited) == 3
    second = engine.ask("第二个", (asked,))
    assert [c.document for c in second.citations] == [cited[1].document]
    assert cited[1].text.startswith(second.quotes[0].text)
    third = engine.ask("第三个呢", (asked, "第二个"))
    assert [c.document for c in third.citations] == [cited[2].document]


def test_a_number_of_no_place_that_was_cited_is_said(make_engine: MakeEngine) -> None:
    answer = make_engine(PLACES).ask("第五个呢", ("哪些省办好夜市",))
    assert (answer.status, answer.reason) == ("not_found", "上一问的回答共3处出处，没有“第5个”。")
