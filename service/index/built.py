"""Entries in, an index as one set of columns out; and from these columns all that is served."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from service.corpus.document import Document
from service.index.columns import Array, joined
from service.index.entry import POINTING, Entry
from service.index.lexicon import Lexicon
from service.index.okapi import Okapi
from service.index.opened import Opened, told
from service.index.postings import Block, Counted, Postings
from service.index.postings import joined as postings_of
from service.index.terms import Written
from service.passages import corpus as corpora
from service.passages.corpus import Corpus
from service.passages.cutting import passages
from service.passages.structure import structure

OF_PASSAGES, OF_LISTS, LEXICON = "passage_terms.", "list_terms.", "lexicon."


class Part(NamedTuple):
    """What an index is made of: the columns of some documents that are served, the terms of their passages and lists."""

    served: Mapping[str, Array]
    passages: Counted
    lists: Counted

    @property
    def columns(self) -> dict[str, Array]:
        """Return all of it as columns."""
        return {
            **self.served,
            **named(OF_PASSAGES, _counted_columns(self.passages)),
            **named(OF_LISTS, _counted_columns(self.lists)),
        }

    @classmethod
    def over(cls, columns: Mapping[str, Array]) -> "Part":
        """Return the part that these are the columns of."""
        served = {name: array for name, array in columns.items() if "." not in name}
        return cls(served, _counted(under(OF_PASSAGES, columns)), _counted(under(OF_LISTS, columns)))


def part(documents: Iterable[Document], terms_of: Callable[[str], Sequence[str]]) -> Part:
    """Return what an index needs of some documents, which are in the order of a corpus."""
    entry = Entry(terms_of)
    for number, document in enumerate(documents):
        laid = structure(document)
        entry.add(document, laid, passages(document, laid, number))
    return Part(entry.served(), *entry.terms())


def assembled(parts: Sequence[Part]) -> tuple[dict[str, Array], dict[str, Any]]:
    """Return the columns of the index of parts that follow one another, one at least, and what is said of them."""
    served = joined([one.served for one in parts], POINTING)
    lexicon = Lexicon.of(told(served, "text", "texts"))
    passages, lists = postings_of([one.passages for one in parts]), postings_of([one.lists for one in parts])
    return columns_of(served, passages, lists, named(LEXICON, lexicon.arrays)), {"lexicon": lexicon.said}


def columns_of(
    served: Mapping[str, Array], passages: Postings, lists: Postings, lexicon: Mapping[str, Array]
) -> dict[str, Array]:
    """Return all columns of an index; those of the lexicon have their full names."""
    return {**served, **named(OF_PASSAGES, passages.arrays), **named(OF_LISTS, lists.arrays), **lexicon}


class Built(NamedTuple):
    """An index: the corpus, what is kept of its lists and passages in readable form, what is looked up by terms, and how
    much all of it is."""

    corpus: Corpus
    opened: Opened
    passages: Okapi
    lists: Okapi
    lexicon: Lexicon
    bytes: int


def built(columns: Mapping[str, Array], said: Mapping[str, Any], before: Opened | None = None) -> Built:
    """Return the index of these columns; they are read where they lie. ``before`` is what was opened before it."""
    opened = Opened(columns, before)
    version = corpora.version(map(bytes, columns["digests"]))
    corpus = Corpus(opened.documents, opened.structures, opened.passages, opened.bounds, version)
    return Built(
        corpus,
        opened,
        Okapi(Postings.over(under(OF_PASSAGES, columns)), columns["passage_documents"]),
        Okapi(Postings.over(under(OF_LISTS, columns)), columns["list_documents"]),
        Lexicon.over([d.text for d in opened.documents], under(LEXICON, columns), said["lexicon"]),
        sum(column.nbytes for column in columns.values()),
    )


def named(prefix: str, columns: Mapping[str, Array]) -> dict[str, Array]:
    return {prefix + name: array for name, array in columns.items()}


def under(prefix: str, columns: Mapping[str, Array]) -> dict[str, Array]:
    return {name.removeprefix(prefix): array for name, array in columns.items() if name.startswith(prefix)}


def _counted_columns(counted: Counted) -> dict[str, Array]:
    block, lengths = counted
    return {
        "hashes": block.terms.hashes,
        "begins": block.terms.begins,
        "letters": block.terms.letters,
        "places": block.places,
        "passages": block.passages,
        "tenths": block.tenths,
        "lengths": lengths,
    }


def _counted(columns: Mapping[str, Array]) -> Counted:
    terms = Written(columns["hashes"], columns["begins"], columns["letters"])
    return Counted(Block(terms, columns["places"], columns["passages"], columns["tenths"]), columns["lengths"])
