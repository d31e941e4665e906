"""Enumerations that no label shows: sentences that begin or end alike."""

import pytest

from service.corpus.document import Document
from service.passages.enumerations import enumerations
from service.passages.structure import structure

LONG = "各部门要把这件事放在心上、抓在手上，一件一件落到实处，让群众看得见、摸得着。"


def items(text: str) -> list[tuple[str | None, list[str]]]:
    """Return the lead-in and the items of each enumeration of a text."""
    document = Document("1", "a.txt", "", text)
    return [
        (text[slice(*e.lead)] if e.lead else None, [text[item.start : item.end] for item in e.items])
        for e in enumerations(document, structure(document), 0)
    ]


def test_short_sentences_that_begin_alike_are_the_heads_of_items() -> None:
    text = f"安全生产要压实三份责任。压实主体责任。{LONG}压实监管的责任。{LONG}压实属地责任。{LONG}"
    assert items(text) == [
        (
            "安全生产要压实三份责任。",
            [f"压实主体责任。{LONG}", f"压实监管的责任。{LONG}", f"压实属地责任。{LONG}"],
        )
    ]


def test_two_heads_that_begin_and_end_alike_are_enough() -> None:
    text = f"要做到两点。思想认识要到位。{LONG}思想发动要到位。{LONG}"
    assert [len(found) for _, found in items(text)] == [2]


def test_clauses_that_end_their_sentences_alike_are_items() -> None:
    text = (
        "对照先进，渠系还很不完善，还存在渠道淤塞严重的问题。清淤机械偏少，管护经费短缺。"
        "横向比较，还存在泵站老化失修的问题。备用机组少。从人手看，还存在护渠队伍不稳的问题。青年不愿干。"
    )
    (lead, found), *others = items(text)
    assert others == []
    # Whole sentences, for a clause alone says half; what stands between them belongs to the one before.
    assert [item[:4] for item in found] == ["对照先进", "横向比较", "从人手看"]
    assert "".join(found) == text
    assert lead is None


def test_purposes_that_sentences_end_with_everywhere_make_no_list() -> None:
    ends = "物资要备足，确保河道安全度汛。值守要严格，确保堤防万无一失。转移要及时，确保群众不落一人。"
    assert items(ends) == []


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        f"压实主体责任。{LONG}提升服务水平。{LONG}",
        f"压实主体责任。{LONG}压实管护任务。{LONG}",  # two, alike at one end only
        "要加强领导。要加强督查。要加强宣传。",  # nothing is said under them
        "",
    ],
)
def test_other_sentences_are_no_items(text: str) -> None:
    assert items(text) == []


def test_labelled_items_are_not_read_a_second_time() -> None:
    text = f"抓好三件事。一是压实主体责任。{LONG}二是压实监管责任。{LONG}三是压实属地责任。{LONG}"
    assert [len(found) for _, found in items(text)] == [3]
