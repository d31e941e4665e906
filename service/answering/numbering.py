"""A text in, the numbers that official documents are issued under (国办发〔2023〕12号) out: those it speaks of, or bears itself."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from service.corpus.document import Document
from service.language.folding import fold

_HAN = "[\u4e00-\u9fff]"
# People type any brackets, or none; sources mix them (〔2020]). Width is not folded yet: ２０２３, （2023）.
_IN_BRACKETS = re.compile(
    r"[〔\[(（【﹝［]\s?(?P<year>[12１２]\d{3})\s?[〕\])）】﹞］]\s?第?\s?(?P<number>\d{1,5})\s?号"
)
# Without brackets it is one only behind the last character of an office's sign: 国办发2023年12号, no 印发2023年12号.
_BARE = re.compile(
    r"(?<=[发函字办规通令政])(?<![印下转签颁开出分][发函])\s?(?P<year>(?:19|20|１９|２０)\d\d)\s?[年—－\-]?\s?第?\s?(?P<number>\d{1,5})\s?号"
)
_SIGN = re.compile(rf"{_HAN}{{1,12}}\s?$")
# What may stand before the sign in a sentence, and is not of it.
_BEFORE_SIGN = re.compile(
    "^.*(?:问一下|想问|请问|知道|了解|根据|按照|依据|依照|遵照|落实|执行|贯彻|转发|废止|修改|关于|文件|材料|查一下|看一下|查查|看看|查|看|在|和|与|及|跟|对|的|按)"
)
_LONGEST_SIGN = 12
# 关于贯彻国办发〔2023〕12号的意见 has a number of its own.
_OF_OTHERS = re.compile("根据|按照|依据|依照|遵照|落实|执行|贯彻|转发|废止|修改|关于")
_SHORTEST_SIGN = 2


class Issued(NamedTuple):
    """A number at [start, end) of a text: the sign of the office, folded, with what may stand before it; year and number.

    ``run`` are all Chinese characters before the year, ``sign`` those without words that are surely none of it.
    """

    run: str
    sign: str
    year: int
    number: int
    start: int
    end: int

    @property
    def written(self) -> str:
        """Return the number as it is written officially."""
        return f"{self.sign}〔{self.year}〕{self.number}号"

    def is_that(self, other: "Issued") -> bool:
        """Return whether a number in a question is this one, as a document has it.

        The question may have words before the sign (想问国办发), or leave the place out of it (政办发 for 云政办发).
        """
        if (self.year, self.number) != (other.year, other.number):
            return False
        before = len(other.run) - len(self.sign)
        asked_whole = other.run.endswith(self.sign) and (before == 0 or before >= _SHORTEST_SIGN)
        return other.sign == self.sign or asked_whole or self.sign.endswith(other.sign)


def numbers_in(text: str) -> Iterator[Issued]:
    """Yield the numbers that a text speaks of, in order."""
    matches = (*_IN_BRACKETS.finditer(text), *_BARE.finditer(text))
    for match in sorted(matches, key=re.Match.start):
        sign = _SIGN.search(text, max(0, match.start() - _LONGEST_SIGN - 1), match.start())
        run = fold(sign.group().strip()) if sign else ""
        own = _BEFORE_SIGN.sub("", run)
        start = sign.start() + len(run) - len(own) if sign else match.start()
        yield Issued(run, own, int(match["year"]), int(match["number"]), start, match.end())


def borne(document: Document) -> Iterator[Issued]:
    """Yield the numbers that a document itself bears: as it says at its top, in its title, or in its file's name."""
    for name in (document.number or "", document.title, PurePosixPath(document.file).stem):
        yield from (issued for issued in numbers_in(name) if not _OF_OTHERS.search(issued.run))
