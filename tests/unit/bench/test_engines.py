"""Each engine of the index benchmark answers what it is asked."""

from pathlib import Path

import pytest

from tests.bench.engines import ENGINES, Engine
from tests.bench.rankings import difference

# A word with a point or a percent sign, one in two cases and one that stands nowhere are words, too.
PASSAGES = [
    ["招商", "引资", "12.5%"],
    ["引资"],
    ["财政", "ABC", "收入"],
    ["财政"],
    [*"的和在了"],
    *[["项目", "abc"]] * 7,
]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_an_engine_finds_the_passages_with_the_words_best_first(engine: Engine, tmp_path: Path) -> None:
    if engine.missing:
        pytest.skip(f"{', '.join(engine.missing)} not installed")
    searches = [engine.build(iter(PASSAGES), len(PASSAGES), tmp_path)]
    if engine.open:
        searches.append(engine.open(tmp_path))
    for search in searches:
        assert [passage for passage, _ in search(["招商", "引资"], 2)] == [0, 1]
        assert [passage for passage, _ in search(["12.5%", "无"], 2)] == [0]
        assert [passage for passage, score in search(["ABC"], 2) if score > 0] == [2]


def test_ours_is_rank_bm25_with_lucenes_idf(tmp_path: Path) -> None:
    ours, theirs = (
        next(engine for engine in ENGINES if engine.name == name).build(iter(PASSAGES), len(PASSAGES), tmp_path)
        for name in ("ours", "rank_bm25")
    )
    for question in (["招商", "引资"], ["财政", "项目", "的"], ["无"]):
        assert difference(ours(question, 3), theirs(question, 100), 3) is None
