"""Two runs in, what the later one gained and lost out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from service.evaluation.run import JudgedSet, Outcome, Run

Measure = Literal["hit@1", "hit@3", "quoted", "answered", "abstained"]

# What is better when it is more. The corpus answers the questions that the first are measured of, and not those of the last.
_ANSWERABLE: Mapping[Measure, Callable[[Outcome], float]] = {
    "hit@1": lambda outcome: outcome.rank == 1,
    "hit@3": lambda outcome: outcome.rank in (1, 2, 3),
    "quoted": lambda outcome: outcome.quoted or 0.0,
    "answered": lambda outcome: outcome.status == "answered",
}
_UNANSWERABLE: Mapping[Measure, Callable[[Outcome], float]] = {
    "abstained": lambda outcome: outcome.status == "not_found",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A question that is in both runs, then and now."""

    then: Outcome
    now: Outcome


@dataclass(frozen=True, slots=True)
class Moved:
    """The questions that do better and worse by a measure, in the set's order."""

    measure: Measure
    gained: tuple[Change, ...]
    lost: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a group of questions in both runs; None in a run that has it not."""

    name: str
    then: float | None
    now: float | None


@dataclass(frozen=True, slots=True)
class ComparedSet:
    """A set in both runs: its figures by group, the questions that moved, how many are in both, those in only one.

    A figure is of all questions of its run, also of those that only that run has.
    """

    name: str
    figures: Mapping[str, tuple[Figure, ...]]
    moved: tuple[Moved, ...]
    both: int
    only_then: tuple[Outcome, ...]
    only_now: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs, the sets that are in both, and the names of those that are in one of them."""

    then: Run
    now: Run
    sets: tuple[ComparedSet, ...]
    only_then: tuple[str, ...]
    only_now: tuple[str, ...]


def compare(then: Run, now: Run) -> Comparison:
    """Return what changed from one run to another, in the order of the later one."""
    return Comparison(
        then,
        now,
        tuple(_compared(name, then.sets[name], judged) for name, judged in now.sets.items() if name in then.sets),
        tuple(name for name in then.sets if name not in now.sets),
        tuple(name for name in now.sets if name not in then.sets),
    )


def _compared(name: str, then: JudgedSet, now: JudgedSet) -> ComparedSet:
    before = {_identity(outcome): outcome for outcome in then.outcomes}
    after = {_identity(outcome): outcome for outcome in now.outcomes}
    changes = [Change(before[identity], outcome) for identity, outcome in after.items() if identity in before]
    answerable = [change for change in changes if change.now.rank is not None]
    unanswerable = [change for change in changes if change.now.rank is None]
    return ComparedSet(
        name,
        _figures(then, now),
        (*_moved(answerable, _ANSWERABLE), *_moved(unanswerable, _UNANSWERABLE)),
        len(changes),
        tuple(outcome for identity, outcome in before.items() if identity not in after),
        tuple(outcome for identity, outcome in after.items() if identity not in before),
    )


def _identity(outcome: Outcome) -> tuple[str, str, bool]:
    """Return what makes it the same question: reworded, or with evidence where it had none, it is another one."""
    return outcome.id, outcome.question, outcome.rank is None


def _figures(then: JudgedSet, now: JudgedSet) -> dict[str, tuple[Figure, ...]]:
    compared = {}
    for group in dict.fromkeys((*now.figures, *then.figures)):
        before, after = then.figures.get(group, {}), now.figures.get(group, {})
        names = dict.fromkeys((*after, *before))
        compared[group] = tuple(Figure(name, before.get(name), after.get(name)) for name in names)
    return compared


def _moved(changes: Sequence[Change], measures: Mapping[Measure, Callable[[Outcome], float]]) -> list[Moved]:
    """Return what moved by each measure; nothing where there are no questions that could have."""
    if not changes:
        return []
    return [
        Moved(
            measure,
            tuple(change for change in changes if worth(change.now) > worth(change.then)),
            tuple(change for change in changes if worth(change.now) < worth(change.then)),
        )
        for measure, worth in measures.items()
    ]
