"""A Word of a question and a readable text in, how much of the word stands in it out."""

from service.answering.question import Word
from service.language.matching import stands_in

# How much of a word is there where only a synonym stands, or only its pieces.
BY_SYNONYM, BY_PIECES = 0.7, 0.8


def share_of(word: Word, form: str) -> float:
    """Return 1 where the word itself stands in a readable text, less for a synonym or for pieces of it, 0 to 1."""
    if stands_in(word.text, form):
        return 1.0
    rest = word.terms[1:]
    total = sum(weight for _, weight in rest)
    pieces = BY_PIECES * sum(w for term, w in rest if stands_in(term, form)) / total if total else 0.0
    return max(pieces, BY_SYNONYM if any(stands_in(synonym.form, form) for synonym in word.synonyms) else 0.0)
