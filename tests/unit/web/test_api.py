import re
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.engine import Engine

QUESTION = "招商服务公司是怎么组建的"


def problem(response: TestResponse) -> dict[str, object]:
    """Return a problem's members, once it is plain that it is one."""
    assert response.content_type == "application/problem+json"
    members: dict[str, object] = response.get_json(force=True)
    assert members["status"] == response.status_code
    return members


def ids(client: FlaskClient) -> dict[str, str]:
    """Return the id of each document by its file."""
    return {entry["file"]: entry["id"] for entry in client.get("/api/v1/documents").get_json()["documents"]}


def test_a_question_is_answered_with_slices_of_the_documents_text(client: FlaskClient) -> None:
    answer = client.post("/api/v1/ask", json={"question": QUESTION}).get_json()
    first = answer["citations"][0]
    document = client.get(f"/api/v1/documents/{first['document']['id']}").get_json()
    text = document["text"]
    assert "组建招商服务公司，全年签约项目32个，到位资金18亿元。" in first["text"]
    assert first["text"] == text[first["start"] : first["end"]]
    assert [said["text"] for said in answer["answer"]] == [text[s["start"] : s["end"]] for s in answer["answer"]]
    assert first["document"] == {
        "id": document["id"],
        "file": "报告.txt",
        "title": "云溪县2022年工作报告",
        "date": "2022-12",
        "issuer": "云溪县人民政府",
        "lapsed": False,
        "number": None,
        "place": None,
        "kind": "工作报告",
        "speaker": None,
    }
    assert first["url"] == f"/documents/{document['id']}#p{first['paragraph']}"


def test_the_url_of_a_citation_opens_the_document(client: FlaskClient) -> None:
    first = client.post("/api/v1/ask", json={"question": QUESTION}).get_json()["citations"][0]
    path, anchor = first["url"].split("#")
    page = client.get(path)
    assert page.status_code == 200
    assert f'id="{anchor}"' in page.text


def test_a_link_asks_what_a_body_asks(client: FlaskClient) -> None:
    report = ids(client)["报告.txt"]
    by_body = client.post(
        "/api/v1/ask",
        json={
            "question": "办事时限呢",
            "history": [QUESTION],
            "limit": 2,
            "filters": {"documents": [report], "from": "2022", "to": "2022-12"},
        },
    )
    by_link = client.get(
        f"/api/v1/ask?q={quote(QUESTION)}&q={quote('办事时限呢')}&limit=2&documents={report}&from=2022&to=2022-12"
    )
    assert by_link.get_json() | {"elapsed_ms": 0} == by_body.get_json() | {"elapsed_ms": 0}
    assert (by_link.get_json()["question"], by_link.get_json()["history"]) == ("办事时限呢", [QUESTION])


def test_what_stands_nowhere_is_not_found(client: FlaskClient) -> None:
    response = client.post("/api/v1/ask", json={"question": "火星上的望远镜"})
    answer = response.get_json()
    assert (response.status_code, answer["status"], answer["answer"], answer["citations"]) == (200, "not_found", [], [])


def test_what_was_likely_meant_is_offered(client: FlaskClient) -> None:
    mistyped = client.post("/api/v1/ask", json={"question": "营商环竞怎么优化"}).get_json()
    assert (mistyped["question"], mistyped["corrections"]) == (
        "营商环竞怎么优化",
        [{"text": "营商环竞", "meant": "营商环境", "question": "营商环境怎么优化"}],
    )
    assert client.post("/api/v1/ask", json={"question": QUESTION}).get_json()["corrections"] == []


@pytest.mark.parametrize(
    "filters",
    [
        {"documents": ["no-such-document"]},  # it may have been removed since the client learnt of it
        {"from": "2023"},
        {"to": "2021"},
    ],
)
def test_outside_of_the_filters_nothing_is_found(client: FlaskClient, filters: dict[str, object]) -> None:
    response = client.post("/api/v1/ask", json={"question": QUESTION, "filters": filters})
    assert (response.status_code, response.get_json()["citations"]) == (200, [])


def test_json_is_readable_and_in_the_order_of_the_contract(client: FlaskClient) -> None:
    body = client.post("/api/v1/ask", json={"question": QUESTION}).get_data(as_text=True)
    assert body.startswith('{"question":"招商服务公司是怎么组建的","history":[],"status":"answered",')


@pytest.mark.parametrize(
    "question",
    ["\x00", "\x1b[31m招商\x07", "<script>alert(1)</script>", "' OR 1=1; --", "🙂", "𠮷" * 2000, "\u202e招商"],
)
def test_odd_questions_are_echoed_and_answered(client: FlaskClient, question: str) -> None:
    response = client.post("/api/v1/ask", json={"question": question, "history": [question]})
    assert response.status_code == 200
    assert (response.get_json()["question"], response.get_json()["history"]) == (question, [question])


def test_documents_are_listed_with_their_sizes(client: FlaskClient, engine: Engine) -> None:
    corpus = engine.loaded.corpus
    summary = {"version": corpus.version, "documents": 2, "passages": len(corpus.passages)}
    first = client.get("/api/v1/documents?limit=1").get_json()
    rest = client.get("/api/v1/documents?limit=1&offset=1").get_json()
    assert [first["documents"][0]["file"], rest["documents"][0]["file"]] == ["报告.txt", "讲话.txt"]
    assert sum(page["documents"][0]["passages"] for page in (first, rest)) == len(corpus.passages)
    assert first["documents"][0]["characters"] == len(corpus.documents[0].text)
    assert {key: first[key] for key in first if key != "documents"} == {
        "total": 2,
        "offset": 0,
        "limit": 1,
        "facets": {
            "years": [{"value": "2022", "documents": 1}],
            "places": [],
            "kinds": [{"value": "工作报告", "documents": 1}, {"value": "讲话", "documents": 1}],
            "issuers": [{"value": "云溪县人民政府", "documents": 1}],
            "folders": [],
        },
        "corpus": summary,
    }


def test_what_is_listed_and_asked_of_is_what_the_filters_admit(client: FlaskClient) -> None:
    listed = client.get("/api/v1/documents", query_string={"kinds": "讲话"}).get_json()
    assert [document["file"] for document in listed["documents"]] == ["讲话.txt"]
    assert listed["total"] == 1
    assert listed["facets"]["kinds"] == [{"value": "工作报告", "documents": 1}, {"value": "讲话", "documents": 1}]
    for asked in (
        client.get("/api/v1/ask", query_string={"q": "招商", "kinds": "讲话", "issuers": "没有的机关"}),
        client.post(
            "/api/v1/ask", json={"question": "招商", "filters": {"kinds": ["讲话"], "issuers": ["没有的机关"]}}
        ),
    ):
        assert (asked.status_code, asked.get_json()["status"]) == (200, "not_found")
    of_report = {"question": "招商", "filters": {"kinds": ["工作报告"], "issuers": ["云溪县人民政府"], "from": "2022"}}
    citations = client.post("/api/v1/ask", json=of_report).get_json()["citations"]
    assert {citation["document"]["file"] for citation in citations} == {"报告.txt"}


def test_a_document_is_served_whole_with_its_paragraphs_and_sections(client: FlaskClient) -> None:
    document = client.get(f"/api/v1/documents/{ids(client)['讲话.txt']}").get_json()
    text = document["text"]
    assert [text[start:end] for start, end in document["paragraphs"]] == [
        "在作风建设会议上的讲话",
        "同志们：",
        "今天的会议很重要。各部门要少开会、开短会，把时间留给基层。",
    ]
    report = client.get(f"/api/v1/documents/{ids(client)['报告.txt']}").get_json()
    assert [(section["level"], section["title"]) for section in report["sections"]][:2] == [
        (1, "一、过去一年的工作"),
        (2, "（一）招商引资取得突破。"),
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/documents/no-such-document",
        "/api/v1/documents/../../etc/passwd",
        "/api/v1/documents/..%2F..%2Fetc%2Fpasswd",
        "/api/v1/documents/..",
        "/api/v1/documents/%00",
        "/api/v1/documents/%FF",
        "/api/v1/documents/" + "a" * 5000,
        "/api/v1/documents/",
        "/api/v1/nothing",
        "/api/",
    ],
)
def test_what_is_not_there_is_a_404_problem(client: FlaskClient, path: str) -> None:
    assert problem(client.get(path))["title"] == "没有找到"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/api/v1/ask", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("POST", "/api/v1/documents", {"GET", "HEAD", "OPTIONS"}),
        ("PUT", "/api/v1/documents/abc", {"GET", "HEAD", "OPTIONS"}),
        ("POST", "/healthz", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(client: FlaskClient, method: str, path: str, allowed: set[str]) -> None:
    response = client.open(path, method=method)
    assert problem(response)["status"] == 405
    assert set(response.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_a_body_that_is_not_said_to_be_json_is_refused(client: FlaskClient, content_type: str | None) -> None:
    response = client.post("/api/v1/ask", data=b'{"question": "a"}', content_type=content_type)
    assert problem(response)["status"] == 415


def test_json_may_name_its_charset(client: FlaskClient) -> None:
    response = client.post("/api/v1/ask", data=b'{"question": "a"}', content_type="application/json; charset=utf-8")
    assert response.status_code == 200


def test_a_body_over_64_kib_is_refused_with_the_limit(client: FlaskClient) -> None:
    blanks = b" " * (64 * 1024 - len(b'{"question": "a"}'))
    assert (
        client.post("/api/v1/ask", data=b'{"question": "a"}' + blanks, content_type="application/json").status_code
        == 200
    )
    over = client.post("/api/v1/ask", data=b'{"question": "a"}' + blanks + b" ", content_type="application/json")
    assert problem(over) == {"type": "about:blank", "title": "内容过长", "status": 413, "detail": "请求体最大 64 KiB。"}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/v1/ask", b"{", 400),
        ("/api/v1/ask", b"\xff", 400),
        ("/api/v1/ask", b"[" * 60000, 400),
        ("/api/v1/ask", b'{"question": "' + b"a" * 10000 + b'"}', 413),
        ("/api/v1/ask", b'{"question": "\\ud800"}', 422),
        ("/api/v1/ask", b'{"\\ud800": "\\udfff"}', 422),
        ("/api/v1/ask?limit=3", b'{"question": "a"}', 422),  # it belongs in the body
    ],
)
def test_a_body_that_cannot_be_answered_is_a_problem(client: FlaskClient, path: str, body: bytes, status: int) -> None:
    assert problem(client.post(path, data=body, content_type="application/json"))["status"] == status


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/ask", 422),
        ("/api/v1/ask?q=%FF", 400),
        ("/api/v1/ask?q=" + "a" * 10000, 413),
        ("/api/v1/ask?q=a&pretty=1", 422),
        ("/api/v1/documents?limit=0", 422),
        ("/api/v1/documents/abc?page=2", 422),
        ("/api/v1/openapi.json?v=1", 422),
    ],
)
def test_a_link_that_cannot_be_answered_is_a_problem(client: FlaskClient, path: str, status: int) -> None:
    assert problem(client.get(path))["status"] == status


def test_a_problem_names_every_wrong_field(client: FlaskClient) -> None:
    assert problem(client.post("/api/v1/ask", json={"question": " ", "limit": True})) == {
        "type": "about:blank",
        "title": "请求内容有误",
        "status": 422,
        "detail": "请求中有 2 处需要改正。",
        "errors": [
            {"field": "question", "message": "不能为空白"},
            {"field": "limit", "message": "应为 1 到 20 的整数"},
        ],
    }


@pytest.mark.parametrize("path", ["/api/v1/ask?q=a", "/api/v1/documents", "/api/v1/documents/abc", "/readyz"])
def test_before_the_first_load_a_client_is_told_to_come_back(client_of_unready: FlaskClient, path: str) -> None:
    response = client_of_unready.get(path)
    assert problem(response)["title"] == "暂时不能回答"
    assert response.headers["Retry-After"] == "5"


def test_health_and_readiness_are_two_things(client: FlaskClient, client_of_unready: FlaskClient) -> None:
    assert client_of_unready.get("/healthz").get_json() == {"status": "ok"}
    assert client.get("/healthz").get_json() == {"status": "ok"}
    assert client.get("/readyz").get_json() == {"status": "ready"}


def test_metrics_count_requests_by_route_and_never_by_address(app: Flask, engine: Engine) -> None:
    client = app.test_client()
    client.get(f"/api/v1/ask?q={quote(QUESTION)}")
    client.get("/api/v1/ask?q=")
    client.get("/api/v1/documents/abc")
    client.get(f"/{quote(QUESTION)}")
    response = client.get("/metrics")
    assert response.content_type.startswith("text/plain")
    lines = response.get_data(as_text=True).splitlines()
    assert [line for line in lines if line.startswith("youju_requests_total")] == [
        'youju_requests_total{route="/api/v1/ask",status="200"} 1.0',
        'youju_requests_total{route="/api/v1/ask",status="422"} 1.0',
        'youju_requests_total{route="/api/v1/documents/<document_id>",status="404"} 1.0',
        'youju_requests_total{route="(none)",status="404"} 1.0',
    ]
    assert 'youju_request_seconds_count{route="/api/v1/ask"} 2.0' in lines
    assert [line for line in lines if re.match("youju_(ready|documents|passages) ", line)] == [
        "youju_ready 1.0",
        "youju_documents 2.0",
        f"youju_passages {float(len(engine.loaded.corpus.passages))}",
    ]


def test_metrics_of_an_app_that_is_not_ready_say_so(client_of_unready: FlaskClient) -> None:
    assert "youju_ready 0.0\n" in client_of_unready.get("/metrics").get_data(as_text=True)


def test_suggestions_are_questions_that_are_answered_next(client: FlaskClient) -> None:
    question = "招商公司怎么组建的"
    suggestions = client.post("/api/v1/ask", json={"question": question}).get_json()["suggestions"]
    assert suggestions
    for suggestion in suggestions:
        following = client.post("/api/v1/ask", json={"question": suggestion, "history": [question]}).get_json()
        assert (following["status"], following["citations"][0]["document"]["file"]) == ("answered", "报告.txt")
