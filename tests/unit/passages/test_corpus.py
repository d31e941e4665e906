"""A corpus is its documents in order with their passages, and a version of all that is served."""

from dataclasses import replace
from typing import Any

import pytest

from service.corpus.document import Document
from service.passages.corpus import build

BODY = "会议指出，要坚持问题导向，压实工作责任，推动各项任务落地见效，确保全年目标如期完成，让群众满意。"
FIRST = Document("a1", "a.txt", "甲报告", f"一、成绩\n{BODY}\n二、任务\n{BODY}", "2022-10", "县委", "报告")
SECOND = Document("b1", "b.txt", "乙报告", BODY)
PART = Document("b1-2", "b.txt", "乙讲话", f"{BODY}\n{BODY}")


def test_documents_are_ordered_by_file_and_part_whatever_the_order_they_come_in() -> None:
    corpus = build([PART, SECOND, FIRST])
    assert corpus.documents == (FIRST, SECOND, PART)
    again = build([FIRST, PART, SECOND])
    assert (corpus.passages, corpus.version, corpus.bounds) == (again.passages, again.version, again.bounds)


def test_the_tenth_part_of_a_file_comes_behind_the_ninth() -> None:
    parts = [replace(SECOND, id=f"b1-{number}") for number in range(2, 12)]
    assert [document.id for document in build([*reversed(parts), SECOND]).documents] == [
        "b1",
        *(f"b1-{number}" for number in range(2, 12)),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"text": FIRST.text + "。"},
        {"title": "丙报告"},
        {"date": "2022-11"},
        {"date": None},
        {"issuer": None},
        {"kind": "讲话"},
        {"lapsed": True},
        {"file": "aa.txt"},
        {"id": "a2"},
    ],
)
def test_the_version_changes_with_anything_that_is_served(change: dict[str, Any]) -> None:
    assert build([replace(FIRST, **change), SECOND]).version != build([FIRST, SECOND]).version


def test_the_version_tells_an_absent_value_from_its_neighbours() -> None:
    moved = replace(FIRST, date=None, issuer="2022-10")
    assert build([moved]).version != build([replace(moved, date="2022-10", issuer=None)]).version


def test_the_version_changes_when_a_document_comes_or_goes() -> None:
    assert len({build(documents).version for documents in ([], [FIRST], [SECOND], [FIRST, SECOND])}) == 4


def test_the_version_is_the_same_for_the_same_documents_in_any_order() -> None:
    version = build([FIRST, SECOND, PART]).version
    assert version == build([PART, FIRST, SECOND]).version
    assert len(version) == 12
    assert int(version, 16) >= 0


def test_bounds_are_each_documents_range_of_passages() -> None:
    empty = Document("c1", "c.txt", "空", " \n")
    corpus = build([FIRST, SECOND, PART, empty])
    assert [[p.document for p in corpus.passages[first:last]] for first, last in corpus.bounds] == [
        [0, 0],
        [1],
        [2],
        [],
    ]


def test_a_document_is_found_by_its_id() -> None:
    corpus = build([FIRST, SECOND, PART])
    assert [corpus.number_of(name) for name in ("a1", "b1", "b1-2", "b1-3", "")] == [0, 1, 2, None, None]


def test_the_text_of_a_passage_is_a_slice_of_its_document() -> None:
    corpus = build([FIRST])
    assert [corpus.text_of(passage) for passage in corpus.passages] == [BODY, BODY]


def test_lone_surrogates_do_not_stop_a_build() -> None:
    assert len(build([replace(SECOND, text="正文\ud800。")]).version) == 12


def test_an_empty_corpus_is_a_corpus() -> None:
    corpus = build([])
    assert (corpus.documents, corpus.passages, corpus.bounds) == ((), (), ())
