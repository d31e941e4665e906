"""Answers to questions and to conversations."""

import pytest

from service.answering.answer import Answer
from service.answering.filters import Filters
from service.corpus.document import Span
from service.engine import Engine
from tests.unit.answering.conftest import MakeEngine

REPORT = """云溪镇2023年工作报告
同志们：
一、2022年工作回顾
一是水利建设取得进展。全年新修渠道12公里，改造泵站3座，解决了下游五个村的灌溉难题，受益农田六千余亩，群众普遍感到满意，纷纷点赞。
二是道路建设稳步推进。硬化村道25公里，新建桥梁2座，开通通村客运班线四条，沿线群众出行和农产品外运都比过去更加方便快捷。
三是林业工作成效明显。造林1500亩，森林覆盖率达到62%，建成苗圃一处，聘用护林员三十名，全年没有发生一起森林火灾，受到上级通报表扬。
二、2023年工作安排
重点抓好以下三项工作：
一是建设高标准农田。新建高标准农田8000亩，配套灌溉设施和机耕道路，推广良种良法，力争全镇粮食亩产再上一个新的台阶。
二是办好幼儿园。新建公办幼儿园1所，增加学位270个，配齐教师和保育员，让镇区孩子都能在家门口就近入园、放心入园，解除家长后顾之忧。
三是治理河道。推行河长制，清理河道垃圾，完成清淤6公里，拆除岸边违建，恢复两岸植被，让沿岸群众亲水近水、安居乐业，共享治水成果。
"""


@pytest.fixture
def town(make_engine: MakeEngine) -> Engine:
    return make_engine({"云溪.txt": REPORT})


def assert_faithful(answer: Answer) -> None:
    """Every span is the slice of its document that it claims to be, and inside what it belongs to."""
    for citation in (*answer.citations, *answer.related):
        assert citation.document.text[citation.start : citation.end] == citation.text
        assert len(citation.text) <= 400
        assert all(citation.start <= a < b <= citation.end for a, b in (*citation.quotes, *citation.matches))
    numbers = {citation.number: citation for citation in answer.citations}
    for quote in answer.quotes:
        assert quote.document.text[quote.start : quote.end] == quote.text
        assert Span(quote.start, quote.end) in numbers[quote.citation].quotes


def test_the_headline_question_is_answered_by_its_sentence(seeds: Engine) -> None:
    answer = seeds.ask("开发区招商改革怎么做的")
    first = answer.citations[0]
    assert answer.quotes[0].text == (
        "特别是大力度推进开发区招商体制机制改革，组建招商服务公司，面向社会公开招聘总经理，"
        "形成体制内外混合编队，实施KPI考核机制，极大激发了干部职工内生动力。"
    )
    assert (first.document.file, first.paragraph, first.path) == (
        "001_8c21865a51a04441.txt",
        4,
        ("一、肯定成绩，正视问题，持续增强优环境提能力转作风的责任感和紧迫感", "四是深化改革有力推进。"),
    )


def test_an_answer_quotes_the_sentence_and_cites_its_place(town: Engine) -> None:
    answer = town.ask("河道怎么治理")
    assert [quote.text for quote in answer.quotes] == [
        "三是治理河道。",
        "推行河长制，清理河道垃圾，完成清淤6公里，拆除岸边违建，恢复两岸植被，让沿岸群众亲水近水、安居乐业，共享治水成果。",
    ]
    first = answer.citations[0]
    assert (first.paragraph, first.reference) == (
        11,
        "《云溪镇2023年工作报告》第二部分“三是”，全文第11段",
    )
    assert_faithful(answer)


def test_a_list_is_answered_whole_with_its_lead_in(town: Engine) -> None:
    answer = town.ask("2023年要抓好哪三项工作")
    assert answer.outline is not None
    assert answer.outline.lead is not None
    assert answer.outline.lead.text == "重点抓好以下三项工作："
    items = [(item.label, item.quote.text) for item in answer.outline.items]
    assert items == [(line[:2], line) for line in REPORT.splitlines()[-3:]]
    assert [citation.text for citation in answer.citations[:1]] == [REPORT[REPORT.index("重点抓好") :].strip()]
    assert_faithful(answer)


def test_an_ordinal_opens_the_item_of_the_outline_last_answered(town: Engine) -> None:
    answer = town.ask("第二项呢", ["2023年要抓好哪三项工作"])
    assert answer.quotes[0].text == "二是办好幼儿园。"
    assert answer.citations[0].text.startswith("二是办好幼儿园。")


def test_an_elliptical_question_carries_the_words_of_the_one_before(town: Engine) -> None:
    answer = town.ask("那道路呢", ["2022年水利建设做了什么"])
    assert answer.citations[0].text.startswith("二是道路建设稳步推进。")
    assert [(t.text, t.origin) for t in answer.terms if t.origin == "carried"] == [
        ("2022", "carried"), ("水利建设", "carried"),
    ]  # fmt: skip


def test_a_complete_question_carries_nothing(town: Engine) -> None:
    answer = town.ask("森林覆盖率达到多少", ["2022年水利建设做了什么"])
    assert [term.origin for term in answer.terms if term.origin == "carried"] == []
    assert "62%" in answer.quotes[0].text


@pytest.mark.parametrize("question", ["红烧排骨要炖多久", "世界杯谁夺冠了", "？？？", "", "   ", "😀😀", "\x00\x07"])
def test_what_stands_nowhere_is_not_found(town: Engine, question: str) -> None:
    answer = town.ask(question)
    assert (answer.status, answer.quotes, answer.citations, answer.outline) == ("not_found", (), (), None)


def test_not_found_names_the_words_that_stand_nowhere(town: Engine) -> None:
    assert [(t.text, t.found) for t in town.ask("红烧排骨怎么炖").terms if t.origin == "asked"] == [
        ("红烧", False),
        ("排骨", False),
    ]


def test_a_title_or_salutation_answers_nothing(town: Engine) -> None:
    answer = town.ask("云溪镇2023年工作报告")
    assert all("同志们" not in citation.text for citation in answer.citations)
    assert all(citation.paragraph > 2 for citation in answer.citations)


def test_a_bare_heading_answers_nothing(make_engine: MakeEngine) -> None:
    engine = make_engine(
        {"a.txt": "一、渔业发展\n渔业产量达到三百吨，养殖面积稳定，渔民收入增加，新建冷库两座。\n二、渔船更新改造"}
    )
    assert all("渔船更新改造" not in citation.text for citation in engine.ask("渔船更新改造").citations)


def test_the_province_in_a_question_chooses_the_document(make_engine: MakeEngine) -> None:
    text = "{}政府工作报告\n各位代表：\n全年粮食产量达到{}万吨，农业机械化水平稳步提高，农民收入继续增加。\n"
    engine = make_engine({"a.txt": text.format("甘肃省", 1200), "b.txt": text.format("青海省", 110)})
    answer = engine.ask("青海粮食产量多少")
    assert {citation.document.file for citation in answer.citations} == {"b.txt"}
    assert "110万吨" in answer.quotes[0].text


def test_two_provinces_in_a_question_are_both_answered(make_engine: MakeEngine) -> None:
    text = "{}政府工作报告\n各位代表：\n全年粮食产量达到{}万吨，农业机械化水平稳步提高，农民收入继续增加。\n"
    engine = make_engine({"a.txt": text.format("甘肃省", 1200), "b.txt": text.format("青海省", 110)})
    answer = engine.ask("甘肃和青海的粮食产量各是多少")
    assert [quote.document.file for quote in answer.quotes] == ["a.txt", "b.txt"]


def test_filters_keep_to_the_documents_and_dates_named(seeds: Engine) -> None:
    speech = next(d for d in seeds.loaded.corpus.documents if d.file.startswith("003"))
    only = seeds.ask("优化营商环境", filters=Filters(documents=(speech.id,)))
    later = seeds.ask("营商环境和乡村旅游", limit=20, filters=Filters(earliest="2023"))
    assert {citation.document.file for citation in only.citations} == {speech.file}
    assert {citation.document.date for citation in later.citations} == {"2023", "2023-02-14"}


def test_limit_bounds_the_citations(seeds: Engine) -> None:
    assert [len(seeds.ask("营商环境", limit=limit).citations) for limit in (1, 3, 20)] == [1, 3, 20]


def test_each_turn_of_a_conversation_is_answered_as_it_was_alone(seeds: Engine) -> None:
    questions = ["营商环境要从哪些方面发力", "第二点呢", "乡村旅游怎么发展"]
    together = seeds.converse(questions)
    alone = [seeds.ask(question, questions[:turn]) for turn, question in enumerate(questions)]
    assert [(a.quotes, a.citations, a.terms) for a in together] == [(a.quotes, a.citations, a.terms) for a in alone]


def test_the_same_question_gets_the_same_answer(seeds: Engine) -> None:
    first, second = (seeds.ask("招商引资有哪些短板") for _ in range(2))
    assert (first.quotes, first.outline, first.citations, first.terms) == (
        second.quotes,
        second.outline,
        second.citations,
        second.terms,
    )


@pytest.mark.parametrize(
    "question",
    [
        "年轻护林员应该怎么培养",
        "再生水怎么利用",
        "第二轮河道督察整改得怎么样",
        "还款困难的农户怎么帮扶",
    ],  # 该, 再, 第二, 还: and yet whole
)
def test_a_complete_question_is_no_follow_up_whatever_it_begins_with(town: Engine, question: str) -> None:
    answer = town.ask(question, ["2023年要抓好哪三项工作"])
    assert [term.text for term in answer.terms if term.origin == "carried"] == []
    assert answer.citations == town.ask(question).citations


def test_a_report_that_is_not_there_is_not_answered_from_another(make_engine: MakeEngine) -> None:
    text = "2023年{}政府工作报告\n各位代表：\n全年粮食产量达到{}万吨，农业机械化水平稳步提高，农民收入继续增加。\n"
    engine = make_engine({"a.txt": text.format("甘肃省", 1200), "b.txt": text.format("青海省", 110)})
    assert engine.ask("2023年的政府工作报告里，青海粮食产量多少").citations[0].document.file == "b.txt"
    assert engine.ask("2025年的政府工作报告里，青海粮食产量多少").status == "not_found"


def test_a_document_that_answers_to_two_names_is_cited_once(make_engine: MakeEngine) -> None:
    text = "{}合作工作报告\n各位代表：\n两地共建铁路通道，粮食运输量达到{}万吨，农民收入继续增加，合作不断深化。\n"
    engine = make_engine({"a.txt": text.format("甘肃省青海省", 1200), "b.txt": text.format("甘肃省", 110)})
    citations = engine.ask("甘肃和青海的粮食运输量各是多少").citations
    assert len({(c.document.file, c.start) for c in citations}) == len(citations) == 2


def test_an_item_longer_than_a_citation_is_said_as_far_as_it_is_cited(make_engine: MakeEngine) -> None:
    long = "抓好冷库建设，" + "，".join(f"新建第{n}号冷库并配齐制冷设备" for n in range(60)) + "。"
    engine = make_engine(
        {"a.txt": f"抓好以下两项渔业任务：\n一是{long}\n二是更新渔船。更新渔船三十艘，安装导航设备。\n"}
    )
    answer = engine.ask("渔业任务有哪两项")
    assert answer.outline is not None
    assert_faithful(answer)


def test_a_synonym_with_a_number_in_it_is_marked_where_it_stands(make_engine: MakeEngine) -> None:
    engine = make_engine({"a.txt": "全县推行一次办好改革，审批时限压缩一半，群众少跑路，企业得实惠，满意度稳步上升。"})
    citation = engine.ask("怎么做到只跑一趟").citations[0]
    assert "一次办好" in [citation.document.text[a:b] for a, b in citation.matches]


def test_a_synonym_that_stands_nowhere_is_not_said_to_be_searched(town: Engine) -> None:
    text = town.loaded.corpus.documents[0].text
    terms = town.ask("返乡办厂的年轻人怎么帮扶").terms
    assert [t.text for t in terms if t.origin == "synonym" and t.text not in text and len(t.text) < 4] == []


def test_asking_for_more_shows_what_was_not_shown_yet(seeds: Engine) -> None:
    first, more = seeds.converse(["开发区招商改革怎么做的", "还有呢"])
    places = {(c.document.id, c.start) for c in first.citations}
    assert more.status == "answered"
    assert places.isdisjoint((c.document.id, c.start) for c in more.citations)


def test_an_opened_item_leaves_the_topic_of_its_list(town: Engine) -> None:
    answer = town.ask("那保育员呢", ["2023年要抓好哪三项工作", "第三项呢"])
    assert [t.text for t in answer.terms if t.origin == "carried"] != []
    assert answer.citations[0].text.startswith("二是办好幼儿园。")


TWO_LISTS = """渔业工作会议讲话
一、存在的差距
渔业发展还有差距：一是渔船老化。四成渔船超过使用年限，安全隐患多，渔民不敢远航。二是冷库不足。旺季鱼货积压，只能低价出售。
二、下步措施
渔业发展要抓好两件事：一要更新渔船。三年内更新渔船二百艘，拆解老旧渔船。二要新建冷库。新建万吨冷库两座，保障鱼货存储。
"""


@pytest.mark.parametrize(
    ("question", "heads"),
    [
        ("渔业发展有哪些短板和差距", ["一是渔船老化。", "二是冷库不足。"]),
        ("渔业发展要抓好哪些事", ["一要更新渔船。", "二要新建冷库。"]),
    ],
)
def test_what_is_wrong_is_answered_by_a_list_of_what_is_wrong(
    make_engine: MakeEngine, question: str, heads: list[str]
) -> None:
    outline = make_engine({"a.txt": TWO_LISTS}).ask(question).outline
    assert outline is not None
    assert [item.quote.text[: len(head)] for item, head in zip(outline.items, heads, strict=True)] == heads


def test_a_number_in_a_quoted_name_asks_for_no_number_of_things(town: Engine) -> None:
    assert town.ask("“三大工程”进行到哪一步").kind != "list"


def test_the_number_in_quotation_marks_may_be_what_is_asked(town: Engine) -> None:
    outline = town.ask("2023年要抓好哪“三项”工作").outline
    assert outline is not None
    assert len(outline.items) == 3


def test_how_something_is_done_is_answered_by_the_list_that_says_so(make_engine: MakeEngine) -> None:
    engine = make_engine({"a.txt": TWO_LISTS.replace("渔业发展要抓好两件事", "壮大渔港经济的办法是")})
    outline = engine.ask("怎么壮大渔港经济").outline
    assert outline is not None
    assert [item.label for item in outline.items] == ["一要", "二要"]


def test_a_phrase_with_official_names_is_not_searched_in_pieces(make_engine: MakeEngine) -> None:
    files = {
        "a.txt": "书记讲话\n种植山芋三千亩，山芋加工厂两家，山芋销往省城，山芋种植户收入翻番，山芋成了主导产业。\n",
        "b.txt": "镇长讲话\n对多年积累的历史遗留问题，逐件建立台账，领导包案，限期化解，不把矛盾留给后任。\n",
    }
    answer = make_engine(files).ask("烫手山芋怎么处理")
    assert ("历史遗留问题" in [term.text for term in answer.terms], answer.citations[0].document.file) == (
        True,
        "b.txt",
    )


def test_of_a_place_that_is_not_loaded_nothing_is_guessed(make_engine: MakeEngine) -> None:
    text = (
        "云溪镇工作总结\n借鉴浙江模式，推行垃圾分类，户分类、村收集、镇转运，群众参与率达到九成，村容村貌明显改善。\n"
    )
    engine = make_engine({"a.txt": text})
    guessed = engine.ask("浙江的彩礼不能超过多少")
    assert (guessed.status, [(name.text, name.documents) for name in guessed.named]) == ("not_found", [("浙江", 0)])
    assert engine.ask("浙江模式怎么借鉴").status == "answered"


def test_boilerplate_ranks_below_what_is_done(make_engine: MakeEngine) -> None:
    slogans = (
        "要坚持以稳中求进工作总基调为指导，完整准确全面贯彻新发展理念，深入贯彻重要讲话精神，守正创新、先立后破，系统集成、"
        "协同配合，抓好渔业、林业、水利、教育、卫生和渔港建设，奋力谱写新篇章。\n"
    )
    done = (
        "渔港今年扩建码头三百米，疏浚航道两公里，增设冷库一座，配备巡逻艇两艘，渔港管理站同步建成投用，"
        "渔民卸鱼不再排队，渔港面貌一新。\n"
    )
    engine = make_engine({"a.txt": f"镇长讲话\n{slogans}{'其他各项照常，各村如期完成。' * 12}\n{done}"})
    assert "码头" in engine.ask("渔港建设怎么推进").quotes[0].text


def test_a_list_of_the_year_asked_about_is_taken(town: Engine) -> None:
    for year, first in (("2022", "一是水利建设取得进展。"), ("2023", "一是建设高标准农田。")):
        outline = town.ask(f"{year}年做了哪些工作").outline
        assert outline is not None
        assert outline.items[0].quote.text.startswith(first)


@pytest.mark.parametrize("question", ["谢谢", "你好", "明白了"])
def test_a_courtesy_is_answered_by_nothing(town: Engine, question: str) -> None:
    assert town.ask(question).status == "not_found"


def test_another_matter_that_nobody_knows_is_not_answered_by_what_was_asked_before(town: Engine) -> None:
    assert town.ask("今天中午吃什么", ["2023年要抓好哪三项工作"]).status == "not_found"


@pytest.mark.parametrize("question", ["云政发〔2023〕5号讲了什么", "2023年5月8日的通知", "《防汛通知》说了什么"])
def test_a_document_asked_for_itself_is_answered_by_what_it_says(make_engine: MakeEngine, question: str) -> None:
    engine = make_engine(
        {
            "a.txt": "云政发〔2023〕5号\n防汛通知\n2023年5月8日\n各村要备足沙袋，落实值守。\n",
            "b.txt": "云政发〔2023〕6号\n绿化办法\n2023年5月9日\n各村要栽树浇水。\n",
        }
    )
    answer = engine.ask(question)
    assert [quote.text for quote in answer.quotes] == ["各村要备足沙袋，落实值守。"]


def test_what_is_asked_of_a_number_or_date_of_no_document_is_not_answered_from_another(make_engine: MakeEngine) -> None:
    engine = make_engine({"a.txt": "云政发〔2023〕5号\n防汛通知\n2023年5月8日\n各村要备足沙袋，落实值守。\n"})
    for question in ("云政发〔2022〕9号要求各村备足什么", "2023年7月1日的通知要求各村备足什么"):
        answer = engine.ask(question)
        assert (answer.status, [name.documents for name in answer.named]) == ("not_found", [0])


TOWNS = {
    "a.txt": "云溪镇工作报告\n一、发展大棚蔬菜种植，新建大棚蔬菜基地两处。\n二、举办大棚蔬菜节，宣传大棚蔬菜品牌。\n",
    "b.txt": "石桥镇工作报告\n一、修路十公里，方便群众出行。\n二、发展大棚蔬菜，带动农户增收。\n",
    "c.txt": "柳林镇工作报告\n一、改造学校两所。\n二、引导农户发展大棚蔬菜，销往省城。\n",
    "d.txt": "南山镇工作报告\n一、修建水库一座，灌溉稻田。\n二、种植蔬菜和果树。\n",
}


@pytest.mark.parametrize(
    "question", ["哪些镇提到大棚蔬菜", "各镇怎么发展大棚蔬菜", "哪些材料提到大棚蔬菜", "谁家种大棚蔬菜"]
)
def test_who_asks_of_several_places_is_answered_from_each_that_holds_it(make_engine: MakeEngine, question: str) -> None:
    answer = make_engine(TOWNS).ask(question)
    assert {quote.document.file for quote in answer.quotes} == {"a.txt", "b.txt", "c.txt"}
    assert {citation.document.file for citation in answer.citations[:3]} == {"a.txt", "b.txt", "c.txt"}


def test_of_several_places_as_many_are_cited_as_the_limit_allows(make_engine: MakeEngine) -> None:
    answer = make_engine(TOWNS).ask("哪些镇提到大棚蔬菜", limit=2)
    assert len({citation.document.file for citation in answer.citations}) == 2


def test_which_places_asked_after_one_asks_all(make_engine: MakeEngine) -> None:
    answer = make_engine(TOWNS).ask("那哪些镇提到了", ["云溪镇怎么发展大棚蔬菜"])
    assert {quote.document.file for quote in answer.quotes} == {"a.txt", "b.txt", "c.txt"}
