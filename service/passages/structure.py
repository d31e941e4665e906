"""A Document in, its Structure out: paragraphs, and a tree of headings and items, each with its span and head."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
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
# More labelled parts inside one another than a reader could tell apart.
_DEEPEST = 12
_SHORTEST_AFTER_BLANK = 12
_STOPS = "。！？!?；;"
_SALUTATION = re.compile(r"(?:同志们|各位代表|各位委员|各位领导|女士们)[^。]{0,20}?[，,：:！!]")
_ATTACHMENT = re.compile(r"附件[一二三四五六七八九十\d]{0,3}(?:[：:\s]|$)")
_NO_PLAIN_HEADING = re.compile(r"[。！？!?；;：:，,、.\d]$|[：:；;。]|^[^\w“《（【]|^[（(【][^）)】]*[）)】]$")
# A blank beside a letter or a digit (16 岁) is a matter of typesetting; one inside quotation marks is none.
_TITLE_AND_BLANK = re.compile(
    r"(?=[^\s。；;]{3})[^\s“”《》。；;]*(?:[“《][^”》]*[”》][^\s“”《》。；;]*)*(?<![a-zA-Z0-9])(?=[ \u3000\t]+[^\sa-zA-Z0-9])"
)
_CLAUSE_END = re.compile(r"[，,：:]")


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
        first = next(labels(text, line), None)
        # A by-line may begin with —— and a title hardly with 一是: only heading labels end the front.
        headed = first is not None and not first.after and first.rank < ITEM
        if len(words) > _LONGEST_FRONT_LINE or words[-1] in "。；;！!？?…" or headed:
            return list(lines[:count])
    return []


class _Draft:
    """A Node while it is being built. ``rank`` places it on the stack: below its parent, however it is labelled."""

    __slots__ = ("begins", "children", "continued", "end", "head", "label", "latest", "parent", "rank", "stands_alone")

    def __init__(self, label: Label | None, parent: "_Draft | None", head: Span, stands_alone: bool, end: int) -> None:
        self.label = label
        self.begins = label.start if label else 0
        self.parent = parent
        self.head = head
        self.stands_alone = stands_alone
        self.end = end
        self.children: list[_Draft] = []
        self.latest: dict[str, _Siblings] = {}
        self.continued = False
        own = label.rank if label else -2
        self.rank = own if parent is None else max(own, parent.rank + 0.1)


@dataclass(slots=True)
class _Siblings:
    """The children of one style so far: the latest, how many are complete, and how many of those took further lines."""

    latest: _Draft
    complete: int = 0
    continued: int = 0


class _Parser:
    """Reads the lines of a body once, keeping the stack of the nodes that are open."""

    def __init__(self, text: str, lines: Sequence[Span]) -> None:
        self.text = text
        self.lines = lines
        self.by_line = [list(labels(text, line)) for line in lines]
        self.by_style: dict[str, list[Label]] = {}
        for label in (label for found in self.by_line for label in found):
            self.by_style.setdefault(label.style, []).append(label)
        self.starts = {style: [label.start for label in found] for style, found in self.by_style.items()}
        self.leading_below = self._leading_below()
        self.root = _Draft(None, None, Span(0, 0), False, len(text))
        self.open = [self.root]

    def _leading_below(self) -> list[Label | None]:
        """Return, per line, the next label below it that begins a line."""
        below: list[Label | None] = []
        latest: Label | None = None
        for number in range(len(self.lines) - 1, -1, -1):
            below.append(latest)
            latest = self._leading(number) or latest
        return below[::-1]

    def _leading(self, number: int) -> Label | None:
        found = self.by_line[number]
        return found[0] if found and not found[0].after else None

    def _next(self, style: str, at: int) -> Label | None:
        """Return the first label of a style behind a place."""
        index = bisect_right(self.starts[style], at)
        return self.by_style[style][index] if index < len(self.starts[style]) else None

    def parse(self) -> Node:
        for number, line in enumerate(self.lines):
            found = self.by_line[number]
            leading = self._leading(number)
            if leading is None or not self._accept(leading, 0, number):
                self._unlabelled(line, number)
            if self.open[-1].stands_alone and self.open[-1].begins == line.start:
                continue
            for index in range(1 if leading else 0, len(found)):
                self._accept(found[index], index, number)
        self._close_to(0, len(self.text))
        return self._node(self.root)

    # -- opening and closing ------------------------------------------------------------------------------------

    def _close_to(self, depth: int, end: int) -> None:
        """Close the open nodes beyond ``depth``; they end at ``end``."""
        while len(self.open) > depth + 1:
            node = self.open.pop()
            node.end = end
            if node.label and node.parent:
                siblings = node.parent.latest[node.label.style]
                siblings.complete += 1
                siblings.continued += node.continued

    def _open_node(self, label: Label, head: Span, stands_alone: bool) -> None:
        parent = self.open[-1]
        node = _Draft(label, parent, head, stands_alone, len(self.text))
        parent.children.append(node)
        siblings = parent.latest.setdefault(label.style, _Siblings(node))
        siblings.latest = node
        self.open.append(node)

    def _accept(self, label: Label, index: int, number: int) -> bool:
        """Open a node for the index-th label of a line, if it has its place in a sequence; return whether it had one."""
        depth = self._item_depth(label) if label.rank >= ITEM else self._heading_depth(label)
        if depth is None:
            return False
        self._close_to(depth, label.start)
        self._open_node(label, *self._head(label, index, number))
        return True

    def _latest(self, depth: int, style: str) -> _Draft | None:
        siblings = self.open[depth].latest.get(style)
        return siblings.latest if siblings else None

    def _heading_depth(self, label: Label) -> int | None:
        """Return how deep the parent of a heading lies on the stack; None where it stands in a line and begins nothing."""
        if label.value is not None and label.value > 1:
            for depth in range(len(self.open) - 1, -1, -1):
                latest = self._latest(depth, label.style)
                if latest is not None and latest.label and latest.label.value == label.value - 1:
                    return depth
        depth = max(i for i, node in enumerate(self.open) if node.rank < label.rank)
        if label.value == 1:
            depth = max([depth, *(i for i in range(depth + 1, len(self.open)) if self._resumes(self.open[i], label))])
        if len(self.open) > _DEEPEST and depth == len(self.open) - 1:
            return None
        if not label.after:
            return depth
        # Within a line only a sequence shows that this is a label: the next of its siblings, or one that has siblings.
        latest = self._latest(depth, label.style)
        if latest is not None and latest.label:
            return depth if label.value == (latest.label.value or 0) + 1 else None
        return depth if label.value == 1 and self._is_continued(label) else None

    def _resumes(self, node: _Draft, label: Label) -> bool:
        """Return whether a node's siblings go on behind a label of an outer style, so that the label stands inside it."""
        assert node.label is not None
        if node.label.style == label.style or node.label.value is None:
            return False
        following = self._next(node.label.style, label.start)
        return (
            following is not None
            and following.value == node.label.value + 1
            and following.start - label.start < _FARTHEST_SIBLING
        )

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
        return len(self.open) - 1 if len(self.open) <= _DEEPEST else None

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
        following = self._next(label.style, label.start)
        if following is None or following.start - label.start >= _FARTHEST_SIBLING:
            return False
        # **. stands for a number that was taken out.
        return self._continues(label, following) or (label.rank < ITEM and following.value is None)

    # -- lines without a label ----------------------------------------------------------------------------------

    def _unlabelled(self, line: Span, number: int) -> None:
        """Let a line that opens no node end those that are complete, or be a heading itself."""
        words = self.text[line.start : line.end]
        before = self.lines[number - 1].end if number else line.start
        if _SALUTATION.match(words):
            # A speaker who turns to the audience again has left the enumeration and the subsection.
            self._close_to(min(1, len(self.open) - 1), before)
        elif _ATTACHMENT.match(words):
            self._close_to(0, before)
        while len(self.open) > 1 and self._is_complete(self.open[-1], number):
            self._close_to(len(self.open) - 2, before)
        for node in self.open[1:]:
            node.continued = True
        if self._is_plain_heading(line, number):
            self._open_plain_heading(line, number)

    def _is_complete(self, node: _Draft, number: int) -> bool:
        """Return whether a node cannot go on in a further line, judged by its siblings and by what comes below."""
        assert node.label is not None and node.parent is not None
        # The further paragraphs of an article are its own.
        if node.stands_alone or node.label.rank == ARTICLE:
            return False
        below = self.leading_below[number]
        if node.label.after:
            return below is None or not self._continues(node.label, below)
        if below is not None and self._is_deeper(node.label, below):
            return False
        siblings = node.parent.latest[node.label.style]
        return siblings.complete > 2 * siblings.continued

    def _is_deeper(self, label: Label, below: Label) -> bool:
        """Return whether a label that begins a line below another one belongs under it."""
        if below.style == label.style:
            return False
        if below.rank > label.rank:
            return True
        following = self._next(label.style, below.start)
        return (
            below.value == 1
            and below.rank < ITEM
            and following is not None
            and label.value is not None
            and following.value == label.value + 1
            and following.start - below.start < _FARTHEST_SIBLING
        )

    def _is_plain_heading(self, line: Span, number: int) -> bool:
        """Return whether an unlabelled line is a heading: short, no sentence, after a full stop, above a long line."""
        words = self.text[line.start : line.end]
        if len(words) > _LONGEST_PLAIN_HEADING or _NO_PLAIN_HEADING.search(words):
            return False
        if number + 1 >= len(self.lines) or len(self.open) > _DEEPEST:
            return False
        before = self.text[self.lines[number - 1].end - 1] if number else "。"
        follower = self.lines[number + 1]
        long_enough = follower.end - follower.start >= _SHORTEST_BODY
        return before in _STOPS + "”）)" and (long_enough or self._leading(number + 1) is not None)

    def _open_plain_heading(self, line: Span, number: int) -> None:
        follower = self._leading(number + 1)
        if follower and follower.value == 1 and follower.rank < ITEM:
            # What it announces starts counting anew, so it stands above that style.
            depth = max(i for i, node in enumerate(self.open) if node.rank < follower.rank)
        else:
            depth = len(self.open) - 1
        while depth and (not self.open[depth].stands_alone or self._is_plain(self.open[depth])):
            depth -= 1
        self._close_to(depth, self.lines[number - 1].end if number else line.start)
        self._open_node(Label("", PLAIN_HEADING, None, line.start, line.start, ""), line, True)

    @staticmethod
    def _is_plain(node: _Draft) -> bool:
        return node.label is not None and node.label.rank == PLAIN_HEADING

    # -- heads --------------------------------------------------------------------------------------------------

    def _head(self, label: Label, index: int, number: int) -> tuple[Span, bool]:
        """Return a node's head with its label, and whether it is a line of its own with the body below it."""
        text = self.text
        line = self.lines[number]
        # No further than where another node opens.
        end = line.end
        found = self.by_line[number]
        for other in (found[later] for later in range(index + 1, len(found))):
            if other.value == 1 and self._is_continued(other):
                end = other.start
                break
            if other.start - label.start > LONGEST_HEAD:
                break
        rest = text[label.end : end].rstrip()
        end = label.end + len(rest)
        if label.rank == ARTICLE:
            return Span(label.start, label.end), False
        whole_line = label.start == line.start and end == line.end
        if whole_line and end - label.start <= LONGEST_HEAD and self._has_body_below(label, number):
            return Span(label.start, end), True
        return Span(label.start, _head_end(text, label, end)), False

    def _has_body_below(self, label: Label, number: int) -> bool:
        """Return whether the lines below a short labelled line are its body rather than its siblings."""
        text = self.text
        line = self.lines[number]
        # More than a sentence, or less than one: the line is text, broken or not.
        if number + 1 >= len(self.lines) or re.search(r"[。；;].|[，,、]$", text[label.end : line.end]):
            return False
        below = self._leading(number + 1)
        stops = text[line.end - 1] in _STOPS
        if below is not None and self._is_deeper(label, below):
            return True
        if below is not None:
            # 第一章 above 第二章, as in a table of contents, is a heading still; （一）above（二）is an item of a list.
            return not stops and label.rank < ARTICLE
        # Siblings tell: where the one before it had no body, or ended as items of a list do, this one has none.
        before = self._latest(len(self.open) - 1, label.style)
        if before is None or before.stands_alone:
            return True
        return not stops and text[self.lines[number - 1].end - 1] not in "；;"

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


def _head_end(text: str, label: Label, end: int) -> int:
    """Return where the first words of a run-in head or item end: at its sentence, at a blank behind a title, or,
    where the sentence is long, at its first clauses."""
    window = min(end, label.start + 2 * LONGEST_HEAD)
    first = sentences(text, label.end, window)[:1]
    if not first:
        return end
    start, stop = first[0]
    # `（一）目标定位 全面贯彻…` : a title, a blank, and then the body.
    blank = _TITLE_AND_BLANK.match(text, start, stop)
    if blank and stop - blank.end() > _SHORTEST_AFTER_BLANK:
        stop = blank.end()
    if stop - label.start <= LONGEST_HEAD:
        return stop
    clauses = [m.start() for m in _CLAUSE_END.finditer(text, start, label.start + LONGEST_HEAD)]
    return clauses[-1] if clauses else label.end
