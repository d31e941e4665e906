"""A line of a page in, the rule of its bar or foot out, where all of it is labels with their values, and buttons."""

import re

SOURCE, TOOLS, RIGHTS = "来源时间行", "页面工具", "版权页脚"
# A longer line is never furniture.
LONGEST = 300

# What stands in one line of a page's bar or foot: labels with their values, and buttons, parted by blanks, bars and brackets.
_GAP = re.compile(r"[\s|｜丨│【】\[\]［］（）()]*")
_DAY = r"\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?(?:\s*\d{1,2}[:：时]\d{2}(?:[:：分]\d{0,2})?)?"
_DATED = r"(?:(?:信息|文章)?(?:发布|发表|更新|添加|上传)(?:时间|日期)|发布于)\s?[:：]"
_FROM = r"(?:信息|文章|稿件|新闻)?来源\s?[:：]"
_BY = r"(?:作者|(?:责任|值班)?编辑|责编|审核|校对|供稿|撰稿|发布(?:人|者|机构))\s?[:：]"
_COUNTED = r"(?:浏览|点击|阅读|访问|查看)(?:次数|人数|数|量)?"
_SIZED = r"字[号体](?:大小)?\s?[:：]?"
_HOST = r"(?:主管|主办|承办|协办|维护|运维)(?:单位)?\s?[:：]"
# A value has no mark of a sentence and ends where the next label begins, as what parted them may be lost.
_NEXT = rf"{_DATED}|{_FROM}|{_BY}|{_COUNTED}\s?[:：]|{_SIZED}[:：]|(?:时间|日期)\s?[:：]|{_HOST}"
_WORD = rf"(?:(?!{_NEXT})[^\s:：。！？；;，,!?|｜丨│【】\[\]［］（）()])"
_BUTTON = (
    r"打印(?:本页|此页|本文|正文|页面)?|(?:加入|添加)?收藏(?:本页|本文)?|设为首页|下载|分享|关闭(?:窗口|本页|页面|本窗口)?"
    r"|返回(?:顶部|首页|列表|上一页)|(?:我要)?纠错|(?:语音)?(?:朗读|播报)|全屏|放大|缩小|复制链接|扫一扫在手机打开当前页"
)
_PLACE_TO_SHARE = r"微信(?:好友)?|朋友圈|(?:新浪|腾讯)?微博|QQ(?:好友|空间)?|空间|复制链接|更多"
_PART = re.compile(
    rf"(?P<dated>{_DATED}\s*{_DAY})|(?P<day>(?:(?:时间|日期)\s?[:：]\s*)?{_DAY})"
    rf"|(?P<source>{_FROM}\s*{_WORD}{{0,30}}(?:[（(]{_WORD}{{1,12}}[）)])?)"
    rf"|(?P<people>{_BY}\s*(?!{_BUTTON}){_WORD}{{0,20}}(?:\s(?!{_BUTTON})[\u4e00-\u9fff]{{1,3}}(?!\S))?)"
    rf"|(?P<count>{_COUNTED}\s?[:：]\s*\d{{0,9}}\s*次?)"
    rf"|(?P<sizes>{_SIZED}(?:{_GAP.pattern}(?:特大|超大|加大|还原|减小|默认|正常|大|中|小)){{2,}})|(?P<size>{_SIZED}[大中小]?)"
    rf"|(?P<share>(?:一键)?分享(?:到|至)?\s?[:：]?(?:{_GAP.pattern}(?:{_PLACE_TO_SHARE}))+)|(?P<button>{_BUTTON})"
    r"|(?P<record>(?:(?:网站)?(?:ICP)?备案(?:编|序)?号\s?[:：]\s*)?[\u4e00-\u9fff]?(?:ICP备\s*\d{6,10}|公网安备\s*\d{8,16})\s*号?(?:[-—]\d{1,3})?"
    r"|(?:政府)?网站标识码\s?[:：]?\s*[A-Za-z]{0,4}\d{8,12})"
    rf"|(?P<rights>{_WORD}{{2,30}}?(?:(?<=[府局委办厅部室会院所站网社])|(?<=中心|公司))\s?版权所有)"
    rf"|(?P<host>{_HOST}\s*{_WORD}{{2,40}})|(?P<support>技术(?:支持|维护|保障)(?:单位)?\s?[:：]\s*{_WORD}{{2,40}})"
    rf"|(?P<contact>(?:联系|办公|值班)?(?:电话|地址)\s?[:：]\s*{_WORD}{{1,40}}|邮编\s?[:：]\s*\d{{6}})"
    r"|(?P<map>(?:网站|站点)地图)|(?P<link>联系我们|关于我们|网站声明|隐私(?:声明|政策|保护)|(?:法律|免责|版权)声明|(?:使用|网站)帮助)",
)
_ABOUT = {"dated", "day", "source", "people", "count"}
_BAR = _ABOUT | {"sizes", "size", "share", "button"}
# One of the first tells that a line is a page's, one of the second beside another part. A name and a day may sign a form.
_UNMISTAKABLE, _TELLING = {"sizes", "share"}, {"dated", "count", "size", "button"}
_RECORDS = {"record", "rights"}
# Who hosts a page has it run by these; a meeting that is 主办 and 承办 is not.
_RUN_BY = re.compile("(?:主|承|协)办.*(?:数据|信息(?:化|中心|技术)|电子政务|政务服务)|技术.*(?:数据|信息|公司|科技$)")


def bar(line: str) -> str | None:
    """Return the rule of a line that holds nothing but what a page says of itself, and its buttons."""
    parts = _parts(line)
    kinds = {kind for kind, _ in parts}
    if not parts or kinds - _BAR:
        return None
    bracketed = line[0] in "【[［" and "button" in kinds
    several = len(parts) > 1 and kinds != {"count"} and (kinds & _TELLING or {"source", "day"} <= kinds)
    if kinds & _UNMISTAKABLE or bracketed or several:
        return SOURCE if kinds & _ABOUT else TOOLS
    return None


def foot(line: str, within: bool) -> str | None:
    """Return the rule of a line of a page's foot; ``within`` says that below it there is nothing else, or a record or right is."""
    parts = _parts(line)
    kinds = [kind for kind, _ in parts]
    if _RECORDS & set(kinds):
        return RIGHTS
    if not within or set(kinds) & _BAR:
        return None
    run = ("support" in kinds or kinds.count("host") > 1) and any(_RUN_BY.match(said) for _, said in parts)
    return RIGHTS if run or "map" in kinds or kinds.count("link") > 1 else None


def _parts(line: str) -> list[tuple[str, str]]:
    """Return the parts of a bar or foot, each with its kind; none where the line holds anything else."""
    found: list[tuple[str, str]] = []
    at = _end(_GAP, line, 0) if len(line) <= LONGEST else 0
    while at < len(line):
        part = _PART.match(line, at)
        if part is None or part.lastgroup is None:
            return []
        found.append((part.lastgroup, part.group()))
        at = _end(_GAP, line, part.end())
    return found


def _end(pattern: re.Pattern[str], line: str, at: int) -> int:
    found = pattern.match(line, at)
    return found.end() if found else at
