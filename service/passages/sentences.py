"""A span of text in, its sentences out."""

import re

from service.corpus.document import Span

# A sentence up to this length that more follows is a head (二是提高服务效率。): it says what that is about, and little else.
LONGEST_HEAD = 26

SENTENCE_END = re.compile(r"[。！？!?；;]+[”’」』）)】》\"]*")
_LINE = re.compile(r"[^\n]+")
_OPEN, _CLOSE = "“‘「『（(《【", "”’」』）)》】"
_MARK = re.compile(f"[{_OPEN}{_CLOSE}]")
# A quotation or bracket longer than this was never closed, or is a speech of its own: its sentences count.
_LONGEST_QUOTATION = 120


def sentences(text: str, start: int, end: int) -> list[Span]:
    """Return the sentences of text[start:end], in order, without the blanks around them; together they hold all else.

    A sentence ends with 。！？； and the closing marks behind it, or with its line. What stands inside short quotation
    marks or brackets does not end one.
    """
    found: list[Span] = []
    for line in _LINE.finditer(text, start, end):
        found += _of_line(text, line.start(), line.end())
    return found


def _of_line(text: str, start: int, end: int) -> list[Span]:
    shielded = _quotations(text, start, end)
    found: list[Span] = []
    begin = start
    index = 0
    for match in SENTENCE_END.finditer(text, start, end):
        while index < len(shielded) and shielded[index].end <= match.start():
            index += 1
        quoted = index < len(shielded) and shielded[index].start < match.start() and match.end() < shielded[index].end
        if not quoted:
            _add(found, text, begin, match.end())
            begin = match.end()
    _add(found, text, begin, end)
    return found


def _quotations(text: str, start: int, end: int) -> list[Span]:
    """Return the outermost short quotations and brackets, in order."""
    pairs: list[Span] = []
    opened: list[tuple[int, str]] = []
    for mark in _MARK.finditer(text, start, end):
        at, character = mark.start(), mark.group()
        if character in _OPEN:
            opened.append((at, _CLOSE[_OPEN.index(character)]))
        elif opened and character == opened[-1][1]:
            begin, _ = opened.pop()
            if at - begin <= _LONGEST_QUOTATION:
                while pairs and pairs[-1].start > begin:
                    pairs.pop()
                pairs.append(Span(begin, at + 1))
    return pairs


def _add(found: list[Span], text: str, begin: int, end: int) -> None:
    sentence = text[begin:end]
    if stripped := sentence.strip():
        begin += len(sentence) - len(sentence.lstrip())
        found.append(Span(begin, begin + len(stripped)))
