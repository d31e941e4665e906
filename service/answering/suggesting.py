"""A document of a Shelf in, Suggestions out: the questions its headings and lead-ins make, which no one has tried yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

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


def made_of(document: int, shelf: Shelf) -> tuple[Suggestion, ...]:
    """Return the questions made from the headings and lead-ins of a document, each once, in the order of their places.

    Whether they are answered by their places is not known.
    """
    text, title = shelf.corpus.documents[document].text, shelf.corpus.documents[document].title
    topic = topic_of(title)
    made: list[Suggestion] = []
    sides: tuple[Side, ...] = ("done", "wrong", "plan", "rules")
    subjects = {side: subject_of(document, side, shelf) for side in sides}

    def about(headings: tuple[str, ...], listed: bool, titled: bool) -> About:
        side = side_of(headings, title)
        return About(side, listed, titled, subjects[side], topic)

    def add(question: str | None, told: About, start: int, end: int, sections: tuple[Span, ...]) -> None:
        if question is not None:
            subject = told.subject if question.startswith(told.subject) else ""
            made.append(Suggestion(question, subject, document, start, end, sections))

    def visit(node: Node, headings: tuple[str, ...], sections: tuple[Span, ...]) -> None:
        head = text[node.head.start : node.head.end]
        if head:
            headings = (*headings, head)
            if len(head) <= _LONGEST_HEAD and node.end - node.head.end >= _SHORTEST_BODY:
                told = about(headings, len(node.children) > 1, node.stands_alone and not node.is_item)
                add(question_of_heading(head, told), told, node.start, node.end, sections)
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
            told = about(enumeration.path, True, False)
            question = question_of_lead(text[lead.start : lead.end], told)
            add(question, told, lead.start, enumeration.end, _around(root, lead.start))
    made.sort(key=lambda suggestion: (suggestion.start, -suggestion.end))
    first = {suggestion.question: suggestion for suggestion in reversed(made)}
    return tuple(suggestion for suggestion in made if first[suggestion.question] is suggestion)


def nearest(answer: Answer, shelf: Shelf, of: Callable[[int], tuple[Suggestion, ...]]) -> Iterator[Suggestion]:
    """Yield the suggestions of the cited documents: some of the first one's, one of the next one's, then the rest.

    ``of`` gives those of a document. Of one document, the same section goes first, then those around it.
    """
    orders: dict[int, Iterator[Suggestion]] = {}
    for citation in answer.citations:
        number = shelf.corpus.number_of(citation.document.id)
        if number is not None and number not in orders:
            orders[number] = _by_distance(of(number), citation.start)
    if orders:
        first, *others = orders.values()
        yield from islice(first, _OF_FIRST)
        for other in others[:1]:
            yield from islice(other, 1)
        yield from chain(first, *others)


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


def _by_distance(suggestions: tuple[Suggestion, ...], at: int) -> Iterator[Suggestion]:
    """Return the suggestions of a document, those that share most sections with a place first, then the nearest."""

    def distance(suggestion: Suggestion) -> tuple[int, int, int]:
        shared = sum(section.start <= at < section.end for section in suggestion.sections)
        behind = suggestion.start >= at
        return -shared, suggestion.start - at if behind else 2 * (at - suggestion.start), suggestion.start

    return iter(sorted(suggestions, key=distance))


def _around(root: Node, at: int) -> tuple[Span, ...]:
    """Return the sections around a place, outermost first."""
    found: list[Span] = []
    node: Node | None = root
    while node is not None:
        node = next((child for child in node.children if child.start <= at < child.end), None)
        if node is not None and node.head.start < node.head.end:
            found.append(Span(node.start, node.end))
    return tuple(found)
