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
