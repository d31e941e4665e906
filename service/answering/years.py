"""A text in, the years it speaks of out: by number, by name (去年), or counted from the one last answered about (前一年)."""

import re
from functools import lru_cache

from service.language.matching import readable

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_RELATIVE = (("今年", 0), ("本年", 0), ("去年", -1), ("上年", -1), ("明年", 1), ("前年", -2))
# Headings of reports that tell the year they speak of without its number.
_LOOKING_BACK = re.compile("过去一年|去年|上年|上一年|一年来|回顾")
_LOOKING_FORWARD = re.compile("今年|新的一年|重点任务|工作安排|工作任务|工作谋划|工作计划|总体要求|预期目标|重点工作")

_NAMED = re.compile(r"(?:19|20|二[〇零○])\S{2}年")
# 比上年增长 tells what is compared; the year it asks about is another one. 上年末 is a day.
_COUNTED = re.compile(
    "(?<![比较与同以])(?:(?P<back>(?:再|往)*前推?一年|上一年|上年(?!末|底|同期)|头一年|(?:再|更)(?:往前|早)(?:些|一点|点)?(?!年))"
    "|(?:再|往)*后推?一年|下一年|后一年|第二年|次年|来年|翌年|转年|(?:再)往后(?:些|一点|点)?(?!年))"
)
# A longer question is about something else than another year.
_LONGEST = 16
# Passages stand under the same headings, and are asked about again; of a corpus that is gone they are forgotten as others come.
_KEPT = 4096


def asked(form: str) -> int | None:
    """Return the year that a question in readable form names first by its number, or None."""
    match = YEAR.search(form)
    return int(match.group()) if match else None


def relative(form: str) -> int | None:
    """Return how far from this year the year is that is asked about by a relative name, or None."""
    return next((distance for name, distance in _RELATIVE if name in form), None)


def are_in(form: str) -> bool:
    """Return whether a question in readable form names any year, by number or by a relative name."""
    return asked(form) is not None or relative(form) is not None


@lru_cache(maxsize=_KEPT)
def of_headings(path: tuple[str, ...], own: int | None) -> frozenset[int]:
    """Return the years that the outermost heading which tells any says it speaks of, in a document of its ``own`` year."""
    for heading in path:
        said = {int(year) for year in YEAR.findall(readable(heading).text)}
        if not said and own is not None:
            back, forward = _LOOKING_BACK.search(heading), _LOOKING_FORWARD.search(heading)
            said = {own - 1} if back else {own} if forward else set()
        if said:
            return frozenset(said)
    return frozenset()


def dated(text: str, year: int | None) -> str:
    """Return a short question with 前一年, 第二年 and their like as the year they mean, counted from the one given."""
    match = _COUNTED.search(text)
    if year is None or match is None or len(text) > _LONGEST or _NAMED.search(text):
        return text
    meant = year - 1 if match["back"] else year + 1
    # 那: what counts from there leans on it.
    return f"那{text[: match.start()]}{meant}年{text[match.end() :]}"
