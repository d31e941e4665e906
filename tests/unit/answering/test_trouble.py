"""Whether a question asks, or a text tells, what is wrong."""

import pytest

from service.answering.trouble import asks_remedy, asks_trouble, tells_trouble


@pytest.mark.parametrize(
    ("question", "trouble", "remedy"),
    [
        ("水利工作有哪些短板", True, False),
        ("存在什么问题", True, False),
        ("针对这些问题怎么解决", False, True),  # asks what is done about it
        ("下一步有什么打算", False, True),
        ("修了多少条路", False, False),
    ],
)
def test_what_is_wrong_is_told_from_what_is_done_about_it(question: str, trouble: bool, remedy: bool) -> None:
    assert (asks_trouble(question), asks_remedy(question)) == (trouble, remedy)


@pytest.mark.parametrize(
    ("text", "tells"), [("一是巡查次数偏少。", True), ("灌溉能力偏弱", True), ("二是招商成效明显。", False)]
)
def test_a_text_tells_what_is_wrong_by_its_words(text: str, tells: bool) -> None:
    assert tells_trouble(text) is tells
