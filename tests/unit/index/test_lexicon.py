"""What a corpus holds, by its sound."""

import pytest

from service.index.lexicon import Lexicon

LEXICON = Lexicon.of(["招商引资。增长，營商環境", "", "增长，银行，招商\n引资"])


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("招上引资", {"招商引资": 1}),  # not over the end of a line
        ("增涨", {"增长": 2}),  # the usual reading of 长
        ("增常", {"增长": 2}),  # its other one
        ("营商环竞", {"营商环境": 1}),  # folded
        ("森涨", {}),  # s is not z
        ("资增", {}),  # not over punctuation
        ("", {}),
        ("a招", {}),
    ],
)
def test_runs_are_found_by_their_sound(typed: str, written: dict[str, int]) -> None:
    assert dict(LEXICON.like(typed)) == written


def test_runs_are_found_by_their_syllables() -> None:
    assert dict(LEXICON.written(("yin", "hang"))) == {"银行": 1}
    assert dict(LEXICON.written(("yin", "xx"))) == {}


@pytest.mark.parametrize(("typed", "holds"), [("招商引资", True), ("营商环境", True), ("招上引资", False)])
def test_what_stands_is_held(typed: str, holds: bool) -> None:
    assert LEXICON.holds(typed) is holds


@pytest.mark.parametrize("place", range(4))
def test_a_run_that_differs_in_one_place_is_found(place: int) -> None:
    typed = "招商引资"[:place] + "大" + "招商引资"[place + 1 :]
    assert dict(LEXICON.beside(typed, place)) == {"招商引资": 1}


def test_the_syllables_are_those_of_its_characters() -> None:
    assert {"zhao", "shang", "zhang", "chang", "hang"} <= LEXICON.syllables
    assert "wang" not in LEXICON.syllables
