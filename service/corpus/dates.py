"""A document's lines in, its dates out: the one shown, and when it was published, comes into force and lapses."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from service.corpus.days import days, only_day, only_month
from service.corpus.minutes import held
from service.corpus.signing import Signature, offices, printed
from service.corpus.speaking import Given

_FRONT = 12
# A title, who speaks, and a day take no more; further down a day may be a cell of a table.
_TITLE_LINES = 6
_LONGEST = 60
# One line may tell of all revisions.
_LONGEST_DECISIONS = 400
# A page says when it was published behind a label, at a line's start or behind where it had the text from; not when it was changed.
_OF_PAGE = re.compile(
    r"(?:.*(?:(?:发布|发表|印发)(?:时间|日期)|发布于)|(?:.*[\s|｜丨│【】\[\]［］（）()])?(?:时间|日期))\s?[:：]?\s*"
    r"|[\s【\[［（(]*(?:(?:信息|文章|稿件|新闻)?来源\s?[:：]\s*[^\s:：。]{0,30}[\s|｜丨│]+)?"
)
# 2012年6月4日 国务院令第620号公布: what was decided last gave the text its wording.
_DECIDED = re.compile(r"通过|修订|修正|修改|公布|发布|批准|颁布|签发")
_PUBLISHED = re.compile(r"公布|发布|颁布")
_IN_FORCE = re.compile(r"起?(?:施行|实施|执行)")
_FROM = re.compile(r"本[\u4e00-\u9fff]{1,8}?自\s*(.{8,14}?日)起(?:正式|开始|试)?(?:施行|实施|执行|试行|生效)")
_AT_ONCE = re.compile(
    r"本[\u4e00-\u9fff]{1,8}?自(?:印发|发布|公布|下发)之日起(?:正式|开始|试)?(?:施行|实施|执行|试行|生效)"
)
_UNTIL = re.compile(r"有效期(?:至|到|截至)\s*(.{8,14}?日)")
_SENTENCE = "。；;，,！!？?"
# (2017-09-01), 2023年5月6日 in the name of a file; 20230506 only in front, as elsewhere it may be any number.
_IN_NAME = re.compile(r"^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
# A law's file may be named by the day of the last revision, of which the text says nothing.
_REVISED = re.compile(r"[（(](\d{4}-\d{2}-\d{2})[）)]$")
# From the province up the year's report is given in that year; some counties give it before its beginning.
_OF_YEAR = re.compile(
    r"((?:19|20)\d\d)年(?:中华人民共和国|国务院|[\u4e00-\u9fff]{2,8}省|(?:北京|天津|上海|重庆)市?|(?:内蒙古|广西|西藏|宁夏|新疆)\S{0,6})(?:人民政府|政府|国务院政府)工作报告"
)


class Dates(NamedTuple):
    """The date that is shown of a document, and its others; None where it does not tell."""

    date: str | None = None
    published: str | None = None
    effective: str | None = None
    expires: str | None = None


def dates(
    words: Sequence[str], page: Sequence[str], signed: Signature | None, by: Given, title: str, name: str
) -> Dates:
    """Return the dates that a document tells.

    ``words`` are its lines, ``page`` those of the page's furniture, ``name`` is its file's. Shown is, of those that it
    tells, the day of the signature, else of the occasion or meeting, else of the last decision at the top, else one that stands
    alone below the title, else when the page was published, else what the file's name says.
    """
    decided = _decisions(words)
    if decided.all and (revised := _REVISED.search(name)):
        decided.all.append(revised[1])
    published = max(decided.published, default=None) or printed(words) or _of_page(page)
    date = (
        (signed.date if signed else None)
        or by.date
        or held(words, title)
        or max(decided.all, default=None)
        or _alone(words)
        or published
        or _named(name)
        or _of_year(title, name)
    )
    last = [*words[:_FRONT], *words[-2 * _FRONT :]]
    effective = decided.effective or next((day for line in last for day in _days(_FROM, line)), None)
    if effective is None and any(_AT_ONCE.search(line) for line in last):
        effective = published or date if len(published or date or "") == 10 else None
    expires = next((day for line in last for day in _days(_UNTIL, line)), None)
    return Dates(date, published, effective, expires)


class _Decisions(NamedTuple):
    all: list[str]
    published: list[str]
    effective: str | None


def _decisions(words: Sequence[str]) -> _Decisions:
    """Return the days of the lines below a title that say when it was passed, made public and put in force."""
    found = _Decisions([], [], None)
    for line in words[:_FRONT]:
        if len(line) > _LONGEST_DECISIONS:
            continue
        told = sorted(days(line))
        if not told or line[: told[0].start].strip("（( 　") or line[-1] in _SENTENCE:
            continue
        for day in told:
            rest = line[day.end :].lstrip()
            if _IN_FORCE.match(rest):
                found = found._replace(effective=day.iso)
            elif _DECIDED.search(rest):
                found.all.append(day.iso)
                if _PUBLISHED.search(rest):
                    found.published.append(day.iso)
    return found


def _alone(words: Sequence[str]) -> str | None:
    """Return the day, else the month, that is a line of its own below the title.

    In a list of what a page knows of a document (number, day in force, day of lapsing) a day tells nothing by itself.
    """
    for number, line in enumerate(words[:_TITLE_LINES]):
        if (day := only_day(line)) is not None:
            before = words[number - 1] if number else ""
            after = words[number + 1] if number + 1 < len(words) else ""
            listed = only_day(before) or only_day(after) or before.endswith("号") or offices(before)
            if before and not listed and len(before) <= _LONGEST and before[-1] not in _SENTENCE + "：:":
                return day
        elif len(line) > _LONGEST or line[-1] in _SENTENCE:
            break
    return next(filter(None, map(only_month, words[:_TITLE_LINES])), None)


def _of_page(page: Sequence[str]) -> str | None:
    """Return the day on which a page says that it was published."""
    for line in page:
        for day in days(line):
            if _OF_PAGE.fullmatch(line[: day.start]):
                return day.iso
    return None


def _named(name: str) -> str | None:
    """Return the day that a file's name tells."""
    plain = _IN_NAME.sub(r"\1-\2-\3", name)
    return next((day.iso for day in days(plain)), None)


def _of_year(title: str, name: str) -> str | None:
    """Return the year of a report on the work of a government from the province up."""
    found = _OF_YEAR.search(title) or _OF_YEAR.search(name)
    return found[1] if found else None


def _days(pattern: re.Pattern[str], line: str) -> list[str]:
    return [day.iso for found in pattern.finditer(line) for day in days(found[1])]
