"""Words in, the days they name out, as YYYY-MM-DD."""

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

_DIGITS = str.maketrans("０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789")
_PLAIN = r"(?<![\d.])(?P<year>(?:19|20)\d{2})\s*[年.\-/．]\s*(?P<month>\d{1,2})\s*[月.\-/．]\s*(?P<day>\d{1,2})(?![\d.])\s*日?"
_WRITTEN = r"(?P<year>[一二][〇○零九一二三四五六七八]{3})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})日"
_FORMS = tuple(re.compile(form) for form in (_PLAIN, _WRITTEN))
_MONTH = re.compile(r"[（(]?\s*((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*[）)]?")


class Day(NamedTuple):
    """A day that words name, and where in them."""

    start: int
    end: int
    iso: str


def days(words: str) -> Iterator[Day]:
    """Yield the days that there are, those in digits first, then those in Chinese numerals; each kind in order."""
    narrow = words.translate(_DIGITS) if re.search("[０-９]", words) else words
    for form in _FORMS:
        for found in form.finditer(narrow):
            try:
                day = datetime.date(*(_number(found[part]) for part in ("year", "month", "day")))
            except ValueError:
                continue
            yield Day(found.start(), found.end(), day.isoformat())


def only_day(words: str) -> str | None:
    """Return the day that words are nothing else than, in brackets or not."""
    bare = words.strip("（()） \u3000")
    # Most lines end otherwise, and every line of a text is asked.
    if bare[-1:] != "日" and not bare[-1:].isdigit():
        return None
    return next((day.iso for day in days(bare) if day.start == 0 and day.end == len(bare)), None)


def only_month(words: str) -> str | None:
    """Return the month, as YYYY-MM, that words are nothing else than."""
    found = _MONTH.fullmatch(words.translate(_DIGITS) if re.search("[０-９]", words) else words)
    return f"{found[1]}-{int(found[2]):02}" if found and 1 <= int(found[2]) <= 12 else None


def _number(words: str) -> int:
    """Return a number of at most four digits, in digits, one by one (二〇二六) or below a hundred (二十七)."""
    tens, ten, ones = words.partition("十")
    if not ten:
        return int(words.translate(_DIGITS))
    return 10 * int(tens.translate(_DIGITS) or 1) + int(ones.translate(_DIGITS) or 0)
