"""Which documents filters admit, and how many there are of each."""

from collections.abc import Callable

import pytest

from service.answering.filters import Filters, Value, facets
from service.corpus.document import Document
from service.engine import Engine


@pytest.mark.parametrize(
    ("date", "earliest", "latest", "admitted"),
    [
        ("2022-10", "2022", None, True),
        ("2022-10", "2022-10-15", None, True),  # compared at the coarser precision: the month
        ("2022-10", "2022-11", None, False),
        ("2022", None, "2022-03", True),
        ("2023-01-05", None, "2022", False),
        ("2023-01-05", "2022", "2023-01", True),
        (None, "2022", None, False),
        (None, None, None, True),
    ],
)
def test_dates_are_compared_at_the_coarser_precision_and_inclusive(
    date: str | None, earliest: str | None, latest: str | None, admitted: bool
) -> None:
    document = Document("id", "a.txt", "", "", date=date)
    assert Filters(earliest=earliest, latest=latest).admit(document) is admitted


def test_a_document_that_is_not_named_is_not_admitted() -> None:
    assert Filters(documents=("other",)).admit(Document("id", "a.txt", "", "")) is False


SCHOOL = Document(
    "a",
    "教育/2024/学校.txt",
    "关于办好学校的通知",
    "",
    date="2024-03",
    kind="通知",
    issuer="东江省人民政府 东江省教育厅",
    place="东江省",
)
ROAD = Document("b", "交通/公路.txt", "公路", "", date="2023", kind="意见", issuer="东江省交通厅", place="东江省临海市")
UNKNOWN = Document("c", "无题.txt", "无题", "")


@pytest.mark.parametrize(
    ("filters", "admitted"),
    [
        (Filters(), [SCHOOL, ROAD, UNKNOWN]),
        (Filters(places=("东江省",)), [SCHOOL, ROAD]),
        (Filters(places=("东江省临海市",)), [ROAD]),
        (Filters(places=("东江",)), []),
        (Filters(kinds=("通知", "意见")), [SCHOOL, ROAD]),
        (Filters(kinds=("通知",), places=("东江省临海市",)), []),
        (Filters(issuers=("东江省教育厅",)), [SCHOOL]),
        (Filters(folders=("教育",)), [SCHOOL]),
        (Filters(folders=("教育/2024",)), [SCHOOL]),
        (Filters(folders=("教", "交通")), [ROAD]),
        (Filters(folders=("（根目录）",)), [UNKNOWN]),
    ],
)
def test_any_value_of_a_facet_will_do_and_every_facet_must(filters: Filters, admitted: list[Document]) -> None:
    assert [document for document in (SCHOOL, ROAD, UNKNOWN) if filters.admit(document)] == admitted
    assert bool(filters) is (filters != Filters())


def test_a_city_has_its_counties_and_a_province_its_cities() -> None:
    county = Document("d", "d.txt", "", "", place="湖南省岳阳市平江县")
    for place in ("湖南省", "湖南省岳阳市", "湖南省岳阳市平江县"):
        assert Filters(places=(place,)).admit(county)
    assert not Filters(places=("湖南省长沙市",)).admit(county)
    assert Filters(places=("北京市",)).admit(Document("e", "e.txt", "", "", place="北京市海淀区"))


def test_a_facet_counts_what_the_others_admit() -> None:
    counted = facets((SCHOOL, ROAD, UNKNOWN), Filters(kinds=("通知",), earliest="2024"))
    assert counted == {
        "years": [Value("2024", 1)],
        "places": [Value("东江省", 1)],
        # of other kinds none is of 2024
        "kinds": [Value("通知", 1)],
        "issuers": [Value("东江省人民政府", 1), Value("东江省教育厅", 1)],
        "folders": [Value("教育", 1), Value("教育/2024", 1)],
    }
    assert facets((SCHOOL, ROAD), Filters(kinds=("通知",)))["kinds"] == [Value("意见", 1), Value("通知", 1)]
    assert facets((SCHOOL, ROAD), Filters())["years"] == [Value("2024", 1), Value("2023", 1)]


def test_the_top_folder_is_told_apart_where_there_are_others() -> None:
    assert facets((SCHOOL, ROAD, UNKNOWN), Filters(folders=("（根目录）",)))["folders"] == [
        Value("交通", 1),
        Value("教育", 1),
        Value("教育/2024", 1),
        Value("（根目录）", 1),
    ]
    assert facets((UNKNOWN,), Filters())["folders"] == []


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(earliest="2024", latest="2024"), ("2024年",)),
        (Filters(earliest="2024", latest="2025-06"), ("2024年至2025年6月",)),
        (Filters(latest="2025", kinds=("通知",), places=("东江省",)), ("截至2025年", "东江省", "通知")),
        (Filters(earliest="2025"), ("2025年起",)),
        (Filters(documents=("a",)), ()),
    ],
)
def test_what_is_asked_of_is_said_in_plain_words(filters: Filters, said: tuple[str, ...]) -> None:
    assert filters.said == said


def test_what_is_filtered_is_not_ranked_and_the_undated_are_counted(
    make_engine: Callable[[dict[str, str]], Engine],
) -> None:
    road = "关于新修公路的通知\n（{}）\n一、全县新修公路{}公里，投入资金三千万元。\n"
    engine = make_engine(
        {
            "a.txt": road.format("2023年5月6日", "九十"),
            "b.txt": road.format("2024年5月6日", "八十"),
            "c.txt": road.format("时间另定", "七十"),
        }
    )
    answer = engine.ask("新修公路多少公里", filters=Filters(earliest="2024", latest="2024"))
    assert [citation.document.file for citation in answer.citations] == ["b.txt"]
    assert answer.filtered_undated == 1
    assert engine.ask("新修公路多少公里").filtered_undated == 0
    only = engine.ask("新修公路多少公里", filters=Filters(kinds=("意见",)))
    assert (only.status, only.related) == ("not_found", ())
