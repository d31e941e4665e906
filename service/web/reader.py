"""A Document with its Structure in, the outline and the paragraphs that the reader shows of it out."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from service.answering.answer import headings as as_read
from service.answering.referencing import position
from service.corpus.document import Document, Span
from service.passages.structure import Structure
from service.web.marking import Mark, Marking, Run, in_order

# Six levels is what HTML has; the first one is the document's title.
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the outline: where it stands, its level from 1, and the anchor that leads there.

    ``position`` is what a reference calls it, with the headings above it: 第二部分第（一）项.
    """

    head: Span
    title: str
    level: int
    anchor: str
    position: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as the reader shows it, with its number from 1.

    ``level`` is that of the HTML heading it is (2 to 6), None where it is none; ``leftover`` names the rule by which it
    is page furniture; ``front`` is title, by-line or salutation; ``cited`` is whether a mark lies in it.
    """

    number: int
    runs: tuple[Run, ...]
    level: int | None
    leftover: str | None
    front: bool
    cited: bool


def heading_title(words: str) -> str:
    """Return a heading as it is shown apart from its body, without the stop that a run-in one ends with."""
    return as_read((words,))


def outline(document: Document, structure: Structure) -> list[Heading]:
    """Return the document's headings, in order.

    A heading that is a line of its own is reached at its paragraph (``p4``), one that its body follows on the same
    line at an anchor of its own (``s2``: the second heading).
    """
    starts = structure.starts
    found: list[Heading] = []
    path: list[str] = []
    for number, (level, node) in enumerate(structure.sections(), 1):
        words = document.text[node.head.start : node.head.end]
        path[level - 1 :] = [words]
        anchor = f"p{bisect_right(starts, node.head.start)}" if node.stands_alone else f"s{number}"
        found.append(Heading(node.head, heading_title(words), level, anchor, position(path)))
    return found


def marks_inside(document: Document, marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks as the reader numbers them (``m1`` is the first): in order, cut to the document, none empty."""
    length = len(document.text)
    cut = (replace(mark, span=Span(mark.span.start, min(mark.span.end, length))) for mark in marks)
    return in_order(mark for mark in cut if mark.span.start < mark.span.end)


def paragraphs(
    document: Document, structure: Structure, headings: Sequence[Heading], marks: Sequence[Mark]
) -> list[Paragraph]:
    """Return every paragraph of the document, leftovers and front matter too, with the marks in it.

    ``headings`` are those that ``outline`` returns, ``marks`` those that ``marks_inside`` does.
    """
    marked = [mark.span for mark in marks]
    levels = _levels(headings)
    # A heading that is a line of its own is marked as what it is by its HTML element.
    inside = Marking(document.text, marked, heads=[heading.head for heading in headings])
    alone = Marking(document.text, marked)
    rules = {left.start: left.rule for left in document.leftovers}
    front = {line.start for line in structure.front}
    found = []
    for number, paragraph in enumerate(structure.paragraphs, 1):
        level = levels.get(f"p{number}")
        cut = (alone if level else inside).runs(paragraph)
        found.append(
            Paragraph(
                number=number,
                runs=tuple(cut),
                level=level,
                leftover=rules.get(paragraph.start),
                front=paragraph.start in front,
                cited=any(run.quote is not None for run in cut),
            )
        )
    return found


def _levels(headings: Iterable[Heading]) -> dict[str, int]:
    """Return the HTML level of each heading that is a line of its own, by anchor, so that no level is skipped.

    A heading inside a paragraph is no HTML heading, so those below it move up by one.
    """
    levels: dict[str, int] = {}
    above: list[int] = []
    for heading in headings:
        if heading.anchor.startswith("p"):
            while above and above[-1] >= heading.level:
                above.pop()
            above.append(heading.level)
            levels[heading.anchor] = min(1 + len(above), _DEEPEST)
    return levels
