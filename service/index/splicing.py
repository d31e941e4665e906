"""An index and what of its files changed in, the columns of the index as it should be now out: the rest is copied as it lies."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.index.built import LEXICON, OF_LISTS, OF_PASSAGES, Part, columns_of, named, under
from service.index.columns import Array, joined
from service.index.entry import POINTING
from service.index.lexicon import MOST_CHARACTERS, Lexicon
from service.index.opened import told
from service.index.postings import NUMBERS, Counted, Postings
from service.index.postings import joined as postings_of
from service.index.terms import Written, merged

_GONE = -1
_NO_NUMBERS = np.empty(0, np.int32)

# Where the rows of a column stand in the order of those of another one, and which; all others stand for themselves.
_ROWS_OF = {
    **dict.fromkeys(("digests", *(name for name in POINTING if name.endswith("_ranges"))), "fronts"),
    **dict.fromkeys(("passage_documents", "passage_paths", "passage_heads"), "passages"),
    **dict.fromkeys(("list_documents", "list_paths", "list_items", "list_strings"), "lists"),
}


class _Kept(NamedTuple):
    """What of an index is kept of documents side by side: their columns, and which of its passages and lists are theirs."""

    served: Mapping[str, Array]
    passages: range
    lists: range


def spliced(
    old: Mapping[str, Array], said: Mapping[str, Any], pieces: Sequence[range | Part]
) -> tuple[dict[str, Array], dict[str, Any]]:
    """Return what ``assembled`` returns of the parts of all documents.

    ``old`` are the columns of an index, and ``said`` what was said of them. ``pieces`` are one or more, in the order of the
    new index: places of documents in the old one, which rise, and parts that are new.
    """
    parts = [_kept(old, piece) if isinstance(piece, range) else piece for piece in pieces]
    served = joined([part.served for part in parts], POINTING)
    passages = _postings(Postings.over(under(OF_PASSAGES, old)), [part.passages for part in parts])
    lists = _postings(Postings.over(under(OF_LISTS, old)), [part.lists for part in parts])
    first = pieces[0]
    same = len(first) if isinstance(first, range) and not first.start else 0
    # Of more nothing is listened to, so what is heard is the same.
    if sum(map(len, told(old, "text", "texts")[:same])) > MOST_CHARACTERS:
        heard = {name: column for name, column in old.items() if name.startswith(LEXICON)}
        return columns_of(served, passages, lists, heard), {"lexicon": said["lexicon"]}
    lexicon = Lexicon.of(told(served, "text", "texts"))
    return columns_of(served, passages, lists, named(LEXICON, lexicon.arrays)), {"lexicon": lexicon.said}


def _kept(columns: Mapping[str, Array], documents: range) -> _Kept:
    rows = {"fronts": documents}

    def rows_of(name: str) -> range:
        """Return the rows of a column: documents were added one after the other, so what they point at lies side by side."""
        owner = _ROWS_OF.get(name, name)
        if owner not in rows:
            ends = []
            for pointer in (pointer for pointer, target in POINTING.items() if target == owner):
                of = rows_of(pointer)
                held = columns[pointer][of.start : of.stop]
                if len(held):
                    first, last = (held[:, 0], held[:, 1]) if held.ndim == 2 else (held, held + 1)
                    ends.append((int(first.min()), int(last.max())))
            rows[owner] = range(min(first for first, _ in ends), max(last for _, last in ends)) if ends else range(0)
        return rows[owner]

    served = {}
    for name, column in columns.items():
        if "." not in name:
            of = rows_of(name)
            served[name] = column[of.start : of.stop]
            if name in POINTING:
                served[name] = served[name] - rows_of(POINTING[name]).start
    return _Kept(served, rows_of("passages"), rows_of("lists"))


def _postings(old: Postings, parts: Sequence[range | Counted]) -> Postings:
    """Return the postings of passages of which some have others already, and some are new."""
    number_of, numbers, lengths = np.full(len(old.lengths), _GONE, np.int32), [_NO_NUMBERS], [_NO_NUMBERS]
    first = 0
    for part in parts:
        count = len(part) if isinstance(part, range) else len(part.lengths)
        now = np.arange(first, first + count, dtype=np.int32)
        if isinstance(part, range):
            number_of[part.start : part.stop] = now
            lengths.append(old.lengths[part.start : part.stop])
        else:
            numbers.append(now)
            lengths.append(part.lengths)
        first += count
    added = postings_of([part for part in parts if not isinstance(part, range)])
    return _with(*_left(old, number_of), added, np.concatenate(numbers)[added.passages], np.concatenate(lengths))


def _left(old: Postings, number_of: NUMBERS) -> tuple[Written, NDArray[np.int64], NUMBERS, NDArray[np.uint16]]:
    """Return the terms of the passages that stay, in how many of these each stands, in which by their numbers of now, and
    how often."""
    counts, passages, tenths = np.diff(old.begins), number_of.take(old.passages), old.tenths
    gone = np.flatnonzero(passages == _GONE)
    if len(gone):
        counts = counts - np.bincount(np.searchsorted(old.begins, gone, side="right") - 1, minlength=len(counts))
        passages, tenths = np.delete(passages, gone), np.delete(tenths, gone)
    hashes, begins, letters = old.terms.arrays.values()
    left, lengths = counts > 0, np.diff(begins)
    ends = np.concatenate(([0], np.cumsum(lengths[left])))
    return Written(hashes[left], ends, letters[np.repeat(left, lengths)]), counts[left], passages, tenths


def _with(
    terms: Written,
    counts: NDArray[np.int64],
    passages: NUMBERS,
    tenths: NDArray[np.uint16],
    added: Postings,
    numbers: NUMBERS,
    lengths: NUMBERS,
) -> Postings:
    """Return postings together with others, whose passages have these numbers; ``lengths`` are those of all passages."""
    together, (of_terms, of_added) = merged([terms, Written(*added.terms.arrays.values())])
    held, new = np.zeros(len(together) + 1, np.int64), np.zeros(len(together) + 1, np.int64)
    held[of_terms + 1] = counts
    new[of_added + 1] = np.diff(added.begins)
    np.cumsum(held, out=held)
    np.cumsum(new, out=new)
    places = np.empty(len(numbers), np.int64)
    for term, begin, end in zip(of_added.tolist(), added.begins.tolist(), added.begins[1:].tolist(), strict=False):
        first, last = held[term : term + 2].tolist()
        places[begin:end] = first + passages[first:last].searchsorted(numbers[begin:end])
    return Postings(
        together, held + new, np.insert(passages, places, numbers), np.insert(tenths, places, added.tenths), lengths
    )
