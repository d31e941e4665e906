"""The words of a question in, which of them say what it is about and not only which side of it is asked."""

from collections.abc import Sequence
from functools import cache

from service.answering.question import Word
from service.language import wordlists

# What the items of most lists are, whether or not they are called so.
MEASURES = frozenset(("措施", "举措", "做法", "办法", "对策", "工作"))
# Said of any matter: 项目建设 is about 项目.
_OF_ANY = frozenset(("建设",))


@cache
def facets() -> frozenset[str]:
    """Return the words that ask another side of a matter and are no matter by themselves (问题, 成效, 安排), folded."""
    return frozenset(wordlists.lines("service.answering", "facets.txt"))


def matters_of_measures(words: Sequence[Word]) -> list[int]:
    """Return the places of the words that say what measures are asked for (项目 of 项目建设有哪些举措), none for other questions."""
    if MEASURES.isdisjoint(word.text for word in words):
        return []
    general = facets() | MEASURES | _OF_ANY
    return [place for place, word in enumerate(words) if word.text not in general and not word.text[0].isdecimal()]
