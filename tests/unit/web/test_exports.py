"""What the page shows, as a file: the same answers, names and refusals, and never kept by a proxy."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote, unquote, urlencode

import docx
import pytest
from flask.testing import FlaskClient
from werkzeug.http import parse_options_header

from service.answering.answer import Answer, Choices
from service.answering.contract import answer_json
from service.answering.filters import Filters
from service.corpus.document import Document
from service.engine import Engine
from tests.unit.web.test_pages import Page

HEADLINE = "招商引资取得了什么突破"
LIST = "要抓好哪三项工作"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def exporting(extension: str, *questions: str, **parameters: object) -> str:
    return f"/export.{extension}?" + urlencode([*(("q", question) for question in questions), *parameters.items()])


def served(answers: Sequence[Answer]) -> list[object]:
    """Return answers as the file should hold them, with the citations that they quote, but for the time they took."""

    def url_of(document: Document, paragraph: int) -> str:
        return f"http://localhost/documents/{document.id}#p{paragraph}"

    quoted = (replace(a, citations=tuple(c for c in a.citations if c.quotes)) for a in answers)
    return [{**answer_json(answer, url_of), "elapsed_ms": 0} for answer in quoted]


def turns(client: FlaskClient, address: str) -> list[dict[str, object]]:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return [{**turn, "elapsed_ms": 0} for turn in json.loads(response.data)["turns"]]


def answers_of(given: Sequence[dict[str, object]]) -> list[object]:
    return [{name: value for name, value in turn.items() if name != "choices"} for turn in given]


@pytest.mark.parametrize(
    ("extension", "media_type"),
    [("docx", WORD), ("md", "text/markdown; charset=utf-8"), ("json", "application/json")],
)
def test_a_file_has_its_type_and_a_chinese_name_and_stays_private(
    client: FlaskClient, extension: str, media_type: str
) -> None:
    response = client.get(exporting(extension, HEADLINE + "？"))
    assert (response.status_code, response.headers["Content-Type"]) == (200, media_type)
    disposition = response.headers["Content-Disposition"]
    # RFC 6266 and 5987: the name for those who know it in UTF-8, something in ASCII for the others
    assert f"filename*=UTF-8''{quote(f'有据_{HEADLINE}.{extension}')}" in disposition
    assert disposition.isascii()
    kind, _ = parse_options_header(disposition)
    assert kind == "attachment"
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_all_three_say_what_the_page_says(client: FlaskClient, engine: Engine) -> None:
    said = [quote.text for quote in engine.ask(HEADLINE).quotes]
    word = [p.text for p in docx.Document(io.BytesIO(client.get(exporting("docx", HEADLINE)).data)).paragraphs]
    markdown = client.get(exporting("md", HEADLINE)).get_data(as_text=True)
    assert said
    # The number behind the first is a footnote's, which is no text; behind the others it is.
    assert [line.rstrip("1") for line in word if line.rstrip("1") in said] == said
    assert all(f"\n{words}[^1]\n" in markdown for words in said)
    assert answers_of(turns(client, exporting("json", HEADLINE))) == served([engine.ask(HEADLINE)])


def test_without_a_turn_it_is_the_whole_conversation_with_one_it_is_that(client: FlaskClient, engine: Engine) -> None:
    asked = (LIST, "第二项呢", "火星上的望远镜")
    conversation = engine.converse(asked)
    assert answers_of(turns(client, exporting("json", *asked))) == served(conversation)
    for number, answer in enumerate(conversation, 1):
        assert answers_of(turns(client, exporting("json", *asked, turn=number))) == served([answer])


def test_it_is_answered_by_the_choices_in_the_address(client: FlaskClient, engine: Engine) -> None:
    report = engine.loaded.corpus.documents[0].id
    choices = Choices(synonyms=False, without=frozenset({"突破"}), year=2022, within=Filters(documents=(report,)))
    given = {"synonyms": "false", "without": "突破", "year": "2022", "documents": report}
    first, last = turns(client, exporting("json", LIST, HEADLINE, **given))
    within = {"documents": [report], "from": None, "to": None, "places": [], "kinds": [], "issuers": [], "folders": []}
    assert answers_of([first, last]) == served(engine.converse((LIST, HEADLINE), choices=choices))
    assert first["choices"] == {"synonyms": False, "without": [], "year": None, "within": within}
    assert last["choices"] == {"synonyms": False, "without": ["突破"], "year": 2022, "within": within}


@pytest.mark.parametrize("extension", ["docx", "md", "json"])
def test_what_was_not_found_is_taken_away_as_that(client: FlaskClient, extension: str) -> None:
    response = client.get(exporting(extension, "火星上的望远镜"))
    assert response.status_code == 200
    if extension == "json":
        assert json.loads(response.data)["turns"][0]["status"] == "not_found"
    elif extension == "md":
        assert "这些材料里没有找到答案。" in response.text
    else:
        lines = [p.text for p in docx.Document(io.BytesIO(response.data)).paragraphs]
        assert "这些材料里没有找到答案。" in lines
        assert "“火星”“望远镜”在全部 2 份材料里都没有出现。" in lines


@pytest.mark.parametrize(
    "query",
    [
        urlencode({"q": "问" * 2001}),
        urlencode({"q": "问", "year": "12"}),
        urlencode({"q": "问", "synonyms": "no"}),
        urlencode([("q", "问"), *[("without", f"词{n}") for n in range(51)]]),
    ],
)
@pytest.mark.parametrize("extension", ["docx", "md", "json"])
def test_what_the_page_refuses_is_refused_in_the_same_words(client: FlaskClient, query: str, extension: str) -> None:
    page, file = client.get(f"/?{query}"), client.get(f"/export.{extension}?{query}")
    assert file.status_code == page.status_code >= 400
    (notice,) = Page(page).all("p", "notice")
    assert notice.text in file.text
    assert "Content-Disposition" not in file.headers


def test_no_question_is_left_out_of_a_file_unsaid(client: FlaskClient) -> None:
    response = client.get("/export.md?" + urlencode([("q", "问")] * 22))
    assert response.status_code == 413
    assert "最多 21 问" in response.text


@pytest.mark.parametrize("query", ["", "q=", "q=+&turn=1"])
def test_where_nothing_is_asked_there_is_nothing_to_take(client: FlaskClient, query: str) -> None:
    response = client.get(f"/export.docx?{query}")
    assert response.status_code == 422
    assert "网址里没有问题" in response.text


@pytest.mark.parametrize("turn", ["0", "3", "-1", "x", "", "1&turn=2"])
def test_a_turn_that_there_is_not_is_refused(client: FlaskClient, turn: str) -> None:
    response = client.get(f"{exporting('json', LIST, '第二项呢')}&turn={turn}")
    assert response.status_code == 422
    assert "Content-Disposition" not in response.headers


def test_it_is_only_read(client: FlaskClient) -> None:
    assert client.post(exporting("docx", HEADLINE)).status_code == 405
    assert client.head(exporting("docx", HEADLINE)).status_code == 200
    assert client.get(exporting("pdf", HEADLINE)).status_code == 404


def test_before_the_first_index_it_says_to_come_back(client_of_unready: FlaskClient) -> None:
    response = client_of_unready.get(exporting("docx", HEADLINE))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


def test_the_page_links_each_turn_and_the_whole_conversation(client: FlaskClient) -> None:
    given = {"synonyms": "false", "without": "突破", "year": "2022"}
    page = Page(client.get("/?" + urlencode([("q", LIST), ("q", HEADLINE), *given.items()])))
    assert [e.text.strip() for e in page.all("p", "export")] == [
        "下载：Word · Markdown · JSON",
        "下载：Word · Markdown · JSON",
        "整个对话下载：Word · Markdown · JSON",
    ]
    links = [unquote(e["href"] or "") for e in page.all("a") if (e["href"] or "").startswith("/export.")]
    assert len(links) == 9
    wanted = [exporting("json", LIST, HEADLINE, **given, **turn) for turn in ({"turn": 1}, {"turn": 2}, {})]
    assert [turns(client, link) for link in links[2::3]] == [turns(client, address) for address in wanted]


def test_a_conversation_of_one_question_is_its_turn(client: FlaskClient) -> None:
    assert len(Page(client.get("/?" + urlencode({"q": HEADLINE}))).all("p", "export")) == 1
    assert Page(client.get("/")).all("p", "export") == []
