"""A text in, its leftovers out: lines that are furniture of the web page it was saved from, each by a named rule."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.corpus.document import Leftover, Span

# Furniture stands at the ends of a page, before the first sentence of the document and behind the last. Looking only
# there keeps a rule from eating a line of the document itself; a longer line is never furniture.
_FURTHEST = 25
_LONGEST = 300
_SENTENCE = re.compile(r".*。.*|.*[；;]")


class _Rule(NamedTuple):
    name: str
    pattern: re.Pattern[str]
    top: bool
    bottom: bool
    anywhere: bool = False


_DATE = r"\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
_RULES = (
    _Rule(
        "面包屑",
        re.compile(
            r"(?:您|当前|现在|所在)(?:的|当前|现在|所在){0,4}位置[:：].{0,80}|首页(?:\s*[>＞»›].{0,80})?|[>＞»›]"
        ),
        True,
        False,
    ),
    _Rule(
        "来源时间行",
        re.compile(
            # A field ends in no blank and holds no colon, so that a line can be read in one way only.
            rf"(?:(?:发布)?(?:时间|日期)|发布于)[:：]\s*{_DATE}"
            r"(?:\s*(?:来源|作者|编辑|浏览|点击|阅读)[:：](?:[^:：]{0,39}[^:：\s])?)*"
            r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?"
            r"|(?:信息)?来源[:：]\s*[^。！？]{1,40}|(?:作者|责任编辑|编辑|浏览次数|点击数|阅读量?)[:：]\s*[^。！？]{0,20}"
        ),
        True,
        True,
    ),
    _Rule(
        "页面工具",
        re.compile(
            r"(?:下载|打印|全屏|收藏|分享|关闭|加大|还原|减小|返回顶部|打印本页|关闭窗口|关闭本页|字体|纠错|朗读"
            r"|[【\[]?\s*字(?:号|体)[:：]?(?:[\s【】\[\]]*(?:特大|大|中|小|加大|还原|减小|默认|超大))*\s*[】\]]?|[】\]]"
            r"|(?:大|中|小)|分享(?:到|至)[:：]?.{0,30})(?:\s*(?:下载|打印|收藏|分享|关闭|[】\]]))*"
        ),
        True,
        True,
    ),
    _Rule(
        "推荐链接",
        re.compile(r"(?:推荐(?:访问|阅读)|相关(?:阅读|链接|文章|推荐)|上一篇|下一篇|标签|关键词|Tags?)[:：].{0,200}"),
        False,
        True,
    ),
    _Rule(
        "版权页脚",
        re.compile(r"(?:版权所有|Copyright|©|主办单位[:：]|网站标识码|.{0,10}ICP备).{0,120}", re.I),
        False,
        True,
    ),
    _Rule(
        "代写广告",
        re.compile(
            r"预览(?:阅读)?已结束.{0,60}|.{0,20}请?点击.{0,40}联系(?:老师|客服|我们).{0,20}"
            r"|.{0,20}(?:全文|范文).{0,6}代笔.{0,40}|.{0,20}代笔.{0,10}(?:微信|QQ|联系).{0,30}"
        ),
        False,
        True,
    ),
    _Rule(
        "页码",
        re.compile(r"[—–\-－]{1,2}\s*\d{1,4}\s*[—–\-－]{1,2}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?"),
        True,
        True,
        anywhere=True,
    ),
)
_TOP = [rule for rule in _RULES if rule.top]
_BOTTOM = [rule for rule in _RULES if rule.bottom]
_ANYWHERE = [rule for rule in _RULES if rule.anywhere]


def leftovers(text: str) -> list[Leftover]:
    """Return the furniture lines of a text, in order, each a span of visible characters with the rule that names it."""
    lines = list(visible_lines(text))
    words = [text[line.start : line.end] for line in lines]
    found = {number: rule for number, line in enumerate(words) if (rule := _rule(line, _ANYWHERE)) is not None}
    found |= _at_one_end(words, range(len(words)), _TOP)
    found |= _at_one_end(words, range(len(words) - 1, -1, -1), _BOTTOM)
    return [Leftover(*lines[number], rule) for number, rule in sorted(found.items())]


def visible_lines(text: str) -> Iterator[Span]:
    """Yield each line that is not blank, in order, without the blanks around it."""
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        if stripped := line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            yield Span(start, start + len(stripped))


def _at_one_end(words: Sequence[str], numbers: Sequence[int], rules: Sequence[_Rule]) -> dict[int, str]:
    """Return the furniture among the lines with these numbers, up to the first that is a sentence of the document."""
    found: dict[int, str] = {}
    for number in numbers[:_FURTHEST]:
        rule = _rule(words[number], rules)
        if rule is not None:
            found[number] = rule
        elif _SENTENCE.fullmatch(words[number]):
            break
    return found


def _rule(line: str, rules: Sequence[_Rule]) -> str | None:
    return next((rule.name for rule in rules if len(line) <= _LONGEST and rule.pattern.fullmatch(line)), None)


def outside(lines: Sequence[Span], left: Sequence[Leftover]) -> list[Span]:
    """Return the lines that are no leftover."""
    starts = {span.start for span in left}
    return [line for line in lines if line.start not in starts]
