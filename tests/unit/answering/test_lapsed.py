"""Documents that are no longer in force answer behind those that are, and only where there are others do they give way."""

import pytest

from service.answering.contract import answer_json
from tests.unit.answering.conftest import MakeEngine

BODY = """第一条 引进项目的单位，按到位资金的百分之三奖励。
第二条 奖励分三步：一是单位申报。二是部门审核。三是财政兑付。
"""
IN_FORCE = {"b.txt": f"招商引资奖励办法\n{BODY}"}


@pytest.mark.parametrize("question", ["引进项目的单位怎么奖励", "奖励分哪三步"])
@pytest.mark.parametrize(
    "lapsed",
    [
        # Equal, and by its name before the other, but for the brackets.
        {"a.txt": f"招商引资奖励办法（已废止）\n{BODY}"},
        {"a.txt": f"招商引资奖励办法\n【失效】\n{BODY}"},
        {"a（已失效）.txt": f"招商引资奖励办法\n{BODY}"},
    ],
)
def test_a_document_that_lapsed_comes_behind_an_equal_one_in_force(
    make_engine: MakeEngine, question: str, lapsed: dict[str, str]
) -> None:
    engine = make_engine(lapsed | IN_FORCE)
    assert [document.lapsed for document in engine.loaded.corpus.documents] == [True, False]
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert answer.citations[0].document.file == "b.txt"
    assert {quote.document.file for quote in answer.quotes[:1]} == {"b.txt"}
    assert not any("失效" in said or "废止" in said for said in answer.preferred)


@pytest.mark.parametrize("question", ["引进项目怎么奖励", "项目奖励有哪些步骤"])
def test_however_much_a_lapsed_document_says_of_it_one_in_force_that_answers_comes_first(
    make_engine: MakeEngine, question: str
) -> None:
    lapsed = (
        "项目奖励办法（已废止）\n一、引进项目奖励\n引进项目奖励。\n二、项目奖励步骤\n项目奖励步骤如下：一是申报项目奖励。"
        "二是审核项目奖励。三是兑付项目奖励。\n"
    )
    living = (
        "若干规定\n第一条 各单位应当爱护公物，按时上下班。\n第二条 谁引进了项目，由财政局从专项资金里给予奖励，步骤是先报告，再核对，"
        "后发放，用于改善办公条件，不得用于发放福利，年底统一核算并且公示。\n"
    )
    answer = make_engine({"a.txt": lapsed, "b.txt": living}).ask(question)
    assert answer.citations[0].document.file == "b.txt"
    assert {quote.document.file for quote in answer.quotes} == {"b.txt"}


def test_where_nothing_else_answers_it_does_and_is_said_to_have_lapsed(make_engine: MakeEngine) -> None:
    engine = make_engine({"a.txt": f"招商引资奖励办法（已废止）\n{BODY}", "c.txt": "绿化办法\n第一条 栽树要浇水。\n"})
    answer = engine.ask("引进项目的单位怎么奖励")
    (cited,) = {citation.document for citation in answer.citations}
    assert cited.lapsed
    printed = answer_json(answer, lambda document, paragraph: "")
    assert {citation["document"]["lapsed"] for citation in printed["citations"]} == {True}


def test_a_decision_to_repeal_is_in_force(make_engine: MakeEngine) -> None:
    text = "关于废止《招商引资奖励办法》的决定\n县政府决定废止《招商引资奖励办法》，自公布之日起施行。\n"
    (document,) = make_engine({"a.txt": text}).loaded.corpus.documents
    assert not document.lapsed
