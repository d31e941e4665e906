"""What no schema can say: a period does not end before it begins; and documents that are there, so that some are found."""

import json
import os
from typing import Any

import schemathesis


def _in_order(given: Any) -> bool:
    if not isinstance(given, dict):
        return True
    earliest, latest = given.get("from"), given.get("to")
    if not (isinstance(earliest, str) and isinstance(latest, str)):
        return True
    # Compared as far as both tell.
    shared = min(len(earliest), len(latest))
    return earliest[:shared] <= latest[:shared]


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
