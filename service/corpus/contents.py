"""The lines of a text in, those of its table of contents out."""

import re
from collections.abc import Sequence

RULE = "目录"
_HEADING = re.compile(r"目\s*[录次]|contents", re.I)
# 一、总体要求…………3: dots lead to a page. Some tables lost the number, and some the dots.
_LEADING = re.compile(r"\s*[.．·…⋯]{3,}[\s.．·…⋯]*(?:[-—]?\s*\d{1,4}\s*[-—]?)?$|\s+\d{1,4}$")
_DOTS = re.compile(r"[.．·…⋯]{4,}\s*[-—]?\s*\d{1,4}(?:\s|$|[^\d.%])")
_FURTHEST = 150
_LONGEST = 60
_MOST = 400


def listed(words: Sequence[str]) -> dict[int, str]:
    """Return the lines of a table of contents, each with the rule that names it.

    A line is one where dots lead to the number of a page. Below 目录 it is also any short one that stands in the text
    again, until the first that does not: that is where the text begins.
    """
    found = {
        number: RULE
        for number, line in enumerate(words)
        if len(line) <= _MOST * 4 and "." * 4 in _plain(line) and _DOTS.search(line)
    }
    start = next((number for number, line in enumerate(words[:_FURTHEST]) if _HEADING.fullmatch(line)), None)
    if start is None:
        return found if len(found) > 1 else {}
    keys = [_key(line) for line in words]
    last: dict[str, int] = {}
    for number, key in enumerate(keys):
        last[key] = number
    table: list[int] = []
    for number in range(start + 1, min(len(words), start + _MOST)):
        if number in found or (len(words[number]) <= _LONGEST and last[keys[number]] > number):
            table.append(number)
        elif not words[number].isdigit():
            break
    # The headings of a text without a table under its heading 目录 stand in it once.
    return found | dict.fromkeys((start, *table), RULE) if table else found


def _plain(line: str) -> str:
    return re.sub("[．·…⋯]", "..", line)


def _key(line: str) -> str:
    """Return a line as its heading stands in the text: without blanks, dots and page."""
    return re.sub(r"\s", "", _LEADING.sub("", line))
