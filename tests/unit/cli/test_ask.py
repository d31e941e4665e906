"""youju ask: the sentence first, then where it stands."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import docx
import pytest
from jsonschema import Draft202012Validator

from service import cli
from service.engine import Engine
from service.export.formats import FORMATS
from service.settings import Settings, shipped
from service.web.app import create_app
from service.web.openapi import OPENAPI

# What the fixture returns is conftest.Done: code, out, err.
Youju = Callable[..., Any]
Run = Callable[..., CompletedProcess[bytes]]


def blocks(out: str) -> list[list[str]]:
    """Return the lines of an output, cut at blank lines."""
    return [block.split("\n") for block in out.strip("\n").split("\n\n")]


def test_the_sentence_comes_first_then_its_citation(youju: Youju, corpus: Path) -> None:
    done = youju("ask", "招商服务公司是怎么组建的", "--corpus", corpus, "--limit", 1)
    assert (done.code, done.err) == (0, "")
    said, cited, *_ = blocks(done.out)
    assert said == ["  组建招商服务公司，全年签约项目32个，到位资金18亿元。 [1]"]
    assert cited[0] == "[1] 《云溪县2022年工作报告》（云溪县人民政府，2022-12）"
    assert cited[1].startswith("    一、过去一年的工作，第3")
    assert cited[2:4] == [
        "    报告.txt",
        "    │ （一）招商引资取得突破。组建招商服务公司，全年签约项目32个，到位资金18亿",
    ]


def test_the_headline_question_finds_its_sentence_in_the_seeds(youju: Youju) -> None:
    done = youju("ask", "开发区招商改革怎么做的", "--corpus", shipped("seeds"))
    said, cited, *_ = blocks(done.out)
    assert "组建招商服务公司，面向社会公开招聘总经理" in "".join(line.strip() for line in said)
    assert said[-1].endswith(" [1]")
    assert cited[0].startswith("[1] 《在全县优化营商环境和能力作风建设推进会议上的讲话》")
    assert "    001_8c21865a51a04441.txt" in cited


def test_a_list_is_shown_item_by_item(youju: Youju, corpus: Path) -> None:
    said, *_ = blocks(youju("ask", "要抓好哪三项工作", "--corpus", corpus).out)
    assert said == [
        "  要抓好三项工作：",
        "  · 一是抓项目，开工建设产业园二期。 [1]",
        "  · 二是抓民生，新建两所小学。 [1]",
        "  · 三是抓作风，严肃整治推诿扯皮。 [1]",
    ]


def test_after_carries_the_question_before(youju: Youju, corpus: Path) -> None:
    alone = youju("ask", "第二项呢", "--corpus", corpus)
    after = youju("ask", "第二项呢", "--after", "要抓好哪三项工作", "--corpus", corpus)
    assert blocks(alone.out)[0][0] == "这些材料里没有找到答案。"
    assert blocks(after.out)[0] == ["  二是抓民生，新建两所小学。 [1]"]


def test_not_found_is_an_answer_and_says_what_is_missing(youju: Youju, corpus: Path) -> None:
    done = youju("ask", "火星上有没有外星人", "--corpus", corpus)
    assert done == (0, "这些材料里没有找到答案。\n没有出现的词：火星、外星人\n", "")


def test_json_is_the_contract(youju: Youju, corpus: Path) -> None:
    done = youju("ask", "招商服务公司是怎么组建的", "--json", "--limit", 1, "--corpus", corpus)
    answer = json.loads(done.out)
    schema = {"$ref": "#/components/schemas/Answer", "components": OPENAPI["components"]}
    assert [error.message for error in Draft202012Validator(schema).iter_errors(answer)] == []
    assert (answer["question"], answer["status"], len(answer["citations"])) == (
        "招商服务公司是怎么组建的",
        "answered",
        1,
    )
    assert [quote["text"] for quote in answer["answer"]] == ["组建招商服务公司，全年签约项目32个，到位资金18亿元。"]
    assert answer["citations"][0]["document"] == {
        "id": answer["answer"][0]["document"],
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
    assert answer["citations"][0]["url"] == f"/documents/{answer['answer'][0]['document']}#p3"


def test_addresses_are_those_of_the_page(youju: Youju, corpus: Path, settings_of: Callable[[Path], Settings]) -> None:
    settings = settings_of(corpus)
    engine = Engine(settings)
    engine.load()
    asked = {"q": "招商服务公司是怎么组建的"}
    served = create_app(engine, settings).test_client().get("/api/v1/ask", query_string=asked).get_json()
    printed = json.loads(youju("ask", asked["q"], "--json", "--corpus", corpus).out)
    # Everything but the time it took is the same.
    assert printed | {"elapsed_ms": 0} == served | {"elapsed_ms": 0}
    assert printed["citations"][0]["url"].startswith("/documents/")


@pytest.mark.parametrize("limit", ["0", "21", "-1", "x", "1.5", "9" * 5000])
def test_a_limit_out_of_range_is_wrong_usage(youju: Youju, corpus: Path, limit: str) -> None:
    done = youju("ask", "招商", f"--limit={limit}", "--corpus", corpus)
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith("argument --limit: 应为 1 到 20 的整数\n")


def test_words_and_synonyms_can_be_left_out(youju: Youju, corpus: Path) -> None:
    def searched(*options: object) -> list[tuple[str, str]]:
        done = youju("ask", "招商办事", "--json", "--corpus", corpus, *options)
        return [(term["text"], term["origin"]) for term in json.loads(done.out)["terms"]]

    words = searched()
    synonyms = [text for text, origin in words if origin == "synonym"]
    assert synonyms
    assert searched("--without", "办事", "--without", synonyms[0]) == [
        word for word in words if word[0] not in ("办事", synonyms[0])
    ]
    assert searched("--no-synonyms") == [word for word in words if word[1] == "asked"]


def test_this_year_can_be_chosen(youju: Youju, corpus: Path) -> None:
    for options, year in (((), 2022), (("--year", "2021"), 2021)):
        done = youju("ask", "今年签约项目多少个", "--json", "--corpus", corpus, *options)
        assert json.loads(done.out)["year"] == year


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--year", "1899"], "argument --year: 应为 1900 到 2100 的整数\n"),
        (["--year", "今年"], "argument --year: 应为 1900 到 2100 的整数\n"),
        (["--without", " "], "argument --without: 不能为空白\n"),
        (["--without", "词" * 101], "argument --without: 有 101 字，最多 100 字\n"),
        (["--without", "词"] * 51, "youju: --without 给出了 51 次，最多 50 次\n"),
    ],
)
def test_a_wrong_choice_is_wrong_usage(youju: Youju, corpus: Path, options: list[str], complaint: str) -> None:
    done = youju("ask", "招商", *options, "--corpus", corpus)
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith(complaint)


@pytest.mark.parametrize("question", ["\x1b\x07", "\ud800"])
def test_a_question_of_nothing_is_not_found(youju: Youju, corpus: Path, question: str) -> None:
    done = youju("ask", "--corpus", corpus, "--", question)
    assert (done.code, done.out, done.err) == (0, "这句话里没有可以查的词。\n", "")


def test_a_terminal_that_knows_no_chinese_shows_question_marks(run: Run, tmp_path: Path) -> None:
    done = run(tmp_path, "--help", environment={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"usage: youju ")
    assert b"??" in done.stdout  # what it cannot show


def test_a_reader_who_leaves_early_is_no_error(run: Run, tmp_path: Path, corpus: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = run(tmp_path, "ask", "招商", "--corpus", str(corpus), stdout=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_empty_question_is_wrong_usage(youju: Youju, corpus: Path) -> None:
    done = youju("ask", " \u3000", "--corpus", corpus)
    assert (done.code, done.out) == (2, "")
    assert "不能为空白" in done.err


def test_an_empty_folder_is_named_and_says_what_to_do(youju: Youju, tmp_path: Path) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()
    done = youju("ask", "问题", "--corpus", empty)
    assert (done.code, done.out) == (1, "")
    assert (
        done.err
        == f"youju: {empty}: 没有能读的材料；请放入 Word、PDF、网页或文本文件（youju index 说明每个文件的情况）\n"
    )


# -- saved as a file ---------------------------------------------------------------------------------------------------

QUESTION = "招商服务公司是怎么组建的"
SENTENCE = "组建招商服务公司，全年签约项目32个，到位资金18亿元。"


def test_an_answer_is_saved_as_what_the_file_name_ends_with(youju: Youju, corpus: Path, tmp_path: Path) -> None:
    for name in ("答.docx", "答.MD", "答.json"):
        assert youju("ask", QUESTION, "--corpus", corpus, "--output", tmp_path / name) == (0, "", "")
    assert SENTENCE in [p.text for p in docx.Document(str(tmp_path / "答.docx")).paragraphs]
    markdown = (tmp_path / "答.MD").read_text(encoding="utf-8")
    # A file has no address of the service to link to.
    assert f"\n{SENTENCE}[^1]\n" in markdown
    assert "](" not in markdown
    (turn,) = json.loads((tmp_path / "答.json").read_text(encoding="utf-8"))["turns"]
    assert turn["answer"][0]["text"] == SENTENCE


def test_format_goes_before_the_file_name(youju: Youju, corpus: Path, tmp_path: Path) -> None:
    file = tmp_path / "答.txt"
    arguments = ("ask", "那作风呢", "--after", "要抓好哪三项工作", "--no-synonyms", "--corpus", corpus)
    assert youju(*arguments, "--output", file, "--format", "json") == (0, "", "")
    (turn,) = json.loads(file.read_text(encoding="utf-8"))["turns"]
    assert (turn["question"], turn["history"], turn["choices"]["synonyms"]) == (
        "那作风呢",
        ["要抓好哪三项工作"],
        False,
    )


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--format", "md"], "--format=md：要与 --output 一起用，指明存到哪个文件"),
        (["--output", "答.pdf"], "--output=答.pdf：看不出格式；请用 .docx、.md、.json 结尾，或给出 --format"),
        (["--output", "答"], "--output=答：看不出格式；请用 .docx、.md、.json 结尾，或给出 --format"),
        (
            ["--json", "--output", "答.json"],
            "--json 是在终端里输出，不与 --output 一起用；要存成 JSON 文件请用 --format json",
        ),
        (["--output", "没有/答.md"], "--output=没有/答.md：不能写入（No such file or directory）；请换个位置"),
    ],
)
def test_what_cannot_be_saved_is_said(youju: Youju, corpus: Path, arguments: list[str], complaint: str) -> None:
    assert youju("ask", QUESTION, "--corpus", corpus, *arguments) == (2, "", f"youju: {complaint}\n")


def test_the_command_line_knows_every_format() -> None:
    assert tuple(FORMATS) == cli._FORMATS


def test_only_what_the_filters_admit_is_asked(youju: Youju, corpus: Path) -> None:
    def asked(*options: str) -> str:
        done = youju("ask", "招商服务公司是怎么组建的", "--corpus", corpus, *options)
        assert done.code == 0
        return str(done.out).split("\n")[0]

    assert "组建招商服务公司" in asked(
        "--from", "2022", "--to", "2022-12", "--issuer", "云溪县人民政府", "--kind", "工作报告"
    )
    for nothing in (
        ["--from", "2023"],
        ["--kind", "讲话"],
        ["--issuer", "某局"],
        ["--folder", "下级"],
        ["--place", "东江省"],
    ):
        assert asked(*nothing) == "这些材料里没有找到答案。"


@pytest.mark.parametrize("wrong", ["2023-13", "2023-02-29", "昨天", "20230101", ""])
def test_a_date_that_is_none_is_refused(youju: Youju, wrong: str) -> None:
    done = youju("ask", "招商", "--from", wrong)
    assert (done.code, done.out) == (2, "")
    assert "--from: 应为" in done.err
