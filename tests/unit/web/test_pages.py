import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, quote, urldefrag, urlencode, urljoin, urlsplit

import html5lib
import pytest
from flask import Flask, render_template, url_for
from flask.testing import FlaskClient
from werkzeug.test import TestResponse
from werkzeug.urls import uri_to_iri

from service.answering.answer import Answer, Choices, Name, QuestionTerm, headings
from service.corpus.document import Span
from service.engine import Engine
from service.settings import Settings, read_settings
from service.web.app import create_app
from service.web.conversation import LONGEST_ADDRESS, Asked, asked_in, conversation_url
from service.web.current import document_url, url_of
from service.web.marking import Mark
from service.web.pages import around_url, marks_in, source_url

HEADLINE = "招商引资取得了什么突破"
LIST = "要抓好哪三项工作"
NONSENSE = "糖醋排骨怎么炖才烂"
FRAGMENT = {"HX-Request": "true"}


class Element(dict[str, str | None]):
    """The attributes of an element, with its name and the text inside it."""

    def __init__(self, name: str, attributes: dict[str, str | None]) -> None:
        super().__init__(attributes)
        self.name = name
        self.text = ""

    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)


def classes(element: Element) -> list[str]:
    return ["", *(element.get("class") or "").split()]


class Page(HTMLParser):
    """A page as the tests look at it: its elements in order."""

    _VOID = ("meta", "link", "input", "path", "rect", "br")

    def __init__(self, response: TestResponse | str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(response if isinstance(response, str) else response.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in self._VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._VOID:
            assert self._open.pop().name == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, name: str, wanted: str = "") -> list[Element]:
        return [e for e in self.elements if e.name == name and wanted in classes(e)]

    def sent(self, of: str) -> list[Element]:
        """Return the inputs of the form with this class."""
        begin = next(n for n, e in enumerate(self.elements) if e.name == "form" and of in classes(e))
        end = next((n for n, e in enumerate(self.elements) if n > begin and e.name == "form"), len(self.elements))
        return [e for e in self.elements[begin:end] if e.name == "input"]

    def at(self, anchor: str) -> Element:
        found = [e for e in self.elements if e.get("id") == anchor]
        assert len(found) == 1, f"#{anchor} stands {len(found)} times"
        return found[0]


def written(address: str) -> str:
    """Return an address as a page's links have it: only what is ASCII is escaped there."""
    return uri_to_iri(address)


def asking(*questions: str) -> str:
    return written("/?" + urlencode([("q", question) for question in questions]))


# -- the conversation --------------------------------------------------------------------------------------------------


def test_an_answer_is_shown_as_the_engine_gives_it(client: FlaskClient, engine: Engine) -> None:
    answer = engine.ask(HEADLINE)
    page = Page(client.get(asking(HEADLINE)))
    assert [e.text for e in page.all("p", "said")] == [f"{q.text}\u2060出处{q.citation}" for q in answer.quotes]
    for citation in answer.citations:
        card = page.at(f"t1-c{citation.number}").text
        assert all(part in card for part in (citation.document.title, citation.reference))
        assert re.sub(r"\s", "", citation.text) in re.sub(r"\s", "", card)
    marks = [e.text for e in page.all("mark")]
    assert marks == [c.document.text[a:b] for c in answer.citations for a, b in c.quotes]
    assert (
        f"材料库 {answer.corpus_version}：{answer.corpus_documents} 份材料，{answer.corpus_passages} 个片段，"
        in page.all("footer")[0].text
    )


def test_a_list_is_shown_whole_with_a_number_at_each_item(client: FlaskClient, engine: Engine) -> None:
    outline = engine.ask(LIST).outline
    assert outline is not None
    page = Page(client.get(asking(LIST)))
    items = [(e.text, e.name) for e in page.all("li", "said")]
    assert items == [(f"{item.quote.text}\u2060出处{item.quote.citation}", "li") for item in outline.items]
    assert [e.text for e in page.all("b", "label")] == ["一是", "二是", "三是"]


def test_a_follow_up_is_answered_with_what_was_asked_before(client: FlaskClient, engine: Engine) -> None:
    page = Page(client.get(asking(HEADLINE, "到位资金呢")))
    assert [e.text for e in page.all("h2", "question")] == [f"问：{HEADLINE}", "问：到位资金呢"]
    carried = [term.text for term in engine.ask("到位资金呢", [HEADLINE]).terms if term.origin == "carried"]
    assert [e.text for e in page.all("li", "carried")] == [f"{text}×不查{text}" for text in carried]
    assert carried


READ = (
    QuestionTerm("招商", "asked", None, True),
    QuestionTerm("元宇宙", "asked", None, False),
    QuestionTerm("云溪县", "carried", None, True),
    *(QuestionTerm(f"引资{n}", "synonym", "招商", True) for n in range(6)),
)


def terms(app: Flask, answer: Answer, asked: Asked, newest: bool = True) -> Page:
    """Return how the page says what was searched for the first question of a conversation."""
    with app.test_request_context():
        return Page(
            render_template("_terms.html", answer=answer, answers=[answer], number=1, asked=asked, newest=newest)
        )


@pytest.fixture
def answer(engine: Engine) -> Answer:
    return replace(
        engine.ask(HEADLINE),
        question="今年招商",
        terms=READ,
        absent=("元宇宙",),
        documents_found=3,
        named=(Name("浙江", 1), Name("2025年的材料", 31), Name("江苏", 0)),
        preferred=("讲2025年的部分", "含数字的句子"),
        year=2025,
    )


def test_how_a_question_was_read_is_said_and_can_be_changed(app: Flask, answer: Answer) -> None:
    page = terms(app, answer, Asked(("今年招商",), choices=Choices(without=frozenset(["落户"]))))
    assert [(e["class"], e.text) for e in page.all("li")] == [
        ("asked", "招商"),
        ("carried", "云溪县×不查云溪县"),
        *(("synonym", f"引资{n}×不查引资{n}") for n in range(6)),
        ("out", "落户加回加回落户"),
    ]
    # Four are read at a glance.
    assert [e.text for e in page.all("summary")] == ["另有 2 个"]
    assert page.all("details")[0].text.split() == ["另有", "2", "个", "引资4×不查引资4", "引资5×不查引资5"]
    assert [" ".join(e.text.split()) for e in page.all("p")] == [
        "3 份材料谈到",
        "没有载入江苏的材料。",
        "只查：浙江（1 份）、2025年的材料（31 份）",
        "查了",
        "承接上文",
        "按近义词也查了",
        "没有查",
        "按2025年理解今年改按2024年按2024年理解今年2026年按2026年理解今年",
        "优先：讲2025年的部分、含数字的句子",
        "材料里没有：元宇宙",
    ]
    asked = asking("今年招商")
    assert {e.text: e["href"] for e in page.all("a")} == {
        "×不查云溪县": f"{asked}&without=云溪县&without=落户#t1",
        **{f"×不查引资{n}": f"{asked}&without=引资{n}&without=落户#t1" for n in range(6)},
        "不用近义词": f"{asked}&without=落户&synonyms=false#t1",
        "加回加回落户": f"{asked}#t1",
        "2024年按2024年理解今年": f"{asked}&without=落户&year=2024#t1",
        "2026年按2026年理解今年": f"{asked}&without=落户&year=2026#t1",
    }


def test_synonyms_that_were_not_used_can_be_used_again(app: Flask, answer: Answer) -> None:
    plain = replace(answer, terms=READ[:1], absent=(), year=None, preferred=(), named=(), documents_found=1)
    page = terms(app, plain, Asked(("今年招商",), choices=Choices(synonyms=False, year=2024)))
    assert [e.text for e in page.all("p")] == ["查了", "没有用近义词用上用上近义词"]
    assert [e["href"] for e in page.all("a")] == [asking("今年招商") + "&year=2024#t1"]


def test_an_older_turn_says_how_it_was_read_without_links(app: Flask, answer: Answer) -> None:
    asked = Asked(("今年招商", "还有呢"), choices=Choices(without=frozenset(["落户"])))
    page = terms(app, answer, asked, newest=False)
    assert page.all("a") == []
    assert [e.text for e in page.all("li", "carried")] == ["云溪县"]
    assert page.all("li", "out") == []  # the words left out are those of the newest question
    assert "按2025年理解今年" in [e.text.strip() for e in page.all("p")]


@pytest.mark.parametrize("question", ["a&b=c#d+e%20f", "“引号”\"和'<x>\n下一行", "甲\u00a0乙\u200b😀 ~*"])
def test_a_link_asks_what_was_asked_whatever_characters_it_has(app: Flask, question: str) -> None:
    with app.test_request_context():
        link = conversation_url([question, "还有呢"], Choices(without=frozenset([question])), 3)
    address = urlsplit(link)
    assert parse_qs(address.query) == {"q": [question, "还有呢"], "without": [question], "earlier": ["3"]}
    assert (address.path, address.fragment) == ("/", "t2")
    assert not set(link) & set(' \n"<>')


def test_the_newest_answer_offers_what_to_ask_next_as_links_that_go_on(client: FlaskClient, engine: Engine) -> None:
    question = "招商公司怎么组建的"
    suggestions = engine.ask(question).suggestions
    page = Page(client.get(asking(question)))
    assert "可以接着问" in [heading.text for heading in page.all("h3")]
    links = [link for link in page.all("a") if link.text in suggestions]
    assert [link.text for link in links] == list(suggestions) != []
    gone_on = Page(client.get(links[0]["href"]))
    assert [heading.text.removeprefix("问：") for heading in gone_on.all("h2", "question")] == [
        question,
        suggestions[0],
    ]
    # Those of an older turn are gone: they were made for what was known then.
    assert not [nav for nav in gone_on.all("nav", "suggestions") if nav["aria-labelledby"].startswith("t1")]


def test_an_item_that_a_list_has_not_is_said_in_plain_words(client: FlaskClient) -> None:
    page = Page(client.get(asking(LIST, "第八项呢")))
    assert [e.text.strip() for e in page.all("div", "silent")] == ["上面列出的共3项，没有“第8项”。"]
    assert "上面列出的各项" in [e.text for e in page.all("h3")]


def test_not_found_says_so_and_which_words_stand_nowhere(client: FlaskClient) -> None:
    page = Page(client.get(asking(NONSENSE)))
    silent = page.all("div", "silent")[0].text
    assert "这些材料里没有找到答案。" in silent
    assert "“糖醋排骨”" in silent
    assert page.all("p", "said") == []
    assert "材料里没有：" not in page.all("div", "terms")[0].text  # it was said above


def test_what_was_likely_meant_is_a_link_that_asks_it_instead(client: FlaskClient) -> None:
    page = Page(client.get(asking(HEADLINE, "营商环竞怎么优化")))
    assert [re.sub(r"\s", "", e.text) for e in page.all("p", "corrections")] == ["是不是：营商环境？"]
    link = next(e for e in page.all("a") if e.text == "营商环境")
    assert parse_qs(urlsplit(link["href"] or "").query)["q"] == [HEADLINE, "营商环境怎么优化"]
    assert urlsplit(link["href"] or "").fragment == "t2"
    corrected = Page(client.get(urldefrag(link["href"] or "").url))
    assert [e.text for e in corrected.all("h2", "question")] == [f"问：{HEADLINE}", "问：营商环境怎么优化"]
    assert corrected.all("p", "corrections") == []


def test_what_was_likely_meant_is_asked_without_synonyms_where_they_are_switched_off(client: FlaskClient) -> None:
    # The other choices were made about the question as it was typed.
    page = Page(client.get(asking("营商环竞怎么优化") + "&synonyms=false&year=2022&without=" + quote("优化")))
    link = next(e for e in page.all("a") if e.text == "营商环境")
    assert link["href"] == asking("营商环境怎么优化") + "&synonyms=false#t1"


@pytest.mark.parametrize("path", ["/", "/?q=", "/?q=%20%0A", "/?q=&q=+", "/?q=%E3%80%80"])
def test_a_blank_question_is_the_start_page(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.text) == (200, client.get("/").text)


def test_a_blank_follow_up_leaves_the_conversation_as_it_is(client: FlaskClient) -> None:
    # Everything but the time an answer took is the same, and that is not shown.
    assert client.get(asking(HEADLINE, "  ")).text == client.get(asking(HEADLINE)).text


def test_the_form_asks_on_with_what_was_asked(client: FlaskClient) -> None:
    page = Page(client.get(asking(HEADLINE, LIST)))
    form = page.all("form", "ask")[0]
    assert (form["action"], form["method"]) == ("/#t3", "get")
    assert [e["value"] for e in page.sent("ask")] == [HEADLINE, LIST]
    assert [(e["id"], e["name"]) for e in page.all("textarea")] == [("question", "q")]
    assert [e["for"] for e in page.all("label") if e.get("for")] == ["question"]


@pytest.mark.parametrize("questions", [(), (HEADLINE,), (HEADLINE, LIST, NONSENSE)])
def test_the_fragment_is_a_part_of_the_page(client: FlaskClient, questions: tuple[str, ...]) -> None:
    page = client.get(asking(*questions))
    fragment = client.get(asking(*questions), headers=FRAGMENT)
    title, _, main = fragment.text.partition("</title>")
    assert page.status_code == fragment.status_code == 200
    assert title.strip() in page.text
    assert main.strip() in page.text
    assert "<html" not in fragment.text
    assert page.headers["Vary"] == fragment.headers["Vary"] == "HX-Request, Accept-Encoding"


def test_a_history_restore_gets_the_page(client: FlaskClient) -> None:
    restored = client.get(asking(HEADLINE), headers={**FRAGMENT, "HX-History-Restore-Request": "true"})
    assert restored.text == client.get(asking(HEADLINE)).text


def test_unknown_parameters_are_passed_over(client: FlaskClient) -> None:
    assert client.get(asking(HEADLINE) + "&utm=1&limit=no&offset=x").text == client.get(asking(HEADLINE)).text


def test_a_document_says_when_it_was_made_public_and_how_long_it_is_in_force(
    settings_of: Callable[[Path], Settings], tmp_path: Path
) -> None:
    folder = tmp_path / "材料"
    folder.mkdir()
    page = (
        "<html><head><meta charset=utf-8><meta name=PubDate content={}></head><body><h1>关于秋粮收购的通知</h1>"
        "<p>坚持应收尽收，守住底线。</p><p>本通知自2023年6月1日起施行，有效期至2025年5月31日。</p>"
        "<p>云溪县人民政府</p><p>2023年4月28日</p></body></html>"
    )
    (folder / "甲.html").write_text(page.format("2023-05-01"), encoding="utf-8")
    (folder / "乙.html").write_text(page.format("2023-04-28"), encoding="utf-8")
    settings = settings_of(folder)
    engine = Engine(settings)
    engine.load()
    client = create_app(engine, settings).test_client()
    told = {
        document.file: Page(client.get(f"/documents/{document.id}")).all("p", "about")[0].text
        for document in engine.loaded.corpus.documents
    }
    assert "2023年4月28日2023年5月1日发布2023年6月1日起施行有效期至2025年5月31日" in "".join(told["甲.html"].split())
    # The day on which it was made public is its own.
    assert "2023年4月28日2023年6月1日起施行有效期至2025年5月31日" in "".join(told["乙.html"].split())


# -- the reader ----------------------------------------------------------------------------------------------------------


def test_the_reader_shows_the_very_text_that_was_indexed(client: FlaskClient, engine: Engine, report: str) -> None:
    corpus = engine.loaded.corpus
    number = corpus.number_of(report)
    assert number is not None
    text, structure = corpus.documents[number].text, corpus.structures[number]
    page = Page(client.get(f"/documents/{report}"))
    for n, (start, end) in enumerate(structure.paragraphs, 1):
        assert page.at(f"p{n}").text == f"{n}{text[start:end]}"
    assert [e["href"] for e in page.all("a", "place")] == [f"#p{n + 1}" for n in range(len(structure.paragraphs))]
    assert page.all("h1")[0].text == corpus.documents[number].title


def test_every_citation_opens_the_reader_at_its_first_quote(client: FlaskClient, engine: Engine) -> None:
    for question in (HEADLINE, LIST):
        answer = engine.ask(question)
        lead = answer.outline.lead if answer.outline else None
        sources = Page(client.get(asking(question))).all("a", "source")
        for citation, source in zip(answer.citations, sources, strict=True):
            spans = citation.quotes or (Span(citation.start, citation.end),)
            page = Page(client.get(urldefrag(source["href"] or "").url))
            start, end = spans[0]
            if lead and lead.end == start:
                start = lead.start  # one mark, since nothing stands between
            first = citation.document.text[start:end].split("\n")[0]
            anchor = urldefrag(source["href"] or "").fragment
            assert page.at(anchor).text.startswith(f"出处{citation.number}{first}")
            cited = {e["id"] for e in page.elements if "cited" in classes(e)}
            assert cited & {f"p{n}" for n in range(citation.paragraph, citation.paragraph_end + 1)}


def test_the_reader_marks_all_citations_of_the_answer_by_their_numbers(client: FlaskClient, engine: Engine) -> None:
    question = "招商、少开会和产业园"
    citations = engine.ask(question).citations
    first = citations[0]
    of_one = [citation for citation in citations if citation.document.id == first.document.id]
    assert 1 < len(of_one) < len(citations)
    (source, *_) = Page(client.get(asking(question))).all("a", "source")
    page = Page(client.get(urldefrag(source["href"] or "").url))
    numbers = [int(e.text.removeprefix("出处")) for e in page.all("span", "number")]
    assert sorted(set(numbers)) == [citation.number for citation in of_one]
    # Without scripts, too, each can be gone to.
    links = [(e["href"], e.text) for e in page.all("a", "number")]
    assert links == [(f"#m{place}", f"出处{number}") for place, number in enumerate(numbers, 1)]


def test_of_very_many_marks_those_of_the_citation_stay(app: Flask, engine: Engine) -> None:
    cited = engine.ask(HEADLINE).citations[0]
    citations = [replace(cited, number=n, start=2 * n, end=2 * n + 1, quotes=()) for n in range(1, 301)]
    with app.test_request_context():
        address = urlsplit(source_url(citations[-1], citations))
    marks = parse_qs(address.query)["mark"]
    assert (len(marks), marks[-1], address.fragment) == (100, "600-601-300", "m100")
    assert marks[0] == "2-3-1"


def test_the_paragraph_that_holds_a_mark_is_the_cited_one(client: FlaskClient, engine: Engine, report: str) -> None:
    number = engine.loaded.corpus.number_of(report)
    assert number is not None
    text = engine.loaded.corpus.documents[number].text
    start = text.index("组建招商服务公司")
    page = Page(client.get(f"/documents/{report}?mark={start}-{start + 8}"))
    assert [e["id"] for e in page.elements if "cited" in classes(e)] == ["p3"]
    # No citation is named, so none is told.
    assert [(e["id"], e.text) for e in page.all("mark")] == [("m1", "组建招商服务公司")]
    assert [(e["href"], e.text) for e in page.all("a", "number")] == [("#m1", "标记1")]


def test_the_reader_leads_back_to_the_conversation_it_was_opened_from(client: FlaskClient, report: str) -> None:
    came = {"Referer": "http://localhost" + asking(HEADLINE, LIST)}
    back = Page(client.get(f"/documents/{report}", headers=came)).all("header", "held")[0]
    links = [e["href"] for e in Page(client.get(f"/documents/{report}", headers=came)).all("a")]
    assert "回到问答" in back.text
    assert asking(HEADLINE, LIST) + "#t2" in links


def test_the_reader_leads_back_to_the_choices_it_was_opened_from(client: FlaskClient, report: str) -> None:
    chosen = "&without=a&without=b&synonyms=false&year=2022"
    came = {"Referer": "http://localhost" + asking("q") + chosen}
    links = [e["href"] for e in Page(client.get(f"/documents/{report}", headers=came)).all("a")]
    assert asking("q") + chosen + "#t1" in links


@pytest.mark.parametrize(
    "referrer", ["http://elsewhere.example/?q=a", "http://localhost/documents/x?q=a", "q", "http://["]
)
def test_the_reader_leads_to_the_start_where_it_was_opened_from_elsewhere(
    client: FlaskClient, report: str, referrer: str
) -> None:
    response = client.get(f"/documents/{report}", headers={"Referer": referrer})
    assert response.status_code == 200
    assert "去提问" in response.text


@pytest.mark.parametrize(
    "document_id",
    ["nope", "..%2F..%2Fetc%2Fpasswd", "../../etc/passwd", "%00", "%ED%A0%80", "<script>alert(1)</script>", "x" * 5000],
)
def test_an_unknown_document_is_a_friendly_404(client: FlaskClient, document_id: str) -> None:
    response = client.get(f"/documents/{document_id}")
    assert (response.status_code, response.content_type) == (404, "text/html; charset=utf-8")
    assert "<h1>没有" in response.text
    assert "<script>alert" not in response.text


def test_an_unknown_document_is_told_the_same_to_people_and_programs(client: FlaskClient) -> None:
    page, program = client.get("/documents/nope"), client.get("/api/v1/documents/nope")
    assert program.get_json(force=True)["detail"] == "材料库里没有这个编号的材料，它可能已从文件夹中移走或改名。"
    assert program.get_json(force=True)["detail"] in Page(page).all("main")[0].text
    assert "回到问答" in Page(page).all("main")[0].text


def test_a_card_names_the_headings_without_their_stops(client: FlaskClient, engine: Engine) -> None:
    paths = [e.text for e in Page(client.get(asking(LIST))).all("span", "path")]
    assert paths == [headings(citation.path) for citation in engine.ask(LIST).citations if citation.path]
    assert paths


@pytest.mark.parametrize("mark", ["", "1", "5-", "a-b", "9-3", "-1-4", "0-99999999999", "１-２", "%00", "3-3"])
def test_a_mark_that_is_none_is_passed_over(client: FlaskClient, report: str, mark: str) -> None:
    response = client.get(f"/documents/{report}?mark={mark}")
    assert response.status_code == 200
    assert "<mark" not in response.text


def test_a_document_that_lapsed_is_said_to_have_beside_its_title(
    app: Flask, engine: Engine, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "办法.txt").write_text("奖励办法\n本文件已废止\n第一条 引进项目按到位资金奖励。\n", encoding="utf-8")
    lapsed = Engine(replace(settings, corpus=(tmp_path,)))
    lapsed.load()
    client = create_app(lapsed, settings).test_client()
    page = Page(client.get(asking("引进项目怎么奖励")))
    assert page.all("p", "sources")[0].text.strip() == "《奖励办法》 已失效"
    assert [e.text for e in page.all("h4")] == ["奖励办法 已失效"]
    (document,) = lapsed.loaded.corpus.documents
    reader = Page(client.get(f"/documents/{document.id}"))
    assert [e.text for e in (*reader.all("h1"), *reader.all("span", "whose"))] == ["奖励办法 已失效", "已失效 奖励办法"]


# -- what is wrong -------------------------------------------------------------------------------------------------------

NASTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE documents; --",
    "{{ 7 * 7 }}",
    "招商\x00\x07\x1b[31m",
    "👩‍👩‍👧‍👦 招商 🚀",
    "٣٤٥ ﷽ \u202eabc",
    "a" * 2000,
    "\n\n招商\r\n资金\n",
]


@pytest.mark.parametrize("question", NASTY)
def test_whatever_is_asked_is_shown_and_does_nothing(client: FlaskClient, question: str) -> None:
    for questions in ((question,), (question, "招商")):
        response = client.get(asking(*questions))
        assert response.status_code == 200
        page = Page(response)
        assert [e.text for e in page.all("script")] == [""] * len(page.all("script"))
        assert page.all("img") == []
        (shown,) = asked_in({"q": [question]}).questions
        assert page.all("h2", "question")[0].text == "问：" + shown
        assert page.sent("ask")[0]["value"] == shown


@pytest.mark.parametrize("raw", ["%ED%A0%80", "%FF%FE", "%", "%E4%B8"])
def test_broken_bytes_in_a_question_do_no_harm(client: FlaskClient, raw: str) -> None:
    assert client.get(f"/?q={raw}&q=" + quote("招商")).status_code == 200


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ((), Asked(())),
        ((" 一 ", "", "二\r\n三"), Asked(("一", "二\n三"))),
        (
            ("一", "\x00长\ud800" + "长" * 2000),
            Asked(("一",), "长 " + "长" * 2000, "这个问题有 2,002 个字，一次最多 2,000 字。请删减后再问。", 413),
        ),
        (("长" * 2001, "二"), Asked((), "长" * 2001, "这个问题有 2,001 个字，一次最多 2,000 字。请删减后再问。", 413)),
        (tuple("问" * 21), Asked(tuple("问" * 21))),
        ((*("问" * 21), "末"), Asked((*("问" * 20), "末"), earlier=1, crowded=True)),
    ],
)
def test_what_is_too_much_stays_in_the_box(given: tuple[str, ...], asked: Asked) -> None:
    assert asked_in({"q": given}) == asked


@pytest.mark.parametrize(
    ("given", "choices"),
    [
        ({}, Choices()),
        ({"synonyms": ["true"]}, Choices()),
        ({"synonyms": ["false"]}, Choices(synonyms=False)),
        (
            {"without": ["招商", " 招商 ", "", "\x00"]},
            Choices(without=frozenset(["招商"])),
        ),  # a blank leaves out nothing
        ({"year": ["2025"]}, Choices(year=2025)),
    ],
)
def test_choices_stand_in_the_address(given: dict[str, list[str]], choices: Choices) -> None:
    assert asked_in({"q": ["一"], **given}) == Asked(("一",), choices=choices)


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({"year": ["今年"]}, "year 应为 1900 到 2100 的整数"),
        ({"synonyms": ["no"]}, "synonyms 应为 true 或 false"),
        ({"without": ["词" * 101]}, "without 最长 100 个字符，现有 101 个"),
        # One wrong choice and none is taken: an answer by half of them is one that nobody asked for.
        (
            {"without": ["词"], "year": ["2025", "2026"], "synonyms": ["0"]},
            "year 只能给出一次；synonyms 应为 true 或 false",
        ),
        ({"without": ["词" * 101] * 5}, "；".join(f"without[{n}] 最长 100 个字符，现有 101 个" for n in range(3))),
    ],
)
def test_a_wrong_choice_is_said_and_none_is_taken(given: dict[str, list[str]], faults: str) -> None:
    notice = f"网址里有选项写得不对，没有采用：{faults}。"
    assert asked_in({"q": ["一"], **given}) == Asked(("一",), "", notice, 422)


def test_a_wrong_choice_leaves_the_questions_answered(client: FlaskClient) -> None:
    response = client.get(asking(HEADLINE) + "&year=x")
    assert response.status_code == 422
    page = Page(response)
    assert [e.text for e in page.all("p", "notice")] == [
        "网址里有选项写得不对，没有采用：year 应为 1900 到 2100 的整数。"
    ]
    assert page.all("p", "said")
    assert "aria-invalid" not in page.all("textarea")[0]


def test_words_left_out_are_not_those_of_the_question_before_one_that_is_too_long() -> None:
    given = {"q": ["一", "长" * 2001], "without": ["一"], "synonyms": ["false"]}
    assert asked_in(given).choices == Choices(synonyms=False)


def test_what_was_chosen_is_what_the_engine_is_asked_by(client: FlaskClient, engine: Engine) -> None:
    chosen = Choices(synonyms=False, without=frozenset(["突破"]))
    expected = [term.text for term in engine.ask(HEADLINE, choices=chosen).terms]
    assert "突破" in [term.text for term in engine.ask(HEADLINE).terms]
    page = Page(client.get(asking(HEADLINE) + "&synonyms=false&without=" + quote("突破")))
    assert [e.text for e in page.all("li", "asked")] == [f"{word}×不查{word}" for word in expected]
    assert page.all("li", "synonym") == []


def test_without_synonyms_is_kept_when_asking_on_and_the_rest_is_not(seeds: Engine, settings: Settings) -> None:
    client = create_app(seeds, settings).test_client()
    page = Page(client.get(asking(NONSENSE) + "&synonyms=false&year=2022&without=" + quote("突破")))
    assert [(e["name"], e["value"]) for e in page.sent("ask")] == [("q", NONSENSE), ("synonyms", "false")]
    onward = [e["href"] or "" for e in page.all("a") if (e["href"] or "").endswith("#t2")]
    assert onward
    for address in onward:
        parameters = parse_qs(urlsplit(address).query)
        assert set(parameters) == {"q", "synonyms"}
        assert parameters["synonyms"] == ["false"]


def test_a_draft_waits_in_the_box_and_is_no_question_yet(client: FlaskClient) -> None:
    page = Page(client.get(asking(HEADLINE) + "&draft=" + quote(" “公开招聘\x00总经理” ")))
    box = page.all("textarea")[0]
    assert box.text.strip() == "“公开招聘 总经理”"
    assert "aria-invalid" not in box
    assert [e["value"] for e in page.sent("ask")] == [HEADLINE]
    assert asked_in({"draft": ["长" * 3000]}).draft == "长" * 2000


def test_words_that_were_refused_stay_in_the_box_before_any_draft(client: FlaskClient) -> None:
    box = Page(client.get(asking("长" * 2001) + "&draft=b")).all("textarea")[0]
    assert (box.text.strip(), box["aria-invalid"]) == ("长" * 2001, "true")


def test_a_question_too_long_is_refused_in_words_and_kept_for_shortening(client: FlaskClient) -> None:
    response = client.get(asking(HEADLINE, "长" * 10_000))
    page = Page(response)
    assert response.status_code == 413
    assert [e.text for e in page.all("p", "notice")] == ["这个问题有 10,000 个字，一次最多 2,000 字。请删减后再问。"]
    assert page.all("textarea")[0].text.strip() == "长" * 10_000
    assert [e["value"] for e in page.sent("ask")] == [HEADLINE]


def test_an_address_too_long_gives_up_its_oldest_questions_and_the_page_says_so(client: FlaskClient) -> None:
    long = "开发区的招商引资工作今年是怎么做的" * 20
    response = client.get(asking(*[long] * 3, HEADLINE) + "&synonyms=false")
    assert response.status_code == 302
    kept = parse_qs(urlsplit(response.location).query)
    assert kept == {"q": [long, HEADLINE], "synonyms": ["false"], "earlier": ["2"]}
    assert urlsplit(response.location).fragment == "t2"
    page = Page(client.get(response.location))
    assert [e.text.split("：")[0] for e in page.all("p", "earlier")] == ["更早的 2 问已移出网址"]
    assert len(page.all("article")) == 2


def test_the_form_leaves_room_for_what_is_typed_next(client: FlaskClient) -> None:
    long = "招" * 250
    page = Page(client.get(asking(long, long, HEADLINE)))
    assert [(e["name"], e["value"]) for e in page.sent("ask")] == [("q", long), ("q", HEADLINE), ("earlier", "1")]
    assert page.all("form")[0]["action"] == "/#t3"


@pytest.mark.parametrize("most", [1, 30])
def test_every_address_of_a_conversation_is_short_enough_for_proxies(app: Flask, most: int) -> None:
    with app.test_request_context():
        address = conversation_url(["招商 & 引资" * 40] * most, Choices(), 1)
    assert len(address) < LONGEST_ADDRESS + 100


def test_a_conversation_can_be_about_one_document_alone(client: FlaskClient, report: str) -> None:
    questions = ("会议要怎么开", "招商引资取得了什么突破")
    assert Page(client.get(asking(*questions))).all("p", "verdict") == []
    page = Page(client.get(asking(*questions) + f"&documents={report}"))
    assert [e["id"] for e in page.all("article")] == ["t1", "t2"]
    assert len(page.all("p", "verdict")) == 1  # the meeting is in the other document
    assert [e.text for e in page.all("p", "only")] == ["只看《云溪县2022年工作报告》 看全部材料"]
    assert ("documents", report) in [(e["name"], e["value"]) for e in page.sent("ask")]
    assert asking(*questions) + "#t2" in [link["href"] for link in page.all("a")]


def test_a_document_that_is_gone_is_said_to_be(client: FlaskClient) -> None:
    page = Page(client.get(asking("招商引资") + "&documents=gone"))
    assert [e.text for e in page.all("p", "only")] == ["只看的材料已经不在材料库里 看全部材料"]
    assert page.all("p", "verdict")


@pytest.mark.parametrize("path", ["/", asking(HEADLINE), "/documents/x"])
def test_before_the_index_is_ready_a_page_says_so_and_asks_again(client_of_unready: FlaskClient, path: str) -> None:
    response = client_of_unready.get(path)
    page = Page(response)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert [(e["href"], e["data-when"], e.text) for e in page.all("a") if "data-when" in e] == [
        ("", "/readyz", "再试一次")
    ]
    assert page.all("h1")[0].text == "正在读取材料"
    assert "正在建立索引，请稍候片刻再问。" in page.all("main")[0].text


# -- all pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def all_pages(client: FlaskClient, client_of_unready: FlaskClient, report: str) -> list[TestResponse]:
    paths = ["/", asking(HEADLINE, LIST, NONSENSE), asking("长" * 2001), f"/documents/{report}?mark=0-400", "/nothing"]
    return [*(client.get(path) for path in paths), client_of_unready.get("/")]


def test_pages_are_valid_html(all_pages: list[TestResponse]) -> None:
    for response in all_pages:
        html5lib.HTMLParser(strict=True).parse(response.text)


def test_ids_are_unique_and_headings_in_order(all_pages: list[TestResponse]) -> None:
    for response in all_pages:
        page = Page(response)
        ids = [e["id"] for e in page.elements if "id" in e]
        assert len(ids) == len(set(ids))
        levels = [int(e.name[1]) for e in page.elements if re.fullmatch("h[1-6]", e.name)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert levels.count(1) == 1
        assert page.all("html")[0]["lang"] == "zh-CN"
        assert len(page.all("main")) == 1
        for name in ("aria-labelledby", "for"):
            assert {id for e in page.elements for id in (e.get(name) or "").split()} <= set(ids)


def test_nothing_is_inline_and_nothing_comes_from_elsewhere_but_htmx(all_pages: list[TestResponse]) -> None:
    for response in all_pages:
        page = Page(response)
        assert page.all("style") == []
        assert [e for e in page.elements if "style" in e or any(name.startswith(("on", "hx-on")) for name in e)] == []
        assert {e.text for e in page.all("script")} == {""}
        loaded = [e.get("src") or e.get("href") for e in page.elements if e.name in ("script", "link", "img")]
        elsewhere = [address for address in loaded if address and urlsplit(address).netloc]
        if page.all("div", "reader"):
            assert elsewhere == []
            continue
        assert elsewhere == ["https://cdn.jsdelivr.net/npm/htmx.org@2.0.11/dist/htmx.min.js"]
        htmx = page.all("script")[-1]
        assert (htmx["crossorigin"], htmx["referrerpolicy"], "defer" in htmx) == ("anonymous", "no-referrer", True)
        assert (htmx["integrity"] or "").startswith("sha384-")


def test_every_link_and_form_leads_somewhere(client: FlaskClient, report: str) -> None:
    seen: dict[str, Page] = {}
    only = asking(HEADLINE) + f"&documents={report}"
    first = ["/", asking(HEADLINE, LIST), asking(NONSENSE), only]
    waiting = [*first]
    while waiting:
        address, anchor = urldefrag(waiting.pop())
        # Examples and suggestions go on without end, and choices multiply; two turns and one choice are enough.
        parameters = parse_qs(urlsplit(address).query) if urlsplit(address).path == "/" else {}
        if len(parameters.get("q", [])) > 2 or sum(map(len, parameters.values())) > len(parameters.get("q", [])) + 1:
            continue
        if address not in seen:
            with client.get(address) as response:
                assert response.status_code == 200, address
                if response.mimetype != "text/html":
                    continue
                seen[address] = Page(response)
            found = [*links(seen[address]), *(asked_by_form(seen[address]) if address in first else [])]
            # A context is widened until it is the whole document; once is enough.
            widened = address.partition("?")[0].endswith("/around")
            waiting += [urljoin(address, link) for link in found if not (widened and "/around" in link)]
        if anchor:
            seen[address].at(anchor)
    assert {urlsplit(address).path for address in seen} >= {
        "/",
        f"/documents/{report}",
        f"/documents/{report}/around",
    }


def asked_by_form(page: Page) -> list[str]:
    """Return the address that the page's form leads to with a question in its box, none where it has no form."""
    fields = [(e["name"], e["value"]) for e in page.sent("ask")]
    addresses = [urlsplit(form["action"] or "") for form in page.all("form")]
    return [
        f"{address.path}?{urlencode([*fields, ('q', HEADLINE)])}#{address.fragment}"
        for address in addresses
        if [e["name"] for e in page.all("textarea")] == ["q"]
    ]


def links(page: Page) -> Iterator[str]:
    for element in page.elements:
        if element.name in ("a", "link") and not urlsplit(element["href"] or "").netloc:
            yield element["href"] or ""


# -- small words ---------------------------------------------------------------------------------------------------------


def test_marks_are_pairs_of_numbers_with_or_without_a_citation() -> None:
    given = ["3-5", "x", "12-40-2", "4-4-4-4", "1-2-0", "1-2-", "1-2-1000"]
    assert marks_in(given) == [Mark(Span(3, 5)), Mark(Span(12, 40), 2)]
    assert len(marks_in(["1-2"] * 1000)) == 100


def test_an_empty_folder_is_said_on_the_start_page(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    settings = read_settings({"corpus": [str(empty)], "data": str(tmp_path)}, environment={})
    engine = Engine(settings)
    engine.load()
    page = create_app(engine, settings).test_client().get("/").text
    assert "材料文件夹里还没有能读的材料。请放入 Word、PDF、网页或文本文件" in page


def test_a_question_too_long_for_the_page_is_logged_once_without_it(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", logger="youju.web"):
        assert client.get("/", query_string={"q": "举报" * 1200}).status_code == 413
    assert [record.getMessage() for record in caplog.records] == ["413 GET /"]


def test_a_question_is_asked_again_of_what_was_ticked(client: FlaskClient) -> None:
    page = Page(client.get(asking(HEADLINE, LIST) + "&synonyms=false"))
    form = next(e for e in page.all("form") if e.get("aria-label") == "限定范围")
    sent = page.elements[page.elements.index(form) :]
    ticks = {e["value"]: e["name"] for e in sent if e.get("type") == "checkbox"}
    assert ticks == {"工作报告": "kinds", "讲话": "kinds", "云溪县人民政府": "issuers"}
    hidden = [(e["name"], e["value"]) for e in sent if e.get("type") == "hidden" and e in page.elements]
    assert hidden[:3] == [("q", HEADLINE), ("q", LIST), ("synonyms", "false")]
    # As a browser sends it without scripts, with what was not chosen as an empty value.
    given = [*hidden[:3], ("from", ""), ("to", ""), ("kinds", "讲话")]
    again = Page(client.get("/?" + urlencode(given)))
    assert [e.text for e in again.all("p", "only")] == ["只查：讲话（1 份） 查全部材料"]
    ticked = [e["value"] for e in again.all("input") if "checked" in e]
    assert ticked == ["讲话"]
    # What is asked next, and what the page offers, is of the same.
    assert ("kinds", "讲话") in [(e["name"], e["value"]) for e in again.sent("ask")]
    assert all(
        "kinds=" in (e["href"] or "")
        for e in again.all("a")
        if "/?q=" in (e["href"] or "") and e.text not in ("查全部材料", "不限")
    )
    wrong = client.get("/?" + urlencode([("q", HEADLINE), ("from", "昨天")]))
    assert (wrong.status_code, "网址里有选项写得不对" in wrong.text) == (422, True)


def test_when_the_documents_were_read_stands_at_the_foot(client: FlaskClient, engine: Engine) -> None:
    at = engine.loaded.at
    said = f"，{at.year}年{at.month}月{at.day}日 {at:%H:%M} 读取。"
    assert said in Page(client.get("/")).all("footer")[0].text


def test_the_addresses_that_are_written_are_those_of_the_routes_wherever_it_is_served(
    app: Flask, engine: Engine
) -> None:
    citation = engine.ask(HEADLINE).citations[0]
    document = citation.document
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": "/youju"}):
        assert document_url(document) == url_for("pages.document", document_id=document.id)
        assert url_of(document, 2) == url_for("pages.document", document_id=document.id, _anchor="p2")
        assert conversation_url((), Choices()) == url_for("pages.conversation") == "/youju/"
        marks = [f"{quote.start}-{quote.end}-1" for quote in citation.quotes]
        at = {"first": citation.paragraph, "last": citation.paragraph_end, "mark": marks, "card": "t1-c1"}
        assert around_url(citation, "t1-c1") == url_for("pages.around", document_id=document.id, **at)
