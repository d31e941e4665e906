"""Runs of characters are found by the classes of their characters."""

from hypothesis import given, settings
from hypothesis import strategies as st

from service.index.runs import Runs, codes

# The pairs (1, 253) and (2, 2) are kept under one number.
NUMBERS = {"a": 1, "A": 1, "b": 2, "c": 252, "d": 253, "e": 65_534}
TEXTS = st.text(st.sampled_from("aAbcde-"), max_size=30)


@settings(deadline=None)
@given(TEXTS, st.lists(st.sampled_from([0, 1, 2, 3, 252, 253, 65_534, 65_535]), min_size=2, max_size=4))
def test_a_run_is_found_wherever_its_classes_stand(text: str, run: list[int]) -> None:
    classes = [NUMBERS.get(character, 0) for character in text]
    expected = [at for at in range(len(text) - len(run) + 1) if classes[at : at + len(run)] == run]
    assert Runs.of(codes(text), NUMBERS).places(run).tolist() == expected


def test_places_are_in_order_and_runs_may_overlap() -> None:
    assert Runs.of(codes("aAaba"), NUMBERS).places([1, 1]).tolist() == [0, 1]


def test_characters_beyond_two_bytes_and_halves_of_them_are_characters() -> None:
    assert Runs.of(codes("\ud800𠮷a𠮷a"), NUMBERS | {"𠮷": 5}).places([5, 1]).tolist() == [1, 3]
