"""A Question and its best evidence in, whether there is an answer out: the one place where it is decided."""

from collections.abc import Sequence

from service.answering import detail
from service.answering.question import Question, Word
from service.answering.shelf import Shelf
from service.answering.wording import share_of
from service.index.protocol import Index
from service.language.matching import readable
from service.language.nouns import is_noun

# Below this share of the question's information, the best evidence is no evidence.
_LEAST_COVERED = 0.1
# An off-topic question is made of words that neither the corpus nor the thesaurus of its field knows.
_LEAST_KNOWN = 0.4
# Evidence that covers this much is an answer whatever else was asked.
_CONVINCING = 0.5
# A character that no document has is as foreign as a word that none has, but says less.
_CHARACTER = 0.5
# The thing whose value is asked for stands this close before the question word: 利率[是]多少.
_NEAR = 1


def found_words(words: Sequence[Word], index: Index) -> list[bool]:
    """Return, for each word, whether it stands anywhere: by itself, or in the pieces that the index has of it."""
    return [
        index.frequency(word.text) > 0 or (len(word.terms) > 1 and len(word.text) > 2 and index.together(_pieces(word)))
        for word in words
    ]


def _pieces(word: Word) -> list[str]:
    return [word.text[at : at + 2] for at in range(len(word.text) - 1)]


def has_answer(
    question: Question, covered: float, told: Sequence[float], found: Sequence[bool], text: str, shelf: Shelf
) -> bool:
    """Return whether the best evidence is an answer.

    ``covered`` is the share of the question's information that it holds, ``told`` what each word of the question says,
    ``found`` whether each stands anywhere, ``text`` the words of the evidence itself.
    """
    if not question.words or not any(told):
        return False
    if not _tells_detail(question, found, readable(text).text):
        return False
    foreign = sum(character not in shelf.characters for character in question.characters)
    covered *= sum(told) / (sum(told) + foreign * _CHARACTER * shelf.passages.idf_of(""))
    if covered >= _CONVINCING:
        return True
    # A small number stands everywhere and tells nothing.
    known = [f or w.everyday for w, f in zip(question.words, found, strict=True) if w.terms[0].weight >= 1]
    return covered >= _LEAST_COVERED and sum(known) >= _LEAST_KNOWN * (len(known) + foreign) and any(known)


def _tells_detail(question: Question, found: Sequence[bool], form: str) -> bool:
    """Return whether evidence in readable form tells the detail that is asked for, of the thing it is asked of.

    门票多少钱 is not answered by a text without a sum, nor by one that knows no 门票 by any name.
    """
    pattern = detail.wanted(question.kind, question.form)
    if pattern is not None and not pattern.search(form):
        return False
    if question.kind not in ("number", "when", "who"):
        return True
    end = detail.attribute_end(question.form)
    for word, stands in zip(question.words, found, strict=True):
        at = question.form.rfind(word.text, 0, end)
        near = at >= 0 and end - at - len(word.text) <= _NEAR
        if near and not stands and word.origin == "asked" and is_noun(word.text):
            return share_of(word, form) > 0
    return True
