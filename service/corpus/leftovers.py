"""A text in, its leftovers out: lines that are furniture of the page it was saved from, each by a named rule."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from service.corpus import bars, contents, minutes, pagination
from service.corpus.document import Leftover, Span

# Furniture stands at the ends of a page, before the first sentence of the document and behind the last. Looking only
# there keeps a rule from eating a line of the document itself.
_FURTHEST = 25
_SENTENCE = re.compile(r".*。.*|.*[；;]")


class _Rule(NamedTuple):
    name: str
    pattern: re.Pattern[str]
    top: bool
    bottom: bool


_DATE = r"\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?(?:\s*\d{1,2}[:时]\d{2}(?:[:分]\d{0,2})?)?"
_FIELD = r"\s*(?:来源|作者|编辑|浏览|点击|阅读)[:：](?:[^:：]{0,39}[^:：\s])?"
_OUTLET = r".{0,20}(?:日报|晚报|时报|网|客户端|新闻|新华社|电视台|人民政府|办公[厅室]|[局厅委部])"
_LINKS, _CRUMBS = "推荐链接", "面包屑"
_EXPLAINED = "解读链接"
# What these take tells of other pages.
OF_OTHERS = frozenset({_EXPLAINED, _LINKS, contents.RULE})
_RULES = (
    _Rule(
        _CRUMBS,
        re.compile(
            r"(?:您|当前|现在|所在)(?:的|当前|现在|所在){0,4}位置[:：].{0,80}|首页(?:\s*[>＞»›].{0,80})?|[>＞»›]"
        ),
        True,
        False,
    ),
    _Rule(
        "网站名称",
        re.compile(
            r"关注\s*[·•]\s*\S{2,12}|.{2,60}\s[-_|—]\s?\S{2,16}(?:门户网站|政府网|官网|信息网)|\S{2,30}\s*-->|(?:[-—]\s+){2,}[-—]"
        ),
        True,
        False,
    ),
    _Rule(
        "信息索引",
        re.compile(
            # The numbers of the catalogues of what authorities publish, not the 发文字号.
            r"[\dA-Z]{17,18}/\d{4}-\d{3,6}|[A-Z]{2,6}\d{9,12}|[A-Z]{2,6}[-—]\d{4}[-—]\d{5,8}"
            r"|(?:索引号|信息索引|主题分类|体裁分类|组配分类|发布机构|统一编号|公开目录)[:：].{0,60}"
        ),
        True,
        False,
    ),
    _Rule(
        _EXPLAINED,
        re.compile(
            r"【(?:音频|文字|一图|视频|图文|图片|图解|漫画|政策)(?:解读|读懂|图解)?】.{0,200}|点击查看.{0,8}解读[:：].{0,200}"
        ),
        True,
        True,
    ),
    _Rule(
        bars.SOURCE,
        re.compile(
            # A field ends in no blank and holds no colon, so that a line can be read in one way only.
            rf"(?:(?:发布|发表)?(?:时间|日期)|发布于)\s?[:：]\s*{_DATE}(?:{_FIELD})*|{_DATE}(?:{_FIELD})+"
            r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?|\d{4}年\d{1,2}月\d{1,2}日\s*\d{1,2}[:时]\d{2}分?"
            r"|(?:信息)?来源\s?[:：]\s*[^。！？；，]{1,40}|(?:作者|责任编辑|编辑|浏览次数|点击数|阅读量?)[:：]\s*[^。！？]{0,20}"
        ),
        True,
        True,
    ),
    _Rule(
        "图片说明",
        re.compile(
            r".{0,90}(?:记者|通讯员|摄影)[:：\s]?\s*[\u4e00-\u9fff·]{1,4}(?:\s?[\u4e00-\u9fff]{1,4}){0,3}\s?(?:摄|图)|\S{2,10}作政府工作报告。?\s?.{2,20}记者\s[\u4e00-\u9fff]{2,4}"
        ),
        True,
        False,
    ),
    _Rule(
        bars.TOOLS,
        re.compile(
            r"(?:下载|打印|全屏|收藏|分享|关闭|加大|还原|减小|返回顶部|打印本页|关闭窗口|关闭本页|字体|纠错|朗读|×|\|"
            r"|扫一扫在手机打开当前页|分享到微信|》》点击图片.{0,20}《《|快转发给需要的人！"
            r"|[【\[]?\s*字(?:号|体)[:：]?(?:[\s【】\[\]]*(?:特大|大|中|小|加大|还原|减小|默认|超大))*\s*[】\]]?|[【】\[\]]"
            r"|(?:大|中|小)|分享(?:到|至)?[:：].{0,30})(?:\s*(?:下载|打印|收藏|分享|关闭|[】\]]))*"
        ),
        True,
        True,
    ),
    _Rule(
        _LINKS,
        re.compile(
            r"(?:推荐(?:访问|阅读)|相关(?:阅读|链接|文章|推荐|报道|文档|附件|新闻|专题)|上一篇|下一篇|标签|关键词|Tags?)(?:[:：]|>>).{0,200}"
            r"|[\da-f]{32}[:：]"
        ),
        False,
        True,
    ),
    _Rule(
        bars.RIGHTS,
        re.compile(
            r"(?:版权所有|Copyright|©|网站标识码|.{0,10}ICP备).{0,120}|主办单位[:：].{0,80}(?:联系|电话|地址|邮编|备案|承办).{0,80}",
            re.I,
        ),
        False,
        True,
    ),
    _Rule(
        "许可声明",
        re.compile(
            r"本作品(?:来自|是).{0,200}(?:公有领域|著作权法).{0,20}|注：中文维基文库.{0,60}|本模板所指.{0,60}"
            r"|不总是|具有立法、行政、司法性质的文件。|Public domain|false"
        ),
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
)
_TOP = [rule for rule in _RULES if rule.top]
_BOTTOM = [rule for rule in _RULES if rule.bottom]

# A label whose value stands in the next line, and what that has to look like.
_LABELS = (
    (re.compile(r"(?:(?:发布|发表)?(?:时间|日期))\s?[:：]"), re.compile(_DATE)),
    (re.compile(r"(?:信息)?来源\s?[:：]"), re.compile(_OUTLET)),
    (re.compile(r"(?:责任)?编辑\s?[:：]"), re.compile(r"[\u4e00-\u9fff]\s?[\u4e00-\u9fff]{1,3}")),
)
# Below such a line only links stand, as long as no sentence comes.
_LINKS_BELOW = re.compile(r"相关(?:链接|附件|报道|文档|阅读|新闻)(?:[:：]|>>)")
# A page may say its beginning again at its end, for those who look for it. So much has to be the same.
_BEGINNING = 1500
_SHORTEST_AGAIN = 20


def leftovers(text: str) -> list[Leftover]:
    """Return the furniture lines of a text, in order, each a span of visible characters with the rule that names it."""
    lines = list(visible_lines(text))
    words = [text[line.start : line.end] for line in lines]
    found = contents.listed(words) | pagination.numbers(words) | furniture(words)
    # When a meeting was held is said as a page says when it was written.
    own = minutes.fields(words)
    return [Leftover(*lines[number], rule) for number, rule in sorted(found.items()) if number not in own]


def furniture(words: Sequence[str]) -> dict[int, str]:
    """Return the lines at both ends of a page that are no part of the document, each number with the rule that names it.

    ``words`` are all lines that are not blank.
    """
    return _at_one_end(words, range(len(words)), _TOP, {}) | _at_one_end(
        words, range(len(words) - 1, -1, -1), _BOTTOM, _said_again(words)
    )


def visible_lines(text: str) -> Iterator[Span]:
    """Yield each line that is not blank, in order, without the blanks around it."""
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        if stripped := line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            yield Span(start, start + len(stripped))


def _at_one_end(
    words: Sequence[str], numbers: Sequence[int], rules: Sequence[_Rule], known: Mapping[int, str]
) -> dict[int, str]:
    """Return the furniture among the lines with these numbers, up to the first that is a sentence of the document."""
    found: dict[int, str] = {}
    reached: list[int] = []
    for number in numbers[:_FURTHEST]:
        rule = known.get(number) or _rule(words[number], rules) or bars.bar(words[number])
        if rule is None and rules is _BOTTOM:
            rule = bars.foot(words[number], within=len(found) == len(reached) or bars.RIGHTS in found.values())
        if rule is not None:
            found[number] = rule
        elif _SENTENCE.fullmatch(words[number]):
            break
        reached.append(number)
    reached.sort()
    for number, following in pairwise(reached):
        for label, value in _LABELS:
            if label.fullmatch(words[number]) and value.fullmatch(words[following]):
                found |= {number: bars.SOURCE, following: bars.SOURCE}
    if rules is _BOTTOM and (links := [number for number in reached if _LINKS_BELOW.fullmatch(words[number])]):
        found |= {number: _LINKS for number in reached if number > links[0] and number not in found}
    return found


def _rule(line: str, rules: Sequence[_Rule]) -> str | None:
    return next((rule.name for rule in rules if len(line) <= bars.LONGEST and rule.pattern.fullmatch(line)), None)


def _said_again(words: Sequence[str]) -> dict[int, str]:
    """Return the sentences among the last lines of a long text that stand in its beginning, word by word."""
    beginning = ""
    for line in words[: 2 * _FURTHEST]:
        beginning += re.sub(r"\s", "", line)
        if len(beginning) > _BEGINNING:
            break
    if len(words) <= 2 * _FURTHEST:
        return {}
    return {
        number: "重复页首"
        for number in range(len(words) - 3, len(words))
        if len(words[number]) >= _SHORTEST_AGAIN
        and _SENTENCE.fullmatch(words[number])
        and re.sub(r"\s", "", words[number]) in beginning
    }


def outside(lines: Sequence[Span], left: Sequence[Leftover]) -> list[Span]:
    """Return the lines that are no leftover."""
    starts = {span.start for span in left}
    return [line for line in lines if line.start not in starts]
