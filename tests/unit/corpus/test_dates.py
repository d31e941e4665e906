"""Which of the days in a document are its own: the one shown, and those from when and until when it is in force."""

import pytest

from service.corpus.dates import Dates, dates
from service.corpus.signing import signature
from service.corpus.speaking import given

BODY = ["一、总体要求", "要抓好落实。"]


def of(words: list[str], page: tuple[str, ...] = (), title: str = "材料", name: str = "a1") -> Dates:
    return dates(words, page, signature(words), given(words, title), title, name)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # signed, given, decided, alone below the title
        (["通知", "请落实。", "县财政局", "2023年2月4日"], "2023-02-04"),
        (["报告", "——2025年1月13日在某县第七届人民代表大会上", *BODY], "2025-01-13"),
        (["条例", "2012年5月16日 某市人大常委会通过", "2013年6月4日 某市人大常委会修正", *BODY], "2013-06-04"),
        (["条例", "（2012年5月16日通过，根据2013年6月4日《关于修改的决定》修正）", *BODY], "2013-06-04"),
        (["报告", "2023年2月14日", *BODY], "2023-02-14"),
        (["报告", "2023年2月", *BODY], "2023-02"),
        (["报告", "（2015年12月）", *BODY], "2015-12"),
        # a signature goes before a by-line's day, a day before a month
        (["报告", "2023年2月", "2023年2月14日", *BODY], "2023-02-14"),
        # what a page knows of a document: number, day in force, day of lapsing
        (["某政发〔2021〕7号", "2021年4月16日", "2023年6月1日", "县政府", *BODY], None),
        # a cell of a table
        (["项目清单", "序号", "项目名称", "开工时间", "1", "产业园", "2023年2月4日", *BODY], None),
        # from when it is in force, sentences, headings, dates far down
        (["条例", "2012年8月1日 施行", *BODY], None),
        (["2018年12月28日，论坛在北京举行。"], None),
        (["一、2023年2月14日会议", "正文。"], None),
        ([], None),
    ],
)
def test_the_day_shown_is_the_documents_own(words: list[str], expected: str | None) -> None:
    assert of(words).date == expected


def test_minutes_are_of_the_day_of_the_meeting_and_a_notice_is_not() -> None:
    fields = ["时间：2023年2月14日上午", "地点：三楼会议室"]
    assert of(["县长办公会议纪要", *fields, *BODY], title="县长办公会议纪要").date == "2023-02-14"
    assert of(["关于开会的通知", *fields, *BODY], title="关于开会的通知").date is None


@pytest.mark.parametrize(
    ("page", "name", "title", "expected"),
    [
        (("时间：2026-02-02",), "a1", "材料", "2026-02-02"),
        (("来源：某日报", "2026-02-03 09:02:33"), "a1", "材料", "2026-02-03"),
        (("【一图读懂】通知 2021-04-21",), "a1", "材料", None),
        # behind where it had the text from, labelled or not
        (("来源：县水利局 发布时间：2021-12-05 10:20 打印",), "a1", "材料", "2021-12-05"),
        (("信息来源：县水利局发布日期：2021年12月5日",), "a1", "材料", "2021-12-05"),
        (("【来源：县水利局】【时间：2021-12-05】",), "a1", "材料", "2021-12-05"),
        (("来源：县水利局 | 2021-12-05 10:20 | 打印",), "a1", "材料", "2021-12-05"),
        # not when it was changed, nor a day in a name
        (("来源：县水利局 更新时间：2021-12-06 发布时间：2021-12-05",), "a1", "材料", "2021-12-05"),
        (("来源：县水利局 更新时间：2021-12-06",), "a1", "材料", None),
        (("来源：县水利局2021年12月5日会议",), "a1", "材料", None),
        ((), "20231023", "材料", "2023-10-23"),
        ((), "20231023 会议纪要", "材料", "2023-10-23"),
        ((), "会议纪要2023年10月23日", "材料", "2023-10-23"),
        ((), "总结-20190301", "材料", None),
        ((), "2023年总结", "材料", None),
        ((), "a1", "1987年中华人民共和国国务院政府工作报告", "1987"),
        ((), "a1", "2025年湖南省政府工作报告", "2025"),
        # a county may give it before the year begins
        ((), "a1", "2025年平江县政府工作报告", None),
        ((), "a1", "2025年招商引资工作要点", None),
    ],
)
def test_where_the_text_does_not_tell_the_page_the_name_and_the_title_may(
    page: tuple[str, ...], name: str, title: str, expected: str | None
) -> None:
    assert of(BODY, page, title, name).date == expected


@pytest.mark.parametrize(
    ("words", "effective", "expires"),
    [
        (["第九条 本办法自2023年9月8日起施行，有效期至2026年9月7日。"], "2023-09-08", "2026-09-07"),
        (["本措施自2024年1月1日起实施，有效期至2026年12月31日。"], "2024-01-01", "2026-12-31"),
        (["条例", "2012年6月4日 国务院令第620号公布", "2012年8月1日 施行", "正文。"], "2012-08-01", None),
        (["本通知自印发之日起施行。", "县财政局", "2023年2月4日"], "2023-02-04", None),
        # a day that is not told is not reckoned
        (["本办法自印发之日起施行，有效期3年。"], None, None),
        # of another
        (["旧办法自2021年1月1日起施行。"], None, None),
        (["标准从2025年1月1日起执行。"], None, None),
    ],
)
def test_from_when_and_until_when_it_is_in_force(words: list[str], effective: str | None, expires: str | None) -> None:
    found = of(words)
    assert (found.effective, found.expires) == (effective, expires)


def test_a_law_named_by_the_day_of_its_revision_is_of_that_day() -> None:
    words = ["条例", "2012年5月16日 某市人大常委会通过", *BODY]
    assert of(words, name="某市条例(2021-11-26)").date == "2021-11-26"
    assert of(BODY, name="某市条例(2021-11-26)").date == "2021-11-26"
