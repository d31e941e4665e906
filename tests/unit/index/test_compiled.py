"""The compiled search: hits, scores and order of the other one, to the last bit; and all is well without it."""

import logging
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.index import compiling
from service.index.okapi import Okapi
from service.index.postings import postings
from service.index.protocol import Hit, Query, Weighted

pytest.importorskip("numba")
# Compiled once, by one of the processes that test: that takes a quarter of a minute.
pytestmark = [pytest.mark.xdist_group("compiled"), pytest.mark.thorough]

# From the most to the least frequent.
TERMS = [f"词{number}" for number in range(12)]
GROUPS = st.lists(
    st.lists(
        st.tuples(st.sampled_from([*TERMS, "没有"]), st.sampled_from([0.0, 0.3, 0.6, 1.0, 1.7])),
        min_size=1,
        max_size=4,
    ),
    max_size=8,
)
DOCUMENTS = st.one_of(
    st.none(),
    st.frozensets(st.integers(0, 2100), max_size=6),
    st.frozensets(st.integers(0, 2100), min_size=100, max_size=300),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what is compiled is kept."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture(scope="module")
def ready(folder: Path) -> compiling.Compiled:
    """What is compiled: that takes seconds, so all tests share it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiling, "_ready", None)
        compiling.load(folder)
        found = compiling.compiled()
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def only_for_one_test() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiling, "_ready", None)
        yield


def both(ready: compiling.Compiled, index: Okapi, query: Query, limit: int) -> tuple[list[Hit], list[Hit]]:
    """Return what the compiled search finds, and what the other one does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiling, "_ready", ready)
        found = index.search(query, limit)
    return found, index.search(query, limit)


def asked(groups: list[list[tuple[str, float]]], documents: frozenset[int] | None = None) -> Query:
    return Query(tuple(tuple(Weighted(*pair) for pair in group) for group in groups), documents)


@pytest.fixture(scope="module", params=[0, 1, 2])
def index(request: pytest.FixtureRequest) -> Okapi:
    """10,000 passages, more than are summed at a time; five a document."""
    random = Random(request.param)
    bags = [
        Counter(
            term
            for number, term in enumerate(TERMS)
            for _ in range(random.choice((0, 1, 1, 2)))
            if random.random() < 0.6**number
        )
        for _ in range(10_000)
    ]
    # With its own idf the library gives the most frequent terms less than nothing.
    return Okapi(postings(bags), [number // 5 for number in range(10_000)], own_idf=request.param != 2)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(GROUPS, st.sampled_from([0, 1, 3, 10, 60, 5000, 20_000]), DOCUMENTS)
def test_hits_scores_and_order_are_those_of_the_search_that_is_not_compiled(
    ready: compiling.Compiled,
    index: Okapi,
    groups: list[list[tuple[str, float]]],
    limit: int,
    documents: frozenset[int] | None,
) -> None:
    found, other = both(ready, index, asked(groups, documents), limit)
    assert found == other


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(TERMS), max_size=8), max_size=12), GROUPS, st.integers(0, 14))
def test_so_they_are_in_the_smallest_of_corpora(
    ready: compiling.Compiled, texts: list[list[str]], groups: list[list[tuple[str, float]]], limit: int
) -> None:
    found, other = both(ready, Okapi(postings(map(Counter, texts)), range(len(texts))), asked(groups), limit)
    assert found == other


def test_ties_keep_corpus_order_across_all_that_is_summed_at_a_time(ready: compiling.Compiled) -> None:
    index = Okapi(postings([Counter(["招商"])] * 9000), range(9000))
    found, _ = both(ready, index, asked([[("招商", 1.0)]]), 8000)
    assert [hit.passage for hit in found] == list(range(8000))


def test_without_numba_nothing_is_compiled_and_the_log_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    with caplog.at_level(logging.INFO):
        compiling.load(tmp_path)
    assert compiling.compiled() is None
    assert "searching without compiled code" in caplog.text


LOADED = """
import sys
from pathlib import Path
from service.index import compiling
compiling.load(Path(sys.argv[1]))
print(compiling.compiled() is not None)
"""


def loaded(folder: Path) -> str:
    """Return what a new process says, on any stream, of whether it has what is compiled."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", LOADED, folder],
        cwd=Path(compiling.__file__).parents[2],
        # It compiles in less time; what comes of it is not asked anything.
        env={**os.environ, "NUMBA_OPT": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=100,
        check=True,
    )
    return done.stdout


def test_where_nothing_can_be_kept_it_is_compiled_all_the_same_and_nothing_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    beside = Path(compiling.__file__).parent
    before = sorted(beside.rglob("*.nb*"))
    assert loaded(tmp_path / "file" / "compiled") == "True\n"
    assert sorted(beside.rglob("*.nb*")) == before


def test_what_was_kept_and_is_damaged_is_done_without_and_cleared_away(
    ready: compiling.Compiled, folder: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    shutil.copytree(folder, kept)
    files = [path for path in kept.rglob("*") if path.is_file()]
    assert files
    for path in files:
        path.write_bytes(b"damaged")
    assert loaded(kept) == "False\n"
    assert not kept.exists()
