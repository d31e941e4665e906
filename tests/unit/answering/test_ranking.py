"""How much of a question a passage holds, by what gave it its score."""

import pytest

from service.answering.question import Word
from service.answering.ranking import matched_shares
from service.index.protocol import Weighted

# 产业园区 with two pieces, then 招商.
WORDS = [
    Word("产业园区", (Weighted("产业园区", 1.0), Weighted("产业", 0.6), Weighted("园区", 0.3))),
    Word("招商", (Weighted("招商", 1.0),)),
]


@pytest.mark.parametrize(
    ("own", "first", "second", "matched"),
    [
        (0, -1, -1, 1.0),  # the word itself, whatever is known of its pieces
        (2, -1, -1, 0.7),  # a synonym
        (-1, 0, -1, 0.8 * 0.6 / 0.9),  # pieces, by what they weigh
        (-1, 0, 0, 0.8),
        (1, 0, 0, 0.8),  # both: the better one
        (1, -1, 0, 0.7),
        (-1, -1, -1, 0.0),
    ],
)
def test_a_word_counts_by_its_term_its_synonyms_or_its_pieces(
    own: int, first: int, second: int, matched: float
) -> None:
    # Beside another passage, which has nothing, and another word, which only that passage has.
    shares = matched_shares([[own, -1], [first, -1], [second, -1], [-1, 0]], WORDS)
    assert shares == [[pytest.approx(matched), 0.0], [0.0, 1.0]]
