"""The numbering of a Word document in, the number of each of its paragraphs out, as Word shows it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_DIGITS = "零一二三四五六七八九"
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
# Formats that begin at a code point and go on from there, and how far.
_RUNS = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "ideographEnclosedCircle": ("㊀", 10),
}
_COUNTING = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand")


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is numbered; ``shown`` has %1 where the number of the first level stands."""

    start: int
    form: str
    shown: str
    behind: str
    restarts: int


@dataclass(slots=True)
class _Counted:
    """How far a list has been counted, level by level; 0 where it has not begun."""

    numbers: list[int] = field(default_factory=lambda: [0] * _LEVELS)


class Numbering:
    """Counts the paragraphs of a document's lists; ask for each numbered paragraph once, in order."""

    def __init__(self, root: etree._Element | None, levels_of_styles: Mapping[str, tuple[str, int]]) -> None:
        """``levels_of_styles`` are the list and level that a style names."""
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._of: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._own: dict[str, dict[int, _Level]] = {}
        self._counted: dict[str, _Counted] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        linked: dict[str, str] = {}
        for abstract in root.iterfind(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId", "")
            self._abstract[name] = dict(_levels(abstract))
            if (link := abstract.find(f"{W}numStyleLink")) is not None:
                linked[name] = link.get(f"{W}val", "")
        for number in root.iterfind(f"{W}num"):
            name = number.get(f"{W}numId", "")
            abstract_id = number.find(f"{W}abstractNumId")
            self._of[name] = "" if abstract_id is None else abstract_id.get(f"{W}val", "")
            for override in number.iterfind(f"{W}lvlOverride"):
                level = _whole(override.get(f"{W}ilvl"), 0)
                if (start := override.find(f"{W}startOverride")) is not None:
                    self._starts.setdefault(name, {})[level] = _whole(start.get(f"{W}val"), 1)
                self._own.setdefault(name, {}).update(_levels(override))
        for name, style in linked.items():
            # A list that is only a name for the list of a style.
            list_of_style = self._of.get(levels_of_styles.get(style, ("", 0))[0], "")
            self._abstract[name] = self._abstract.get(list_of_style) or self._abstract[name]

    def next(self, number_id: str, level: int) -> str:
        """Return what stands before the next paragraph of a list on a level, "" for a list that shows nothing."""
        abstract = self._of.get(number_id)
        if abstract is None or not 0 <= level < _LEVELS:
            return ""
        levels = self._abstract.get(abstract, {}) | self._own.get(number_id, {})
        if level not in levels:
            return ""
        numbers = self._counted.setdefault(abstract, _Counted()).numbers
        if level in self._starts.get(number_id, {}) and (number_id, level) not in self._begun:
            numbers[level] = self._starts[number_id][level]
            self._begun.add((number_id, level))
        else:
            numbers[level] = numbers[level] + 1 if numbers[level] else levels[level].start
        for upper in range(level):
            if not numbers[upper] and upper in levels:
                numbers[upper] = levels[upper].start
        for lower in range(level + 1, _LEVELS):
            # restarts: the level whose next number begins this one anew; 0 for none.
            if lower not in levels or (levels[lower].restarts and level < levels[lower].restarts):
                numbers[lower] = 0
        return _shown(levels, level, numbers)


def _levels(of: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in of.iterfind(f"{W}lvl"):
        number = _whole(level.get(f"{W}ilvl"), 0)
        said = {child.tag.removeprefix(W): child.get(f"{W}val", "") for child in level}
        yield (
            number,
            _Level(
                _whole(said.get("start"), 0),
                said.get("numFmt", "decimal"),
                said.get("lvlText", ""),
                said.get("suff", "tab"),
                _whole(said.get("lvlRestart"), number),
            ),
        )


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else otherwise


def _shown(levels: Mapping[int, _Level], level: int, numbers: list[int]) -> str:
    own = levels[level]
    if own.form == "bullet":
        return "• "
    if own.form == "none" and "%" not in own.shown:
        return own.shown

    def number(match: re.Match[str]) -> str:
        upper = int(match[1]) - 1
        return written(numbers[upper], levels[upper].form) if upper in levels else ""

    label = re.sub(r"%([1-9])", number, own.shown)
    # Behind 一、 and （一） Word leaves hardly a blank, and people leave none.
    return label if own.behind == "nothing" or not label or label[-1] in "、，．。）】：" else f"{label} "


def written(number: int, form: str) -> str:
    """Return a number in one of Word's formats; as decimal digits in one that is not known here."""
    if form in _RUNS and 1 <= number <= _RUNS[form][1]:
        return chr(ord(_RUNS[form][0]) + number - 1)
    if form in _COUNTING and number < 10_000:
        return _counted(number)
    if form in ("chineseLegalSimplified", "ideographLegalTraditional") and number < 10_000:
        return _counted(number).translate(_LEGAL)
    match form:
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
        case "ideographTraditional":
            return _STEMS[(number - 1) % 10]
        case "ideographZodiac":
            return _BRANCHES[(number - 1) % 12]
        case "decimalZero":
            return f"{number:02}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord("０") + int(digit)) for digit in str(number))
        case "upperLetter" | "lowerLetter":
            letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter if form == "upperLetter" else letter.lower()
        case "upperRoman" | "lowerRoman" if number < 4000:
            roman = _roman(number)
            return roman if form == "upperRoman" else roman.lower()
        case "none":
            return ""
        case _:
            return str(number)


def _counted(number: int) -> str:
    """Return a number below 10,000 as it is counted in Chinese: 十二, 一百零五."""
    if number < 10:
        return _DIGITS[number]
    found = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            found += _DIGITS[digit] + sign
        elif found and number and not found.endswith("零"):
            found += "零"
    return found.removeprefix("一") if found.startswith("一十") else found


def _roman(number: int) -> str:
    found = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        found += sign * (number // value)
        number %= value
    return found
