"""A document of a Shelf in, Suggestions out: the questions its headings and lead-ins make, which no one has tried yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from service.answering.about import About, Side, side_of, topic_of
from service.answering.answer import Answer
from service.answering.asking import question_of_heading, question_of_lead
from service.answering.shelf import Shelf, kind_of_report
from service.corpus.document import Span
from service.passages.structure import Node

# So many of the first cited document go before one of the next.
_OF_FIRST = 2
# Less under a heading says nothing more than it.
_SHORTEST_BODY = 20
_LONGEST_HEAD = 60


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question, and the place [start, end) that it was made from and that is to answer it.

    ``document`` is the document's place in its corpus. ``subject`` is what the question begins with to say whose place
    it is (浙江2025年), empty where nothing does. ``sections`` are around the place, outermost first.
    """

    question: str
    subject: str
    document: int
    start: int
    end: int
    sections: tuple[Span, ...]


class _Source(NamedTuple):
    """Words of a document that a question may be made from, and the place [start, end) that is to answer it.

    ``headings`` are the words of the headings above, its own last, ``sections`` the places of those above.
    """

    words: str
    leads: bool
    start: int
    end: int
    headings: tuple[str, ...]
    sections: tuple[Span, ...]
    listed: bool
    titled: bool


class Suggestible:
    """The questions that the headings and lead-ins of one document make, each made when it is first looked at.

    Whether they are answered by their places is not known. Any thread may read it.
    """

    def __init__(self, document: int, shelf: Shelf) -> None:
        self._document = document
        self._shelf = shelf
        self._title = shelf.corpus.documents[document].title
        self._topic = topic_of(self._title)
        self._sources = _sources(document, shelf)
        self._subject = lru_cache(maxsize=4)(lambda side: subject_of(document, side, shelf))
        self._suggestion = lru_cache(maxsize=len(self._sources))(self._made)

    def near(self, at: int) -> Iterator[Suggestion]:
        """Yield each question once, those first that share most sections with a place, then those nearest to it."""

        def distance(source: _Source) -> tuple[int, int, int]:
            shared = sum(section.start <= at < section.end for section in source.sections)
            behind = source.start >= at
            return -shared, source.start - at if behind else 2 * (at - source.start), source.start

        return self._each_once(distance)

    def outermost(self) -> Iterator[Suggestion]:
        """Yield each question once, those of outer sections first."""
        return self._each_once(lambda source: (len(source.sections), source.start))

    def _each_once(self, key: Callable[[_Source], tuple[int, ...]]) -> Iterator[Suggestion]:
        said: set[str] = set()
        for number in sorted(range(len(self._sources)), key=lambda number: key(self._sources[number])):
            suggestion = self._suggestion(number)
            if suggestion is not None and suggestion.question not in said:
                said.add(suggestion.question)
                yield suggestion

    def _made(self, number: int) -> Suggestion | None:
        source = self._sources[number]
        side = side_of(source.headings, self._title)
        about = About(side, source.listed, source.titled, self._subject(side), self._topic)
        question = (question_of_lead if source.leads else question_of_heading)(source.words, about)
        if question is None:
            return None
        subject = about.subject if question.startswith(about.subject) else ""
        return Suggestion(question, subject, self._document, source.start, source.end, source.sections)


def _sources(document: int, shelf: Shelf) -> tuple[_Source, ...]:
    """Return the headings and lead-ins of a document, in the order of their places, of those at one place the longest first."""
    text = shelf.corpus.documents[document].text
    found: list[_Source] = []

    def visit(node: Node, headings: tuple[str, ...], sections: tuple[Span, ...]) -> None:
        head = text[node.head.start : node.head.end]
        if head:
            headings = (*headings, head)
            if len(head) <= _LONGEST_HEAD and node.end - node.head.end >= _SHORTEST_BODY:
                listed, titled = len(node.children) > 1, node.stands_alone and not node.is_item
                found.append(_Source(head, False, node.start, node.end, headings, sections, listed, titled))
            sections = (*sections, Span(node.start, node.end))
        for child in node.children:
            visit(child, headings, sections)

    root = shelf.corpus.structures[document].root
    visit(root, (), ())
    for place in shelf.lists_of[document]:
        enumeration = shelf.enumerations[place]
        lead = enumeration.lead
        # A heading that leads in has no sentence before the items.
        if lead is not None and enumeration.before.start < enumeration.before.end:
            words, sections = text[lead.start : lead.end], _around(root, lead.start)
            found.append(_Source(words, True, lead.start, enumeration.end, enumeration.path, sections, True, False))
    return tuple(sorted(found, key=lambda source: (source.start, -source.end)))


def nearest(answer: Answer, shelf: Shelf, of: Callable[[int], Suggestible]) -> Iterator[Suggestion]:
    """Yield the suggestions of the cited documents: some of the first one's, one of the next one's, then the rest.

    ``of`` gives those of a document. Of one document, the same section goes first, then those around it.
    """
    places: dict[int, int] = {}
    for citation in answer.citations:
        number = shelf.corpus.number_of(citation.document.id)
        if number is not None:
            places.setdefault(number, citation.start)
    # Few are ever looked at: those of a document are ordered when its turn comes.
    first, *others = [_of(of, *place) for place in places.items()] or [iter(())]
    yield from islice(first, _OF_FIRST)
    for other in others[:1]:
        yield from islice(other, 1)
    yield from chain(first, *others)


def _of(of: Callable[[int], Suggestible], document: int, at: int) -> Iterator[Suggestion]:
    yield from of(document).near(at)


def subject_of(document: int, side: Side, shelf: Shelf) -> str:
    """Return what a question begins with so that it is asked of a document and not of its sisters: place and year."""
    titles = shelf.titles
    name, alike = "", None
    if shelf.corpus.documents[document].title.startswith("各"):
        # 各省、自治区…，新疆生产建设兵团: those it is addressed to.
        return ""
    for named in (titles.places, titles.towns):
        found = [(place, documents) for place, documents in named.items() if document in documents]
        if len(found) == 1 and len(named) > 1 and not name:
            name, alike = found[0]
    year = shelf.year_of[document]
    if year is None:
        return name
    sisters = shelf.reports.get(kind_of_report(shelf.corpus.documents[document]), ())
    if all(shelf.year_of[other] == year for other in sisters if alike is None or other in alike):
        return name
    # A report of 2025 looks back on 2024.
    return f"{name}{year - (side == 'done')}年"


def _around(root: Node, at: int) -> tuple[Span, ...]:
    """Return the sections around a place, outermost first."""
    found: list[Span] = []
    node: Node | None = root
    while node is not None:
        node = next((child for child in node.children if child.start <= at < child.end), None)
        if node is not None and node.head.start < node.head.end:
            found.append(Span(node.start, node.end))
    return tuple(found)
