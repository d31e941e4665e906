"""Lists that are led in by the matter alone: whoever asks 有哪些措施 need not find the word 措施 in them."""

from tests.unit.answering.conftest import MakeEngine

FILES = {
    "a.txt": "全县工作要点\n（一）在助企纾困上再发力。一要降低成本，解决用地难题。二要搭建平台，组织银企对接。三要减免税费，兑现奖补资金。\n"
    "（二）在河道管护上再发力。要加固堤防，储备物资。\n（三）在校园安全上再发力。要配齐保安。\n",
    "b.txt": "检查情况\n工信局助企纾困措施较实，企业反映良好。\n水利局储备了物资，群众比较满意。\n",
}


def test_a_list_need_not_call_its_items_measures(make_engine: MakeEngine) -> None:
    outline = make_engine(FILES).ask("助企纾困有哪些措施").outline
    assert outline is not None
    assert [item.quote.text[2:6] for item in outline.items] == ["降低成本", "搭建平台", "减免税费"]


def test_measures_for_whatever_do_not_answer_for_a_matter(make_engine: MakeEngine) -> None:
    # 灌区 stands in most passages, so that it says less than 举措, which stands in one heading.
    sections = "".join(
        f"灌区第{n}标段由水利站负责，渠道衬砌完成{n}成，闸门换成电动的，抽水机添了{n}台。\n" for n in range(2, 9)
    )
    files = {
        "a.txt": "全镇工作汇报\n一、工作情况\n全年平稳。\n二、工作举措\n（一）抓党建，筑堡垒。党员带头，支部共建。\n"
        "（二）抓平安，促和谐。巡逻到村，调解到户。\n（三）抓绿化，美家园。栽树千株，种草百亩。\n",
        "b.txt": f"灌区通报\n{sections}",
    }
    answer = make_engine(files).ask("灌区有哪些举措")
    assert {citation.document.file for citation in answer.citations} == {"b.txt"}
