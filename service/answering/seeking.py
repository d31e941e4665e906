"""What is asked in, the evidence found for it out, or why the conversation has no such thing."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.answering import evidence, opening, outlining, preferring
from service.answering.answered import Answered
from service.answering.citing import Place
from service.answering.evidence import Evidence, Sought, overlaps
from service.answering.leaning import DETAILS
from service.answering.ranking import CANDIDATES, CANDIDATES_OF_SEVERAL, Candidate, rank
from service.answering.shelf import Shelf
from service.answering.trouble import asks_remedy
from service.answering.understanding import Understood
from service.passages.enumerations import Enumeration

# Of places that answer nothing, so many are shown.
RELATED = 3


@dataclass(frozen=True, slots=True)
class Lacking:
    """What was shown before has no item or place that was named: why, in plain words, and what it has."""

    reason: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The evidence found, and what it was found among: ``candidates``, best first, without what was ``shown`` before."""

    evidence: Evidence
    sought: Sought
    candidates: Sequence[Candidate]
    shown: tuple[Place, ...]


def seek(asked: Understood, before: Answered | None, shelf: Shelf, limit: int) -> Found | Lacking:
    """Return the evidence for a question; where it names what was shown before, that."""
    question, naming, meant = asked.question, asked.naming, asked.meant
    sought = Sought(
        question,
        asked.told,
        asked.documents,
        naming.groups,
        naming.apart,
        naming.leaning,
        asked.preferences.asked,
        limit,
    )
    shown = before.shown if before and meant.more else ()
    ranked = _ranked(asked, shelf)
    if before and meant.remedy:
        # The trouble itself is not what is done about it.
        listed = before.lists[meant.items.level if meant.items else -1].enumeration
        shown = (Place(listed.document, listed.start, listed.end, (), 0.0),)
        if meant.items is None:
            ranked = preferring.behind(ranked, listed, shelf)
    candidates = [c for c in ranked if not overlaps(c, shelf, shown)] if shown else ranked
    if before and meant.items and (opened := _opened(asked, before)):
        if not meant.items.items:
            reason = f"上面列出的共{len(opened.items)}项，没有“{meant.items.said}”。"
            return Lacking(reason, outlining.outlined(opened, shelf.corpus.documents[opened.document], 0.0).places)
        found = opening.of_items(sought, opened, meant.items.items, shelf)
    elif before and asked.numbered:
        if not asked.numbered.items:
            reason = f"上一问的回答共{len(before.cited)}处出处，没有“{asked.numbered.said}”。"
            return Lacking(reason, before.cited[:RELATED])
        found = opening.of_places(before.cited, asked.numbered.items, shelf)
    else:
        found = evidence.gathered(sought, candidates, shelf, shown)
    return Found(found, sought, candidates, shown)


def _ranked(asked: Understood, shelf: Shelf) -> list[Candidate]:
    """Return the passages that may answer, those that are preferred first."""
    most = CANDIDATES_OF_SEVERAL if asked.naming.apart else CANDIDATES
    ranked = preferring.preferred(rank(asked.question, shelf, asked.documents, most), asked.preferences, shelf)
    if asks_remedy(asked.question.form) and asked.question.kind not in DETAILS:
        # What is wrong is not what is done about it, wherever it stands.
        return [candidate for candidate in ranked if not shelf.lies_in_troubles(candidate.passage)]
    return ranked


def _opened(asked: Understood, before: Answered) -> Enumeration | None:
    """Return the list of which items are to be opened, where its document is asked."""
    if asked.meant.items is None or asked.meant.remedy:
        return None
    enumeration = before.lists[asked.meant.items.level].enumeration
    return enumeration if asked.documents is None or enumeration.document in asked.documents else None
