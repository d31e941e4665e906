"""A Question and a Shelf in, the candidates for its answer out, best first, each with how much of the question it covers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import mul
from typing import NamedTuple

import numpy as np

from service.answering.facets import matters_of_measures
from service.answering.question import Question, Word
from service.answering.shelf import Shelf
from service.answering.wording import BY_PIECES, BY_SYNONYM, STANDS
from service.index.postings import NUMBERS
from service.index.protocol import Index, Query, Weighted
from service.index.weighing import FLOATS

CANDIDATES = 60
# Where each of several places is to have one.
CANDIDATES_OF_SEVERAL = 240

# Who issued a text and when is what its signature says, and nothing else.
_OF_ISSUING = re.compile("印发|发布|公布|下发|签发|发文|发出|发的|出台|成文|落款|署名")


class Candidate(NamedTuple):
    """A passage that may answer, its score, and the share of the question's information it holds, 0 to 1."""

    passage: int
    score: float
    covered: float


def query_of(words: Sequence[Word], documents: frozenset[int] | None) -> Query:
    """Return the query for some words, in the documents named: for each of their terms a group of alternatives."""
    return Query(tuple(group for word in words for group in _groups(word)), documents)


def _groups(word: Word) -> Iterator[tuple[Weighted, ...]]:
    own, *inside = word.terms
    synonyms = (Weighted(t.term, t.weight * word.counts) for synonym in word.synonyms for t in synonym.terms)
    yield (Weighted(own.term, own.weight * word.counts), *synonyms)
    for term, weight in inside:
        yield (Weighted(term, weight * word.counts),)


def without_pieces(words: Sequence[Word], present: Sequence[bool]) -> tuple[Word, ...]:
    """Return the words; those that are not ``present`` anywhere and have official names without their pieces.

    Whoever asks of a 烫手山芋 is not answered by a 山芋.
    """
    return tuple(
        replace(word, terms=word.terms[:1]) if word.everyday and word.synonyms and not stands else word
        for word, stands in zip(words, present, strict=True)
    )


def information(words: Sequence[Word], index: Index) -> list[float]:
    """Return how much each word says: the idf of its term, less where it was only carried over or is a small number."""
    return [index.idf_of(word.text) * word.terms[0].weight * word.counts for word in words]


def rank(
    question: Question, shelf: Shelf, documents: frozenset[int] | None, limit: int = CANDIDATES
) -> list[Candidate]:
    """Return the passages that may answer, best first; titles, salutations and bare headings are none, nor are signatures but
    where it is asked who issued a text or when.
    """
    query = query_of(question.words, documents)
    hits = shelf.passages.search(query, limit)
    matched = matched_shares(shelf.passages.alternatives(query, [hit.passage for hit in hits]), question.words)
    of_issuing = question.kind in ("who", "when") and _OF_ISSUING.search(question.text)
    passages = shelf.corpus.passages
    may_answer = np.array(
        [passages[hit.passage].answerable or bool(of_issuing and shelf.is_signature(hit.passage)) for hit in hits], bool
    )
    about = (matched[matters_of_measures(question.words)] >= STANDS).any(axis=0) & may_answer
    # What stands under 工作举措 is no measure for whatever is asked.
    kept = about if about.any() else may_answer
    told = information(question.words, shelf.passages)
    shares = np.zeros(len(hits))
    for says, share in zip(told, matched, strict=True):
        shares += says * share
    shares /= sum(told) or 1.0
    return [
        Candidate(hit.passage, hit.score, share)
        for hit, share, keep in zip(hits, shares.tolist(), kept.tolist(), strict=True)
        if keep
    ]


def covered(matched: Sequence[float], told: Sequence[float]) -> float:
    """Return the share of the question's information that is matched, 0 to 1."""
    total = sum(told)
    return sum(map(mul, told, matched)) / total if total else 0.0


def matched_shares(by: NUMBERS, words: Sequence[Word]) -> FLOATS:
    """Return how much of each word each passage matches: 1 for its term, less for a synonym or for pieces of it.

    ``by`` are the alternatives of the query for the words that give each passage its score. Shape (words, passages).
    """
    matched = np.zeros((len(words), by.shape[1]))
    rows = iter(by)
    for share, word in zip(matched, words, strict=True):
        own = next(rows)
        for _, weight in word.terms[1:]:
            share += weight * (next(rows) >= 0)
        if len(word.terms) > 1:
            share *= BY_PIECES
            share /= sum(weight for _, weight in word.terms[1:])
        np.maximum(share, BY_SYNONYM, out=share, where=own > 0)
        share[own == 0] = 1.0
    return matched
