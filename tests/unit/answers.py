"""An Answer as a test needs it, without an engine."""

from service.answering.answer import Answer


def answer(question: str, **parts: object) -> Answer:
    """Return an answer to a question with these parts, and nothing else that matters."""
    whole: dict[str, object] = {
        "question": question,
        "history": (),
        "status": "answered",
        "kind": "list",
        "quotes": (),
        "outline": None,
        "citations": (),
        "terms": (),
        "named": (),
        "preferred": (),
        "year": None,
        "related": (),
        "suggestions": (),
        "documents_found": 1,
        "corpus_version": "abc123",
        "corpus_documents": 2,
        "corpus_passages": 7,
        "elapsed_ms": 2.0,
    }
    return Answer(**{**whole, **parts})  # type: ignore[arg-type]
