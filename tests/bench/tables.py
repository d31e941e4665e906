"""What was measured of each engine in, lines of tables out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from tests.bench.hosting import Built, Memory
from tests.bench.rankings import Ranking, difference, shared

MIXES = ("content words", "with two function words")
_NAME = 14
# The columns of asking_lines.
_WIDTHS = (10, 10, 10, 10, 11, 9, 9)


@dataclass
class Measured:
    """One engine at one size; ``answers`` and ``times`` (ms) are by mix, in the order of the questions."""

    name: str
    built: Built
    opened: float | None
    serving: Memory
    answers: list[list[Ranking]]
    times: list[list[float]] = field(default_factory=lambda: [[] for _ in MIXES])


def percentiles(times: Sequence[float]) -> tuple[float, float, float]:
    """Return p50, p95 and p99."""
    ordered = sorted(times)
    p50, p95, p99 = (ordered[int(len(ordered) * share)] for share in (0.5, 0.95, 0.99))
    return p50, p95, p99


def building_lines(engines: Sequence[Measured]) -> Iterator[str]:
    """Yield what each engine takes beside time to answer; memory is what its process has beyond its start."""
    yield f"{'':{_NAME}}{'build':>10}{'peak':>10}{'disk':>10}{'open':>10}{'private':>10}{'resident':>10}"
    yield f"{'':{_NAME}}{'s':>10}{'MB':>10}{'MB':>10}{'s':>10}{'MB':>10}{'MB':>10}"
    for engine in engines:
        seconds, peak, disk = engine.built
        figures = (
            f"{seconds:.2f}",
            f"{peak:,.0f}",
            "-" if disk is None else f"{disk:,.1f}",
            "-" if engine.opened is None else f"{engine.opened:.4f}",
            f"{engine.serving.private:,.0f}",
            f"{engine.serving.resident:,.0f}",
        )
        yield f"{engine.name:{_NAME}}" + "".join(f"{figure:>10}" for figure in figures)


def asking_lines(engines: Sequence[Measured], mix: int) -> Iterator[str]:
    """Yield how long questions of a mix take, that as a multiple of two engines' median, and how much of the first
    engine's answers each has, too."""
    medians = {engine.name: percentiles(engine.times[mix])[0] for engine in engines}
    beside = ("tantivy", "rank_bm25")
    heads = ("p50 ms", "p95 ms", "p99 ms", *(f"/{name}" for name in beside), "calls", "alike")
    yield _row(MIXES[mix], heads)
    for engine in engines:
        ratios = [_number(medians[engine.name] / medians[name]) if name in medians else "-" for name in beside]
        alike = fmean(map(shared, engines[0].answers[mix], engine.answers[mix]))
        figures = (
            *map(_number, percentiles(engine.times[mix])),
            *ratios,
            f"{len(engine.times[mix]):,}",
            f"{alike:.1%}",
        )
        yield _row(engine.name, figures)


def _row(name: str, columns: Sequence[str]) -> str:
    cells = (f"{column:>{width}}" for column, width in zip(columns, _WIDTHS, strict=True))
    return f"{name:{_NAME + 12}}" + "".join(cells)


def checking_lines(ours: Sequence[Ranking], theirs: Sequence[Ranking], limit: int) -> Iterator[str]:
    """Yield whether our answers are rank_bm25's, and where they are not, the first five differences."""
    found = [(number, difference(*pair, limit)) for number, pair in enumerate(zip(ours, theirs, strict=False))]
    wrong = [f"question {number}: {what}" for number, what in found if what]
    if wrong:
        yield f"NOT rank_bm25's first {limit} and their scores: {len(wrong)} of {len(found)} questions"
        yield from wrong[:5]
    else:
        yield f"the first {limit} and their scores are rank_bm25's (1e-9) in all {len(found)} questions compared"


def _number(value: float) -> str:
    """Return a number with three digits that count."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}" if value >= 1 else f"{value:.4f}"
