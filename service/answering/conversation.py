"""Questions in, one Answer each out, the later ones leaning on the earlier."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from service.answering import followup, listing, outlining, quoting, silence
from service.answering.answer import Answer, Citation, Filters, Outline, OutlineItem, QuestionTerm, Quote
from service.answering.citing import Place, cite
from service.answering.followup import Answered
from service.answering.naming import named
from service.answering.preferring import Near, preferred
from service.answering.question import Question, Word
from service.answering.ranking import Candidate, information, rank
from service.answering.shelf import Shelf
from service.corpus.document import Span
from service.index.protocol import Index
from service.passages.enumerations import Enumeration

Reader = Callable[[str], Question]

_RELATED = 3
# A document holds a hit of like weight when it reaches this share of the best score.
_LIKE = 0.6


def converse(
    questions: Sequence[str], shelf: Shelf, reader: Reader, *, limit: int, filters: Filters | None = None
) -> list[Answer]:
    """Return the answers to the questions of a conversation, in order; the filters hold for the last one.

    ``limit`` bounds the citations of an answer that are not an outline's.
    """
    answers: list[Answer] = []
    before: Answered | None = None
    for turn, text in enumerate(questions):
        started = time.perf_counter()
        last = turn == len(questions) - 1
        reply = _reply(text, before, shelf, reader, limit, filters if last and filters else Filters())
        before = reply.answered
        elapsed = (time.perf_counter() - started) * 1000
        answers.append(replace(reply.answer, history=tuple(questions[:turn]), elapsed_ms=round(elapsed, 2)))
    return answers


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What an answer is made of: the places cited, best first; the outline where it is one; how much it covers."""

    places: tuple[Place, ...]
    outline: outlining.Outlined | None
    enumeration: Enumeration | None
    item: int | None
    covered: float


@dataclass(frozen=True, slots=True)
class _Reply:
    answer: Answer
    answered: Answered


def _reply(text: str, before: Answered | None, shelf: Shelf, reader: Reader, limit: int, filters: Filters) -> _Reply:
    naming = named(text, shelf.places, shelf.years)
    meant = followup.meant(replace(reader(naming.text), text=text), before)
    question = meant.question
    documents = _asked_of(shelf, naming.documents, filters)
    told = information(question.words, shelf.passages)
    candidates = preferred(
        rank(question, shelf, documents), question, shelf, before.near if before and meant.leans else None
    )
    if meant.item is not None and before is not None and before.enumeration is not None:
        evidence = _item_evidence(before.enumeration, meant.item, question, told, shelf, limit)
    else:
        evidence = _evidence(question, told, candidates, shelf, documents, naming.groups, limit)
    found = silence.found_words(question.words, shelf.passages)
    answered = bool(evidence.places) and (
        evidence.item is not None or silence.has_answer(question, evidence.covered, told, found, shelf)
    )
    terms = _terms(question.words, found, shelf.passages)
    if not answered:
        related = _cited(_passage_places(candidates[:_RELATED], shelf, question.words, told, quoted=0), question, shelf)
        answer = _answer(question, shelf, (), None, (), terms, related, 0)
        # What was not found is still what the conversation is about.
        return _Reply(answer, Answered(question.words, before.near if before else None))
    citations = _cited(evidence.places, question, shelf)
    quotes, outline = _said(evidence, citations)
    answer = _answer(
        question, shelf, quotes, outline, citations, terms, (), _documents_found(citations, candidates, shelf)
    )
    first = evidence.places[0]
    near = Near(first.document, first.path[0] if first.path else None)
    return _Reply(answer, Answered(question.words, near, evidence.enumeration, evidence.item))


def _asked_of(shelf: Shelf, meant: frozenset[int] | None, filters: Filters) -> frozenset[int] | None:
    """Return the documents that are searched: those named, within the filters; None for all."""
    if filters == Filters():
        return meant
    admitted = frozenset(n for n, document in enumerate(shelf.corpus.documents) if filters.admit(document))
    return admitted if meant is None else admitted & meant


# -- evidence --------------------------------------------------------------------------------------------------------


def _evidence(
    question: Question,
    told: Sequence[float],
    candidates: list[Candidate],
    shelf: Shelf,
    documents: frozenset[int] | None,
    groups: Sequence[frozenset[int]],
    limit: int,
) -> _Evidence:
    listed = listing.find(question, shelf, candidates, documents, told) if question.wants_list else None
    if listed is None:
        chosen = _in_turn(candidates, shelf, groups)[:limit]
        places = _passage_places(chosen, shelf, question.words, told, quoted=max(1, len(groups)))
        return _Evidence(tuple(places), None, None, None, chosen[0].covered if chosen else 0.0)
    document = shelf.corpus.documents[listed.enumeration.document]
    outline = outlining.outlined(listed.enumeration, document, listed.score)
    others = [c for c in candidates if not _overlaps(c, shelf, outline.places)][:limit]
    further = _passage_places(others, shelf, question.words, told, quoted=0)
    return _Evidence((*outline.places, *further), outline, listed.enumeration, None, listed.covered)


def _item_evidence(
    enumeration: Enumeration, item: int, question: Question, told: Sequence[float], shelf: Shelf, limit: int
) -> _Evidence:
    """Return the evidence for a question about one item of the outline last answered: the item's passages."""
    node = enumeration.items[item]
    first, last = shelf.corpus.bounds[enumeration.document]
    inside = [
        number
        for number in range(first, last)
        if (p := shelf.corpus.passages[number]).start < node.end and p.end > node.start and p.answerable
    ]
    ranked = {c.passage: c for c in rank(question, shelf, frozenset((enumeration.document,)), last - first)}
    nothing = (0.0,) * len(question.words)
    chosen = sorted(
        (ranked.get(n, Candidate(n, 0.0, 0.0, nothing)) for n in inside), key=lambda c: (-c.score, c.passage)
    )
    places = _passage_places(chosen[:limit], shelf, question.words, told, quoted=1, within=Span(node.start, node.end))
    return _Evidence(tuple(places), None, enumeration, item, 1.0)


def _in_turn(candidates: list[Candidate], shelf: Shelf, groups: Sequence[frozenset[int]]) -> list[Candidate]:
    """Return the candidates so that the documents of each name asked about come in turn, where there are several names."""
    if len(groups) < 2:
        return candidates
    queues = [[c for c in candidates if shelf.corpus.passages[c.passage].document in group] for group in groups]
    return [queue[turn] for turn in range(max(map(len, queues), default=0)) for queue in queues if turn < len(queue)]


def _passage_places(
    chosen: Sequence[Candidate],
    shelf: Shelf,
    words: Sequence[Word],
    told: Sequence[float],
    quoted: int,
    within: Span | None = None,
) -> list[Place]:
    """Return the places of passages, the first ``quoted`` with what is said of them; only their parts ``within``."""
    places: list[Place] = []
    for order, candidate in enumerate(chosen):
        passage = shelf.corpus.passages[candidate.passage]
        document = shelf.corpus.documents[passage.document]
        start = max(passage.start, within.start) if within else passage.start
        end = min(passage.end, within.end) if within else passage.end
        said = quoting.quotes(document, start, end, words, told) if order < quoted else []
        places.append(Place(passage.document, start, end, passage.path, candidate.score, tuple(said)))
    return places


def _overlaps(candidate: Candidate, shelf: Shelf, places: Iterable[Place]) -> bool:
    passage = shelf.corpus.passages[candidate.passage]
    return any(
        passage.document == place.document and passage.start < place.end and place.start < passage.end
        for place in places
    )


# -- the answer ------------------------------------------------------------------------------------------------------


def _cited(places: Iterable[Place], question: Question, shelf: Shelf) -> tuple[Citation, ...]:
    return tuple(
        cite(
            number,
            place,
            shelf.corpus.documents[place.document],
            shelf.corpus.structures[place.document],
            question.words,
        )
        for number, place in enumerate(places, 1)
    )


def _said(evidence: _Evidence, citations: Sequence[Citation]) -> tuple[tuple[Quote, ...], Outline | None]:
    """Return what the answer says aloud, and its outline where it is one."""

    def quote(place: int, span: Span) -> Quote:
        citation = citations[place]
        return Quote(citation.number, citation.document, span.start, span.end)

    if evidence.outline is None:
        return tuple(quote(n, span) for n, place in enumerate(evidence.places) for span in place.quotes), None
    items = tuple(OutlineItem(label, quote(place, span)) for place, label, span in evidence.outline.items)
    lead = quote(*evidence.outline.lead) if evidence.outline.lead else None
    return tuple(item.quote for item in items), Outline(lead, items)


def _terms(words: Sequence[Word], found: Sequence[bool], index: Index) -> tuple[QuestionTerm, ...]:
    """Return what was searched: each word, and behind it those of its synonyms that stand somewhere, each once."""
    terms = {word.text: QuestionTerm(word.text, word.origin, None, f) for word, f in zip(words, found, strict=True)}
    for word in words:
        for synonym in word.synonyms:
            if synonym.text not in terms and all(index.frequency(term) for term, _ in synonym.terms):
                terms[synonym.text] = QuestionTerm(synonym.text, "synonym", synonym.of, True)
    return tuple(terms.values())


def _documents_found(citations: Sequence[Citation], candidates: Sequence[Candidate], shelf: Shelf) -> int:
    found = {shelf.corpus.number_of(citation.document.id) for citation in citations}
    best = candidates[0].score if candidates else 0.0
    found |= {shelf.corpus.passages[c.passage].document for c in candidates if c.score >= _LIKE * best}
    return len(found)


def _answer(
    question: Question,
    shelf: Shelf,
    quotes: tuple[Quote, ...],
    outline: Outline | None,
    citations: tuple[Citation, ...],
    terms: tuple[QuestionTerm, ...],
    related: tuple[Citation, ...],
    documents_found: int,
) -> Answer:
    return Answer(
        question=question.text,
        history=(),
        status="answered" if citations else "not_found",
        kind=question.kind,
        quotes=quotes,
        outline=outline,
        citations=citations,
        terms=terms,
        related=related,
        suggestions=(),
        documents_found=documents_found,
        corpus_version=shelf.corpus.version,
        corpus_documents=len(shelf.corpus.documents),
        corpus_passages=len(shelf.corpus.passages),
        elapsed_ms=0.0,
    )
