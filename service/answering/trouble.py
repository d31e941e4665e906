"""A question or a text in, whether it asks or tells what is wrong out."""

import re

_ASKED = re.compile("问题|不足|短板|差距|困难|薄弱|弱项|毛病|难题|难点|矛盾|隐患|缺点")
_REMEDY = re.compile(
    "怎么[办改解治补应]|怎样[改解治补]|如何[改解治补应]|打算|解决|整改|改进|措施|举措|办法|对策|应对|出路"
)
_TOLD = re.compile(
    "问题|不足|短板|差距|困难|薄弱|弱项|不够|缺乏|不到位|不强|不高|滞后|偏[少低弱]|不深|不实|不严|不力|不明显|缺少|欠缺|难题|矛盾|隐患"
)
_SEVERAL = 2


def asks_trouble(form: str) -> bool:
    """Return whether a question in readable form asks what is wrong, not what is done about it."""
    return _ASKED.search(form) is not None and not asks_remedy(form)


def asks_remedy(form: str) -> bool:
    """Return whether a question in readable form asks what is done about something."""
    return _REMEDY.search(form) is not None


def tells_trouble(text: str) -> bool:
    """Return whether a text says that something is wrong."""
    return _TOLD.search(text) is not None


def complains(text: str) -> bool:
    """Return whether a text says of several things that they are wrong."""
    return len(_TOLD.findall(text)) >= _SEVERAL
