"""A document's title and text in, what kind of document it is out."""

import re
from collections.abc import Sequence

# The longer of two that end alike stands first.
_KINDS = (
    *(
        "工作报告",
        "报告",
        "讲话",
        "致辞",
        "发言",
        "总结",
        "会议纪要",
        "纪要",
        "通知",
        "公告",
        "通告",
        "通报",
        "公报",
        "意见",
        "办法",
        "规定",
    ),
    *(
        "条例",
        "方案",
        "规划",
        "计划",
        "纲要",
        "要点",
        "细则",
        "措施",
        "决定",
        "决议",
        "批复",
        "答复",
        "函",
        "指南",
        "指引",
        "解读",
        "解答",
        "问答",
    ),
    *("规则", "规范", "准则", "制度", "预案", "目录", "清单", "名单", "倡议", "解释", "白皮书"),
)
_END = re.compile(rf"({'|'.join(_KINDS)})[书稿]?(?:的通知)?(?:\s*[（(][^（）()]{{1,30}}[）)])*$")
_LAW = re.compile(r"(?:中华人民共和国\S+法|\S*法典)(?:\s*[（(][^（）()]{1,30}[）)])*")
# 制定本办法, 提出以下意见: only what a text calls itself; 本 before a kind also stands for what it speaks of.
_CALLS_ITSELF = re.compile(
    rf"(?:制定|制订|编制|提出|出台)(?:了?本|如下|以下)[\u4e00-\u9fff]{{0,6}}?({'|'.join(_KINDS)})"
)
_OWN = re.compile(
    r"本(办法|规定|通知|意见|方案|条例|细则|规范|指南|公告|通告|决定|措施|规划|纲要|计划)(?:由|自|有效期|所称|适用于)"
)
_HEAD, _TAIL = 6, 4


def kind(title: str, words: Sequence[str]) -> str | None:
    """Return the kind that the title ends with, else that the text calls itself; None where neither tells.

    A 通知 that issues a 方案 is a 通知.
    """
    if found := re.search(r"通知(?:\s*[（(][^（）()]{1,30}[）)])*$", title) or _END.search(title):
        return found[1] if found.re is _END else "通知"
    if _LAW.fullmatch(title):
        return "法律"
    for line in words[:_HEAD]:
        if found := _CALLS_ITSELF.search(line):
            return found[1]
    for line in (*words[:_HEAD], *words[-_TAIL:]):
        if found := _OWN.search(line):
            return found[1]
    return None
