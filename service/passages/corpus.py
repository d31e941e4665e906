"""Documents in, a Corpus out: the documents with their structures and passages, and one version for all of it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from service.corpus.document import Document
from service.passages.cutting import passages
from service.passages.passage import Passage
from service.passages.structure import Structure, structure


@dataclass(frozen=True)
class Corpus:
    """An immutable set of documents with their passages, ordered by file and then by place in it.

    ``structures`` are in the order of ``documents``; a passage's ``document`` is an index into both.
    """

    documents: tuple[Document, ...]
    structures: tuple[Structure, ...]
    passages: tuple[Passage, ...]
    version: str
    _numbers: dict[str, int] = field(repr=False, compare=False, default_factory=dict)

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """Return, per document, the range of its passages' numbers."""
        counts = [[0, 0] for _ in self.documents]
        for number, passage in enumerate(self.passages):
            if counts[passage.document][1] == 0:
                counts[passage.document][0] = number
            counts[passage.document][1] = number + 1
        return [(first, last) for first, last in counts]

    def number_of(self, document_id: str) -> int | None:
        """Return the place of the document with this id, or None."""
        return self._numbers.get(document_id)

    def text_of(self, passage: Passage) -> str:
        return self.documents[passage.document].text[passage.start : passage.end]


def build(documents: Iterable[Document]) -> Corpus:
    """Return the corpus of these documents; their order does not matter."""
    ordered = tuple(sorted(documents, key=lambda d: (d.file, len(d.id), d.id)))
    structures = tuple(structure(document) for document in ordered)
    found = tuple(
        passage
        for number, (document, parsed) in enumerate(zip(ordered, structures, strict=True))
        for passage in passages(document, parsed, number)
    )
    return Corpus(ordered, structures, found, _version(ordered), {d.id: n for n, d in enumerate(ordered)})


def _version(documents: Iterable[Document]) -> str:
    """Return 12 hexadecimal digits that change when anything that is served of any document changes."""
    digest = hashlib.blake2b(digest_size=6)
    for document in documents:
        for value in (
            document.id,
            document.file,
            document.title,
            document.date,
            document.issuer,
            document.kind,
            document.number,
            "lapsed" if document.lapsed else None,
            document.text,
        ):
            part = b"" if value is None else value.encode("utf-8", "surrogatepass")
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
