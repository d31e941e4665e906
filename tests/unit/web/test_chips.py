"""The chips of an answer: each word in its place, each link with the choices it asks by."""

from dataclasses import replace

import pytest

from service.answering.answer import Answer, Choices, Name, QuestionTerm
from service.engine import Engine
from service.web.chips import Chip, Chips, chips

TERMS = (
    QuestionTerm("招商", "asked", None, True),
    QuestionTerm("元宇宙", "asked", None, False),
    QuestionTerm("园区", "carried", None, True),
    QuestionTerm("元界", "carried", None, False),
    QuestionTerm("引资", "synonym", "招商", True),
    QuestionTerm("元", "synonym", "元宇宙", False),  # stands nowhere, and nobody asked for it
)


@pytest.fixture
def answer(engine: Engine) -> Answer:
    return replace(
        engine.ask("招商"), terms=TERMS, absent=("元宇宙",), named=(Name("浙江", 1), Name("江苏", 0)), year=2025
    )


def without(*words: str, synonyms: bool = True, year: int | None = None) -> Choices:
    return Choices(synonyms, frozenset(words), year)


def test_each_word_is_shown_once_and_its_link_leaves_it_out(answer: Answer) -> None:
    assert chips(answer, Choices()) == Chips(
        asked=(Chip("招商", None),),  # the only word is not left out
        carried=(Chip("园区", without("园区")), Chip("元界", without("元界"), found=False)),
        synonyms=(Chip("引资", without("引资"), of="招商"),),
        left_out=(),
        absent=("元宇宙",),
        with_synonyms=True,
        switched=without(synonyms=False),
        years=(Chip("2024年", without(year=2024)), Chip("2026年", without(year=2026))),
        named=(Name("浙江", 1),),
        unknown=(Name("江苏", 0),),
    )


def test_a_link_changes_one_choice_and_keeps_the_others(answer: Answer) -> None:
    shown = chips(answer, without("落户", "办事", synonyms=False, year=2025))
    assert shown.carried[0].otherwise == without("落户", "办事", "园区", synonyms=False, year=2025)
    assert shown.left_out == (
        Chip("办事", without("落户", synonyms=False, year=2025)),
        Chip("落户", without("办事", synonyms=False, year=2025)),
    )
    assert shown.switched == without("落户", "办事", year=2025)
    assert shown.years[0].otherwise == without("落户", "办事", synonyms=False, year=2024)
    assert not shown.with_synonyms


def test_each_of_several_words_asked_can_be_left_out(answer: Answer) -> None:
    several = replace(answer, terms=(*TERMS, QuestionTerm("突破", "asked", None, True)))
    asked = chips(several, without("落户")).asked
    assert asked == (Chip("招商", without("落户", "招商")), Chip("突破", without("落户", "突破")))


@pytest.mark.parametrize(
    ("year", "beside"),
    [(None, []), (1900, ["1901年"]), (2100, ["2099年"]), (2025, ["2024年", "2026年"])],
)
def test_no_link_leads_to_a_year_that_is_refused(answer: Answer, year: int | None, beside: list[str]) -> None:
    assert [chip.text for chip in chips(replace(answer, year=year), Choices()).years] == beside
