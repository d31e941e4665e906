"""An Enumeration in, what is said and cited of it out: each item with its words, in as few citations as possible."""

from dataclasses import dataclass

from service.answering.citing import Place
from service.corpus.document import Document, Span
from service.passages.cutting import LONGEST
from service.passages.enumerations import Enumeration, Item
from service.passages.sentences import sentences

# An item up to this length is said whole; of a longer one the first sentences are said.
_SAID_WHOLE = 90
_SAID = 40
_STOPS = "。！？!?；;"


@dataclass(frozen=True, slots=True)
class Outlined:
    """An enumeration as it is answered: the places cited, and for the lead-in and each item what is said and where.

    The int beside a span is the index of its place in ``places``.
    """

    places: tuple[Place, ...]
    lead: tuple[int, Span] | None
    items: tuple[tuple[int, str, Span], ...]


def outlined(enumeration: Enumeration, document: Document, score: float) -> Outlined:
    """Return an enumeration with every item said and cited, in order."""
    text = document.text
    lead = enumeration.lead
    spans: list[list[int]] = []
    items: list[tuple[int, str, Span]] = []
    said: list[list[Span]] = []
    for item in enumeration.items:
        cited = _cited(text, item)
        said_of_item = _said(text, item)
        quote = Span(said_of_item.start, min(said_of_item.end, cited.end))
        if spans and cited.end - spans[-1][0] <= LONGEST:
            spans[-1][1] = cited.end
        else:
            spans.append([cited.start, cited.end])
            said.append([])
        if not items and lead is not None and lead.end <= cited.start and cited.end - lead.start <= LONGEST:
            spans[-1][0] = lead.start
        said[-1].append(quote)
        items.append((len(spans) - 1, text[item.label.start : item.label.end].rstrip("、.．,，:： \u3000"), quote))
    places = tuple(
        Place(enumeration.document, start, end, enumeration.path, score, tuple(quotes))
        for (start, end), quotes in zip(spans, said, strict=True)
    )
    return Outlined(places, (0, lead) if lead is not None else None, tuple(items))


def _said(text: str, item: Item) -> Span:
    """Return an item's words that are said aloud: all of a short one, else its first sentences."""
    if item.end - item.start <= _SAID_WHOLE:
        return Span(item.start, item.end)
    if item.has_parts and item.head.end > item.label.end and text[item.head.end - 1] in _STOPS:
        # What it says further it says in a list of its own.
        return Span(item.start, item.head.end)
    end = item.head.end if item.stands_alone else item.start
    for sentence in sentences(text, item.start, item.end):
        if sentence.end > item.start + _SAID_WHOLE and end > item.start:
            break
        end = max(end, sentence.end)
        if end - item.start >= _SAID:
            break
    return Span(item.start, _trim(text, item.start, end))


def _cited(text: str, item: Item) -> Span:
    """Return an item's span, or as many of its sentences as a citation may hold."""
    if item.end - item.start <= LONGEST:
        return Span(item.start, item.end)
    end = item.start
    for sentence in sentences(text, item.start, item.end):
        if sentence.end - item.start > LONGEST:
            break
        end = sentence.end
    if end == item.start:
        end = min(item.end, item.start + LONGEST)
    return Span(item.start, _trim(text, item.start, end))


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
