"""A passage and the question's words in, the sentences of it that answer out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.answering.question import Word
from service.answering.wording import share_of
from service.corpus.document import Document, Span
from service.language.matching import readable
from service.passages.labels import labels
from service.passages.sentences import LONGEST_HEAD, sentences

_SALUTATION = re.compile(r"(?:同志们|各位[\u4e00-\u9fff]{1,6}|大家好|谢谢大家|我就讲这些)[，,：:！!。]*")
_LONGEST, _LONGEST_HEADED = 180, 240
_SECOND, _MORE = 0.3, 2


@dataclass(frozen=True, slots=True)
class _Scored:
    span: Span
    score: float


def quotes(
    document: Document, start: int, end: int, words: Sequence[Word], told: Sequence[float], shares: int = 1
) -> list[Span]:
    """Return the sentences of [start, end) that say most of what was asked, in reading order, at least one.

    ``told`` is how much each word says. A sentence that is only a head is followed by what it announces. Spans that
    adjoin are kept apart: each is one sentence. Of an answer that several passages share, each has its part of the length.
    """
    found = [
        _Scored(span, _score(document.text[span.start : span.end], words, told))
        for span in sentences(document.text, start, end)
    ]
    spoken = [s for s in found if not _SALUTATION.fullmatch(document.text[s.span.start : s.span.end])] or found
    best = max(range(len(spoken)), key=lambda i: (spoken[i].score, -i))
    chosen = {best}
    length = _length(spoken[best])
    # What a bare head announces, and the runners-up, as long as the answer stays short.
    while (last := max(chosen)) + 1 < len(spoken) and _is_head(document.text, spoken[last].span):
        chosen.add(last + 1)
        length += _length(spoken[last + 1])
    if _length(spoken[best]) <= LONGEST_HEAD:
        # A short sentence says what those behind it are about; they answer.
        style = _label_style(document.text, spoken[best].span)
        while (last := max(chosen)) + 1 < len(spoken) and length + _length(
            spoken[last + 1]
        ) <= _LONGEST_HEADED // shares:
            if "\n" in document.text[spoken[last].span.end : spoken[last + 1].span.start]:
                break
            if style is not None and _label_style(document.text, spoken[last + 1].span) == style:
                break
            chosen.add(last + 1)
            length += _length(spoken[last + 1])
    others = (i for i in range(len(spoken)) if i not in chosen and not _is_head(document.text, spoken[i].span))
    order = sorted(others, key=lambda i: (-spoken[i].score, i))
    for i in order[:_MORE]:
        if spoken[i].score >= _SECOND * spoken[best].score > 0 and length + _length(spoken[i]) <= _LONGEST // shares:
            chosen.add(i)
            length += _length(spoken[i])
    return [spoken[i].span for i in sorted(chosen)]


def _is_head(text: str, sentence: Span) -> bool:
    """Return whether a sentence is the short first sentence of a labelled part (二是提高服务效率。)."""
    if sentence.end - sentence.start > LONGEST_HEAD:
        return False
    return _label_style(text, sentence) is not None


def _label_style(text: str, sentence: Span) -> str | None:
    """Return the style of the label that a sentence begins with, None where it begins with none."""
    first = next(labels(text, sentence), None)
    return first.style if first is not None and first.start == sentence.start else None


def _length(sentence: _Scored) -> int:
    return sentence.span.end - sentence.span.start


def _score(sentence: str, words: Sequence[Word], told: Sequence[float]) -> float:
    form = readable(sentence).text
    return sum(says * share_of(word, form) for word, says in zip(words, told, strict=True))
