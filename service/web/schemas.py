"""The limits of the API in, the JSON Schema of everything it takes and serves out."""

from collections.abc import Mapping
from typing import Any, get_args

from service.answering.answer import Kind, Origin, Status
from service.answering.filters import FACETS, YEARS
from service.limits import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    LONGEST_HISTORY,
    LONGEST_QUESTION,
    LONGEST_WORD,
    MOST_CITATIONS,
    MOST_LEFT_OUT,
    USUAL_CITATIONS,
)
from service.web.fields import DATE, VISIBLE

# What JSON Schema calls a schema; its members are as various as JSON itself.
Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NUMBER_FROM_1: Schema = {"type": "integer", "minimum": 1}
_OFFSET: Schema = {"type": "integer", "minimum": 0, "description": "以文档 text 的码点计，从 0 起"}
_SPANS: Schema = {
    "type": "array",
    "items": {"type": "array", "prefixItems": [_COUNT, _COUNT], "items": False, "minItems": 2},
    "description": "[起, 止) 的列表",
}
_KNOWN_DATE: Schema = {"type": ["string", "null"], "pattern": DATE, "description": "年、年-月或年-月-日；不详时为 null"}
# The 29th of February where the year has one: whoever makes requests of this document makes none that are refused.
_LEAP_YEAR = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
_LONG, _SHORT = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])", "(0[469]|11)-(0[1-9]|[12][0-9]|30)"
ASKED_DATE: Schema = {
    "type": "string",
    "pattern": rf"^(?!0000)([0-9]{{4}}(-(0[1-9]|1[0-2]|{_LONG}|{_SHORT}|02-(0[1-9]|1[0-9]|2[0-8])))?|{_LEAP_YEAR}-02-29)$",
    "description": "年、年-月或年-月-日，须为存在的日期；包含当日（月、年），按较粗的精度比较；from 不能晚于 to",
}
QUESTION: Schema = {"type": "string", "maxLength": LONGEST_QUESTION, "pattern": VISIBLE}
LIMIT: Schema = {
    "type": "integer",
    "minimum": 1,
    "maximum": MOST_CITATIONS,
    "default": USUAL_CITATIONS,
    "description": "最多给出几条出处；整列回答的一组不受此限",
}


def _any_of(description: str) -> Schema:
    return {"type": "array", "items": {"type": "string", "pattern": VISIBLE}, "description": description}


# What filters documents, by name.
FILTERS: dict[str, Schema] = {
    "documents": _any_of("只在这些编号的文档中找；为空表示全部。没有的编号不算错误，只是那里什么也找不到"),
    "from": ASKED_DATE,
    "to": ASKED_DATE,
    "places": _any_of("只在这些地方的文档中找，从省写起（广东省广州市）；省、市包含其下的市县"),
    "kinds": _any_of("只在这些文种中找（通知、工作报告……）"),
    "issuers": _any_of("只在这些机关发的文档中找"),
    "folders": _any_of("只在这些文件夹中找，包含其下的文件夹；不在任何文件夹里的写（根目录）"),
}
# What a person changes about how the question is read, by name.
CHOICES: dict[str, Schema] = {
    "synonyms": {
        "type": "boolean",
        "default": True,
        "description": "是否也查近义词；对此前的问题同样有效",
    },
    "without": {
        "type": "array",
        "items": {"type": "string", "maxLength": LONGEST_WORD, "pattern": VISIBLE},
        "maxItems": MOST_LEFT_OUT,
        "description": "这一问不查的词：terms 中列出的词或近义词，照原样写",
    },
    "year": {
        "type": "integer",
        "minimum": EARLIEST_YEAR,
        "maximum": LATEST_YEAR,
        "description": "这一问里的今年按哪一年理解；不给时按材料中最近的一年",
    },
}
HISTORY_NOTE = "此前的问题，从早到晚，用来理解承前省略的问法"


def reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list_of(items: Schema, description: str = "") -> Schema:
    return {"type": "array", "items": items} | ({"description": description} if description else {})


def _or_null(schema: Schema, description: str) -> Schema:
    return {"anyOf": [schema, {"type": "null"}], "description": description}


def _object(description: str, properties: Mapping[str, Schema]) -> Schema:
    """Return the schema of an object we serve: all of these members are there, and later versions may add others."""
    return {
        "type": "object",
        "description": description,
        "properties": dict(properties),
        "required": list(properties),
    }


_CITED_DOCUMENT: dict[str, Schema] = {
    "id": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
    "file": {"type": "string", "description": "相对于文档文件夹的路径"},
    "title": STRING,
    "date": _KNOWN_DATE,
    "issuer": {"type": ["string", "null"]},
    "lapsed": {"type": "boolean", "description": "是否注明已失效或已废止；这样的排在后面"},
    "number": {"type": ["string", "null"], "description": "发文字号，照原样；材料没有写明时为 null"},
    "place": {"type": ["string", "null"], "description": "哪个地方的，从省写起；全国的或看不出时为 null"},
    "kind": {"type": ["string", "null"], "description": "文种，如通知、工作报告；看不出时为 null"},
    "speaker": {"type": ["string", "null"], "description": "讲话、报告的人；看不出时为 null"},
}
_PLACE: dict[str, Schema] = {
    "text": {"type": "string", "description": "原文，等于文档 text 的 [start, end)"},
    "citation": {**_NUMBER_FROM_1, "description": "所出自的 citations 的 number"},
}
_SPAN: dict[str, Schema] = {"start": _OFFSET, "end": _OFFSET}

SCHEMAS: dict[str, Schema] = {
    "AskRequest": {
        "type": "object",
        "description": "一个问题。除 question 外都可以省去；省去即不写，null 不被接受",
        "properties": {
            "question": QUESTION,
            "history": {**_list_of(QUESTION, HISTORY_NOTE), "maxItems": LONGEST_HISTORY},
            "limit": LIMIT,
            "filters": {
                "type": "object",
                "description": "只在一部分文档中找；没有日期的文档不在任何期间之内",
                "properties": FILTERS,
                "additionalProperties": False,
            },
            **CHOICES,
        },
        "required": ["question"],
        "additionalProperties": False,
    },
    "Answer": _object(
        "一个回答；其中每句话都是某篇文档的原文",
        {
            "question": STRING,
            "history": _list_of(STRING),
            "status": {"enum": list(get_args(Status)), "description": "not_found 时 answer 和 citations 为空"},
            "question_kind": {"enum": list(get_args(Kind))},
            "answer": _list_of(reference("Quote"), "最先读到的话，最好的在前"),
            "outline": _or_null(reference("Outline"), "问题由一组并列事项回答时，完整列出"),
            "citations": _list_of(reference("Citation"), "按相关程度排列，互不重叠"),
            "terms": _list_of(reference("Term"), "查找了哪些词"),
            "named": _list_of(reference("Name"), "问题中点明材料的名称；点到的材料里没有时篇数为 0"),
            "preferred": _list_of(STRING, "排序时优先了什么，如 含数字的句子"),
            "year": {
                "type": ["integer", "null"],
                "description": "问题里的今年按哪一年理解；没有提到今年一类的词时为 null",
            },
            "related": _list_of(reference("Citation"), "最接近的片段，只在 not_found 时才有"),
            "suggestions": _list_of(STRING, "这些文档能回答的后续问题"),
            "documents_found": {**_COUNT, "description": "有出处或有同等分量片段的文档数"},
            "corpus": reference("Corpus"),
            "elapsed_ms": {"type": "number", "minimum": 0},
            "corrections": _list_of(reference("Correction"), "可能打错的字，最可能的在前；只作提示，从不自行替换"),
            "reason": {
                "type": ["string", "null"],
                "description": "为什么没有找到，如所问的清单没有这一条；不知道时为 null",
            },
            "absent": _list_of(STRING, "问到而所有文档里都没有的词，照提问时的写法"),
            "filtered_undated": {**_COUNT, "description": "只因日期不详而没有查的文档数"},
        },
    ),
    "Quote": _object("回答中的一段原文", {**_PLACE, "document": STRING, **_SPAN}),
    "Outline": _object(
        "一组并列事项：引出它的话和各项",
        {
            "lead": _or_null(reference("Lead"), "引出各项的话；原文没有时为 null"),
            "items": _list_of(reference("OutlineItem")),
        },
    ),
    "Lead": _object("引出各项的话", {**_PLACE, **_SPAN}),
    "OutlineItem": _object("一项", {"label": {"type": "string", "description": "如 一是"}, **_PLACE, **_SPAN}),
    "Citation": _object(
        "一条出处",
        {
            "number": _NUMBER_FROM_1,
            "document": reference("CitedDocument"),
            "path": _list_of(STRING, "所在位置之上的各级标题，从外到内"),
            "paragraph": {**_NUMBER_FROM_1, "description": "从第几段"},
            "paragraph_end": {**_NUMBER_FROM_1, "description": "到第几段"},
            "page": {"type": ["integer", "null"], "minimum": 1, "description": "从第几页；文件不分页时为 null"},
            **_SPAN,
            "text": {"type": "string", "description": "原文，等于文档 text 的 [start, end)"},
            "quotes": {**_SPANS, "description": "回答中说到的部分，[起, 止) 以文档 text 计"},
            "matches": {**_SPANS, "description": "查到的词，[起, 止) 以文档 text 计"},
            "score": {"type": "number"},
            "url": {"type": "string", "description": "在浏览器中打开原文此处的地址"},
            "reference": {"type": "string", "description": "可以写进文稿的出处"},
            "copies": _list_of(reference("Copy"), "全文一字不差的其他文档，不再分别列出"),
        },
    ),
    "CitedDocument": _object("一篇文档的来历", _CITED_DOCUMENT),
    "Copy": _object("全文相同的另一篇", {"id": _CITED_DOCUMENT["id"], "file": _CITED_DOCUMENT["file"]}),
    "Name": _object("问题中点明材料的一个名称", {"text": STRING, "documents": {**_COUNT, "description": "指几篇文档"}}),
    "Term": _object(
        "查找过的一个词",
        {
            "text": STRING,
            "origin": {"enum": list(get_args(Origin)), "description": "问到的、同义的、从前面的问题带来的"},
            "of": {"type": ["string", "null"], "description": "是哪个词的同义词"},
            "found": {"type": "boolean", "description": "这些文档中有没有"},
        },
    ),
    "Correction": _object(
        "一处可能打错的字",
        {
            "text": {"type": "string", "description": "问题中的写法，这些文档中没有"},
            "meant": {"type": "string", "description": "这些文档中的写法"},
            "question": {"type": "string", "description": "改过这一处的整个问题"},
        },
    ),
    "Corpus": _object(
        "回答时的全部文档",
        {
            "version": {"type": "string", "description": "任何一篇有变化即随之变化"},
            "documents": _COUNT,
            "passages": _COUNT,
        },
    ),
    "Documents": _object(
        "文档目录的一段",
        {
            "documents": _list_of(reference("ListedDocument")),
            "total": _COUNT,
            "offset": _COUNT,
            "limit": _NUMBER_FROM_1,
            "facets": {
                "type": "object",
                "description": "符合其他条件的文档里，各年、地方、文种、机关、文件夹各有几篇",
                "properties": {name: _list_of(reference("Value")) for name in (YEARS, *FACETS)},
                "required": [YEARS, *FACETS],
                "additionalProperties": False,
            },
            "corpus": reference("Corpus"),
        },
    ),
    "Reloaded": _object("重新读取之后的文档", {"corpus": reference("Corpus")}),
    "Value": _object("一个取值", {"value": STRING, "documents": {**_COUNT, "description": "有几篇文档"}}),
    "ListedDocument": _object("目录中的一篇", {**_CITED_DOCUMENT, "characters": _COUNT, "passages": _COUNT}),
    "Document": _object(
        "一篇文档的全文",
        {
            **_CITED_DOCUMENT,
            "text": {"type": "string", "description": "建立索引的正文，一切位置都以它的码点计"},
            "paragraphs": {**_SPANS, "description": "各段的 [起, 止)，第一个是第 1 段"},
            "sections": _list_of(reference("Section"), "各级标题，按先后排列"),
        },
    ),
    "Section": _object("一个标题和它之下的部分", {"title": STRING, "level": _NUMBER_FROM_1, **_SPAN}),
    "Health": _object("是否正常", {"status": {"enum": ["ok", "ready"]}}),
    "Problem": {
        "type": "object",
        "description": "没有回答的原因（RFC 9457）",
        "properties": {
            "type": {"const": "about:blank"},
            "title": STRING,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": STRING,
            "errors": {
                **_list_of(_object("一处错误", {"field": STRING, "message": STRING})),
                "description": "只在 422 时有：每一处不对的地方",
            },
            "progress": _object(
                "只在 503 时有：新的材料已读多少",
                dict.fromkeys(("files", "of_files", "bytes", "of_bytes", "passages"), _COUNT),
            ),
        },
        "required": ["type", "title", "status", "detail"],
    },
}
