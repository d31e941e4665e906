"""Lines without labels: which of their sentences are heads that run parallel."""

import pytest

from service.passages.parallels import parallels


def heads(text: str) -> list[str]:
    return [text[head.start : head.end] for head in parallels(text, 0, len(text))]


def test_two_heads_alike_at_both_ends_are_enough_and_so_are_two_ends_of_sentences() -> None:
    text = "抓好修路工作。抓好冬季养路工作。各村要提前备好沙石并把路段落实到人"
    assert heads(text) == ["抓好修路工作。", "抓好冬季养路工作。"]
    assert heads(text.replace("抓好冬季", "做好冬季")) == []


@pytest.mark.parametrize("before", [("", "", ""), ("东山镇，", "西山镇，", "南山镇，")])
def test_a_clause_that_begins_as_its_siblings_do_is_no_longer_than_a_line(before: tuple[str, str, str]) -> None:
    def text(length: int) -> str:
        return "".join(f"{place}还有些{'路' * (length - 4)}。" for place in before)

    assert heads(text(7)) == [f"{place}还有些路路路。" for place in before]
    assert len(heads(text(40))) == 3
    assert heads(text(6)) == heads(text(41)) == []
