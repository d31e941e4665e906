"""The form of function_words.txt."""

from importlib import resources

from service.language.folding import fold

LINES = resources.files("service.language").joinpath("function_words.txt").read_text(encoding="utf-8").split("\n")
WORDS = [line for line in LINES if line and not line.startswith("#")]


def test_the_words_are_sorted_by_length_then_by_code_point_each_once() -> None:
    assert sorted(set(WORDS), key=lambda word: (len(word), word)) == WORDS


def test_the_words_are_in_folded_form() -> None:
    assert [word for word in WORDS if fold(word) != word or word.strip() != word] == []


def test_the_words_that_matter_here_are_none_of_them() -> None:
    assert set(WORDS) & {"坚持", "加强", "全面", "安全", "任务", "要求", "首先", "重点", "问题", "发展"} == set()
