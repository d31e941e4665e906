"""Documents in, a Corpus out: the documents with their structures and passages, and one version for all of it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, pairwise

from service.corpus.document import Document
from service.passages.cutting import passages
from service.passages.passage import Passage
from service.passages.structure import Structure, structure


@dataclass(frozen=True)
class Corpus:
    """An immutable set of documents with their passages, ordered by file and then by place in it.

    ``structures`` are in the order of ``documents``; a passage's ``document`` is an index into both.
    ``bounds`` are, per document, the range of its passages' numbers.
    """

    documents: Sequence[Document]
    structures: Sequence[Structure]
    passages: Sequence[Passage]
    bounds: Sequence[tuple[int, int]]
    version: str

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {document.id: number for number, document in enumerate(self.documents)}

    def number_of(self, document_id: str) -> int | None:
        """Return the place of the document with this id, or None."""
        return self._numbers.get(document_id)

    def text_of(self, passage: Passage) -> str:
        return self.documents[passage.document].text[passage.start : passage.end]


def build(documents: Iterable[Document]) -> Corpus:
    """Return the corpus of these documents; their order does not matter."""
    ordered = tuple(sorted(documents, key=place_of))
    structures = tuple(structure(document) for document in ordered)
    found = [passages(*pair, number) for number, pair in enumerate(zip(ordered, structures, strict=True))]
    ends = list(accumulate(map(len, found), initial=0))
    bounds = tuple(pairwise(ends))
    return Corpus(ordered, structures, tuple(chain.from_iterable(found)), bounds, version(map(digest, ordered)))


def place_of(document: Document) -> tuple[str, str, int]:
    """Return by what documents are ordered: file, and the number within it."""
    own, _, number = document.id.partition("-")
    return document.file, own, int(number) if number.isdecimal() else 1


def digest(document: Document) -> bytes:
    """Return 16 bytes that change when anything that is served of a document changes."""
    told = hashlib.blake2b(digest_size=16)
    for value in (
        document.id,
        document.file,
        document.title,
        document.date,
        document.issuer,
        document.kind,
        document.number,
        document.subtitle,
        document.published,
        document.effective,
        document.expires,
        document.speaker,
        document.occasion,
        document.place,
        document.source,
        "lapsed" if document.lapsed else None,
        document.text,
        # A text without them keeps the version that it had before there were any.
        *([repr((document.headings, document.pages))] if document.headings or document.pages else []),
    ):
        part = b"" if value is None else value.encode("utf-8", "surrogatepass")
        told.update(len(part).to_bytes(8, "big") + part)
    return told.digest()


def version(digests: Iterable[bytes]) -> str:
    """Return 12 hexadecimal digits that change when the digest of any document does."""
    return hashlib.blake2b(b"".join(digests), digest_size=6).hexdigest()
