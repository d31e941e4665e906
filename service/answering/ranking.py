"""A Question and a Shelf in, the candidates for its answer out, best first, each with how much of the question it covers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import mul

from service.answering.facets import matters_of_measures
from service.answering.question import Question, Word
from service.answering.shelf import Shelf
from service.answering.wording import BY_PIECES, BY_SYNONYM, STANDS
from service.index.protocol import Index, Query, Share, Weighted

CANDIDATES = 60
# Where each of several places is to have one.
CANDIDATES_OF_SEVERAL = 240

# Who issued a text and when is what its signature says, and nothing else.
_OF_ISSUING = re.compile("印发|发布|公布|下发|签发|发文|发出|发的|出台|成文|落款|署名")


@dataclass(frozen=True, slots=True)
class Candidate:
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
    shares = shelf.passages.shares(query, [hit.passage for hit in hits])
    told = information(question.words, shelf.passages)
    of_issuing = question.kind in ("who", "when") and _OF_ISSUING.search(question.text)
    found = [
        (hit, matched_shares(share, question.words))
        for hit, share in zip(hits, shares, strict=True)
        if shelf.corpus.passages[hit.passage].answerable or (of_issuing and shelf.is_signature(hit.passage))
    ]
    matters = matters_of_measures(question.words)
    if about := [(hit, shares) for hit, shares in found if any(shares[place] >= STANDS for place in matters)]:
        # What stands under 工作举措 is no measure for whatever is asked.
        found = about
    return [Candidate(hit.passage, hit.score, covered(shares, told)) for hit, shares in found]


def covered(matched: Sequence[float], told: Sequence[float]) -> float:
    """Return the share of the question's information that is matched, 0 to 1."""
    total = sum(told)
    return sum(map(mul, told, matched)) / total if total else 0.0


def matched_shares(share: Share, words: Sequence[Word]) -> list[float]:
    """Return how much of each word a passage matches: 1 for its term, less for a synonym or for pieces of it."""
    matched: list[float] = []
    at = 0
    for word in words:
        own = share.by[at]
        at += 1
        if own == 0:
            matched.append(1.0)
            at += len(word.terms) - 1
            continue
        held = rest = 0.0
        for _, weight in word.terms[1:]:
            rest += weight
            held += weight if share.by[at] >= 0 else 0.0
            at += 1
        matched.append(max(BY_SYNONYM if own > 0 else 0.0, BY_PIECES * held / rest if held else 0.0))
    return matched
