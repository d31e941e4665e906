"""The questions that the index benchmark makes of passages."""

from pathlib import Path

from tests.bench.passages import Passages, write_passages
from tests.bench.questions import content_words, frequent, made
from tests.unit.bench.test_passages import sentences

FUNCTION_WORDS = frozenset("的和在了")


def written(folder: Path) -> Passages:
    passages = [
        [*"的和在", "招商", "引资", "项目", "招商"],
        [*"的和", "财政", "收入", "增长", "2023", "税收", "预算", "支出", "债务", "审计", "绩效"],
        [*"的", "作风"],
    ]
    return write_passages(sentences(*([(60, words)] for words in passages)), 3, 1, folder)


def test_frequent_function_words_are_those_in_most_passages() -> None:
    assert frequent([["的", "的", "和"], ["的", "和"], ["在", "好"], ["好"], ["好"]], FUNCTION_WORDS, 2) == ["和", "的"]


def test_content_words_are_neither_function_words_nor_numbers_and_each_is_there_once() -> None:
    assert content_words(["招商", "的", "2023", "项目", "招商", "5G"], FUNCTION_WORDS) == ["招商", "项目", "5G"]


def test_a_question_has_3_to_8_different_content_words_of_one_passage(tmp_path: Path) -> None:
    passages = written(tmp_path)
    plain, _ = made(passages, 3, FUNCTION_WORDS, 200, seed=1)
    telling = [set(content_words(passage, FUNCTION_WORDS)) for passage in passages.first(3)]
    assert {len(question) for question in plain} == {3, 4, 5, 6, 7, 8}
    assert all(len(question) == len(set(question)) for question in plain)
    assert all(any(set(question) <= words for words in telling) for question in plain)


def test_the_second_mix_is_the_first_with_two_frequent_function_words_anywhere(tmp_path: Path) -> None:
    plain, mixed = made(written(tmp_path), 3, FUNCTION_WORDS, 200, seed=1)
    # 了 stands in no passage.
    added = [set(with_them) - set(without) for without, with_them in zip(plain, mixed, strict=True)]
    assert [len(with_them) - len(without) for without, with_them in zip(plain, mixed, strict=True)] == [2] * 200
    assert set(map(frozenset, added)) == {frozenset("的和"), frozenset("的在"), frozenset("和在")}
    assert {with_them[0] in FUNCTION_WORDS for with_them in mixed} == {True, False}


def test_the_same_seed_makes_the_same_questions(tmp_path: Path) -> None:
    passages = written(tmp_path)
    several = [made(passages, 3, FUNCTION_WORDS, 20, seed) for seed in (1, 1, 2)]
    assert several[0] == several[1] != several[2]


def test_questions_are_only_of_the_passages_that_are_searched(tmp_path: Path) -> None:
    passages = written(tmp_path)
    # Of the three, the one with nothing to ask about may come first: then there would be no question.
    among = next(number for number in (1, 2) if any(len(set(words)) > 5 for words in passages.first(number)))
    plain, _ = made(passages, among, FUNCTION_WORDS, 50, seed=1)
    words = {word for passage in passages.first(among) for word in passage}
    assert {word for question in plain for word in question} <= words
