"""Two rankings of the same question in, what is different out."""

from collections.abc import Sequence

# A passage's number and its score.
Ranking = Sequence[tuple[int, float]]
TOLERANCE = 1e-9


def difference(ours: Ranking, theirs: Ranking, limit: int) -> str | None:
    """Return what is wrong with our best passages, or None.

    ``theirs`` is longer than ``limit``, so that it has all that tie with its last. Scores must be equal to 1e-9, and of equal
    scores the lower passage number must come first. Sums of floats depend on their order, so what differs by less in
    their ranking may stand in either order in ours.
    """
    if len(ours) != min(limit, len(theirs)):
        return f"{len(ours)} passages instead of {min(limit, len(theirs))}"
    scores = dict(theirs)
    for passage, score in ours:
        if passage not in scores:
            return f"passage {passage} is none of the best"
        if abs(score - scores[passage]) > TOLERANCE:
            return f"passage {passage} has {score!r} instead of {scores[passage]!r}"
    if list(ours) != sorted(ours, key=lambda hit: (-hit[1], hit[0])):
        return "not by score and then by passage number"
    chosen = {passage for passage, _ in ours}
    last, least = ours[-1] if ours else (0, 0.0)
    for passage, score in theirs:
        if passage not in chosen and score > least + TOLERANCE:
            return f"passage {passage} with {score!r} is left out"
        if passage not in chosen and passage < last and score == scores[last]:
            return f"passage {passage} is left out for {last}, which has the same score"
    return None


def shared(ours: Ranking, theirs: Ranking) -> float:
    """Return which share of our passages the other ranking has, too; 1.0 where there are none."""
    here, there = ({passage for passage, _ in ranking} for ranking in (ours, theirs))
    return len(here & there) / len(here) if here else 1.0
