"""The bytes of a request in, what it asks for out, or everything that is wrong with it."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn
from urllib.parse import parse_qsl

from service.answering.answer import Choices
from service.answering.filters import FACETS, Filters
from service.limits import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    LONGEST_HISTORY,
    LONGEST_QUESTION,
    LONGEST_WITHIN,
    LONGEST_WORD,
    MOST_CITATIONS,
    MOST_LEFT_OUT,
    MOST_WITHIN,
    USUAL_CITATIONS,
)
from service.web.fields import Fields
from service.web.problems import FieldError, refused, refused_fields

MOST_LISTED = 500
USUAL_LISTED = 100
# Further than any corpus reaches.
FARTHEST_OFFSET = 1_000_000_000

_CHOICES = ("synonyms", "without", "year")
_VALUES = ("documents", *FACETS)
_PERIOD = ("from", "to")
_FILTERS = ("documents", *_PERIOD, *FACETS)
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class AskRequest:
    """A question and what goes with it, checked; ``history`` are the questions before it, oldest first."""

    question: str
    history: tuple[str, ...]
    limit: int
    filters: Filters
    choices: Choices


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Which documents are to be listed, and which stretch of them."""

    offset: int
    limit: int
    filters: Filters


def ask_request_in_body(body: bytes) -> AskRequest:
    """Return the question that a JSON body asks.

    :raises Refused: 400 if it is no JSON in UTF-8; 413 if a part is too long; 422 naming every field that is wrong
    """
    given = _json(body)
    if not isinstance(given, _Object):
        raise refused_fields([FieldError("body", '应为 JSON 对象，如 {"question": "…"}')])
    fields = Fields()
    fields.known(given, ("question", "history", "limit", "filters", *_CHOICES))
    fields.once(given.repeated)
    if "question" not in given:
        fields.wrong("question", "缺少这一项")
    question = fields.text("question", given["question"], LONGEST_QUESTION) if "question" in given else ""
    history = fields.texts("history", given["history"], LONGEST_QUESTION) if "history" in given else ()
    _bound(fields, history)
    limit = fields.whole("limit", given["limit"], 1, MOST_CITATIONS) if "limit" in given else USUAL_CITATIONS
    filters = _filters_in_body(fields, given["filters"]) if "filters" in given else Filters()
    choices = _choices(fields, given)
    fields.finish()
    return AskRequest(question, history, limit, filters, choices)


def ask_request_in_query(query: bytes) -> AskRequest:
    """Return the question that a query string asks: the last q, after those before it.

    :raises Refused: 400 if it is no UTF-8; 413 if a part is too long; 422 naming every parameter that is wrong
    """
    given = _parameters(query)
    fields = Fields()
    fields.known(given, ("q", "limit", *_FILTERS, *_CHOICES))
    single = _single(fields, given, ("limit",))
    if "q" not in given:
        fields.wrong("q", "缺少这一项")
    questions = fields.texts("q", given.get("q", []), LONGEST_QUESTION)
    _bound(fields, questions[:-1])
    limit = _number(fields, single, "limit", 1, MOST_CITATIONS, USUAL_CITATIONS)
    filters = _filters_in_query(fields, given)
    choices = _choices_in_query(fields, given)
    fields.finish()
    return AskRequest(questions[-1], questions[:-1], limit, filters, choices)


def choices_in_query(given: Mapping[str, Sequence[str]]) -> Choices:
    """Return the choices among the values of each parameter of a page's query string; other parameters are passed over.

    :raises Refused: 422 naming every choice that is wrong
    """
    fields = Fields()
    choices = _choices_in_query(fields, given)
    # The address of a page is to stay short.
    values = {
        name: tuple(sorted(fields.words(name, list(given[name]), MOST_WITHIN, LONGEST_WITHIN)))
        for name in _VALUES
        if name in given
    }
    # A form sends what was not chosen, too.
    dates = {name: date for name, date in _single(fields, given, _PERIOD).items() if date}
    earliest, latest = fields.period(dates)
    within = Filters(earliest=earliest, latest=latest, **values)
    fields.finish()
    return replace(choices, within=within)


def turn_in_query(given: Mapping[str, Sequence[str]], turns: int) -> int | None:
    """Return which turn of so many the values of each parameter of a query string ask for, None where they do not say.

    :raises Refused: 422 if it is said twice, or is no such turn
    """
    fields = Fields()
    single = _single(fields, given, ("turn",))
    turn = _number(fields, single, "turn", 1, turns, 1)
    fields.finish()
    return turn if single else None


def list_request(query: bytes) -> ListRequest:
    """Return which documents a query string wants listed.

    :raises Refused: 400 if it is no UTF-8; 422 naming every parameter that is wrong
    """
    given = _parameters(query)
    fields = Fields()
    fields.known(given, ("limit", "offset", *_FILTERS))
    single = _single(fields, given, ("limit", "offset"))
    offset = _number(fields, single, "offset", 0, FARTHEST_OFFSET, 0)
    limit = _number(fields, single, "limit", 1, MOST_LISTED, USUAL_LISTED)
    filters = _filters_in_query(fields, given)
    fields.finish()
    return ListRequest(offset, limit, filters)


def no_parameters(query: bytes) -> None:
    """Return if a query string is empty.

    :raises Refused: 400 if it is no UTF-8; 422 naming every parameter
    """
    fields = Fields()
    fields.known(_parameters(query), ())
    fields.finish()


def _choices(fields: Fields, given: Mapping[str, object]) -> Choices:
    synonyms = fields.yes("synonyms", given["synonyms"]) if "synonyms" in given else True
    without = fields.words("without", given.get("without", []), MOST_LEFT_OUT, LONGEST_WORD)
    year = fields.whole("year", given["year"], EARLIEST_YEAR, LATEST_YEAR) if "year" in given else None
    return Choices(synonyms, without, year)


def _bound(fields: Fields, history: Sequence[str]) -> None:
    if len(history) > LONGEST_HISTORY:
        fields.too_long(f"此前的问题最多 {LONGEST_HISTORY} 个，现有 {len(history)} 个")


# -- JSON bodies ------------------------------------------------------------------------------------------------------


class _Object(dict[str, object]):
    """A JSON object that knows which of its names stood in it more than once."""

    def __init__(self, members: Sequence[tuple[str, object]]) -> None:
        super().__init__(members)
        counts = Counter(name for name, _ in members)
        self.repeated = [name for name, count in counts.items() if count > 1]


def _filters_in_body(fields: Fields, value: object) -> Filters:
    given = fields.members("filters", value)
    fields.known(given, _FILTERS, "filters.")
    fields.once(given.repeated if isinstance(given, _Object) else (), "filters.")
    values = {name: fields.texts(f"filters.{name}", given[name]) for name in _VALUES if name in given}
    earliest, latest = fields.period(given, "filters.")
    return Filters(earliest=earliest, latest=latest, **values)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


# A number of more digits is out of every range here, so its first thirty say enough; all of them would take long.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_Object, parse_int=lambda digits: int(digits[:30]), parse_constant=_refuse_constant
)


def _json(body: bytes) -> object:
    try:
        # Windows tools put a byte order mark first.
        return _DECODER.decode(body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise refused(400, "请求体不是 UTF-8 编码。") from None
    except ValueError:
        raise refused(400, "请求体不是完整的 JSON。") from None
    except RecursionError:
        raise refused(400, "请求体的嵌套层数过多。") from None


# -- query strings ----------------------------------------------------------------------------------------------------


def _parameters(query: bytes) -> dict[str, list[str]]:
    """Return the values of each parameter in order; Flask's own reading would replace what is no UTF-8 by �."""
    try:
        text = query.decode("utf-8")
        if _BROKEN_ESCAPE.search(text):
            raise refused(400, "网址中的百分号编码不完整；百分号本身要写作 %25。")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise refused(400, "网址中的参数不是 UTF-8 编码。") from None
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values


def _single(fields: Fields, given: Mapping[str, Sequence[str]], names: Sequence[str]) -> dict[str, str]:
    """Return the values of the parameters that may stand once."""
    fields.once([name for name in names if len(given.get(name, ())) > 1])
    return {name: given[name][-1] for name in names if name in given}


def _choices_in_query(fields: Fields, given: Mapping[str, Sequence[str]]) -> Choices:
    single = _single(fields, given, ("synonyms", "year"))
    values: dict[str, object] = {}
    if "synonyms" in single:
        values["synonyms"] = {"true": True, "false": False}.get(single["synonyms"], single["synonyms"])
    if "year" in single:
        values["year"] = _digits(single["year"])
    if "without" in given:
        values["without"] = list(given["without"])
    return _choices(fields, values)


def _filters_in_query(fields: Fields, given: Mapping[str, Sequence[str]]) -> Filters:
    values = {name: fields.texts(name, list(given[name])) for name in _VALUES if name in given}
    earliest, latest = fields.period(_single(fields, given, _PERIOD))
    return Filters(earliest=earliest, latest=latest, **values)


def _number(fields: Fields, single: Mapping[str, str], name: str, low: int, high: int, usual: int) -> int:
    if name not in single:
        return usual
    return fields.whole(name, _digits(single[name]), low, high)


def _digits(text: str) -> int | str:
    """Return the number that a parameter is, or what stands there in place of one."""
    return int(text) if re.fullmatch("[0-9]{1,12}", text) else text
