"""The embedded engine: rank_bm25's scores, Lucene's idf, and what gave a passage its score."""

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from service import deadline
from service.index import best
from service.index.okapi import Okapi
from service.index.postings import postings
from service.index.protocol import Hit, Query, Weighted

TERMS = st.sampled_from(["招商", "改革", "项目", "财政", "作风", "民生"])
CORPORA = st.lists(st.lists(TERMS, max_size=8), min_size=1, max_size=12)
QUERIES = st.lists(st.one_of(TERMS, st.just("没有的词")), max_size=6)


def index_of(texts: Iterable[Sequence[str]], documents: Sequence[int] | None = None, *, own_idf: bool = True) -> Okapi:
    """Return an index of texts given as their terms, each of a document of its own unless told otherwise."""
    bags = [Counter(text) for text in texts]
    return Okapi(postings(bags), range(len(bags)) if documents is None else documents, own_idf=own_idf)


def ask(*groups: str | Sequence[tuple[str, float]], documents: frozenset[int] | None = None) -> Query:
    """Return a query of groups of weighted alternatives; a word by itself is a group of one."""
    return Query(
        tuple(
            tuple(Weighted(*pair) for pair in ([(group, 1.0)] if isinstance(group, str) else group)) for group in groups
        ),
        documents,
    )


def ranked(hits: Iterable[Hit]) -> list[int]:
    return [hit.passage for hit in hits]


# -- scores ----------------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(CORPORA, QUERIES)
def test_with_its_idf_the_scores_are_those_of_rank_bm25(texts: list[list[str]], query: list[str]) -> None:
    assume(any(texts))  # rank_bm25 divides by zero where no text has a term
    plain, ours = BM25Okapi(texts), index_of(texts, own_idf=False)
    assert ours.idf == pytest.approx(plain.idf, rel=0, abs=1e-12)
    np.testing.assert_allclose(ours.get_scores(query), plain.get_scores(query), rtol=0, atol=1e-9)


def test_a_term_asked_twice_counts_twice() -> None:
    index = index_of([["招商", "改革"], ["改革"]])
    np.testing.assert_array_equal(index.get_scores(["招商", "招商"]), 2 * index.get_scores(["招商"]))


def test_the_idf_is_lucenes() -> None:
    index = index_of([["全部", "一半", "稀有"], ["全部", "一半"], ["全部"], ["全部"]])
    assert {term: index.idf_of(term) for term in ("全部", "一半", "稀有")} == {
        "全部": pytest.approx(math.log(1 + 0.5 / 4.5), abs=1e-12),
        "一半": pytest.approx(math.log(1 + 2.5 / 2.5), abs=1e-12),
        "稀有": pytest.approx(math.log(1 + 3.5 / 1.5), abs=1e-12),
    }


@settings(deadline=None)
@given(CORPORA)
def test_a_rarer_term_has_the_higher_idf_and_none_is_negative(texts: list[list[str]]) -> None:
    index = index_of(texts)
    by_count = sorted((index.frequency(term), index.idf_of(term)) for term in {t for text in texts for t in text})
    assert all(idf > 0 for _, idf in by_count)
    assert all((a[0] < b[0]) == (a[1] > b[1]) for a in by_count for b in by_count if a[0] <= b[0])


def test_a_term_of_no_passage_has_the_highest_idf() -> None:
    index = index_of([["招商"], ["改革"]])
    assert index.idf_of("没有的词") == pytest.approx(math.log(1 + 2.5 / 0.5))
    assert index.idf_of("没有的词") > index.idf_of("招商")


def test_a_word_near_a_passage_counts_less_than_one_in_it() -> None:
    index = Okapi(postings([{"招商": 0.5, "改革": 1.0}, {"招商": 1.0, "改革": 0.5}]), [0, 1])
    best, second = index.search(ask("招商"), 2)
    # Both are as long as the average, so that the length counts nothing: idf * f * (k1 + 1) / (f + k1).
    idf = math.log(1 + 0.5 / 2.5)
    assert (best.passage, second.passage) == (1, 0)
    assert (best.score, second.score) == (pytest.approx(idf * 2.5 / 2.5), pytest.approx(idf * 0.5 * 2.5 / 2.0))


# -- search ----------------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(CORPORA, QUERIES)
def test_a_search_returns_every_score_above_zero_best_first_ties_in_corpus_order(
    texts: list[list[str]], query: list[str]
) -> None:
    index = index_of(texts)
    hits = index.search(ask(*query), len(texts))
    scores = index.get_scores(query)
    assert sorted(ranked(hits)) == np.flatnonzero(scores > 0).tolist()
    assert [hit.score for hit in hits] == pytest.approx([scores[hit.passage] for hit in hits])
    assert [(-hit.score, hit.passage) for hit in hits] == sorted((-hit.score, hit.passage) for hit in hits)


def test_ties_keep_corpus_order() -> None:
    # More than the sixteen up to which a sort that is not stable keeps the order too.
    index = index_of([["招商", "改革"], ["招商"]] * 100)
    assert ranked(index.search(ask("招商"), 200)) == [*range(1, 200, 2), *range(0, 200, 2)]
    assert ranked(index.search(ask("招商"), 50)) == list(range(1, 100, 2))


@pytest.mark.parametrize(("limit", "found"), [(0, []), (1, [2]), (2, [2, 0]), (3, [2, 0, 1]), (9, [2, 0, 1])])
def test_the_limit_cuts_the_worst(limit: int, found: list[int]) -> None:
    index = index_of([["招商", "改革"], ["招商", "改革"], ["招商", "招商"], ["改革"]])
    assert ranked(index.search(ask("招商"), limit)) == found


@pytest.mark.parametrize("query", [ask(), ask("没有的词"), ask([]), ask([("没有的词", 1.0), ("也没有", 1.0)])])
def test_what_matches_nothing_finds_nothing(query: Query) -> None:
    assert index_of([["招商"], ["改革"]]).search(query, 10) == []


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_a_corpus_without_a_term_is_a_corpus(texts: list[list[str]]) -> None:
    index = index_of(texts)
    assert index.search(ask("招商", [("招商", 1.0), ("改革", 1.0)]), 10) == []
    assert (index.frequency("招商"), index.together(["招商"])) == (0, False)
    assert index.idf_of("招商") > 0


def test_one_document_matches_with_a_positive_score() -> None:
    (hit,) = index_of([["招商", "改革"]]).search(ask("招商"), 10)
    assert (hit.passage, hit.score) == (0, pytest.approx(math.log(1 + 0.5 / 1.5)))


def test_only_the_documents_named_are_searched() -> None:
    index = index_of([["招商"], ["招商"], ["招商"], ["改革"]], documents=[0, 0, 1, 1])
    assert ranked(index.search(ask("招商", documents=frozenset({1})), 10)) == [2]
    assert ranked(index.search(ask("招商", documents=frozenset({0, 1})), 10)) == [0, 1, 2]
    assert index.search(ask("招商", documents=frozenset()), 10) == []
    # An index of lists has nothing of a document without lists, be it the last.
    assert ranked(index.search(ask("招商", documents=frozenset({1, 7})), 10)) == [2]
    # Of many stretches, some without a passage: where the next one begins, such a one begins, too.
    sparse = index_of([["招商"]] * 12, documents=[0, 4, 6, 10, 14, 18, 22, 26, 30, 34, 38, 41])
    wanted = frozenset({0, 4, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38})
    assert ranked(sparse.search(ask("招商", documents=wanted), 20)) == [0, 1, 3, 4, 5, 6, 7, 8, 9, 10]


def test_the_documents_named_do_not_change_a_score() -> None:
    index = index_of([["招商"], ["招商", "改革"], ["改革"]])
    everywhere = {hit.passage: hit for hit in index.search(ask("招商"), 10)}
    assert index.search(ask("招商", documents=frozenset({1})), 10) == [everywhere[1]]


# -- groups of alternatives ------------------------------------------------------------------------------------------


def test_of_a_group_the_best_alternative_counts_never_the_sum() -> None:
    index = index_of([["招商", "引资"], ["招商"], ["引资"], ["改革"]])
    group = [("招商", 1.0), ("引资", 0.6)]
    alone = {term: index.get_scores([term]) for term in ("招商", "引资")}
    found = {hit.passage: hit for hit in index.search(ask(group), 10)}
    assert {number: hit.score for number, hit in found.items()} == {
        0: alone["招商"][0],
        1: alone["招商"][1],
        2: pytest.approx(0.6 * alone["引资"][2]),
    }
    assert index.alternatives(ask(group), [0, 1, 2]) == [[0, 0, 1]]


def test_of_each_group_it_is_told_which_alternative_gave_a_score_and_where_none_did() -> None:
    index = index_of([["招商", "公司"], ["改革"], ["项目"]])
    query = ask("招商", [("变革", 1.0), ("改革", 0.5)], "公司")
    a, b, c = (float(index.get_scores([term]).max()) for term in ("招商", "改革", "公司"))
    assert index.search(query, 10) == [Hit(0, pytest.approx(a + c)), Hit(1, pytest.approx(0.5 * b))]
    assert index.alternatives(query, [1, 2, 0]) == [[-1, -1, 0], [1, -1, -1], [-1, -1, 0]]
    assert index.alternatives(ask(), [0]) == []
    assert index.alternatives(query, []) == [[], [], []]


def test_what_gave_the_scores_is_looked_for_only_while_there_is_time(monkeypatch: pytest.MonkeyPatch) -> None:
    index, checks = index_of([["招商", "公司"], ["改革"]]), []
    monkeypatch.setattr(deadline, "check", lambda: checks.append(1))
    index.alternatives(ask("招商", [("变革", 1.0), ("改革", 0.5)], "公司"), [0, 1])
    # At each term: there may be thousands.
    assert len(checks) == 4


WEIGHTED = st.tuples(TERMS, st.sampled_from([0.3, 0.6, 1.0]))
GROUPS = st.lists(st.lists(WEIGHTED, min_size=1, max_size=3), max_size=5)


@settings(deadline=None)
@given(CORPORA, GROUPS)
def test_the_alternative_that_is_told_adds_most_and_all_that_are_add_up_to_the_score(
    texts: list[list[str]], groups: list[list[tuple[str, float]]]
) -> None:
    index = index_of(texts)
    hits = index.search(ask(*groups), len(texts))
    told = index.alternatives(ask(*groups), ranked(hits))
    for at, hit in enumerate(hits):
        total = 0.0
        for of_group, group in zip(told, groups, strict=True):
            by = of_group[at]
            scores = [weight * index.get_scores([term])[hit.passage] for term, weight in group]
            assert by == (scores.index(max(scores)) if any(scores) else -1)
            total += scores[by] if by >= 0 else 0.0
        assert total == pytest.approx(hit.score)


@settings(deadline=None)
@given(CORPORA, GROUPS, st.randoms(use_true_random=False))
def test_the_order_of_the_groups_changes_no_score_and_no_place(
    texts: list[list[str]], groups: list[list[tuple[str, float]]], random: Random
) -> None:
    index = index_of(texts)
    shuffled = random.sample(groups, len(groups))
    found = [(hit.passage, hit.score) for hit in index.search(ask(*groups), len(texts))]
    assert [(hit.passage, hit.score) for hit in index.search(ask(*shuffled), len(texts))] == found


@settings(deadline=None)
@given(CORPORA, GROUPS)
def test_asking_leaves_the_index_as_it_was(texts: list[list[str]], groups: list[list[tuple[str, float]]]) -> None:
    index, query = index_of(texts), ask(*groups)
    first = index.search(query, len(texts))
    index.search(ask("招商", "改革", documents=frozenset({0})), 1)
    index.together(["招商", "改革"])
    assert index.search(query, len(texts)) == first


# -- what cannot be among the best is not added ---------------------------------------------------------------------

# From the most to the least frequent.
MANY = [f"词{number}" for number in range(12)]


def large(seed: int, passages: int = 3000) -> Okapi:
    """Return an index in which the terms of MANY stand in from all of the passages to a few; five passages a document."""
    random = Random(seed)
    texts = [
        [
            term
            for number, term in enumerate(MANY)
            for _ in range(random.choice((0, 1, 1, 2)))
            if random.random() < 0.7**number
        ]
        for _ in range(passages)
    ]
    return index_of(texts, [number // 5 for number in range(passages)])


@pytest.fixture(scope="module", params=[0, 1, 2])
def index_of_many(request: pytest.FixtureRequest) -> Okapi:
    return large(request.param)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from([*MANY, "没有"]), st.sampled_from([0.3, 0.6, 1.0])), min_size=1, max_size=3),
        max_size=7,
    ),
    st.sampled_from([1, 3, 10, 60]),
    st.one_of(
        st.none(),
        st.frozensets(st.integers(0, 650), max_size=6),
        st.frozensets(st.integers(0, 650), min_size=100, max_size=300),
    ),
)
def test_however_little_is_added_hits_scores_and_ties_are_those_of_adding_all(
    index_of_many: Okapi, groups: list[list[tuple[str, float]]], limit: int, documents: frozenset[int] | None
) -> None:
    query = ask(*groups, documents=documents)
    scores = np.zeros(index_of_many.corpus_size)
    for group in sorted(query.groups):
        every = [weight * index_of_many.get_scores([term]) for term, weight in group]
        scores += np.maximum.reduce(every)
    places = np.arange(len(scores))
    if documents is not None:
        scores[~np.isin(places // 5, list(documents))] = 0.0
    # What is multiplied here is not rounded to the grid.
    order = np.lexsort((places, -scores.round(9)))[:limit]
    expected = [int(place) for place in order if scores[place] > 0]
    # Where there are few, nothing else makes a difference.
    for worth, share, few in (*itertools.product((0, 1 << 30), (0, 1 << 30), (0,)), (0, 0, 1 << 30)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(best, "_WORTH_LOOKING_UP", worth)
            patch.setattr(best, "_SHARE", share)
            patch.setattr(best, "_FEW_PASSAGES", few)
            hits = index_of_many.search(query, limit)
        assert ranked(hits) == expected
        assert [hit.score for hit in hits] == pytest.approx(scores[expected].tolist(), rel=0, abs=1e-9)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(MANY), min_size=1, max_size=7), st.integers(1, 60))
def test_a_score_is_the_same_to_the_last_bit_however_many_are_wanted(
    index_of_many: Okapi, words: list[str], limit: int
) -> None:
    every = index_of_many.search(ask(*words), 3000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(best, "_WORTH_LOOKING_UP", 0)
        patch.setattr(best, "_FEW_PASSAGES", 0)
        assert index_of_many.search(ask(*words), limit) == every[:limit]


def test_a_frequent_term_is_looked_up_only_for_what_rarer_ones_found() -> None:
    index = large(0)
    looked_up: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(best, "_WORTH_LOOKING_UP", 0)
        patch.setattr(best, "_FEW_PASSAGES", 0)
        whole = best.found
        patch.setattr(best, "found", lambda passages, wanted: looked_up.append(len(wanted)) or whole(passages, wanted))
        assert len(index.search(ask(MANY[0], MANY[7], MANY[8]), 3)) == 3
    assert 0 < sum(looked_up) < index.frequency(MANY[0]) / 2


# -- what else is asked of an index ----------------------------------------------------------------------------------


def test_the_frequency_counts_passages_not_occurrences() -> None:
    index = index_of([["招商", "招商"], ["招商"], ["改革"]])
    assert {term: index.frequency(term) for term in ("招商", "改革", "没有的词")} == {
        "招商": 2,
        "改革": 1,
        "没有的词": 0,
    }


@pytest.mark.parametrize(
    ("terms", "together"),
    [
        (["招商", "改革"], True),
        (["改革", "招商", "招商"], True),
        (["招商", "项目"], False),  # never in one passage
        (["招商", "没有的词"], False),
        (["招商"], True),
        ([], False),
    ],
)
def test_terms_are_together_where_one_passage_holds_them_all(terms: list[str], together: bool) -> None:
    assert index_of([["招商", "改革"], ["改革", "项目"]]).together(terms) is together


def test_searches_at_one_time_have_a_room_each_and_every_room_is_zeros() -> None:
    index = index_of([["招商", "改革"], ["改革"], ["开发区"]])
    first, second = index._room(), index._room()
    assert first is not second
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(best, "_FEW_PASSAGES", 0)
        patch.setattr(best, "_SHARE", 0)
        assert ranked(index.search(ask("改革", "招商"), 5)) == [0, 1]
    assert index._room().tolist() == [0.0] * 3
