"""A document's lines in, the lines out that say when and where a meeting was held, and who was there."""

import re
from collections.abc import Sequence

from service.corpus.days import days

_FIELD = re.compile(
    r"(?:会议)?(?P<label>时间|日期|地点|主持|参加|参会|出席|列席|缺席|请假|记录|召集|议题|主题)(?:单位|人员?|者)?\s*[:：](?P<value>.*)"
)
# A page, too, says of itself when it was written.
_OF_ANY_PAGE = {"时间", "日期"}
_MINUTES = re.compile("纪要|记录")
_FRONT = 25
_NEAR = 3


def fields(words: Sequence[str]) -> dict[int, str]:
    """Return the first lines of minutes that are fields (时间：…, 地点：…), each number with what is said there.

    A field stands near one of another kind. What is said may stand in the line below its label.
    """
    found = {number: field for number, line in enumerate(words[:_FRONT]) if (field := _FIELD.fullmatch(line))}
    said: dict[int, str] = {}
    for number, field in found.items():
        kinds = {found[near]["label"] for near in found if abs(near - number) <= _NEAR}
        if len(kinds) == 1 or kinds <= _OF_ANY_PAGE:
            continue
        said[number] = field["value"].strip()
        if not said[number] and number + 1 < len(words) and number + 1 not in found:
            said[number + 1] = words[number + 1]
    return said


def held(words: Sequence[str], title: str) -> str | None:
    """Return the day on which a meeting was held, as the fields of its minutes tell; one that a notice calls is to come."""
    if not _MINUTES.search(title):
        return None
    return next((day.iso for said in fields(words).values() for day in days(said)), None)
