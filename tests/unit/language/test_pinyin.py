"""Syllables of characters and of letters."""

import os

import pytest

from service.language.pinyin import blurred, readings, spelled


@pytest.mark.parametrize(
    ("character", "syllables"),
    [("商", ("shang",)), ("长", ("zhang", "chang")), ("女", ("nv", "ru")), ("a", ()), ("，", ()), ("", ())],
)
def test_a_character_has_its_readings_the_usual_first(character: str, syllables: tuple[str, ...]) -> None:
    assert readings(character) == syllables


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("shang", "san", True),
        ("ning", "lin", True),
        ("zheng", "zen", True),
        ("xiang", "xian", True),
        ("dong", "dou", False),
        ("n", "l", False),
    ],
)
def test_what_many_do_not_tell_apart_is_blurred(one: str, other: str, alike: bool) -> None:
    assert (blurred(one) == blurred(other)) is alike


def test_letters_are_read_in_every_way_long_syllables_first() -> None:
    assert list(spelled("xian", {"xi", "an", "xian"})) == [("xian",), ("xi", "an")]
    assert list(spelled("xiang", {"xi", "an", "xian"})) == []


def test_letters_that_end_in_none_are_given_up_soon() -> None:
    # 4 ** 50 ways to come to the end in vain.
    assert list(spelled("xian" * 50 + "v", {"xian", "xia", "xi", "an", "n"})) == []


def test_the_environment_stays_as_it_was() -> None:
    readings("据")
    assert "PYPINYIN_NO_PHRASES" not in os.environ
