"""What the index benchmark prints."""

from tests.bench.hosting import Built, Memory
from tests.bench.tables import Measured, asking_lines, building_lines, checking_lines

OURS = [[(1, 2.0), (2, 1.0)]]


def measured(name: str, times: list[float], answers: list[list[tuple[int, float]]], disk: float | None) -> Measured:
    opened = None if disk is None else 0.01
    return Measured(name, Built(61.5, 2048.0, disk), opened, Memory(1300.0, 1200.0), [answers] * 2, [times, times])


ENGINES = (
    measured("ours", [0.05] * 100, OURS, None),
    # The longest of a hundred is beyond the 99th percentile's place; half of its answers are ours.
    measured("tantivy", [*[0.1] * 94, *[2.0] * 5, 400.0], [[(1, 9.0), (3, 1.0)]], 1100.0),
)
TAIL = ["/tantivy", "/rank_bm25", "calls", "alike"]


def test_what_engines_take_is_a_line_each_of_what_they_have() -> None:
    assert list(building_lines(ENGINES)) == [
        "                   build      peak      disk      open   private  resident",
        "                       s        MB        MB         s        MB        MB",
        "ours               61.50     2,048         -         -     1,200     1,300",
        "tantivy            61.50     2,048   1,100.0    0.0100     1,200     1,300",
    ]


def test_times_are_set_against_the_engines_that_were_asked() -> None:
    assert [line.split() for line in asking_lines(ENGINES, 1)] == [
        [*["with", "two", "function", "words"], *["p50", "ms", "p95", "ms", "p99", "ms"], *TAIL],
        ["ours", "0.0500", "0.0500", "0.0500", "0.5000", "-", "100", "100.0%"],
        ["tantivy", "0.1000", "2", "400", "1", "-", "100", "50.0%"],
    ]
    assert max(map(len, asking_lines(ENGINES, 1))) <= 100


def test_differences_from_rank_bm25_are_counted_and_the_first_ones_said() -> None:
    # Of two questions only one was asked of both.
    assert list(checking_lines([*OURS, OURS[0]], OURS, 10)) == [
        "the first 10 and their scores are rank_bm25's (1e-9) in all 1 questions compared"
    ]
    assert list(checking_lines(OURS * 7, [[(1, 2.0)]] * 7, 10)) == [
        "NOT rank_bm25's first 10 and their scores: 7 of 7 questions",
        *(f"question {number}: 2 passages instead of 1" for number in range(5)),
    ]
