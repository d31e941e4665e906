"""When there is an answer, and when there is none."""

import pytest

from service.answering import detail
from service.answering.question import kind_of
from service.engine import Engine
from service.language.matching import readable
from tests.unit.answering.conftest import MakeEngine

FARM = """云溪镇农业工作总结
全镇兴办农场三家，聘用技术员进行指导，建成温室大棚二百座，种植草莓和葡萄，吸引游客前来采摘，带动农户增收致富。修通园区道路投入30万元。
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
        ("葡萄卖了多少元", "not_found"),  # the sum in the sentence beside it is that of a road
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
        ("窗口什么时候开放", "每天上午9时至11时30分开放", True),
        ("窗口什么时候开放", "每天下午2点到5点开放", True),
        ("窗口什么时候开放", "每天14:30开放", True),
        ("窗口什么时候开放", "要落实3点要求，同时段开放", False),
        ("窗口什么时候开放", "会上3点意见说到开放", False),
        ("窗口什么时候开放", "早上9点，晚上8点开放", True),
        ("窗口什么时候开放", "按1:500的比例开放", False),
        ("窗口几点开放", "每天9点半开放", True),
        ("窗口几点开放", "2024年5月1日起开放", False),
        ("什么时候完工", "加快建设步伐", False),
        ("有多少人参加", "参加者120名", True),  # another measure word for the same
        ("多少分钟能到", "乘车半小时，一刻钟一班", True),
        ("多少分钟能到", "全程3公里", False),
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


# Each filler is a passage of its own: none is merged with the next one.
FILLER = "全镇按照年度计划推进各项农业生产，组织技术人员到田间地头查看长势，及时发布气象信息，做好防汛抗旱的各项准备，确保丰收。"
RESERVOIR = (
    "县里投入资金对水库除险加固，更换老旧闸门，安排专人全天值守巡查，备足沙袋和水泵，组织周边群众开展转移避险演练，"
)
APART = ("休闲农庄里新开了一家咖啡馆，" + FILLER, "农机合作社为农户提供旋耕机清洗服务，" + FILLER)


@pytest.mark.parametrize(
    ("question", "passages", "status"),
    [
        ("咖啡馆怎么清洗", 1000, "not_found"),  # 清洗 here, 咖啡馆 there: by chance
        ("咖啡馆怎么清洗", 10, "answered"),  # of few passages, that one holds a word of it is no chance
        ("怎么煮咖啡", 1000, "not_found"),  # nor is 煮 where 咖啡 is
        ("咖啡馆", 1000, "answered"),
        ("怎么清洗旋耕机", 1000, "answered"),
        ("水库钓鱼怎么办", 1000, "answered"),  # what the documents are about needs no second word
    ],
)
def test_of_many_passages_one_that_holds_one_word_of_several_is_no_evidence(
    make_engine: MakeEngine, question: str, passages: int, status: str
) -> None:
    text = "\n".join(
        (
            "云溪镇工作材料",
            *APART,
            *(f"{RESERVOIR}第{number}座。" for number in range(passages // 50)),
            *(f"{FILLER}第{number}期。" for number in range(passages)),
        )
    )
    assert make_engine({"a.txt": text}).ask(question).status == status


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("唐僧骑的马跑得快吗", "not_found"),  # a thing that nobody knows
        ("马跑得快吗", "not_found"),
        ("经济跑得快吗", "answered"),
        ("咱们跑得快吗", "answered"),  # of nothing else
    ],
)
def test_what_is_said_of_an_unknown_thing_is_not_answered_by_another_name_for_it(
    make_engine: MakeEngine, question: str, status: str
) -> None:
    text = "云溪县经济运行通报\n一季度工业用电量增速居全市前列，工业增速比上年同期加快。\n机关食堂更换了餐具，添置了消毒柜。\n"
    assert make_engine({"a.txt": text}).ask(question).status == status
