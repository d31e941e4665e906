"""What is kept of strings that come again: each is found out once, and nobody can fill the memory."""

import pytest

from service.language import kept
from service.language.kept import Kept


def test_what_comes_again_is_found_out_once() -> None:
    asked: list[str] = []
    lengths = Kept(lambda string: asked.append(string) or len(string))
    assert [lengths[string] for string in ("招商", "改革", "招商")] == [2, 2, 2]
    assert asked == ["招商", "改革"]


def test_long_strings_and_more_than_so_many_are_told_but_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 2)
    lengths = Kept(len)
    assert [lengths["龘" * length] for length in (13, 1, 2, 3)] == [13, 1, 2, 3]
    assert list(lengths) == ["龘", "龘龘"]
