"""A tiny corpus, loaded by the real engine and served by the real app."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.engine import Engine
from service.settings import Settings, read_settings
from service.web.app import create_app

REPORT = """云溪县2022年工作报告
一、过去一年的工作
（一）招商引资取得突破。组建招商服务公司，全年签约项目32个，到位资金18亿元。
（二）营商环境持续优化。办事时限平均压缩一半，企业满意度达到96%。
二、今后的打算
要抓好三项工作：一是抓项目，开工建设产业园二期。二是抓民生，新建两所小学。三是抓作风，严肃整治推诿扯皮。
"""
SPEECH = """在作风建设会议上的讲话
同志们：
今天的会议很重要。各部门要少开会、开短会，把时间留给基层。
"""


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder: Path = tmp_path_factory.mktemp("corpus")
    (folder / "报告.txt").write_text(REPORT, encoding="utf-8")
    (folder / "讲话.txt").write_text(SPEECH, encoding="utf-8")
    described = '[files."报告.txt"]\ndate = "2022-12"\nissuer = "云溪县人民政府"\n'
    (folder / "corpus.toml").write_text(described, encoding="utf-8")
    data = tmp_path_factory.mktemp("data")
    return read_settings({"corpus": [str(folder)], "data": str(data)}, environment={})


@pytest.fixture(scope="session")
def engine(settings: Settings) -> Engine:
    engine = Engine(settings)
    engine.load()
    return engine


@pytest.fixture
def app(engine: Engine, settings: Settings) -> Flask:
    return create_app(engine, settings)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


@pytest.fixture
def client_of_unready(settings: Settings) -> FlaskClient:
    """A client of an app whose engine has loaded nothing yet."""
    return create_app(Engine(settings), settings).test_client()


@pytest.fixture
def report(engine: Engine) -> str:
    """The id of the report in the tiny corpus."""
    return next(d.id for d in engine.loaded.corpus.documents if d.file == "报告.txt")
