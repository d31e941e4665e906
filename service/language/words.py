"""A run of Chinese characters in, its words out: jieba's own cuts, in less than half its time."""

import logging
from functools import cache
from math import log
from pathlib import Path

import jieba
from jieba import finalseg

from service.language.dictionary import NOT_LOOKED_UP, VERSION
from service.language.kept import Kept
from service.language.prepared import prepared

# What jieba knows of its dictionary, in the folder where that is kept.
NAME = "jieba.cache"


@cache
def loaded(folder: Path) -> jieba.Tokenizer:
    """Return jieba with its dictionary loaded, its prepared form kept in the folder; one for all analysers of a folder.

    jieba itself would keep it in the shared temporary folder, where anyone may put another file in its place, and would take
    a file of which a bit has turned for what it wrote: words would then be cut otherwise, and nobody would be told.
    """
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = prepared(
        folder, NAME, VERSION, lambda: tokenizer.gen_pfdict(tokenizer.get_dict_file())
    )
    tokenizer.initialized = True
    return tokenizer


class Words:
    """Cuts as ``tokenizer.lcut`` does: its dictionary, its choice of the likeliest route, its model for what it does not know.

    What is saved is the list of all routes, which jieba makes before it chooses, and guessing anew what was guessed before.
    Source: jieba.Tokenizer.get_DAG, calc and cut.
    """

    def __init__(self, tokenizer: jieba.Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._frequency: dict[str, int] = tokenizer.FREQ
        total = log(tokenizer.total)
        # As jieba sums them, to the last bit: ties are told apart by nothing else.
        self._weight: dict[int, float] = _Weights(total)
        self._guessed: Kept[list[str]] = Kept(lambda run: list(finalseg.cut(run)))

    def cut(self, run: str) -> list[str]:
        """Return the words of a run of Han characters; joined they are the run."""
        if not NOT_LOOKED_UP.search(run):
            return self._cut(run)
        parts = NOT_LOOKED_UP.split(run)
        return [word for part in parts for word in (self._cut(part) if len(part) != 1 else part)]

    def known(self, run: str) -> list[str]:
        """Return the words of a run, single characters where the dictionary has none."""
        return list(self._tokenizer.cut(run, HMM=False))

    def has(self, word: str) -> bool:
        """Return whether the dictionary has a word."""
        return bool(self._frequency.get(word))

    def _cut(self, run: str) -> list[str]:
        ends = self._route(run)
        words: list[str] = []
        at = begin = 0
        length = len(run)
        while at < length:
            end = ends[at]
            if end - at > 1:
                if begin < at:
                    self._add_single(run[begin:at], words)
                words.append(run[at:end])
                begin = end
            at = end
        if begin < length:
            self._add_single(run[begin:], words)
        return words

    def _add_single(self, run: str, words: list[str]) -> None:
        """Add what the dictionary left as single characters."""
        if len(run) == 1:
            words.append(run)
        elif self._frequency.get(run):
            words += run
        else:
            words += self._guessed[run]

    def _route(self, run: str) -> list[int]:
        """Return where the word that begins at each place ends, on the likeliest route from there."""
        frequency, weight = self._frequency.get, self._weight
        length = len(run)
        scores = [0.0] * (length + 1)
        ends = [0] * length
        for begin in range(length - 1, -1, -1):
            end = begin + 1
            often = frequency(run[begin])
            # A character that is no word is one only where no longer word begins.
            best = weight[often] + scores[end] if often else None
            chosen = end
            while often is not None and end < length:
                end += 1
                often = frequency(run[begin:end])
                if often:
                    score = weight[often] + scores[end]
                    if best is None or score >= best:
                        best, chosen = score, end
            scores[begin] = weight[1] + scores[begin + 1] if best is None else best
            ends[begin] = chosen
        return ends


class _Weights(dict[int, float]):
    """The logarithm of each frequency's share in the whole."""

    def __init__(self, total: float) -> None:
        super().__init__()
        self._total = total

    def __missing__(self, frequency: int) -> float:
        weight = self[frequency] = log(frequency) - self._total
        return weight
