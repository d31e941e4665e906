"""What is asked and what was found for it in, what of that is an answer out."""

from dataclasses import replace

from service.answering import evidence, saying, silence
from service.answering.seeking import Found
from service.answering.shelf import Shelf
from service.answering.understanding import Understood


def as_answer(asked: Understood, found: Found, shelf: Shelf) -> Found | None:
    """Return what was found, if its evidence is an answer; where a list is none the best passages may be one. Else None."""
    if _is_answer(asked, found, shelf):
        return found
    if found.evidence.outline is None or found.evidence.item is not None:
        return None
    instead = replace(found, evidence=evidence.of_passages(found.sought, found.candidates, shelf))
    return instead if _is_answer(asked, instead, shelf) else None


def _is_answer(asked: Understood, found: Found, shelf: Shelf) -> bool:
    """Return whether the evidence is an answer; what is opened by its number, or asked of a document itself, is one unasked."""
    places = found.evidence.places
    text = saying.text_of(found.evidence, shelf) if places else ""
    # Whoever asks what a document says, and nothing else, is answered by whatever it says.
    answered = found.evidence.item is not None or asked.numbered is not None or (asked.themselves and bool(places))
    if places and not answered:
        answered = silence.has_answer(
            asked.question,
            found.evidence.covered,
            asked.told,
            asked.present,
            text,
            shelf.year_of[places[0].document],
            _passages_of(asked.documents, shelf),
            shelf,
        )
    unknown = {name.text for name in asked.naming.names if not name.documents}
    if answered and unknown and places:
        known = {name.text for name in asked.naming.names if name.documents}
        return silence.speaks_of(known, unknown, text)
    return answered


def _passages_of(documents: frozenset[int] | None, shelf: Shelf) -> int:
    """Return how many passages some documents have; None asks for all documents."""
    if documents is None:
        return len(shelf.corpus.passages)
    return sum(last - first for first, last in (shelf.corpus.bounds[number] for number in documents))
