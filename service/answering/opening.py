"""Lists that were shown and what is named of them in, the items' evidence, and the lists that are spoken of next, out."""

from collections.abc import Sequence
from dataclasses import replace

from service.answering import evidence, ordinals, outlining
from service.answering.citing import Place
from service.answering.evidence import Evidence, Sought
from service.answering.ordinals import Picked, Recalled
from service.answering.shelf import Shelf, heads_of
from service.language.matching import readable
from service.passages.enumerations import Enumeration
from service.passages.sentences import sentences

# Of a place that no answer said anything of.
_SENTENCES = 2


def recalled(enumeration: Enumeration, form: str, trouble: bool, shelf: Shelf) -> Recalled:
    """Return a list as it can be spoken of after it was shown for a question in readable form."""
    document = shelf.corpus.documents[enumeration.document]
    texts = tuple(readable(document.text[item.start : item.end]).text for item in enumeration.items)
    return Recalled(enumeration, heads_of(enumeration, document), texts, ordinals.measures(form), trouble)


def opened(lists: Sequence[Recalled], items: Picked, shelf: Shelf) -> tuple[Recalled, ...]:
    """Return the lists as they can be spoken of when these items were opened: with the list inside a single one."""
    of = lists[items.level]
    measures = of.measures | ({items.measure} if items.said else frozenset())
    kept = (*lists[: items.level], replace(of, measures=measures, opened=(*of.opened, *items.items)))
    if len(items.items) > 1:
        return kept
    if items.level + 1 < len(lists) and of.opened[-1:] == items.items:
        return (*kept, *lists[items.level + 1 :])
    inner = _inside(of.enumeration, items.items[0], shelf)
    return kept if inner is None else (*kept, recalled(inner, "", of.trouble, shelf))


def of_items(sought: Sought, enumeration: Enumeration, items: Sequence[int], shelf: Shelf) -> Evidence:
    """Return the evidence for a question about items of a list: the passages of one, several as a list of their own."""
    if len(items) > 1:
        chosen = replace(enumeration, lead=None, items=tuple(enumeration.items[item] for item in items))
    else:
        inner = _inside(enumeration, items[0], shelf)
        if inner is None or sought.question.words:
            return evidence.of_item(sought, enumeration, items[0], shelf)
        chosen = inner
    outline = outlining.outlined(chosen, shelf.corpus.documents[enumeration.document], 0.0)
    return Evidence(outline.places, 1.0, enumeration, outline, items[0])


def _inside(enumeration: Enumeration, item: int, shelf: Shelf) -> Enumeration | None:
    """Return the list inside an item of a list, the outermost where there are several; None where there is none."""
    node = enumeration.items[item]
    lists = (shelf.enumerations[n] for n in shelf.lists_of[enumeration.document])
    return next((e for e in lists if node.start <= e.start and e.end <= node.end and e != enumeration), None)


def of_places(cited: Sequence[Place], numbers: Sequence[int], shelf: Shelf) -> Evidence:
    """Return the evidence for a question about places that an answer cited, by their numbers from 0: what stands there."""
    places = []
    for number in numbers:
        place = cited[number]
        text = shelf.corpus.documents[place.document].text
        places.append(
            replace(place, quotes=place.quotes or tuple(sentences(text, place.start, place.end)[:_SENTENCES]))
        )
    return Evidence(tuple(places), 1.0)
