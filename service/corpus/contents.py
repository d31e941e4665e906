"""The lines of a text in, those of its table of contents out."""

import re
from collections.abc import Sequence

RULE = "目录"
_HEADING = re.compile(r"目\s*[录次]|contents", re.I)
# 一、总体要求…………3: dots lead to a page. Some tables lost the number, and some the dots.
# What ends in a run ends where that does (+ behind a count), or a line of nothing but dots is tried in as many ways as it has thirds.
_LEADING = re.compile(r"\s*[.．·…⋯]{3}[\s.．·…⋯]*+(?:[-—]?\s*\d{1,4}\s*[-—]?)?$|\s+\d{1,4}$")
_DOTS = re.compile(r"(?<![.．·…⋯])[.．·…⋯]{4,}+\s*+(?:[-—]\s*+)?\d{1,4}+(?:\s|$|[^\d.%])")
_FURTHEST = 150
_LONGEST = 60
# A page may be one line.
_LONGEST_PAGE = 2000
_MOST = 400


def listed(words: Sequence[str]) -> dict[int, str]:
    """Return the lines of a table of contents, each with the rule that names it.

    A line is one where dots lead to the number of a page, if there are two of them. Below 目录 it is also any short one
    that stands in the text again, until the first that does not: that is where the text begins.
    """
    dotted = [number for number, line in enumerate(words) if len(line) <= _LONGEST_PAGE and _DOTS.search(line)]
    found = dict.fromkeys(dotted, RULE) if len(dotted) > 1 else {}
    start = next((number for number, line in enumerate(words[:_FURTHEST]) if _HEADING.fullmatch(line)), None)
    if start is None:
        return found
    keys = [_key(line) if len(line) <= _LONGEST else "" for line in words]
    last = {key: number for number, key in enumerate(keys)}
    table: list[int] = []
    for number in range(start + 1, min(len(words), start + _MOST)):
        if number in dotted or (keys[number] and last[keys[number]] > number):
            table.append(number)
        elif not words[number].isdigit():
            break
    return found | dict.fromkeys((start, *table), RULE) if table else found


def _key(line: str) -> str:
    """Return a line as its heading stands in the text: without blanks, dots and page."""
    return re.sub(r"\s", "", _LEADING.sub("", line))
