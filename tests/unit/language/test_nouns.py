"""What jieba's dictionary tells of words."""

from pathlib import Path

import pytest

from service.language import nouns


@pytest.mark.parametrize(
    ("word", "took"),
    [
        ("唐僧骑", True),
        ("万元户", False),  # a noun
        ("一下手", False),  # 手 stands in names
        ("一刀切", False),  # not seldom enough beside 一刀
        ("一再", False),  # of two characters
        ("没有这个词", False),
        ("", False),
    ],
)
def test_a_word_that_took_in_a_verb_by_chance_is_seldom_beside_what_is_left_of_it(word: str, took: bool) -> None:
    assert nouns.took_verb(word) is took


def test_what_is_kept_is_made_again_where_the_program_would_make_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nouns._Nouns().load(tmp_path)
    monkeypatch.setattr(nouns, "_found", lambda: ({}, {}, {}))
    same, other = nouns._Nouns(), nouns._Nouns()
    same.load(tmp_path)
    assert "年薪" in same.tables[0]
    monkeypatch.setattr(nouns, "written_by", lambda *modules: "another")
    other.load(tmp_path)
    assert "年薪" not in other.tables[0]
