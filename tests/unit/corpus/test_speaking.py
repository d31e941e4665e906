"""By-lines tell when, where and by whom a report or speech was given; sentences tell of others."""

import pytest

from service.corpus.speaking import Given, given

MEETING = "河北省第十四届人民代表大会第三次会议"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["——2025年1月13日在" + MEETING + "上", "省长 王某"], Given("2025-01-13", MEETING, "王某")),
        (["（2025年1月13日在" + MEETING + "上）", "河北省人民政府省长　王 某"], Given("2025-01-13", MEETING, "王某")),
        (
            ["――二〇二五年一月十三日在" + MEETING + "上", "自治区主席 某某·某某"],
            Given("2025-01-13", MEETING, "某某·某某"),
        ),
        # role and name apart, or the name alone below the occasion
        (["——2025年1月13日在" + MEETING + "上", "国务院总理", "李某"], Given("2025-01-13", MEETING, "李某")),
        (["——2025年1月13日在" + MEETING + "上", "毛某某"], Given("2025-01-13", MEETING, "毛某某")),
        # broken over two lines
        (
            ["——2025年1月13日在河北省第十四届", "人民代表大会第三次会议上", "省长 王某"],
            Given("2025-01-13", MEETING, "王某"),
        ),
        # all in one line, a sentence or not
        (
            ["2025年1月13日在" + MEETING + "上河北省人民政府省长王正某作政府工作报告。"],
            Given("2025-01-13", MEETING, "王正某"),
        ),
        (["2025年1月13日在" + MEETING + "上 河北省省长 王某"], Given("2025-01-13", MEETING, "王某")),
        (
            ["----2025年1月13日王正市长在某市第七届人民代表大会第三次会议的报告"],
            Given("2025-01-13", "某市第七届人民代表大会第三次会议", "王正"),
        ),
        # passed by a meeting
        (
            ["（2021年3月11日某市第七届人民代表大会第四次会议通过）"],
            Given("2021-03-11", "某市第七届人民代表大会第四次会议", None),
        ),
        # sentences of others, and what tells nothing
        (["2018年10月9日，首届云计算大会在济南召开。部巡视员出席会议。"], Given()),
        (["会议定于2025年1月13日在县礼堂举行。"], Given()),
        (["2025年1月13日"], Given()),
        ([], Given()),
    ],
)
def test_by_lines_tell_date_occasion_and_speaker(words: list[str], expected: Given) -> None:
    assert given(["政府工作报告", *words], "政府工作报告") == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("在全县招商引资大会上的讲话", Given(None, "全县招商引资大会", None)),
        ("张三同志在县委学习会上的讲话", Given(None, "县委学习会", "张三")),
        ("县委书记张三同志在县委学习会上的讲话（摘要）", Given(None, "县委学习会", "张三")),
        ("县委书记在推进会上的讲话", Given(None, "推进会", None)),
        ("关于在全县推进会上通报情况的通知", Given()),
    ],
)
def test_the_title_of_a_speech_tells_what_the_by_lines_do_not(title: str, expected: Given) -> None:
    assert given([title, "同志们："], title) == expected


@pytest.mark.parametrize("line", ["市长热线办理", "县委书记抓基层", "主任会议"])
def test_words_behind_a_role_are_no_name(line: str) -> None:
    assert given(["工作报告", line], "工作报告") == Given()


def test_who_signed_an_order_is_no_speaker() -> None:
    assert given(["某某条例", "总理 李某某", "2019年10月22日"], "某某条例") == Given()
