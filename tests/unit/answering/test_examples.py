"""Questions to begin with."""

from service.answering.suggester import MOST_EXAMPLES
from service.answering.suggesting import Suggestible
from service.engine import Engine
from tests.unit.answering.conftest import MakeEngine

BODY = "{}，这里是正文，说的是这一部分的工作，写得足够长，好让上面一行读作标题而不是一句话，这样就可以了。"


def test_headings_become_the_questions_they_answer_and_documents_take_turns(make_engine: MakeEngine) -> None:
    headings = [
        "一、要不断优化营商环境，增强发展活力",  # the first clause, without its adverbs
        "二、存在的差距不足",  # whose, nothing says
        "三、2022年",  # says too little
        "四、打造**新高地示范区",  # redacted
        "五、加强农田水利建设",
    ]
    bodies = map(BODY.format, ("企业开办一天办结", "作风不实", "回顾", "谋划", "修了三条水渠"))
    engine = make_engine(
        {
            "甲.txt": "\n".join(
                ("工作要点", *(f"{head}\n{body}" for head, body in zip(headings, bodies, strict=True)))
            ),
            "乙.txt": f"作风建设情况通报\n一、主要经验做法\n{BODY.format('领导带头转作风')}",
        }
    )
    examples = engine.loaded.suggester.examples()
    assert sorted(examples) == ["作风建设有哪些主要经验做法？", "怎么优化营商环境？", "怎么加强农田水利建设？"]
    assert examples[-1] == "怎么加强农田水利建设？"


def test_what_another_place_answers_is_no_example(make_engine: MakeEngine) -> None:
    engine = make_engine(
        {
            "甲.txt": f"工作要点\n一、优化营商环境\n{BODY.format('修了三条水渠')}",
            "乙.txt": "优化营商环境靠改革，优化营商环境靠服务，优化营商环境人人有责。",
        }
    )
    shelf = engine.loaded.shelf
    made = [suggestion.question for number in range(2) for suggestion in Suggestible(number, shelf).outermost()]
    assert (made, engine.loaded.suggester.examples()) == (["怎么优化营商环境？"], [])


def test_a_corpus_without_headings_gives_no_examples(make_engine: MakeEngine) -> None:
    assert make_engine({"甲.txt": BODY}).loaded.suggester.examples() == []


def test_the_seeds_give_enough_examples_and_each_is_answered(seeds: Engine) -> None:
    examples = seeds.loaded.suggester.examples()
    assert 3 <= len(examples) <= MOST_EXAMPLES
    assert {example: seeds.ask(example).status for example in examples} == dict.fromkeys(examples, "answered")
