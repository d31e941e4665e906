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
