"""A question and the year last answered about in, the question with the year that it counts from there out."""

import re

_NAMED = re.compile(r"(?:19|20|二[〇零○])\S{2}年")
# 比上年增长 tells what is compared; the year it asks about is another one. 上年末 is a day.
_COUNTED = re.compile(
    "(?<![比较与同以])(?:(?P<back>(?:再|往)*前推?一年|上一年|上年(?!末|底|同期)|头一年|(?:再|更)(?:往前|早)(?:些|一点|点)?(?!年))"
    "|(?:再|往)*后推?一年|下一年|后一年|第二年|次年|来年|翌年|转年|(?:再)往后(?:些|一点|点)?(?!年))"
)
# A longer question is about something else than another year.
_LONGEST = 16


def dated(text: str, year: int | None) -> str:
    """Return a short question with 前一年, 第二年 and their like as the year they mean, counted from the one given."""
    match = _COUNTED.search(text)
    if year is None or match is None or len(text) > _LONGEST or _NAMED.search(text):
        return text
    meant = year - 1 if match["back"] else year + 1
    # 那: what counts from there leans on it.
    return f"那{text[: match.start()]}{meant}年{text[match.end() :]}"
