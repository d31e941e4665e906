"""A document's lines in, its signature out: who issued it, and on which day, as stands below its text."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from service.corpus.days import days, only_day
from service.corpus.speaking import is_signer

_OFFICE = re.compile(
    r"[\u4e00-\u9fff（）()“”]{2,40}(?:委员会|政府|办公[厅室]|办事处|分?局|[厅委部院署]|总社|公司|兵团|集团|协会|学会|中心|党组|[党工]委|法院"
    r"|检察院|银行|大学|学院|组|证监会|银保监会|基金会|民主党|联合会|工商联|总工会)(?:办公室)?(?:[（(]\S{0,8}代章[）)]|[（(]盖?章[）)])?"
)
_SEALED = re.compile(r"[（(]\S{0,8}[章][）)]$")
# 广州市人民政府办公厅 2021年4月16日印发 stands at the very end; 签发 and 发布 are others of that day.
_PRINTED = re.compile(r"(?P<office>\S.{0,60}?)?\s*(?P<day>\S{4,6}\s*年.{1,12}日)\s*印发")
_DAY_ENDS = "日0123456789０１２３４５６７８９"
_ENDED = re.compile(r"[。！!）)]$")
# Directly above a day, behind the end of a text, other bodies stand than those that are known to issue: 某县防汛抗旱指挥部.
_BODY = re.compile(r"[\u4e00-\u9fff（）()“”]{3,40}[司处科所站队校学场社会联协馆厂园](?:[（(]盖?章[）)])?")
_PERIODS = re.compile("时间|日期|期限")
_SENT = re.compile(r"[（(].{2,30}[）)]|附[件:：]?.{0,60}|公开方式.{0,20}|(?:联系|抄送|主送|印发).{0,60}|.{0,40}印发")
# Nearer to another one it is a cell of a table that was broken into lines: who does it, and until when.
_APART = 8
_MOST_SIGNERS = 20
_TAIL = 12
_LONGEST = 60
_SHORTEST = 4


class Signature(NamedTuple):
    """Who signed a document (several with a blank between), on which day, and in which of its lines the day stands."""

    issuer: str | None
    date: str | None
    line: int


def signature(words: Sequence[str]) -> Signature | None:
    """Return the first signature among the lines: offices, then a day in a line of its own.

    Below an order a role and a name stand in place of an office. Near the end a day without an office counts, too, where
    it stands behind a sentence, and an office without a day in the last line. Annexes follow the first signature.
    """
    for number, line in enumerate(words):
        if len(line) > _LONGEST or not number or (day := only_day(line)) is None:
            continue
        if signers := _offices(words, number):
            return Signature(_whole(signers), day, number)
        if is_signer(words[number - 1]) or (number >= len(words) - _TAIL and _ENDED.search(words[number - 1])):
            return Signature(None, day, number)
    if len(words) > 2 and _ENDED.search(words[-2]) and (signers := _offices(words, len(words))):
        return Signature(_whole(signers), None, len(words) - 1)
    return None


def signed(words: Sequence[str]) -> list[int]:
    """Return the numbers of the lines that only say who issued a text and when: who signed it above the day, or beside it,
    and the line of its printing (印发). An annex may have a signature of its own.
    """
    found = [block for number in range(1, len(words)) if (block := _signed_until(words, number))]
    last = {block[-1] for block in found}
    alone = [block for block in found if not any(0 < abs(block[-1] - other) < _APART for other in last)]
    sent = (
        number
        for number, line in enumerate(words)
        if line.endswith("印发") and len(line) <= _LONGEST and _PRINTED.fullmatch(line)
    )
    return sorted({number for block in alone for number in block}.union(sent))


def _signed_until(words: Sequence[str], number: int) -> range | None:
    """Return the lines of the signature that ends in this line, None where none does."""
    line = words[number]
    if len(line) > _LONGEST:
        return None
    if only_day(line) is None:
        # 县粮食局 2023年10月8日, or no day at all below the last sentence.
        dated = next((day for day in days(line) if day.end == len(line)), None) if line[-1:] in _DAY_ENDS else None
        alone = dated is not None and offices(line[: dated.start])
        last = number == len(words) - 1 and _ENDED.search(words[number - 1]) and offices(line)
        return range(number, number + 1) if alone or last else None
    begin = number
    while begin > max(1, number - _MOST_SIGNERS) and _signs(words[begin - 1]):
        begin -= 1
    if begin < number:
        return range(begin, number + 1)
    above = words[number - 1]
    if not all(map(_SENT.fullmatch, words[number + 1 :][:_TAIL])):
        return None
    if _ENDED.search(above):
        return range(number, number + 1)
    body = number > 1 and _BODY.fullmatch(above) and not _PERIODS.search(above) and _ENDED.search(words[number - 2])
    return range(number - 1, number + 1) if body else None


def _signs(line: str) -> bool:
    return len(line) <= _LONGEST and bool(offices(line) or is_signer(line) or _SEALED.fullmatch(line))


def printed(words: Sequence[str]) -> str | None:
    """Return the day of the line that says when a document was printed and sent out (印发), near the end."""
    for line in words[-_TAIL:]:
        if len(line) <= _LONGEST and (found := _PRINTED.fullmatch(line)):
            return next((day.iso for day in days(found["day"])), None)
    return None


def offices(line: str) -> list[str]:
    """Return the offices that a line is made of; none where it holds anything else."""
    parts = _SEALED.sub("", line).split()
    # 国 家 能 源 局: blanks that only widen a name.
    if len(parts) > 2 and all(len(part) <= 2 for part in parts):
        parts = ["".join(parts)]
    return parts if parts and all(_OFFICE.fullmatch(part) for part in parts) else []


def _offices(words: Sequence[str], end: int) -> str | None:
    """Return the offices in the lines that end before a line, in order."""
    found: list[str] = []
    for line in reversed(words[max(0, end - _MOST_SIGNERS) : end]):
        signed = offices(line) if len(line) <= _LONGEST else []
        if not signed:
            break
        found = signed + found
    return " ".join(found) or None


def _whole(signers: str) -> str | None:
    """Return the signers, None where one of them (运输局) is no more than the end of a name that a page broke."""
    return None if any(len(name) < _SHORTEST and name[-1] not in "部院" for name in signers.split()) else signers
