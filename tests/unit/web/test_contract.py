from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from flask import Flask

from service.answering.answer import Answer, Citation, Correction, Name, Outline, OutlineItem, QuestionTerm, Quote
from service.answering.contract import answer_json, document_json, documents_json, path_of
from service.answering.filters import Filters, facets
from service.corpus.document import Document, Span
from service.engine import Engine
from service.passages.corpus import build
from service.passages.structure import structure
from service.web.current import url_of
from tests.unit.answers import answer as answer_to

TEXT = "工作要点\n一、开发区\n要做好两件事：一是组建招商公司。二是压缩办事时限。\n"
DOCUMENT = Document("0123456789abcdef", "甲/要点.txt", "工作要点", TEXT, date="2022-10")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def quote(words: str) -> Quote:
    return Quote(1, DOCUMENT, *span(words))


CITATION = Citation(
    number=1,
    document=DOCUMENT,
    path=("一、开发区",),
    paragraph=3,
    paragraph_end=3,
    start=span("要做好").start,
    end=span("办事时限。").end,
    quotes=(span("一是组建招商公司。"), span("二是压缩办事时限。")),
    matches=(span("招商"),),
    score=13.0649,
    reference="《工作要点》一、开发区，第3段",
    copies=(replace(DOCUMENT, id="0123456789abcdef", file="副本/工作要点.txt"),),
)


def answer(**parts: object) -> Answer:
    corpus = {"documents_found": 0, "corpus_documents": 1, "corpus_passages": 2, "elapsed_ms": 2.0512}
    return answer_to("开发区要做什么", **{**corpus, **parts})


CITATION_JSON = {
    "number": 1,
    "document": {
        "id": "0123456789abcdef",
        "file": "甲/要点.txt",
        "title": "工作要点",
        "date": "2022-10",
        "issuer": None,
        "lapsed": False,
        "number": None,
        "place": None,
        "kind": None,
        "speaker": None,
    },
    "path": ["一、开发区"],
    "paragraph": 3,
    "paragraph_end": 3,
    "page": None,
    "start": 11,
    "end": 36,
    "text": "要做好两件事：一是组建招商公司。二是压缩办事时限。",
    "quotes": [[18, 27], [27, 36]],
    "matches": [[22, 24]],
    "score": 13.06,
    "url": "/documents/0123456789abcdef#p3",
    "reference": "《工作要点》一、开发区，第3段",
    "copies": [{"id": "0123456789abcdef", "file": "副本/工作要点.txt"}],
}


def test_an_answer_has_the_members_of_the_contract_in_its_order() -> None:
    lead = quote("要做好两件事：")
    items = (
        OutlineItem("一是", quote("一是组建招商公司。")),
        OutlineItem("二是", quote("二是压缩办事时限。")),
    )
    whole = answer_json(
        answer(
            history=("有哪些要点",),
            quotes=(quote("一是组建招商公司。"), quote("二是压缩办事时限。")),
            outline=Outline(lead, items),
            citations=(CITATION,),
            terms=(
                QuestionTerm("招商", "asked", None, True),
                QuestionTerm("引资", "synonym", "招商", False),
            ),
            named=(Name("浙江", 1),),
            preferred=("含数字的句子",),
            year=2026,
            suggestions=("办事时限怎么压缩？",),
            documents_found=1,
            corrections=(Correction("办事实现", "办事时限", "办事时限怎么压缩"),),
            absent=("元宇宙",),
        ),
        path_of,
    )
    expected = {
        "question": "开发区要做什么",
        "history": ["有哪些要点"],
        "status": "answered",
        "question_kind": "list",
        "answer": [
            {"text": "一是组建招商公司。", "citation": 1, "document": "0123456789abcdef", "start": 18, "end": 27},
            {"text": "二是压缩办事时限。", "citation": 1, "document": "0123456789abcdef", "start": 27, "end": 36},
        ],
        "outline": {
            "lead": {"text": "要做好两件事：", "citation": 1, "start": 11, "end": 18},
            "items": [
                {"label": "一是", "text": "一是组建招商公司。", "citation": 1, "start": 18, "end": 27},
                {"label": "二是", "text": "二是压缩办事时限。", "citation": 1, "start": 27, "end": 36},
            ],
        },
        "citations": [CITATION_JSON],
        "terms": [
            {"text": "招商", "origin": "asked", "of": None, "found": True},
            {"text": "引资", "origin": "synonym", "of": "招商", "found": False},
        ],
        "named": [{"text": "浙江", "documents": 1}],
        "preferred": ["含数字的句子"],
        "year": 2026,
        "related": [],
        "suggestions": ["办事时限怎么压缩？"],
        "documents_found": 1,
        "corpus": {"version": "abc123", "documents": 1, "passages": 2},
        "elapsed_ms": 2.1,
        "corrections": [{"text": "办事实现", "meant": "办事时限", "question": "办事时限怎么压缩"}],
        "reason": None,
        "absent": ["元宇宙"],
        "filtered_undated": 0,
    }
    assert whole == expected
    assert list(whole) == list(expected)


def test_an_enumeration_without_a_lead_in_has_null_for_it() -> None:
    item = OutlineItem("一是", quote("一是组建招商公司。"))
    outline = answer_json(answer(outline=Outline(None, (item,)), citations=(CITATION,)), path_of)["outline"]
    assert outline == {
        "lead": None,
        "items": [{"label": "一是", "text": "一是组建招商公司。", "citation": 1, "start": 18, "end": 27}],
    }


def test_where_nothing_was_found_the_nearest_passages_are_related() -> None:
    nothing = answer_json(answer(status="not_found", related=(CITATION,)), path_of)
    assert (nothing["status"], nothing["answer"], nothing["outline"], nothing["citations"]) == (
        "not_found",
        [],
        None,
        [],
    )
    assert nothing["related"] == [CITATION_JSON]


def test_a_document_comes_with_its_paragraphs_and_sections() -> None:
    assert document_json(DOCUMENT, structure(DOCUMENT)) == {
        "id": "0123456789abcdef",
        "file": "甲/要点.txt",
        "title": "工作要点",
        "date": "2022-10",
        "issuer": None,
        "lapsed": False,
        "number": None,
        "place": None,
        "kind": None,
        "speaker": None,
        "text": TEXT,
        "paragraphs": [[0, 4], [5, 10], [11, 36]],
        "sections": [{"title": "一、开发区", "level": 1, "start": 5, "end": 36}],
    }


def test_documents_are_listed_a_stretch_at_a_time() -> None:
    corpus = build([DOCUMENT, Document("ffff", "乙.txt", "乙", "乙县的要点。", issuer="乙县")])
    of_corpus = {"version": corpus.version, "documents": 2, "passages": len(corpus.passages)}
    listed: Any = SimpleNamespace(
        corpus=corpus, admitted=lambda filters: range(2), facets=lambda filters: facets(corpus.documents, filters)
    )
    counted = {
        "years": [{"value": "2022", "documents": 1}],
        "places": [],
        "kinds": [],
        "issuers": [{"value": "乙县", "documents": 1}],
        "folders": [{"value": "甲", "documents": 1}, {"value": "（根目录）", "documents": 1}],
    }
    assert documents_json(listed, Filters(), offset=0, limit=1) == {
        "documents": [
            {
                "id": "ffff",
                "file": "乙.txt",
                "title": "乙",
                "date": None,
                "issuer": "乙县",
                "lapsed": False,
                "number": None,
                "place": None,
                "kind": None,
                "speaker": None,
                "characters": 6,
                "passages": 1,
            }
        ],
        "total": 2,
        "offset": 0,
        "limit": 1,
        "facets": counted,
        "corpus": of_corpus,
    }
    second = documents_json(listed, Filters(), offset=1, limit=5)
    assert [entry["id"] for entry in second["documents"]] == ["0123456789abcdef"]
    # Past the end there are none, which is no error: a client pages until it is empty.
    assert documents_json(listed, Filters(), offset=2, limit=5) == {
        "documents": [],
        "total": 2,
        "offset": 2,
        "limit": 5,
        "facets": counted,
        "corpus": of_corpus,
    }


def test_the_path_that_faces_without_a_web_give_is_where_the_page_shows_a_paragraph(app: Flask, engine: Engine) -> None:
    document = engine.loaded.corpus.documents[0]
    with app.test_request_context():
        assert path_of(document, 3) == url_of(document, 3) == f"/documents/{document.id}#p3"
