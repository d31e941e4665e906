"""Figures, misses and comparisons as a terminal shows them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from service.answering.answer import Answer, QuestionTerm, Quote
from service.corpus.document import Document
from service.engine import Engine
from service.evaluation.comparison import compare
from service.evaluation.judging import Judgement
from service.evaluation.lines import comparison_lines, figure_lines, miss_lines
from service.evaluation.question_set import Turn
from service.evaluation.run import JudgedSet, Outcome, Run

MakeAnswer = Callable[..., Answer]

THEN = Run(datetime(2026, 11, 21, 18, 2, tzinfo=UTC), "0123456789ab", {})


def compared(then: JudgedSet, now: JudgedSet) -> list[str]:
    """Return the lines of a comparison of one set, without the line that names the earlier run."""
    runs = replace(THEN, sets={"甲.jsonl": then}), replace(THEN, sets={"甲.jsonl": now})
    head, *lines = comparison_lines(compare(*runs), "before.json")
    assert head == "与 before.json 相比（2026-11-21 18:02 存下）"
    return lines


# -- figures ---------------------------------------------------------------------------------------------------------


def test_the_figures_have_a_line_for_each_group_medians_in_whole_characters() -> None:
    figures = {
        "form": {"n": 9, "faithful": 1.0, "cited": 148.5},
        "how": {"n": 1, "hit@1": 0.0},
        "unanswerable": {"n": 3, "abstained": 1 / 3},
        "all": {"n": 2, "hit@1": 0.5, "chars": 77.0},
        "a kind": {"n": 1, "hit@1": 1.0},
    }
    assert list(figure_lines(figures)) == [
        "all              n=2    hit@1 0.500  chars 77",
        "a kind           n=1    hit@1 1.000",
        "how              n=1    hit@1 0.000",
        "unanswerable     n=3    abstained 0.333",
        "form             n=9    faithful 1.000  cited 148",
    ]


# -- misses ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def answer(engine: Engine) -> MakeAnswer:
    """A function that returns an answer that says a whole document, or nothing, and searched these words."""

    def answer(said: str = "", *terms: QuestionTerm) -> Answer:
        document = Document("1", "讲话.txt", "讲话", said)
        quotes = (Quote(1, document, 0, len(said)),) if said else ()
        # Only what is set here is shown.
        return replace(engine.ask("天气"), status="answered" if said else "not_found", quotes=quotes, terms=terms)

    return answer


def test_a_miss_says_what_was_searched_what_was_quoted_and_what_was_wanted(answer: MakeAnswer) -> None:
    words = (
        QuestionTerm("招商", "asked", None, True),
        QuestionTerm("咋搞", "asked", None, False),
        QuestionTerm("引资", "synonym", "招商", True),
        QuestionTerm("招引", "synonym", "招商", False),
        QuestionTerm("去年", "carried", None, True),
    )
    misses = [
        Judgement(
            Turn("q1.2", "招商咋搞的", ("县里去年干了什么", "然后呢"), ("二" * 41, "三"), ("甲.txt", "乙.txt"), "how"),
            answer("一" * 40 + "。", *words),
            0,
            0.0,
        ),
        Judgement(Turn("q2", "几号开会", (), ("三月\n五日",), ("甲.txt",), "when"), answer("五日。"), 3, 0.0),
        Judgement(Turn("q3", "谁讲的", (), ("书记",), ("甲.txt",), "who"), answer("", *words[:1]), 0, 0.0),
        Judgement(Turn("q4", "天气", (), (), (), "unanswerable"), answer("天气晴。"), None, None),
    ]
    assert list(miss_lines(misses)) == [
        "",
        "没有答对的题：4",
        "",
        "q1.2  how  十条未中  招商咋搞的",
        "    上文：县里去年干了什么 › 然后呢",
        "    查了：招商、咋搞✗；承接上文 去年；近义 引资、招引✗",
        "    先引：讲话.txt  一一一一一一一一一一一一一一一一一一一一一一一一一一一一一",
        "          一一一一一一一一一一一…",
        "    应引：甲.txt、乙.txt  二二二二二二二二二二二二二二二二二二二二二二二二二二",
        "          二二二二二二二二二二二二二二… 等 2 处",
        "",
        "q2  when  第3条  几号开会",
        "    查了：没有可查的词",
        "    先引：讲话.txt  五日。",
        "    应引：甲.txt  三月 五日",
        "",
        "q3  who  未答  谁讲的",
        "    查了：招商",
        "    先引：无",
        "    应引：甲.txt  书记",
        "",
        "q4  unanswerable  不该答而答  天气",
        "    查了：没有可查的词",
        "    先引：讲话.txt  天气晴。",
        "    应为：不作答，材料里没有",
    ]


def test_a_miss_does_not_steer_the_terminal(answer: MakeAnswer) -> None:
    hostile = "招\x1b[2J"
    term = QuestionTerm(hostile, "asked", None, True)
    miss = Judgement(Turn(hostile, hostile, (hostile,), (hostile,), (hostile,), hostile), answer(hostile, term), 2, 0.0)
    assert list(miss_lines([miss])) == [
        "",
        "没有答对的题：1",
        "",
        "招\ufffd[2J  招\ufffd[2J  第2条  招\ufffd[2J",
        "    上文：招\ufffd[2J",
        "    查了：招\ufffd[2J",
        "    先引：讲话.txt  招\ufffd[2J",
        "    应引：招\ufffd[2J  招\ufffd[2J",
    ]


def test_a_set_without_misses_says_so() -> None:
    assert list(miss_lines([])) == ["", "没有答对的题：0"]


# -- comparison ------------------------------------------------------------------------------------------------------


def test_figures_that_changed_are_shown_then_and_now_and_the_others_named() -> None:
    then = {
        "form": {"n": 9, "whole": 1.0, "cited": 148.0},
        "how": {"n": 1, "hit@1": 1.0},
        "all": {"n": 2, "hit@1": 0.5, "hit@3": 0.5, "quoted": 0.25, "chars": 77.5},
        "who": {"n": 1, "hit@1": 0.0},
        "list": {"n": 1, "hit@1": 0.0},
    }
    now = {
        "all": {"n": 3, "hit@1": 2 / 3, "hit@3": 0.5, "quoted": 0.0, "chars": 60.0},
        "how": {"n": 1, "hit@1": 1.0},
        "who": {"n": 1, "hit@1": 0.0},
        "yesno": {"n": 1, "hit@1": 1.0},
        "form": {"n": 12, "whole": 1.0, "cited": 148.0},
    }
    assert compared(JudgedSet(then, ()), JudgedSet(now, ())) == [
        "",
        "# 甲.jsonl：当时 → 现在",
        "all              n               2 →     3  +1",
        "                 hit@1       0.500 → 0.667  +0.167",
        "                 quoted      0.250 → 0.000  −0.250",
        "                 chars        77.5 →    60  −17.5",
        "                 不变：hit@3",
        "list             n               1 →     -",
        "                 hit@1       0.000 →     -",
        "yesno            n               - →     1",
        "                 hit@1           - → 1.000",
        "不变             how、who、form",
    ]


def test_questions_that_moved_are_listed_by_what_they_moved_in() -> None:
    then = (
        Outcome("1", "招商怎么做的", "how", 3, 0.0, "answered"),
        Outcome("2", "有哪些措施", "list", 1, 2 / 3, "answered"),
        Outcome("10", "多少家\x1b[2J", "number", 0, 0.0, "not_found"),
        Outcome("11", "几号开会", "when", 1, 1.0, "answered"),
        Outcome("n1", "天气", "unanswerable", None, None, "answered"),
        Outcome("n2", "外星人", "unanswerable", None, None, "not_found"),
    )
    now = (
        Outcome("1", "招商怎么做的", "how", 1, 1.0, "answered"),
        Outcome("2", "有哪些措施", "list", 0, 1 / 3, "answered"),
        Outcome("10", "多少家\x1b[2J", "number", 2, 0.0, "answered"),
        Outcome("11", "几号开会", "when", 1, 1.0, "answered"),
        Outcome("n1", "天气", "unanswerable", None, None, "not_found"),
        Outcome("n2", "外星人", "unanswerable", None, None, "answered"),
    )
    assert compared(JudgedSet({}, then), JudgedSet({}, now)) == [
        "",
        "# 甲.jsonl：当时 → 现在",
        "",
        "第一条引文答对：+1 −1",
        "  +  1  how   第3条 → 第1条     招商怎么做的",
        "  −  2  list  第1条 → 十条未中  有哪些措施",
        "前三条引文答对：+1 −1",
        "  +  10  number  未答 → 第2条      多少家\ufffd[2J",
        "  −  2   list    第1条 → 十条未中  有哪些措施",
        "引出的原文（+ 更多，− 更少）：+1 −1",
        "  +  1  how   第3条 → 第1条，0% → 100%     招商怎么做的",
        "  −  2  list  第1条 → 十条未中，67% → 33%  有哪些措施",
        "有答案的题（+ 新答，− 新沉默）：+1 −0",
        "  +  10  number  未答 → 第2条  多少家\ufffd[2J",
        "无答案的题（+ 新沉默，− 新答）：+1 −1",
        "  +  n1  unanswerable  不该答而答 → 未答  天气",
        "  −  n2  unanswerable  未答 → 不该答而答  外星人",
    ]


def test_questions_in_only_one_run_are_counted_and_named() -> None:
    then = (Outcome("1", "旧问法", "how", 1, 1.0, "answered"), Outcome("2", "去掉的", "list", 1, 1.0, "answered"))
    now = (Outcome("1", "新问法", "how", 1, 1.0, "answered"),)
    assert compared(JudgedSet({}, then), JudgedSet({}, now)) == [
        "",
        "# 甲.jsonl：当时 → 现在",
        "",
        "两次都有的题 0 道，下面只比这些；上面的数值各按当次的全部题目计算",
        "只在当时有的题：2",
        "     1  how   旧问法",
        "     2  list  去掉的",
        "只在现在有的题：1",
        "     1  how  新问法",
    ]


def test_another_corpus_and_other_sets_are_said_first() -> None:
    then = replace(THEN, sets={"旧.jsonl": JudgedSet({}, ()), "甲\x1b.jsonl": JudgedSet({}, ())})
    now = Run(datetime(2026, 11, 22, tzinfo=UTC), "ba9876543210", {"新.jsonl": JudgedSet({}, ())})
    assert list(comparison_lines(compare(then, now), "旧\x1b.json")) == [
        "与 旧\ufffd.json 相比（2026-11-21 18:02 存下）",
        "注意：材料变了，当时是版本 0123456789ab，现在是 ba9876543210；下面的差别不全是程序的",
        "这次没有检验、无从比较的题集：旧.jsonl、甲\ufffd.jsonl",
        "当时没有检验、无从比较的题集：新.jsonl",
    ]
