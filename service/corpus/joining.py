"""A text as it was saved in, the same text without the line breaks inside its sentences out."""

import re
import unicodedata
from collections.abc import Sequence, Set

from service.corpus.leftovers import furniture

# A line that holds only a mark of no width, as web pages leave behind, is no line.
_NO_LINE = re.compile("\n[^\\S\n]*[\u200b\ufeff][^\\S\n\u200b\ufeff]*(?=\n)")
_ENDS = re.compile(r"[。！？；：…!?;:][”’」』）)》】]*$")
_OPENS = re.compile(r"[（《〈“‘「『【〔]$")
# No sentence begins with these. A closing bracket goes to the line before only where that one opened it.
_GOES_ON = re.compile(r"[，。、；：！？％]")
_CLOSES = dict(zip("）》〉”’」』】〕", "（《〈“‘「『【〔", strict=True))
# 3.2 人工智能应用 has a label, 18.45 亿户 and 0.55 a number.
_LABEL = re.compile(
    r"第[一二三四五六七八九十百零〇\d]{1,4}[编章节条]|[（(][一二三四五六七八九十a-z\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|\d{1,2}(?:[、．)）]|\.(?!\d))|(?!0)\d{1,2}(?:[.．]\d{1,2})+\s(?!\s*(?:[亿万%％‰倍吨亩]|个百分点|元[，。；、]|公[里顷斤]|平方))|\d{1,4}\s+\d{1,4}\s|[①-⑳●•■◆★*|<]|[—–-]{1,3}|附[件录表]|[注图表]\s*\d*[:：\s]|[一二三四五六七八九十]是"
)
_NUMBER = re.compile(r"[\d\s—–-]+$|第\s*\d+\s*页")
# 平政发〔2023〕8号 stands in a line of its own, under a title that may fill the line above.
_ISSUED = re.compile(
    r"[（(]?[\u4e00-\u9fff]{1,12}[〔\[［【（(]\s*(?:19|20)\d\d\s*[〕\]］】）)]\s*第?\s*\d{1,4}\s*号[）)]?$"
)
_LEADERS = re.compile(r"[.．·…]{4,}")
# Lines of so many columns, a Chinese character being two, are what a page holds; longer ones were not cut by one.
_NARROWEST, _WIDEST = 36, 130
# A line is filled up to the last character, a number or a foreign word that fits no more.
_RAGGED = 6
_NEAR = 12
_FEWEST = 2
# Of the lines that end a sentence, so many stand before a blank line where blank lines part the paragraphs.
_PARTED = 0.9
_SHORTEST_START = 20
# A narrower column may be verse, slogans, names or items of one line, which end where a line does. So much has to tell that it
# is prose: lines filled to the last character but one, with marks inside of them that stand here and there, and none wider.
_SLIMMEST, _FILLED, _FEWEST_FILLED = 20, 2, 4
_MARK_INSIDE = re.compile("[，。；、：](?=.)")
_CELLS = re.compile(r"\S(?:\t|\s{2})\s*\S")
_CELLS_OF_WORDS = re.compile(r"[^\s。！？；：:]\s{2,}\S")
_LABEL_BEFORE_TAB = re.compile(rf"(?:{_LABEL.pattern})[、.．)）]?(?:\t+|(?<=\t))")
_FIELD = re.compile("[^：:，。；、]{1,8}[：:]")


def joined(text: str) -> str:
    """Return the text without the breaks that lie inside a sentence; nothing else goes but the blanks beside them.

    A break lies in a sentence where the line ends with an opening mark or the next begins with what no sentence begins
    with; where a line that ends no sentence is as full as others around it (of a narrow column, where it is prose); and, in a
    text whose paragraphs are parted by blank lines, within such a paragraph. A line that begins with a label, or is a number,
    is never joined to the one before; furniture of the page that the text was saved from is joined to no line at all.
    Takes time in proportion to the length.
    """
    lines = _NO_LINE.sub("", text).split("\n")
    words = [line.strip() for line in lines]
    goes_on = _inside(words, lines)
    parts = [lines[0]]
    for number in range(1, len(lines)):
        if not goes_on[number]:
            parts += ["\n", lines[number]]
            continue
        before, after = parts[-1].rstrip(), lines[number].lstrip()
        # Between two words written with letters a blank stays, or they would be one.
        between = " " if _is_latin(before[-1:]) and _is_latin(after[:1]) else ""
        parts[-1] = before
        parts += [between, after]
    return "".join(parts)


def _inside(words: Sequence[str], lines: Sequence[str]) -> list[bool]:
    """Return for each line whether it goes on with the sentence of the one before; ``words`` have no blanks around them."""
    parted = _is_parted(words)
    visible = [number for number, line in enumerate(words) if line]
    apart = {visible[number] for number in furniture([words[number] for number in visible])}
    widths: dict[int, int] = {}
    found = [False] * len(words)
    for number in range(1, len(words)):
        before, line = words[number - 1], words[number]
        if not before or not line or number in apart or number - 1 in apart:
            continue
        if any(_LEADERS.search(one) or _ISSUED.match(one) for one in (before, line)):
            continue
        if (_OPENS.search(before) and not _LABEL.match(line)) or _GOES_ON.match(line) or _closes(words, found, number):
            found[number] = True
            # What stood between was a link in the sentence, so that it goes to the line before, too.
            if _GOES_ON.match(line) and number > 1 and words[number - 2] and _is_link(words[number - 2], before):
                found[number - 1] = True
        elif _ENDS.search(before) or _LABEL.match(line) or _is_of_table(before, line):
            continue
        elif _indent(lines[number]) <= _indent(lines[number - 1]) and _is_filled(words, lines, number - 1):
            found[number] = True
        elif parted:
            found[number] = found[number - 1] or _begins_sentence(before)
        elif not _NUMBER.match(line):
            found[number] = _is_full(words, number - 1, widths, apart)
    return found


def _is_parted(words: Sequence[str]) -> bool:
    """Return whether blank lines part the paragraphs."""
    ends = [number for number, line in enumerate(words[:-1]) if line.endswith("。")]
    return len(ends) > 1 and sum(not words[number + 1] for number in ends) >= _PARTED * len(ends)


def _closes(words: Sequence[str], found: Sequence[bool], number: int) -> bool:
    """Return whether a line begins with the closing bracket of one that the lines before left open."""
    closing = words[number][0]
    if closing not in _CLOSES:
        return False
    first = number - 1
    while found[first] and number - first < _NEAR:
        first -= 1
    before = "".join(words[first:number])
    return before.count(_CLOSES[closing]) > before.count(closing)


def _is_link(before: str, line: str) -> bool:
    """Return whether a line that a sentence goes on behind is a piece of the sentence that the line before begins."""
    return not (_ENDS.search(before) or _LABEL.match(before) or _LABEL.match(line))


def _is_of_table(before: str, line: str) -> bool:
    """Return whether one of two lines is a row of a table: tabs part its cells, or wide blanks those of both.

    Behind a label stands a tab, and behind the end of a sentence a wide blank, in prose, too.
    """
    before, line = (_LABEL_BEFORE_TAB.sub("", one) for one in (before, line))
    return "\t" in before or "\t" in line or all(map(_CELLS_OF_WORDS.search, (before, line)))


def _begins_sentence(line: str) -> bool:
    """Return whether a line is the beginning of a sentence rather than a heading without a mark at its end."""
    return len(line) >= _SHORTEST_START and re.search("[，。；、]", line) is not None


def _is_full(words: Sequence[str], number: int, widths: dict[int, int], apart: Set[int]) -> bool:
    """Return whether a line that ends no sentence reaches as far as others around it that end none."""
    own = _width(words, number, widths)
    line = words[number]
    if not _NARROWEST <= own <= _WIDEST or (_is_heading(line)):
        return False
    # A title has no mark and is as wide as the furniture around it by chance.
    untold = apart if re.search("[，。；、]", line) is None else frozenset[int]()
    full = wider = 0
    for near in range(max(0, number - _NEAR), min(len(words), number + _NEAR + 1)):
        if near in untold:
            continue
        width = _width(words, near, widths)
        full += near != number and abs(width - own) <= _RAGGED and not _ENDS.search(words[near])
        wider += width - own > _RAGGED
    return full >= _FEWEST and full > wider


def _is_filled(words: Sequence[str], lines: Sequence[str], number: int) -> bool:
    """Return whether a line fills a narrow column of prose, and the next one goes on to the end of a sentence."""
    line = words[number]
    own = _filling(lines[number])
    if not _SLIMMEST <= own < _NARROWEST or any(map(_CELLS.search, words[number : number + 2])):
        return False
    if _LABEL.match(line) or _FIELD.match(words[number + 1]):
        return False
    first = max(0, number - _NEAR)
    around = range(first, min(len(words), number + _NEAR + 1))
    reach = {near: _filling(lines[near]) for near in around}
    widest = max(reach.values())
    begins = number == 0 or not words[number - 1] or _ENDS.search(words[number - 1])
    # A heading has no mark either, but it hardly fills the column; a title stands below no sentence.
    if begins and not re.search("[，。；、：]", line) and (own < widest or "。" not in "".join(words[first:number])):
        return False
    filled = [words[near] for near in around if reach[near] >= own - _FILLED and not _ENDS.search(words[near])]
    marked = {tuple(found.start() for found in _MARK_INSIDE.finditer(one)) for one in filled} - {()}
    prose = len(marked) > 1 and sum(one[-1] not in "，、" for one in filled) > 1
    return widest <= own + _FILLED and len(filled) >= _FEWEST_FILLED and prose and _ends(words, number + 1)


def _filling(line: str) -> int:
    """Return how many columns a line takes without what stands at its end, which may reach beyond its column."""
    return _columns(line.rstrip("，。；、：！？”’」』）》】 \t\u3000"))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _ends(words: Sequence[str], number: int) -> bool:
    """Return whether a sentence ends in this line or one of those below it, up to a blank line or a label."""
    for line in words[number : number + _NEAR]:
        if not line or _LABEL.match(line):
            return False
        if "。" in line or _ENDS.search(line):
            return True
    return False


def _is_heading(line: str) -> bool:
    """Return whether a line is a label and words without a mark: a heading, which may be as long as a line by chance."""
    return _LABEL.match(line) is not None and not line.startswith("第") and re.search("[，。；、：]", line[4:]) is None


def _width(words: Sequence[str], number: int, widths: dict[int, int]) -> int:
    """Return how many columns a line takes, kept in ``widths``."""
    if number not in widths:
        widths[number] = _columns(words[number])
    return widths[number]


def _columns(line: str) -> int:
    """Return how many columns a line takes; of one longer than any page's only that it is."""
    wide = sum(unicodedata.east_asian_width(c) in "WFA" for c in line) if len(line) <= _WIDEST else _WIDEST
    return len(line) + wide


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
