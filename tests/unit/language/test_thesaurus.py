"""The thesaurus: everyday phrases of a question to the official words for them."""

from pathlib import Path
from typing import Any

import pytest

from service.language import thesaurus
from service.language.matching import readable
from service.language.packed import Table
from service.language.thesaurus import Everyday, Synonym, Thesaurus, _shipped_text, no_groups, shipped


def everyday(lines: list[str], text: str, borders: set[int] | None = None) -> list[tuple[str, dict[str, float]]]:
    found = Thesaurus(lines).everyday(text, range(len(text) + 1) if borders is None else borders)
    assert all(text[phrase.start : phrase.end] == phrase.phrase for phrase in found)
    return [(phrase.phrase, dict(phrase.synonyms)) for phrase in found]


def held(thesaurus: Thesaurus) -> dict[str, Any]:
    return {
        name: value._by_initial.kept if isinstance(value, Table) else value for name, value in vars(thesaurus).items()
    }


def test_whoever_asks_the_left_also_searches_the_right() -> None:
    assert everyday(["办证难 办事难 > 审批 时限"], "办事难和审批") == [("办事难", {"审批": 0.6, "时限": 0.6})]


def test_the_same_matter_counts_less_than_the_same_thing() -> None:
    assert everyday(["招工难 ~ 劳动力 培训"], "招工难") == [("招工难", {"劳动力": 0.35, "培训": 0.35})]


def test_equals_stand_for_each_other() -> None:
    line = ["私企 = 民企 = 民营企业"]
    assert everyday(line, "私企") == [("私企", {"民企": 0.8, "民营企业": 0.8})]
    assert everyday(line, "民营企业") == [("民营企业", {"私企": 0.8, "民企": 0.8})]


def test_of_several_groups_the_closer_one_counts() -> None:
    lines = ["贷款 ~ 融资", "贷款 > 融资 信贷", "贷款 = 借款"]
    assert everyday(lines, "贷款") == [("贷款", {"融资": 0.6, "信贷": 0.6, "借款": 0.8})]


def test_a_phrase_says_where_it_stands() -> None:
    thesaurus = Thesaurus(["办事难 > 审批"])
    assert thesaurus.everyday("群众办事难", ()) == [Everyday("办事难", 2, 5, (Synonym("审批", 0.6),), same=True)]


@pytest.mark.parametrize(("sign", "same"), [(">", True), ("=", True), ("~", False)])
def test_a_phrase_tells_whether_something_says_the_same(sign: str, same: bool) -> None:
    (found,) = Thesaurus([f"招工难 {sign} 用工短缺"]).everyday("招工难", {0, 3})
    assert found.same is same


def test_a_phrase_that_nearly_stands_counts_less_than_one_that_does() -> None:
    (nearly,) = Thesaurus(["工资发不出 > 欠薪"]).everyday("工资都快发不出来了", range(10))
    assert (nearly.phrase, nearly.start, nearly.end) == ("工资发不出", 0, 7)
    assert 0 < nearly.synonyms[0].weight < 0.6


def test_of_a_phrase_that_nearly_stands_the_ends_may_be_all_there_is() -> None:
    (nearly,) = Thesaurus(["招商难题 > 堵点"]).everyday("招商遇难题", range(6))
    assert nearly.phrase == "招商难题"


@pytest.mark.parametrize("text", ["工资多少", "发不发", "路灯坏了"])
def test_a_phrase_of_which_little_stands_is_not_taken(text: str) -> None:
    assert everyday(["工资发不出 > 欠薪"], text) == []


def test_the_longest_phrase_is_taken_and_none_overlaps_it() -> None:
    lines = ["办事 > 政务", "办事难 > 审批", "难题 > 堵点"]
    assert everyday(lines, "办事难题") == [("办事难", {"审批": 0.6})]


@pytest.mark.parametrize(
    ("borders", "found"),
    [
        ({0, 2, 4}, ["上市"]),
        ({0, 1, 3, 4}, []),  # 县 上市 里 cut elsewhere
        ({1, 3}, []),  # the end is no border
    ],
)
def test_a_phrase_of_two_characters_is_taken_where_words_begin_and_end(borders: set[int], found: list[str]) -> None:
    phrases = everyday(["上市 > 挂牌"], "上市县里", borders)
    assert [phrase for phrase, _ in phrases] == found


def test_a_longer_phrase_is_taken_anywhere() -> None:
    assert [phrase for phrase, _ in everyday(["办事难 > 审批"], "群众办事难处多", set())] == ["办事难"]


@pytest.mark.parametrize("asked", ["跑一次腿", "GDP多少", "ＧＤＰ多少", "村BA", "村ba"])
def test_a_phrase_is_found_however_its_letters_and_numbers_are_written(asked: str) -> None:
    thesaurus = Thesaurus(["跑一次 GDP 村BA > 官话"])
    form = readable(asked).text
    assert [phrase.synonyms for phrase in thesaurus.everyday(form, range(len(form) + 1))] == [(Synonym("官话", 0.6),)]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "",
            "# 办事难 > 审批",
            "办事难",
            "办事难 审批",
            ">",
            " > ",
            "办事难 > ",
            " > 审批",
            "办事难 > 办事难",
        ),
        *("办事难 > 审批 > 时限", "办事难 > 审批 ~ 时限", "办事难 = 审批 > 时限", "办事难 = "),
    ],
)
def test_a_line_that_names_no_group_is_passed_over(line: str) -> None:
    assert everyday([line, "招工难 > 用工"], "办事难招工难") == [("招工难", {"用工": 0.6})]


@pytest.mark.parametrize(
    "line", ["办事难>审批", "办事难\t>\t审批", "办事难　＞　审批", "　办事难 > 审批　", "办证难　办事难 > 审批"]
)
def test_a_group_may_be_typed_with_any_blanks_and_signs_of_full_width(line: str) -> None:
    assert everyday([line], "办事难") == [("办事难", {"审批": 0.6})]


def test_equals_of_full_width_stand_for_each_other() -> None:
    assert everyday(["私企＝民企　＝\t民营企业"], "民企") == [("民企", {"私企": 0.8, "民营企业": 0.8})]


def test_a_line_that_is_no_group_has_its_number() -> None:
    lines = [
        "# 本县的说法",
        "",
        "办事难",
        " ",
        "办事难 > 审批\r",
        "办事难 > 审批 ~ 时限",
        "办证难 = 审批难 = 跑腿多",
        "　# 注",
    ]
    assert no_groups(lines) == [3, 6]
    assert no_groups(_shipped_text().split("\n")) == []


@pytest.mark.parametrize("folder", ["new", "file/none"])
def test_groups_of_ones_own_are_added_to_those_that_come_with_the_program(
    folder: str, tmp_path: Path, dictionary: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    (alone,) = shipped(dictionary).everyday("办证难", {0, 3})
    # Worked out, and as it was kept; then of other lines.
    for _ in range(2):
        (with_own,) = shipped(tmp_path / folder, ["办证难 > 一窗通办"]).everyday("办证难", {0, 3})
        assert with_own.synonyms == (*alone.synonyms, Synonym("一窗通办", 0.6))
    assert shipped(tmp_path / folder).everyday("办证难", {0, 3}) == [alone]


def test_what_is_kept_of_the_program_s_own_is_what_is_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = shipped(tmp_path)
    assert made is shipped(tmp_path)
    thesaurus._made.cache_clear()
    monkeypatch.setattr(thesaurus, "_worked_out", None)
    kept = shipped(tmp_path)
    monkeypatch.undo()
    assert made is not kept
    assert held(kept) == held(made) == held(Thesaurus(_shipped_text().split("\n")))


def test_an_empty_list_knows_nothing() -> None:
    assert everyday([], "办事难") == []


@pytest.mark.parametrize("text", ["2025年目标是多少", "1205年目标"])
def test_a_phrase_is_not_found_inside_a_number(text: str) -> None:
    assert everyday(["五年目标 > 规划目标"], text) == []
    assert everyday(["五年目标 > 规划目标"], "5年目标是什么") == [("5年目标", {"规划目标": 0.6})]
