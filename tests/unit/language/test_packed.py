"""Tables of words that are read at once."""

import marshal

import pytest

from service.language.packed import Table, packed, packed_words

TOLD = {"一": "1", "一网": "2 3", "一网通办": "", "网": "x", "𠀀𠀁": "4", "a": "5"}


def test_what_was_told_of_a_word_is_told() -> None:
    table = Table(marshal.loads(marshal.dumps(packed(TOLD))))
    # Twice: as it is kept, and as it was read.
    for _ in range(2):
        assert {word: table.of(word) for word in TOLD} == TOLD


@pytest.mark.parametrize("word", ["", "网通", "一网通", "通", "一 ", "\t1", "一\t1", "\n", "𠀀", "2 3"])
def test_of_what_is_not_there_nothing_is_told(word: str) -> None:
    assert Table(packed(TOLD)).of(word) is None


def test_words_of_which_nothing_is_told_are_there() -> None:
    words = Table(packed_words(["年薪", "年", "年薪"]))
    assert "年薪" in words
    assert "年" in words
    assert "薪" not in words
    assert words.of("年薪") == ""


def test_nothing_is_in_no_table() -> None:
    assert "年" not in Table(packed({}))


def test_no_number_of_words_that_are_not_there_fills_the_memory() -> None:
    table = Table(packed(TOLD))
    for number in range(0x4E00, 0x5E00):
        table.of(chr(number) * 9)
    assert table._by_initial.keys() <= {word[0] for word in TOLD}
