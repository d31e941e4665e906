"""The first lines of a speech or report in; when, on which occasion and by whom it was given, out."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from service.corpus.days import days

_ROLE = r"(?:省长|市长|区长|县长|州长|盟长|旗长|镇长|乡长|主席|主任|书记|总理|部长|厅长|局长|院长|检察长|会长|董事长|总经理)"
_NAME = r"[\u4e00-\u9fff]\s?[\u4e00-\u9fff]{1,3}|[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff]{1,8}"
# What most names begin with. 北京市市长 殷勇 needs none of it, but 市长热线办理 is no name.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷"
    "侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施牛樊葛邢安齐伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙"
)
_AT = re.compile(r"[^。，,；;]{0,24}?在([^。，,；;]{4,60}?(?:会议?|大会|论坛|仪式|活动|讲坛|典礼))(?:的|上|开幕式|$)")
_REPORT = re.compile("作.{0,12}(?:报告|讲话)")
_PASSED = re.compile(r"(\S{4,40}?(?:会议|大会))(?:通过|批准)")
_SPOKEN = re.compile("(?:报告|讲话|致辞|发言)(?:[（(].*)?$")
_FRONT = 14
_LONGEST = 90


# These take a fifth of the time that all patterns of a start take to compile, and no start that reads nothing new needs them.
@cache
def _role_alone() -> re.Pattern[str]:
    return re.compile(rf".{{0,24}}{_ROLE}")


@cache
def _name_alone() -> re.Pattern[str]:
    return re.compile(_NAME)


@cache
def _role_and_name() -> re.Pattern[str]:
    return re.compile(rf".{{0,24}}?{_ROLE}(?:\s+({_NAME})|([{_SURNAMES}][\u4e00-\u9fff]{{1,2}}))")


@cache
def _title() -> re.Pattern[str]:
    """Return what finds 张三同志在县委全会上的讲话, 县委书记在推进会上的讲话."""
    return re.compile(
        rf"(?:(?:.{{0,12}}?{_ROLE})?([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})同志|.{{0,12}}{_ROLE})?在([^。，,]{{2,60}}?(?:会议?|大会|仪式|活动|论坛))上的?(?:讲话|发言|致辞|报告|总结讲话)"
    )


@cache
def _given() -> re.Pattern[str]:
    return re.compile(
        rf"{_ROLE}\s?({_NAME})\s?(?=作|在|代表|同志)|^({_NAME}){_ROLE}(?=在)|({_NAME})(?={_ROLE}在)|{_ROLE}\s({_NAME})$"
    )


class Given(NamedTuple):
    """When something was said, on which occasion and by whom; None where the lines do not tell."""

    date: str | None = None
    occasion: str | None = None
    speaker: str | None = None


def given(words: Sequence[str], title: str) -> Given:
    """Return what the by-lines among the first lines tell (——2026年1月25日在…会议上, 市长 张三), else the title.

    A by-line broken over two lines is one. Sentences tell of others, but for one that says who gives the report. Whose
    name stands where nothing is said on an occasion or as a speech signed it, and is no speaker.
    """
    date = occasion = speaker = None
    for number, line in enumerate(words[:_FRONT]):
        if len(line) > _LONGEST:
            break
        day = next(days(line), None)
        if occasion is None and day is not None and line[: day.start].strip("（(—–―- 　") == "":
            rest = line[day.end :]
            if line[-1] in "。！!；;" and not _REPORT.search(rest):
                continue
            following = words[number + 1] if number + 1 < len(words) else ""
            found = _AT.match(rest) or (_AT.match(rest + following) if rest.startswith("在") else None)
            if found := found or _PASSED.match(rest):
                date, occasion = day.iso, found[1]
            if occasion and (by := _given().search(rest)):
                speaker = next(filter(None, by.groups()))
        elif speaker is None and line[-1] not in "。：:；;！!":
            if found := _role_and_name().fullmatch(line):
                speaker = found[1] or found[2]
            elif number and (
                (occasion and words[number - 1].endswith("上")) or _role_alone().fullmatch(words[number - 1])
            ):
                speaker = line if _name_alone().fullmatch(line) else None
    if told := _title().match(title):
        occasion, speaker = occasion or told[2], speaker or told[1]
    if not occasion and not _SPOKEN.search(title):
        speaker = None
    return Given(date, occasion, re.sub(r"\s", "", speaker) if speaker else None)


def is_signer(line: str) -> bool:
    """Return whether a line is nothing but a role and a name (总理 某某), as stands below an order."""
    return _role_and_name().fullmatch(line) is not None
