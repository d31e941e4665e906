"""A folder whose files are hostile by name and by what they hold, and the app that serves it."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.engine import Engine
from service.settings import read_settings
from service.web.app import create_app

# Each is part of a question, of a document's text and title, of its file's name where a name can hold it, of an address.
HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "an image": '"><img src=x onerror=alert(1)>',
    "a handler": "' onmouseover='alert(1)' x='",
    "an end of a field": "</textarea></title></style><svg/onload=alert(1)>",
    "an address that is a script": "javascript:alert(1)",
    "a link of Markdown": "[招商](javascript:alert(1)) ![](x) `x`",
    "a template": "{{7*7}}{%raw%}${7*7}<%=7*7%>#{7*7}",
    "a formula": '=HYPERLINK("http://example.com")',
    "a path": "../../../../etc/passwd",
    "a path in escapes": "..%2f..%2f..%5c..%00/etc/passwd",
    "a header": "招商\r\nSet-Cookie: stolen=1\r\n\r\n<html>",
    "a header after a lone feed": "招商\nX-Stolen: 1",
    "NUL": "招\0商",
    "controls": "招\x01\x08\x0b\x0c\x1b[31m\x7f\x85商",
    "letters that turn": "招商\u202egpj.exe\u202c\u2066改革\u2069\u200f",
    "letters that hide": "招\u200b\u200d\ufeff\u00ad\u2060商",
    "heaped marks": "招" + "\u0300\u0323\u20dd" * 60 + "商",
    "a lone surrogate": "招\ud800商\udfff",
    "no characters": "招\ufffe\uffff\U0010ffff商",
    "beyond the plane": "招𠮷商👨‍👩‍👧‍👦🇨🇳",
    "an old line's end": "招\u2028商\u2029引\x1c资",
    "an XML entity": "&lt;script&gt;&#x3c;script&#62;&nbsp;&bomb;",
    "a query": "' OR 1=1; DROP TABLE documents; --",
    "a command": "$(touch x);`touch x`|touch x",
}
TEXT = "{name}关于{hostile}项目的通报\n一、{hostile}项目目前完成投资三千万元，{hostile}。\n二、下一步要倒排工期，加快建设。\n"


def file_name(number: int, hostile: str) -> str:
    """Return a name of a file that holds as much of a text as a name can."""
    allowed = hostile.replace("/", "").replace("\0", "").encode("utf-8", "replace")
    return f"{number:02}{allowed[:180].decode('utf-8', 'ignore')}.txt"


@pytest.fixture(scope="session")
def engine(dictionary: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("hostile")
    for number, hostile in enumerate(HOSTILE.values()):
        text = TEXT.format(name=f"乡镇{number}", hostile=hostile)
        (folder / file_name(number, hostile)).write_bytes(text.encode("utf-8", "replace"))
    settings = read_settings({"corpus": [str(folder)], "data": str(dictionary)}, environment={})
    engine = Engine(settings)
    engine.load()
    return engine


@pytest.fixture
def client(engine: Engine, dictionary: Path) -> FlaskClient:
    settings = read_settings({"corpus": [str(dictionary)], "data": str(dictionary)}, environment={})
    return create_app(engine, settings).test_client()
