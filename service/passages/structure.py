"""A Document in, its Structure out: paragraphs, front matter, and a tree of headings and items."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import starmap

from service.corpus.document import Document, Span
from service.corpus.front import number as issued_number
from service.corpus.signing import signed
from service.passages.labels import ITEM, labels
from service.passages.node import Node
from service.passages.tree import tree

__all__ = ["Node", "Structure", "structure"]

_FRONT_LINES = 8
_LONGEST_FRONT_LINE = 60
_SHORTEST_SENTENCE_LINE = 20
_BY_LINE = re.compile(r"[（(—–―]|-{2}|.*\d{4}\s*年|.*[：:]$")
# 组长：蒋文彬. A salutation has nothing behind its colon.
_FIELD = re.compile(r"[^：:，。；]{1,12}[：:]\s*\S")


class Structure:
    """What stands where in a document; each part is made when it is first looked at, for an answer looks at little."""

    def __init__(
        self, document: Document, paragraphs: Sequence[Sequence[int]], front: int, root: Callable[[], Node]
    ) -> None:
        """``paragraphs`` are [start, end) each, ``front`` is how many of those that are no leftovers are front matter."""
        self._document = document
        self._paragraphs = paragraphs
        self._front = front
        self._root = root

    @cached_property
    def starts(self) -> list[int]:
        """Return where each paragraph begins."""
        return [start for start, _ in self._paragraphs]

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Return the lines that are not blank, numbered from 1 in this order."""
        return tuple(starmap(Span, self._paragraphs))

    @property
    def front(self) -> tuple[Span, ...]:
        """Return the title, by-lines and salutation at the top."""
        return self._lines[: self._front]

    @cached_property
    def signed(self) -> tuple[Span, ...]:
        """Return the lines of signatures."""
        return tuple(_signed(self._document.text, self._lines[self._front :]))

    @property
    def body(self) -> tuple[Span, ...]:
        """Return the paragraphs that are no leftover, front matter or signature."""
        apart = {line.start for line in self.signed}
        return tuple(line for line in self._lines[self._front :] if line.start not in apart)

    @cached_property
    def root(self) -> Node:
        """Return the tree of headings and items."""
        return self._root()

    @cached_property
    def _lines(self) -> tuple[Span, ...]:
        return tuple(_lines(self._document, self.paragraphs))

    def sections(self) -> list[tuple[int, Node]]:
        """Return the nodes whose head is a heading, in order, each with its level from 1."""
        found: list[tuple[int, Node]] = []

        def visit(node: Node, level: int) -> None:
            for child in node.children:
                heading = not child.is_item or child.stands_alone
                if heading and child.head.end > child.head.start:
                    found.append((level, child))
                visit(child, level + heading)

        visit(self.root, 1)
        return found


def structure(document: Document) -> Structure:
    """Return the structure of a document."""
    paragraphs = _paragraphs(document.text)
    lines = _lines(document, paragraphs)
    headings = _headings(document, lines)
    front = len(_front(document.text, lines, headings))
    below = {line.start for line in _signed(document.text, lines[front:])}
    root = tree(document.text, lines[front:], headings, below)
    return Structure(document, paragraphs, front, lambda: root)


def _headings(document: Document, lines: Sequence[Span]) -> dict[int, int]:
    """Return the levels of the lines that the file's format says are headings, but of a 发文字号: it is large, and heads nothing."""
    levels = {heading.start: heading.level for heading in document.headings}
    for line in lines if levels else ():
        if line.start in levels and _is_number(document.text[line.start : line.end]):
            del levels[line.start]
    return levels


def _is_number(words: str) -> bool:
    """Return whether a line is nothing but a 发文字号."""
    return issued_number((words,), "") is not None


def _signed(text: str, lines: Sequence[Span]) -> list[Span]:
    """Return the lines of signatures among those below the front matter."""
    return [lines[number] for number in signed([text[start:end] for start, end in lines])]


def _paragraphs(text: str) -> list[Span]:
    # Only now: a paragraph is any line that is not blank, furniture included, so that 第N段 counts what the eye counts.
    return [Span(m.start(), m.end()) for m in re.finditer(r"\S(?:[^\n]*\S)?", text)]


def _lines(document: Document, paragraphs: Iterable[Span]) -> list[Span]:
    """Return the paragraphs of a document that are no leftovers."""
    furniture = {left.start for left in document.leftovers}
    return [line for line in paragraphs if line.start not in furniture]


def _front(text: str, lines: Sequence[Span], headings: Mapping[int, int]) -> list[Span]:
    """Return the leading lines that are title, by-line, date or salutation; none where nothing would be left.

    A heading that the format names may be the title, but only as the first line.
    """
    for count, line in enumerate(lines[: _FRONT_LINES + 1]):
        words = text[line.start : line.end]
        first = next(labels(text, line), None)
        # A by-line may begin with —— and a title hardly with 一是: only heading labels end the front.
        headed = first is not None and not first.after and first.rank < ITEM
        if count:
            # Where the format names the title, no other line is part of it.
            below = bool(headings) and not _BY_LINE.match(words) and not _is_number(words)
            headed = headed or line.start in headings or below or _says_something(words)
        if len(words) > _LONGEST_FRONT_LINE or words[-1] in "。；;！!？?…" or headed or _is_broken_sentence(words):
            return list(lines[:count])
    return []


def _says_something(words: str) -> bool:
    """Return whether a line below the title tells what may be asked: a row of a table, or a name with what it stands for."""
    return "\t" in words or _FIELD.match(words) is not None


def _is_broken_sentence(words: str) -> bool:
    """Return whether a line is part of a sentence: a title hardly holds a comma, and a line of addressees ends in :."""
    return (
        len(words) >= _SHORTEST_SENTENCE_LINE and words[-1] not in "：:" and re.search(r"[，,。；;]", words) is not None
    )
