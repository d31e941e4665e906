"""What is sought in, the Evidence an answer is made of out: the places cited, and the outline where it is a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service import deadline
from service.answering import listing, outlining, quoting
from service.answering.citing import Place
from service.answering.question import Question
from service.answering.ranking import Candidate, covered, rank
from service.answering.shelf import Shelf
from service.answering.wording import share_of
from service.corpus.document import Span
from service.language.matching import readable
from service.passages.enumerations import Enumeration

# A question how something is done is answered by a whole list where so much of it leads the list in.
_WHOLLY = 0.9
# What one of several places says is an answer where it holds so much of the question, and of what the best one holds.
_HOLDS, _HOLDS_AS_BEST = 0.5, 0.6


@dataclass(frozen=True, slots=True)
class Sought:
    """What evidence is sought for: a question, what each of its words says, the documents asked (None for all).

    ``groups`` are the documents that each name in the question means, ``apart`` those of each of several places that are asked
    about without a name, ``leaning`` those of the administration or speaker
    it speaks of; ``year`` is the year asked about; ``limit`` bounds the places that are no outline's.
    """

    question: Question
    told: Sequence[float]
    documents: frozenset[int] | None
    groups: tuple[frozenset[int], ...]
    apart: tuple[frozenset[int], ...]
    leaning: frozenset[int]
    year: int | None
    limit: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an answer is made of: the places cited, best first, and the share of the question's information they hold.

    ``outline`` and ``enumeration`` where it is a list; ``item`` is the place of the item of ``enumeration`` that was opened.
    """

    places: tuple[Place, ...]
    covered: float
    enumeration: Enumeration | None = None
    outline: outlining.Outlined | None = None
    item: int | None = None


def gathered(sought: Sought, candidates: Sequence[Candidate], shelf: Shelf, shown: Sequence[Place] = ()) -> Evidence:
    """Return the evidence for a question: an enumeration whole where one is asked for, else the best passages.

    A list of which something was ``shown`` is none again.
    """
    question = sought.question
    if sought.apart and (several := _one_of_each(sought, candidates, shelf)):
        others = [candidate for candidate in candidates if candidate not in several]
        places = places_of([*several, *others][: sought.limit], shelf, sought, quoted=min(len(several), sought.limit))
        return Evidence(tuple(places), several[0].covered)
    listed = None
    if question.wants_list or question.kind == "how":
        listed = _listed(sought, candidates, shelf)
    if listed is not None and _shares(listed.enumeration, shown):
        listed = None
    if listed is not None and not (question.wants_list or _is_way(listed, question, candidates, shelf)):
        listed = None
    if listed is None:
        return of_passages(sought, candidates, shelf)
    document = shelf.corpus.documents[listed.enumeration.document]
    outline = outlining.outlined(listed.enumeration, document, listed.score)
    others = [c for c in candidates if not overlaps(c, shelf, outline.places)][: sought.limit]
    further = places_of(others, shelf, sought, quoted=0)
    return Evidence((*outline.places, *further), listed.covered, listed.enumeration, outline)


def of_passages(sought: Sought, candidates: Sequence[Candidate], shelf: Shelf) -> Evidence:
    """Return the evidence for a question that is answered by no list: the best passages."""
    chosen = _in_turn(candidates, shelf, sought.groups)[: sought.limit]
    places = places_of(chosen, shelf, sought, quoted=max(1, len(sought.groups)))
    return Evidence(tuple(places), chosen[0].covered if chosen else 0.0)


def _listed(sought: Sought, candidates: Sequence[Candidate], shelf: Shelf) -> listing.Listed | None:
    """Return the enumeration that answers, one no longer in force only where nothing in force answers."""

    def find(among: Sequence[Candidate], documents: frozenset[int] | None) -> listing.Listed | None:
        return listing.find(sought.question, shelf, among, documents, sought.told, sought.leaning, sought.year)

    if not shelf.lapsed:
        return find(candidates, sought.documents)
    living = [candidate for candidate in candidates if not shelf.has_lapsed(candidate.passage)]
    found = find(living, shelf.in_force if sought.documents is None else sought.documents - shelf.lapsed)
    if found or not candidates or candidates[0] in living:
        return found
    return find(candidates, sought.documents)


def _shares(enumeration: Enumeration, places: Iterable[Place]) -> bool:
    """Return whether a list shares any character with one of the places."""
    return any(
        place.document == enumeration.document and place.start < enumeration.end and enumeration.start < place.end
        for place in places
    )


def _is_way(listed: listing.Listed, question: Question, candidates: Sequence[Candidate], shelf: Shelf) -> bool:
    """Return whether a list is how something is done: all of what is asked leads it in, and the best passage is one of it."""
    asked = [word for word in question.words if word.origin == "asked"]
    # One word leads in many lists.
    if len(asked) < 2 or listed.covered < _WHOLLY or not candidates:
        return False
    return listing.holds(listed.enumeration, shelf, candidates[0])


def of_item(sought: Sought, enumeration: Enumeration, item: int, shelf: Shelf) -> Evidence:
    """Return the evidence for a question about one item of the outline last answered: the item's passages."""
    node = enumeration.items[item]
    first, last = shelf.corpus.bounds[enumeration.document]
    inside = [
        number
        for number in range(first, last)
        if (p := shelf.corpus.passages[number]).start < node.end and p.end > node.start and p.answerable
    ]
    ranked = {c.passage: c for c in rank(sought.question, shelf, frozenset((enumeration.document,)), last - first)}
    chosen = sorted((ranked.get(n, Candidate(n, 0.0, 0.0)) for n in inside), key=lambda c: (-c.score, c.passage))
    places = places_of(chosen[: sought.limit], shelf, sought, quoted=1, within=Span(node.start, node.end))
    return Evidence(tuple(places), 1.0, enumeration, None, item)


def places_of(
    chosen: Iterable[Candidate], shelf: Shelf, sought: Sought, quoted: int, within: Span | None = None
) -> list[Place]:
    """Return the places of passages, the first ``quoted`` with what is said of them; only their parts ``within``."""
    places: list[Place] = []
    for order, candidate in enumerate(chosen):
        deadline.check()
        passage = shelf.corpus.passages[candidate.passage]
        document = shelf.corpus.documents[passage.document]
        start = max(passage.start, within.start) if within else passage.start
        end = min(passage.end, within.end) if within else passage.end
        said = quoting.quotes(document, start, end, sought.question, sought.told, quoted) if order < quoted else []
        places.append(Place(passage.document, start, end, passage.path, candidate.score, tuple(said)))
    return places


def _in_turn(candidates: Sequence[Candidate], shelf: Shelf, groups: Sequence[frozenset[int]]) -> Sequence[Candidate]:
    """Return the candidates so that the documents of each name asked about come in turn, where there are several."""
    if len(groups) < 2:
        return candidates
    queues = [[c for c in candidates if shelf.corpus.passages[c.passage].document in group] for group in groups]
    in_turn = (queue[turn] for turn in range(max(map(len, queues))) for queue in queues if turn < len(queue))
    # One document may answer to two names.
    return list(dict.fromkeys(in_turn))


def _one_of_each(sought: Sought, candidates: Sequence[Candidate], shelf: Shelf) -> list[Candidate]:
    """Return the best candidate of each group of documents, best first, where it holds what is asked about.

    None where but one group does: it is answered as any other question.
    """
    least = max(_HOLDS, _HOLDS_AS_BEST * max((c.covered for c in candidates), default=0.0))
    # By itself: the words of a title hold for all of a document.
    words, told = sought.question.words, sought.told
    known = [says if shelf.passages.frequency(word.text) else 0.0 for word, says in zip(words, told, strict=True)]
    group_of = {document: number for number, group in enumerate(sought.apart) for document in group}
    best: dict[int, Candidate] = {}
    for candidate in candidates:
        passage = shelf.corpus.passages[candidate.passage]
        group = group_of.get(passage.document)
        if group is None or group in best or candidate.covered < least:
            continue
        form = readable("\n".join((*passage.path, shelf.corpus.text_of(passage)))).text
        if covered([share_of(word, form) for word in words], known) >= _HOLDS:
            best[group] = candidate
    return list(best.values()) if len(best) > 1 else []


def overlaps(candidate: Candidate, shelf: Shelf, places: Iterable[Place]) -> bool:
    """Return whether a candidate's passage shares any character with one of the places."""
    passage = shelf.corpus.passages[candidate.passage]
    return any(
        passage.document == place.document and passage.start < place.end and place.start < passage.end
        for place in places
    )
