"""A Record in, JSON out: its turns as the API serves answers, each with the choices it was given by, and the time."""

import json
from dataclasses import replace
from typing import TypedDict

from service.answering.contract import AnswerJSON, answer_json, path_of
from service.export.record import Record, Turn

# As the API takes them; a class could have no member that is called from.
FiltersJSON = TypedDict(
    "FiltersJSON",
    {
        "documents": list[str],
        "from": str | None,
        "to": str | None,
        "places": list[str],
        "kinds": list[str],
        "issuers": list[str],
        "folders": list[str],
    },
)


class ChoicesJSON(TypedDict):
    synonyms: bool
    without: list[str]
    year: int | None
    within: FiltersJSON


class TurnJSON(AnswerJSON):
    choices: ChoicesJSON


def as_json(record: Record) -> bytes:
    """Return a record as JSON in UTF-8: ``written``, and ``turns``, each an answer of the contract with its choices.

    Of the citations it has those that are quoted, under the numbers of the answer.
    """
    whole = {
        "written": record.written.isoformat(timespec="seconds"),
        "turns": [_turn(turn, record) for turn in record.turns],
    }
    # Half of a surrogate pair, which a command line may hold, is no UTF-8; as an escape it is JSON.
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _turn(turn: Turn, record: Record) -> TurnJSON:
    choices, answer = turn.choices, turn.answer
    quoted = replace(answer, citations=turn.shown if answer.citations else ())
    return {
        **answer_json(quoted, record.url_of or path_of),
        "choices": {
            "synonyms": choices.synonyms,
            "without": sorted(choices.without),
            "year": choices.year,
            "within": {
                "documents": list(choices.within.documents),
                "from": choices.within.earliest,
                "to": choices.within.latest,
                "places": list(choices.within.places),
                "kinds": list(choices.within.kinds),
                "issuers": list(choices.within.issuers),
                "folders": list(choices.within.folders),
            },
        },
    }
