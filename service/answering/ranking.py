"""A Question and a Shelf in, the candidates for its answer out, best first, each with how much of the question it covers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import mul
from typing import NamedTuple

from service.answering.facets import matters_of_measures
from service.answering.question import Question, Word
from service.answering.shelf import Shelf
from service.answering.wording import BY_PIECES, BY_SYNONYM, STANDS
from service.index.protocol import Index, Query, Weighted

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
    found = [
        (hit, shares)
        for hit, shares in zip(hits, zip(*matched, strict=True), strict=True)
        if passages[hit.passage].answerable or (of_issuing and shelf.is_signature(hit.passage))
    ]
    matters = matters_of_measures(question.words)
    if about := [(hit, shares) for hit, shares in found if any(shares[place] >= STANDS for place in matters)]:
        # What stands under 工作举措 is no measure for whatever is asked.
        found = about
    told = information(question.words, shelf.passages)
    return [Candidate(hit.passage, hit.score, covered(shares, told)) for hit, shares in found]


def covered(matched: Sequence[float], told: Sequence[float]) -> float:
    """Return the share of the question's information that is matched, 0 to 1."""
    total = sum(told)
    return sum(map(mul, told, matched)) / total if total else 0.0


def matched_shares(by: Iterable[Sequence[int]], words: Sequence[Word]) -> list[list[float]]:
    """Return how much of each word each passage matches: 1 for its term, less for a synonym or for pieces of it.

    ``by`` are the alternatives of the query for the words that give each passage its score. Shape (words, passages).
    """
    rows = iter(by)
    matched: list[list[float]] = []
    for word in words:
        own = next(rows)
        held, rest = [0.0] * len(own), 0.0
        for _, weight in word.terms[1:]:
            rest += weight
            held = [share + weight if piece >= 0 else share for share, piece in zip(held, next(rows), strict=True)]
        in_pieces = [BY_PIECES * share / rest if share else 0.0 for share in held]
        matched.append(
            [
                1.0 if place == 0 else max(BY_SYNONYM, share) if place > 0 else share
                for place, share in zip(own, in_pieces, strict=True)
            ]
        )
    return matched
