"""A question in, the documents it names out, and the question without the words that only name them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from service.answering.answer import Name
from service.answering.numbering import numbers_in
from service.answering.titles import Titles
from service.language.folding import fold
from service.language.numbers import canonical
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
# 2023年5月8日的通知, 5月8日那次会议, 2022年10月的讲话: a date is a name only where it says of which text or meeting. A
# month alone is of every year.
_DATED = re.compile(
    r"在?(?:(?P<year>(?:19|20)\d\d)\s?[年./-]\s?)?(?P<month>(?<!\d)(?:1[0-2]|0?[1-9]))\s?[月./-](?:份)?"
    r"(?:\s?(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)[日号]?)?"
    r"(?P<joined>(?:当天|那天|那次|那场|那个|那份|这次|这场|这份|召开|举行|印发|发布|下发|发出|出台|作|做|讲|写)?的?)"
    rf"(?P<about>[^，,。?？\s\d的什啥几哪怎多]{{0,8}}?)(?P<source>{_MEETING}|{_TEXT}|文件|材料|(?<=[的次场])会|会(?=上))"
    r"(?=(?P<inside>(?:上|里面|里头|里|中|当中)(?!述|面|央|心)的?)|[讲说写谈提对有是就主都怎要强部指明规传决]|[，,。?？\s]|$)"
)
# 哪些省提到低空经济, 各地怎么做, 谁家的办法好 ask of several places, each by a document of its own.
_WHICH = "哪(?:些|几个?|\\d个|个)"
_SEVERAL = re.compile(
    rf"(?:都?有|还有|全国)?(?:{_WHICH}(?P<which>省份?|地?市|城市|县[区市]?|区县|乡镇|镇|乡|地方|地区)|(?P<each>[谁哪]家|各(?:省份?|市|县|区县|乡镇|镇|乡|地区|地方|地)))(?![级场民政容域区界方位])"
    r"(?:的?(?:政府)?(?:工作)?报告|的?材料|的?文件)?(?:里面|里头|里|中)?(?:(?:都|也|还|曾)?(?:提到|提及|提出|说到|讲到|谈到|写到|写进|写入|涉及|强调|部署)过?了?)?的?"
)
# 哪些材料提到低空经济 asks of several documents, wherever they are of.
_TELLING = re.compile(
    rf"(?:都?有|还有|在)?(?:{_WHICH}(?:份|篇|个)?(?:材料|文件|报告|文章|讲话|文)|哪里|哪儿)(?:里面|里头|里|中)?(?:都|也|还|曾)?(?:提到|提及|提出|说到|讲到|谈到|写到|写进|写入|涉及|强调|部署)过?了?"
)
# Words that only set two named ones side by side.
_COMPARING = re.compile(
    "相比较?|对比|比较(?=[，,。?？\\s]|$)|(?:有(?:什么|啥|何|哪些))?(?:不同|区别|差异|差别|异同)(?:之处|点)?(?=[，,。?？\\s吗呢]|$|在哪)(?:在哪里?)?"
)
# What places are of a word for them: all, where it is a word for none in particular.
_PROVINCES, _TOWNS = re.compile("省"), re.compile("[市县区镇乡]")
# 国办发〔2023〕12号规定返还多少 asks what is paid back, not what the rules are.
_SAYS = re.compile(
    r"(?:文件?)?(?:里面|里头|里|中)?(?:(?:规定|要求|明确|提出|强调|指出|部署|写明)了?(?!$|[有是哪的方和、，,。?？\s]))?"
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

    ``documents`` is None where no name means a document; all are asked then. ``apart`` are, where several places or documents
    are asked about without a name (哪些省), those of each, to be answered one by one. ``texts`` tells
    that texts are named, by number, date or title, not only whose they are. ``leaning`` are the documents of the
    administration or speaker that is spoken of, which are preferred to others; empty where there is none.
    """

    text: str
    groups: tuple[frozenset[int], ...] = ()
    names: tuple[Name, ...] = ()
    leaning: frozenset[int] = field(default_factory=frozenset)
    apart: tuple[frozenset[int], ...] = ()
    texts: bool = False

    @property
    def documents(self) -> frozenset[int] | None:
        groups = self.groups or self.apart
        return frozenset().union(*groups) if groups else None


class _Left:
    """The question as it is left when names are taken out, each of their characters replaced by a blank."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._kept: list[tuple[int, int]] = []

    def take(self, start: int, end: int) -> None:
        self.text = _blanked(self.text, start, end)

    def keep(self, start: int, end: int) -> None:
        """Leave these characters in the question, and no longer let another name be seen in them."""
        self._kept.append((start, end))

    @property
    def unnamed(self) -> str:
        """Return what is left without what was kept, which may hold further names."""
        text = self.text
        for start, end in self._kept:
            text = _blanked(text, start, end)
        return text


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def named(text: str, titles: Titles) -> Named:
    """Return which documents a question names: by place, number, date, title, occasion, year of the report, administration.

    Names that mean documents are taken out of the text: in the documents they stand everywhere or nowhere, and would
    outweigh what is asked. A place that no document answers to stays a word like others; of a report that is not
    there no document is asked.
    """
    folded = fold(text)
    left = _Left(text)
    names: list[Name] = []
    groups = list(_by_place(folded, titles, left, names))
    texts = False
    for found in (list(_by_number(text, titles, left, names)), list(_by_date(folded, titles, left, names))):
        if found:
            texts = True
            groups = [place & group for place in groups for group in found] if groups else found
    for match in _REPORT.finditer(left.unnamed):
        left.take(*match.span())
        if year := match["year"] or match["alone"]:
            # A report that is not there is not answered from another one.
            of_year = titles.years.get(year, frozenset())
            names.append(Name(f"{year}年的材料", len(of_year)))
            groups = [group & of_year for group in groups] if groups else [of_year]
    for group in _by_title(folded, titles, left, names):
        texts = True
        groups = [narrowed for place in groups if (narrowed := place & group)] or [group]
    if len(groups) > 1:
        for match in _COMPARING.finditer(folded):
            left.take(*match.span())
    apart = [] if len(groups) > 1 else _apart(folded, titles, left)
    if groups:
        apart = [asked for several in apart if (asked := several & groups[0])]
    leaning = _leaning(folded, titles, left)
    return Named(left.text, tuple(groups), tuple(names), leaning, tuple(apart) if len(apart) > 1 else (), texts)


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


def _apart(folded: str, titles: Titles, left: _Left) -> list[frozenset[int]]:
    """Return the documents of each of several places that are asked about, or each document; none where no several are."""
    for match in _SEVERAL.finditer(folded):
        word = match["which"] or match["each"]
        places = [*titles.places.values()] if not _TOWNS.search(word) else []
        places += [*titles.towns.values()] if not _PROVINCES.search(word) else []
        if len(places) > 1:
            left.take(*match.span())
            return places
    for match in _TELLING.finditer(folded):
        left.take(*match.span())
        return [frozenset((number,)) for number in range(len(titles.known))]
    return []


def _by_number(text: str, titles: Titles, left: _Left, names: list[Name]) -> Iterator[frozenset[int]]:
    """Yield the documents that bear each number in the question; where none does, those that speak of it."""
    for asked in numbers_in(text):
        bearing = titles.issued_as(asked)
        names.append(Name(asked.written, len(bearing)))
        change = left.take if bearing else left.keep
        change(asked.start, _end_of_saying(text, asked.end))
        yield bearing or titles.citing(asked)


def _end_of_saying(text: str, end: int) -> int:
    """Return where the words end that only say that a source, which ends there, says something: 里规定."""
    found = _SAYS.match(text, end)
    return found.end() if found else end


def _by_date(folded: str, titles: Titles, left: _Left, names: list[Name]) -> Iterator[frozenset[int]]:
    """Yield the documents of each date that a text or a meeting is asked by; where none is, those that tell of that date.

    What is asked of a certain day is not answered from another one.
    """
    form = canonical(folded)
    for match in _DATED.finditer(form.text):
        if not (match["day"] or match["year"]):
            continue
        year, month, day = match["year"], int(match["month"]), int(match["day"]) if match["day"] else None
        date = f"{f'{year}年' if year else ''}{month}月{f'{day}日' if day else ''}"
        meant = titles.dated(year, month, day)
        named_so = frozenset(number for number in meant if match["source"] in titles.known[number])
        meant = named_so or meant
        names.append(Name(date, len(meant)))
        end = form.ends[match.end("inside" if match["inside"] else "source") - 1]
        end = _end_of_saying(folded, end)
        if meant:
            # 防汛 of 5月8日的防汛通知 is asked for, too.
            left.take(form.starts[match.start()], form.ends[match.end("joined") - 1])
            left.take(form.starts[match.start("source")], end)
        else:
            left.keep(form.starts[match.start()], end)
        yield meant or titles.telling(date)


def _by_title(folded: str, titles: Titles, left: _Left, names: list[Name]) -> Iterator[frozenset[int]]:
    """Yield the documents that are meant by a title, or by the occasion or kind of text that titles name."""
    for match in _QUOTED.finditer(folded):
        meant = titles.like(match[1], _SAME_TITLE)
        names.append(Name(f"《{match[1]}》", len(meant)))
        if meant:
            left.take(*match.span())
            yield meant
    for match in _SOURCE.finditer(left.unnamed):
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
