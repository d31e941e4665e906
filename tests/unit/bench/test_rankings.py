"""When one ranking is another one's."""

import pytest

from tests.bench.rankings import Ranking, difference, shared

THEIRS = [(4, 3.0), (1, 2.0), (7, 2.0), (9, 2.0), (3, 1.0)]
# Less than what sums of floats in another order differ by.
HAIR = 1e-12


@pytest.mark.parametrize(
    "ours",
    [
        [(4, 3.0), (1, 2.0), (7, 2.0)],
        [(4, 3.0 + HAIR), (1, 2.0 - HAIR), (7, 2.0 - HAIR)],
    ],
)
def test_the_best_with_their_scores_in_order_are_the_same(ours: Ranking) -> None:
    assert difference(ours, THEIRS, 3) is None


@pytest.mark.parametrize(
    ("ours", "said"),
    [
        ([(4, 3.0), (1, 2.0)], "2 passages instead of 3"),
        ([(4, 3.0), (1, 2.0), (8, 2.0)], "passage 8 is none of the best"),
        ([(4, 3.0), (1, 2.0), (7, 2.0 + 1e-8)], "passage 7 has 2.00000001 instead of 2.0"),
        ([(1, 2.0), (4, 3.0), (7, 2.0)], "not by score and then by passage number"),
        ([(4, 3.0), (7, 2.0), (1, 2.0)], "not by score and then by passage number"),
        ([(1, 2.0), (7, 2.0), (9, 2.0)], "passage 4 with 3.0 is left out"),
        ([(4, 3.0), (1, 2.0), (9, 2.0)], "passage 7 is left out for 9, which has the same score"),
    ],
)
def test_what_is_different_is_said(ours: Ranking, said: str) -> None:
    assert difference(ours, THEIRS, 3) == said


def test_passages_that_differ_by_less_than_the_tolerance_may_stand_in_either_order() -> None:
    theirs = [(2, 1.0 + HAIR), (1, 1.0)]
    assert difference([(1, 1.0)], theirs, 1) is None
    assert difference([(1, 1.0 + HAIR), (2, 1.0)], theirs, 2) is None


def test_fewer_than_wanted_are_right_where_no_more_match() -> None:
    assert difference([(4, 3.0)], [(4, 3.0)], 10) is None
    assert difference([], [], 10) is None
    assert difference([(4, 3.0)], [], 10) == "1 passages instead of 0"


def test_what_is_shared_is_a_share_of_ours() -> None:
    assert shared([(1, 2.0), (2, 1.0)], [(2, 5.0), (3, 4.0), (4, 1.0)]) == 0.5
    assert shared([], [(1, 1.0)]) == 1.0
