"""A line of text without labels in, the run of its parallel sentences (压实主体责任。…压实监管责任。…) out."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from service.corpus.document import Span
from service.passages.sentences import SENTENCE_END, sentences

# A sentence as short as a head, and how many characters at its beginning or end are alike in its siblings.
_LONGEST_HEAD, _ALIKE = 16, 2
_FEWEST, _PAIR = 3, 2
# A clause that ends its sentence and begins like those of its siblings: …，还存在渠道淤塞的问题。
_LONGEST_CLAUSE, _ALIKE_CLAUSE = 40, 3
# What sentences end with everywhere: 确保…, 推动….
_PURPOSE = re.compile("确保|推动|促进|实现|为|让|使|以|带动|力争|努力|不断|切实|进一步|有效|全面|持续|加快|着力")
_STOPS = "。！？!?；;"
_COMMA = re.compile("[，,]")


def parallels(text: str, start: int, end: int) -> list[Span]:
    """Return the longest run of parallel heads in text[start:end], of three or more, or of two alike at both ends.

    What stands between a head and the next is said under it. No heads where there is no such run.
    """
    # Most lines end fewer sentences than there must be heads, and need not be looked at any further.
    if len(SENTENCE_END.findall(text, start, end)) < _PAIR:
        return []
    said = sentences(text, start, end)
    return _short(text, said) or _clauses(text, said)


def _short(text: str, said: Sequence[Span]) -> list[Span]:
    """Return the short sentences that begin or end alike and are followed by longer ones."""
    short = [
        sentence
        for sentence, following in pairwise(said)
        if 4 < sentence.end - sentence.start <= _LONGEST_HEAD
        and text[sentence.end - 1] == "。"
        and following.end - following.start > sentence.end - sentence.start
    ]
    alike: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for head in short:
        begins, ends = text[head.start : head.start + _ALIKE], text[head.end - 1 - _ALIKE : head.end - 1]
        alike[begins, ""].append(head)
        alike["", ends].append(head)
        alike[begins, ends].append(head)
    runs = [
        run for (begins, ends), run in alike.items() if len(run) >= _FEWEST or (len(run) == _PAIR and begins and ends)
    ]
    return max(runs, key=len, default=[])


def _clauses(text: str, said: Sequence[Span]) -> list[Span]:
    """Return the sentences whose last clauses begin alike."""
    alike: dict[str, dict[int, Span]] = defaultdict(dict)
    for number, sentence in enumerate(said):
        if text[sentence.end - 1] not in _STOPS:
            continue
        first = max(sentence.start, sentence.end - _LONGEST_CLAUSE)
        begins = [comma.end() for comma in _COMMA.finditer(text, max(sentence.start, first - 1), sentence.end)]
        for at in [sentence.start, *begins] if first == sentence.start else begins:
            if sentence.end - at > 2 * _ALIKE_CLAUSE and not _PURPOSE.match(text, at):
                alike[text[at : at + _ALIKE_CLAUSE]].setdefault(number, sentence)
    runs = [list(run.values()) for run in alike.values() if len(run) >= _FEWEST]
    return max(runs, key=len, default=[])
