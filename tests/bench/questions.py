"""Passages in, questions as lists of words out: what people type, without and with words that stand everywhere."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from random import Random

from tests.bench.passages import Passages

FEWEST, MOST = 3, 8
Question = list[str]


def frequent(passages: Iterable[Sequence[str]], function_words: Collection[str], number: int) -> list[str]:
    """Return the function words that stand in most passages, the most frequent first."""
    counts = Counter(word for passage in passages for word in set(passage) if word in function_words)
    return [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:number]]


def content_words(passage: Iterable[str], function_words: Collection[str]) -> list[str]:
    """Return the words of a passage that tell something, each once, in order."""
    return [word for word in dict.fromkeys(passage) if word not in function_words and not word.isdecimal()]


def made(
    passages: Passages, among: int, function_words: Collection[str], number: int, seed: int
) -> tuple[list[Question], list[Question]]:
    """Return questions of 3-8 content words of one of the first passages each, and the same with two frequent function words."""
    random = Random(seed)
    often = frequent(islice(passages.first(among), 10_000), function_words, 10)
    plain: list[Question] = []
    while len(plain) < number:
        words = content_words(passages.words_of(random.randrange(among)), function_words)
        if len(words) >= FEWEST:
            plain.append(random.sample(words, min(len(words), random.randint(FEWEST, MOST))))
    return plain, [shuffled([*question, *random.sample(often, 2)], random) for question in plain]


def shuffled(words: Sequence[str], random: Random) -> Question:
    return random.sample(words, len(words))
