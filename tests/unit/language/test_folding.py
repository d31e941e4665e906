"""Folding: what a person takes for the same is the same, and nothing moves."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.language.analyser import Analyser
from service.language.folding import _FOLDED, _MOST_KEPT, fold

EVERY_CODE_POINT = "".join(map(chr, range(sys.maxunicode + 1)))


def test_every_code_point_folds_to_one_code_point() -> None:
    moved = [character for character in EVERY_CODE_POINT if len(fold(character)) != 1]
    assert moved == []


def test_folding_everything_keeps_no_more_than_a_corpus_has() -> None:
    fold("".join(map(chr, range(0x20000, 0x2A000))))
    assert len(_FOLDED) <= _MOST_KEPT


def test_what_is_folded_stays_when_folded_again() -> None:
    once = fold(EVERY_CODE_POINT)
    assert [a for a, b in zip(once, fold(once), strict=True) if a != b] == []


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_a_text_folds_character_by_character(text: str) -> None:
    assert fold(text) == "".join(fold(character) for character in text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＧＤＰ", "gdp"),
        ("Gdp", "gdp"),
        ("２０２２年", "2022年"),
        ("５．５％", "5.5%"),
        ("（一）", "(一)"),
        ("招商，引資", "招商,引资"),
        ("ＡＩ＋政務", "ai+政务"),
        ("⼯作", "工作"),  # U+2F2F, the radical, as some PDF programs write it
        ("㈠", "㈠"),  # three characters in NFKC
        ("𝟏𝟐", "12"),  # of any plane
    ],
)
def test_width_case_and_form_are_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize("text", ["…", "ﷺ", "㎏", "½", "ﬁ", "\ud800", "𠮷", "😀", "\x00", "\u3000", "", "改革"])
def test_what_has_no_form_of_one_code_point_stays(text: str) -> None:
    assert fold(text) == text


OFFICIAL_WORDS = [
    ("營商環境", "营商环境"),
    ("領導幹部", "领导干部"),
    ("鄉村振興", "乡村振兴"),
    ("黨風廉政建設", "党风廉政建设"),
    ("財政預算", "财政预算"),
    ("經濟發展", "经济发展"),
    ("產業園區", "产业园区"),
    ("項目審批", "项目审批"),
    ("機構改革", "机构改革"),
    ("簡政放權", "简政放权"),
    ("環境保護", "环境保护"),
    ("農業農村", "农业农村"),
    ("脫貧攻堅", "脱贫攻坚"),
    ("安全監管", "安全监管"),
    ("醫療衛生", "医疗卫生"),
    ("養老服務", "养老服务"),
    ("義務教育", "义务教育"),
    ("數據共享", "数据共享"),
    ("執法監督", "执法监督"),
    ("幹事創業", "干事创业"),
]


@pytest.mark.parametrize(("traditional", "simplified"), OFFICIAL_WORDS)
def test_traditional_characters_give_the_terms_of_the_simplified(
    analyser: Analyser, traditional: str, simplified: str
) -> None:
    terms = analyser.terms(f"怎麼推進{traditional}？")
    assert terms == analyser.terms(f"怎么推进{simplified}？")
    assert simplified[:2] in terms
