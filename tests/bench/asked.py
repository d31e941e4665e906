"""A corpus in, questions that people might ask of it out: what its passages say, in the words of somebody who asks."""

from random import Random

from service.passages.corpus import Corpus

_FEWEST, _MOST = 6, 14
_ASKED = ("怎么规定的", "有哪些要求", "是怎么做的", "是多少", "由谁负责", "什么时候", "有什么成效", "为什么")
_EDGES = "，。、；：\n 　“”（）《》"


def questions_of(corpus: Corpus, number: int, seed: int) -> list[str]:
    """Return so many different questions, each with a run of characters of one passage."""
    random = Random(seed)
    found: dict[str, None] = {}
    while len(found) < number:
        text = corpus.text_of(corpus.passages[random.randrange(len(corpus.passages))])
        at = random.randrange(max(1, len(text) - _MOST))
        words = text[at : at + random.randint(_FEWEST, _MOST)].strip(_EDGES).replace("\n", "")
        if len(words) >= _FEWEST - 1:
            found[words + random.choice(_ASKED)] = None
    return [*found]
