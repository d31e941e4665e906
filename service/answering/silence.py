"""A Question and its best evidence in, whether there is an answer out: the one place where it is decided."""

from collections.abc import Sequence

from service.answering.question import Question, Word
from service.index.protocol import Index

# Below this share of the question's information, the best evidence is no evidence.
_LEAST_COVERED = 0.1
# An off-topic question is made of words that neither the corpus nor the thesaurus of its field knows.
_LEAST_KNOWN = 0.4
# Evidence that covers this much is an answer whatever else was asked.
_CONVINCING = 0.45


def found_words(words: Sequence[Word], index: Index) -> list[bool]:
    """Return, for each word, whether it stands anywhere: by itself, or in the pieces that the index has of it."""
    return [
        index.frequency(word.text) > 0 or (len(word.terms) > 1 and len(word.text) > 2 and index.together(_pieces(word)))
        for word in words
    ]


def _pieces(word: Word) -> list[str]:
    return [word.text[at : at + 2] for at in range(len(word.text) - 1)]


def has_answer(question: Question, covered: float, found: Sequence[bool]) -> bool:
    """Return whether the best evidence, which covers this share of the question's information, is an answer."""
    if not question.words:
        return False
    if covered >= _CONVINCING:
        return True
    known = [f or word.everyday for word, f in zip(question.words, found, strict=True)]
    return covered >= _LEAST_COVERED and sum(known) >= _LEAST_KNOWN * len(known)
