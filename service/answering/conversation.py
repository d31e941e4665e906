"""Questions in, one Answer each out, the later ones leaning on the earlier."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from service.answering import evidence, followup, silence
from service.answering.answer import Answer, Citation, Filters, Outline, OutlineItem, QuestionTerm, Quote
from service.answering.citing import Place, cite
from service.answering.correcting import corrections
from service.answering.evidence import Evidence, Sought, overlaps
from service.answering.followup import Answered
from service.answering.naming import named
from service.answering.preferring import Near, preferred
from service.answering.question import Question, Word
from service.answering.ranking import Candidate, information, rank
from service.answering.shelf import Shelf
from service.corpus.document import Span
from service.index.protocol import Index

Reader = Callable[[str], Question]

_RELATED = 3
# A document holds a hit of like weight when it reaches this share of the best score.
_LIKE = 0.6


def converse(
    questions: Sequence[str], shelf: Shelf, reader: Reader, *, limit: int, filters: Filters | None = None
) -> list[Answer]:
    """Return the answers to the questions of a conversation, in order; the filters hold for the last one.

    ``reader`` tells what a question asks by itself. ``limit`` bounds the citations that are not an outline's.
    """
    answers: list[Answer] = []
    before: Answered | None = None
    for turn, text in enumerate(questions):
        started = time.perf_counter()
        last = turn == len(questions) - 1
        reply = _reply(text, before, shelf, reader, limit, filters if last and filters else Filters())
        before = reply.answered
        offered = corrections(text, reply.answered.words, shelf) if last else ()
        elapsed = (time.perf_counter() - started) * 1000
        history = tuple(questions[:turn])
        answers.append(replace(reply.answer, history=history, corrections=offered, elapsed_ms=round(elapsed, 2)))
    return answers


@dataclass(frozen=True, slots=True)
class _Reply:
    """An answer, and what the next question may lean on."""

    answer: Answer
    answered: Answered


def _reply(text: str, before: Answered | None, shelf: Shelf, reader: Reader, limit: int, filters: Filters) -> _Reply:
    naming = named(text, shelf.places, shelf.years)
    meant = followup.meant(replace(reader(naming.text), text=text), before)
    question = meant.question
    documents = _asked_of(shelf, naming.documents, filters)
    told = information(question.words, shelf.passages)
    sought = Sought(question, told, documents, naming.groups, limit)
    near = before.near if before and meant.leans else None
    shown = before.shown if before and meant.more else ()
    candidates = [
        c for c in preferred(rank(question, shelf, documents), question, shelf, near) if not overlaps(c, shelf, shown)
    ]
    opened = before.enumeration if before and meant.item is not None else None
    if opened is not None and meant.item is not None and (documents is None or opened.document in documents):
        found = evidence.of_item(sought, opened, meant.item, shelf)
    else:
        found = evidence.gathered(sought, candidates, shelf)
    present = silence.found_words(question.words, shelf.passages)
    answered = found.item is not None or (
        bool(found.places)
        and silence.has_answer(question, found.covered, told, present, _text_of(found.places[0], shelf), shelf)
    )
    answer = replace(_nothing(question, shelf), terms=_terms(question.words, present, shelf.passages))
    if not answered:
        nearest = evidence.places_of(candidates[:_RELATED], shelf, sought, quoted=0)
        # What was not found is still what the conversation is about.
        left = Answered(question.words, before.near if before else None, shown=shown)
        return _Reply(replace(answer, related=_cited(nearest, question, shelf)), left)
    citations = _cited(found.places, question, shelf)
    quotes, outline = _said(found, citations)
    answer = replace(
        answer,
        status="answered",
        quotes=quotes,
        outline=outline,
        citations=citations,
        documents_found=_documents_found(found.places, candidates, shelf),
    )
    first = found.places[0]
    place = Near(first.document, first.path[0] if first.path else None)
    # What an opened item leaves is still what the list was about.
    topic = before.words if before and found.item is not None else ()
    return _Reply(answer, Answered((*topic, *question.words), place, found.enumeration, (*shown, *found.places)))


def _text_of(place: Place, shelf: Shelf) -> str:
    return "\n".join((*place.path, shelf.corpus.documents[place.document].text[place.start : place.end]))


def _asked_of(shelf: Shelf, meant: frozenset[int] | None, filters: Filters) -> frozenset[int] | None:
    """Return the documents that are searched: those named, within the filters; None for all."""
    if filters == Filters():
        return meant
    admitted = frozenset(n for n, document in enumerate(shelf.corpus.documents) if filters.admit(document))
    return admitted if meant is None else admitted & meant


def _cited(places: Iterable[Place], question: Question, shelf: Shelf) -> tuple[Citation, ...]:
    corpus = shelf.corpus
    return tuple(
        cite(number, place, corpus.documents[place.document], corpus.structures[place.document], question.words)
        for number, place in enumerate(places, 1)
    )


def _said(found: Evidence, citations: Sequence[Citation]) -> tuple[tuple[Quote, ...], Outline | None]:
    """Return what the answer says aloud, and its outline where it is one."""

    def quote(place: int, span: Span) -> Quote:
        citation = citations[place]
        return Quote(citation.number, citation.document, span.start, span.end)

    if found.outline is None:
        return tuple(quote(n, span) for n, place in enumerate(found.places) for span in place.quotes), None
    items = tuple(OutlineItem(label, quote(place, span)) for place, label, span in found.outline.items)
    lead = quote(*found.outline.lead) if found.outline.lead else None
    return tuple(item.quote for item in items), Outline(lead, items)


def _terms(words: Sequence[Word], present: Sequence[bool], index: Index) -> tuple[QuestionTerm, ...]:
    """Return what was searched: each word, and behind them those of their synonyms that stand somewhere, each once."""
    terms = {word.text: QuestionTerm(word.text, word.origin, None, p) for word, p in zip(words, present, strict=True)}
    for word in words:
        for synonym in word.synonyms:
            if synonym.text not in terms and synonym.terms and all(index.frequency(term) for term, _ in synonym.terms):
                terms[synonym.text] = QuestionTerm(synonym.text, "synonym", synonym.of, True)
    return tuple(terms.values())


def _documents_found(places: Iterable[Place], candidates: Sequence[Candidate], shelf: Shelf) -> int:
    best = candidates[0].score if candidates else 0.0
    alike = {shelf.corpus.passages[c.passage].document for c in candidates if c.score >= _LIKE * best}
    return len(alike | {place.document for place in places})


def _nothing(question: Question, shelf: Shelf) -> Answer:
    """Return the answer that nothing was found."""
    return Answer(
        question=question.text,
        history=(),
        status="not_found",
        kind=question.kind,
        quotes=(),
        outline=None,
        citations=(),
        terms=(),
        related=(),
        suggestions=(),
        documents_found=0,
        corpus_version=shelf.corpus.version,
        corpus_documents=len(shelf.corpus.documents),
        corpus_passages=len(shelf.corpus.passages),
        elapsed_ms=0.0,
    )
