"""A document's title, issuer, names and text in, the place it is of out: province, city, county as far as they are told."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

# Where a name goes on like this it is a road, a school, a bank or a region, no place that issues documents.
_NO_PLACE = re.compile(
    r"街道|路|大学|学院|银行|半岛|大道|会展|(?:国际)?机场|藏族|蒙古族|方言|话|海峡|高原|盆地|协定|经验|模式|级"
)
# Offices of the whole country: what a title names behind them is what they write about.
_NATIONAL = re.compile(
    r"中华人民共和国|中共中央|中国|国务院|全国|国家|最高人民|[\u4e00-\u9fff]{2,10}总局|[\u4e00-\u9fff]{2,6}部[\u4e00-\u9fff]{1,6}司"
    r"|[\u4e00-\u9fff]{2,12}(?<!委)部(?:办公厅|等|关于|[、 ]|$)"
)
_STATE = re.compile(r"中华人民共和国|中共中央|国务院|最高人民|中国公民")
_SUFFIXES = re.compile("[省市县区旗州盟地]")
# Without 市 these are words as well: 长治久安, 来宾, 日照时间, 延安精神.
_WORDS = frozenset(
    [
        "东方",
        "中山",
        "大同",
        "长治",
        "来宾",
        "日照",
        "朝阳",
        "安康",
        "延安",
        "遵义",
        "普洱",
        "三明",
        "三门峡",
        "三沙",
        "白山",
        "百色",
    ]
)
_SHORT = re.compile(r"(?:省|市|特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区)$")
# How a text speaks of the place it is of. 各省 and 外省 are others.
_OWN = {
    "province": re.compile(r"我省|本省|(?:^|[，。、；（(由经向报和与])省(?=[\u4e00-\u9fff]{2,12}厅|政府|委)"),
    "city": re.compile(r"[我本]市(?!场)|(?:^|[，。、；（(由经向报和与])市(?=[\u4e00-\u9fff]{2,12}局|政府|委)"),
    "county": re.compile(
        r"我县|本县|[我本]区(?!域)|我旗|本旗|(?:^|[，。、；（(由经向报和与])[县区](?=[\u4e00-\u9fff]{2,12}局|政府|委)"
    ),
}
_OWN_TITLE = re.compile("全[省市县区旗]|我[省市县区旗]|县委|县政府|市委|市政府|区委|区政府")
_LEVELS = {"province": "省", "city": "市", "county": "[县区旗]"}
_OTHERS = re.compile(r"各省、自治区、直辖市|各省（自治区、直辖市）|各省、自治区")
_FEWEST_OWN, _FEWEST_NAMED, _CLEAR = 2, 2, 0.67
_HEAD = 6


@cache
def _divisions() -> tuple[dict[str, str], dict[str, tuple[str, ...]], frozenset[str]]:
    """Return the whole name of each province and city, those of each county's name, and the provinces.

    Provinces and cities stand there by their short names as well.
    """
    text = resources.files("service.corpus").joinpath("divisions.txt").read_text(encoding="utf-8")
    rows = [line.split() for line in text.split("\n") if line and not line.startswith("#")]
    provinces = dict.fromkeys(row[0] for row in rows)
    whole = {province: province for province in provinces}
    counties: dict[str, tuple[str, ...]] = {}
    for province, city, *below in rows:
        above = province if city == "-" else province + city
        if city != "-":
            whole[city] = above
        for county in below:
            counties[county] = (*counties.get(county, ()), above + county)
    # Provinces come first: 吉林 is the province.
    for name, path in list(whole.items()):
        short = _SHORT.sub("", name)
        if len(short) > 1 and short not in _WORDS and (name in provinces or name[-1] == "市"):
            whole.setdefault(short, path)
    return whole, counties, frozenset(provinces)


def place(
    title: str, issuer: str | None, occasion: str | None, names: Sequence[str], words: Sequence[str]
) -> str | None:
    """Return the place a document is of, from the province down; None where it is of the whole country or does not tell.

    Tried in order: who issued it, its title, the occasion, the name of its file; then how the text speaks of its own
    place (我省, 市财政局) with the one place of that level that it names again and again, else that the folders have.
    """
    for told in filter(None, (issuer, title, occasion, names[-1] if names else None)):
        ahead, about, behind = told.partition("关于")
        if _STATE.match(told):
            return None
        if found := _first(ahead if about else told):
            return found
        if _NATIONAL.search(ahead if about else told[:12]):
            return None
        if about and (found := _first(behind)):
            return found
    return _of_text(title, words, names)


def _first(words: str) -> str | None:
    """Return the first place that words name, with the smaller ones that follow it at once (广州市天河区)."""
    whole, counties, _ = _divisions()
    for start in range(len(words)):
        for end in range(min(len(words), start + 12), start + 1, -1):
            name = words[start:end]
            if name in whole and not _NO_PLACE.match(words, end):
                if name[-1] not in "省市区州盟" and (
                    words[end : end + 1] in ("市", "区", "县") and name + words[end] not in whole
                ):
                    continue
                return _below(whole[name], words[end:])
            if name in counties and len(counties[name]) == 1 and len(name) > 2 and not _NO_PLACE.match(words, end):
                return counties[name][0]
    return None


def _below(path: str, words: str) -> str:
    """Return a place, or the city or county in it that the words behind it begin with."""
    whole, counties, _ = _divisions()
    for end in range(min(len(words), 12), 1, -1):
        name = words[:end]
        if name in whole and whole[name] == path + name:
            return _below(whole[name], words[end:])
        for county in counties.get(name, ()):
            if county.startswith(path):
                return county
    return path


def _of_text(title: str, words: Sequence[str], names: Sequence[str]) -> str | None:
    """Return the place that a text which speaks of its own place names most, else that a folder has; None if not clear."""
    if any(_OTHERS.search(line) for line in words[:_HEAD]):
        return None
    text = "\n".join(words)
    own = {level: len(pattern.findall(text)) for level, pattern in _OWN.items()}
    level = max(own, key=lambda name: own[name])
    whole, counties, provinces = _divisions()
    named: Counter[str] = Counter()
    if level == "county":
        named.update(path for path in _named(text) if path not in whole.values())
    else:
        # A short name is part of the whole one, so that both are counted where the short one is.
        for path, name in {path: name for name, path in whole.items() if len(name) > 1}.items():
            if (path in provinces) == (level == "province") or (path[-1] == "市" and path in provinces):
                named[path] = text.count(name)
    if (
        own[level] >= _FEWEST_OWN
        and named
        and (best := max(named, key=lambda path: (named[path], path)))
        and named[best] >= max(_FEWEST_NAMED, _CLEAR * named.total())
    ):
        return best
    if not own[level]:
        said = _OWN_TITLE.search(title)
        if said is None:
            return None
        level = next(name for name, pattern in _LEVELS.items() if re.search(pattern, said[0]))
    # A county's folder may hold what the province wrote, too.
    levels = [*_LEVELS]
    for name in reversed(names[:-1]):
        if (name in whole or name in counties) and (found := _first(name)) is not None:
            own_level = 0 if found in provinces else 1 if found in whole.values() else 2
            return found if own_level <= levels.index(level) else None
    return None


def _named(text: str) -> Iterator[str]:
    """Yield the place of each whole name of one in a text (山东省, not 山东)."""
    whole, counties, _ = _divisions()
    for found in _SUFFIXES.finditer(text):
        for length in range(min(12, found.end()), 2, -1):
            name = text[found.end() - length : found.end()]
            if name in whole and not _NO_PLACE.match(text, found.end()):
                yield whole[name]
                break
            if len(counties.get(name, ())) == 1:
                yield counties[name][0]
                break
