"""A Document in, its Structure out: paragraphs, and a tree of headings and items, each with its span and head."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from service.corpus.document import Document, Span
from service.passages.labels import ARTICLE, ITEM, PLAIN_HEADING, Label, labels
from service.passages.sentences import sentences

LONGEST_HEAD = 80
_LONGEST_PLAIN_HEADING = 30
_SHORTEST_BODY = 40
_FRONT_LINES = 8
_LONGEST_FRONT_LINE = 60
# Two numbered labels further apart than this are no enumeration in running text.
_FARTHEST_SIBLING = 4000
_STOPS = "。！？!?；;"
_SALUTATION = re.compile(r"(?:同志们|各位代表|各位委员|各位领导|女士们)[^。]{0,20}?[，,：:！!]")


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A labelled part of a document: a section with its heading, or an item of an enumeration.

    It spans [start, end), label included. ``head`` is its heading or first words, ``stands_alone`` whether that is a
    line of its own above the body. The root has no label and an empty head, and spans the document.
    """

    style: str
    label: Span
    head: Span
    start: int
    end: int
    stands_alone: bool
    rank: int
    children: tuple["Node", ...]

    @property
    def is_item(self) -> bool:
        """Return whether this is an item of an enumeration in the text rather than a section under a heading."""
        return self.rank >= ITEM

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Structure:
    """What stands where in a document.

    ``paragraphs`` are its lines that are not blank, numbered from 1 in this order; ``body`` are those that are neither
    leftover nor front matter; ``front`` is the title, by-lines and salutation at the top.
    """

    paragraphs: tuple[Span, ...]
    front: tuple[Span, ...]
    body: tuple[Span, ...]
    root: Node

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
    text = document.text
    # Only now: a paragraph is any line that is not blank, furniture included, so that 第N段 counts what the eye counts.
    paragraphs = [Span(m.start(), m.end()) for m in re.finditer(r"\S(?:[^\n]*\S)?", text)]
    furniture = {left.start for left in document.leftovers}
    lines = [line for line in paragraphs if line.start not in furniture]
    front = _front(text, lines)
    body = lines[len(front) :]
    root = _Parser(text, body).parse()
    return Structure(tuple(paragraphs), tuple(front), tuple(body), root)


def _front(text: str, lines: Sequence[Span]) -> list[Span]:
    """Return the leading lines that are title, by-line, date or salutation; none where nothing would be left."""
    for count, line in enumerate(lines[: _FRONT_LINES + 1]):
        words = text[line.start : line.end]
        labelled = next(iter(labels(text, Span(line.start, line.start + 1))), None)
        if len(words) > _LONGEST_FRONT_LINE or words[-1] in "。；;！!？?…" or labelled:
            return list(lines[:count])
    return []


class _Draft:
    """A Node while it is being built."""

    __slots__ = ("begins", "children", "end", "head", "inline", "label", "lines", "parent", "stands_alone")

    def __init__(self, label: Label | None, parent: "_Draft | None", head: Span, stands_alone: bool, end: int) -> None:
        self.label = label
        self.begins = label.start if label else 0
        self.parent = parent
        self.head = head
        self.stands_alone = stands_alone
        self.end = end
        self.children: list[_Draft] = []
        self.lines = 1
        self.inline = label is not None and label.after != ""

    @property
    def rank(self) -> int:
        return self.label.rank if self.label else -2


class _Parser:
    """Reads the lines of a body once, keeping the stack of the nodes that are open."""

    def __init__(self, text: str, lines: Sequence[Span]) -> None:
        self.text = text
        self.lines = lines
        self.by_line = [list(labels(text, line)) for line in lines]
        self.by_style: dict[str, list[Label]] = {}
        for label in self._all():
            self.by_style.setdefault(label.style, []).append(label)
        self.root = _Draft(None, None, Span(0, 0), False, len(text))
        self.open = [self.root]

    def _all(self) -> Iterable[Label]:
        return (label for found in self.by_line for label in found)

    def parse(self) -> Node:
        for number, line in enumerate(self.lines):
            found = self.by_line[number]
            leading = found[0] if found and not found[0].after else None
            if leading is None or not self._accept(leading, line, number):
                self._unlabelled(line, number)
            for label in found[1:] if leading else found:
                self._accept(label, line, number)
            for node in self.open[1:]:
                node.lines += node.begins < line.start
        self._close_to(0, len(self.text))
        return self._node(self.root)

    # -- opening and closing ------------------------------------------------------------------------------------

    def _close_to(self, depth: int, end: int) -> None:
        """Close the open nodes beyond ``depth``; they end at ``end``, or earlier where it was known."""
        while len(self.open) > depth + 1:
            node = self.open.pop()
            node.end = min(node.end, end)

    def _open_node(self, label: Label, line: Span, number: int) -> None:
        head, stands_alone = self._head(label, line, number)
        node = _Draft(label, self.open[-1], head, stands_alone, len(self.text))
        self.open[-1].children.append(node)
        self.open.append(node)

    def _accept(self, label: Label, line: Span, number: int) -> bool:
        """Open a node for a label that has its place in a sequence; return whether it had one."""
        depth = self._item_depth(label) if label.rank >= ITEM else self._heading_depth(label)
        if depth is None:
            return False
        self._close_to(depth, label.start)
        self._open_node(label, line, number)
        return True

    def _heading_depth(self, label: Label) -> int | None:
        depth = max(i for i, node in enumerate(self.open) if node.rank < label.rank)
        if not label.after:
            return depth
        siblings = [child for child in self.open[depth].children if child.label and child.label.style == label.style]
        expected = (siblings[-1].label.value or 0) + 1 if siblings and siblings[-1].label else 1
        return depth if label.value == expected else None

    def _item_depth(self, label: Label) -> int | None:
        """Return how deep the parent of an item lies on the stack; None where the label continues or begins nothing."""
        for depth in range(len(self.open) - 1, -1, -1):
            last = self.open[depth].children[-1] if self.open[depth].children else None
            if last is not None and last.label and self._continues(last.label, label):
                return depth
        if label.value not in (1, None) or not self._is_continued(label):
            return None
        for depth, node in enumerate(self.open):
            if node.label and node.label.style == label.style:
                return depth - 1
        return len(self.open) - 1

    @staticmethod
    def _continues(last: Label, label: Label) -> bool:
        if last.style != label.style:
            return False
        if label.value is None:
            return last.value is None
        # 首先…其次…最后 leaves out 再次, and no number says how many there were.
        step = label.value - (last.value or 0)
        return step == 1 or (label.style == "首先" and step > 0)

    def _is_continued(self, label: Label) -> bool:
        same = self.by_style[label.style]
        following = same[same.index(label) + 1 :]
        for other in following[:1]:
            return self._continues(label, other) and other.start - label.start < _FARTHEST_SIBLING
        return False

    # -- lines without a label ----------------------------------------------------------------------------------

    def _unlabelled(self, line: Span, number: int) -> None:
        """Let a line that opens no node end those that are complete, or be a heading itself."""
        words = self.text[line.start : line.end]
        if _SALUTATION.match(words):
            # A speaker who turns to the audience again has left the enumeration and the subsection.
            self._close_to(min(1, len(self.open) - 1), line.start)
        while len(self.open) > 1 and self._is_complete(self.open[-1], number):
            self._close_to(len(self.open) - 2, self.lines[number - 1].end)
        if self._is_plain_heading(line, number):
            self._open_plain_heading(line, number)

    def _is_complete(self, node: _Draft, number: int) -> bool:
        """Return whether a node cannot go on in a further line, judged by its siblings and by where it began."""
        assert node.label is not None and node.parent is not None
        if node.stands_alone:
            return False
        if node.inline:
            return not self._next_line_continues(node.label, number)
        siblings = [s for s in node.parent.children[:-1] if s.label and s.label.style == node.label.style]
        return bool(siblings) and all(s.lines == 1 and not s.stands_alone for s in siblings)

    def _next_line_continues(self, label: Label, number: int) -> bool:
        found = self.by_line[number]
        return bool(found) and not found[0].after and self._continues(label, found[0])

    def _is_plain_heading(self, line: Span, number: int) -> bool:
        """Return whether an unlabelled line is a heading: short, no sentence, after a full stop, above a long line."""
        words = self.text[line.start : line.end]
        if len(words) > _LONGEST_PLAIN_HEADING or re.search(r"[。！？!?；;：:，,、.\d]$|[：:；;。]|^[^\w“《（【]", words):
            return False
        if number + 1 >= len(self.lines):
            return False
        before = self.text[self.lines[number - 1].end - 1] if number else "。"
        follower = self.lines[number + 1]
        labelled = bool(self.by_line[number + 1]) and not self.by_line[number + 1][0].after
        return before in _STOPS + "”）)" and (follower.end - follower.start >= _SHORTEST_BODY or labelled)

    def _open_plain_heading(self, line: Span, number: int) -> None:
        follower = next(iter(self.by_line[number + 1]), None)
        if follower and not follower.after and follower.value == 1 and follower.rank < ITEM:
            # What it announces starts counting anew, so it stands above that style.
            depth = max(i for i, node in enumerate(self.open) if node.rank < follower.rank)
        else:
            depth = max(
                i for i, node in enumerate(self.open) if node is self.root or (node.rank != PLAIN_HEADING and node.stands_alone)
            )
        self._close_to(depth, line.start)
        label = Label("", PLAIN_HEADING, None, line.start, line.start, "")
        node = _Draft(label, self.open[-1], line, True, len(self.text))
        self.open[-1].children.append(node)
        self.open.append(node)

    # -- heads --------------------------------------------------------------------------------------------------

    def _head(self, label: Label, line: Span, number: int) -> tuple[Span, bool]:
        """Return a node's head with its label, and whether it is a line of its own with the body below it."""
        text = self.text
        end = line.end
        for other in self.by_line[number]:
            if other.start > label.start and (other.rank <= ITEM and self._could_open(other)):
                end = other.start
                break
        rest = text[label.end : end].rstrip()
        end = label.end + len(rest)
        if label.rank == ARTICLE:
            return Span(label.start, label.end), False
        whole_line = label.start == line.start and end == line.end
        if whole_line and end - label.start <= LONGEST_HEAD and self._has_body_below(label, line, number):
            return Span(label.start, end), True
        cut = _head_end(text, label.end, end)
        return (Span(label.start, cut), False) if cut - label.start <= LONGEST_HEAD else (Span(label.start, label.end), False)

    def _could_open(self, label: Label) -> bool:
        return label.rank < ITEM or label.value == 1

    def _has_body_below(self, label: Label, line: Span, number: int) -> bool:
        """Return whether the lines below a short labelled line are its body rather than its siblings."""
        if self.text[line.end - 1] not in _STOPS:
            return number + 1 < len(self.lines)
        # It ends like a sentence: an item of a list of sentences, unless what follows is unlabelled or deeper.
        runs = self._lines_until_next(label, number)
        return runs > 0 and number + 1 < len(self.lines) and self._follower_is_deeper(label, number)

    def _lines_until_next(self, label: Label, number: int) -> int:
        count = 0
        for found in self.by_line[number + 1 :]:
            if found and not found[0].after and (found[0].style == label.style or found[0].rank < label.rank):
                break
            count += 1
        return count

    def _follower_is_deeper(self, label: Label, number: int) -> bool:
        found = self.by_line[number + 1]
        if found and not found[0].after:
            return found[0].rank > label.rank
        # Siblings tell: where the one before it had no body, this one has none.
        siblings = [c for c in self.open[-1].children if c.label and c.label.style == label.style]
        return not siblings or siblings[-1].stands_alone

    # -- the result ---------------------------------------------------------------------------------------------

    def _node(self, draft: _Draft) -> Node:
        text = self.text
        label = draft.label
        start = label.start if label else 0
        end = draft.end
        while end > start and text[end - 1].isspace():
            end -= 1
        return Node(
            style=label.style if label else "",
            label=Span(label.start, label.end) if label else Span(0, 0),
            head=Span(draft.head.start, min(draft.head.end, end)),
            start=start,
            end=end if label else len(text),
            stands_alone=draft.stands_alone,
            rank=label.rank if label else -2,
            children=tuple(self._node(child) for child in draft.children),
        )


def _head_end(text: str, start: int, end: int) -> int:
    """Return where the first words of a run-in head or item end: at its sentence, or at a blank behind a title."""
    first = sentences(text, start, end)[:1]
    if not first:
        return end
    stop = first[0].end
    # `（一）目标定位 全面贯彻…` : a title, a blank, and then the body. A blank inside quotation marks is none.
    blank = re.compile(r"[^\s“”《》]*(?:[“《][^”》]*[”》][^\s“”《》]*)*(?=[ \u3000\t])").match(text, first[0].start, stop)
    if blank and 2 <= blank.end() - first[0].start and stop - blank.end() > 1 and not re.search(r"[。；;]", blank.group()):
        return blank.end()
    return stop
