"""The form of the questions that evaluate.py asks off topic."""

from itertools import chain, groupby
from pathlib import Path

LINES = Path(__file__).parents[1].joinpath("off_topic.txt").read_text(encoding="utf-8").splitlines()


def test_questions_are_sorted_within_themes_and_themes_by_name_and_none_is_asked_twice() -> None:
    _, *themes = [list(block) for said, block in groupby(LINES, key=bool) if said]
    names = [name for name, *_ in themes]
    questions = [block[1:] for block in themes]
    assert names == sorted(set(names))
    assert all(name.startswith("# ") for name in names)
    assert questions == [sorted(theme) for theme in questions]
    assert all(questions)
    flat = list(chain.from_iterable(questions))
    assert [q for q in flat if q.startswith("#") or q.strip() != q] == []
    assert len(flat) == len(set(flat)) == 120
