"""A passage and the question's words in, the sentences of it that answer out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service import deadline
from service.answering import rows
from service.answering.question import Question, Word
from service.answering.wording import share_of
from service.corpus.document import Document, Span
from service.language.matching import readable
from service.passages.labels import labels
from service.passages.sentences import LONGEST_HEAD

_SALUTATION = re.compile(r"(?:同志们|各位[\u4e00-\u9fff]{1,6}|大家好|谢谢大家|我就讲这些)[，,：:！!。]*")
_LONGEST, _LONGEST_HEADED = 180, 240
_SECOND, _MORE = 0.3, 2


@dataclass(frozen=True, slots=True)
class _Scored:
    """A sentence, how much of the question it says, and, where it is a row of a table, the row that heads that."""

    span: Span
    score: float
    header: Span | None


def quotes(
    document: Document, start: int, end: int, question: Question, told: Sequence[float], shares: int = 1
) -> list[Span]:
    """Return the sentences of [start, end) that say most of what was asked, in reading order, at least one.

    ``told`` is how much each word of the question says. A sentence that is only a head is followed by what it announces; a
    row of a table says what the row that heads it says, too, and follows that where it stands in [start, end) and says
    something of the question. Spans that adjoin are kept apart: each is one sentence. Of an answer that several passages
    share, each has its part of the length.
    """
    found = [
        _Scored(span, _score(_text_of(document.text, span), question.words, told), header)
        for span, header in rows.parts(document.text, start, end)
    ]
    of_table = _of_table(document.text, found, question, told, _LONGEST // shares)
    if of_table is not None:
        return of_table
    spoken = [s for s in found if not _SALUTATION.fullmatch(_text_of(document.text, s.span))] or found
    # Of a row and a sentence that say as much, the sentence says it of one thing.
    best = max(range(len(spoken)), key=lambda i: (spoken[i].score, spoken[i].header is None, -i))
    chosen = _announced(document.text, spoken, best, _LONGEST_HEADED // shares)
    length = sum(_length(spoken[i]) for i in chosen)
    # The runners-up, as long as the answer stays short; a row tells nothing without its header.
    others = (
        i for i, s in enumerate(spoken) if i not in chosen and s.header is None and not _is_head(document.text, s.span)
    )
    order = sorted(others, key=lambda i: (-spoken[i].score, i))
    for i in order[:_MORE]:
        if spoken[i].score >= _SECOND * spoken[best].score > 0 and length + _length(spoken[i]) <= _LONGEST // shares:
            chosen.add(i)
            length += _length(spoken[i])
    return [spoken[i].span for i in sorted(chosen)]


def _announced(text: str, spoken: Sequence[_Scored], best: int, longest: int) -> set[int]:
    """Return the places of a sentence and of those behind it that say what it announces, as long as all of them stay short."""
    last, length = best, _length(spoken[best])
    while last + 1 < len(spoken) and (
        _is_head(text, spoken[last].span) or _leads_in_table(text, *spoken[last : last + 2])
    ):
        last += 1
        length += _length(spoken[last])
    # What heads a table is followed by its rows; a short sentence says what those behind it are about, and they answer.
    header = spoken[last].header
    if header is None and _length(spoken[best]) > LONGEST_HEAD:
        return set(range(best, last + 1))
    style = _label_style(text, spoken[best].span)
    while last + 1 < len(spoken) and length + _length(spoken[last + 1]) <= longest:
        if header is not None:
            goes_on = spoken[last + 1].header == header
        else:
            in_line = "\n" not in text[spoken[last].span.end : spoken[last + 1].span.start]
            goes_on = in_line and (style is None or _label_style(text, spoken[last + 1].span) != style)
        if not goes_on:
            break
        last += 1
        length += _length(spoken[last])
    return set(range(best, last + 1))


def _of_table(
    text: str, found: Sequence[_Scored], question: Question, told: Sequence[float], longest: int
) -> list[Span] | None:
    """Return the rows that say most below the header they have; None where other sentences say as much, or there are none."""
    headers: dict[Span, list[float]] = {}
    under: dict[int, tuple[float, int]] = {}
    for place, one in enumerate(found):
        if one.header is None or one.header == one.span:
            continue
        deadline.check()
        if one.header not in headers:
            headers[one.header] = _shares(_text_of(text, one.header), question.words)
        row = _text_of(text, one.span)
        both = zip(told, headers[one.header], _shares(row, question.words), strict=True)
        under[place] = sum(says * max(above, own) for says, above, own in both), rows.named(row, question.form)
    others = (one.score for place, one in enumerate(found) if place not in under)
    best = max(under, key=lambda place: (*under[place], -place), default=None)
    if best is None or under[best][0] <= max(others, default=0.0):
        return None
    header = next((one for one in found if one.span == found[best].header), None)
    chosen = [found[best]] if header is None or not header.score else [header, found[best]]
    for place in under:
        is_alike = under[place] == under[best] and found[place].header == found[best].header
        if is_alike and place != best and sum(map(_length, chosen)) + _length(found[place]) <= longest:
            chosen.append(found[place])
    return sorted(one.span for one in chosen)


def _text_of(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _is_head(text: str, sentence: Span) -> bool:
    """Return whether a sentence is the short first sentence of a labelled part (二是提高服务效率。)."""
    if sentence.end - sentence.start > LONGEST_HEAD:
        return False
    return _label_style(text, sentence) is not None


def _leads_in_table(text: str, sentence: _Scored, following: _Scored) -> bool:
    return sentence.header is None and following.header is not None and _text_of(text, sentence.span)[-1] in ":："


def _label_style(text: str, sentence: Span) -> str | None:
    """Return the style of the label that a sentence begins with, None where it begins with none."""
    first = next(labels(text, sentence), None)
    return first.style if first is not None and first.start == sentence.start else None


def _length(sentence: _Scored) -> int:
    return sentence.span.end - sentence.span.start


def _score(sentence: str, words: Sequence[Word], told: Sequence[float]) -> float:
    return sum(says * share for says, share in zip(told, _shares(sentence, words), strict=True))


def _shares(sentence: str, words: Sequence[Word]) -> list[float]:
    """Return how much of each word stands in a sentence."""
    form = readable(sentence).text
    return [share_of(word, form) for word in words]
