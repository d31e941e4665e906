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
    text = f"转变作风要强化三种意识。强化大局意识。{LONG}强化创新的意识。{LONG}强化服务意识。{LONG}"
    assert items(text) == [
        (
            "转变作风要强化三种意识。",
            [f"强化大局意识。{LONG}", f"强化创新的意识。{LONG}", f"强化服务意识。{LONG}"],
        )
    ]


def test_two_heads_that_begin_and_end_alike_are_enough() -> None:
    text = f"要做到两点。思想认识要到位。{LONG}思想发动要到位。{LONG}"
    assert [len(found) for _, found in items(text)] == [2]


def test_clauses_that_end_their_sentences_alike_are_items() -> None:
    text = (
        "对照先进，我们看到自身的短板，还存在项目支撑不足的问题。十亿元以上的项目偏少，工业投资乏力。"
        "横向比较，还存在服务业后劲不足的问题。限上企业少。从收支看，还存在财政压力较大的问题。增收渠道窄。"
    )
    (lead, found), *others = items(text)
    assert others == []
    # Whole sentences, for a clause alone says half; what stands between them belongs to the one before.
    assert [item[:4] for item in found] == ["对照先进", "横向比较", "从收支看"]
    assert "".join(found) == text
    assert lead is None


def test_purposes_that_sentences_end_with_everywhere_make_no_list() -> None:
    ends = "资金要提前谋划，确保项目顺利实施。进展要实时掌握，确保项目按期推进。服务要跟上，确保项目早日投产。"
    assert items(ends) == []


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        f"强化大局意识。{LONG}提升服务水平。{LONG}",
        f"强化大局意识。{LONG}强化创新精神。{LONG}",  # two, alike at one end only
        "要加强领导。要加强督查。要加强宣传。",  # nothing is said under them
        "",
    ],
)
def test_other_sentences_are_no_items(text: str) -> None:
    assert items(text) == []


def test_labelled_items_are_not_read_a_second_time() -> None:
    text = f"抓好三件事。一是强化大局意识。{LONG}二是强化创新意识。{LONG}三是强化服务意识。{LONG}"
    assert [len(found) for _, found in items(text)] == [3]
