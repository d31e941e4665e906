"""What real documents say of themselves: short heads and tails of public ones, and the whole table where SHARED has them."""

import os
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from service.corpus.describing import described_by
from service.corpus.description import Description
from service.corpus.document import Document, Leftover
from service.corpus.documents import read_folders
from service.corpus.joining import joined
from service.corpus.leftovers import leftovers
from tests.describing import Share, described, left_over, shares

SHARED = Path(os.environ.get("SHARED") or Path(__file__).resolve().parents[4] / "shared")

REPORT = """下载
打印
全屏
收藏
【字号：
加大
还原
减小
】
2026年北京市政府工作报告
——2026年1月25日在北京市第十六届人民代表大会第四次会议上
来源：北京日报
时间：2026-02-02
北京市市长 殷勇
殷勇同志作政府工作报告。本报记者 戴冰摄
各位代表：
现在，我代表北京市人民政府，向大会报告政府工作，请予审议。
一、2025年工作回顾
奋力谱写新篇章！
相关报道：
"""
NOTICE = """- - - - - -
关注 · 广州政府网
【音频解读】《广州市人民政府办公厅关于进一步加强特困人员救助供养工作的通知》的解读 2021-04-21
当前位置： 首页 > 广州市行政规范性文件统一发布平台 > 市政府规范性文件
GZ0220210007
穗府办规〔2021〕7号
2021年04月16日
2023年06月01日
广州市人民政府办公厅
广州市人民政府办公厅关于进一步加强特困人员救助供养工作的通知
穗府办规〔2021〕7号
广州市人民政府办公厅关于进一步加强特困人员救助供养工作的通知
各区人民政府，市政府各部门、各直属机构：
为进一步加强特困人员救助供养工作，现就有关事项通知如下。
本通知自印发之日起施行，有效期5年。
广州市人民政府办公厅
2021年4月13日
公开方式：主动公开
广州市人民政府办公厅 2021年4月16日印发
"""
LETTER = """为贯彻落实水利部党组关于大力推进智慧水利建设决策部署，我部制定了工作要点。现印发给你们，请认真贯彻落实。
水利部办公厅
2022年6月14日
2022年推进智慧水利建设水资源管理工作要点
2022年智慧水利建设水资源管理工作要全面落实部署。
一、强化业务应用
"""
DRAFT = """智能船舶标准体系建设指南
（二次征求意见稿）
2021 年 2 月
目 录
前 言.......................................................................................... 1
一、总体要求................................................................................ 2
1
前 言
智能船舶融合了现代信息技术和人工智能等高新技术，
是未来船舶发展的重点方向。
"""
MEASURES = """第一条 为深入贯彻落实《山东省“十四五”制造强省建设规划》，结合我省实际，制定本办法。
第三条 山东省智能工厂认定工作遵循企业自愿的原则。本办法所称智能工厂由省工业和信息化厅认定。
第十五条 本办法自2022年4月30日起执行，有效期至2025年12月31日。
第十六条 本办法由省工业和信息化厅负责解释。
"""
LAW = """河源市暴雨灾害预警与响应条例
2022年9月1日 河源市第八届人民代表大会常务委员会第七次会议通过
2022年9月29日 广东省第十三届人民代表大会常务委员会第四十六次会议批准
第一章 总 则
第一条 为了规范暴雨灾害预警与响应活动，制定本条例。
第三十七条 本条例自2023年1月1日起施行。
"""
REGULATION = """对外劳务合作管理条例
2012年5月16日 国务院第203次常务会议通过
2012年6月4日 中华人民共和国国务院令第620号公布
2012年8月1日 施行
第一章 总则
第一条 为了规范对外劳务合作，制定本条例。
"""
NEWS = """2018年12月28日，“AI启未来”人工智能论坛在北京举行。工业和信息化部巡视员出席论坛并致辞。
本次论坛由人民网主办，来自有关企业、行业协会的近200人参加论坛。
"""


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            REPORT,
            "2026_北京市政府工作报告",
            Description(
                title="2026年北京市政府工作报告",
                date="2026-01-25",
                published="2026-02-02",
                source="北京日报",
                issuer="北京市人民政府",
                speaker="殷勇",
                occasion="北京市第十六届人民代表大会第四次会议",
                place="北京市",
                kind="工作报告",
            ),
        ),
        (
            NOTICE,
            "doc_29_广州市人民政府办公厅关于进一步加强特困人员救助供养工作的通知",
            Description(
                title="广州市人民政府办公厅关于进一步加强特困人员救助供养工作的通知",
                date="2021-04-13",
                published="2021-04-16",
                effective="2021-04-16",
                issuer="广州市人民政府办公厅",
                place="广东省广州市",
                kind="通知",
                number="穗府办规〔2021〕7号",
            ),
        ),
        (
            LETTER,
            "_Notice_from_the_General_Office_of_the_Ministry_of_Water_Resources_on_",
            Description(
                title="2022年推进智慧水利建设水资源管理工作要点", date="2022-06-14", issuer="水利部办公厅", kind="要点"
            ),
        ),
        (
            DRAFT,
            "_Notice_Again_Seeking_Comments",
            Description(title="智能船舶标准体系建设指南", subtitle="（二次征求意见稿）", date="2021-02", kind="指南"),
        ),
        (
            MEASURES,
            "Measures_for_the_Cultivation_of_Smart_Factories",
            Description(
                title="Measures for the Cultivation of Smart Factories",
                effective="2022-04-30",
                expires="2025-12-31",
                place="山东省",
                kind="办法",
            ),
        ),
        (
            LAW,
            "广东地方法规_河源市暴雨灾害预警与响应条例(2022-11-01)",
            Description(
                title="河源市暴雨灾害预警与响应条例",
                date="2022-11-01",
                effective="2023-01-01",
                place="广东省河源市",
                kind="条例",
            ),
        ),
        (
            REGULATION,
            "对外劳务合作管理条例",
            Description(
                title="对外劳务合作管理条例",
                date="2012-06-04",
                published="2012-06-04",
                effective="2012-08-01",
                kind="条例",
            ),
        ),
        # a day of an event is no day of the document
        (NEWS, "_Participation_in_the_Forum", Description(title="Participation in the Forum")),
        (
            "各位代表：\n现在，我作报告。\n",
            "1987_1987年中华人民共和国国务院政府工作报告",
            Description(title="1987年中华人民共和国国务院政府工作报告", date="1987", issuer="国务院", kind="工作报告"),
        ),
        # a name tells a day, or nothing
        ("今天开会。\n", "20231023", Description(title="20231023", date="2023-10-23")),
        ("今天开会。\n", "新建文本文档 (2)", Description(title="新建文本文档 (2)")),
    ],
)
def test_a_document_says_this_of_itself_and_no_more(text: str, name: str, expected: Description) -> None:
    text = joined(text)
    assert described_by(text, leftovers(text), ("材料", name)) == Description(lapsed=False).over(expected)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("招商引资总结", "招商引资总结"),
        ("doc_16_创业担保贷款常见问题", "创业担保贷款常见问题"),
        ("03 招商引资_总结", "招商引资 总结"),
        ("2023年招商引资总结", "2023年招商引资总结"),
        ("国歌法(2017-09-01)", "国歌法"),
        ("_Action_Plan", "Action Plan"),
        # what tells nothing leaves it to the first heading
        ("004_b7eb83e301e981d6", "总体要求"),
        ("新建 Microsoft Word 文档", "总体要求"),
        ("12", "总体要求"),
    ],
)
def test_without_a_title_line_a_files_name_is_the_title_where_it_tells(name: str, title: str) -> None:
    assert described_by("一、总体要求\n要抓好落实。\n", [], ("材料", name)).title == title


@pytest.mark.parametrize(
    ("head", "name", "title"),
    [
        # a line without a kind that says what the file's name says
        (
            "本月起，这笔钱直接发放！\n好消息来了。\n",
            "doc_1_本月起，这笔钱直接发放！（生育津贴）",
            "本月起，这笔钱直接发放！",
        ),
        ("智慧旅游平台\n1.先扫二维码。\n", "劳动仲裁网上申请流程", "劳动仲裁网上申请流程"),
        # an office whose name is part of it is none
        (
            "县住房和城乡建设局\n县住房和城乡建设局关于住房保障工作的通知\n",
            "县住房和城乡建设局关于住房保障工作的通知",
            "县住房和城乡建设局关于住房保障工作的通知",
        ),
        # of two the one with place and year
        ("省政府工作报告\n陕西省2026年政府工作报告\n各位代表：\n", "a1", "陕西省2026年政府工作报告"),
        # a first sentence is none, whatever it ends with
        ("为深入贯彻落实部署，推动发展，特制定本工作方案\n一、要求\n正文。\n", "工作安排材料", "工作安排材料"),
    ],
)
def test_a_title_line_names_a_kind_or_says_what_the_name_does(head: str, name: str, title: str) -> None:
    assert described_by(head, [], ("材料", name)).title == title


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ("时间:2023-02-14 08:25:03 来源:网友投稿\n", "网友投稿"),
        ("来源 : 南方日报\n", "南方日报"),
        ("来源：\n宁夏日报客户端\n", "宁夏日报客户端"),
        ("来源：\n时间：2026-02-02\n", None),
        ("发布日期：2021-12-05 信息来源：县水利局\n", "县水利局"),
        ("信息来源：县水利局发布时间：2021-12-05浏览次数：12次\n", "县水利局"),
        ("【来源：县水利局】【字号：大 中 小】【打印】\n", "县水利局"),
        ("来源：县水利局|2021-12-05 10:20|打印\n", "县水利局"),
        # the next label or a button is no value
        ("来源： 字号：大 中 小 打印\n", None),
        ("来源： 打印 收藏 关闭\n", None),
        ("打印\n", None),
    ],
)
def test_a_page_says_where_it_had_its_text_from(head: str, source: str | None) -> None:
    text = f"{head}报告\n会议指出。\n"
    assert described_by(text, leftovers(text), ("材料", "a1")).source == source


@pytest.mark.parametrize(
    "bar",
    [
        "来源：县水利局　发布时间：2021-12-05 10:20　字号：大 中 小　打印 收藏 下载",
        "发布时间：2021-12-05 来源：县水利局",
        "来源：县水利局 发布时间：2021-12-05",
        "2021-12-05 10:20 来源：县水利局 浏览次数：12 字号：[大][中][小]",
    ],
)
def test_a_saved_page_keeps_its_title_its_day_and_its_source(bar: str) -> None:
    text = joined(
        f"当前位置：首页 > 政务公开 > 通知公告\n平江县关于做好冬春灌溉工作的通知\n{bar}\n各乡镇：\n请落实。\n分享到：\n"
    )
    said = described_by(text, leftovers(text), ("材料", "网页文本"))
    assert (said.title, said.published, said.source) == ("平江县关于做好冬春灌溉工作的通知", "2021-12-05", "县水利局")


def test_a_link_to_another_page_tells_nothing_of_this_one() -> None:
    link = "【文字解读】《通知》的解读 来源：县融媒体中心 发布时间：2021-12-09\n"
    text = f"{link}关于灌溉的通知\n请落实。\n相关链接：\n2021-12-10 干部热议\n"
    said = described_by(text, leftovers(text), ("材料", "a1"))
    assert (said.published, said.source) == (None, None)


def test_what_is_given_goes_over_what_a_text_says() -> None:
    given = Description(title="总结", date="2023")
    assert given.over(Description(title="报告", place="河北省")) == Description(
        title="总结", date="2023", place="河北省"
    )


def test_what_corpus_toml_says_is_shown_and_the_rest_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "corpus.toml").write_text('[files."a.txt"]\ndate = "2026"\nplace = "首都"\n', encoding="utf-8")
    (document,) = read_folders([tmp_path]).documents
    assert (document.title, document.date, document.place, document.speaker) == (
        "2026年北京市政府工作报告",
        "2026",
        "首都",
        "殷勇",
    )


def test_the_measure_tells_right_wrong_and_silent_apart() -> None:
    def document(**said: str) -> Document:
        return Document(id="1", file="a.txt", text="首页\n正文。", leftovers=(Leftover(0, 2, "面包屑"),), **said)

    wanted = {"title": "报告", "date": "2023", "place": None, "kind": "报告", "number": None, "issuer": None}
    table = {"a.txt": wanted, "b.txt": wanted, "c.txt": {**wanted, "date": None}}
    documents = {
        "a.txt": document(title="报告", date="2023"),
        "b.txt": document(title="总结", place="河北省", kind="报告"),
        "c.txt": document(title="报告", date="2023", kind="总结"),
    }
    assert shares(table, documents) == {
        "title": Share(2, 1, 0),
        "date": Share(1, 1, 1),  # what is said where nothing is told is wrong, too
        "place": Share(2, 1, 0),
        "kind": Share(1, 1, 1),
        "number": Share(3, 0, 0),
        "issuer": Share(3, 0, 0),
    }
    assert left_over(documents.values()) == (Counter({"面包屑": 6}), 15)


def test_the_hand_made_table_has_sixty_files_and_dates_that_there_are() -> None:
    table = described()
    assert len(table) == 60
    assert sorted(table) == list(table)
    assert [
        said["date"] for said in table.values() if said["date"] and not re.fullmatch(r"\d{4}(-\d\d){0,2}", said["date"])
    ] == []
    assert all(said["title"] for said in table.values())


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="shared/corpus is not here")
def test_the_hand_made_table_is_met() -> None:
    table: Mapping[str, Mapping[str, str | None]] = described()
    found = shares(table, {document.file: document for document in read_folders([SHARED / "corpus"]).documents})
    assert len(table) == 60
    assert found["title"].right >= 57
    assert found["date"].right >= 54
    assert found["date"].wrong == 0
    assert found["place"].right >= 54
