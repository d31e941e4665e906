"""The engines that are compared: passages as their words in, a search for the best of them out."""

import math
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rank_bm25 import BM25Okapi

from service.index import columns, compiling
from service.index.okapi import Okapi
from service.index.postings import Postings, postings
from service.index.protocol import Query, Weighted

# The words of a question and how many passages are wanted in; passages and their scores out, best first.
Search = Callable[[Sequence[str], int], list[tuple[int, float]]]
Passages = Iterable[list[str]]


class Engine(NamedTuple):
    """An engine: ``build`` takes passages, how many they are and a folder for its files; ``open``, if it has files, that
    folder. What it takes seconds a question for is only asked up to ``most`` passages. ``prepare`` is what a service does
    once it answers."""

    name: str
    build: Callable[[Passages, int, Path], Search]
    open: Callable[[Path], Search] | None = None
    packages: tuple[str, ...] = ()
    most: int | None = None
    prepare: Callable[[], None] | None = None

    @property
    def missing(self) -> list[str]:
        return [package for package in self.packages if find_spec(package) is None]


# -- this index ------------------------------------------------------------------------------------------------------


def ours(bags: Iterable[Mapping[str, int]], number: int) -> Okapi:
    """Return this index of bags of words, of documents with twenty passages each."""
    return opened(postings(bags), number)


def opened(found: Postings, number: int) -> Okapi:
    return Okapi(found, np.arange(number, dtype=np.int32) // 20)


def ours_search(index: Okapi, question: Sequence[str], limit: int) -> list[tuple[int, float]]:
    hits = index.search(Query(tuple((Weighted(word, 1.0),) for word in question)), limit)
    return [(hit.passage, hit.score) for hit in hits]


def build_ours(passages: Passages, number: int, folder: Path) -> Search:
    columns.write(folder / "ours", postings(map(Counter, passages)).arrays, {"passages": number})
    return open_ours(folder)


def open_ours(folder: Path) -> Search:
    held = columns.Columns(folder / "ours")
    return partial(ours_search, opened(Postings.over(held), held.said["passages"]))


def prepare_compiled() -> None:
    compiling.load(Path(tempfile.gettempdir()) / "youju-bench-compiled")
    if compiling.compiled() is None:
        raise RuntimeError("numba does not work here")


# -- rank_bm25 -------------------------------------------------------------------------------------------------------


class LuceneIdf(BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no types
    """rank_bm25 as it is, with the idf that this index and the other engines use."""

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        size = self.corpus_size
        self.idf = {word: math.log(1 + (size - count + 0.5) / (count + 0.5)) for word, count in nd.items()}


def build_rank_bm25(passages: Passages, *_: object) -> Search:
    index = LuceneIdf(list(passages))

    def search(question: Sequence[str], limit: int) -> list[tuple[int, float]]:
        scores = index.get_scores(question)
        # Its own get_top_n leaves open which of equal scores comes first.
        best = np.argsort(-scores, kind="stable")[:limit]
        return [(passage, score) for passage, score in zip(best.tolist(), scores[best].tolist(), strict=True) if score]

    return search


# -- bm25s -----------------------------------------------------------------------------------------------------------


def build_bm25s(backend: str, passages: Passages, _: int, folder: Path) -> Search:
    import bm25s

    index = bm25s.BM25(k1=1.5, b=0.75, method="lucene", backend=backend)
    index.index(list(passages), show_progress=False)
    index.save(folder)
    return partial(_bm25s_search, index)


def open_bm25s(backend: str, folder: Path) -> Search:
    import bm25s

    # It keeps its backend among its parameters, but does not take it from there when it compiles.
    return partial(_bm25s_search, bm25s.BM25.load(folder, override_params={"backend": backend}, show_progress=False))


def _bm25s_search(index: object, question: Sequence[str], limit: int) -> list[tuple[int, float]]:
    found, scores = index.retrieve([question], k=limit, show_progress=False)  # type: ignore[attr-defined]
    return [hit for hit in zip(found[0].tolist(), scores[0].tolist(), strict=True) if hit[1] > 0]


# -- tantivy ---------------------------------------------------------------------------------------------------------


def build_tantivy(passages: Passages, _: int, folder: Path) -> Search:
    import tantivy

    # Frequencies without positions, nothing stored: what a ranking needs, as in the others.
    schema = tantivy.SchemaBuilder().add_text_field("words", tokenizer_name="whitespace", index_option="freq").build()
    # One thread, one commit and as much room as it takes: one segment, in which a passage keeps its number.
    writer = tantivy.Index(schema, str(folder)).writer(heap_size=4_000_000_000, num_threads=1)
    for words in passages:
        writer.add_document(tantivy.Document(words=" ".join(words)))
    writer.commit()
    writer.wait_merging_threads()
    return open_tantivy(False, folder)


def open_tantivy(count: bool, folder: Path) -> Search:
    import tantivy

    index = tantivy.Index.open(str(folder))
    searcher, schema = index.searcher(), index.schema
    if searcher.num_segments != 1:
        raise RuntimeError(f"tantivy made {searcher.num_segments} segments instead of one")
    term, should = partial(tantivy.Query.term_query, schema, "words", index_option="freq"), tantivy.Occur.Should

    def search(question: Sequence[str], limit: int) -> list[tuple[int, float]]:
        query = tantivy.Query.boolean_query([(should, term(word)) for word in question])
        return [(address.doc, score) for score, address in searcher.search(query, limit, count=count).hits]

    return search


# -- SQLite ----------------------------------------------------------------------------------------------------------


def build_fts5(passages: Passages, _: int, folder: Path) -> Search:
    connection = sqlite3.connect(folder / "words.db")
    # A word in hexadecimal digits is one token whatever it is made of; without content nothing but postings is kept.
    connection.execute("CREATE VIRTUAL TABLE passages USING fts5(words, content='')")
    rows = ((number, " ".join(map(_token, words))) for number, words in enumerate(passages, 1))
    connection.executemany("INSERT INTO passages(rowid, words) VALUES (?, ?)", rows)
    connection.execute("INSERT INTO passages(passages) VALUES ('optimize')")
    connection.commit()
    connection.close()
    return open_fts5(folder)


def open_fts5(folder: Path) -> Search:
    connection = sqlite3.connect(folder / "words.db")

    def search(question: Sequence[str], limit: int) -> list[tuple[int, float]]:
        rows = connection.execute(
            "SELECT rowid - 1, -rank FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?",
            (" OR ".join(map(_token, question)), limit),
        )
        return rows.fetchall()

    search([" "], 1)  # a connection reads nothing before it is asked
    return search


def _token(word: str) -> str:
    return "x" + word.encode().hex()


ENGINES = (
    Engine("ours", build_ours, open_ours),
    Engine("ours compiled", build_ours, open_ours, ("numba",), prepare=prepare_compiled),
    Engine("rank_bm25", build_rank_bm25, most=100_000),
    Engine("bm25s", partial(build_bm25s, "numpy"), partial(open_bm25s, "numpy"), ("bm25s",)),
    Engine("bm25s numba", partial(build_bm25s, "numba"), partial(open_bm25s, "numba"), ("bm25s", "numba")),
    Engine("tantivy", build_tantivy, partial(open_tantivy, False), ("tantivy",)),
    Engine("tantivy count", build_tantivy, partial(open_tantivy, True), ("tantivy",)),
    Engine("SQLite FTS5", build_fts5, open_fts5),
)
