"""A Structure in, its Enumerations out: runs of items or of sibling sections, each with what leads in."""

from dataclasses import dataclass

from service.corpus.document import Document, Span
from service.passages.sentences import sentences
from service.passages.structure import Node, Structure


@dataclass(frozen=True, slots=True, eq=False)
class Enumeration:
    """Two or more items of one style under one parent, in order.

    ``document`` is the document's place in its corpus. ``lead`` is the sentence before the first item, or the heading
    that announces the items; None where there is neither. ``path`` are the headings above the items, outermost first.
    """

    document: int
    lead: Span | None
    items: tuple[Node, ...]
    path: tuple[str, ...]

    @property
    def start(self) -> int:
        return self.items[0].start

    @property
    def end(self) -> int:
        return self.items[-1].end


def enumerations(document: Document, structure: Structure, number: int) -> list[Enumeration]:
    """Return the enumerations of a document, outer ones before those inside their items."""
    found: list[Enumeration] = []

    def visit(node: Node, path: tuple[str, ...]) -> None:
        if node.head.start < node.head.end:
            path = (*path, document.text[node.head.start : node.head.end].strip())
        for run in _runs(document.text, node):
            found.append(Enumeration(number, _lead(document.text, node, run), tuple(run), path))
        for child in node.children:
            visit(child, path)

    visit(structure.root, ())
    return found


def _runs(text: str, parent: Node) -> list[list[Node]]:
    """Return the children in runs of one style; a run ends where its first label comes again."""
    runs: list[list[Node]] = []
    for child in parent.children:
        last = next((run for run in reversed(runs) if run[0].style == child.style), None)
        label = text[child.label.start : child.label.end]
        restarts = last is not None and label == text[last[0].label.start : last[0].label.end] and child.style != "——"
        if last is None or restarts or not child.style:
            runs.append([child])
        else:
            last.append(child)
    return [run for run in runs if len(run) > 1]


def _lead(text: str, parent: Node, run: list[Node]) -> Span | None:
    before = [child.end for child in parent.children if child.end <= run[0].start]
    begin = max([parent.head.end if parent.stands_alone else parent.start, *before])
    said = sentences(text, begin, run[0].start)
    if said:
        return said[-1]
    return Span(parent.head.start, parent.head.end) if parent.head.start < parent.head.end else None
