"""The form of the word lists that come with the program."""

import pytest

from service.language import wordlists
from service.language.folding import fold
from service.language.places import provinces

LISTS = [
    ("service.answering", "boilerplate.txt"),
    ("service.answering", "doing.txt"),
    ("service.answering", "facets.txt"),
    ("service.answering", "spoken.txt"),
    ("service.language", "place_abbreviations.txt"),
    ("service.language", "places.txt"),
]


@pytest.mark.parametrize(("package", "name"), LISTS)
def test_a_list_is_sorted_by_code_point_folded_and_says_nothing_twice(package: str, name: str) -> None:
    lines = wordlists.lines(package, name)
    assert lines
    assert [line for line in lines if fold(line) != line or line.strip() != line] == []
    assert sorted(set(lines)) == list(lines)


def test_boilerplate_is_made_of_characters_that_patterns_read_as_themselves() -> None:
    assert [line for line in wordlists.lines("service.answering", "boilerplate.txt") if not line.isalpha()] == []


def test_what_asks_another_side_can_be_asked() -> None:
    functions = set(wordlists.lines("service.language", "function_words.txt"))
    assert [
        word for word in wordlists.lines("service.answering", "facets.txt") if word in functions or len(word) < 2
    ] == []


def test_abbreviations_stand_for_provinces() -> None:
    named = [line.split() for line in wordlists.lines("service.language", "place_abbreviations.txt")]
    assert [pair for pair in named if provinces(pair[1]) != [pair[1]] or len(pair[0]) != 1] == []


def test_each_county_lies_in_one_city_and_each_city_in_one_province() -> None:
    lines = wordlists.lines("service.corpus", "divisions.txt")
    assert sorted(set(lines)) == list(lines)
    rows = [line.split() for line in lines]
    cities = [city for _, city, *_ in rows if city != "-"]
    assert len(cities) == len(set(cities)) > 300
    assert [row for row in rows if len(set(row[2:])) != len(row[2:])] == []
    assert {row[0] for row in rows} == {line.split()[-1] for line in wordlists.lines("service.language", "places.txt")}
