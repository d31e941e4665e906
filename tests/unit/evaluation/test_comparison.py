"""Comparisons: each question is paired with itself, and counted where it moved."""

from datetime import UTC, datetime

import pytest

from service.answering.answer import Status
from service.evaluation.comparison import Change, Comparison, Figure, Measure, Moved, compare
from service.evaluation.run import JudgedSet, Outcome, Run


def run(*outcomes: Outcome, name: str = "甲.jsonl", corpus: str = "同") -> Run:
    return Run(datetime(2026, 11, 21, tzinfo=UTC), corpus, {name: JudgedSet({}, outcomes)})


def asked(
    rank: int, quoted: float = 0.0, status: Status = "answered", case: str = "1", question: str = "问"
) -> Outcome:
    return Outcome(case, question, "how", rank, quoted, status)


def none(status: Status) -> Outcome:
    return Outcome("1", "问", "unanswerable", None, None, status)


@pytest.mark.parametrize(
    ("then", "now", "gained", "lost"),
    [
        (asked(1), asked(1), set(), set()),
        (asked(2), asked(1), {"hit@1"}, set()),
        (asked(1), asked(3), set(), {"hit@1"}),
        (asked(3), asked(4), set(), {"hit@3"}),
        (asked(0), asked(3), {"hit@3"}, set()),  # 0 is none of ten, not the best
        (asked(0), asked(9), set(), set()),
        (asked(1, 0.5), asked(2, 1.0), {"quoted"}, {"hit@1"}),
        (asked(1, 1.0), asked(1, 0.5), set(), {"quoted"}),
        (asked(0, status="not_found"), asked(5), {"answered"}, set()),
        (asked(1, 1.0), asked(0, status="not_found"), set(), {"hit@1", "hit@3", "quoted", "answered"}),
        (none("answered"), none("not_found"), {"abstained"}, set()),
        (none("not_found"), none("answered"), set(), {"abstained"}),
        (none("answered"), none("answered"), set(), set()),
    ],
)
def test_a_question_is_counted_by_each_measure_it_moved_in(
    then: Outcome, now: Outcome, gained: set[Measure], lost: set[Measure]
) -> None:
    (compared,) = compare(run(then), run(now)).sets
    change = (Change(then, now),)
    measures: tuple[Measure, ...] = ("hit@1", "hit@3", "quoted", "answered") if now.rank is not None else ("abstained",)
    assert compared.moved == tuple(
        Moved(measure, change if measure in gained else (), change if measure in lost else ()) for measure in measures
    )


def test_what_moved_is_in_the_order_of_the_set() -> None:
    then = [asked(1 if case in "24" else 2, case=case) for case in "54321"]
    now = [asked(2 if case in "24" else 1, case=case) for case in "12345"]
    (compared,) = compare(run(*then), run(*now)).sets
    first = compared.moved[0]
    assert first.measure == "hit@1"
    assert [change.now.id for change in first.gained] == ["1", "3", "5"]
    assert [change.now.id for change in first.lost] == ["2", "4"]


def test_a_question_in_only_one_run_is_named_and_not_counted() -> None:
    kept, reworded, gone = asked(1), asked(1, case="2", question="旧问法"), asked(1, case="3")
    another, fresh = asked(0, case="2", question="新问法"), asked(1, case="4")
    (compared,) = compare(run(kept, reworded, gone), run(fresh, another, kept)).sets
    assert (compared.both, compared.only_then, compared.only_now) == (1, (reworded, gone), (fresh, another))
    assert [(moved.gained, moved.lost) for moved in compared.moved] == [((), ())] * 4


def test_a_question_that_was_given_evidence_is_another_one() -> None:
    then, now = none("not_found"), asked(1)
    (compared,) = compare(run(then), run(now)).sets
    assert (compared.both, compared.only_then, compared.only_now, compared.moved) == (0, (then,), (now,), ())


def test_a_figure_that_one_run_has_not_is_none_there() -> None:
    time = datetime(2026, 11, 21, tzinfo=UTC)
    then = Run(time, "同", {"甲": JudgedSet({"all": {"n": 2, "hit@1": 0.5}, "how": {"n": 2}}, ())})
    now = Run(time, "同", {"甲": JudgedSet({"all": {"n": 3, "quoted": 1.0}, "list": {"n": 3}}, ())})
    (compared,) = compare(then, now).sets
    assert compared.figures == {
        "all": (Figure("n", 2, 3), Figure("quoted", None, 1.0), Figure("hit@1", 0.5, None)),
        "list": (Figure("n", None, 3),),
        "how": (Figure("n", 2, None),),
    }


def test_a_set_in_only_one_run_is_named_and_not_compared() -> None:
    then, now = run(asked(1), name="旧.jsonl"), run(asked(1), name="新.jsonl")
    assert compare(then, now) == Comparison(then, now, (), ("旧.jsonl",), ("新.jsonl",))
