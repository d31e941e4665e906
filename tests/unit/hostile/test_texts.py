"""What is hostile in a question, an address, a file's name or its text is shown as what it is, and does nothing."""

import io
import json
import re
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, quote_from_bytes

import docx
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.engine import Engine
from service.language.analyser import Analyser
from service.settings import read_settings
from service.web.app import create_app
from tests.unit.hostile.conftest import HOSTILE

EVERY = pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
_REFUSED = {400, 404, 413, 422}


def escaped(text: str) -> str:
    """Return a text as a part of an address; a surrogate in the three bytes that some programs write for it."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


class Tags(HTMLParser):
    """The tags of a page, each with its attributes, and what stands in its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.scripts = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self.tags and self.cdata_elem == "script":
            self.scripts += data


def assert_harmless(response: TestResponse) -> None:
    """Fail if an answer is none that was foreseen, has a header that a text made, or something in it that runs."""
    assert response.status_code == 200 or response.status_code in _REFUSED, response.text
    assert not {name.lower() for name, _ in response.headers} & {"x-stolen", "set-cookie"}
    assert not any("\r" in value or "\n" in value for value in response.headers.values())
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    if response.mimetype != "text/html":
        return
    page = Tags(response.text)
    assert not page.scripts.strip()
    for tag, attributes in page.tags:
        assert tag not in ("object", "embed", "base", "img")
        assert tag not in ("script",) or attributes.get("src")
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("href", "src", "action", "formaction", "hx-get"):
            address = attributes.get(name, "").strip().lower()
            assert not address.startswith(("javascript:", "data:", "vbscript:")), address


@EVERY
@pytest.mark.parametrize(
    "address",
    [
        "/?q={}",
        pytest.param("/?q=招商&q={}", marks=pytest.mark.thorough),
        "/?q=项目完成投资多少&without={}&document={}&place={}",
        pytest.param("/?q=招商&draft={}&card={}&year={}", marks=pytest.mark.thorough),
        "/documents?q={}&place={}&from={}&offset={}",
        pytest.param("/corpus?q={}&{}=1", marks=pytest.mark.thorough),
        "/documents/{}",
        pytest.param("/documents/{}/outline", marks=pytest.mark.thorough),
        pytest.param("/documents/{}/around?mark={}", marks=pytest.mark.thorough),
        "/static/{}",
        pytest.param("/{}", marks=pytest.mark.thorough),
        pytest.param("/export.md?q={}", marks=pytest.mark.thorough),
        "/export.docx?q={}",
        pytest.param("/export.json?q={}", marks=pytest.mark.thorough),
        pytest.param("/export.{}?q=招商", marks=pytest.mark.thorough),
        "/api/v1/ask?q={}",
        pytest.param("/api/v1/ask?q=招商&{}=1", marks=pytest.mark.thorough),
        pytest.param("/api/v1/documents/{}", marks=pytest.mark.thorough),
    ],
)
def test_in_an_address(client: FlaskClient, address: str, hostile: str) -> None:
    whole = quote(address, safe="/?&={}").replace("{}", escaped(hostile))
    assert_harmless(client.get(whole))
    if address in ("/?q={}", "/documents/{}"):
        fragment = {"HX-Request": "true", "HX-Current-URL": f"http://localhost/?q={escaped(hostile)}"}
        assert_harmless(client.get(whole, headers=fragment))


@EVERY
def test_in_a_body(client: FlaskClient, hostile: str) -> None:
    for body in (
        {"question": hostile},
        {"question": "项目完成投资多少", "history": [hostile] * 3},
        {"question": "招商", "filters": {"documents": [hostile], "places": [hostile], "from": hostile}},
        {"question": "招商", "without": [hostile], hostile: 1},
    ):
        response = client.post("/api/v1/ask", data=json.dumps(body), content_type="application/json")
        assert_harmless(response)
        # All of it can be read again.
        json.loads(response.data.decode("utf-8"))


@EVERY
def test_in_a_document(client: FlaskClient, engine: Engine, hostile: str) -> None:
    number = list(HOSTILE.values()).index(hostile)
    found = [one for one in engine.loaded.corpus.documents if one.file.startswith(f"{number:02}")]
    if not found:
        # What is no text is not served, but named.
        assert hostile in (HOSTILE["NUL"],)
        assert any(one.file.startswith(f"{number:02}") for one in engine.loaded.report.left_out)
        return
    (document,) = found
    for address in (
        f"/documents/{document.id}",
        f"/documents/{document.id}?mark=0-12-1#m1",
        f"/documents/{document.id}/outline",
        f"/documents/{document.id}/around?mark=0-12-1",
        f"/?q=乡镇{number}的项目完成投资多少",
        f"/?q=乡镇{number}的项目&q=下一步呢",
        f"/?q={escaped(document.title[:60])}",
        "/documents",
        "/corpus",
    ):
        response = client.get(address)
        assert_harmless(response)
        assert response.status_code == 200
    whole = client.get(f"/api/v1/documents/{document.id}").get_json()
    assert whole["text"] == document.text
    assert all(document.text[start:end].strip() for start, end in whole["paragraphs"])


@EVERY
def test_in_a_file_to_take_away(client: FlaskClient, hostile: str) -> None:
    number = list(HOSTILE.values()).index(hostile)
    for question in (f"乡镇{number}的项目完成投资多少", hostile):
        for extension in ("docx", "md", "json"):
            response = client.get(f"/export.{extension}?q={escaped(question)}")
            assert_harmless(response)
            if response.status_code == 200 and extension == "docx":
                docx.Document(io.BytesIO(response.data))
            elif response.status_code == 200 and extension == "md":
                assert not re.search(r"(?<!\\)<script", response.text.lower())


def test_a_million_marks_over_one_letter_are_too_long_to_ask(client: FlaskClient) -> None:
    body = json.dumps({"question": "招" + "\u0301" * 1_000_000}, ensure_ascii=False).encode()
    assert client.post("/api/v1/ask", data=body, content_type="application/json").status_code == 413
    assert client.get("/api/v1/ask?q=" + quote("招" + "\u0301" * 1_999)).status_code == 200
    assert client.get("/api/v1/ask?q=" + quote("招" + "\u0301" * 2_000)).status_code == 413


def test_a_million_marks_over_one_letter_of_a_document_are_read_and_shown(
    dictionary: Path, analyser: Analyser, tmp_path: Path
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    text = f"关于项目的通报\n一、项目完成投资三千万元，招{chr(0x301) * 1_000_000}商。\n二、下一步要倒排工期。\n"
    (folder / "一.txt").write_text(text, encoding="utf-8")
    settings = read_settings({"corpus": [str(folder)], "data": str(dictionary)}, environment={})
    engine = Engine(settings)
    begun = time.monotonic()
    engine.load()
    client = create_app(engine, settings).test_client()
    (document,) = engine.loaded.corpus.documents
    assert client.get(f"/api/v1/documents/{document.id}").get_json()["text"] == text
    assert client.get(f"/documents/{document.id}").status_code == 200
    assert "三千万元" in client.get("/api/v1/ask?q=项目完成投资多少").get_json()["citations"][0]["text"]
    # Two seconds where nothing else runs; what grew with the square would take hours.
    assert time.monotonic() - begun < 60
