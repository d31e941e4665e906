"""What a person changed about how a question is read: synonyms off, words left out, another year."""

import pytest

from service.answering.answer import Answer, Choices
from service.engine import Engine
from tests.unit.answering.conftest import MakeEngine

REPORTS = {
    f"{year}.txt": f"""{year}年云溪镇工作报告
一、{year - 1}年工作回顾
{year - 1}年全镇完成造林{year - 1000}亩，建成苗圃一处，聘用护林员三十名。
二、{year}年工作安排
{year}年全镇计划造林{year}亩，新建苗圃两处，护林员增加到五十名。
"""
    for year in (2024, 2025)
}


@pytest.fixture
def towns(make_engine: MakeEngine) -> Engine:
    return make_engine(REPORTS)


def searched(answer: Answer) -> list[tuple[str, str]]:
    return [(term.text, term.origin) for term in answer.terms]


@pytest.mark.parametrize(
    ("question", "choices", "read_as", "said"),
    [
        ("今年计划造林多少亩", None, 2025, "2025年全镇计划造林2025亩"),
        ("去年完成造林多少亩", None, 2025, "2024年全镇完成造林1025亩"),
        ("今年计划造林多少亩", Choices(year=2024), 2024, "2024年全镇计划造林2024亩"),
        ("计划造林多少亩", None, None, "2025年全镇计划造林2025亩"),  # the newest that holds an answer
    ],
)
def test_this_year_is_read_against_the_newest_document(
    towns: Engine, question: str, choices: Choices | None, read_as: int | None, said: str
) -> None:
    answer = towns.ask(question, choices=choices)
    assert answer.year == read_as
    assert said in answer.quotes[0].text


def test_what_was_preferred_is_said(towns: Engine) -> None:
    assert towns.ask("今年计划造林多少亩").preferred == ("讲2025年的部分", "含数字的句子")
    assert towns.ask("怎么造林").preferred == ("讲今后工作的部分",)
    assert towns.ask("护林员").preferred == ()


def test_a_word_left_out_is_not_searched(towns: Engine) -> None:
    asked = [term for term, _ in searched(towns.ask("苗圃和造林"))]
    assert {"苗圃", "造林"} <= set(asked)
    assert "造林" not in [
        term for term, _ in searched(towns.ask("苗圃和造林", choices=Choices(without=frozenset(["造林"]))))
    ]


def test_without_synonyms_only_asked_words_are_searched(towns: Engine) -> None:
    question = "种树"
    assert "synonym" in [origin for _, origin in searched(towns.ask(question))]
    plain = towns.ask(question, choices=Choices(synonyms=False))
    assert "synonym" not in [origin for _, origin in searched(plain)]


def test_one_synonym_can_be_left_out(towns: Engine) -> None:
    synonyms = [term for term, origin in searched(towns.ask("种树")) if origin == "synonym"]
    left = towns.ask("种树", choices=Choices(without=frozenset(synonyms[:1])))
    assert [term for term, origin in searched(left) if origin == "synonym"] == synonyms[1:]


def test_words_are_left_out_of_the_last_question_only(towns: Engine) -> None:
    first, last = towns.converse(["造林", "苗圃和造林"], choices=Choices(without=frozenset(["造林"])))
    assert ("造林", "asked") in searched(first)
    assert ("造林", "asked") not in searched(last)


def test_an_older_document_answers_what_the_newest_does_not(make_engine: MakeEngine) -> None:
    files = {**REPORTS, "2023.txt": "2023年云溪镇工作报告\n全镇新修渠道十二公里，改造泵站三座，水利条件明显改善。\n"}
    assert make_engine(files).ask("泵站改造了几座").citations[0].document.file == "2023.txt"


def test_a_phrase_in_quotation_marks_goes_first(make_engine: MakeEngine) -> None:
    files = {
        "a.txt": "镇长讲话\n护林防火要落实包片责任，护林防火责任人、护林防火宣传、护林防火检查一样不能少，护林员要尽责。\n",
        "b.txt": "书记讲话\n推行护林员包片责任制，一人一片，责任到人，年底考核，奖惩兑现，山场看护明显好转。\n",
    }
    engine = make_engine(files)
    assert engine.ask("护林防火责任").citations[0].document.file == "a.txt"
    quoted = engine.ask("护林防火“包片责任制”")
    assert (quoted.citations[0].document.file, quoted.preferred) == ("b.txt", ("含“包片责任制”的段落",))
    assert engine.ask("护林防火“一人一片”").preferred == ("含“一人一片”的段落",)


def test_a_year_that_the_documents_do_not_speak_of_is_not_answered(towns: Engine) -> None:
    assert towns.ask("2019年造林多少亩").status == "not_found"
    assert "2023年全镇完成造林1024亩" in towns.ask("2023年完成造林多少亩").quotes[0].text
