"""A question or a text in, whether it asks or tells what is wrong, or what is done about it, out."""

import re
from collections.abc import Iterable

# What troubles are called; the first may as well be overcome, or the points of a speech.
_NEUTRAL = "问题|困难|难题|矛盾|隐患"
_LACK = "不足|短板|差距|薄弱(?:环节)?|弱项"
TROUBLES = f"{_NEUTRAL}|挑战|{_LACK}"
_ASKED = re.compile(f"{_NEUTRAL}|{_LACK}|毛病|难点|缺点")
# How texts put it that something is wrong.
_WRONG = "不够|不到位|不强|不高|滞后|偏[少低弱]|不深|不实|不严|不力|不明显"
_TOLD = re.compile(f"{_NEUTRAL}|{_LACK}|{_WRONG}|缺乏|缺少|欠缺")
_REMEDY = re.compile("(?:怎么|怎样|如何)[办改解治补应破]|打算|解决|整改|改进|措施|举措|办法|法子|对策|应对|出路")
# 整改有哪些不足 asks what is wrong all the same.
_ASKED_FOR = re.compile(rf"(?:有|存在|面临|是)(?:着|的)?(?:哪些|哪几|哪\d|什么|啥|何).{{0,6}}(?:{_ASKED.pattern})")
_LED_IN = re.compile(
    r"(?:存在|面临|还有|仍|主要|突出|具体|暴露|反映|指出|发现|查|看到)(?:(?![讲谈说强答握，,；;]).){0,16}"
    rf"(?:{_NEUTRAL}|挑战)|问题(?:主要|突出|集中|表现|如下|[有是和与及、])|^.{{0,6}}问题$|{_LACK}|{_WRONG}"
)
# 针对存在的问题 leads in what is done about them, as does 面临不少困难，要做好三件事.
_NOT_OF_TROUBLE = re.compile(
    "机遇|做了|针对|围绕|聚焦|直面|面对|导向|着力|重点抓|化解|破解|补齐|弥补|克服|消除|纠正|防范|下一?步|今后"
    f"|(?:治理|整治|排查)(?!工作|中|方面|还|仍|领域|体系|能力|水平)|(?:{_NEUTRAL}|{_LACK}).*(?:(?<!主)要|必须|应当|做好|抓好)"
)
_SEVERAL = 2


def asks_trouble(form: str) -> bool:
    """Return whether a question in readable form asks what is wrong, not what is done about it."""
    return _ASKED.search(form) is not None and not asks_remedy(form)


def asks_remedy(form: str) -> bool:
    """Return whether a question in readable form asks what is done about something."""
    return _REMEDY.search(form) is not None and not _ASKED_FOR.search(form)


def tells_remedy(text: str) -> bool:
    """Return whether a text says that something is done about something."""
    return _REMEDY.search(text) is not None


def leads_in_trouble(said: Iterable[str]) -> bool:
    """Return whether a list is one of troubles by what is ``said`` of it: what leads it in, then its headings, nearest first.

    The nearest that tells of troubles, or of what is done about them, decides.
    """
    for text in said:
        if tells_remedy(text) or _NOT_OF_TROUBLE.search(text):
            return False
        if _LED_IN.search(text):
            return True
    return False


def tells_trouble(text: str) -> bool:
    """Return whether a text says that something is wrong."""
    return _TOLD.search(text) is not None


def complains(text: str) -> bool:
    """Return whether a text says of several things that they are wrong."""
    return len(_TOLD.findall(text)) >= _SEVERAL
