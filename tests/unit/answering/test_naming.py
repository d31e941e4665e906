"""Which documents a question names."""

import pytest

from service.answering.answer import Name
from service.answering.naming import named
from service.answering.titles import Titles, titles
from service.corpus.document import Document

TITLES = (
    ("2024年浙江省政府工作报告", None),
    ("2025年浙江省政府工作报告", None),
    ("2024年江苏省政府工作报告", None),
    ("在全县防汛抗旱、森林防火推进会上的讲话", "县委书记"),
    ("云溪镇2024年工作总结", "云溪镇党委"),
    ("党委书记在大会上的讲话", "高新区党委书记"),
)


def documents(*said: tuple[str, str | None]) -> Titles:
    return titles([Document(str(n), f"{n}.txt", title, "", issuer=issuer) for n, (title, issuer) in enumerate(said)])


KNOWN = documents(*TITLES)


def test_a_province_is_taken_out_and_means_its_documents() -> None:
    found = named("浙江省怎么发展海洋经济", KNOWN)
    assert (found.text.strip(), found.documents, found.names) == (
        "怎么发展海洋经济",
        frozenset({0, 1}),
        (Name("浙江", 2),),
    )


def test_a_province_without_a_document_stays_a_word_and_is_said() -> None:
    found = named("湖北怎么做", KNOWN)
    assert (found.text, found.documents, found.names) == ("湖北怎么做", None, (Name("湖北", 0),))


def test_the_year_of_a_report_chooses_among_a_province_s_documents() -> None:
    assert named("2025年的政府工作报告里，浙江怎么做", KNOWN).documents == frozenset({1})


def test_of_a_report_that_is_not_there_no_document_is_asked() -> None:
    assert named("2019年的政府工作报告里，浙江怎么做", KNOWN).documents == frozenset()


def test_a_year_alone_is_what_is_asked_for() -> None:
    found = named("浙江2024年粮食产量", KNOWN)
    assert (found.text.strip(), found.documents) == ("2024年粮食产量", frozenset({0, 1}))


@pytest.mark.parametrize("question", ["江苏和浙江对比", "苏浙两省对比", "苏、浙两省对比"])
def test_two_provinces_are_two_groups_in_the_order_of_the_question(question: str) -> None:
    assert named(question, KNOWN).groups == (frozenset({2}), frozenset({0, 1}))


@pytest.mark.parametrize("question", ["沪深交易所有哪些新规", "粤菜怎么推广", "鲁班工坊建设"])
def test_an_abbreviation_in_another_word_is_no_province(question: str) -> None:
    assert named(question, KNOWN).groups == ()


@pytest.mark.parametrize(
    ("question", "meant", "left"),
    [
        ("防汛抗旱推进会上怎么讲物资储备", {3}, "怎么讲物资储备"),
        ("推进会强调了哪些重点", {3}, "强调了哪些重点"),
        ("《在全县防汛抗旱、森林防火推进会上的讲话》对物资怎么说", {3}, "对物资怎么说"),
        ("云溪镇修了多少路", {4}, "修了多少路"),
        ("高新区怎么绿化", {5}, "怎么绿化"),
    ],
)
def test_an_occasion_a_title_or_a_town_means_its_documents(question: str, meant: set[int], left: str) -> None:
    found = named(question, KNOWN)
    assert (found.documents, found.text.strip()) == (frozenset(meant), left)


@pytest.mark.parametrize("question", ["会不会涨价", "会议室在哪", "大会战打得怎么样", "报告文学", "怎么写总结"])
def test_what_only_sounds_like_an_occasion_means_nothing(question: str) -> None:
    assert named(question, KNOWN) == named(question, documents())


def test_a_title_that_is_not_there_is_said() -> None:
    found = named("《乡村振兴促进法》怎么规定", KNOWN)
    assert (found.documents, found.names) == (None, (Name("《乡村振兴促进法》", 0),))


@pytest.mark.parametrize(
    ("question", "leaning", "left"),
    [
        ("县里老旧小区改造", {3}, "老旧小区改造"),
        ("我镇修了多少路", {4}, "修了多少路"),
        ("县委书记讲了什么", {3}, "县委书记讲了什么"),
        ("小区里有没有停车位", set(), "小区里有没有停车位"),
    ],
)
def test_an_administration_or_a_speaker_leans_to_its_documents(question: str, leaning: set[int], left: str) -> None:
    found = named(question, KNOWN)
    assert (found.leaning, found.text.strip(), found.documents) == (frozenset(leaning), left, None)


def test_offsets_of_what_is_left_stay_true() -> None:
    text = "浙江怎么发展海洋经济"
    left = named(text, KNOWN).text
    assert (len(left), left.index("海洋")) == (len(text), text.index("海洋"))


def test_nothing_is_left_of_a_question_of_names_alone() -> None:
    assert named("浙江？", KNOWN).text.strip() == "？"


ISSUED = titles(
    [
        Document("0", "0.txt", "稳岗补贴办法", "", number="国办发〔2023〕12号", date="2023-05-08"),
        Document("1", "云政办发2023-12号 防汛通知.txt", "防汛通知", "", date="2023-05-08"),
        Document(
            "2",
            "2.txt",
            "关于贯彻国办发〔2023〕12号的意见",
            "依据国办发〔2021〕3号。2021年3月2日开过会。",
            date="2022-10",
        ),
        Document("3", "3.txt", "在全县大会上的讲话", "", date="2022-10-09"),
    ]
)


@pytest.mark.parametrize(
    ("question", "meant", "left"),
    [
        ("国办发〔2023〕12号怎么补贴", {0}, "怎么补贴"),
        ("国办发[2023]12号怎么补贴", {0}, "怎么补贴"),
        ("国办发（２０２３）第12号怎么补贴", {0}, "怎么补贴"),
        ("国办发2023年12号里规定补贴多少", {0}, "补贴多少"),
        ("想问国办发〔2023〕12号的补贴", {0}, "想问            的补贴"),
        ("云政办发〔2023〕12号怎么防汛", {1}, "怎么防汛"),
        ("政办发〔2023〕12号怎么防汛", {1}, "怎么防汛"),  # without the place
        ("市政府印发2023年12号楼的规划", None, "市政府印发2023年12号楼的规划"),
        ("2023年5月8日的通知怎么要求", {1}, "怎么要求"),
        ("二〇二三年五月八日的通知怎么要求", {1}, "怎么要求"),
        ("5月8日印发的防汛通知要求备多少沙袋", {1}, "防汛    备多少沙袋"),
        ("2022-10-09的讲话强调什么", {3}, "什么"),
        ("10月9日那次会议怎么讲", {3}, "怎么讲"),
        ("2022年10月的讲话里怎么讲", {3}, "怎么讲"),  # the other one of that month is no speech
        ("2022年10月什么时候开会", None, "2022年10月什么时候开会"),
        ("2022年10月粮食产量", None, "2022年10月粮食产量"),
        ("2023年5月会议费多少", None, "2023年5月会议费多少"),
        ("10月的讲话怎么讲", None, "10月的讲话怎么讲"),
    ],
)
def test_a_number_or_a_date_means_its_documents(question: str, meant: set[int] | None, left: str) -> None:
    found = named(question, ISSUED)
    assert (found.documents, found.text.strip()) == (None if meant is None else frozenset(meant), left)


@pytest.mark.parametrize(
    ("question", "name", "telling"),
    [
        ("国办发〔2021〕3号怎么规定", "国办发〔2021〕3号", {2}),  # only spoken of
        ("2021年3月2日的会议讲了什么", "2021年3月2日", {2}),
        ("国办发〔2020〕1号怎么规定", "国办发〔2020〕1号", set()),
        ("2020年1月1日的通知里怎么要求", "2020年1月1日", set()),
    ],
)
def test_of_a_number_or_a_date_of_no_document_only_those_that_tell_of_it_are_asked(
    question: str, name: str, telling: set[int]
) -> None:
    found = named(question, ISSUED)
    assert (found.documents, found.names, found.text) == (frozenset(telling), (Name(name, 0),), question)


def test_two_numbers_are_two_groups() -> None:
    assert named("国办发〔2023〕12号和云政办发〔2023〕12号对比", ISSUED).groups == (frozenset({0}), frozenset({1}))


@pytest.mark.parametrize(
    ("question", "apart", "left"),
    [
        ("哪些省提到了海洋经济", [{0, 1}, {2}], "海洋经济"),
        ("哪几个省份的报告里写到海洋经济", [{0, 1}, {2}], "海洋经济"),
        ("各地怎么发展海洋经济", [{0, 1}, {2}, {4}, {5}], "怎么发展海洋经济"),
        ("谁家的养老办得好", [{0, 1}, {2}, {4}, {5}], "养老办得好"),
        ("各镇怎么修路", [{4}, {5}], "怎么修路"),
        ("2024年的政府工作报告里，哪些省提到海洋经济", [{0}, {2}], "，     海洋经济"),
        ("哪些材料提到海洋经济", [{0}, {1}, {2}, {3}, {4}, {5}], "海洋经济"),
        ("哪些单位整改不到位", [], "哪些单位整改不到位"),
        ("浙江有哪些省级开发区", [], "有哪些省级开发区"),
    ],
)
def test_who_asks_of_several_places_asks_each_by_its_own_documents(
    question: str, apart: list[set[int]], left: str
) -> None:
    found = named(question, KNOWN)
    assert (sorted(map(sorted, found.apart)), found.text.strip()) == (sorted(map(sorted, apart)), left)


@pytest.mark.parametrize(
    "question", ["浙江和江苏相比，养老有什么不同", "浙江和江苏的养老有什么区别", "浙江和江苏养老对比"]
)
def test_words_that_only_compare_two_names_are_taken_out(question: str) -> None:
    left = named(question, KNOWN).text
    assert [character for character in left if character not in " ，和的"] == ["养", "老"]
