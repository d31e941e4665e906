"""A text's first lines in, what it says of itself out: title, date, number and that it lapsed, or nothing where it does not say."""

import datetime
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress

from service.corpus.document import Span

_FRONT_LINES = 12
_LONGEST_TITLE = 60
_SALUTATION = re.compile(r".{0,20}[:：]")
_LABEL = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]{1,4}[编章节条]\s*|[（(]?[一二三四五六七八九十\d]{1,3}(?:[）)]|[、.．])\s*)"
)
# A date in brackets or a place-and-occasion line stands under a title and is not it.
_BY_LINE = re.compile(
    r"[（(].*|[—–-]{2}.*|\d{4}年\d{1,2}月\d{1,2}日.*|.{0,24}(?:省长|市长|主席|主任|县长|书记|总理)\s*[\u4e00-\u9fff·\s]{2,8}"
)
# What a title of an official document says it is.
_KIND = re.compile(
    r".+(?:报告|讲话|通知|意见|办法|规定|条例|方案|规划|纲要|细则|决定|公告|通告|通报|总结|计划|要点|法|解释|批复|函|措施"
    r"|指引|公报|决议|致辞|指南|制度|规则|准则|解答|问答)(?:[（(].{1,20}[）)])?"
)
# What stands above a title and is none: an office, a number, a line of the page without a letter or with its marks.
_OFFICE = re.compile(r".*(?:委员会|政府|办事处|办公厅|办公室|[局厅委部院会号网])|[\W_]+|.*[>|·。-].*|[A-Za-z\d—/-]+")
_WHOLE = re.compile(r"\d{4}年|.*关于")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})(?!\d)\s*日?")
# 鲁政发〔2020〕5号 with any brackets, 国务院令第722号.
_ISSUED = (
    r"[\u4e00-\u9fffA-Za-z]{2,20}\s*[〔\[［【（(]\s*(?:19|20)\d\d\s*[〕\]］】）)]\s*第?\s*\d{1,4}\s*号"
    r"|[\u4e00-\u9fff]{2,20}令\s*第?\s*\d{1,4}\s*号"
)
_NUMBER = re.compile(rf"[（(]?\s*(?:(?:发文)?[文字]号\s*[:：]\s*)?({_ISSUED})\s*[）)]?")
_NUMBER_OF_TITLE = re.compile(rf"[（(]\s*({_ISSUED})\s*[）)]$")

_LAPSED = "(?:失效|废止|作废)"
_IN_BRACKETS = re.compile(
    rf"[（(【〔\[［]\s*(?:(?:本|该)?文件)?(?:现?已经?|全文|已[于被由经][^（()）【】〔〕]{{1,30}}|)?{_LAPSED}\s*[）)】〕\]］]"
)
_SAID_ALONE = re.compile(
    rf"(?:(?:本|该|此)(?:文件|办法|规定|通知|意见|方案|细则|条例|制度|文))?现?已经?(?:全文)?{_LAPSED}(?:的?(?:文件|材料|制度))?[。.！!]?"
)
_OTHERS_TITLE = re.compile("《[^《》]*》")


def title_line(text: str, lines: Sequence[Span]) -> Span | None:
    """Return the title-like line that names a kind of document, else the first; None where there is none.

    Title-like is what is short, no sentence, no salutation and no by-line. ``lines`` are the document's lines without
    furniture. A title stands before the first labelled heading; the name of an office may stand above it, and it may
    be broken over two lines.
    """
    first: Span | None = None
    before: Span | None = None
    for line in lines[:_FRONT_LINES]:
        words = text[line.start : line.end]
        if _LABEL.match(words):
            break
        if _BY_LINE.fullmatch(words) or _says_lapsed(words):
            continue
        if len(words) > _LONGEST_TITLE or words[-1] in "。；;，,！!？?、" or _SALUTATION.fullmatch(words):
            break
        if _KIND.fullmatch(words):
            if before is None or _WHOLE.match(words) or _OFFICE.fullmatch(text[before.start : before.end]):
                return line
            return Span(before.start, line.end) if line.end - before.start <= _LONGEST_TITLE else line
        first = first or line
        before = line
    return first


def title(text: str, lines: Sequence[Span], stem: str) -> str:
    """Return the title-like line, else the first heading without its label, else the file's name."""
    line = title_line(text, lines)
    if line is not None:
        return re.sub(r"\s*\n\s*", "", text[line.start : line.end])
    for line in lines:
        words = text[line.start : line.end]
        label = _LABEL.match(words)
        if label and len(words) <= _LONGEST_TITLE and words[label.end() :] and words[-1] not in "。；;，,：:":
            return words[label.end() :]
    return stem


def date(text: str, lines: Sequence[Span]) -> str | None:
    """Return the day named in the first lines as YYYY-MM-DD, where a line there is short and names one; else None.

    Only short lines count that are no sentence and no heading: the dates in a document's body are those of events.
    """
    for line in lines[:_FRONT_LINES]:
        words = text[line.start : line.end]
        # The day on which a document lapsed is not its own.
        if len(words) > _LONGEST_TITLE or _LABEL.match(words) or _says_lapsed(words):
            continue
        # Of sentences only the by-line counts: 2025年1月14日在…会议上，省长…作政府工作报告。
        found = _DAY.search(words)
        if found and (words[-1] not in "。；;，,！!？?" or words[found.end() :].startswith("在")):
            with suppress(ValueError):
                return datetime.date(*(int(part) for part in found.groups())).isoformat()
    return None


def number(text: str, lines: Sequence[Span], title: str) -> str | None:
    """Return the 发文字号 that stands in a line of its own at the top, or in brackets at the end of the title; else None.

    One in running text, or within the title, is another document's.
    """
    if found := _NUMBER_OF_TITLE.search(title):
        return found[1]
    for line in lines[:_FRONT_LINES]:
        words = text[line.start : line.end]
        if found := _NUMBER.fullmatch(words):
            return found[1]
        if _LABEL.match(words) or (words[-1] in "。；;" and not _says_lapsed(words)):
            break
    return None


def lapsed(text: str, lines: Sequence[Span], names: Iterable[str]) -> bool:
    """Return whether a document says that it is no longer in force: a name in brackets, or one of its first lines.

    ``names`` are its title and those of its file and folders. Only what stands in brackets or by itself counts: a
    decision 关于废止…的决定 is in force.
    """
    return any(
        _IN_BRACKETS.search(_OTHERS_TITLE.sub("", name)) or _SAID_ALONE.fullmatch(name.strip()) for name in names
    ) or any(_says_lapsed(text[line.start : line.end]) for line in lines[:_FRONT_LINES])


def _says_lapsed(words: str) -> bool:
    """Return whether a line says nothing but that the document lapsed."""
    return bool(_IN_BRACKETS.fullmatch(words) or _SAID_ALONE.fullmatch(words))
