"""What no schema can say: a period does not end before it begins, in an address all is text; and documents that are there, so
that some are found."""

import json
import os
from typing import Any

import schemathesis

from service.web.openapi import OPENAPI

LISTS = {
    parameter["name"]
    for methods in OPENAPI["paths"].values()
    for operation in methods.values()
    for parameter in operation.get("parameters", ())
    if parameter["schema"].get("type") == "array"
}


def _in_order(given: Any) -> bool:
    if not isinstance(given, dict):
        return True
    earliest, latest = given.get("from"), given.get("to")
    if not (isinstance(earliest, str) and isinstance(latest, str)):
        return True
    # Compared as far as both tell.
    shared = min(len(earliest), len(latest))
    return earliest[:shared] <= latest[:shared]


def _written(value: Any) -> Any:
    """Return a value as an address has it."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (int, float)) else value


@schemathesis.hook
def map_query(context: Any, query: Any) -> Any:
    """Return a query in which true instead of a list of words is the list of the word true, which is no fault of it."""
    if not isinstance(query, dict):
        return query
    lists = {
        name: [_written(one) for one in (value if isinstance(value, list) else [value])]
        for name, value in query.items()
        if name in LISTS and not isinstance(value, (dict, type(None)))
    }
    return {**query, **lists}


@schemathesis.hook
def filter_query(context: Any, query: Any) -> bool:
    return _in_order(query)


@schemathesis.hook
def filter_body(context: Any, body: Any) -> bool:
    return not isinstance(body, dict) or _in_order(body.get("filters"))


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: Any) -> Any:
    there = json.loads(os.environ["YOUJU_FUZZ_DOCUMENTS"])
    asked = path_parameters.get("document_id") if isinstance(path_parameters, dict) else None
    if isinstance(asked, str) and len(asked) % 2:
        path_parameters["document_id"] = there[len(asked) % len(there)]
    return path_parameters
