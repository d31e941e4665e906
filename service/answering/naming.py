"""A question in, the documents it names out, and the question without the words that only name them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from service.answering.answer import Name
from service.answering.titles import Titles
from service.language.folding import fold
from service.language.places import abbreviated, names_of, provinces

# “2025年的政府工作报告里…” says where to look, not what for. A year alone is what for: the report of 2025 tells of 2024.
_REPORT = re.compile(
    r"(?:在?(?P<year>(?:19|20)\d\d)年(?:度)?的?)?(?<![\u4e00-\u9fff](?<![的在这该份年]))(?:(?:政府)?工作报告|报告|讲话|材料|文件|文中)(?:里面|里头|里|中|上|内)(?:边|面)?"
    r"|(?P<alone>(?:19|20)\d\d)年的?(?:政府)?工作报告"
)
_MEETING = (
    "(?:推进|工作|座谈|动员|部署|总结|表彰|协调|调度|现场|交流|生活|研讨|分析|联席|全体|常委|党代|人代|大|全)会议?|会议"
)
_TEXT = "报告|讲话|通报|总结|计划|方案|意见|通知|发言|致辞|要点|规划|纲要|条例|办法|规定|细则|决定|公报"
# 防汛工作会上…, 述职报告里…, 座谈会强调…: an occasion or a text, and what only a source is followed by.
_SOURCE = re.compile(
    rf"(?P<source>[^，,。?？\s的对从]{{0,18}}?(?:{_MEETING}|{_TEXT}))"
    r"(?:(?:上|里面|里头|里|中|当中)(?!述|面|央|心)(?:边|面)?的?|(?=指出|提出|提到|强调|要求|部署|明确|讲|说|写|谈|认为|对|给|有没有|怎么[讲说写提]))"
)
_QUOTED = re.compile("《([^《》]{2,60})》")
# Levels of administration as people speak of their own: 县里, 我镇; and who speaks for them.
_OWN = {
    "省": re.compile("省里头?|全省|我省|咱们?省|本省"),
    "市": re.compile("市里头?|全市|我市|咱们?市|本市"),
    "县": re.compile("县里头?|县上|全县|我们?县|咱们?县|本县"),
    "镇": re.compile("镇里头?|镇上|全镇|我们?镇|咱们?镇|本镇"),
    "乡": re.compile("乡里头?|乡上|全乡|我们?乡|咱们?乡|本乡"),
    "区": re.compile("(?<![园小社])区里头?|(?<![园小社])区上|(?<!安)全区|我们?区|咱们?区|本区"),
}
_ROLE = re.compile("(?:[省市县区镇乡工]|党工?)委书记|党组书记|(?<!市|省|校|局)[省市县区镇乡]长(?!期|效|远)")
_LEAST_ALIKE = 0.5
_SAME_TITLE = 0.8


@dataclass(frozen=True, slots=True)
class Named:
    """What is left of the question without names (nothing, where it is nothing else), the documents that each name
    means, in the order of the names, and the names as they are said to the person who asks, also those that mean none.

    ``documents`` is None where no name means a document; all are asked then. ``leaning`` are the documents of the
    administration or speaker that is spoken of, which are preferred to others; empty where there is none.
    """

    text: str
    groups: tuple[frozenset[int], ...] = ()
    names: tuple[Name, ...] = ()
    leaning: frozenset[int] = field(default_factory=frozenset)

    @property
    def documents(self) -> frozenset[int] | None:
        return frozenset().union(*self.groups) if self.groups else None


class _Left:
    """The question as it is left when names are taken out, each of their characters replaced by a blank."""

    def __init__(self, text: str) -> None:
        self._characters = list(text)

    def take(self, start: int, end: int) -> None:
        self._characters[start:end] = " " * (end - start)

    @property
    def text(self) -> str:
        return "".join(self._characters)


def named(text: str, titles: Titles) -> Named:
    """Return which documents a question names: by place, by title, occasion or year of the report, by administration.

    Names that mean documents are taken out of the text: in the documents they stand everywhere or nowhere, and would
    outweigh what is asked. A place that no document answers to stays a word like others; of a report that is not
    there no document is asked.
    """
    folded = fold(text)
    left = _Left(text)
    names: list[Name] = []
    groups = list(_by_place(folded, titles, left, names))
    for match in _REPORT.finditer(left.text):
        left.take(*match.span())
        if year := match["year"] or match["alone"]:
            # A report that is not there is not answered from another one.
            of_year = titles.years.get(year, frozenset())
            names.append(Name(f"{year}年的材料", len(of_year)))
            groups = [group & of_year for group in groups] if groups else [of_year]
    for group in _by_title(folded, titles, left, names):
        groups = [narrowed for place in groups if (narrowed := place & group)] or [group]
    leaning = _leaning(folded, titles, left)
    rest = left.text
    return Named(rest, tuple(groups), tuple(names), leaning)


def _by_place(folded: str, titles: Titles, left: _Left, names: list[Name]) -> Iterator[frozenset[int]]:
    """Yield the documents of each place that the question names, in its order."""
    for province in dict.fromkeys((*provinces(folded), *(p for p, _, _ in abbreviated(folded)))):
        documents = titles.places.get(province, frozenset())
        names.append(Name(province, len(documents)))
        if documents:
            for name in sorted(names_of(province), key=len, reverse=True):
                # 天津港 names 天津, and is what is asked about.
                for match in re.finditer(f"(?:在|我们?)?{name}(?!港|机场|湾|湖)", folded):
                    left.take(*match.span())
            yield documents
    for province, start, end in abbreviated(folded):
        if province in titles.places:
            left.take(start, end)
    for place, documents in titles.towns.items():
        at = left.text.find(place)
        if at >= 0:
            left.take(at, at + len(place))
            names.append(Name(place, len(documents)))
            yield documents


def _by_title(folded: str, titles: Titles, left: _Left, names: list[Name]) -> Iterator[frozenset[int]]:
    """Yield the documents that are meant by a title, or by the occasion or kind of text that titles name."""
    for match in _QUOTED.finditer(folded):
        meant = titles.like(match[1], _SAME_TITLE)
        names.append(Name(f"《{match[1]}》", len(meant)))
        if meant:
            left.take(*match.span())
            yield meant
    for match in _SOURCE.finditer(left.text):
        source = match["source"].strip()
        meant = titles.like(source, _LEAST_ALIKE) if len(source) > 2 else frozenset()
        if meant:
            left.take(*match.span())
            names.append(Name(source.removeprefix("在"), len(meant)))
            yield meant


def _leaning(folded: str, titles: Titles, left: _Left) -> frozenset[int]:
    """Return the documents of the administration (县里) or speaker (县委书记) that a question speaks of."""
    found: set[int] = set()
    for level, pattern in _OWN.items():
        documents = titles.levels.get(level, frozenset())
        for match in pattern.finditer(left.text):
            if documents:
                left.take(*match.span())
                found |= documents
    for match in _ROLE.finditer(folded):
        found |= titles.speaking(match.group())
    return frozenset(found)
