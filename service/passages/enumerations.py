"""A Structure in, its Enumerations out: runs of items or of sibling sections, each with what leads in."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from service.corpus.document import Document, Span
from service.passages.parallels import parallels
from service.passages.sentences import sentences
from service.passages.structure import Node, Structure

_ANNOUNCES = re.compile(
    r"[:：]$|如下|以下|下面|(?:[一二三四五六七八九十几两]|\d)[个点条项大件]|(?:[一二三四五六七八九十几两]|\d)方面"
)
_BEFORE = 160


class Item(NamedTuple):
    """An item of an enumeration: [start, end) with its label, its heading or first words, and whether these are a line of
    their own above the rest, and whether there are further parts in it."""

    style: str
    label: Span
    head: Span
    start: int
    end: int
    stands_alone: bool
    has_parts: bool


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Two or more items of one style under one parent, in order.

    ``document`` is the document's place in its corpus. ``lead`` is the sentence that leads in the items, or the heading
    above them; None where there is neither. ``before`` is the text just before the first item, which tells what the
    items are about. ``path`` are the headings above the items, outermost first.
    """

    document: int
    lead: Span | None
    before: Span
    items: tuple[Item, ...]
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
        ends = [child.end for child in node.children]
        for run in _runs(document.text, node):
            lead, before = _lead(document.text, node, run, ends)
            found.append(Enumeration(number, lead, before, tuple(map(_item, run)), path))
        for child in node.children:
            visit(child, path)
        for gap in _gaps(node):
            found.extend(_unlabelled(document.text, gap, path, number))

    visit(structure.root, ())
    return found


def _gaps(node: Node) -> list[Span]:
    """Return what of a node stands outside its children."""
    borders = [node.head.end if node.stands_alone else node.start]
    for child in node.children:
        borders += (child.start, child.end)
    borders.append(node.end)
    return [Span(start, end) for start, end in zip(borders[::2], borders[1::2], strict=True) if start < end]


def _unlabelled(text: str, gap: Span, path: tuple[str, ...], number: int) -> list[Enumeration]:
    """Return the enumerations that only parallel sentences show, line by line; an item ends where the next begins."""
    found: list[Enumeration] = []
    for line in re.finditer(r"[^\n]+", text[gap.start : gap.end]):
        begin, end = gap.start + line.start(), gap.start + line.end()
        heads = parallels(text, begin, end)
        if not heads:
            continue
        ends = [*(head.start for head in heads[1:]), end]
        items = tuple(_unlabelled_item(text, head, stop) for head, stop in zip(heads, ends, strict=True))
        said = sentences(text, begin, heads[0].start)
        lead = said[-1] if said else None
        before = Span(said[-2:][0].start, lead.end) if lead else Span(begin, begin)
        found.append(Enumeration(number, lead, before, items, path))
    return found


def _item(node: Node) -> Item:
    return Item(node.style, node.label, node.head, node.start, node.end, node.stands_alone, bool(node.children))


def _unlabelled_item(text: str, head: Span, end: int) -> Item:
    while text[end - 1].isspace():
        end -= 1
    return Item("", Span(head.start, head.start), head, head.start, end, False, False)


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


def _lead(text: str, parent: Node, run: list[Node], ends: Sequence[int]) -> tuple[Span | None, Span]:
    """Return the sentence that leads in a run, None where there is none, and the last sentences before it.

    ``ends`` are where the parent's children end.
    """
    ended = bisect_right(ends, run[0].start)
    begin = parent.head.end if parent.stands_alone else parent.start
    said = sentences(text, ends[ended - 1] if ended else begin, run[0].start)
    before = [sentence for sentence in said if run[0].start - sentence.start <= _BEFORE][-2:] or said[-1:]
    # What stands before 一、 is the opening of the text, unless it says that something follows.
    if said and (run[0].is_item or _ANNOUNCES.search(_last_clause(text[said[-1].start : said[-1].end]))):
        return said[-1], Span(before[0].start, before[-1].end)
    nothing = Span(run[0].start, run[0].start)
    return (
        (Span(parent.head.start, parent.head.end), nothing) if parent.head.start < parent.head.end else (None, nothing)
    )


def _last_clause(sentence: str) -> str:
    """Return what stands behind the last comma: 5个方面 earlier in a sentence announces nothing."""
    return re.split("[，,]", sentence)[-1]
