import pytest
from werkzeug.exceptions import BadRequest, MethodNotAllowed, NotFound, RequestEntityTooLarge

from service.errors import NotReady, Progress, UnreadableFile
from service.web.problems import FieldError, Problem, problem_of, refused, refused_fields


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (refused(415, "请求体应为 JSON。"), Problem(415, "请求体应为 JSON。")),
        (
            refused_fields([FieldError("q", "缺少这一项")]),
            Problem(422, "请求中有 1 处需要改正。", (FieldError("q", "缺少这一项"),)),
        ),
        (NotReady(), Problem(503, "正在建立索引，请稍候片刻再问。", headers=(("Retry-After", "5"),))),
        (
            NotReady(Progress(3, 12, 900, 4000, 40)),
            Problem(
                503,
                "正在建立索引，12 个文件已读 3 个，请稍候片刻再问。",
                headers=(("Retry-After", "5"),),
                progress=Progress(3, 12, 900, 4000, 40),
            ),
        ),
        (NotFound(), Problem(404, "没有这个地址。")),
        (BadRequest("x"), Problem(400, "请求的格式不正确，无法读取。")),
        (RequestEntityTooLarge(), Problem(413, "请求体最大 64 KiB。")),
        (
            MethodNotAllowed(["POST", "GET"]),
            Problem(405, "这个地址只接受 GET, POST。", headers=(("Allow", "GET, POST"),)),
        ),
        # What nobody foresaw is not told, whatever its message says.
        (ValueError("/srv/secret"), Problem(500, "服务内部出错，已记入日志；请稍后再试，或告知管理员。")),
        (UnreadableFile("/srv/secret"), Problem(500, "服务内部出错，已记入日志；请稍后再试，或告知管理员。")),
    ],
)
def test_an_exception_is_told_as_a_problem(error: Exception, problem: Problem) -> None:
    assert problem_of(error) == problem


def test_a_problem_has_the_members_of_rfc_9457() -> None:
    assert Problem(404, "没有这个地址。").as_json() == {
        "type": "about:blank",
        "title": "没有找到",
        "status": 404,
        "detail": "没有这个地址。",
    }


def test_a_problem_with_fields_names_them() -> None:
    problem = refused_fields([FieldError("limit", "应为 1 到 20 的整数"), FieldError("q", "缺少这一项")]).problem
    assert problem.as_json() == {
        "type": "about:blank",
        "title": "请求内容有误",
        "status": 422,
        "detail": "请求中有 2 处需要改正。",
        "errors": [
            {"field": "limit", "message": "应为 1 到 20 的整数"},
            {"field": "q", "message": "缺少这一项"},
        ],
    }
