import pytest

from service.corpus.document import Document
from service.engine import Engine
from service.passages.corpus import build
from service.settings import Settings, read_settings, shipped
from service.web.examples import MOST_EXAMPLES, example_questions

BODY = "这里是正文，说的是这一部分的工作，写得足够长，好让上面一行读作标题而不是一句话，这样就可以了。"


def test_headings_become_the_questions_they_answer() -> None:
    headings = [
        "一、要不断优化营商环境，增强发展活力",  # the first clause, without its adverbs
        "二、存在的差距不足",  # whose, nothing says
        "三、2022年",  # says too little
        "四、关于教育改革的问题",  # what it is about is not a list of problems
        "五、打造**新高地示范区",  # redacted
        "六、推动",
    ]
    text = "\n".join(f"{heading}\n{BODY}" for heading in headings)
    corpus = build(
        [Document("a", "a.txt", "甲", text), Document("b", "b.txt", "作风建设情况通报", f"一、主要经验做法\n{BODY}")]
    )
    assert example_questions(corpus) == ["怎么优化营商环境？", "作风建设有哪些主要经验做法？"]


def test_a_corpus_without_headings_gives_no_examples() -> None:
    assert example_questions(build([Document("a", "a.txt", "甲", BODY)])) == []
    assert example_questions(build([])) == []


@pytest.fixture(scope="module")
def seeds(settings: Settings) -> Engine:
    engine = Engine(read_settings({"corpus": [str(shipped("seeds"))], "data": str(settings.data)}, {}))
    engine.load()
    return engine


def test_the_seeds_give_enough_examples_and_answer_them_all(seeds: Engine) -> None:
    examples = example_questions(seeds.loaded.corpus)
    assert 3 <= len(examples) <= MOST_EXAMPLES
    assert {example: seeds.ask(example).status for example in examples} == dict.fromkeys(examples, "answered")
