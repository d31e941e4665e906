"""Whether a question asks, or a text tells, what is wrong."""

import pytest

from service.answering.trouble import asks_remedy, asks_trouble, leads_in_trouble, tells_trouble
from tests.unit.answering.conftest import MakeEngine


@pytest.mark.parametrize(
    ("question", "trouble", "remedy"),
    [
        ("水利工作有哪些短板", True, False),
        ("存在什么问题", True, False),
        ("针对这些问题怎么解决", False, True),  # asks what is done about it
        ("下一步有什么打算", False, True),
        ("有什么法子", False, True),
        ("这个局面怎么破", False, True),
        ("整改有哪些不足", True, False),  # of what was done, what is wrong
        ("修了多少条路", False, False),
    ],
)
def test_what_is_wrong_is_told_from_what_is_done_about_it(question: str, trouble: bool, remedy: bool) -> None:
    assert (asks_trouble(question), asks_remedy(question)) == (trouble, remedy)


@pytest.mark.parametrize(
    ("text", "tells"), [("一是巡查次数偏少。", True), ("灌溉能力偏弱", True), ("二是招商成效明显。", False)]
)
def test_a_text_tells_what_is_wrong_by_its_words(text: str, tells: bool) -> None:
    assert tells_trouble(text) is tells


@pytest.mark.parametrize(
    ("said", "led_in"),
    [
        (("当前农田水利还面临不少困难，主要有这样几件事。",), True),
        (("具体有四点。", "二、存在问题"), True),  # the heading tells what the lead-in leaves open
        (("社会治理工作还存在以下问题：",), True),
        (("工作标准不高，表现在三个方面：",), True),
        (("下面，我主要讲三个问题。",), False),  # the points of a speech
        (("针对存在的问题，抓好以下工作：",), False),
        (("面临不少困难，要做好三件事。",), False),
        (("机遇与挑战并存，可以看到：",), False),
        (("整改措施：", "二、存在问题"), False),  # under that heading, but of what is done
        (("抓好三件事：", "一、工作安排"), False),
    ],
)
def test_a_list_of_troubles_is_known_by_what_leads_it_in(said: tuple[str, ...], led_in: bool) -> None:
    assert leads_in_trouble(said) is led_in


def test_where_a_list_is_no_answer_the_passage_that_tells_is(make_engine: MakeEngine) -> None:
    # The list is found by one of its points; what is shown first of it is another one.
    points = (
        "三、水利建设。\n渠道淤了三年，抗旱缺水，群众有怨气，秋后要逐个弄清三个方面的问题。\n"
        f"（一）水利资金由谁来凑。\n{'每亩收三元，村里出一半，县里补一半。' * 30}\n"
        "（二）水利工程由谁来管。\n水利工程渗漏多，闸门锈死，冬天没有人看守。\n"
        "（三）水利队伍由谁来带。\n请两位老石匠教徒弟砌坝。\n"
    )
    answer = make_engine({"a.txt": f"全县秋收会议纪要\n{points}"}).ask("水利工程有哪些毛病")
    assert answer.outline is None
    assert [quote.text for quote in answer.quotes] == ["水利工程渗漏多，闸门锈死，冬天没有人看守。"]
