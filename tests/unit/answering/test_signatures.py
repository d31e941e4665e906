"""A signature says who issued a text and when: it answers that, and nothing else."""

import pytest

from tests.unit.answering.conftest import MakeEngine

SIGNED = """关于做好防汛值班工作的通知
各乡镇人民政府：
一、落实防汛值班
各乡镇要安排专人值班，遇有险情及时上报。
二、严明防汛纪律
值班人员不得擅自离岗。
某某县人民政府办公室
2023年5月8日
某某县人民政府办公室 2023年5月9日印发
"""


@pytest.mark.parametrize("question", ["防汛值班到什么时候为止", "某某县人民政府办公室值班吗", "防汛值班怎么做"])
def test_a_signature_is_neither_quoted_nor_cited_for_what_the_text_says(make_engine: MakeEngine, question: str) -> None:
    answer = make_engine({"a.txt": SIGNED}).ask(question)
    said = [span.text for span in (*answer.quotes, *answer.citations, *answer.related)]
    assert said
    assert not any("2023年5月" in words or "某某县人民政府办公室" in words for words in said)


def test_it_answers_who_issued_a_text_and_when(make_engine: MakeEngine) -> None:
    answer = make_engine({"a.txt": SIGNED}).ask("防汛值班的通知什么时候印发的")
    assert [quote.text for quote in answer.quotes] == ["某某县人民政府办公室 2023年5月9日印发"]
