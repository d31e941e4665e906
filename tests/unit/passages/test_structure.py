"""A document's lines become the tree a careful reader would draw."""

from itertools import accumulate

import pytest

from service.corpus.document import Document, Heading, Leftover
from service.corpus.documents import read_folders
from service.passages.cutting import passages
from service.passages.structure import Node, Structure, structure
from service.settings import shipped

SEEDS = shipped("seeds")
BODY = "会议指出，要坚持问题导向，压实工作责任，推动各项任务落地见效，确保全年目标如期完成，让群众满意。"


def document(text: str, *leftovers: Leftover) -> Document:
    return Document(id="d", file="d.txt", title="", text=text, leftovers=leftovers)


def outline(text: str, parsed: Structure | None = None) -> list[str]:
    """Return the heads, deeper ones further in; = where the heading is a line of its own."""
    found: list[str] = []

    def visit(node: Node, depth: int) -> None:
        for child in node.children:
            mark = "=" if child.stands_alone else "-"
            found.append(f"{'  ' * depth}{mark} {text[child.head.start : child.head.end]}")
            visit(child, depth + 1)

    visit((parsed or structure(document(text))).root, 0)
    return found


def nodes(text: str) -> dict[str, str]:
    """Return the text of each node by its label."""
    found = structure(document(text)).root.walk()
    return {text[n.label.start : n.label.end]: text[n.start : n.end] for n in found if n.style}


def test_headings_nest_by_their_labels() -> None:
    heads = ("一、总体要求", "（一）指导思想", "1.抓招商", "（1）抓链主", "（二）目标", "二、任务")
    text = "\n".join(f"{head}\n{BODY}" for head in heads)
    assert outline(text) == [
        "= 一、总体要求",
        "  = （一）指导思想",
        "    = 1.抓招商",
        "      = （1）抓链主",
        "  = （二）目标",
        "= 二、任务",
    ]


def test_statutes_nest_from_part_to_item() -> None:
    text = (
        f"第一编 总则\n第一章 基本规定\n第一条 {BODY}\n第二条 有下列情形之一的：\n（一）重婚；\n（二）未到婚龄。\n"
        f"前款所称婚龄，另行规定。\n第二章 自然人\n第一节 能力\n第三条 {BODY}\n第二编 物权\n第四条 {BODY}"
    )
    assert outline(text) == [
        "= 第一编 总则",
        "  = 第一章 基本规定",
        "    - 第一条",
        "    - 第二条",
        "      - （一）重婚；",
        "      - （二）未到婚龄。",
        "  = 第二章 自然人",
        "    = 第一节 能力",
        "      - 第三条",
        "= 第二编 物权",
        "  - 第四条",
    ]


def test_further_paragraphs_of_an_article_are_its_own_and_not_its_last_items() -> None:
    text = f"第一条 {BODY}\n第二条 {BODY}\n{BODY}\n第三条 情形：\n（一）甲；\n（二）乙。\n前款另行规定。\n第四条 {BODY}"
    found = nodes(text)
    assert found["第二条"] == f"第二条 {BODY}\n{BODY}"
    assert found["第三条"] == "第三条 情形：\n（一）甲；\n（二）乙。\n前款另行规定。"
    assert found["（二）"] == "（二）乙。"


def test_numbering_that_runs_on_over_sections_stays_in_each() -> None:
    text = f"一、平台\n1.建园区。{BODY}\n2.建中心。{BODY}\n二、服务\n3.优流程。{BODY}\n4.减材料。{BODY}"
    assert outline(text) == [
        "= 一、平台",
        "  - 1.建园区。",
        "  - 2.建中心。",
        "= 二、服务",
        "  - 3.优流程。",
        "  - 4.减材料。",
    ]


def test_a_list_in_an_answer_does_not_end_the_questions() -> None:
    text = (
        "1.需要什么条件？\n答：需要：（一）就业；（二）年龄；（三）缴费。\n"
        "2.怎么申请？\n答：网上申请。\n3.何时申请？\n答：十月。"
    )
    assert outline(text) == [
        "= 1.需要什么条件？",
        "  - （一）就业；",
        "  - （二）年龄；",
        "  - （三）缴费。",
        "= 2.怎么申请？",
        "= 3.何时申请？",
    ]


def test_a_list_in_the_last_item_stands_in_it_as_in_the_items_before() -> None:
    text = "任务有：一是强产业：1.软件。2.芯片。二是强城市：1.管网。2.道路。"
    assert outline(text) == [
        "- 一是强产业：",
        "  - 1.软件。",
        "  - 2.芯片。",
        "- 二是强城市：",
        "  - 1.管网。",
        "  - 2.道路。",
    ]


def test_a_run_in_heading_is_heading_and_body_at_once() -> None:
    text = f"一、提高认识。{BODY}\n{BODY}\n二、狠抓落实。{BODY}"
    assert outline(text) == ["- 一、提高认识。", "- 二、狠抓落实。"]
    assert nodes(text)["一、"] == f"一、提高认识。{BODY}\n{BODY}"


def test_a_title_a_blank_and_the_body_on_one_line() -> None:
    text = f"（一）目标定位 {BODY}\n（二）工作举措\u3000{BODY}\n（三）在 2023 年底前 16 岁以下{BODY}"
    heads = outline(text)
    assert heads[:2] == ["- （一）目标定位", "- （二）工作举措"]
    # Blanks beside digits are typesetting.
    assert heads[2].startswith("- （三）在 2023 年底前 16 岁以下会议指出")


def test_a_long_first_sentence_is_cut_to_its_first_clauses() -> None:
    text = f"（一）{'甲' * 30}，{'乙' * 30}，{'丙' * 30}。\n（二）短。"
    assert outline(text)[0] == f"- （一）{'甲' * 30}，{'乙' * 30}"


def test_headings_stand_within_a_line_behind_a_blank_or_a_sentence() -> None:
    text = f"回顾 一、成绩 （一）党建。{BODY}（二）产业。{BODY} 二、谋划 （一）定位。{BODY}（二）举措。{BODY}"
    assert outline(text) == [
        "- 一、成绩",
        "  - （一）党建。",
        "  - （二）产业。",
        "- 二、谋划",
        "  - （一）定位。",
        "  - （二）举措。",
    ]


def test_a_label_within_a_line_that_is_no_sequence_is_none() -> None:
    assert outline(f"按照要求。（一）号文件规定，{BODY}参照 3.执行，{BODY}") == []


def test_an_enumeration_in_one_paragraph() -> None:
    text = f"主要有三方面收获。一是思想解放。{BODY}二是行动自觉。{BODY}三是作风优良。{BODY}\n{BODY}"
    assert outline(text) == ["- 一是思想解放。", "- 二是行动自觉。", "- 三是作风优良。"]
    # It ends with its paragraph.
    assert nodes(text)["三是"] == f"三是作风优良。{BODY}"


def test_an_enumeration_over_several_paragraphs() -> None:
    text = f"存在的差距。\n一是改革方面。{BODY}\n二是市场方面。{BODY}\n三是机遇方面。{BODY}\n总的来看，{BODY}"
    assert outline(text) == ["- 一是改革方面。", "- 二是市场方面。", "- 三是机遇方面。"]
    assert nodes(text)["三是"] == f"三是机遇方面。{BODY}"


def test_a_list_of_single_paragraphs_does_not_take_in_the_list_below_it() -> None:
    text = f"一、任务\n（一）粮食。{BODY}\n（二）燃料。{BODY}\n为此，{BODY}\n第一，抓调整。{BODY}\n第二，抓改革。{BODY}"
    assert outline(text) == [
        "= 一、任务",
        "  - （一）粮食。",
        "  - （二）燃料。",
        "  - 第一，抓调整。",
        "  - 第二，抓改革。",
    ]


def test_a_section_with_a_list_as_its_siblings_goes_on_to_its_list() -> None:
    text = f"（一）粮食。{BODY}\n1.增产。\n2.节约。\n（二）燃料。{BODY}\n为此，{BODY}\n1.开源。\n2.节流。"
    assert outline(text) == [
        "- （一）粮食。",
        "  - 1.增产。",
        "  - 2.节约。",
        "- （二）燃料。",
        "  - 1.开源。",
        "  - 2.节流。",
    ]


def test_items_that_are_lines_with_their_body_below() -> None:
    text = (
        f"一是回头看，我们有信心。\n{BODY}\n{BODY}\n二是往前看，我们有差距。\n{BODY}\n三是向上看，我们有机遇。\n{BODY}"
    )
    assert outline(text) == ["= 一是回头看，我们有信心。", "= 二是往前看，我们有差距。", "= 三是向上看，我们有机遇。"]
    assert nodes(text)["一是"] == f"一是回头看，我们有信心。\n{BODY}\n{BODY}"


def test_items_nest() -> None:
    text = "一是抓队伍，第一，选准人；第二，用好人。二是抓项目，第一，引进来；第二，建起来。"
    assert outline(text) == [
        "- 一是抓队伍，",
        "  - 第一，选准人；",
        "  - 第二，用好人。",
        "- 二是抓项目，",
        "  - 第一，引进来；",
        "  - 第二，建起来。",
    ]


def test_a_second_list_of_its_kind_begins_anew() -> None:
    text = f"成绩：一是甲。二是乙。\n问题：一是丙。二是丁。\n{BODY}"
    assert outline(text) == ["- 一是甲。", "- 二是乙。", "- 一是丙。", "- 二是丁。"]


def test_a_number_that_was_taken_out_keeps_its_place() -> None:
    text = f"1.抓党建。{BODY}\n**.抓治理。{BODY}\n3.抓稳定。{BODY}"
    assert outline(text) == ["- 1.抓党建。", "- **.抓治理。", "- 3.抓稳定。"]


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        (
            "首先，要认清形势。其次，要压实责任。最后，要抓好落实。",
            ["首先，要认清形势。", "其次，要压实责任。", "最后，要抓好落实。"],
        ),
        ("一方面，引进项目。另一方面，扶持企业。", ["一方面，引进项目。", "另一方面，扶持企业。"]),
        (
            "——经济稳中有进。\n——民生持续改善。\n——环境更加优美。",
            ["——经济稳中有进。", "——民生持续改善。", "——环境更加优美。"],
        ),
        ("其一，认清形势。其二，压实责任。", ["其一，认清形势。", "其二，压实责任。"]),
        ("①认清形势。②压实责任。", ["①认清形势。", "②压实责任。"]),
    ],
)
def test_each_kind_of_enumeration(text: str, heads: list[str]) -> None:
    assert outline(f"主要要求。\n{text}") == [f"- {head}" for head in heads]


@pytest.mark.parametrize(
    "text",
    [
        "一是思想解放。没有下文。",
        "二是思想解放。三是作风优良。",
        "首先，要认清形势。",
        "一方面，要引进项目。",
        "——经济稳中有进。",
        "坚持统一是前提，唯一是办法，二是要落实。",
        f"一是思想解放。{BODY * 100}二是作风优良。",  # too far off
    ],
)
def test_what_has_no_second_is_no_enumeration(text: str) -> None:
    assert outline(f"会议指出，情况如下。\n{text}") == []


def test_a_label_on_a_line_of_its_own_is_no_heading() -> None:
    text = f"{BODY}\n第一，\n{BODY}\n第二，\n{BODY}"
    assert outline(text) == ["- 第一，", "- 第二，"]
    assert nodes(text)["第一，"] == f"第一，\n{BODY}"


def test_a_plain_heading_is_a_short_line_behind_a_full_stop_above_a_long_one() -> None:
    text = f"{BODY}\n医保共济范围扩大\n{BODY}\n连续参保有激励\n{BODY}"
    assert outline(text) == ["= 医保共济范围扩大", "= 连续参保有激励"]


@pytest.mark.parametrize(
    "line",
    [
        "（审议稿）",
        "张三：",
        "甲、乙、",
        "会议结束。",
        "——会议结束",
        "总计：12",
        "很长的一行" * 7,
        "2023",
        "学校\t计划人数",  # a row of a table
        "云政发〔2019〕7号",
        "（云溪县人民政府令第7号）",
    ],
)
def test_what_is_no_plain_heading(line: str) -> None:
    assert outline(f"{BODY}\n{line}\n{BODY}") == []


def test_the_first_row_of_a_table_heads_nothing_that_comes_after_it() -> None:
    text = f"一、招生\n{BODY}\n学校\t人数\n一中\t八百\n二中\t六百\n{BODY}\n二、入学\n{BODY}"
    assert outline(text) == ["= 一、招生", "  - 一中\t八百", "  - 二中\t六百", "= 二、入学"]


def test_a_row_with_a_label_is_a_row_and_a_heading_may_have_a_tab_behind_its_label() -> None:
    text = f"{BODY}\n一、税收收入\t八百万元\n二、其他收入\t六百万元\n{BODY}"
    assert outline(text) == ["- 一、税收收入\t八百万元", "- 二、其他收入\t六百万元"]
    assert nodes(text)["二、"] == "二、其他收入\t六百万元"
    assert outline(f"一、\t收入\n{BODY}\n二、\t支出\n{BODY}") == ["= 一、\t收入", "= 二、\t支出"]


def test_a_chapter_behind_a_plain_heading_is_not_inside_it() -> None:
    text = f"第一章 总则\n{BODY}\n适用范围\n{BODY}\n第二章 职责\n{BODY}\n部门职责\n{BODY}\n第三章 附则\n{BODY}"
    assert outline(text) == ["= 第一章 总则", "  = 适用范围", "= 第二章 职责", "  = 部门职责", "= 第三章 附则"]


def test_a_salutation_ends_the_enumeration_and_the_subsection() -> None:
    text = f"一、成绩\n（一）经济。{BODY}\n（二）民生。{BODY}\n同志们，{BODY}\n二、任务\n{BODY}"
    assert outline(text) == ["= 一、成绩", "  - （一）经济。", "  - （二）民生。", "= 二、任务"]
    assert nodes(text)["（二）"] == f"（二）民生。{BODY}"
    assert nodes(text)["一、"].endswith(f"同志们，{BODY}")


def test_attachments_are_in_no_section() -> None:
    text = f"一、要求\n（一）领导。{BODY}\n（二）宣传。{BODY}\n附件：1.任务表\n2.指标表"
    assert outline(text) == ["= 一、要求", "  - （一）领导。", "  - （二）宣传。", "- 1.任务表", "- 2.指标表"]


@pytest.mark.parametrize("stop", ["", "；", "。"])
def test_short_lines_of_a_list_are_items_and_no_headings(stop: str) -> None:
    text = f"{BODY}\n（一）身份证{stop}\n（二）户口簿{stop}\n（三）申请表{stop}\n{BODY}"
    assert outline(text) == [f"- （一）身份证{stop}", f"- （二）户口簿{stop}", f"- （三）申请表{stop}"]
    assert nodes(text)["（三）"] == f"（三）申请表{stop}"


def test_a_table_of_contents_is_headings_with_nothing_under_them() -> None:
    text = f"{BODY}\n第一章 总则\n第二章 职责\n第一章 总则\n第一条 {BODY}\n第二章 职责\n第二条 {BODY}"
    assert outline(text) == [
        "= 第一章 总则",
        "= 第二章 职责",
        "= 第一章 总则",
        "  - 第一条",
        "= 第二章 职责",
        "  - 第二条",
    ]


def test_a_line_broken_within_its_sentence_is_no_heading() -> None:
    text = "1.营造氛围。充分发挥各方面、\n各单位作用。\n2.加强领导，\n压实责任。"
    assert outline(text) == ["- 1.营造氛围。", "- 2.加强领导，"]


def test_front_matter_is_title_by_lines_and_salutation() -> None:
    text = f"县政府工作报告\n——在县人民代表大会上\n县长 张三\n各位代表：\n{BODY}"
    parsed = structure(document(text))
    assert [text[start:end] for start, end in parsed.front] == [
        "县政府工作报告",
        "——在县人民代表大会上",
        "县长 张三",
        "各位代表：",
    ]
    assert [text[start:end] for start, end in parsed.body] == [BODY]


@pytest.mark.parametrize(
    ("text", "front"),
    [
        ("报告\n一、总体要求\n正文。", ["报告"]),  # a heading ends it, without a full stop
        ("办法\n第一章 总则\n第一条 甲。", ["办法"]),
        ("一、总体要求\n正文。", []),
        ("会议指出，情况很好。\n正文。", []),
        ("近年来，各地区各单位认真贯彻落实决策部署，取得了\n明显成效。", []),  # a broken sentence
        ("标题\n又一标题", []),  # nothing would be left
        ("题\n" * 9 + "正文。", []),  # too many lines to be front matter
        ("", []),
    ],
)
def test_front_matter_ends_where_the_body_begins(text: str, front: list[str]) -> None:
    assert [text[start:end] for start, end in structure(document(text)).front] == front


def test_paragraphs_count_every_line_that_is_not_blank() -> None:
    text = "首页\n\n 报告 \n\u3000\n正文。\n"
    parsed = structure(document(text, Leftover(0, 2, "面包屑")))
    assert [text[start:end] for start, end in parsed.paragraphs] == ["首页", "报告", "正文。"]
    assert [text[start:end] for start, end in (*parsed.front, *parsed.body)] == ["报告", "正文。"]


def test_sections_are_the_headings_with_their_levels() -> None:
    text = (
        f"一、成绩\n一是甲。{BODY}\n二是乙。{BODY}\n"
        f"二、任务\n（一）党建。{BODY}\n一是丙，好。\n{BODY}\n二是丁，好。\n{BODY}"
    )
    found = structure(document(text)).sections()
    assert [(level, text[node.head.start : node.head.end]) for level, node in found] == [
        (1, "一、成绩"),
        (1, "二、任务"),
        (2, "（一）党建。"),
        (3, "一是丙，好。"),
        (3, "二是丁，好。"),
    ]


def test_a_node_spans_its_label_and_ends_with_a_visible_character() -> None:
    text = f"{BODY}\n一、成绩 \n{BODY} \n\n二、任务\n{BODY}\n"
    for node in structure(document(text)).root.walk():
        if node.style:
            assert node.start == node.label.start == node.head.start
            assert node.label.end <= node.head.end <= node.end
            assert not text[node.end - 1].isspace()


def test_an_empty_document_has_an_empty_structure() -> None:
    parsed = structure(document(""))
    assert (parsed.paragraphs, parsed.front, parsed.body, parsed.root.children) == ((), (), (), ())


def test_nesting_has_an_end() -> None:
    text = "".join(f"一{chr(0x5000 + n)}甲，二{chr(0x5000 + n)}乙，" for n in range(500))

    def depth(node: Node) -> int:
        return 1 + max(map(depth, node.children), default=0)

    assert depth(structure(document(text)).root) < 20


SEED_OUTLINES = {
    "000": """
= 一、前期工作成果
  - 一是思想更加解放。
  - 二是行动更加自觉。
  - 三是作风更加优良。
= 二、存在的差距不足
  - 一是聚焦强化改革精神方面。
  - 二是聚焦强化全球思维方面。
  - 三是聚焦强化市场意识方面。
  - 四是聚焦强化创新意识方面。
  - 五是聚焦强化机遇意识方面。
= 三、下步整改措施
  - 一方面，切实转变作风，强化“三种意识”。
  - 另一方面，提高工作效能，确保“四个”到位。
""",
    "002": """
= 一、进展成效
  - 一是务实笃行的思想逐步得到解放。
  - 二是创新突破的思想逐步得到解放。
  - 三是上下结合的思想逐步得到解放。
  - 四是精细严实的思想逐步得到解放。
  - 五是服务发展的思想逐步得到解放。
= 二、存在问题
  - 一是在深化县情认识上有差距。
  - 二是在贯彻新发展理念上有差距。
  - 三是在实现上下结合上有差距。
  - 四是在能力作风优化上有差距。
  - 五是在制度机制创新上有差距。
= 三、下步工作
  - 一是深化学习研讨。
  - 二是严实督导指导。
  - 三是抓好考核评价。
  - 四是营造浓厚氛围。
""",
    "004": """
- 一、2022年工作情况
  - (一)突出“党建引领”,夯实高质量发展根基。
    - 一是锻造素质过硬干部队伍。
    - 二是打造坚强有力战斗堡垒。
    - 三是用活共同缔造五共方法。
  - (二)立足“产业兴旺”,增添高质量发展动能。
    - 一是明确目标定位聚合力。
    - 二是村社示范带动增动力。
    - 三是搭建销售平台添活力。
  - (三)围绕“生态保护”,擦亮高质量发展底色。
    - 一是创新“一长三员”护林制度。
    - 二是擦亮国字森林康养招牌。
    - 三是推进宜居乡村品质提升。
- 二、2023年工作谋划
  - (一)目标定位
  - (二)工作举措
    - 1.抓党建、促提升,在组织建设上精准发力。
      - 一是立根铸魂抓理论武装。
      - 二是强筋壮骨抓干部队伍。
      - 三是夯基固本抓基层组织。
    - 2.抓产业、促共富,在乡村振兴上精准发力。
      - 一是持之以恒推进招商引资。
      - 二是坚定不移发展农业产业。
      - 三是毫不松懈抓好乡村旅游。
    - **.抓治理、促转型,在生态建设上精准发力。
      - 一是管护治理并行让“青山”常绿。
      - 二是防治修复并进让“绿水”常清。
      - 三是建设管控并重让“乡村”常美。
    - 4.抓稳定、促和谐,在社会治理上精准发力。
      - 一是激发自治活力增“幸福指数”。
      - 二是深化法治建设增“安全指数”。
      - 三是弘扬以德治村增“和谐指数”。
""",
}


# -- headings that the file's format names ---------------------------------------------------------------------------


def styled(*lines: tuple[int, str]) -> list[str]:
    """Return the outline of lines with their levels as headings; 0 for a line that is none."""
    text = "\n".join(words for _, words in lines)
    starts = [0, *accumulate(len(words) + 1 for _, words in lines)]
    headings = tuple(Heading(start, level) for start, (level, _) in zip(starts, lines, strict=False) if level)
    return outline(text, structure(Document("d", "d.docx", "", text, headings=headings)))


def test_headings_without_labels_nest_by_their_levels() -> None:
    lines = [
        (1, "总体要求"),
        (0, BODY),
        (2, "目标"),
        (0, BODY),
        (3, "近期"),
        (0, BODY),
        (2, "原则"),
        (0, BODY),
        (1, "保障"),
        (0, BODY),
    ]
    assert styled((0, BODY), *lines) == ["= 总体要求", "  = 目标", "    = 近期", "  = 原则", "= 保障"]
    assert styled((0, BODY), *((0, words) for _, words in lines)) != styled((0, BODY), *lines)


def test_short_lines_follow_one_another_as_headings_where_the_format_says_so() -> None:
    assert styled((0, BODY), (1, "附则"), (2, "解释权"), (0, "由县粮食局负责。")) == ["= 附则", "  = 解释权"]


def test_labels_tell_what_is_inside_what_among_headings_of_one_style() -> None:
    lines = [
        (1, "一、总体要求"),
        (0, BODY),
        (1, "（一）目标"),
        (0, BODY),
        (1, "（二）原则"),
        (0, BODY),
        (1, "二、保障"),
        (0, BODY),
    ]
    assert styled(*lines) == ["= 一、总体要求", "  = （一）目标", "  = （二）原则", "= 二、保障"]


def test_labelled_headings_stand_below_those_without_a_label_by_their_levels() -> None:
    upper = [(1, "上篇"), (2, "一、备仓"), (0, BODY), (2, "二、备款"), (0, BODY)]
    lines = [*upper, (1, "下篇"), (2, "一、收购"), (0, BODY), (1, "三、结语"), (0, BODY)]
    assert styled((0, BODY), *lines) == [
        "= 上篇",
        "  = 一、备仓",
        "  = 二、备款",
        "= 下篇",
        "  = 一、收购",
        "= 三、结语",
    ]


def test_a_heading_of_a_lower_level_stays_below_a_label_that_has_no_style() -> None:
    lines = [
        (1, "总则"),
        (0, BODY),
        (0, "一、任务"),
        (0, BODY),
        (3, "仓容"),
        (0, BODY),
        (3, "资金"),
        (0, BODY),
        (1, "附则"),
        (0, BODY),
    ]
    assert styled((0, BODY), *lines) == ["= 总则", "  = 一、任务", "    = 仓容", "    = 资金", "= 附则"]


def test_a_labelled_line_that_its_style_says_is_a_heading_is_one_without_a_guess() -> None:
    assert styled((0, BODY), (1, "一、抓早备仓；抓早备款"), (0, BODY)) == ["= 一、抓早备仓；抓早备款"]
    assert styled((0, BODY), (0, "一、抓早备仓；抓早备款"), (0, BODY)) == ["- 一、抓早备仓；"]


def test_a_paragraph_in_the_style_of_a_heading_is_a_paragraph() -> None:
    assert styled((0, BODY), (1, BODY * 2), (0, BODY)) == []


def test_the_title_may_be_a_heading_and_ends_where_the_next_begins() -> None:
    assert styled((1, "关于秋粮收购的通知"), (0, "云溪县人民政府"), (2, "总体要求"), (0, BODY)) == ["= 总体要求"]


@pytest.mark.parametrize("name", SEED_OUTLINES)
def test_a_seed_reads_as_its_writer_meant_it(name: str) -> None:
    found = next(d for d in read_folders([SEEDS]).documents if d.file.startswith(name))
    assert outline(found.text, structure(found)) == SEED_OUTLINES[name].strip().split("\n")


@pytest.mark.parametrize(
    "below", ["名称\t投资\n白沙大桥\t三千万元", "组长：蒋文彬\n副组长：汤月娥", "时间：五月六日\n主持人：许小琴"]
)
def test_rows_and_fields_below_the_title_can_be_asked(below: str) -> None:
    text = f"项目专班名单\n{below}\n一、职责\n负责协调各乡镇。\n"
    document = Document("d", "d.txt", "项目专班名单", text)
    found = passages(document, structure(document), 0)
    assert [(text[p.start : p.end], p.answerable) for p in found[:2]] == [("项目专班名单", False), (below, True)]


def test_who_is_addressed_and_when_it_is_from_cannot() -> None:
    text = "关于办好学校的通知\n（2024年5月6日）\n各乡镇人民政府：\n一、要求\n抓好落实。\n"
    document = Document("d", "d.txt", "关于办好学校的通知", text)
    first, *_ = passages(document, structure(document), 0)
    assert (text[first.start : first.end], first.answerable) == (
        "关于办好学校的通知\n（2024年5月6日）\n各乡镇人民政府：",
        False,
    )


@pytest.mark.parametrize("levels", [(0, 0, 1), (1, 0, 1), (1, 2, 1)])
def test_a_number_below_the_title_is_front_matter_whatever_the_format_says_are_headings(
    levels: tuple[int, int, int],
) -> None:
    lines = ("关于保护古桥的意见", "云政发〔2019〕7号", "一、总体要求")
    text = "\n".join((*lines, BODY))
    starts = [text.index(line) for line in lines]
    headings = tuple(Heading(start, level) for start, level in zip(starts, levels, strict=True) if level)
    parsed = structure(Document("d", "d.docx", "", text, headings=headings))
    assert outline(text, parsed) == ["= 一、总体要求"]
    assert [text[start:end] for start, end in parsed.front] == list(lines[:2])


def test_below_a_title_that_the_format_names_only_by_lines_are_no_text() -> None:
    text = "驻村名册\n钱学礼 白沙村\n孙立 红桥村\n职责\n负责协调各乡镇。\n"
    headings = (Heading(0, 1), Heading(text.index("职责"), 2))
    document = Document("d", "d.md", "驻村名册", text, headings=headings)
    found = passages(document, structure(document), 0)
    assert ("钱学礼 白沙村\n孙立 红桥村", True) in [(text[p.start : p.end], p.answerable) for p in found]
