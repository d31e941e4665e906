"""An Answer or a Document in, the JSON contract's words for it out."""

from collections.abc import Callable, Iterable
from typing import TypedDict

from service.answering.answer import Answer, Citation, Correction, Kind, Origin, Outline, QuestionTerm, Quote, Status
from service.answering.filters import Filters
from service.answering.shelf import Shelf
from service.corpus.document import Document, Span
from service.passages.corpus import Corpus
from service.passages.structure import Structure

# Where the page shows a paragraph of a document.
UrlOf = Callable[[Document, int], str]


def path_of(document: Document, paragraph: int) -> str:
    """Return where the service shows a paragraph, below wherever it is served."""
    return f"{path_of_document(document)}#p{paragraph}"


def path_of_document(document: Document) -> str:
    """Return where the service shows a document, as ``path_of``."""
    return f"/documents/{document.id}"


class CorpusJSON(TypedDict):
    version: str
    documents: int
    passages: int


class CitedDocumentJSON(TypedDict):
    id: str
    file: str
    title: str
    date: str | None
    issuer: str | None
    lapsed: bool
    number: str | None
    place: str | None
    kind: str | None
    speaker: str | None


class CopyJSON(TypedDict):
    id: str
    file: str


class QuoteJSON(TypedDict):
    text: str
    citation: int
    document: str
    start: int
    end: int


class LeadJSON(TypedDict):
    text: str
    citation: int
    start: int
    end: int


class OutlineItemJSON(TypedDict):
    label: str
    text: str
    citation: int
    start: int
    end: int


class OutlineJSON(TypedDict):
    lead: LeadJSON | None
    items: list[OutlineItemJSON]


class CitationJSON(TypedDict):
    number: int
    document: CitedDocumentJSON
    path: list[str]
    paragraph: int
    paragraph_end: int
    page: int | None
    start: int
    end: int
    text: str
    quotes: list[list[int]]
    matches: list[list[int]]
    score: float
    url: str
    reference: str
    copies: list[CopyJSON]


class TermJSON(TypedDict):
    text: str
    origin: Origin
    of: str | None
    found: bool


class NameJSON(TypedDict):
    text: str
    documents: int


class CorrectionJSON(TypedDict):
    text: str
    meant: str
    question: str


class AnswerJSON(TypedDict):
    question: str
    history: list[str]
    status: Status
    question_kind: Kind
    answer: list[QuoteJSON]
    outline: OutlineJSON | None
    citations: list[CitationJSON]
    terms: list[TermJSON]
    named: list[NameJSON]
    preferred: list[str]
    year: int | None
    related: list[CitationJSON]
    suggestions: list[str]
    documents_found: int
    corpus: CorpusJSON
    elapsed_ms: float
    corrections: list[CorrectionJSON]
    reason: str | None
    absent: list[str]
    filtered_undated: int


class SectionJSON(TypedDict):
    title: str
    level: int
    start: int
    end: int


class DocumentJSON(CitedDocumentJSON):
    text: str
    paragraphs: list[list[int]]
    sections: list[SectionJSON]


class ListedDocumentJSON(CitedDocumentJSON):
    characters: int
    passages: int


class ValueJSON(TypedDict):
    value: str
    documents: int


class DocumentsJSON(TypedDict):
    documents: list[ListedDocumentJSON]
    total: int
    offset: int
    limit: int
    facets: dict[str, list[ValueJSON]]
    corpus: CorpusJSON


def answer_json(answer: Answer, url_of: UrlOf) -> AnswerJSON:
    """Return an answer as ``/api/v1/ask`` serves it; scores to two decimals, the time to one."""
    return {
        "question": answer.question,
        "history": list(answer.history),
        "status": answer.status,
        "question_kind": answer.kind,
        "answer": [_quote(quote) for quote in answer.quotes],
        "outline": None if answer.outline is None else _outline(answer.outline),
        "citations": [_citation(citation, url_of) for citation in answer.citations],
        "terms": [_term(term) for term in answer.terms],
        "named": [{"text": name.text, "documents": name.documents} for name in answer.named],
        "preferred": list(answer.preferred),
        "year": answer.year,
        "related": [_citation(citation, url_of) for citation in answer.related],
        "suggestions": list(answer.suggestions),
        "documents_found": answer.documents_found,
        "corpus": {
            "version": answer.corpus_version,
            "documents": answer.corpus_documents,
            "passages": answer.corpus_passages,
        },
        "elapsed_ms": round(answer.elapsed_ms, 1),
        "corrections": [_correction(correction) for correction in answer.corrections],
        "reason": answer.reason,
        "absent": list(answer.absent),
        "filtered_undated": answer.filtered_undated,
    }


def document_json(document: Document, structure: Structure) -> DocumentJSON:
    """Return a document as ``/api/v1/documents/{id}`` serves it: whole, and where its parts stand."""
    return {
        **_cited(document),
        "text": document.text,
        "paragraphs": _spans(structure.paragraphs),
        "sections": [
            {
                "title": document.text[node.head.start : node.head.end],
                "level": level,
                "start": node.start,
                "end": node.end,
            }
            for level, node in structure.sections()
        ],
    }


def documents_json(shelf: Shelf, filters: Filters, offset: int, limit: int) -> DocumentsJSON:
    """Return a stretch of the documents that the filters admit as ``/api/v1/documents`` serves it; past the end there are
    no documents."""
    corpus = shelf.corpus
    admitted = sorted(shelf.admitted(filters))
    return {
        "documents": [
            {**_cited(document), "characters": len(document.text), "passages": last - first}
            for number in admitted[offset : offset + limit]
            for document, (first, last) in [(corpus.documents[number], corpus.bounds[number])]
        ],
        "total": len(admitted),
        "offset": offset,
        "limit": limit,
        "facets": {
            name: [{"value": value, "documents": count} for value, count in values]
            for name, values in shelf.facets(filters).items()
        },
        "corpus": corpus_json(corpus),
    }


def corpus_json(corpus: Corpus) -> CorpusJSON:
    """Return what is said of a corpus as a whole."""
    return {"version": corpus.version, "documents": len(corpus.documents), "passages": len(corpus.passages)}


def _cited(document: Document) -> CitedDocumentJSON:
    return {
        "id": document.id,
        "file": document.file,
        "title": document.title,
        "date": document.date,
        "issuer": document.issuer,
        "lapsed": document.lapsed,
        "number": document.number,
        "place": document.place,
        "kind": document.kind,
        "speaker": document.speaker,
    }


def _quote(quote: Quote) -> QuoteJSON:
    return {
        "text": quote.text,
        "citation": quote.citation,
        "document": quote.document.id,
        "start": quote.start,
        "end": quote.end,
    }


def _outline(outline: Outline) -> OutlineJSON:
    lead = outline.lead
    return {
        "lead": None
        if lead is None
        else {"text": lead.text, "citation": lead.citation, "start": lead.start, "end": lead.end},
        "items": [
            {
                "label": item.label,
                "text": item.quote.text,
                "citation": item.quote.citation,
                "start": item.quote.start,
                "end": item.quote.end,
            }
            for item in outline.items
        ],
    }


def _citation(citation: Citation, url_of: UrlOf) -> CitationJSON:
    return {
        "number": citation.number,
        "document": _cited(citation.document),
        "path": list(citation.path),
        "paragraph": citation.paragraph,
        "paragraph_end": citation.paragraph_end,
        "page": citation.page,
        "start": citation.start,
        "end": citation.end,
        "text": citation.text,
        "quotes": _spans(citation.quotes),
        "matches": _spans(citation.matches),
        "score": round(citation.score, 2),
        "url": url_of(citation.document, citation.paragraph),
        "reference": citation.reference,
        "copies": [{"id": copy.id, "file": copy.file} for copy in citation.copies],
    }


def _term(term: QuestionTerm) -> TermJSON:
    return {"text": term.text, "origin": term.origin, "of": term.of, "found": term.found}


def _correction(correction: Correction) -> CorrectionJSON:
    return {"text": correction.text, "meant": correction.meant, "question": correction.question}


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[start, end] for start, end in spans]
