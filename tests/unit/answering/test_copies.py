"""The same text twice is two documents and one answer."""

from collections.abc import Callable
from pathlib import Path

from service.answering.filters import Filters
from service.engine import Engine

MakeEngine = Callable[[dict[str, str]], Engine]

ROAD = "交通工作总结\n一、全县新修公路九十公里，投入资金三千万元。\n"
SCHOOL = "教育情况通报\n一、新建学校两所，新增学位三千个。\n"
QUESTION = "新修公路多少公里"


def test_of_documents_with_one_text_the_first_is_cited_and_the_others_are_named(make_engine: MakeEngine) -> None:
    engine = make_engine({"甲.txt": ROAD, "乙.txt": ROAD, "丙.txt": SCHOOL, "丁.txt": ROAD})
    files = sorted(document.file for document in engine.loaded.corpus.documents if "公路" in document.text)
    answer = engine.ask(QUESTION)
    assert [citation.document.file for citation in answer.citations] == files[:1]
    assert [copy.file for copy in answer.citations[0].copies] == files[1:]
    assert answer.documents_found == 1
    assert engine.ask("新建学校几所").citations[0].copies == ()


def test_a_copy_that_is_asked_by_itself_is_cited(make_engine: MakeEngine) -> None:
    engine = make_engine({"a.txt": ROAD, "b.txt": ROAD, "c.txt": SCHOOL})
    last = next(document for document in engine.loaded.corpus.documents if document.file == "b.txt")
    (citation,) = engine.ask(QUESTION, filters=Filters(documents=(last.id,))).citations
    assert citation.document.file == "b.txt"
    assert [copy.file for copy in citation.copies] == ["a.txt"]


def test_a_copy_in_force_goes_before_one_that_lapsed(make_engine: MakeEngine) -> None:
    engine = make_engine({"a（已废止）.txt": ROAD, "b.txt": ROAD, "c.txt": SCHOOL})
    assert engine.ask(QUESTION).citations[0].document.file == "b.txt"


def test_when_the_first_goes_the_next_takes_its_place(make_engine: MakeEngine, tmp_path: Path) -> None:
    engine = make_engine({"a.txt": ROAD, "b.txt": ROAD})
    (tmp_path / "corpus" / "a.txt").unlink()
    engine.load()
    (citation,) = engine.ask(QUESTION).citations
    assert (citation.document.file, citation.copies) == ("b.txt", ())
