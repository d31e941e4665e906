"""A record of the log in, its line out: text for people, JSON for programs."""

import json
import logging
import sys
from datetime import datetime
from typing import Literal


def begin_log(form: Literal["text", "json"]) -> None:
    """Write what is logged from now on to stderr, in this form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Text() if form == "text" else _Json())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    # Tells of each request that waits, which the service itself bounds and counts.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    # Tells of each change in a folder, of which the line that says what is served now tells enough.
    logging.getLogger("watchfiles").setLevel(logging.WARNING)


class _Text(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """Return the line of a record; behind that of a request its id, and how long it took where it is answered."""
        line = super().formatMessage(record)
        told = getattr(record, "request", None)
        if told is None:
            return line
        took = f"{told['ms']} ms " if "ms" in told else ""
        return f"{line} [{took}{told['id']}]"


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Return a record as one line of JSON; of a request also what it was, how it ended, how long it took and its id."""
        told = {
            "time": datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "request", {}),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)
