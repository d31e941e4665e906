"""The kind of a document, by its title or by what it calls itself."""

import pytest

from service.corpus.kinds import kind


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2025年河北省政府工作报告", "工作报告"),
        ("数字经济发展情况的报告", "报告"),
        ("关于印发招商引资奖励办法的通知", "通知"),
        ("关于印发《招商引资方案》的通知（某政办发〔2023〕1号）", "通知"),
        ("招商引资奖励办法（试行）", "办法"),
        ("智慧养老产业行动计划（2021—2025年）", "计划"),
        ("发展规划纲要", "纲要"),
        ("第十次会议关于政府工作报告的决议", "决议"),
        ("中华人民共和国国歌法", "法律"),
        ("某某倡议书", "倡议"),
        ("先进做法", None),
        ("推进会材料", None),
        ("", None),
    ],
)
def test_a_title_says_the_kind(title: str, expected: str | None) -> None:
    assert kind(title, []) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("为了发展，结合我市实际，制定本行动计划。", "计划"),
        ("现就加快发展提出如下意见。", "意见"),
        ("本规定由县财政局负责解释。", "规定"),
        ("第四条 本办法所称企业，是指注册的企业。", "办法"),
        # of another
        ("根据奖励办法，制定年度安排。", None),
        ("各地要制定方案。", None),
    ],
)
def test_a_text_says_what_it_is_itself(line: str, expected: str | None) -> None:
    assert kind("材料", ["一、总体要求", line]) == expected
