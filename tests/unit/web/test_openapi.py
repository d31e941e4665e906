import copy
import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from service.web.openapi import OPENAPI
from service.web.schemas import ASKED_DATE


def closed(schema: Any) -> Any:
    """Return a schema in which no object may have members that it does not name."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {name: closed(part) for name, part in schema.items()}
    return parts | {"additionalProperties": False} if "properties" in schema else parts


def faults(schema: Any, value: object) -> list[str]:
    """Return what a closed schema of the document says against a value."""
    whole = closed(copy.deepcopy(schema)) | {"components": closed(copy.deepcopy(OPENAPI["components"]))}
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(whole).iter_errors(value)]


def schema_of(path: str, method: str, status: int) -> Any:
    (content,) = OPENAPI["paths"][path][method]["responses"][str(status)]["content"].values()
    return content["schema"]


def test_the_document_is_openapi_3_1() -> None:
    OpenAPIV31SpecValidator(OPENAPI).validate()


def test_it_is_served(client: FlaskClient) -> None:
    assert client.get("/api/v1/openapi.json").get_json() == OPENAPI


def test_it_names_every_route_and_method_of_programs_and_no_other(app: Flask) -> None:
    served = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS")
    }
    described = {(path, method) for path, methods in OPENAPI["paths"].items() for method in methods}
    assert described == served


QUESTIONS: list[dict[str, object]] = [
    {"question": "招商服务公司是怎么组建的"},
    {"question": "要抓好的三项工作是什么", "limit": 20},
    {"question": "那作风呢", "history": ["要抓好的三项工作是什么"]},
    {"question": "第八项呢", "history": ["要抓好的三项工作是什么"]},
    {"question": "火星上的望远镜"},
    {"question": "招商", "filters": {"from": "2030"}},
    {"question": "招上引资怎么做"},
    {"question": "今年签约项目多少个"},
    {"question": "作风建设会议上讲了什么"},
    {"question": "产业园养了多少头牦牛"},
]


@pytest.mark.parametrize("body", QUESTIONS)
def test_answers_are_as_described(client: FlaskClient, body: dict[str, object]) -> None:
    response = client.post("/api/v1/ask", json=body)
    assert faults(schema_of("/api/v1/ask", "post", 200), response.get_json()) == []


def test_each_part_of_an_answer_is_there_in_some_of_those_that_are_as_described(client: FlaskClient) -> None:
    # What is empty everywhere would be as described whatever the description says.
    answers = [client.post("/api/v1/ask", json=body).get_json() for body in QUESTIONS]
    # What was answered before took no time.
    parts = OPENAPI["components"]["schemas"]["Answer"]["properties"].keys() - {"elapsed_ms"}
    assert [part for part in parts if not any(answer[part] for answer in answers)] == []
    assert any(isinstance(answer["year"], int) for answer in answers)


def test_documents_are_as_described(client: FlaskClient) -> None:
    listed = client.get("/api/v1/documents").get_json()
    assert faults(schema_of("/api/v1/documents", "get", 200), listed) == []
    assert len(listed["documents"]) == 2
    for entry in listed["documents"]:
        whole = client.get(f"/api/v1/documents/{entry['id']}").get_json()
        assert faults(schema_of("/api/v1/documents/{document_id}", "get", 200), whole) == []


def test_health_is_as_described(client: FlaskClient) -> None:
    for path in ("/healthz", "/readyz"):
        assert faults(schema_of(path, "get", 200), client.get(path).get_json()) == []


@pytest.mark.parametrize(
    ("path", "method", "body", "content_type", "status"),
    [
        ("/api/v1/ask", "post", b"{", "application/json", 400),
        ("/api/v1/ask", "post", b'{"question": "' + b"a" * 2001 + b'"}', "application/json", 413),
        ("/api/v1/ask", "post", b"{}", "text/plain", 415),
        ("/api/v1/ask", "post", b"{}", "application/json", 422),
        ("/api/v1/ask", "get", b"", None, 422),
        ("/api/v1/documents/{document_id}", "get", b"", None, 404),
    ],
)
def test_problems_are_as_described(
    client: FlaskClient, path: str, method: str, body: bytes, content_type: str | None, status: int
) -> None:
    response = client.open(path.replace("{document_id}", "none"), method=method, data=body, content_type=content_type)
    assert response.status_code == status
    assert faults(schema_of(path, method, status), response.get_json(force=True)) == []


def test_not_being_ready_is_as_described(client_of_unready: FlaskClient) -> None:
    for path, methods in OPENAPI["paths"].items():
        for method, operation in methods.items():
            # Who may not do it is told so first.
            if "503" in operation["responses"] and "security" not in operation:
                body = {"question": "a"} if method == "post" else None
                query = "?q=a" if (path, method) == ("/api/v1/ask", "get") else ""
                response = client_of_unready.open(
                    path.replace("{document_id}", "none") + query, method=method, json=body
                )
                assert response.status_code == 503, path
                assert faults(schema_of(path, method, 503), response.get_json(force=True)) == []


def test_examples_of_requests_are_answered(client: FlaskClient) -> None:
    media = OPENAPI["paths"]["/api/v1/ask"]["post"]["requestBody"]["content"]["application/json"]
    for example in media["examples"].values():
        assert faults(media["schema"], example["value"]) == []
        assert client.post("/api/v1/ask", json=example["value"]).status_code == 200


def test_a_request_is_refused_by_the_schema_where_it_is_refused_by_the_service(client: FlaskClient) -> None:
    schema = OPENAPI["paths"]["/api/v1/ask"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    bodies: list[object] = [
        {},
        [],
        {"question": "\u3000\n"},
        {"question": None},
        {"question": "a" * 2001},
        {"question": "a", "history": ["a"] * 21},
        {"question": "a", "history": [""]},
        {"question": "a", "limit": 21},
        {"question": "a", "limit": True},
        {"question": "a", "limit": None},
        {"question": "a", "filters": {"from": "2022-6"}},
        {"question": "a", "filters": {"year": 2022}},
        {"question": "a", "synonyms": "false"},
        {"question": "a", "without": "b"},
        {"question": "a", "without": ["b"] * 51},
        {"question": "a", "without": ["b" * 101]},
        {"question": "a", "without": ["\u3000"]},
        {"question": "a", "year": 1899},
        {"question": "a", "year": None},
        {"question": "a", "top": 5},
    ]
    for body in bodies:
        assert faults(schema, body), body
        assert client.post("/api/v1/ask", json=body).status_code in (413, 422), body
    for body in (
        {"question": "a", "limit": 5.0},
        {"question": "a" * 2000, "history": ["a"] * 20},
        {"question": "a", "synonyms": False, "without": ["b" * 100] * 50, "year": 2100},
    ):
        assert faults(schema, body) == []
        assert client.post("/api/v1/ask", json=body).status_code == 200


def test_dates_that_are_asked_are_those_that_there_are() -> None:
    pattern = re.compile(ASKED_DATE["pattern"])

    def exists(written: str) -> bool:
        try:
            date.fromisoformat(written)
        except ValueError:
            return False
        return True

    written = [
        f"{year:04}-{month:02}-{day:02}"
        for year in (0, 1, 4, 100, 400, 1900, 2000, 2023, 2024, 2100, 9996, 9999)
        for month in range(14)
        for day in range(33)
    ]
    assert [day for day in written if bool(pattern.search(day)) != exists(day)] == []
    for day, admitted in {"2023": True, "2023-12": True, "2023-13": False, "0000": False, "2023-1": False}.items():
        assert bool(pattern.search(day)) == admitted
