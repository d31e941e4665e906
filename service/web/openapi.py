"""The routes of the API and the schemas of what they carry in, its OpenAPI 3.1 description out."""

from collections.abc import Sequence

from service.limits import LONGEST_HISTORY, LONGEST_QUESTION
from service.web.problems import LARGEST_BODY
from service.web.requests import FARTHEST_OFFSET, MOST_LISTED, USUAL_LISTED
from service.web.schemas import (
    CHOICES,
    FILTERS,
    HISTORY_NOTE,
    LIMIT,
    QUESTION,
    SCHEMAS,
    STRING,
    Schema,
    reference,
)

_PROBLEMS: dict[int, str] = {
    400: "不是 UTF-8 编码的 JSON，或网址中的编码不对",
    401: "服务要求访问令牌，而请求中没有给出，或者它已停用",
    403: "没有设置访问令牌，或令牌的权限不够",
    404: "没有这篇文档",
    413: f"问题超过 {LONGEST_QUESTION} 字、此前的问题超过 {LONGEST_HISTORY} 个，或请求体超过 {LARGEST_BODY // 1024} KiB",
    415: "Content-Type 不是 application/json",
    422: "缺少问题、类型不对、有不认识的项或值不在范围内",
    429: "请求过于频繁，请按 Retry-After（秒）稍后再试",
    500: "服务内部出错，原因只记入日志",
    503: "尚未就绪、正在停止、同时提问的太多或一问用时太长；有 Retry-After（秒）时请稍后再试",
}


def _responses(schema: str, *problems: int) -> Schema:
    responses: Schema = {"200": {"description": "成功", "content": {"application/json": {"schema": reference(schema)}}}}
    for status in problems:
        responses[str(status)] = {
            "description": _PROBLEMS[status],
            "content": {"application/problem+json": {"schema": reference("Problem")}},
        }
        if status in (429, 503):
            responses[str(status)]["headers"] = {"Retry-After": {"schema": {"type": "integer", "minimum": 1}}}
        if status == 401:
            responses["401"]["headers"] = {"WWW-Authenticate": {"schema": {"const": "Bearer"}}}
    return responses


def _operation(id: str, summary: str, responses: Schema, parameters: Sequence[Schema] = ()) -> Schema:
    return {
        "operationId": id,
        "summary": summary,
        **({"parameters": list(parameters)} if parameters else {}),
        "responses": responses,
    }


def _parameter(name: str, schema: Schema, required: bool = False) -> Schema:
    return {"name": name, "in": "query", "required": required, "schema": schema}


_PATHS: Schema = {
    "/api/v1/ask": {
        "get": _operation(
            "askByLink",
            "提问（写在网址中）",
            _responses("Answer", 400, 401, 413, 422, 429, 500, 503),
            [
                _parameter(
                    "q",
                    {
                        "type": "array",
                        "items": QUESTION,
                        "minItems": 1,
                        "maxItems": LONGEST_HISTORY + 1,
                        "description": f"最后一个是问题；在它之前的是{HISTORY_NOTE}",
                    },
                    required=True,
                ),
                _parameter("limit", LIMIT),
                *(_parameter(name, schema) for name, schema in FILTERS.items()),
                *(_parameter(name, schema) for name, schema in CHOICES.items()),
            ],
        ),
        "post": {
            **_operation("ask", "提问", _responses("Answer", 400, 401, 413, 415, 422, 429, 500, 503)),
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": reference("AskRequest"),
                        "examples": {
                            "simple": {"value": {"question": "开发区招商改革怎么做的"}},
                            "all": {
                                "value": {
                                    "question": "那资金呢",
                                    "history": ["开发区招商改革怎么做的"],
                                    "limit": 3,
                                    "filters": {"documents": [], "from": "2022", "to": "2023-06"},
                                    "synonyms": True,
                                    "without": ["改革"],
                                    "year": 2022,
                                }
                            },
                        },
                    }
                },
            },
        },
    },
    "/api/v1/documents": {
        "get": _operation(
            "listDocuments",
            "文档目录",
            _responses("Documents", 400, 401, 422, 429, 500, 503),
            [
                _parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST_LISTED, "default": USUAL_LISTED}),
                _parameter("offset", {"type": "integer", "minimum": 0, "maximum": FARTHEST_OFFSET, "default": 0}),
                *(_parameter(name, schema) for name, schema in FILTERS.items()),
            ],
        )
    },
    "/api/v1/documents/{document_id}": {
        "get": _operation(
            "readDocument",
            "一篇文档的全文",
            _responses("Document", 400, 401, 404, 422, 429, 500, 503),
            [{"name": "document_id", "in": "path", "required": True, "schema": STRING}],
        )
    },
    "/api/v1/reload": {
        "post": {
            **_operation("reload", "重新读取材料（管理员）", _responses("Reloaded", 401, 403, 422, 429, 500, 503)),
            "security": [{"token": []}],
        }
    },
    "/api/v1/openapi.json": {
        "get": {
            **_operation(
                "describe",
                "本说明",
                {
                    "200": {"description": "成功", "content": {"application/json": {"schema": {"type": "object"}}}},
                    **{status: it for status, it in _responses("Problem", 400, 422).items() if status != "200"},
                },
            ),
            "security": [],
        }
    },
    "/healthz": {"get": {**_operation("health", "进程是否正常", _responses("Health")), "security": []}},
    "/readyz": {"get": {**_operation("readiness", "是否可以提问", _responses("Health", 503)), "security": []}},
    "/metrics": {
        "get": _operation(
            "metrics",
            "Prometheus 指标",
            {
                "200": {"description": "成功", "content": {"text/plain": {"schema": STRING}}},
                **{status: it for status, it in _responses("Problem", 401, 403).items() if status != "200"},
            },
        )
    },
}

OPENAPI: Schema = {
    "openapi": "3.1.0",
    "info": {
        "title": "有据 Youju",
        "version": "1",
        "description": "向一个文件夹的中文文档提问，得到原文和出处。第 1 版只增不改：请忽略不认识的项。",
    },
    "paths": _PATHS,
    # Where the service keeps no tokens, none is needed.
    "security": [{"token": []}, {}],
    "components": {
        "schemas": SCHEMAS,
        "securitySchemes": {
            "token": {
                "type": "http",
                "scheme": "bearer",
                "description": "访问令牌（youju token）；服务没有设置令牌时，提问和查阅不用给出",
            }
        },
    },
}
