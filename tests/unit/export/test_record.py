"""What is taken away says how it was found, under a name that every system takes; JSON is the contract's."""

import json
from dataclasses import replace
from datetime import UTC

import pytest

from service.answering.answer import Choices, Name, QuestionTerm
from service.answering.contract import answer_json, path_of
from service.answering.filters import Filters
from service.export.json import as_json
from service.export.record import Turn, legible, turns_of
from tests.unit.export.conftest import LABELLED, NOTHING, SENTENCES, answer, record


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("招商改革怎么做的？", "有据_招商改革怎么做的"),
        ("项目**个是多少", "有据_项目个是多少"),
        ('..\\a/b:c*d?"<e>|f\n', "有据_abcdef"),
        ("甲\x00乙\ud800", "有据_甲乙"),
        ("甲" * 200, "有据_" + "甲" * 40),
        ("？", "有据"),
    ],
)
def test_a_file_name_is_the_question_as_far_as_every_system_takes_it(question: str, name: str) -> None:
    assert record(answer(question)).name == name


def test_a_conversations_name_says_how_many_questions_it_has() -> None:
    assert record(SENTENCES, LABELLED).name == "有据_办事时限怎么压缩（共2问）"


def test_how_a_question_was_read_is_said_in_full() -> None:
    asked = answer(
        "今年招商",
        history=("有哪些要点", "还有呢"),
        terms=(
            QuestionTerm("招商", "asked", None, True),
            QuestionTerm("元宇宙", "asked", None, False),
            QuestionTerm("云溪县", "carried", None, True),
            QuestionTerm("引资", "synonym", "招商", True),
            QuestionTerm("招引", "synonym", "招商", False),
        ),
        absent=("元宇宙",),
        named=(Name("浙江", 1), Name("江苏", 0)),
        preferred=("含数字的句子",),
        year=2025,
        # the document of the third is not quoted, and yet its title is known
        citations=SENTENCES.citations,
    )
    (said,) = record(
        asked,
        choices=Choices(
            False, frozenset({"改革", "办法"}), 2025, Filters(("cd34", "ef56"), "2024", "2025-06", kinds=("通知",))
        ),
    ).queries
    assert said == {
        "提问": "今年招商",
        "此前问过": "有哪些要点、还有呢",
        "查了": "招商",
        "承接上文": "云溪县",
        "按近义词也查了": "引资",
        "近义词": "没有用",
        "没有查": "办法、改革",
        "材料里没有": "元宇宙",
        # of one that is not shown only the id is known here
        "只看": "《云溪县服务办法》、ef56",
        "范围": "2024年至2025年6月、通知",
        "只查": "浙江（1 份）",
        "没有载入": "江苏的材料",
        "优先": "含数字的句子",
        "今年": "按2025年理解",
    }


def test_words_left_out_are_those_of_the_last_question() -> None:
    choices = Choices(False, frozenset({"改革"}), 2025)
    first, last = turns_of([SENTENCES, LABELLED], choices)
    assert (first, last) == (Turn(SENTENCES, Choices(synonyms=False)), Turn(LABELLED, choices))


def test_json_holds_each_turn_as_the_api_serves_it_with_its_choices_and_the_time() -> None:
    choices = Choices(True, frozenset({"改革"}), 2025, Filters(documents=("ab12",)))
    taken = record(SENTENCES, NOTHING, choices=choices)
    within = {"documents": ["ab12"], "from": None, "to": None, "places": [], "kinds": [], "issuers": [], "folders": []}
    assert taken.url_of is not None
    said = {"synonyms": True, "without": ["改革"], "year": 2025, "within": within}
    # Without the third citation, of which nothing is quoted.
    as_served = replace(SENTENCES, citations=SENTENCES.citations[:2]), NOTHING
    assert json.loads(as_json(taken)) == {
        "written": "2026-11-22T13:05:09+08:00",
        "turns": [{**answer_json(answer, taken.url_of), "choices": said} for answer in as_served],
    }
    without = json.loads(as_json(record(SENTENCES, linked=False)))
    cited = SENTENCES.citations[0]
    assert without["turns"][0]["citations"][0]["url"] == path_of(cited.document, cited.paragraph)


def test_json_is_utf_8_whatever_was_typed() -> None:
    assert json.loads(as_json(record(answer("甲\udce4乙"))).decode("utf-8"))["turns"][0]["question"] == "甲\udce4乙"


def test_times_carry_their_zone() -> None:
    taken = replace(record(SENTENCES), written=record(SENTENCES).written.astimezone(UTC))
    assert taken.about["时间"] == "2026年11月22日05:05（UTC+00:00）"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("天\x00\x07\x1b\r", "天\ufffd\ufffd\ufffd\ufffd"),
        ("\ud800\ufffe\uffff", "\ufffd\ufffd\ufffd"),
        ("行\n\t\u3000\x85😀𠀀\ufeff", "行\n\t\u3000\x85😀𠀀\ufeff"),
    ],
)
def test_only_what_no_file_can_hold_is_replaced(text: str, expected: str) -> None:
    assert legible(text) == expected
