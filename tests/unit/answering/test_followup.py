"""The ways people go on: another matter, another side, another year, an item, its remedy, another place."""

import pytest

from service.engine import Engine
from tests.unit.answering.conftest import MakeEngine

SPEECH = """在全镇重点工作推进会上的讲话
一、前段工作
2023年，全镇种植茶叶三千亩，茶叶合作社发展到六家，茶农人均收入明显增加，茶叶品牌进入省城超市，销路比过去更宽。
2023年，全镇教育投入增加，改造校舍两处，公开招聘教师八名，学生营养餐实现全覆盖，孩子们在家门口就能上好学，家长十分放心。
2023年，全镇安全形势平稳，排查烟花爆竹和燃气隐患一百余处，全部整改到位，没有发生一起人员伤亡的安全事故。
当前工作还存在一些问题。一是茶叶加工水平不高。多数茶农仍卖鲜叶，缺少精深加工企业，附加值低，抗风险能力弱，丰产不丰收。二是教师队伍不稳。骨干教师外流较多，新教师补充不及时，部分村小一人教多科，教学质量受到影响。
二、2024年安排
2024年，茶叶种植要扩大到五千亩，新建标准茶园两个，支持合作社申报地理标志，让茶叶真正成为群众的摇钱树。
针对茶叶加工水平不高的情况，要引进精深加工企业一至两家，建设茶叶加工园，支持合作社更新设备，延长产业链条，提高附加值。
围绕稳定教师队伍，要落实乡村教师补贴，建设周转宿舍二十套，为骨干教师评职称开辟绿色通道，让教师留得住、教得好。
"""
OTHER = """高新区党工委工作报告
高新区全年种植城市绿地二百亩，茶叶交易中心建成投用，线上线下交易额达到三亿元，成为全省最大的茶叶集散地。
高新区新建学校一所，引进名校教师二十名，建成智慧教室六十间，学位供给能力大幅提升，入学难问题得到缓解。
"""


@pytest.fixture
def office(make_engine: MakeEngine) -> Engine:
    return make_engine({"a.txt": SPEECH, "b.txt": OTHER})


def says(engine: Engine, questions: tuple[str, ...], begins: str) -> bool:
    """Return whether a sentence that begins so is quoted for the last of these questions, from the first citation."""
    quotes = engine.converse(questions)[-1].quotes
    return any(quote.text.startswith(begins) and quote.citation == 1 for quote in quotes)


TEA = "2023年茶叶种植情况怎么样"


@pytest.mark.parametrize(
    ("goes_on", "begins"),
    [
        ("教育方面呢", "2023年，全镇教育"),  # another matter in the same place
        ("烟花爆竹呢", "2023年，全镇安全形势"),
        ("2024年呢", "2024年，茶叶种植"),  # another year of the same matter
        ("2024年打算怎么弄", "2024年，茶叶种植"),
        ("高新区呢", "高新区全年"),  # another place, the same matter
    ],
)
def test_what_takes_the_place_of_what_was_asked(office: Engine, goes_on: str, begins: str) -> None:
    assert says(office, (TEA, goes_on), begins)


def test_a_trouble_named_by_its_number_leads_to_its_remedy_elsewhere(office: Engine) -> None:
    listed = "推进会指出了哪两个问题"
    assert says(office, (listed, "第一个呢"), "一是茶叶加工水平不高。")
    assert says(office, (listed, "第一条怎么解决"), "针对茶叶加工水平不高的情况")


def test_the_next_number_asks_the_same_of_another_item(office: Engine) -> None:
    asked = ("推进会指出了哪两个问题", "第一条怎么解决", "第二个呢")
    assert says(office, asked, "围绕稳定教师队伍")


def test_a_document_named_before_is_still_the_one_asked(office: Engine) -> None:
    answers = office.converse(["高新区茶叶交易怎么样", "那学校呢"])
    assert {citation.document.file for citation in answers[-1].citations} == {"b.txt"}


def test_another_side_takes_the_place_of_the_side_asked_before(office: Engine) -> None:
    terms = office.converse(["茶叶有哪些成效", "那难点呢"])[-1].terms
    assert [(term.text, term.origin) for term in terms if term.origin != "synonym"] == [
        ("难点", "asked"),
        ("茶叶", "carried"),
    ]


def test_an_elliptic_question_asks_as_the_one_before_it_did(office: Engine) -> None:
    assert [answer.kind for answer in office.converse(["茶叶有哪些成效", "那难点呢"])] == ["list", "list"]


def test_a_question_of_a_place_alone_asks_the_same_of_that_place(office: Engine) -> None:
    answer = office.converse(["2023年种植了多少茶叶", "高新区呢"])[-1]
    assert [(term.text, term.origin) for term in answer.terms if term.origin != "synonym"] == [
        ("2023", "carried"), ("种植", "carried"), ("茶叶", "carried"),
    ]  # fmt: skip
    assert {citation.document.file for citation in answer.citations} == {"b.txt"}


def test_what_is_asked_of_what_was_shown_is_answered_from_it_again(office: Engine) -> None:
    first, again, more = office.converse(["茶叶种植情况怎么样", "具体呢", "还有呢"])
    assert again.citations[0].start == first.citations[0].start
    assert (more.status, more.citations) == ("not_found", ())


def test_the_remedy_of_an_item_that_was_opened_is_asked_without_its_number(office: Engine) -> None:
    asked = ("推进会指出了哪两个问题", "第二个问题是什么意思", "怎么解决")
    assert says(office, asked, "围绕稳定教师队伍")


ROADS = """云岭县交通工作会议讲话
一、去年工作
2022年，云岭县新修公路三十公里，公路养护投入两千万元，客运班线通到每个行政村，群众出门更加方便，运输成本明显下降。
二、2023年工作
2023年，云岭县计划新修公路五十公里，公路养护投入增加到三千万元，建成客运站两个，让群众出行更安全、更舒适、更便捷。
三、要抓好五个方面的交通任务
（一）在公路建设上发力。一要抓好前期。完成勘察设计，落实用地指标，六月底前开工。二要抓好质量。比如，去年的柳湾桥返工一次，教训深刻。三要抓好进度。每月通报一次，年底前全部通车。
（二）在公路养护上发力。一要建好队伍。每乡配备养护工十名。二要管好经费。养护资金专款专用。
（三）在客运服务上发力。开通城乡公交，票价统一为两元，让群众坐得上车、坐得起车。
（四）在物流发展上发力。建设物流园一座，引进快递企业六家，打通农产品上行通道。
（五）在安全监管上发力。整治超限超载，排查危桥，严查酒驾，守住安全底线。
"""
BOATS = """清河县交通工作会议讲话
2022年，清河县新修公路十二公里，公路养护投入八百万元，改造渡口三处，更新渡船七艘，水上客运保持安全平稳。
清河县推行码头河长联管，清理沉船十一艘，码头面貌焕然一新，船员培训做到全覆盖。
"""


@pytest.fixture
def roads(make_engine: MakeEngine) -> Engine:
    return make_engine({"a.txt": ROADS, "b.txt": BOATS})


TASKS = "云岭县要抓好哪五个方面的交通任务"


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        (("第一个怎么做", "第二点呢"), "二要抓好质量"),  # the list inside the first
        (("第一个怎么做", "第二个方面呢"), "一要建好队伍"),  # the five were 方面
        (("第一个怎么做", "第二点呢", "回到上面第三条"), "（三）在客运服务上发力"),
        (("第一个怎么做", "第五点呢"), "（五）在安全监管上发力"),  # the inner list has three
        (("第三个", "下一个"), "（四）在物流发展上发力"),
        (("第三个", "上一个呢"), "一要建好队伍"),
        (("物流那条讲了什么",), "（四）在物流发展上发力"),  # by the words of its head
        (("票价是多少", "第四个方面呢"), "（四）在物流发展上发力"),  # the list is still the one shown last
    ],
)
def test_an_item_is_opened(roads: Engine, asked: tuple[str, ...], begins: str) -> None:
    assert roads.converse((TASKS, *asked))[-1].quotes[0].text.startswith(begins)


@pytest.mark.parametrize("question", ["举个例子", "原话是什么", "展开说说", "为什么", "有什么依据"])
def test_what_is_asked_of_the_answer_itself_stays_with_the_item_that_is_open(roads: Engine, question: str) -> None:
    answer = roads.converse((TASKS, "第三个", question))[-1]
    assert [citation.text[:12] for citation in answer.citations] == ["（三）在客运服务上发力。"]


def test_an_item_that_opens_shows_the_list_inside_it(roads: Engine) -> None:
    outline = roads.converse((TASKS, "第一个怎么做"))[-1].outline
    assert outline is not None
    assert [item.label for item in outline.items] == ["一要", "二要", "三要"]


def test_several_items_are_shown_as_a_list(roads: Engine) -> None:
    outline = roads.converse((TASKS, "后两个呢"))[-1].outline
    assert outline is not None
    assert [item.label for item in outline.items] == ["（四）", "（五）"]


def test_an_item_that_is_not_there_is_not_found_and_the_list_is_shown(roads: Engine) -> None:
    answer, following = roads.converse((TASKS, "第八条呢", "第四条呢"))[1:]
    assert (answer.status, answer.reason) == ("not_found", "上面列出的共5项，没有“第8条”。")
    assert "（一）在公路建设上发力。" in answer.related[0].text
    assert following.quotes[0].text.startswith("（四）")


@pytest.mark.parametrize(
    ("asked", "says_so"),
    [
        (("云岭县2023年新修公路多少公里", "前一年呢"), "2022年，云岭县新修公路三十公里"),
        (("云岭县2022年新修公路多少公里", "第二年呢"), "2023年，云岭县计划新修公路五十公里"),
        (("云岭县2022年新修公路多少公里", "第二年呢", "再往前一年呢"), "2022年，云岭县新修公路三十公里"),
        (("云岭县2022年新修公路多少公里", "清河县"), "2022年，清河县新修公路十二公里"),  # the topic, another place
        (("清河县2022年新修公路多少公里", "换成云岭县"), "2022年，云岭县新修公路三十公里"),  # and the year
    ],
)
def test_another_year_or_place_is_asked_the_same(roads: Engine, asked: tuple[str, ...], says_so: str) -> None:
    assert roads.converse(asked)[-1].quotes[0].text.startswith(says_so)


@pytest.mark.parametrize("question", ["和清河县比呢", "比清河县多吗"])
def test_a_comparison_is_asked_of_the_place_before_as_well(roads: Engine, question: str) -> None:
    answer = roads.converse(("云岭县2022年新修公路多少公里", question))[-1]
    assert {quote.document.file for quote in answer.quotes} == {"a.txt", "b.txt"}


def test_which_is_more_is_asked_of_the_last_two_places(roads: Engine) -> None:
    answer = roads.converse(("云岭县2022年新修公路多少公里", "清河县呢", "哪个更多"))[-1]
    assert {quote.document.file for quote in answer.quotes} == {"a.txt", "b.txt"}


def test_another_question_altogether_is_not_asked_of_the_document_named_before(roads: Engine) -> None:
    answer = roads.converse(("云岭县公路怎么养护", "那沉船呢"))[-1]
    assert answer.citations[0].document.file == "b.txt"
    assert [term.text for term in answer.terms if term.origin == "carried"] == []


def test_a_number_of_things_asked_before_is_not_asked_again(roads: Engine) -> None:
    terms = roads.converse((TASKS, "那清河县呢"))[-1].terms
    assert "5" not in [term.text for term in terms]


def test_what_is_done_about_a_list_of_troubles_stands_behind_it(make_engine: MakeEngine) -> None:
    ports = """渔港工作报告
一、渔港工作进展
渔港全年扩建码头三百米，渔港卸鱼量明显增加，渔港面貌得到改善，渔民对渔港工作总体满意，渔港工作受到表扬。
二、渔港工作的问题
渔港工作还有两个问题：一是渔港航道淤积。大船进港要等潮水，渔港卸鱼效率不高。二是渔港冷库不足。旺季鱼货积压。
三、下步打算
渔港工作要疏浚航道两公里，新建冷库一座，配备制冰设备，并建立管护制度，落实管护经费，明年休渔期前全部完工。
"""
    answer = make_engine({"a.txt": ports}).converse(("渔港工作有哪两个问题", "打算怎么解决"))[-1]
    assert [quote.text[:10] for quote in answer.quotes] == ["渔港工作要疏浚航道两"]


CANALS = """全镇渠道维护汇报
一、工作进展
东干渠清淤四公里，闸门刷漆十二扇，村民比较满意。
二、存在问题
"""
# So long that the list's first item stands in the passage of the lead-in, the others in one that does not say what they are.
CANALS += (
    "各村抓住农时，组织党员下到田间，机井维修、苗情会商都比往年早，夏粮面积保持稳定，单产高于近三年的平均水平。" * 3
)
CANALS += """但是渠道维护还面临不少困难，主要有这样几件事。
一是渠道老化。东干渠建成四十多年，衬砌破损，跑冒滴漏，渠道的水白白流走三成，下游三个村浇不上水，群众意见很大。
二是维护没人。渠道建好后移交村里，村里没有专职的人，渠道坏了无人维护，误了农时，年年有人上访反映。
三是钱不够用。渠道维护每亩只有几块钱，维护一次要好几万，镇里拿不出，村里也拿不出，只能一年拖一年。
三、保障
渠道维护由镇里统一聘人，工资由县财政承担，渠道衬砌明年全部更新。
四、其他
会议室每周打扫一次，办公用品统一采购，车辆定点维修，食堂每天公示菜单，值班人员按时到岗，来信来访有人登记。
"""
MINUTES = "办公会议纪要\n会议解决了停车的困难，破例增加二十个车位。\n会议研究了食堂的事，更换两口锅，添置一台蒸箱。\n"


@pytest.mark.parametrize(
    "asked",
    [
        ("渠道维护有哪些困难", "怎么解决"),
        ("渠道维护有哪些困难", "有什么办法"),
        ("渠道维护有哪些困难", "怎么破"),
        ("渠道没人维护怎么破",),
    ],
)
def test_a_remedy_is_found_where_it_stands_and_not_in_the_list_of_troubles(
    make_engine: MakeEngine, asked: tuple[str, ...]
) -> None:
    assert says(make_engine({"a.txt": CANALS, "b.txt": MINUTES}), asked, "渠道维护由镇里统一聘人")


@pytest.mark.parametrize(
    "asked",
    [
        ("渠道维护谁在反映", "怎么解决"),  # after an answer that was no list
        ("渠道维护的困难怎么解决",),
    ],
)
def test_where_no_remedy_is_told_the_troubles_are_none(make_engine: MakeEngine, asked: tuple[str, ...]) -> None:
    told = CANALS.replace("渠道维护由镇里统一聘人，工资由县财政承担，渠道衬砌明年全部更新。", "值班室更换了门窗。")
    assert make_engine({"a.txt": told}).converse(asked)[-1].status == "not_found"


@pytest.mark.parametrize("said", ["谢谢！", "好的，谢谢你", "知道了。"])
def test_who_only_says_thanks_is_not_answered_again(make_engine: MakeEngine, said: str) -> None:
    engine = make_engine({"a.txt": "云溪镇工作总结\n全镇兴办农场三家，聘用技术员进行指导，种植草莓和葡萄。\n"})
    answer = engine.ask(said, ("兴办了几家农场",))
    assert (answer.status, answer.reason) == ("not_found", "这句话里没有可以查的词。")


def test_more_of_a_list_is_not_the_list_again(make_engine: MakeEngine) -> None:
    text = (
        "云溪镇工作总结\n便民服务有三项举措：一是延长窗口的办事时间，中午有人值班。二是增设自助机器，随到随办。三是上门代办，老人不用跑腿。\n"
        "便民服务热线全天有人接听，群众打一个电话就能问清楚要带的材料，少跑冤枉路，办事更加省心。\n"
    )
    engine = make_engine({"a.txt": text})
    asked = "便民服务有哪些举措"
    whole = engine.ask(asked)
    assert whole.outline is not None
    assert len(whole.citations) == 2  # all there is was shown beside the list
    more = engine.ask("还有呢", (asked,))
    assert (more.status, more.reason) == ("not_found", "除了上面这些，没有找到更多。")


def test_a_reference_is_that_of_what_is_quoted_not_of_all_that_is_shown_with_it(make_engine: MakeEngine) -> None:
    text = "云溪镇工作总结\n今年做了这些：\n一、便民服务\n热线全天接听。\n窗口延长到晚上八点。\n"
    citation = make_engine({"a.txt": text}).ask("窗口延长到晚上几点").citations[0]
    assert citation.quotes
    first = text[: citation.quotes[0].start].count("\n") + 1
    assert citation.reference == f"《云溪镇工作总结》第一部分，全文第{first}段"


def test_beside_that_there_is_no_more_nothing_is_shown_as_if_it_were(office: Engine) -> None:
    history = ["有哪些服务举措"]
    while (answer := office.ask("还有呢", history)).status == "answered":
        history.append("还有呢")
        assert len(history) < 20
    assert answer.reason == "除了上面这些，没有找到更多。"
    assert answer.related == ()
