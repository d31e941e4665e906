"""A built index in, what answering looks up in it out: the indexes of passages and lists, and which names choose a document."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from service.answering import boilerplate
from service.answering.filters import Facets, Filters, facets
from service.answering.titles import Titles, titles
from service.answering.trouble import leads_in_trouble
from service.answering.years import YEAR
from service.corpus.document import Document
from service.index.built import Built
from service.index.lexicon import Lexicon
from service.index.opened import Opened, Shelved
from service.index.protocol import Index
from service.language.analyser import Analyser
from service.language.folding import fold
from service.language.matching import readable
from service.passages.corpus import Corpus
from service.passages.enumerations import Enumeration

_OWN_YEAR = re.compile(r"(?<![\d到至~—–-])((?:19|20)\d\d)(?=年(?!前|远景)|[~—–至-]+20\d\d)")
# 2024_政府工作报告.txt
_NAMED_BY_YEAR = re.compile(r"((?:19|20)\d\d)(?:年|_|[. -](?!\d))")
_DIGITS = re.compile(r"[\d\s（()）]+年?")
_PLANNED = re.compile(r"[到至]20\d\d年|20\d\d(?:年前|年?远景|[—–-])")


@dataclass(frozen=True, slots=True)
class Announced:
    """What is said of an enumeration, in readable form: what leads it in and stands above it, the title it stands under,
    the heads of its items, all of these heads as one text, and whether it is led in as a list of troubles."""

    about: str
    title: str
    heads: tuple[str, ...]
    all_heads: str
    troubles: bool


@dataclass(frozen=True)
class Shelf:
    """A corpus made ready for questions; it never changes once it is built.

    ``passages`` and ``lists`` index the corpus's passages and ``enumerations``, by their places. ``heads`` are the short
    sentences of each passage that have more behind them, in readable form, ``announced`` what is said of each enumeration;
    ``lists_of`` are the places of those of each document, ``lists_around`` of those a passage lies in or whose beginning it
    holds, ``lists_touching`` of those it holds anything of, the sentence that leads in included.
    ``titles`` tells which documents a name means. ``year_of`` is the year each document is of: that of its date, else
    that its file is named by, else the latest in its title; None where none tells. ``characters`` are all that any text
    has, folded. ``alike`` are all documents that have the very same text as this one, those in force first, where it is
    not the only one.
    ``lexicon`` and ``analyser`` are for what was mistyped.
    """

    corpus: Corpus
    passages: Index
    heads: Sequence[tuple[str, ...]]
    enumerations: Sequence[Enumeration]
    announced: Sequence[Announced]
    lists: Index
    lists_of: Sequence[range]
    lists_around: Callable[[int], Sequence[int]]
    lists_touching: Callable[[int], Sequence[int]]
    titles: Titles
    year_of: tuple[int | None, ...]
    characters: frozenset[str]
    alike: Mapping[int, tuple[int, ...]]
    lexicon: Lexicon
    analyser: Analyser

    def lies_in_troubles(self, passage: int) -> bool:
        """Return whether a passage, by its place, lies in a list of troubles, or leads one in."""
        return any(self.announced[place].troubles for place in self.lists_touching(passage))

    def has_lapsed(self, passage: int) -> bool:
        """Return whether the document of a passage, by its place, is no longer in force."""
        # Nearly always nothing has: then no passage need be looked at.
        return bool(self.lapsed) and self.corpus.passages[passage].document in self.lapsed

    def copies_of(self, document: int) -> list[Document]:
        """Return the other documents with the very same text as one, those in force first."""
        return [self.corpus.documents[other] for other in self.alike.get(document, ()) if other != document]

    def is_signature(self, passage: int) -> bool:
        """Return whether a passage, by its place, is nothing but the signature of its document."""
        found = self.corpus.passages[passage]
        return any(line.start == found.start for line in self.corpus.structures[found.document].signed)

    @cached_property
    def reports(self) -> Mapping[str, Sequence[int]]:
        """Return the documents whose titles end alike, by how they end, as far as they are reports."""
        found: dict[str, list[int]] = {}
        for number, document in enumerate(self.corpus.documents):
            if kind := kind_of_report(document):
                found.setdefault(kind, []).append(number)
        return found

    @cached_property
    def lapsed(self) -> frozenset[int]:
        """Return the documents that are no longer in force."""
        return frozenset(number for number, document in enumerate(self.corpus.documents) if document.lapsed)

    @cached_property
    def in_force(self) -> frozenset[int]:
        """Return the documents that are in force."""
        return frozenset(range(len(self.corpus.documents))) - self.lapsed

    @cached_property
    def newest_year(self) -> int | None:
        """Return the year of the newest document, None where none is known."""
        return max((year for year in self.year_of if year is not None), default=None)

    @cached_property
    def boilerplate_in(self) -> Sequence[int]:
        """Return how many different wordings of boilerplate each passage has."""
        corpus = self.corpus
        return Shelved(len(corpus.passages), lambda at: len(boilerplate.wordings(corpus.text_of(corpus.passages[at]))))

    @cached_property
    def admitted(self) -> Callable[[Filters], frozenset[int]]:
        """Return what tells which documents filters admit; the latest are kept."""
        documents = self.corpus.documents
        return lru_cache(64)(lambda filters: frozenset(n for n, one in enumerate(documents) if filters.admit(one)))

    @cached_property
    def facets(self) -> Callable[[Filters], Facets]:
        """Return what counts the documents that filters admit; the latest counts are kept."""
        return lru_cache(64)(lambda filters: facets(self.corpus.documents, filters))

    @cached_property
    def undated(self) -> Callable[[Filters], int]:
        """Return what tells how many documents filters by date leave out only because theirs is not known."""
        unknown = [document for document in self.corpus.documents if document.date is None]
        return lru_cache(64)(lambda filters: sum(map(filters.admit_undated, unknown)) if filters.dated else 0)

    @cached_property
    def _once(self) -> frozenset[int]:
        return frozenset(range(len(self.corpus.documents))).difference(*(same[1:] for same in self.alike.values()))

    def without_copies(self, documents: frozenset[int] | None) -> frozenset[int] | None:
        """Return some documents, or all, but of those that have the same text only the first; None for all."""
        if not self.alike or documents is None:
            return self._once if self.alike else documents
        copied = {self.alike[number] for number in documents & self.alike.keys()}
        first = (next(number for number in same if number in documents) for same in copied)
        return documents.difference(self.alike).union(first)


def kind_of_report(document: Document) -> str:
    """Return what the title of a report ends with (工作报告), years apart; nothing for what is none."""
    bare = _DIGITS.sub("", document.title)
    return bare[-4:] if bare.endswith("报告") else ""


def shelf(index: Built, analyser: Analyser) -> Shelf:
    """Return a corpus ready for questions."""
    documents, opened = index.corpus.documents, index.opened
    return Shelf(
        corpus=index.corpus,
        passages=index.passages,
        heads=opened.heads,
        enumerations=opened.enumerations,
        announced=Shelved(len(opened.said_of), lambda place: _announced(place, opened)),
        lists=index.lists,
        lists_of=tuple(range(*bounds) for bounds in opened.list_bounds),
        lists_around=opened.lists_around,
        lists_touching=opened.lists_touching,
        titles=titles(documents),
        year_of=tuple(map(_year_of, documents)),
        characters=opened.characters,
        alike=_alike(documents),
        lexicon=index.lexicon,
        analyser=analyser,
    )


def _alike(documents: Sequence[Document]) -> dict[int, tuple[int, ...]]:
    by_text: dict[str, list[int]] = {}
    for number in sorted(range(len(documents)), key=lambda number: documents[number].lapsed):
        by_text.setdefault(documents[number].text, []).append(number)
    return {number: tuple(same) for same in by_text.values() if len(same) > 1 for number in same}


def _year_of(document: Document) -> int | None:
    """Return the year a document is of; the end of a plan (2021—2030年) and a programme's name (科技创新2030) are none."""
    if document.date:
        return int(document.date[:4])
    if named := _NAMED_BY_YEAR.match(document.file.rpartition("/")[2]):
        return int(named[1])
    title = fold(document.title)
    told = _OWN_YEAR.findall(title) or (() if _PLANNED.search(title) else YEAR.findall(title))
    return max(map(int, told), default=None)


def heads_of(enumeration: Enumeration, document: Document) -> tuple[str, ...]:
    """Return the heads of the items of an enumeration, in readable form."""
    return tuple(readable(document.text[item.head.start : item.head.end]).text for item in enumeration.items)


def _announced(place: int, opened: Opened) -> Announced:
    enumeration = opened.enumerations[place]
    document = opened.documents[enumeration.document]
    lead = document.text[slice(*enumeration.lead)] if enumeration.lead else ""
    about, *heads = opened.said_of[place]
    return Announced(
        about=about,
        title=readable(f"{document.title}\n{document.issuer or ''}").text,
        heads=tuple(heads),
        all_heads="\n".join(heads),
        troubles=leads_in_trouble(filter(None, (lead, *reversed(enumeration.path)))),
    )
