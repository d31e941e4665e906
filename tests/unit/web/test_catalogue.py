"""All documents are listed, and every file is accounted for."""

from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest
from flask.testing import FlaskClient

from service.engine import Engine
from service.passages.coverage import coverage
from service.settings import Settings
from service.web.app import create_app

from .test_pages import Page

NOTICE = (
    "关于{}的通知\n（{}年5月6日）\n一、{}\n请各单位抓好落实，把工作做实做细。\n二、加强督导\n每月通报一次进展情况。\n"
)


@pytest.fixture
def served(settings_of: Callable[[Path], Settings], tmp_path: Path) -> FlaskClient:
    """A client of a service over sixty notices of two years, a page's furniture, and files that cannot be read."""
    folder = tmp_path / "材料"
    (folder / "下级").mkdir(parents=True)
    for number in range(60):
        text = NOTICE.format(f"第{number}项工作", 2023 + number % 2, "总的要求")
        (folder / "下级" / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "网页.txt").write_text(
        "首页 > 政务公开\n打印 收藏 下载\n" + NOTICE.format("网页", 2024, "要求"), encoding="utf-8"
    )
    (folder / "空.txt").write_text("", encoding="utf-8")
    (folder / "图.bin").write_bytes(b"\0\1")
    settings = settings_of(folder)
    engine = Engine(settings)
    engine.load()
    return create_app(engine, settings).test_client()


def listed(page: Page) -> list[str]:
    return [e.text for e in page.all("p", "file")]


def test_documents_are_listed_a_page_at_a_time(served: FlaskClient) -> None:
    first, second = Page(served.get("/documents")), Page(served.get("/documents?page=2"))
    assert "61 份" in first.all("h1")[0].text
    assert len(listed(first)) == 50
    assert [*listed(first), *listed(second)] == [*(f"下级/{number:02}.txt" for number in range(60)), "网页.txt"]
    assert [e.text.strip() for e in first.all("nav", "paging")] == ["第 1 页，共 2 页下一页"]
    # A page that there is not is the last one.
    assert listed(Page(served.get("/documents?page=99"))) == listed(second)


def test_a_part_of_them_is_listed_and_can_be_asked(served: FlaskClient) -> None:
    page = Page(served.get("/documents?from=2023&to=2023&folders=下级"))
    assert "30 份：2023年、下级" in page.all("h1")[0].text
    assert listed(page) == [f"下级/{number:02}.txt" for number in range(0, 60, 2)]
    ask = next(e["href"] or "" for e in page.all("a") if e.text == "在这些材料里提问")
    assert "只查：2023年、下级（30 份）" in Page(served.get(ask)).all("p", "only")[0].text


@pytest.mark.parametrize(
    ("sort", "first"), [("", "下级/00.txt"), ("date", "下级/01.txt"), ("length", "网页.txt"), ("none", "下级/00.txt")]
)
def test_they_are_sorted_as_is_wished(served: FlaskClient, sort: str, first: str) -> None:
    page = Page(served.get(f"/documents?sort={sort}"))
    assert listed(page)[0] == first
    names = [e["href"] or "" for e in page.all("a") if e.text in ("文件", "时间", "标题", "篇幅")]
    assert len(names) == 3  # the one that holds is no link


def test_how_many_there_are_is_drawn(served: FlaskClient) -> None:
    page = Page(served.get("/documents"))
    bars = {e.text for e in page.all("details", "charts")[0:1]}
    assert "2024年31 份" in "".join(bars).replace("\n", "").replace(" ", "").replace("份", " 份")
    widths = [e["width"] for e in page.all("rect") if e.get("height") == "8"]
    assert "100.0" in widths


def test_what_is_drawn_is_what_is_listed(served: FlaskClient) -> None:
    page = Page(served.get("/documents?from=2024&to=2024&folders=（根目录）&folders=下级"))
    assert "31 份：2024年、下级、（根目录）" in page.all("h1")[0].text
    # All are of one year, and none of another kind or place: nothing is left to compare.
    assert page.all("details", "charts") == []


def test_the_top_folder_can_be_chosen(served: FlaskClient) -> None:
    page = Page(served.get("/documents?folders=（根目录）"))
    assert listed(page) == ["网页.txt"]
    assert "（根目录）1" in "".join(page.all("form")[0].text.split())


def test_a_wrong_filter_is_said_and_not_taken(served: FlaskClient) -> None:
    response = served.get("/documents?from=昨天")
    page = Page(response)
    assert response.status_code == 422
    assert "网址里有选项写得不对" in page.all("p", "notice")[0].text
    assert "61 份" in page.all("h1")[0].text


def test_the_headings_of_a_document_lead_to_their_places(served: FlaskClient) -> None:
    page = Page(served.get("/documents"))
    address = next(e["href"] or "" for e in page.all("a") if e.text.startswith("看目录"))
    whole, part = served.get(address), served.get(address, headers={"HX-Request": "true"})
    (found,) = Page(whole).all("ol", "headings")
    assert found.text.split() == ["一、总的要求", "二、加强督导"]
    assert "<html" not in part.text
    assert part.text.strip().split("</title>")[-1].strip() in whole.text
    assert served.get("/documents/none/outline").status_code == 404


def test_every_file_is_accounted_for_those_that_were_not_read_first(served: FlaskClient) -> None:
    first, second = served.get("/corpus"), served.get("/corpus?page=2")
    page = Page(first)
    assert "共 63 个文件，读入 61 个，未读 2 个" in page.all("main")[0].text
    files = [e.text.partition("（")[0] for one in (page, Page(second)) for e in one.all("p", "file")]
    assert sorted(files[:2]) == ["图.bin", "空.txt"]
    assert files[2] == "网页.txt"  # much of it is no text of its own
    assert len(files) == len(set(files)) == 63
    assert "没有读：是空文件" in first.text.replace("<b>", "").replace("</b>", "")
    assert "打印 收藏 下载" in first.text


def test_files_that_are_no_documents_come_last(settings_of: Callable[[Path], Settings], tmp_path: Path) -> None:
    folder = tmp_path / "材料"
    folder.mkdir()
    for name in (".DS_Store", "空.txt"):
        (folder / name).write_bytes(b"")
    (folder / "通知.txt").write_text(NOTICE.format("防汛", 2024, "要求"), encoding="utf-8")
    settings = settings_of(folder)
    engine = Engine(settings)
    engine.load()
    shown = create_app(engine, settings).test_client().get("/corpus")
    assert listed(Page(shown)) == ["空.txt", "通知.txt（UTF-8）", ".DS_Store"]
    assert "<p>是系统自动生成的文件，不算材料</p>" in shown.text


def test_files_with_the_very_same_text_name_each_other(settings_of: Callable[[Path], Settings], tmp_path: Path) -> None:
    folder = tmp_path / "材料"
    folder.mkdir()
    for name, matter in (("甲", "防汛"), ("乙", "防汛"), ("丙", "抗旱")):
        (folder / f"{name}.txt").write_text(NOTICE.format(matter, 2024, "要求"), encoding="utf-8")
    settings = settings_of(folder)
    engine = Engine(settings)
    engine.load()
    shown = create_app(engine, settings).test_client().get("/corpus").text
    for other in ("甲", "乙"):
        assert shown.count(f"<p>与 {other}.txt 文字完全相同，回答时只引其中一份。</p>") == 1
    assert "与 丙.txt" not in shown


def test_what_is_in_passages_is_counted(served: FlaskClient) -> None:
    corpus = served.application.extensions["youju"].loaded.corpus
    number = next(n for n, document in enumerate(corpus.documents) if document.file == "网页.txt")
    document, (first, last) = corpus.documents[number], corpus.bounds[number]
    found = coverage(document, [(p.start, p.end) for p in corpus.passages[first:last]])
    assert found.characters == len("".join(document.text.split()))
    assert found.left_over == len("首页>政务公开打印收藏下载")
    assert 0 < found.in_passages <= found.characters - found.left_over
    assert coverage(document, []).share == 0


def test_the_pages_are_valid_html(served: FlaskClient) -> None:
    outline = next(e["href"] or "" for e in Page(served.get("/documents")).all("a") if e.text.startswith("看目录"))
    for path in ("/documents", "/documents?page=2&sort=date&kinds=通知", "/corpus", "/corpus?page=2", outline):
        html5lib.HTMLParser(strict=True).parse(served.get(path).text)


def test_before_the_index_is_ready_they_say_so(client_of_unready: FlaskClient) -> None:
    for path in ("/documents", "/corpus"):
        response = client_of_unready.get(path)
        assert (response.status_code, "正在读取材料" in response.text) == (503, True)
