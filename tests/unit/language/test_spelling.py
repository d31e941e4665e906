"""How much two writings sound alike, and when one is the other mistyped."""

import pytest

from service.language.spelling import blurs, is_mistyped


@pytest.mark.parametrize(
    ("typed", "meant", "count"),
    [
        ("招上", "招商", 0),
        ("营山", "营商", 1),
        ("增涨", "增长", 0),  # any reading will do
        ("招引", "招商", None),
    ],
)
def test_blurs_are_counted(typed: str, meant: str, count: int | None) -> None:
    assert blurs(typed, meant) == count


@pytest.mark.parametrize(
    ("typed", "meant", "count", "word", "words_typed", "likely"),
    [
        ("政测", "政策", 2, True, False, True),
        ("政测", "政策", 1, True, False, False),  # two characters once may be chance
        ("政测", "政策", 9, False, False, False),
        ("正测", "政策", 9, True, False, False),  # nothing in common
        ("总书纪", "总书记", 1, True, False, True),
        ("县党部", "县档部", 2, False, False, False),
        ("招商银子", "招商引资", 1, False, True, True),
        ("招商引字", "招商引子", 1, False, False, True),
        ("办理时限", "办理事项", 9, False, True, False),  # an input method hears well
        ("昭上银子", "招商引资", 2, False, False, False),
        ("昭上银子", "招商引资", 3, False, False, True),
    ],
)
def test_the_shorter_the_more_in_common(
    typed: str, meant: str, count: int, word: bool, words_typed: bool, likely: bool
) -> None:
    assert is_mistyped(typed, meant, count=count, word=word, words_typed=words_typed) is likely
