"""Figures that are asked of a year: which year a document is of, what was planned and what came of it."""

import pytest

from tests.unit.answering.conftest import MakeEngine

PLANNED = """2025年云溪县工作报告
一、2024年工作回顾
全县签约项目三十个，建成标准厂房十万平方米，园区面貌明显改善。
二、2025年工作安排
今年城镇新增就业计划安排8500人，帮助困难群众就近上岗。
"""
RESULT = """2026年云溪县工作报告
一、2025年工作回顾
一年来城镇新增就业9100人，困难群众就近上岗取得进展。
二、2026年工作安排
今年城镇新增就业计划安排9500人，继续办好技能培训班。
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2025年城镇新增就业多少人", "9100人"),  # gone by: what came of it
        ("去年城镇新增就业多少人", "9100人"),
        ("2025年城镇新增就业计划安排多少人", "8500人"),
        ("今年城镇新增就业多少人", "9500人"),
    ],
)
def test_of_a_year_gone_by_the_result_is_told_unless_the_plan_is_asked(
    make_engine: MakeEngine, question: str, said: str
) -> None:
    answer = make_engine({"a.txt": PLANNED, "b.txt": RESULT}).ask(question)
    assert said in answer.quotes[0].text


@pytest.mark.parametrize(
    ("title", "file", "year"),
    [
        ("云溪县2024年工作报告", "a.txt", 2024),
        ("云溪县人才规划（2021—2030年）", "a.txt", 2021),
        ("关于做好科技创新2030-“智能装备”重大项目2021年度申报工作的通知", "a.txt", 2021),
        ("云溪县到2035年的远景目标", "a.txt", None),
        ("碳达峰行动方案2030年前完成的任务", "a.txt", None),
        ("政府工作报告", "2019_政府工作报告.txt", 2019),
        ("政府工作报告", "2019年报告.txt", 2019),
        ("政府工作报告", "20190301.txt", 2019),  # a day
        ("政府工作报告", "20191399.txt", None),  # a number
    ],
)
def test_a_plan_s_end_is_not_the_year_a_document_is_of(
    make_engine: MakeEngine, title: str, file: str, year: int | None
) -> None:
    engine = make_engine({file: f"{title}\n全县扎实推进各项重点工作，取得新的进展。\n"})
    assert engine.loaded.shelf.year_of == (year,)


LEVELS = """各乡镇排查情况通报
一是在制度建设上有差距。占问题总数的20.5%。各乡镇都有这样的情况，要认真对照整改。
二是在联系群众上有差距。占问题总数的12%。下村入户的次数不够多。
"""


def test_a_figure_behind_the_head_that_it_is_of_answers(make_engine: MakeEngine) -> None:
    answer = make_engine({"a.txt": LEVELS}).ask("制度建设上的差距占多少")
    assert "20.5%" in "".join(quote.text for quote in answer.quotes)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("台湾的夜市怎么办", "not_found"),  # what 浙江 did is no answer
        ("浙江的夜市怎么办", "answered"),
        ("浙江和台湾的夜市怎么办", "answered"),
        ("香港的游客有多少", "answered"),  # told by another's document
    ],
)
def test_a_province_of_which_nothing_is_loaded_is_not_answered_for_by_another(
    make_engine: MakeEngine, question: str, status: str
) -> None:
    text = "2025年浙江省工作报告\n办好夜市，延长营业时间，增加摊位三百个。\n全年接待香港游客20万人次，同比增长一成。\n"
    assert make_engine({"a.txt": text}).ask(question).status == status
