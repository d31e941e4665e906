"""Line breaks inside sentences go; those between paragraphs, and every other character, stay."""

import os
import re
import time
from pathlib import Path

import pytest

from service.corpus.joining import joined
from service.corpus.readers import Bounds, read

# As a page of 28 characters breaks it.
WRAPPED = (
    "持续推进数字技术适老化是践行积极应对人口老龄化战略的重要\n举措，也是实施《无障碍环境建设法》的内在要求。为更好满足\n"
    "老年人日益增长的数字生活和信息服务需求，纵深推进工业和信\n息化领域数字技术适老化，制定本方案。\n一、指导思想\n"
    "坚持老年人权益保障与经济社会发展相结合，坚持信息无障碍建\n设与适老化改造并行。\n"
)


def visible(text: str) -> str:
    return re.sub("[\\s\u200b\ufeff]", "", text)


def test_lines_as_full_as_those_around_them_that_end_no_sentence_are_joined() -> None:
    assert joined(WRAPPED) == (
        "持续推进数字技术适老化是践行积极应对人口老龄化战略的重要举措，也是实施《无障碍环境建设法》的内在要求。为更好满足"
        "老年人日益增长的数字生活和信息服务需求，纵深推进工业和信息化领域数字技术适老化，制定本方案。\n一、指导思想\n"
        "坚持老年人权益保障与经济社会发展相结合，坚持信息无障碍建设与适老化改造并行。\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a link that was a line of its own
        (
            "会议审议了总理所作的《\n政府工作报告\n》。\n会议号召。\n",
            "会议审议了总理所作的《政府工作报告》。\n会议号召。\n",
        ),
        ("平均浓度下降\n9.1%\n。第一批公园设立。\n", "平均浓度下降9.1%。第一批公园设立。\n"),
        ("一、法律\n法规\n、规章依法公布。\n", "一、法律\n法规、规章依法公布。\n"),
        # blanks beside the break go with it
        ("工业和信息化部 　\n　、财政部印发。\n", "工业和信息化部、财政部印发。\n"),
        # a bracket that the line before left open is closed
        ("细颗粒物（PM2.5\n）平均浓度下降。\n", "细颗粒物（PM2.5）平均浓度下降。\n"),
    ],
)
def test_what_no_sentence_begins_with_goes_to_the_line_before(text: str, expected: str) -> None:
    assert joined(text) == expected


def test_blank_lines_part_paragraphs_and_single_breaks_within_them_go() -> None:
    text = (
        "各位代表：\n\n我们第一届人民代表大会第一次会议，在听了委员长\n关于宪法草案的报告\n并进行了三天的讨论以后完成了工作。\n\n"
        "现在，我代表政府作报告。\n\n国务院总理\n张三\n\n请予审议。\n"
    )
    assert joined(text) == (
        "各位代表：\n\n我们第一届人民代表大会第一次会议，在听了委员长关于宪法草案的报告并进行了三天的讨论以后完成了工作。\n\n"
        "现在，我代表政府作报告。\n\n国务院总理\n张三\n\n请予审议。\n"
    )


def test_a_line_that_holds_only_a_mark_of_no_width_is_no_line() -> None:
    assert joined("一。\n\n社会财产没有受到任何损失，而是得到了发展，\n\u200b\n这是人民努力的结果。\n\n三。\n") == (
        "一。\n\n社会财产没有受到任何损失，而是得到了发展，这是人民努力的结果。\n\n三。\n"
    )


def test_between_words_written_with_letters_a_blank_stays() -> None:
    line = "企业围绕智能制造开展标准研制并积极参加国际标准化组织 ISO\n"
    assert "ISO TC184 的工作" in joined(line * 3 + "TC184 的工作，提出提案。\n")


@pytest.mark.parametrize(
    "line",
    [
        "18.45 亿户，居全国首位",
        "0.55 以上，高于上年",
        "10.3  %，高于上年",
        "3.6 个百分点，高于上年",
        "2.5 公里，高于上年",
    ],
)
def test_a_number_that_a_line_begins_with_is_no_label(line: str) -> None:
    text = WRAPPED.replace("息无障碍建\n设与适老化改造并行", f"息无障碍达\n{line}")
    assert f"信息无障碍达{line}。" in joined(text)


@pytest.mark.parametrize("begins", ["1.\t各地", "（三）\t各地", "强化监督。  各地"])
def test_a_label_or_sentence_with_wide_blanks_behind_it_begins_no_row(begins: str) -> None:
    sentence = "信息化领域的工作，要按照年度目标和节点保质保量推进落实，确保如期完成。  再为更好满足老年人需求。\n"
    cut = len(FULL) - len(begins)
    assert sentence in joined(f"{WRAPPED}{begins}{sentence[:cut]}\n{sentence[cut:]}")


@pytest.mark.parametrize("line", ["3.2 人工智能应用安全", "1.0 版的内容", "2.1.3 乡镇的评价"])
def test_a_number_with_points_before_words_is_a_label(line: str) -> None:
    text = WRAPPED.replace("息无障碍建\n设与适老化改造并行", f"息无障碍达\n{line}")
    assert f"达\n{line}。" in joined(text)


NARROW = (
    "乡村道路养护补助办法\n　　为养护好乡村道路，\n对按期完成年度养护任务\n的村，由县里按每公里一\n千二百元给予补助。\n"
    "　　申领人要先交养护记\n录、验收意见和村账复印\n件，于每年十一月底以前\n送到乡镇道路办公室核对。\n"
)


def test_in_a_narrow_column_of_prose_a_sentence_is_joined() -> None:
    assert joined(NARROW) == (
        "乡村道路养护补助办法\n　　为养护好乡村道路，对按期完成年度养护任务的村，由县里按每公里一千二百元给予补助。\n"
        "　　申领人要先交养护记录、验收意见和村账复印件，于每年十一月底以前送到乡镇道路办公室核对。\n"
    )


def test_a_paragraph_of_a_narrow_column_begins_where_a_line_is_moved_in() -> None:
    unmarked = NARROW.replace("千二百元给予补助。", "千二百元给予道路补助费")
    assert "道路补助费\n　　申领人" in joined(unmarked)


FULL = "围绕企业和群众反映强烈的突出问题加快推进各项重点改革任务"


@pytest.mark.parametrize(
    "text",
    [
        # labels, numbers, signatures, addressees
        f"{FULL}\n一、{FULL[2:]}\n（二）{FULL[3:]}\n3.{FULL[2:]}\n第四条 {FULL[4:]}\n——{FULL[2:]}\n附件：{FULL[3:]}\n",
        f"{FULL}\n12\n{FULL}\n12\n{FULL}\n12\n",
        "各市人民政府，各县（市、区）人民政府，省政府各部门、各直属机构：\n为了发展，制定本意见。\n省人民政府\n2019年5月17日\n",
        # short lines: lists, tables
        "序号\n服务商名称\n产品\n主要功能\n",
        "三是统筹推进\n加快乡村全面振兴。\n",
        # headings of one length above long paragraphs
        "".join(f"{number}是{FULL}\n{FULL * 6}。\n" for number in "一二三四五"),
        "".join(f"{FULL}\n{FULL * 6}。\n" for _ in range(5)),
        # a closing bracket of nothing
        "打印\n】\n",
        # rows of a table
        f"|{FULL}|\n" * 5,
        # a table of contents
        f"{FULL[:10]}............................ 1\n{FULL[:10]}............................ 2\n",
        # verse, slogans, names, fields and cells in lines of one length
        "远山含翠，近水生烟\n竹影，摇过旧时小院\n稻花香里，蛙声一片\n归人，停在渡口旁边\n灯火可亲，夜色安然。\n",
        "山高路远，步步向前\n干字当头，实干争先\n修好一条路，富一方\n植下千棵树，绿一山\n" * 2,
        "赵明、钱华、孙立、李强\n周平、吴刚、郑洁、王芳\n冯涛、陈静、褚亮、卫东\n" * 2,
        "联系人：李明，道路办\n电话：零三一，二三四五\n地址：东街，九号院。\n住址：西街，十一号院\n" * 3,
        "修路　　县交通局，牵头\n种树　　县林业局负责\n架桥　　县住建局，牵头\n通电　　县供电公司管。\n" * 2,
        # rows of one length whose cells tabs or wide blanks part
        "".join(
            f"{number}\t特困供养对象和其家庭\t每人每月{number}00元\t县民政局\t打卡发放到户\n" for number in range(1, 9)
        ),
        "".join(f"{number}类特困供养对象   每人每月{number}00元   县民政局   打卡发放到户\n" for number in range(1, 9)),
        # ended sentences
        f"{FULL[1:]}。\n" * 5,
        f"{FULL[1:]}；\n" * 5,
        "",
        "\n",
        " \n\n",
    ],
)
def test_what_is_no_break_inside_a_sentence_stays(text: str) -> None:
    assert joined(text) == text


CRUMBS = "当前位置：首页 > 政务公开 > 通知公告"
TITLE = "平江县关于做好冬春灌溉工作的通知"
BAR = "来源：县水利局　发布时间：2021-12-05　打印 收藏"


@pytest.mark.parametrize(
    "head",
    [
        f"{CRUMBS}\n{TITLE}\n{BAR}\n各乡镇：\n",
        f"2021-12-05 10:20 来源：县水利局 浏览次数：12\n{TITLE}\n",
        f"{TITLE}补充\n【字号：大 中 小】 【打印】 【收藏】 【关闭】\n分享到：微信 微博\n",
    ],
)
def test_furniture_is_joined_to_no_neighbour(head: str) -> None:
    body = "　　冬春灌溉期间，各水库要科学调度，确保灌\n溉用水需求得到满足，灌溉水利用系数要达到\n规定的目标，年底前报送工作进展情况和总结。\n"
    assert joined(head + body).startswith(head)


def test_a_title_is_not_full_because_it_is_as_wide_as_the_furniture_above_it() -> None:
    text = f"{CRUMBS}\n{BAR[:18]}\n{TITLE}补充事项\n各乡镇人民政府，县直各单位：\n一、总体要求\n请认真落实。\n"
    assert joined(text) == text


def test_furniture_is_joined_to_none_at_the_end_either() -> None:
    foot = (
        "主办：平江县人民政府办公室 承办：县大数据中心\n平江县人民政府版权所有 湘ICP备05001234号 网站地图\n"
        "湘公网安备 43062602000123号 联系我们 网站声明\n"
    )
    assert joined(f"一、总体要求\n请认真落实。\n{foot}") == f"一、总体要求\n请认真落实。\n{foot}"


def test_a_line_that_only_begins_like_furniture_is_joined() -> None:
    lines = (
        "来源：县级财政安排的专项资金和社会各界捐助的资金，以及上级\n下达的转移支付资金，由县财政局会同县水利局按照年度计划和工\n"
        "程进度分批拨付到各乡镇，专款专用，任何单位和个人不得截留挪\n用。\n"
    )
    assert joined(lines) == lines.replace("\n", "") + "\n"


def test_a_heading_as_full_as_a_line_is_not_joined_with_what_it_heads() -> None:
    heading = f"（三）{FULL[3:]}\n各级各部门要认真落实。\n"
    assert joined(f"{FULL}\n{FULL}\n的工作。\n{heading}") == f"{FULL}{FULL}的工作。\n{heading}"


def test_joining_twice_is_joining_once() -> None:
    assert joined(joined(WRAPPED)) == joined(WRAPPED)


def test_it_takes_time_in_proportion_to_the_length() -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        joined(text)
        return time.process_time() - start

    for text in (WRAPPED, "（", "（\n", f"{FULL}\n", "，\n", " \n", "\u200b\n"):
        assert seconds(text * (400_000 // len(text))) < 6


def shared_files() -> list[Path]:
    return sorted(Path(os.environ.get("SHARED", "../shared"), "corpus").rglob("*.txt"))


@pytest.mark.skipif(not shared_files(), reason="SHARED names no folder with corpus/")
def test_of_real_texts_only_breaks_and_the_blanks_beside_them_go() -> None:
    changed = 0
    for path in shared_files():
        text = path.read_text(encoding="utf-8-sig")
        kept = read(path.read_bytes(), path.suffix, Bounds()).text
        assert visible(kept) == visible(text), path.name
        changed += kept != text
    assert changed > 50


def test_a_number_of_its_own_is_not_joined_to_the_title_above_or_the_text_below() -> None:
    head = "东江县人民政府关于禁止露天焚烧和综合利用秸秆的意见\n东政发〔2023〕8号\n"
    body = "为改善大气环境质量，推进秸秆禁烧和综合利用，现就有关\n事项提出意见如下，请各乡镇认真抓好落实，确保年底前全\n面完成目标任务，不留死角。\n"
    assert joined(head + body).startswith(head)
