"""The headings around a part of a document and its title in, what a question of the part has to say of them out."""

import re
from dataclasses import dataclass
from typing import Literal

from service.answering.matter import is_doing, says_nothing
from service.answering.trouble import tells_trouble

# What a part of a document tells: what was done, what is wrong, what is to be done, what the rules are.
Side = Literal["done", "wrong", "plan", "rules"]


@dataclass(frozen=True, slots=True)
class About:
    """What stands around a heading or lead-in: its side, whether a list follows, and what the document is about.

    ``titled`` tells that it is a line of its own, which may be a noun; other heads are questions only as verbs.

    ``subject`` goes before each question, as 浙江; ``topic`` only before one whose heading names no matter of its own.
    """

    side: Side = "plan"
    listed: bool = False
    titled: bool = True
    subject: str = ""
    topic: str | None = None


def side_of(headings: tuple[str, ...], title: str) -> Side:
    """Return what a part under these headings, outermost first, tells."""
    for heading in reversed(headings):
        if tells_trouble(heading) and not re.search("整改|措施|举措|解决|化解|补齐", heading):
            return "wrong"
        if re.search("(?:措施|举措|打算|安排|谋划|计划|任务|下一?步|要求|重点工作)[。:：]?$|^.{0,3}下一?步", heading):
            return "plan"
        if re.search(
            "回顾|(?:成果|成效|成绩|进展|亮点)[。:：]?$|过去|去年|[一五]年来|工作情况|成效(?:显著|明显)", heading
        ):
            return "done"
    return "rules" if re.search("条例|办法|规定|细则|指引|指南|公告|通告|详解|简介|清单|申领|申请", title) else "plan"


def topic_of(title: str) -> str | None:
    """Return what a title says its document is about, None where that is too long to be asked of, or nothing."""
    words = re.sub(r"^(?:关于|在)(?:印发|加强|召开)?|《|》|[（(][^（()）]*[）)]", "", title)
    words = re.sub(r"^(?:中共)?.{2,12}(?:关于|印发)(?:印发)?", "", words)
    words, types = re.subn(
        r"的?(?:实施|指导|若干|管理|暂行|工作|专项|行动|情况|总结|问题查摆|三年)*"
        r"(?:意见|方案|通知|办法|规定|细则|计划|规划|措施|政策|报告|通报|汇报|总结|讲话|发言|公告|通告|指引|指南|要点)$",
        "",
        words,
    )
    words = re.sub(r"(?:推进|工作|座谈|动员|部署|总结|表彰|调度|专题)?会议?上$", "", words)
    words = re.sub(r"^全[省市县区镇乡]", "", words)
    words += "方面" if is_doing(words) else ""
    if not types or says_nothing(words):
        return None
    return words if 4 <= len(words) <= 13 and not re.search(r"\d|政府工作|\*|、|[:：]", words) else None
