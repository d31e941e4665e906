"""The texts of SHARED/load in, any number of passages as their words out.

Passages are runs of whole sentences, 60-300 characters long. Where the texts do not suffice, their sentences are shuffled
and make further passages: as many words stand as often, but no passage is there twice.
"""

import hashlib
import html
import logging
import multiprocessing
import os
import re
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import jieba
import numpy as np
from numpy.typing import NDArray

ARCHIVES = ("laws.tar.xz", "xinwenlianbo.tar.xz")
LEAST, ENOUGH, LONGEST, MOST = 60, 120, 240, 300
_TAG = re.compile(r"<[^>]*>")
_SENTENCE = re.compile(r"[^。！？；]+[。！？；]*[”’」』）】]*")
_VISIBLE = re.compile(r"\w")
# How many word numbers are read at once: a process that is measured must not hold the input.
_BLOCK = 1 << 18


class Sentences(NamedTuple):
    """Sentences cut into words, document after document.

    ``words`` are places in ``vocabulary``; those of sentence i are words[begins[i]:begins[i + 1]], and ``lengths[i]`` are
    its characters. The sentences of document d are documents[d]:documents[d + 1].
    """

    vocabulary: list[str]
    words: NDArray[np.int32]
    begins: NDArray[np.int64]
    lengths: NDArray[np.int32]
    documents: NDArray[np.int64]


class Passages:
    """Passages in a folder of their own, read in blocks; ``words_of`` one of them or ``first`` so many."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._words = folder / "words"
        self._begins = np.load(folder / "begins.npy")
        self._vocabulary = (folder / "vocabulary").read_text(encoding="utf-8").split("\n")

    def __len__(self) -> int:
        return len(self._begins) - 1

    def words_of(self, passage: int) -> list[str]:
        begin, end = self._begins[passage : passage + 2].tolist()
        numbers = np.fromfile(self._words, np.int32, end - begin, offset=4 * begin)
        return [self._vocabulary[number] for number in numbers]

    def first(self, number: int) -> Iterator[list[str]]:
        vocabulary, begins = self._vocabulary, self._begins[: number + 1]
        passage = 0
        while passage < number:
            after = max(passage + 1, int(np.searchsorted(begins, begins[passage] + _BLOCK)) - 1)
            begin = int(begins[passage])
            words = np.fromfile(self._words, np.int32, int(begins[after]) - begin, offset=4 * begin).tolist()
            ends = (begins[passage : after + 1] - begin).tolist()
            for start, end in pairwise(ends):
                yield [vocabulary[number] for number in words[start:end]]
            passage = after


def read_texts(load: Path) -> Iterator[str]:
    """Yield the texts of the archives, in the order of their names."""
    for archive in ARCHIVES:
        with tarfile.open(load / archive) as files:
            # As they lie there: what is behind in a compressed archive is decompressed again.
            texts = {member.name: file.read() for member in files if (file := files.extractfile(member)) is not None}
        for name in sorted(texts):
            yield texts[name].decode("utf-8", errors="replace")


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text without tags. Those over 240 characters, mostly tables, are left out."""
    found = []
    for line in html.unescape(_TAG.sub("\n", text)).splitlines():
        for match in _SENTENCE.finditer(line):
            sentence = match[0].strip()
            if sentence and len(sentence) <= LONGEST:
                found.append(sentence)
    return found


def words_of(sentence: str) -> list[str]:
    """Return jieba's words, without punctuation."""
    return [word for word in jieba.lcut(sentence) if _VISIBLE.search(word)]


def cut(texts: Iterable[str]) -> Sentences:
    """Return the sentences of texts, cut into words by two processes."""
    numbers: dict[str, int] = {}
    words, begins, lengths, documents = [np.empty(0, np.int32)], [0], [], [0]
    with multiprocessing.Pool(2, partial(jieba.setLogLevel, logging.WARNING)) as pool:
        for document in pool.imap(_cut_text, texts, chunksize=8):
            for length, sentence in document:
                lengths.append(length)
                begins.append(begins[-1] + len(sentence))
            found = [numbers.setdefault(word, len(numbers)) for _, sentence in document for word in sentence]
            words.append(np.array(found, np.int32))
            documents.append(len(lengths))
    return Sentences(
        list(numbers), np.concatenate(words), np.array(begins), np.array(lengths, np.int32), np.array(documents)
    )


def _cut_text(text: str) -> list[tuple[int, list[str]]]:
    return [(len(sentence), words_of(sentence)) for sentence in sentences_of(text)]


def packed(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """Return which runs of sentences of these lengths make passages: 60-300 characters, not many over 120.

    What is left at the end and too short is in none.
    """
    spans = []
    begin = total = 0
    for place, length in enumerate(lengths):
        if total >= ENOUGH or (total >= LEAST and total + length > MOST):
            spans.append((begin, place))
            begin, total = place, 0
        total += length
    if total >= LEAST:
        spans.append((begin, len(lengths)))
    return spans


def made(sentences: Sentences, number: int, seed: int) -> Iterator[NDArray[np.int32]]:
    """Yield the word numbers of so many passages: those of the documents in a shuffled order, then of shuffled sentences."""
    random = np.random.default_rng(seed)
    left = number
    for order in _orders(sentences, random):
        for begin, end in packed(sentences.lengths[order].tolist()):
            parts = [sentences.words[sentences.begins[i] : sentences.begins[i + 1]] for i in order[begin:end].tolist()]
            yield np.concatenate(parts)
            left -= 1
            if not left:
                return


def _orders(sentences: Sentences, random: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Yield the sentences of one document after the other, and then, without end, all of them shuffled."""
    if not any(packed(sentences.lengths.tolist())):
        raise SystemExit("the texts have not 60 characters: there is nothing to make passages of")
    for document in random.permutation(len(sentences.documents) - 1):
        yield np.arange(sentences.documents[document], sentences.documents[document + 1])
    while True:
        yield random.permutation(len(sentences.lengths))


def cached_sentences(load: Path) -> tuple[Sentences, bool]:
    """Return the sentences of the archives, and whether an earlier run has cut them: jieba takes a minute or two.

    They are kept in the folder for temporary files, named after the archives, jieba and the rules here.
    """
    name = hashlib.sha256(jieba.__version__.encode())
    for source in (Path(__file__), *(load / archive for archive in ARCHIVES)):
        name.update(hashlib.sha256(source.read_bytes()).digest())
    kept = Path(tempfile.gettempdir()) / f"youju-bench-{name.hexdigest()[:16]}.npz"
    if kept.exists():
        with np.load(kept) as file:
            vocabulary = file["vocabulary"].tobytes().decode("utf-8").split("\n")
            return Sentences(vocabulary, *(file[field] for field in Sentences._fields[1:])), True
    sentences = cut(read_texts(load))
    text = np.frombuffer("\n".join(sentences.vocabulary).encode("utf-8"), np.uint8)
    beside = kept.with_suffix(f".{os.getpid()}.npz")
    arrays: dict[str, Any] = {**sentences._asdict(), "vocabulary": text}
    np.savez(beside, **arrays)
    beside.replace(kept)
    return sentences, False


def write_passages(sentences: Sentences, number: int, seed: int, folder: Path) -> Passages:
    """Return so many passages, written to a folder."""
    begins = np.zeros(number + 1, np.int64)
    with open(folder / "words", "wb") as file:
        for passage, words in enumerate(made(sentences, number, seed)):
            words.tofile(file)
            begins[passage + 1] = begins[passage] + len(words)
    np.save(folder / "begins.npy", begins)
    (folder / "vocabulary").write_text("\n".join(sentences.vocabulary), encoding="utf-8")
    return Passages(folder)
