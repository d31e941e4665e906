"""A Word of a question and a readable text in, how much of the word stands in it out."""

from service.answering.question import Word
from service.language.matching import stands_in

# How much of a word is there where only a synonym stands, or only its pieces.
BY_SYNONYM, BY_PIECES = 0.7, 0.8
# So much of a word is enough to say that it stands there: 生态 alone is not 生态建设.
STANDS = 0.5


def share_of(word: Word, form: str) -> float:
    """Return 1 where the word itself stands in a readable text, less for a synonym or for pieces of it, 0 to 1."""
    # The most frequent question of all: most words stand nowhere near, which “in” tells fastest.
    if word.text in form and stands_in(word.text, form):
        return 1.0
    held = rest = 0.0
    for term, weight in word.terms[1:]:
        rest += weight
        if term in form and stands_in(term, form):
            held += weight
    pieces = BY_PIECES * held / rest if held else 0.0
    if pieces < BY_SYNONYM:
        for synonym in word.synonyms:
            if synonym.form in form and stands_in(synonym.form, form):
                return BY_SYNONYM
    return pieces
