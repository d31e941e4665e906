"""Evidence and the words that were searched in, the parts of an Answer out: citations, quotes, outline, terms."""

from collections.abc import Iterable, Sequence

from service.answering.answer import Answer, Citation, Outline, OutlineItem, QuestionTerm, Quote
from service.answering.citing import Place, cite
from service.answering.evidence import Evidence
from service.answering.question import Question, Word
from service.answering.ranking import Candidate
from service.answering.shelf import Shelf
from service.corpus.document import Span
from service.index.protocol import Index

# A document holds a hit of like weight when it reaches this share of the best score.
_LIKE = 0.6


def cited(places: Iterable[Place], question: Question, shelf: Shelf) -> tuple[Citation, ...]:
    documents, structures = shelf.corpus.documents, shelf.corpus.structures
    return tuple(
        cite(
            number,
            place,
            documents[place.document],
            structures[place.document],
            question.words,
            shelf.copies_of(place.document),
        )
        for number, place in enumerate(places, 1)
    )


def said(found: Evidence, citations: Sequence[Citation]) -> tuple[tuple[Quote, ...], Outline | None]:
    """Return what the answer says aloud, and its outline where it is one."""

    def quote(place: int, span: Span) -> Quote:
        citation = citations[place]
        return Quote(citation.number, citation.document, span.start, span.end)

    if found.outline is None:
        return tuple(quote(n, span) for n, place in enumerate(found.places) for span in place.quotes), None
    items = tuple(OutlineItem(label, quote(place, span)) for place, label, span in found.outline.items)
    lead = quote(*found.outline.lead) if found.outline.lead else None
    return tuple(item.quote for item in items), Outline(lead, items)


def terms(words: Sequence[Word], present: Sequence[bool], index: Index) -> tuple[QuestionTerm, ...]:
    """Return what was searched: each word, and behind them those of their synonyms that stand somewhere, each once."""
    terms = {word.text: QuestionTerm(word.text, word.origin, None, p) for word, p in zip(words, present, strict=True)}
    for word in words:
        for synonym in word.synonyms:
            if synonym.text not in terms and synonym.terms and all(index.frequency(term) for term, _ in synonym.terms):
                terms[synonym.text] = QuestionTerm(synonym.text, "synonym", synonym.of, True)
    return tuple(terms.values())


def documents_found(places: Iterable[Place], candidates: Sequence[Candidate], shelf: Shelf) -> int:
    best = candidates[0].score if candidates else 0.0
    alike = {shelf.corpus.passages[c.passage].document for c in candidates if c.score >= _LIKE * best}
    return len(alike | {place.document for place in places})


def nothing(question: Question, shelf: Shelf) -> Answer:
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
        named=(),
        preferred=(),
        year=None,
        related=(),
        suggestions=(),
        documents_found=0,
        corpus_version=shelf.corpus.version,
        corpus_documents=len(shelf.corpus.documents),
        corpus_passages=len(shelf.corpus.passages),
        elapsed_ms=0.0,
    )


def text_of(found: Evidence, shelf: Shelf) -> str:
    """Return what the best evidence says, with the headings above it and, of a list, what leads it in."""
    first = found.places[0]
    text = shelf.corpus.documents[first.document].text
    lead = text[slice(*found.enumeration.before)] if found.enumeration else ""
    return "\n".join((*first.path, lead, text[first.start : first.end]))
