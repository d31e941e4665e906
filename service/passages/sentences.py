"""A span of text in, its sentences out."""

import re

from service.corpus.document import Span

_END = re.compile(r"[。！？!?；;]+[”’」』）)】》\"]*")
_OPEN, _CLOSE = "“‘「『（(《【", "”’」』）)》】"
# A quotation or bracket longer than this was never closed, or is a speech of its own: its sentences count.
_LONGEST_QUOTATION = 120


def sentences(text: str, start: int, end: int) -> list[Span]:
    """Return the sentences of text[start:end], in order, without the blanks around them; together they hold all else.

    A sentence ends with 。！？； and the closing marks behind it, or with its line. What stands inside short quotation
    marks or brackets does not end one.
    """
    found: list[Span] = []
    for line in re.finditer(r"[^\n]+", text[start:end]):
        found += _of_line(text, start + line.start(), start + line.end())
    return found


def _of_line(text: str, start: int, end: int) -> list[Span]:
    shielded = _quotations(text, start, end)
    found: list[Span] = []
    begin = start
    for match in _END.finditer(text, start, end):
        if not any(opened < match.start() and match.end() < closed for opened, closed in shielded):
            _add(found, text, begin, match.end())
            begin = match.end()
    _add(found, text, begin, end)
    return found


def _quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    opened: list[tuple[int, str]] = []
    for at in range(start, end):
        character = text[at]
        if character in _OPEN:
            opened.append((at, _CLOSE[_OPEN.index(character)]))
        elif opened and character == opened[-1][1]:
            begin, _ = opened.pop()
            if at - begin <= _LONGEST_QUOTATION:
                pairs.append((begin, at + 1))
    return pairs


def _add(found: list[Span], text: str, begin: int, end: int) -> None:
    sentence = text[begin:end]
    if stripped := sentence.strip():
        begin += len(sentence) - len(sentence.lstrip())
        found.append(Span(begin, begin + len(stripped)))
