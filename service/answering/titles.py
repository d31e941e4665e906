"""Documents in, the names they can be asked by out: places, years, administrations, speakers, titles, numbers and dates."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.answering.numbering import Issued, borne, numbers_in
from service.answering.years import YEAR
from service.corpus.document import Document
from service.language.folding import fold
from service.language.places import provinces

# A town or zone that a title begins with, or that issued the text: 2025年云溪镇工作报告, 高新区党委书记.
_TOWN = re.compile(
    r"^(?:\d{4}年)?(?:在|中共)?([\u4e00-\u9fff]{0,6}?(?:高新区|经开区|开发区|新区|自治[县州]|[市县区镇乡旗州]|街道))"
)
_NO_TOWN = re.compile("^[全各我本在该上下乡镇县市区省]|[和与及的]")
_ZONE = re.compile("^(?:高新区|经开区|开发区)$")
_LEVELS = {
    "省": re.compile("全省|省委|省政府|省长"),
    "市": re.compile("全市|市委|市政府|市长|[\u4e00-\u9fff]{2}市"),
    "县": re.compile("全县|县委|县政府|县长|[\u4e00-\u9fff]{2}县"),
    "镇": re.compile("全镇|镇党委|镇政府|镇长|[\u4e00-\u9fff]{1,3}镇"),
    "乡": re.compile("全乡|乡党委|乡政府|乡长|乡镇|[\u4e00-\u9fff]{2}乡"),
    "区": re.compile("全区|区委|区政府|区长|高新区|经开区|开发区|[\u4e00-\u9fff]{2}区"),
}
# A number with its sign takes at most so many characters.
_WINDOW = 32
# 镇里 is asked of a text of 乡镇 as well.
_ALSO = {"镇": "乡镇", "乡": "乡镇"}


@dataclass(frozen=True)
class Titles:
    """What documents can be asked by; documents are their places in the corpus.

    ``places`` and ``years`` map a province and a year to the documents whose title, issuer, file or date names it;
    ``towns`` and ``levels`` a town or zone and a level of administration (县) to those whose title or issuer does.
    ``known`` is all four of each document, folded. ``numbers`` are those that the documents bear, by year and number, each
    with the document, and ``dates`` their dates; ``texts`` are for what only they tell of.
    """

    places: Mapping[str, frozenset[int]]
    towns: Mapping[str, frozenset[int]]
    years: Mapping[str, frozenset[int]]
    levels: Mapping[str, frozenset[int]]
    known: tuple[str, ...]
    numbers: Mapping[tuple[int, int], tuple[tuple[Issued, int], ...]]
    dates: tuple[str | None, ...]
    texts: tuple[str, ...]

    def like(self, words: str, least: float) -> frozenset[int]:
        """Return the documents whose title holds the most of these words' bigrams, if that is at least this share."""
        bigrams = {
            pair for pair in (words[at : at + 2] for at in range(len(words) - 1)) if not re.search(r"[\W在]", pair)
        }
        if not bigrams:
            return frozenset()
        shares = [sum(pair in known for pair in bigrams) / len(bigrams) for known in self.known]
        best = max(shares, default=0.0)
        return frozenset(n for n, share in enumerate(shares) if share == best) if best >= least else frozenset()

    def speaking(self, role: str) -> frozenset[int]:
        """Return the documents whose title or issuer names a role (县委书记)."""
        return frozenset(number for number, known in enumerate(self.known) if role in known)

    def issued_as(self, asked: Issued) -> frozenset[int]:
        """Return the documents that bear a number; where the sign is typed whole, those with this very sign alone."""
        borne_so = self.numbers.get((asked.year, asked.number), ())
        same = frozenset(document for own, document in borne_so if own.sign == asked.sign)
        return same or frozenset(document for own, document in borne_so if own.is_that(asked))

    def citing(self, asked: Issued) -> frozenset[int]:
        """Return the documents whose text speaks of a number."""
        end = f"{asked.number}号"
        return frozenset(
            place
            for place, text in enumerate(self.texts)
            for at in _places(end, text)
            if any(issued.is_that(asked) for issued in numbers_in(text[max(0, at - _WINDOW) : at + len(end)]))
        )

    def dated(self, year: str | None, month: int, day: int | None) -> frozenset[int]:
        """Return the documents of a day, or of a month where no day is given; of any year where no year is."""
        wanted = f"-{month:02}" if day is None else f"-{month:02}-{day:02}"
        length = 4 + len(wanted)
        return frozenset(
            number
            for number, date in enumerate(self.dates)
            if date and len(date) >= length and date[4:length] == wanted and date[:4] == (year or date[:4])
        )

    def telling(self, words: str) -> frozenset[int]:
        """Return the documents in whose text these words stand as they are."""
        return frozenset(number for number, text in enumerate(self.texts) if words in text)


def _places(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def titles(documents: Sequence[Document]) -> Titles:
    """Return what these documents can be asked by."""
    known = tuple(fold(f"{d.title}\n{d.issuer or ''}\n{d.file}\n{(d.date or '')[:4]}") for d in documents)
    own = [fold(f"{d.title}\n{d.issuer or ''}") for d in documents]
    levels = _by(own, lambda said: (level for level, pattern in _LEVELS.items() if pattern.search(said)))
    towns = _by(own, _towns)
    return Titles(
        places=_by(known, provinces),
        towns=dict(sorted(towns.items(), key=lambda pair: (-len(pair[0]), pair[0]))),
        years=_by(known, YEAR.findall),
        levels={
            level: documents | (_holding(own, _ALSO[level]) if level in _ALSO else frozenset())
            for level, documents in {**dict.fromkeys(_ALSO, frozenset()), **levels}.items()
        },
        known=known,
        numbers=_numbers(documents),
        dates=tuple(document.date for document in documents),
        texts=tuple(document.text for document in documents),
    )


def _numbers(documents: Iterable[Document]) -> dict[tuple[int, int], tuple[tuple[Issued, int], ...]]:
    found: dict[tuple[int, int], list[tuple[Issued, int]]] = defaultdict(list)
    for place, document in enumerate(documents):
        for issued in borne(document):
            found[issued.year, issued.number].append((issued, place))
    return {key: tuple(pairs) for key, pairs in found.items()}


def _towns(said: str) -> list[str]:
    found = [match[1] for line in said.split("\n") if (match := _TOWN.match(line))]
    return [name for name in found if _ZONE.match(name) or (len(name) > 2 and not _NO_TOWN.search(name))]


def _holding(own: Sequence[str], name: str) -> frozenset[int]:
    return frozenset(number for number, said in enumerate(own) if name in said)


def _by(texts: Sequence[str], names_in: Callable[[str], Iterable[str]]) -> dict[str, frozenset[int]]:
    """Return, for each name found in the texts, the places of those that have it."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, said in enumerate(texts):
        for name in names_in(said):
            found[name].add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}
