"""Which sentences of a passage are said aloud."""

import pytest

from service.answering.question import read
from service.answering.quoting import quotes
from service.corpus.document import Document
from service.language.analyser import Analyser
from service.language.thesaurus import Thesaurus


def said(text: str, question: str, analyser: Analyser) -> list[str]:
    asked = read(question, analyser, Thesaurus(()))
    document = Document("id", "a.txt", "", text)
    return [text[start:end] for start, end in quotes(document, 0, len(text), asked, [1.0] * len(asked.words))]


def test_the_sentence_that_holds_most_of_the_question_is_said(analyser: Analyser) -> None:
    text = "今年重点抓渔业，各项工作进展顺利，群众满意。新建冷库两座，储存能力达到五百吨。"
    assert said(text, "冷库储存能力多大", analyser) == ["新建冷库两座，储存能力达到五百吨。"]


def test_a_bare_head_is_followed_by_what_it_announces(analyser: Analyser) -> None:
    text = "二是建设冷库。投资三百万元在码头旁新建两座，解决渔民储存难题。三是修路。硬化五公里。"
    assert said(text, "建设冷库", analyser) == ["二是建设冷库。", "投资三百万元在码头旁新建两座，解决渔民储存难题。"]


def test_a_salutation_is_not_said(analyser: Analyser) -> None:
    assert said("同志们：渔业发展要靠科技。", "同志们怎么看渔业", analyser) == ["同志们：渔业发展要靠科技。"]
    assert said("同志们：\n渔业发展要靠科技。", "同志们", analyser) == ["渔业发展要靠科技。"]


TABLE = (
    "对象类别\t补贴标准\t发放方式\n自理老人\t每月100元\t按月\n半失能老人\t每月200元\t按月\n失能老人\t每月300元\t按月\n"
)


@pytest.mark.parametrize("lead", ["", "第二条 补贴标准如下：\n", "本办法自发布之日起施行。\n\n"])
@pytest.mark.parametrize(("asked", "row"), [("自理老人", 1), ("失能老人", 3), ("半失能老人", 2), ("家里的失能老人", 3)])
def test_of_a_table_the_row_that_is_asked_about_is_said_with_the_row_that_heads_it(
    lead: str, asked: str, row: int, analyser: Analyser
) -> None:
    rows = TABLE.splitlines()
    assert said(lead + TABLE, f"{asked}的补贴标准是多少", analyser) == [rows[0], rows[row]]


def test_a_header_that_says_nothing_of_the_question_is_not_said(analyser: Analyser) -> None:
    assert said("姓名\t电话\n渔业站\t123\n水利站\t456\n", "水利站怎么找", analyser) == ["水利站\t456"]


def test_of_a_table_that_goes_on_from_before_the_row_is_said_alone(analyser: Analyser) -> None:
    asked = read("失能老人的补贴标准", analyser, Thesaurus(()))
    document, start = Document("id", "a.txt", "", TABLE), TABLE.index("半失能")
    (quote,) = quotes(document, start, len(TABLE), asked, [1.0] * len(asked.words))
    assert TABLE[slice(*quote)] == "失能老人\t每月300元\t按月"


def test_rows_that_say_as_much_share_the_length_of_an_answer(analyser: Analyser) -> None:
    text = "对象类别\t补贴标准\n" + "".join(
        f"失能老人\t每月{number}00元，由县民政局按月打卡发放到户\n" for number in range(1, 9)
    )
    asked = read("失能老人补贴标准", analyser, Thesaurus(()))
    document = Document("id", "a.txt", "", text)
    lengths = [
        sum(end - start for start, end in quotes(document, 0, len(text), asked, [1.0] * len(asked.words), shares))
        for shares in (1, 3)
    ]
    assert lengths[0] <= 180
    assert lengths[1] <= 60 < lengths[0]


def test_a_passage_of_empty_rows_is_said_as_it_is(analyser: Analyser) -> None:
    assert said("|  |  |\n| --- | --- |\n", "补贴标准", analyser) == ["|  |  |"]


def test_what_leads_a_table_in_is_followed_by_its_rows(analyser: Analyser) -> None:
    assert said(f"补贴标准如下：\n{TABLE}按月打卡发放。", "补贴标准", analyser) == [
        "补贴标准如下：",
        *TABLE.splitlines(),
    ]


def test_a_sentence_that_says_as_much_as_a_row_is_said_without_rows(analyser: Analyser) -> None:
    text = f"{TABLE}补贴由县民政局按月发放。"
    assert said(text, "补贴怎么发放", analyser) == ["补贴由县民政局按月发放。"]
