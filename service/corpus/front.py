"""A document's first lines and its names in; title, subtitle, number and that it lapsed out, or nothing where it does not say."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from service.corpus.signing import offices, signature

_FRONT_LINES = 12
_LONGEST_TITLE = 60
# One that names what it is about may be long: 某局等四部门关于印发….
_LONGEST_NAMED = 120
_LABEL = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]{1,4}[编章节条]\s*|[（(]?[一二三四五六七八九十\d]{1,3}(?:[）)]|[、.．])\s*)"
)
# A date in brackets or a place-and-occasion line stands under a title and is not it.
_BY_LINE = re.compile(
    r"[（(].*|[—–―-]{2}.*|\d{4}年\d{1,2}月\d{1,2}日.*|.{0,24}(?:省长|市长|主席|主任|县长|书记|总理)\s*[\u4e00-\u9fff·\s]{2,8}"
)
# What a title of an official document says it is.
_KIND = re.compile(
    r".+(?:报告|讲话|通知|意见|办法|规定|条例|方案|规划|纲要|细则|决定|公告|通告|通报|总结|计划|要点|法|解释|批复|函|措施"
    r"|指引|公报|决议|致辞|指南|制度|规则|准则|解答|问答|规范|预案|纪要|答复|倡议|公约|守则|须知|说明|名单|目录|清单|白皮书|征求意见稿|修正案|法典)书?(?:\s*[（(].{1,30}[）)])*"
)
# What stands above a title and is none: an office, a number, a line of the page without a letter or with its marks.
_OFFICE = re.compile(r".*(?:委员会|政府|办事处|办公厅|办公室|[局厅委部院会号网])|[\W_]+|.*[>|·。-].*|[A-Za-z\d—/-]+")
_WHOLE = re.compile(r"\d{4}年|.*关于")
_BEGINS_SENTENCE = re.compile(r"(?:为|根据|按照|依据|经).*[，,]")
_SUBTITLE = re.compile(
    r"[（(](?!.*(?:\d{4}\s*年|通过|号[）)]$)).{2,30}[）)]|[（(]\d{4}\s*年?\s*版[）)](?:[（(].{2,12}[）)])?"
)
# What sorts files and is no part of their title, and names that programs give.
_NUMBER_IN_FRONT = re.compile(r"^(?:[A-Za-z]{1,6}[_-]?\d{1,5}[_-]+|\d{1,4}[_\-.、\s]+(?=\D|\d{4}年))")
_DAY_BEHIND = re.compile(r"\s*[（(]\d{4}-\d{2}-\d{2}[）)]$")
_NO_NAME = re.compile(r"新建|无标题|未命名|文档\s*\d*$|文本文档|副本|[Uu]ntitled|[Dd]ocument\s*\d*$|[Nn]ew ")
# So many pairs of characters are shared by a title line and a file's name that say the same.
_ALIKE, _FEWEST_PAIRS = 0.8, 5
# 鲁政发〔2020〕5号 with any brackets, 国务院令第722号.
_ISSUED = (
    r"[\u4e00-\u9fffA-Za-z]{2,20}\s*[〔\[［【（(]\s*(?:19|20)\d\d\s*[〕\]］】）)]\s*第?\s*\d{1,4}\s*号"
    r"|[\u4e00-\u9fff]{2,20}令\s*第?\s*\d{1,4}\s*号"
)
_LAPSED = "(?:失效|废止|作废)"
_IN_BRACKETS = re.compile(
    rf"[（(【〔\[［]\s*(?:(?:本|该)?文件)?(?:现?已经?|全文|已[于被由经][^（()）【】〔〕]{{1,30}}|)?{_LAPSED}\s*[）)】〕\]］]"
)
_SAID_ALONE = re.compile(
    rf"(?:(?:本|该|此)(?:文件|办法|规定|通知|意见|方案|细则|条例|制度|文))?现?已经?(?:全文)?{_LAPSED}(?:的?(?:文件|材料|制度))?[。.！!]?"
)
_OTHERS_TITLE = re.compile("《[^《》]*》")


# These two take a twentieth of the time that all patterns of a start take to compile, and only reading needs them.
@cache
def _number_alone() -> re.Pattern[str]:
    return re.compile(rf"[（(]?\s*(?:(?:发文)?[文字]号\s*[:：]\s*)?({_ISSUED})\s*[）)]?")


@cache
def _number_of_title() -> re.Pattern[str]:
    return re.compile(rf"[（(]\s*({_ISSUED})\s*[）)]$")


class Titled(NamedTuple):
    """A document's title, and the line in brackets below it (征求意见稿) where there is one."""

    title: str
    subtitle: str | None = None


def titled(words: Sequence[str], name: str) -> Titled:
    """Return the title line with the subtitle below it, else the file's name where it tells, else the first heading.

    ``words`` are the document's lines without furniture. A title line is short, no sentence, salutation or by-line, and
    stands before the first labelled heading or, where a signed letter leads in, behind its signature. It names a kind of
    document, or says what the file's name does; another line is none as long as that name tells.
    """
    said = spoken_name(name)
    found = _title_line(words, said) or _behind_signature(words)
    if found is not None:
        title, after = found
        below = words[after] if after < len(words) else ""
        return Titled(title, below if _SUBTITLE.fullmatch(below) else None)
    if said is not None:
        return Titled(said)
    first = _first_line(words)
    if first is not None:
        return Titled(first)
    for line in words:
        label = _LABEL.match(line)
        if label and len(line) <= _LONGEST_TITLE and line[label.end() :] and line[-1] not in "。；;，,：:":
            return Titled(line[label.end() :])
    return Titled(name)


def spoken_name(name: str) -> str | None:
    """Return a file's name as a title: without a number in front or a day behind, _ as a blank; None where it tells nothing.

    A name tells with three Chinese characters, or two words written with letters; 新建文本文档 and a1b2c3 tell nothing.
    """
    bare = _DAY_BEHIND.sub("", _NUMBER_IN_FRONT.sub("", name)).replace("_", " ").strip()
    bare = re.sub(r"\s+", " ", bare)
    tells = len(re.findall("[\u4e00-\u9fff]", bare)) >= 3 or re.search("[A-Za-z]{3}[ -]+[A-Za-z]{2}", bare)
    return bare if tells and not _NO_NAME.match(bare) else None


def _candidates(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines at the top that can be a title, each with its number."""
    for number, line in enumerate(words[:_FRONT_LINES]):
        if _LABEL.match(line):
            break
        if _BY_LINE.fullmatch(line) or _says_lapsed(line) or _number_alone().fullmatch(line):
            continue
        longest = _LONGEST_NAMED if _KIND.fullmatch(line) and "关于" in line and "，" not in line else _LONGEST_TITLE
        if len(line) > longest or line[-1] in "。；;，,、：:" or _BEGINS_SENTENCE.match(line):
            break
        yield number, line


def _title_line(words: Sequence[str], name: str | None) -> tuple[str, int] | None:
    """Return the title and the number of the line below it."""
    before: str | None = None
    for number, line in _candidates(words):
        if name is not None and _alike(line, name):
            return line, number + 1
        if line[-1] in "！!？?":
            break
        if _KIND.fullmatch(line):
            fuller = next((more for more in _candidates(words[number + 1 :]) if _says_more(more[1], line)), None)
            if fuller is not None:
                return fuller[1], number + fuller[0] + 2
            if before is not None and not _WHOLE.match(line) and not _OFFICE.fullmatch(before):
                whole = before + line
                return (whole if len(whole) <= _LONGEST_TITLE else line), number + 1
            return line, number + 1
        before = line
    return None


def _behind_signature(words: Sequence[str]) -> tuple[str, int] | None:
    """Return the title of what a signed letter at the top leads in, and the number of the line below it."""
    signed = signature(words[:_FRONT_LINES])
    if signed is None or signed.date is None:
        return None
    for number, line in _candidates(words[signed.line + 1 :]):
        if _KIND.fullmatch(line):
            return line, signed.line + number + 2
        break
    return None


def _first_line(words: Sequence[str]) -> str | None:
    """Return the first line that can be a title, whatever it says."""
    line = next((line for _, line in _candidates(words)), None)
    return None if line is None or line[-1] in "！!？?" else line


def _says_more(line: str, title: str) -> bool:
    """Return whether a line is the same title with its place or year (陕西省2026年政府工作报告)."""
    return len(line) > len(title) and line.endswith(title[-6:]) and set(title) <= set(line)


def _alike(line: str, name: str) -> bool:
    """Return whether a line says what a file's name does: four of five pairs of characters of the shorter, half of the longer."""
    pairs, named = _pairs(line), _pairs(name)
    fewer, more = sorted((len(pairs), len(named)))
    shared = len(pairs & named)
    return fewer > _FEWEST_PAIRS and shared >= max(_ALIKE * fewer, more / 2) and not offices(line)


def _pairs(words: str) -> set[str]:
    bare = re.sub(r"[\W_]", "", words)
    return {bare[at : at + 2] for at in range(len(bare) - 1)}


def number(words: Sequence[str], title: str) -> str | None:
    """Return the 发文字号 that stands in a line of its own at the top, or in brackets at the end of the title; else None.

    One in running text, or within the title, is another document's.
    """
    if found := _number_of_title().search(title):
        return found[1]
    for line in words[:_FRONT_LINES]:
        if found := _number_alone().fullmatch(line):
            return found[1]
        if _LABEL.match(line) or (line[-1] in "。；;" and not _says_lapsed(line)):
            break
    return None


def lapsed(words: Sequence[str], names: Iterable[str]) -> bool:
    """Return whether a document says that it is no longer in force: a name in brackets, or one of its first lines.

    ``names`` are its title and those of its file and folders. Only what stands in brackets or by itself counts: a
    decision 关于废止…的决定 is in force.
    """
    return any(
        _IN_BRACKETS.search(_OTHERS_TITLE.sub("", name)) or _SAID_ALONE.fullmatch(name.strip()) for name in names
    ) or any(map(_says_lapsed, words[:_FRONT_LINES]))


def _says_lapsed(words: str) -> bool:
    """Return whether a line says nothing but that the document lapsed."""
    return bool(_IN_BRACKETS.fullmatch(words) or _SAID_ALONE.fullmatch(words))
