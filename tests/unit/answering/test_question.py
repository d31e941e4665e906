"""What a question asks."""

import pytest

from service.answering.question import kind_of, read
from service.language.analyser import Analyser
from service.language.thesaurus import Thesaurus

NO_SYNONYMS = Thesaurus(())


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("水库除险加固怎么做", "how"),
        ("春耕备耕有哪些措施", "list"),
        ("全年接待游客多少万人次", "number"),
        ("什么时候开工", "when"),
        ("大厅几点开门", "when"),
        ("窗口中午几点休息", "when"),
        ("会议几点", "when"),
        ("讲了哪几点", "list"),
        ("讲了几点要求", "list"),
        ("工作几点建议是什么", "list"),
        ("这项工作由谁负责", "who"),
        ("为什么进度慢", "why"),
        ("有没有建成投产", "yes/no"),
        ("河长制是什么", "what"),  # ends in 么, and is no yes/no question for that
        ("考核结果怎么样", "how"),
        ("通车了吗", "yes/no"),
    ],
)
def test_kind_follows_from_the_words_a_question_is_made_of(question: str, kind: str) -> None:
    assert kind_of(question) == kind


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("哪三项任务", 3),
        ("哪3项任务", 3),
        ("十大工程是什么", 10),
        ("哪些任务", None),
        ("第三个方面是什么", None),  # one of several
        ("党的二十大精神怎么贯彻", None),  # a congress
        ("2023年的工作", None),
    ],
)
def test_a_count_is_how_many_things_are_asked_for(analyser: Analyser, question: str, count: int | None) -> None:
    assert read(question, analyser, NO_SYNONYMS).count == count


@pytest.mark.parametrize(
    ("question", "wants"), [("哪四个方面", True), ("有哪些措施", True), ("建了多少个大棚", False), ("怎么灌溉", False)]
)
def test_a_list_is_wanted_where_several_things_are_asked_for(analyser: Analyser, question: str, wants: bool) -> None:
    assert read(question, analyser, NO_SYNONYMS).wants_list is wants


def test_words_are_those_that_carry_the_topic(analyser: Analyser) -> None:
    assert [word.text for word in read("请问水库除险加固是怎么推进的？", analyser, NO_SYNONYMS).words] == [
        "水库",
        "除险",
        "加固",
        "推进",
    ]


def test_a_bigram_across_a_question_word_is_not_searched(analyser: Analyser) -> None:
    terms = {term for word in read("灌溉怎么解决", analyser, NO_SYNONYMS).words for term, _ in word.terms}
    assert terms == {"灌溉", "解决"}


def test_a_small_number_counts_less_than_with_its_measure_word(analyser: Analyser) -> None:
    (word, *_) = read("3项任务", analyser, NO_SYNONYMS).words
    assert dict(word.terms) == {"3": 0.3, "3项": 1.0}


def test_an_everyday_phrase_brings_its_official_words(analyser: Analyser) -> None:
    thesaurus = Thesaurus(["浇地 浇水 > 灌溉 农田水利"])
    (word,) = read("怎么浇地", analyser, thesaurus).words
    assert (word.text, word.everyday, [(s.text, s.of) for s in word.synonyms]) == (
        "浇地", True, [("灌溉", "浇地"), ("农田水利", "浇地")],
    )  # fmt: skip


def test_a_question_in_traditional_characters_asks_the_same(analyser: Analyser) -> None:
    traditional, simplified = (read(q, analyser, NO_SYNONYMS) for q in ("開發區怎麼招商引資", "开发区怎么招商引资"))
    assert traditional.words == simplified.words
