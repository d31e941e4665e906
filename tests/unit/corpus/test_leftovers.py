"""Lines of the web page around a document are left over, by name; lines of the document are not."""

import time

import pytest

from service.corpus.document import Leftover
from service.corpus.leftovers import leftovers, outside, visible_lines

BODY = "会议指出，要抓好落实。\n" * 3


def rules(text: str) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.rule) for span in leftovers(text)]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("当前位置:首页 > 专题范文 > 振兴乡镇 >", "面包屑"),
        ("您当前所在的位置：首页", "面包屑"),
        ("首页 > 政务公开 > 规划计划", "面包屑"),
        ("首页", "面包屑"),
        (">", "面包屑"),
        ("时间:2023-02-14 08:25:03 来源:网友投稿", "来源时间行"),
        ("发布时间：2023年2月14日 来源：县政府办 作者：张三", "来源时间行"),
        ("2026-02-03 09:02:33", "来源时间行"),
        ("来源：云南日报", "来源时间行"),
        ("信息来源: 县政府办公室", "来源时间行"),
        ("浏览次数：123", "来源时间行"),
        ("【字体： 大 中 小 】", "页面工具"),
        ("【字号：大 中 小】 打印", "页面工具"),
        ("大", "页面工具"),
        ("打印本页", "页面工具"),
        ("分享到：微信 微博", "页面工具"),
        ("2026年02月10日 07时41分", "来源时间行"),
        ("2023-05-06 来源：县融媒体中心 作者：王五", "来源时间行"),
        ("来源 : 南方日报", "来源时间行"),
        ("×", "页面工具"),
        ("分享:", "页面工具"),
        ("扫一扫在手机打开当前页", "页面工具"),
        ("关注 · 广州政府网", "网站名称"),
        ("广东省高校毕业生就业创业扶持政策清单 - 广州市人民政府门户网站", "网站名称"),
        ("广州市人力资源和社会保障局 -->", "网站名称"),
        ("- - - - - -", "网站名称"),
        ("11440100MB2C90856P/2023-00331", "信息索引"),
        ("GZ0220210007", "信息索引"),
        ("JNCR—2022—0040001", "信息索引"),
        ("发布机构：县财政局", "信息索引"),
        ("【一图读懂】《关于救助供养工作的通知》 2021-04-21", "解读链接"),
        ("点击查看政策解读： 关于《实施办法》的解读", "解读链接"),
        ("殷勇同志作政府工作报告。本报记者 戴冰摄", "图片说明"),
        ("任振鹤作政府工作报告。新甘肃·甘肃日报记者 盛学卿", "图片说明"),
        ("来源：县水利局　发布时间：2021-12-05 10:20　字号：大 中 小　打印 收藏 下载", "来源时间行"),
        ("来源：县水利局 浏览次数：123次 【字号：大 中 小】 打印 收藏", "来源时间行"),
        ("发布日期：2021-12-05 信息来源：县水利局", "来源时间行"),
        ("时间：2021-12-05 来源：县水利局 字体：[大 中 小]", "来源时间行"),
        ("2021-12-05 10:20 来源：县水利局 浏览次数：12 字号：[大][中][小]", "来源时间行"),
        # nothing said of where from; what parted the labels is lost
        ("来源：　发布时间：2021-12-05　作者：　浏览次数：次　打印", "来源时间行"),
        ("信息来源：县水利局发布时间：2021-12-05浏览次数：12次", "来源时间行"),
        (
            "来源：县水利局（办公室） | 更新时间：2021年12月5日 10：20 | 责任编辑：张 三 | 打印本页",
            "来源时间行",
        ),
        ("【字号：大 中 小】【打印】【收藏】【关闭】", "页面工具"),
        ("【打印本页】【关闭窗口】", "页面工具"),
        ("分享到 微信 微博", "页面工具"),
        ("— 3 —", "页码"),
        ("第 3 页，共 12 页", "页码"),
    ],
)
def test_furniture_at_the_top_is_left_over_by_a_named_rule(line: str, rule: str) -> None:
    text = f"报告\n{line}\n{BODY}"
    assert leftovers(text) == [Leftover(3, 3 + len(line), rule)]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("推荐访问:年高 乡镇 亮点", "推荐链接"),
        ("上一篇：关于做好防控工作的通知", "推荐链接"),
        ("标签：报告 讲话", "推荐链接"),
        ("版权所有：县人民政府", "版权页脚"),
        ("Copyright © 2023", "版权页脚"),
        ("某ICP备12345678号-1", "版权页脚"),
        ("主办单位：广州市天河区财政局 联系方式：020-85577992", "版权页脚"),
        ("相关报道：", "推荐链接"),
        ("相关附件>>", "推荐链接"),
        ("abcd39f1fb7f426d9dfb6bd0fa1f2146:", "推荐链接"),
        ("本作品来自全国人民代表大会的决定、决议。依据《著作权法》第五条，所以属于公有领域。", "许可声明"),
        ("Public domain", "许可声明"),
        ("】", "页面工具"),
        ("预览阅读已结束,若您需要全文或代笔。", "代写广告"),
        ("请点击👉 mooonya 👈联系老师", "代写广告"),
        ("需要范文代笔的请加微信", "代写广告"),
        ("责任编辑：张三", "来源时间行"),
        ("关闭窗口", "页面工具"),
        ("分享到 微信 微博", "页面工具"),
        ("【打印】【关闭】", "页面工具"),
        ("【打印】 【关闭】 责任编辑：张三", "来源时间行"),
        ("平江县人民政府版权所有 湘ICP备05001234号", "版权页脚"),
        ("湘公网安备 43062602000123号", "版权页脚"),
        ("网站标识码：4306260001 湘ICP备05001234号-1 湘公网安备43062602000123号", "版权页脚"),
        ("主办：平江县人民政府办公室 承办：县大数据中心", "版权页脚"),
        ("网站地图 | 联系我们", "版权页脚"),
        ("技术支持：某某公司", "版权页脚"),
    ],
)
def test_furniture_at_the_bottom_is_left_over_by_a_named_rule(line: str, rule: str) -> None:
    text = f"报告\n{BODY}  {line} \n"
    at = len(text) - len(line) - 2
    assert leftovers(text) == [Leftover(at, at + len(line), rule)]


def test_who_hosts_a_page_is_said_in_its_foot() -> None:
    foot = "主办：平江县人民政府办公室 承办：县大数据中心\n"
    record = "平江县人民政府版权所有 湘ICP备05001234号\n"
    assert rules(f"报告\n{BODY}{foot}地址：县城关镇\n{record}网站地图\n") == [
        (foot.strip(), "版权页脚"),
        (record.strip(), "版权页脚"),
        ("网站地图", "版权页脚"),
    ]
    # with a line of the document below, it may be the document's
    assert rules(f"活动方案\n{BODY}{foot}参加人员：各乡镇干部\n") == []
    # and at the top it is
    assert rules(f"活动方案\n{foot}技术支持：某某公司\n网站地图 | 联系我们\n{BODY}") == []


def test_several_lines_of_furniture_are_left_over_in_order() -> None:
    text = f"首页\n>\n报告\n来源：县政府办\n{BODY}上一篇：无\n关闭本页\n"
    assert rules(text) == [
        ("首页", "面包屑"),
        (">", "面包屑"),
        ("来源：县政府办", "来源时间行"),
        ("上一篇：无", "推荐链接"),
        ("关闭本页", "页面工具"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "来源：财政拨款和社会捐助",
        "主办单位：省教育厅，各州、市人民政府",
        "关键词：改革",
        "大",
        "首页",
        "时间：2023-02-14",
        "作者：张三",
        "分享",
        "来源：县水利局　发布时间：2021-12-05 10:20　打印",
        "湘公网安备 43062602000123号",
        "主办：县委宣传部",
    ],
)
def test_a_line_between_sentences_of_the_document_stays(line: str) -> None:
    assert rules(f"报告\n{BODY}{line}\n{BODY}") == []


@pytest.mark.parametrize(
    "line",
    [
        "打印机由办公室统一采购。",
        "打印材料要严格审批",
        "大力推进项目建设",
        "来源：财政拨款。社会捐助另行规定",
        "首页设计要简洁",
        "位置优越，交通便利",
        "位置：县城东部",
        "时间安排：2023年2月14日前完成自查",
        "讲话稿不得由他人代笔。",
        "推荐访问学者的办法",
        "版权保护工作",
        "第 3 页内容",
        "关注民生，改善民生",
        "记者站设在县城",
        "第一批：GZ0220210007",
        "发布机构改革方案",
        "【解读】方案",
        "相关报道要核实",
        "主办单位：省交通运输厅，各州、市人民政府",
        "公开方式：主动公开",
        "- 3 -5",
        "一",
        "小组讨论",
        "来源：" + "甲" * 300,
        "来源：税收收入三千万元，占七成。",
        "来源：税收收入三千万元，占七成",
        "主办：县委宣传部",
        "主办：县委宣传部 承办：县文旅局",
        "主办：县委宣传部 承办：某某文化传媒公司",
        "主办：县委宣传部 承办：县大数据中心 时间：2021年12月5日",
        "技术支持：省农业科学院",
        "技术支持：某某公司，负责日常维护",
        "地址：县城关镇 电话：0730-6222222 邮编：414500",
        "联系我们",
        "审核：李四 日期：2021年12月5日",
        "发布时间：2021年12月5日 发布单位：县气象局",
        "发布时间：2021-12-05 关于做好灌溉工作的通知",
        "浏览量：1200 访问人数：300",
        "打印 复印 传真",
        "字号：小标宋",
        "分享到各村微信群",
        "软件著作权 版权所有",
        "湘公网安备案工作",
    ],
)
def test_a_line_of_the_document_that_begins_like_furniture_stays(line: str) -> None:
    assert rules(f"报告\n{line}\n{BODY}{line}\n") == []


def test_a_label_is_left_over_with_its_value_in_the_next_line() -> None:
    assert rules(f"报告\n发表时间：\n2026年2月9日\n来源：\n宁夏日报客户端\n{BODY}责任编辑：\n李莎莎\n") == [
        ("发表时间：", "来源时间行"),
        ("2026年2月9日", "来源时间行"),
        ("来源：", "来源时间行"),
        ("宁夏日报客户端", "来源时间行"),
        ("责任编辑：", "来源时间行"),
        ("李莎莎", "来源时间行"),
    ]
    # what is no such value stays, and so does a label without one
    assert rules(f"时间：\n政府工作报告\n{BODY}") == []
    assert rules(f"来源：\n政府工作报告\n{BODY}") == []


def test_below_a_heading_of_links_all_is_left_over_until_a_sentence_comes() -> None:
    links = "相关链接>>\n会议关于报告的决议\n干部群众热议报告\n"
    assert [rule for _, rule in rules(f"报告\n{BODY}{links}")] == ["推荐链接"] * 3
    assert rules(f"报告\n{BODY}{links}会议闭幕。\n") == []


def test_the_beginning_said_again_at_the_end_of_a_long_page_is_left_over() -> None:
    opening = "各位代表：\n现在，我代表省人民政府，向大会报告工作，请予审议。\n"
    again = "各位代表：现在，我代表省人民政府，向大会报告工作，请予审议。"
    assert rules(f"{opening}{BODY * 20}关闭窗口\n{again}\n") == [("关闭窗口", "页面工具"), (again, "重复页首")]
    # a short text may say a sentence twice
    assert rules(f"{opening}{BODY}{again}\n") == []


def test_page_numbers_are_left_over_wherever_they_stand() -> None:
    assert rules(f"{BODY}— 12 —\n{BODY}") == [("— 12 —", "页码")]


def test_furniture_far_from_the_ends_is_not_looked_for() -> None:
    assert rules("标题\n" * 25 + "来源：云南日报\n" + "标题\n" * 25) == []


def test_no_text_has_no_leftovers() -> None:
    assert leftovers("") == leftovers(" \n\u3000\n") == []


def test_the_lines_outside_are_those_that_are_no_leftover() -> None:
    text = f"首页\n报告\n{BODY}"
    lines = list(visible_lines(text))
    assert outside(lines, leftovers(text)) == lines[1:]


def test_a_line_is_read_in_one_way_only_so_that_none_takes_forever() -> None:
    line = "时间:2023-1-1" + " 来源: " * 35 + "x" * 50
    start = time.process_time()
    assert rules(f"{line}\n{BODY}") == []
    # Read in all ways, it would take longer than the sun shines.
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "fields",
    [
        "时间：2023年2月14日\n地点：县政府三楼会议室\n主持人：李某\n",
        "会议议题：防汛\n主持：李某\n记录人：王某\n时间：2023年2月14日 9:30\n",
        "时间：\n2023-02-14 09:30\n地点：\n县政府三楼会议室\n",
    ],
)
def test_when_a_meeting_was_held_is_said_in_its_minutes(fields: str) -> None:
    assert rules(f"县政府常务会议纪要\n{fields}{BODY}") == []


def test_a_page_says_when_it_was_written() -> None:
    assert rules(f"报告\n时间：2023-02-14\n来源：县政府办\n{BODY}") == [
        ("时间：2023-02-14", "来源时间行"),
        ("来源：县政府办", "来源时间行"),
    ]
