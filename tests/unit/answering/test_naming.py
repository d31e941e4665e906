"""Which documents a question names."""

from service.answering.naming import named

PLACES = {"浙江": frozenset({0, 1}), "江苏": frozenset({2})}
YEARS = {"2024": frozenset({0, 2}), "2025": frozenset({1})}


def test_a_province_is_taken_out_and_means_its_documents() -> None:
    found = named("浙江省怎么发展海洋经济", PLACES, YEARS)
    assert (found.text.strip(), found.documents) == ("怎么发展海洋经济", frozenset({0, 1}))


def test_a_province_without_a_document_stays_a_word() -> None:
    assert named("湖北怎么做", PLACES, YEARS) == named("湖北怎么做", {}, {})


def test_the_year_of_a_report_chooses_among_a_province_s_documents() -> None:
    assert named("2025年的政府工作报告里，浙江怎么做", PLACES, YEARS).documents == frozenset({1})


def test_a_year_alone_is_what_is_asked_for() -> None:
    found = named("浙江2024年粮食产量", PLACES, YEARS)
    assert (found.text.strip(), found.documents) == ("2024年粮食产量", frozenset({0, 1}))


def test_two_provinces_are_two_groups_in_the_order_of_the_question() -> None:
    assert named("江苏和浙江对比", PLACES, YEARS).groups == (frozenset({2}), frozenset({0, 1}))


def test_offsets_of_what_is_left_stay_true() -> None:
    text = "浙江怎么发展海洋经济"
    left = named(text, PLACES, YEARS).text
    assert (len(left), left.index("海洋")) == (len(text), text.index("海洋"))


def test_a_question_of_names_alone_stays_as_it_is() -> None:
    assert named("浙江？", PLACES, YEARS).text == "浙江？"
