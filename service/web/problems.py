"""An exception in, the Problem a person or program is told out (RFC 9457)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge

from service.errors import NotReady, Progress, TookTooLong, YoujuError

LARGEST_BODY = 64 * 1024
# In seconds; an index of a few hundred documents takes about that long.
RETRY_AFTER = 5
# A request can hold thousands of unknown names; the first ones tell what is wrong with it.
_MOST_ERRORS = 50

_TITLES: Mapping[int, str] = {
    400: "请求无法读取",
    401: "需要访问令牌",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这种请求方法",
    413: "内容过长",
    415: "不支持的内容类型",
    422: "请求内容有误",
    429: "请求过于频繁",
    500: "服务出错",
    503: "暂时不能回答",
}
_DETAILS: Mapping[int, str] = {
    400: "请求的格式不正确，无法读取。",
    404: "没有这个地址。",
    413: f"请求体最大 {LARGEST_BODY // 1024} KiB。",
    500: "服务内部出错，已记入日志；请稍后再试，或告知管理员。",
}


class FieldError(NamedTuple):
    """What is wrong with one field or parameter of a request."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a request gets no answer: what the reader is told, the headers that go with it, and how far the index is that is
    waited for."""

    status: int
    detail: str
    errors: tuple[FieldError, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    progress: Progress | None = None

    @property
    def title(self) -> str:
        return _TITLES.get(self.status, "请求未能完成")

    def as_json(self) -> dict[str, object]:
        """Return the members of application/problem+json; ``errors`` only where fields are at fault."""
        members: dict[str, object] = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            members["errors"] = [{"field": error.field, "message": error.message} for error in self.errors]
        if self.progress:
            members["progress"] = self.progress._asdict()
        return members


class Refused(YoujuError):
    """A request cannot be answered as it stands; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def refused(status: int, detail: str, *headers: tuple[str, str]) -> Refused:
    """Return the exception to raise for a request that gets this status."""
    return Refused(Problem(status, detail, headers=headers))


def refused_fields(errors: Sequence[FieldError]) -> Refused:
    """Return the exception to raise for a request with these faults; of very many the first are named."""
    return Refused(Problem(422, f"请求中有 {len(errors)} 处需要改正。", tuple(errors[:_MOST_ERRORS])))


def problem_of(error: Exception) -> Problem:
    """Return what is told about an exception; of one that nobody foresaw nothing but that it happened."""
    match error:
        case Refused():
            return error.problem
        case NotReady():
            return Problem(503, f"{error}。", headers=(("Retry-After", str(RETRY_AFTER)),), progress=error.progress)
        case TookTooLong():
            return Problem(503, f"{error}。")
        case MethodNotAllowed():
            allowed = ", ".join(sorted(error.valid_methods or ()))
            return Problem(405, f"这个地址只接受 {allowed}。", headers=(("Allow", allowed),))
        case RequestEntityTooLarge():
            return Problem(413, _DETAILS[413])
        case HTTPException(code=int(status)) if status >= 400:
            return Problem(status, _DETAILS.get(status, "请求未能完成。"))
        case _:
            return Problem(500, _DETAILS[500])
