"""The columns of documents in, their Documents, Structures, Passages and lists out, each made when it is asked for."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import starmap
from operator import index
from typing import TypeVar, overload

import numpy as np

from service.corpus.document import Document, Heading, Leftover, Span
from service.index.columns import Array
from service.index.entry import KNOWN, NOWHERE
from service.passages.enumerations import Enumeration, Item
from service.passages.node import Node
from service.passages.passage import Passage
from service.passages.structure import Structure

# What one question looks at the next one looks at again.
_KEPT, _KEPT_STRUCTURES = 8192, 256

# Made of tuples in a third of the time that their own calls take: lists of hundreds of items are looked at for each question.
_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)
_item: Callable[[tuple[str, Span, Span, int, int, bool, bool]], Item] = partial(tuple.__new__, Item)

Made = TypeVar("Made", covariant=True)


class Shelved(Sequence[Made]):
    """Values that are made when they are asked for, by their places; the latest are kept. Any thread may read it."""

    def __init__(self, length: int, make: Callable[[int], Made], kept: int = _KEPT) -> None:
        self._length = length
        self._make = lru_cache(maxsize=kept)(make)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> Made: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Made]: ...
    def __getitem__(self, place: int | slice) -> Made | Sequence[Made]:
        # Hundreds of times a question, nearly always like this.
        if type(place) is int and 0 <= place < self._length:
            return self._make(place)
        if isinstance(place, slice):
            return [self._make(at) for at in range(*place.indices(self._length))]
        at = index(place)
        if not -self._length <= at < self._length:
            raise IndexError(place)
        return self._make(at % self._length)


class Opened:
    """What the columns of an Entry hold, as the values they were made from.

    ``heads`` are the short sentences of each passage that have more behind them, ``said_of`` what is said of each list and
    the heads of its items, all in readable form; ``characters`` are those of all texts, folded.
    """

    def __init__(self, columns: Mapping[str, Array], before: "Opened | None" = None) -> None:
        """``before`` is what was opened before it: documents that are the same are taken from there."""
        self._columns = columns
        self._letters = columns["letters"].data
        self._strings = columns["strings"]
        # Of thousands of documents a few change at a time, and making one takes as long as some hundred postings.
        made = {} if before is None else dict(zip(map(bytes, before._columns["digests"]), before._made, strict=True))
        rows = zip(map(bytes, columns["digests"]), columns["known_ranges"], columns["text_ranges"], strict=True)
        self._made: list[tuple[Document, Sequence[str]]] = [
            made.get(digest) or self._document(known, text) for digest, known, text in rows
        ]
        self.documents = tuple(document for document, _ in self._made)
        self.characters = frozenset().union(*told(columns, "character", "characters"))
        self.bounds = tuple((begin, end) for begin, end in columns["passage_ranges"].tolist())
        self.list_bounds = tuple((begin, end) for begin, end in columns["list_ranges"].tolist())
        self.structures = Shelved(len(self.documents), self._structure, _KEPT_STRUCTURES)
        self._paths = Shelved(len(columns["paths"]), self._path)
        self.passages = Shelved(len(columns["passages"]), self._passage)
        self.heads = Shelved(len(columns["passages"]), lambda number: self._said("passage_heads", number))
        self.enumerations = Shelved(len(columns["lists"]), self._enumeration)
        self.said_of = Shelved(len(columns["lists"]), lambda number: self._said("list_strings", number))

    def lists_around(self, number: int) -> list[int]:
        """Return the places of the lists that a passage lies in, or whose beginning it holds."""
        document, start, end, spans = self._beside(number)
        begins, ends = spans[:, 4], spans[:, 5]
        inside = (begins <= start) & (start < ends)
        return self._places(document, inside | ((start < begins) & (begins < end)))

    def lists_touching(self, number: int) -> list[int]:
        """Return the places of the lists of which a passage holds anything, the sentence that leads in included."""
        document, start, end, spans = self._beside(number)
        begins = np.where(spans[:, 0] == NOWHERE, spans[:, 4], np.minimum(spans[:, 0], spans[:, 4]))
        return self._places(document, (start < spans[:, 5]) & (begins < end))

    def _places(self, document: int, held: Array) -> list[int]:
        first = self.list_bounds[document][0]
        return [first + place for place in np.flatnonzero(held).tolist()]

    def _beside(self, number: int) -> tuple[int, int, int, Array]:
        """Return a passage's document and span, and the rows of its document's lists."""
        passage = self.passages[number]
        rows = self._columns["lists"][slice(*self.list_bounds[passage.document])]
        return passage.document, passage.start, passage.end, rows

    def _document(self, known_range: Array, text_range: Array) -> tuple[Document, Sequence[str]]:
        """Return a document and the styles of its nodes."""
        known = json.loads(_text(self._columns["known"], *known_range.tolist()))
        said = {name: known[name] for name in KNOWN}
        said["headings"] = tuple(starmap(Heading, known["headings"]))
        said["pages"] = tuple(known["pages"])
        said["leftovers"] = tuple(starmap(Leftover, known["leftovers"]))
        return Document(text=_text(self._columns["texts"], *text_range.tolist()), **said), known["styles"]

    def _string(self, number: int) -> str:
        begin, end = self._strings[number].tolist()
        return str(self._letters[begin:end], "utf-8", "surrogatepass")

    def _said(self, ranges: str, number: int) -> tuple[str, ...]:
        return tuple(map(self._string, range(*self._columns[ranges][number].tolist())))

    def _path(self, number: int) -> tuple[str, ...]:
        parts = self._columns["path_parts"][slice(*self._columns["paths"][number].tolist())]
        return tuple(map(self._string, parts.tolist()))

    def _passage(self, number: int) -> Passage:
        start, end, begin, stop, paragraph, paragraph_end, answerable = self._columns["passages"][number].tolist()
        return Passage(
            document=int(self._columns["passage_documents"][number]),
            start=start,
            end=end,
            path=self._paths[int(self._columns["passage_paths"][number])],
            context=(begin, stop),
            paragraph=paragraph,
            paragraph_end=paragraph_end,
            answerable=bool(answerable),
        )

    def _structure(self, number: int) -> Structure:
        lines = self._columns["paragraphs"][slice(*self._columns["paragraph_ranges"][number].tolist())].tolist()
        return Structure(
            self.documents[number], lines, int(self._columns["fronts"][number]), partial(self._root, number)
        )

    def _root(self, number: int) -> Node:
        nodes = self._columns["nodes"][slice(*self._columns["node_ranges"][number].tolist())].tolist()
        _, styles = self._made[number]
        # From the last row to the first: the children of a node are the latest that were made.
        made: list[Node] = []
        for style, label, label_end, head, head_end, start, end, alone, rank, children in reversed(nodes):
            below = tuple(made.pop() for _ in range(children))
            spans = Span(label, label_end), Span(head, head_end)
            made.append(Node(styles[style], *spans, start, end, bool(alone), rank, below))
        return made[0]

    def _enumeration(self, number: int) -> Enumeration:
        document = int(self._columns["list_documents"][number])
        lead, lead_end, before, before_end, _, _ = self._columns["lists"][number].tolist()
        rows = self._columns["items"][slice(*self._columns["list_items"][number].tolist())].tolist()
        _, styles = self._made[document]
        return Enumeration(
            document=document,
            lead=None if lead == NOWHERE else Span(lead, lead_end),
            before=Span(before, before_end),
            items=tuple(
                _item(
                    (
                        styles[style],
                        _span((label, label_end)),
                        _span((head, head_end)),
                        start,
                        end,
                        bool(alone),
                        bool(parts),
                    )
                )
                for style, label, label_end, head, head_end, start, end, alone, parts in rows
            ),
            path=self._paths[int(self._columns["list_paths"][number])],
        )


def told(columns: Mapping[str, Array], of: str, letters: str | None = None) -> list[str]:
    """Return one string for each document."""
    return [_text(columns[letters or of], begin, end) for begin, end in columns[f"{of}_ranges"].tolist()]


def _text(letters: Array, begin: int, end: int) -> str:
    return str(letters.data[begin:end], "utf-8", "surrogatepass")
