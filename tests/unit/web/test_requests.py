import pytest

from service.answering.answer import Choices
from service.answering.filters import Filters
from service.web.problems import FieldError, Problem, Refused
from service.web.requests import (
    AskRequest,
    ListRequest,
    ask_request_in_body,
    ask_request_in_query,
    list_request,
    no_parameters,
)

MEMBERS = "不认识这一项；可用的有 question、history、limit、filters、synonyms、without、year"
PARAMETERS = (
    "不认识这一项；可用的有 q、limit、documents、from、to、places、kinds、issuers、folders、synonyms、without、year"
)
NOT_WHOLE_JSON = Problem(400, "请求体不是完整的 JSON。")


def problem_of_body(body: str | bytes) -> Problem:
    with pytest.raises(Refused) as caught:
        ask_request_in_body(body.encode() if isinstance(body, str) else body)
    return caught.value.problem


def problem_of_query(query: str | bytes) -> Problem:
    with pytest.raises(Refused) as caught:
        ask_request_in_query(query.encode() if isinstance(query, str) else query)
    return caught.value.problem


def faults(problem: Problem) -> list[tuple[str, str]]:
    assert problem.status == 422
    assert problem.detail == f"请求中有 {len(problem.errors)} 处需要改正。"
    return [(error.field, error.message) for error in problem.errors]


def test_a_body_needs_a_question_alone() -> None:
    assert ask_request_in_body('{"question": "有哪些？"}'.encode()) == AskRequest(
        "有哪些？", (), 5, Filters(), Choices()
    )


def test_a_body_may_say_all_the_rest() -> None:
    body = """{"question": "那资金呢", "history": ["怎么招商", "谁负责"], "limit": 20,
               "filters": {"documents": ["a", "b"], "from": "2022", "to": "2023-06"},
               "synonyms": false, "without": ["招商", "谁"], "year": 2022}"""
    assert ask_request_in_body(body.encode()) == AskRequest(
        "那资金呢",
        ("怎么招商", "谁负责"),
        20,
        Filters(("a", "b"), "2022", "2023-06"),
        Choices(synonyms=False, without=frozenset(["招商", "谁"]), year=2022),
    )


@pytest.mark.parametrize(
    "body",
    [
        b'\xef\xbb\xbf{"question": "a"}',  # a byte order mark, as Windows tools write it
        b'{"question": "a", "limit": 5.0}',  # JSON has one kind of number
        b'{"question": "a", "history": [], "filters": {}}',
        b'{"question": "a", "filters": {"documents": []}}',  # nothing chosen: all of them
        b'{"question": "a", "synonyms": true, "without": []}',
    ],
)
def test_these_bodies_ask_the_same(body: bytes) -> None:
    assert ask_request_in_body(body) == AskRequest("a", (), 5, Filters(), Choices())


@pytest.mark.parametrize(
    "question",
    [
        "\x00",
        "\x1c",
        "a\x00\x1b[31mb",
        "<script>alert(1)</script>",
        "'; DROP TABLE documents; --",
        "🙂" * 2000,
        "\u200b",
        "𠮷",
    ],
)
def test_any_text_is_a_question(question: str) -> None:
    body = '{"question": "' + "".join(f"\\u{ord(c):04x}" if ord(c) < 0x20 else c for c in question) + '"}'
    assert ask_request_in_body(body.encode()).question == question


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", NOT_WHOLE_JSON),
        (b'{"question": "a"', NOT_WHOLE_JSON),
        (b'{"question": "a"} {}', NOT_WHOLE_JSON),
        (b'{"question": "a", "limit": NaN}', NOT_WHOLE_JSON),  # Python alone would read these two
        (b'{"question": "a", "limit": -Infinity}', NOT_WHOLE_JSON),
        (b'{"question": "a\nb"}', NOT_WHOLE_JSON),  # control characters stand escaped in JSON
        ('{"question": "招商"}'.encode("gbk"), Problem(400, "请求体不是 UTF-8 编码。")),
        (b'{"question": "\xed\xa0\x80"}', Problem(400, "请求体不是 UTF-8 编码。")),  # a surrogate in bytes
        (b"[" * 30000, Problem(400, "请求体的嵌套层数过多。")),
        (b'{"a":' * 10000, Problem(400, "请求体的嵌套层数过多。")),
    ],
)
def test_what_is_no_json_in_utf8_is_a_bad_request(body: bytes, problem: Problem) -> None:
    assert problem_of_body(body) == problem


@pytest.mark.parametrize("body", ["[]", "null", '"a"', "5", "true"])
def test_a_body_is_an_object(body: str) -> None:
    assert faults(problem_of_body(body)) == [("body", '应为 JSON 对象，如 {"question": "…"}')]


DATE = "应为年、年-月或年-月-日，如 2023、2023-06、2023-06-09"


@pytest.mark.parametrize(
    ("members", "field", "message"),
    [
        ('"limit": 5', "question", "缺少这一项"),
        ('"question": ""', "question", "不能为空白"),
        ('"question": " \\u3000\\n\\t\\ufeff"', "question", "不能为空白"),
        ('"question": null', "question", "应为字符串，而不是 null"),
        ('"question": 5', "question", "应为字符串"),
        ('"question": ["a"]', "question", "应为字符串"),
        ('"question": "a\\ud800"', "question", "含有不成对的代理码位（U+D800 至 U+DFFF），不是文字"),
        ('"question": "a", "question": "b"', "question", "只能给出一次"),
        ('"question": "a", "history": "b"', "history", "应为数组"),
        ('"question": "a", "history": null', "history", "应为数组，而不是 null"),
        ('"question": "a", "history": [" "]', "history", "不能为空白"),
        ('"question": "a", "history": ["b", 5]', "history[1]", "应为字符串"),
        (
            '"question": "a", "history": ["b", "\\udfff"]',
            "history[1]",
            "含有不成对的代理码位（U+D800 至 U+DFFF），不是文字",
        ),
        ('"question": "a", "limit": 0', "limit", "应为 1 到 20 的整数"),
        ('"question": "a", "limit": 21', "limit", "应为 1 到 20 的整数"),
        ('"question": "a", "limit": -1', "limit", "应为 1 到 20 的整数"),
        ('"question": "a", "limit": 1.5', "limit", "应为 1 到 20 的整数"),
        ('"question": "a", "limit": "5"', "limit", "应为 1 到 20 的整数"),
        ('"question": "a", "limit": true', "limit", "应为 1 到 20 的整数"),  # True == 1 in Python
        ('"question": "a", "limit": 1e400', "limit", "应为 1 到 20 的整数"),  # infinite as a float
        ('"question": "a", "limit": ' + "1" * 5000, "limit", "应为 1 到 20 的整数"),  # too long for int()
        ('"question": "a", "limit": null', "limit", "应为 1 到 20 的整数，而不是 null"),
        ('"question": "a", "filters": []', "filters", "应为对象"),
        ('"question": "a", "filters": {"documents": "b"}', "filters.documents", "应为数组"),
        ('"question": "a", "filters": {"documents": ["b", ""]}', "filters.documents[1]", "不能为空白"),
        ('"question": "a", "filters": {"from": "2022", "from": "2023"}', "filters.from", "只能给出一次"),
        ('"question": "a", "filters": {"from": 2022}', "filters.from", DATE),
        ('"question": "a", "filters": {"to": null}', "filters.to", DATE + "，而不是 null"),
        ('"question": "a", "filters": {"to": "2022-13"}', "filters.to", DATE),
        ('"question": "a", "filters": {"to": "2022-6"}', "filters.to", DATE),
        ('"question": "a", "filters": {"to": "0000"}', "filters.to", DATE),
        ('"question": "a", "filters": {"to": "2022\\n"}', "filters.to", DATE),  # $ would match before the line end
        ('"question": "a", "filters": {"to": "２０２２"}', "filters.to", DATE),  # \d would match these
        ('"question": "a", "filters": {"to": "2023-02-29"}', "filters.to", "没有这一天"),
        ('"question": "a", "filters": {"from": "2023-07", "to": "2023-06-30"}', "filters.from", "不能晚于 to"),
        ('"question": "a", "synonyms": "false"', "synonyms", "应为 true 或 false"),
        ('"question": "a", "synonyms": 0', "synonyms", "应为 true 或 false"),  # False == 0 in Python
        ('"question": "a", "synonyms": null', "synonyms", "应为 true 或 false，而不是 null"),
        ('"question": "a", "without": "b"', "without", "应为数组"),
        ('"question": "a", "without": [" "]', "without", "不能为空白"),
        ('"question": "a", "without": ["b", 5]', "without[1]", "应为字符串"),
        ('"question": "a", "without": ["' + "词" * 101 + '"]', "without", "最长 100 个字符，现有 101 个"),
        ('"question": "a", "without": ["b", "' + "词" * 101 + '"]', "without[1]", "最长 100 个字符，现有 101 个"),
        ('"question": "a", "without": [' + '"b",' * 50 + '"b"]', "without", "最多 50 个，现有 51 个"),
        ('"question": "a", "year": 1899', "year", "应为 1900 到 2100 的整数"),
        ('"question": "a", "year": 2101', "year", "应为 1900 到 2100 的整数"),
        ('"question": "a", "year": "2025"', "year", "应为 1900 到 2100 的整数"),
        ('"question": "a", "year": null', "year", "应为 1900 到 2100 的整数，而不是 null"),
        ('"question": "a", "top": 5', "top", MEMBERS),
        ('"question": "a", "\\ud800": 5', "\\ud800", MEMBERS),
        (
            '"question": "a", "filters": {"year": 5}',
            "filters.year",
            "不认识这一项；可用的有 documents、from、to、places、kinds、issuers、folders",
        ),
    ],
)
def test_a_wrong_field_of_a_body_is_named(members: str, field: str, message: str) -> None:
    assert faults(problem_of_body("{" + members + "}")) == [(field, message)]


def test_all_faults_are_named_at_once() -> None:
    body = '{"limit": 0, "history": [1, "a", 2], "filters": {"from": "x", "to": "2023-02-30"}, "Question": "a"}'
    assert [field for field, _ in faults(problem_of_body(body))] == [
        "Question",
        "question",
        "history[0]",
        "history[2]",
        "limit",
        "filters.from",
        "filters.to",
    ]


def test_of_very_many_faults_the_first_are_named() -> None:
    problem = problem_of_body("{" + ", ".join(f'"a{n}": 1' for n in range(4000)) + "}")
    assert (problem.detail, len(problem.errors)) == ("请求中有 4001 处需要改正。", 50)
    assert problem.errors[49] == FieldError("a49", MEMBERS)


@pytest.mark.parametrize(
    ("earliest", "latest"),
    [
        ("2024-02-29", "2024-02-29"),
        ("2023-06", "2023"),  # compared as years
        ("2023", "2023-01-01"),
    ],
)
def test_a_period_may_begin_and_end_within_the_same_time(earliest: str, latest: str) -> None:
    body = f'{{"question": "a", "filters": {{"from": "{earliest}", "to": "{latest}"}}}}'
    assert ask_request_in_body(body.encode()).filters == Filters((), earliest, latest)


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ('{"question": "' + "问" * 2001 + '"}', "question 最长 2000 个字符，现有 2001 个。"),
        ('{"question": "a", "history": ["' + "问" * 2001 + '"]}', "history 最长 2000 个字符，现有 2001 个。"),
        ('{"question": "a", "history": ["b", "' + "问" * 2001 + '"]}', "history[1] 最长 2000 个字符，现有 2001 个。"),
        ('{"question": "a", "history": [' + '"b",' * 20 + '"b"]}', "此前的问题最多 20 个，现有 21 个。"),
        (
            # What is too long goes before what is wrong.
            '{"question": "' + "a" * 2001 + '", "history": [' + '"b",' * 20 + '"b"], "limit": 0}',
            "question 最长 2000 个字符，现有 2001 个；此前的问题最多 20 个，现有 21 个。",
        ),
    ],
)
def test_what_is_too_long_is_refused_with_the_limit(body: str, detail: str) -> None:
    assert problem_of_body(body) == Problem(413, detail)


def test_the_longest_question_and_history_are_taken() -> None:
    body = '{"question": "' + "问" * 2000 + '", "history": [' + '"b",' * 19 + '"b"]}'
    assert ask_request_in_body(body.encode()) == AskRequest("问" * 2000, ("b",) * 20, 5, Filters(), Choices())


def test_the_longest_and_the_most_words_are_left_out() -> None:
    words = ["词" * 99 + chr(0x4E00 + n) for n in range(50)]
    body = '{"question": "a", "without": ["' + '", "'.join(words) + '"]}'
    assert ask_request_in_body(body.encode()).choices == Choices(without=frozenset(words))


def test_the_last_q_of_a_query_is_the_question() -> None:
    query = "q=%E6%80%8E%E4%B9%88%E6%8B%9B%E5%95%86&q=那资金呢&limit=3&documents=a&documents=b&from=2022&to=2023-06"
    query += "&synonyms=false&without=a&without=%E8%B0%81&year=2022"
    assert ask_request_in_query(query.encode()) == AskRequest(
        "那资金呢",
        ("怎么招商",),
        3,
        Filters(("a", "b"), "2022", "2023-06"),
        Choices(synonyms=False, without=frozenset(["a", "谁"]), year=2022),
    )


def test_a_plus_in_a_query_is_a_blank_and_an_escaped_one_is_a_plus() -> None:
    assert ask_request_in_query(b"q=a+b%2Bc%26d").question == "a b+c&d"


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("", "q", "缺少这一项"),
        ("q=", "q", "不能为空白"),
        ("q=+", "q", "不能为空白"),
        ("q=a&q=", "q[1]", "不能为空白"),
        ("q=&q=a", "q[0]", "不能为空白"),
        ("q=a&limit=5&limit=6", "limit", "只能给出一次"),
        ("q=a&from=2022&from=2022", "from", "只能给出一次"),
        ("q=a&limit=", "limit", "应为 1 到 20 的整数"),
        ("q=a&limit=0", "limit", "应为 1 到 20 的整数"),
        ("q=a&limit=5.0", "limit", "应为 1 到 20 的整数"),
        ("q=a&limit=５", "limit", "应为 1 到 20 的整数"),
        ("q=a&limit=" + "1" * 5000, "limit", "应为 1 到 20 的整数"),
        ("q=a&documents=", "documents", "不能为空白"),
        ("q=a&from=2023-02-30", "from", "没有这一天"),
        ("q=a&from=2024&to=2023", "from", "不能晚于 to"),
        ("q=a&synonyms=0", "synonyms", "应为 true 或 false"),
        ("q=a&synonyms=", "synonyms", "应为 true 或 false"),
        ("q=a&synonyms=true&synonyms=false", "synonyms", "只能给出一次"),
        ("q=a&without=", "without", "不能为空白"),
        ("q=a&without=b&without=" + "a" * 101, "without[1]", "最长 100 个字符，现有 101 个"),
        ("q=a" + "&without=b" * 51, "without", "最多 50 个，现有 51 个"),
        ("q=a&year=25", "year", "应为 1900 到 2100 的整数"),
        ("q=a&year=2025.0", "year", "应为 1900 到 2100 的整数"),
        ("q=a&year=2025&year=2026", "year", "只能给出一次"),
        ("q=a&question=b", "question", PARAMETERS),
    ],
)
def test_a_wrong_parameter_is_named(query: str, field: str, message: str) -> None:
    assert faults(problem_of_query(query)) == [(field, message)]


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        (b"q=%D5%D0%C9%CC", Problem(400, "网址中的参数不是 UTF-8 编码。")),  # GBK
        (b"q=\xd5\xd0\xc9\xcc", Problem(400, "网址中的参数不是 UTF-8 编码。")),
        (b"%FF=a", Problem(400, "网址中的参数不是 UTF-8 编码。")),
        (b"q=%ED%A0%80", Problem(400, "网址中的参数不是 UTF-8 编码。")),
        (b"q=50%", Problem(400, "网址中的百分号编码不完整；百分号本身要写作 %25。")),
        (b"q=%zz", Problem(400, "网址中的百分号编码不完整；百分号本身要写作 %25。")),
    ],
)
def test_a_query_that_cannot_be_decoded_is_a_bad_request(query: bytes, problem: Problem) -> None:
    assert problem_of_query(query) == problem


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("q=" + "a" * 2001, "q 最长 2000 个字符，现有 2001 个。"),
        ("q=" + "a" * 2001 + "&q=b", "q[0] 最长 2000 个字符，现有 2001 个。"),
        ("&".join(["q=a"] * 22), "此前的问题最多 20 个，现有 21 个。"),
    ],
)
def test_what_is_too_long_in_a_query_is_refused_with_the_limit(query: str, detail: str) -> None:
    assert problem_of_query(query) == Problem(413, detail)


def test_a_list_is_asked_for_a_stretch_at_a_time() -> None:
    assert list_request(b"") == ListRequest(0, 100, Filters())
    assert list_request(b"offset=20&limit=10") == ListRequest(20, 10, Filters())
    with pytest.raises(Refused) as caught:
        list_request(b"offset=-1&limit=501&page=2")
    assert faults(caught.value.problem) == [
        ("page", "不认识这一项；可用的有 limit、offset、documents、from、to、places、kinds、issuers、folders"),
        ("offset", "应为 0 到 1000000000 的整数"),
        ("limit", "应为 1 到 500 的整数"),
    ]


def test_a_route_without_parameters_names_those_it_was_given() -> None:
    no_parameters(b"")
    with pytest.raises(Refused) as caught:
        no_parameters(b"pretty=1")
    assert faults(caught.value.problem) == [("pretty", "不认识这一项；这里不带参数")]
