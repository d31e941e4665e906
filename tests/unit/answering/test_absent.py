"""Which words are said to stand in no document."""

import pytest

from tests.unit.answering.conftest import MakeEngine

TEXT = "云溪镇工作总结\n全镇推进农田灌溉，种植水稻，价格稳定。\n组织银企对接，落实稳岗拓岗政策。\n"


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("勾股定理怎么证明农田", ("勾股定理", "证明")),
        ("我们镇建有几个充电桩", ("充电桩",)),  # not 充电, and not 建有
        ("元宇宙怎么灌溉", ("元宇宙",)),  # not 宇宙
        ("学区房划片怎么定", ("学区房", "划片")),  # 房 is of one of them
        ("花了多少钱建养老院", ("养老院",)),  # not 花了多少, and no 钱建
        ("2027年种植多少水稻", ("2027年",)),
        ("ＣｈａｔＧＰＴ怎么种植", ("ＣｈａｔＧＰＴ",)),  # as it was typed
        ("稳岗拓岗有哪些政策", ()),
        ("唐僧骑的马跑得快吗", ("唐僧", "跑得快")),  # not 唐僧骑, which the dictionary has, nor 马跑得快
        ("湖北怎么种植水稻", ()),  # said as a name that no document answers to
    ],
)
def test_only_whole_words_that_people_know_are_said_to_be_absent(
    make_engine: MakeEngine, question: str, absent: tuple[str, ...]
) -> None:
    assert make_engine({"a.txt": TEXT}).ask(question).absent == absent


def test_words_carried_over_were_said_to_be_absent_before(make_engine: MakeEngine) -> None:
    engine = make_engine({"a.txt": TEXT})
    assert engine.ask("养老院呢", ["灌溉养殖场怎么做"]).absent == ("养老院",)
