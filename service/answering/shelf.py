"""A Corpus in, what answering looks up in it out: the indexes of passages and lists, and which names choose a document."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.answering.lexicon import Lexicon
from service.answering.titles import Titles, titles
from service.answering.trouble import leads_in_trouble
from service.answering.years import YEAR
from service.corpus.document import Document
from service.index.okapi import Okapi
from service.index.protocol import Index
from service.language.analyser import Analyser
from service.language.folding import fold
from service.language.matching import readable
from service.passages.corpus import Corpus
from service.passages.enumerations import Enumeration, enumerations
from service.passages.sentences import LONGEST_HEAD, sentences

# A word that stands near a passage, not in it, counts as this many occurrences of one that does. Measured: anything
# between .2 and .5 does for headings and lead-ins; the title needs more, or sister documents drown the one that is meant.
_PATH, _TITLE, _LEAD = 0.5, 0.5, 0.3
_ITEM_HEAD = 0.6
_OWN_YEAR = re.compile(r"(?<![\d到至~—–-])((?:19|20)\d\d)(?=年(?!前|远景)|[~—–至-]+20\d\d)")
# 2024_政府工作报告.txt
_NAMED_BY_YEAR = re.compile(r"((?:19|20)\d\d)(?:年|_|[. -](?!\d))")
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
    sentences of each passage that have more behind them, in readable form, ``announced`` what is said of each enumeration.
    ``in_troubles`` are the places of the passages that lie in lists of troubles, or lead them in. ``titles`` tells which
    documents a name means. ``year_of`` is the year each document is of: that of its date, else that its file is named
    by, else the latest in its title; None where none tells. ``characters`` are all that any text has, folded. ``lexicon``
    and ``analyser`` are for what was mistyped.
    """

    corpus: Corpus
    passages: Index
    heads: tuple[tuple[str, ...], ...]
    enumerations: tuple[Enumeration, ...]
    announced: tuple[Announced, ...]
    lists: Index
    lists_of: Mapping[int, tuple[int, ...]]
    in_troubles: frozenset[int]
    titles: Titles
    year_of: tuple[int | None, ...]
    characters: frozenset[str]
    lexicon: Lexicon
    analyser: Analyser

    def has_lapsed(self, passage: int) -> bool:
        """Return whether the document of a passage, by its place, is no longer in force."""
        return self.corpus.documents[self.corpus.passages[passage].document].lapsed

    @property
    def in_force(self) -> frozenset[int]:
        """Return the documents that are in force."""
        return frozenset(number for number, document in enumerate(self.corpus.documents) if not document.lapsed)


def build(corpus: Corpus, analyser: Analyser) -> Shelf:
    """Return a corpus ready for questions."""
    analysed = _Remembered(analyser)
    found = tuple(
        enumeration
        for number, document in enumerate(corpus.documents)
        for enumeration in enumerations(document, corpus.structures[number], number)
    )
    lists_of: dict[int, list[int]] = defaultdict(list)
    for place, enumeration in enumerate(found):
        lists_of[enumeration.document].append(place)
    announced = tuple(_announced(enumeration, corpus.documents[enumeration.document]) for enumeration in found)
    return Shelf(
        corpus=corpus,
        passages=Okapi(_passage_bags(corpus, analyser, analysed), [passage.document for passage in corpus.passages]),
        heads=tuple(_heads(corpus.text_of(passage)) for passage in corpus.passages),
        enumerations=found,
        announced=announced,
        lists=Okapi(_list_bags(corpus, found, analysed), [enumeration.document for enumeration in found]),
        lists_of={document: tuple(places) for document, places in lists_of.items()},
        in_troubles=frozenset(
            passage
            for enumeration, said in zip(found, announced, strict=True)
            if said.troubles
            for passage in _passages_of(enumeration, corpus)
        ),
        titles=titles(corpus.documents),
        year_of=tuple(_year_of(document) for document in corpus.documents),
        characters=frozenset().union(*(fold(document.text) for document in corpus.documents)),
        lexicon=Lexicon([document.text for document in corpus.documents]),
        analyser=analyser,
    )


def _year_of(document: Document) -> int | None:
    """Return the year a document is of; the end of a plan (2021—2030年) and a programme's name (科技创新2030) are none."""
    if document.date:
        return int(document.date[:4])
    if named := _NAMED_BY_YEAR.match(document.file.rpartition("/")[2]):
        return int(named[1])
    title = fold(document.title)
    told = _OWN_YEAR.findall(title) or (() if _PLANNED.search(title) else YEAR.findall(title))
    return max(map(int, told), default=None)


def _heads(text: str) -> tuple[str, ...]:
    heads = (s for s in sentences(text, 0, len(text))[:-1] if s.end - s.start <= LONGEST_HEAD)
    return tuple(readable(text[head.start : head.end]).text for head in heads)


def heads_of(enumeration: Enumeration, document: Document) -> tuple[str, ...]:
    """Return the heads of the items of an enumeration, in readable form."""
    return tuple(readable(document.text[item.head.start : item.head.end]).text for item in enumeration.items)


def _announced(enumeration: Enumeration, document: Document) -> Announced:
    text = document.text
    heads = heads_of(enumeration, document)
    lead = text[slice(*enumeration.lead)] if enumeration.lead else ""
    return Announced(
        about=readable("\n".join((text[slice(*enumeration.before)], *enumeration.path))).text,
        title=readable(f"{document.title}\n{document.issuer or ''}").text,
        heads=heads,
        all_heads="\n".join(heads),
        troubles=leads_in_trouble(filter(None, (lead, *reversed(enumeration.path)))),
    )


def _passages_of(enumeration: Enumeration, corpus: Corpus) -> Iterator[int]:
    """Yield the places of the passages that hold something of a list or of the sentence that leads it in."""
    lead = enumeration.lead
    start = min(enumeration.start, lead.start) if lead else enumeration.start
    for place in range(*corpus.bounds[enumeration.document]):
        if corpus.passages[place].start < enumeration.end and start < corpus.passages[place].end:
            yield place


class _Remembered:
    """The terms of headings and titles, which many passages share, each cut once."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._terms: dict[str, list[str]] = {}

    def __call__(self, text: str) -> list[str]:
        if text not in self._terms:
            self._terms[text] = self._analyser.terms(text)
        return self._terms[text]


def _passage_bags(corpus: Corpus, analyser: Analyser, analysed: _Remembered) -> Iterator[dict[str, float]]:
    for passage in corpus.passages:
        document = corpus.documents[passage.document]
        near: list[tuple[str, float]] = [(heading, _PATH) for heading in passage.path]
        near += [(document.title, _TITLE), (document.text[slice(*passage.context)], _LEAD)]
        yield _bag(analyser.terms(corpus.text_of(passage)), near, analysed)


def _list_bags(corpus: Corpus, found: Iterable[Enumeration], analysed: _Remembered) -> Iterator[dict[str, float]]:
    for enumeration in found:
        document = corpus.documents[enumeration.document]
        text = document.text
        lead = text[slice(*enumeration.lead)] if enumeration.lead else ""
        near: list[tuple[str, float]] = [(heading, _PATH) for heading in enumeration.path] + [(document.title, _TITLE)]
        for item in enumeration.items:
            near.append((text[item.head.start : item.head.end], _ITEM_HEAD))
        yield _bag(analysed(lead), near, analysed)


def _bag(terms: Sequence[str], near: Iterable[tuple[str, float]], analysed: _Remembered) -> dict[str, float]:
    bag: dict[str, float] = {term: float(count) for term, count in Counter(terms).items()}
    for text, weight in near:
        for term in analysed(text):
            bag[term] = bag.get(term, 0.0) + weight
    return bag
