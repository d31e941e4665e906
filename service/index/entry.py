"""Documents with their structures in, columns out: all that is read of them while they are served, and their terms."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from service.corpus.document import Document
from service.index.bags import Bags
from service.index.columns import Array
from service.index.postings import Counted
from service.language.folding import fold
from service.language.matching import readable
from service.passages.corpus import digest
from service.passages.enumerations import Enumeration, enumerations
from service.passages.node import Node
from service.passages.passage import Passage
from service.passages.sentences import LONGEST_HEAD, sentences
from service.passages.structure import Structure

# Which columns hold places in another one: of each row a range [begin, end), or one place.
POINTING = {
    "text_ranges": "texts",
    "known_ranges": "known",
    "character_ranges": "characters",
    "node_ranges": "nodes",
    "paragraph_ranges": "paragraphs",
    "passage_ranges": "passages",
    "list_ranges": "lists",
    "passage_documents": "fronts",
    "passage_paths": "paths",
    "passage_heads": "strings",
    "list_documents": "fronts",
    "list_paths": "paths",
    "list_items": "items",
    "list_strings": "strings",
    "paths": "path_parts",
    "path_parts": "strings",
    "strings": "letters",
}
# How many numbers each row has, and of which kind; 0 stands for one number that is no row.
_ROWS: dict[str, tuple[int, type[np.generic]]] = {
    "digests": (16, np.uint8),
    "fronts": (0, np.int32),
    "text_ranges": (2, np.int64),
    "known_ranges": (2, np.int64),
    "character_ranges": (2, np.int64),
    "node_ranges": (2, np.int32),
    "paragraph_ranges": (2, np.int32),
    "paragraphs": (2, np.int32),
    "passage_ranges": (2, np.int32),
    "list_ranges": (2, np.int32),
    "nodes": (10, np.int32),
    "passages": (7, np.int32),
    "passage_documents": (0, np.int32),
    "passage_paths": (0, np.int32),
    "passage_heads": (2, np.int32),
    "lists": (6, np.int32),
    "list_documents": (0, np.int32),
    "list_paths": (0, np.int32),
    "list_items": (2, np.int32),
    "list_strings": (2, np.int32),
    "items": (9, np.int32),
    "paths": (2, np.int32),
    "path_parts": (0, np.int32),
    "strings": (2, np.int64),
}
_BYTES = ("texts", "known", "characters", "letters")
NOWHERE = -1

# A word that stands near a passage, not in it, counts as so many tenths of one that does. Measured: anything between two and
# five does for headings and lead-ins; the title needs more, or sister documents drown the one that is meant.
_PATH, _TITLE, _LEAD = 5, 5, 3
_ITEM_HEAD = 6
KNOWN = tuple(field.name for field in fields(Document) if field.name not in ("text", "leftovers"))


class Entry:
    """Gathers the columns of documents one after the other; ``terms_of`` tells the terms of a text.

    Of documents: ``digests`` tell whether one is the same, ``fronts`` how many lines its front has, ``known`` what is known
    of it, as JSON, ``characters`` which it has, folded. ``nodes`` are those of its structure, outer ones first: style,
    label, head, span, whether it stands alone, rank, how many children. ``passages`` are span, context, paragraphs, whether
    it is answerable; ``passage_heads`` its short sentences that have more behind them. ``lists`` are lead (or -1), before and span;
    ``items`` style, label, head and span of each item, whether the head stands alone, whether it has parts; ``list_strings``
    what is said of a list, then the heads of its items. Strings are in readable form.
    """

    def __init__(self, terms_of: Callable[[str], Sequence[str]]) -> None:
        self._rows: dict[str, list[Any]] = {name: [] for name in _ROWS}
        self._bytes = {name: bytearray() for name in _BYTES}
        self._passage_bags, self._list_bags = Bags(terms_of), Bags(terms_of)

    def add(self, document: Document, structure: Structure, passages: Iterable[Passage]) -> None:
        """Add a document with its structure and passages."""
        rows = self._rows
        number = len(rows["fronts"])
        nodes = list(structure.root.walk())
        styles = {style: place for place, style in enumerate(dict.fromkeys(node.style for node in nodes))}
        known = {name: getattr(document, name) for name in KNOWN}
        known |= {"leftovers": document.leftovers, "styles": [*styles]}
        rows["fronts"].append(len(structure.front))
        rows["digests"].append([*digest(document)])
        begin = len(rows["nodes"])
        self._write("text_ranges", "texts", document.text)
        self._write("known_ranges", "known", json.dumps(known))
        self._write("character_ranges", "characters", "".join(sorted(set(fold(document.text)))))
        rows["nodes"] += [
            (styles[node.style], *node.label, *node.head, node.start, node.end, *_kind(node)) for node in nodes
        ]
        rows["node_ranges"].append((begin, len(rows["nodes"])))
        begin = len(rows["paragraphs"])
        rows["paragraphs"] += structure.paragraphs
        rows["paragraph_ranges"].append((begin, len(rows["paragraphs"])))
        self._paths: dict[tuple[str, ...], int] = {}
        self._strings: dict[str, int] = {}
        begin = len(rows["passages"])
        for passage in passages:
            self._add_passage(document, passage)
        rows["passage_ranges"].append((begin, len(rows["passages"])))
        rows["passage_documents"] += [number] * (len(rows["passages"]) - begin)
        begin = len(rows["lists"])
        for enumeration in enumerations(document, structure, number):
            self._add_list(document, enumeration, styles)
        rows["list_ranges"].append((begin, len(rows["lists"])))
        rows["list_documents"] += [number] * (len(rows["lists"]) - begin)

    def _add_passage(self, document: Document, passage: Passage) -> None:
        text = document.text
        self._rows["passages"].append(
            (passage.start, passage.end, *passage.context, passage.paragraph, passage.paragraph_end, passage.answerable)
        )
        self._rows["passage_paths"].append(self._path(passage.path))
        said = sentences(text, passage.start, passage.end)[:-1]
        heads = (text[start:end] for start, end in said if end - start <= LONGEST_HEAD)
        self._add_strings("passage_heads", (readable(head).text for head in heads))
        near = [*((heading, _PATH) for heading in passage.path), (document.title, _TITLE)]
        self._passage_bags.add(text[passage.start : passage.end], [*near, (text[slice(*passage.context)], _LEAD)])

    def _add_list(self, document: Document, enumeration: Enumeration, styles: dict[str, int]) -> None:
        text, lead = document.text, enumeration.lead
        self._rows["lists"].append(
            (*(lead or (NOWHERE, NOWHERE)), *enumeration.before, enumeration.start, enumeration.end)
        )
        self._rows["list_paths"].append(self._path(enumeration.path))
        items = enumeration.items
        begin = len(self._rows["items"])
        self._rows["items"] += [
            (styles[style], *label, *head, start, end, stands_alone, has_parts)
            for style, label, head, start, end, stands_alone, has_parts in items
        ]
        self._rows["list_items"].append((begin, len(self._rows["items"])))
        heads = [text[item.head.start : item.head.end] for item in items]
        about = "\n".join((text[slice(*enumeration.before)], *enumeration.path))
        self._add_strings("list_strings", (readable(said).text for said in (about, *heads)))
        near = [*((heading, _PATH) for heading in enumeration.path), (document.title, _TITLE)]
        self._list_bags.add(text[slice(*lead)] if lead else "", [*near, *((head, _ITEM_HEAD) for head in heads)])

    def _path(self, path: tuple[str, ...]) -> int:
        """Return the number of a path; those of one document stand there once."""
        if path not in self._paths:
            for heading in path:
                if heading not in self._strings:
                    self._strings[heading] = len(self._rows["strings"])
                    self._write("strings", "letters", heading)
            self._paths[path] = len(self._rows["paths"])
            begin = len(self._rows["path_parts"])
            self._rows["path_parts"] += [self._strings[heading] for heading in path]
            self._rows["paths"].append((begin, len(self._rows["path_parts"])))
        return self._paths[path]

    def _add_strings(self, ranges: str, strings: Iterable[str]) -> None:
        begin = len(self._rows["strings"])
        for string in strings:
            self._write("strings", "letters", string)
        self._rows[ranges].append((begin, len(self._rows["strings"])))

    def _write(self, ranges: str, letters: str, string: str) -> None:
        held = self._bytes[letters]
        begin = len(held)
        held += string.encode("utf-8", "surrogatepass")
        self._rows[ranges].append((begin, len(held)))

    def served(self) -> dict[str, Array]:
        """Return the columns of the documents so far; none of ``POINTING`` leads out of them."""
        rows = {
            name: np.array(self._rows[name], kind).reshape((-1, width) if width else -1)
            for name, (width, kind) in _ROWS.items()
        }
        return rows | {name: np.frombuffer(bytes(letters), np.uint8) for name, letters in self._bytes.items()}

    def terms(self) -> tuple[Counted, Counted]:
        """Return the terms of the passages and those of the lists so far."""
        return self._passage_bags.block(), self._list_bags.block()


def _kind(node: Node) -> tuple[bool, int, int]:
    return node.stands_alone, node.rank, len(node.children)
