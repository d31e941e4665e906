"""When there is an answer, and when there is none."""

import pytest

from service.answering import detail
from service.answering.question import kind_of
from service.engine import Engine
from service.language.matching import readable
from tests.unit.answering.conftest import MakeEngine

FARM = """云溪镇农业工作总结
全镇兴办农场三家，聘用技术员进行指导，建成温室大棚二百座，种植草莓和葡萄，吸引游客前来采摘，带动农户增收致富。
镇农技站在春季举办培训班，邀请专家讲授嫁接技术，参训农户普遍反映效果很好，学到了真本领，增强了发展信心。
"""


@pytest.fixture
def farm(make_engine: MakeEngine) -> Engine:
    return make_engine({"a.txt": FARM})


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("兴办了多少家农场", "answered"),
        ("建成大棚多少座", "answered"),
        ("培训班是谁讲授的", "answered"),
        ("技术员工资是多少", "not_found"),  # there are technicians, but no word of their wages
        ("草莓采摘门票多少钱", "not_found"),
        ("农技站培训花了多少元", "not_found"),  # the training is there, a sum is not
        ("嫁接技术培训班哪天结束", "not_found"),  # no day
    ],
)
def test_a_detail_that_the_evidence_does_not_tell_is_not_found(farm: Engine, question: str, status: str) -> None:
    assert farm.ask(question).status == status


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("草莓和勾股定理", "not_found"),  # the name of a thing that nobody here knows
        ("草莓怎么栽", "answered"),
    ],
)
def test_the_name_of_a_thing_that_nobody_knows_weighs_more_than_an_unknown_word(
    farm: Engine, question: str, status: str
) -> None:
    assert farm.ask(question).status == status


def test_what_only_the_title_says_is_no_answer(farm: Engine) -> None:
    assert farm.ask("云溪镇").status == "not_found"


def test_what_is_near_is_shown_apart_from_any_answer(farm: Engine) -> None:
    answer = farm.ask("技术员工资是多少")
    assert answer.citations == ()
    assert any("聘用技术员" in citation.text for citation in answer.related)


@pytest.mark.parametrize(
    ("question", "text", "tells"),
    [
        ("投资了多少亿元", "总投资**亿元", True),  # redacted, but told
        ("投资了多少亿元", "共有三家企业", False),
        ("几家企业", "引进企业XX家", True),
        ("增速是多少", "增长5.5%", True),
        ("增速是多少", "增长较快", False),
        ("什么时候完工", "确保年底前完工", True),
        ("什么时候完工", "加快建设步伐", False),
        ("有多少人参加", "参加者120名", True),  # another measure word for the same
        ("多少部门参加", "12个部门参加", True),  # 部 is no unit here
    ],
)
def test_a_text_tells_a_detail_in_its_unit_redacted_or_not(question: str, text: str, tells: bool) -> None:
    form = readable(question).text
    pattern = detail.wanted(kind_of(form), form)
    assert pattern is not None
    assert bool(pattern.search(readable(text).text)) is tells


def test_other_kinds_want_no_detail() -> None:
    assert detail.wanted("how", "怎么修路") is None
