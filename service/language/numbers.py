"""A folded text in, the same with numbers in one form out, and where each of its characters came from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERALS = "零〇一二两三四五六七八九十百千"
_HAN = f"[{_NUMERALS}]"
# What may follow a single numeral that counts something; 三农, 两山 and 五星 are names and stay.
_MEASURE = (
    "方面|个|项|条|件|次|家|户|人|名|位|年|月|日|天|周|岁|届|期|批|大|种|类|级|处|座|所|间|台|辆|套|张|份|篇|章|节|轮|场|"
    "万|亿|元|倍|成|县|市|省|区|镇|乡|村|里|亩|吨|斤|米|公里|公顷|小时|刻钟|分钟"
)
_NUMBER = re.compile(
    # Most characters begin none, which is seen at once, in a quarter of the time that trying each kind takes.
    rf"(?=[{_NUMERALS}\d])(?:"
    rf"(?P<percent>百分之(?P<share>{_HAN}+(?:点[零〇一二三四五六七八九]+)?|\d+(?:\.\d+)?))"
    r"|(?P<year>[零〇一二三四五六七八九]{4})(?=年)"
    r"|(?P<grouped>(?<![\d.])\d{1,3}(?:,\d{3})+(?![\d,]))"
    rf"|(?P<decimal>{_HAN}+点[零〇一二三四五六七八九]+)(?=[个%倍万亿千百元米吨])"
    rf"|(?P<han>{_HAN}{{2,}})"
    rf"|(?P<single>(?<!{_HAN})(?:[二两三四五六七八九十](?=点|{_MEASURE})|一(?=(?!方面){_MEASURE}))))"
)


@dataclass(frozen=True, slots=True)
class Canonical:
    """A text with numbers in one form. Its i-th character came from [starts[i], ends[i]) of the folded text."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def canonical(folded: str) -> Canonical:
    """Return the text with 二〇二五年 as 2025年, 百分之五点五 as 5.5%, 三方面 as 3方面 and 3,500 as 3500.

    Numerals that are no number by themselves (十四五, 一带一路, 三农) stay as they are.
    """
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for match in _NUMBER.finditer(folded):
        written = _written(match)
        if written is None:
            continue
        begin, end = match.span()
        parts += (folded[last:begin], written)
        starts += (*range(last, begin), *[begin] * len(written))
        ends += (*range(last + 1, begin + 1), *[end] * len(written))
        last = end
    if not parts:
        return Canonical(folded, range(len(folded)), range(1, len(folded) + 1))
    parts.append(folded[last:])
    starts += range(last, len(folded))
    ends += range(last + 1, len(folded) + 1)
    return Canonical("".join(parts), starts, ends)


def _written(match: re.Match[str]) -> str | None:
    """Return a number in digits; None where the numerals do not make one."""
    if match["percent"]:
        share = match["share"] if match["share"][0].isdecimal() else _decimal(match["share"])
        return f"{share}%" if share is not None else None
    if match["year"]:
        return "".join(str(_DIGITS[character]) for character in match["year"])
    if match["grouped"]:
        return match["grouped"].replace(",", "")
    if match["decimal"]:
        return _decimal(match["decimal"])
    value = number(match["han"] or match["single"])
    return None if value is None else str(value)


def _decimal(numerals: str) -> str | None:
    whole, _, fraction = numerals.partition("点")
    value = number(whole)
    if value is None:
        return None
    return f"{value}.{''.join(str(_DIGITS[c]) for c in fraction)}" if fraction else str(value)


def number(numerals: str) -> int | None:
    """Return the value of a Chinese number below 10,000; None where it is not well formed (十四五, 三五)."""
    total = 0
    digit: int | None = None
    smallest = 10_000
    for character in numerals:
        unit = _UNITS.get(character)
        if unit is None:
            if digit is not None and digit != 0:
                return None
            digit = _DIGITS[character]
            continue
        if unit >= smallest or (digit is None and (unit != 10 or total)):
            return None
        total += (1 if digit is None else digit) * unit
        smallest, digit = unit, None
    # A digit stands behind tens, or behind hundreds with a zero between; 三百五 says 350 and is left alone.
    if digit is not None and smallest not in (10, 10_000) and "零" not in numerals and "〇" not in numerals:
        return None
    return total + (digit or 0)
