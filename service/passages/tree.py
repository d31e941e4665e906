"""The lines of a body in, the tree of its sections and items out: which label belongs under which."""

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from service.corpus.document import Span
from service.corpus.front import number as issued_number
from service.passages.labels import ARTICLE, ITEM, PLAIN_HEADING, Label, labels
from service.passages.node import Node
from service.passages.sentences import sentences

_LONGEST_HEADING = 80
_LONGEST_PLAIN_HEADING = 30
_SHORTEST_BODY = 40
# Two numbered labels further apart than this are no enumeration in running text.
_FARTHEST_SIBLING = 4000
# More labelled parts inside one another than a reader could tell apart.
_DEEPEST = 12
_SHORTEST_AFTER_BLANK = 12
_STOPS = "。！？!?；;"
_CLOSING = "”）)"
_SALUTATION = re.compile(r"(?:同志们|各位代表|各位委员|各位领导|女士们)[^。]{0,20}?[，,：:！!]")
_ATTACHMENT = re.compile(r"附件[一二三四五六七八九十\d]{0,3}(?:[：:\s]|$)")
# A tab parts the cells of a row, which heads its table at most and never what comes behind it.
_NO_PLAIN_HEADING = re.compile(r"[。！？!?；;：:，,、.\d]$|[：:；;。\t]|^[^\w“《（【]|^[（(【][^）)】]*[）)】]$")
# More than a sentence, or less than one, or none, or a row: behind a label, a tab is a matter of typesetting; behind words it is not.
_NO_HEADING = re.compile(r"^\s*$|[。；;].|[，,、]$|\S\s*\t")
# A blank beside a letter or a digit (16 岁) is a matter of typesetting; one inside quotation marks is none.
_TITLE_AND_BLANK = re.compile(
    r"(?=[^\s。；;]{3})[^\s“”《》。；;]*(?:[“《][^”》]*[”》][^\s“”《》。；;]*)*"
    r"(?<![a-zA-Z0-9])(?=[ \u3000\t]+[^\sa-zA-Z0-9])"
)
_CLAUSE_END = re.compile(r"[，,：:]")
_NONE: Mapping[int, int] = MappingProxyType({})


def tree(
    text: str, lines: Sequence[Span], headings: Mapping[int, int] = _NONE, signed: Collection[int] = frozenset()
) -> Node:
    """Return the root of the nodes in these lines; it spans the text.

    ``headings`` are the levels of lines that the file's format says are headings, by where they begin; ``signed`` is where
    the lines of signatures begin, which are below no heading.
    """
    return _Parser(text, lines, headings, signed).parse()


class _Draft:
    """A Node while it is being built. ``rank`` places it on the stack: below its parent, however it is labelled.

    ``level`` is the one that the file's format gives its heading, None where it gives none.
    """

    __slots__ = (
        "begins", "children", "continued", "end", "head", "label", "latest", "level", "parent", "rank", "stands_alone"
    )  # fmt: skip

    def __init__(self, label: Label | None, parent: "_Draft | None", head: Span, stands_alone: bool, end: int) -> None:
        self.label = label
        self.begins = label.start if label else 0
        self.parent = parent
        self.head = head
        self.stands_alone = stands_alone
        self.end = end
        self.children: list[_Draft] = []
        self.latest: dict[str, _Siblings] = {}
        self.level: int | None = None
        self.continued = False
        own = label.rank if label else -2
        self.rank: float = own if parent is None else max(own, parent.rank + 0.1)


@dataclass(slots=True)
class _Siblings:
    """The children of one style so far: the latest; how many are complete, and how many of those took further lines.

    ``held`` are the styles of their own children.
    """

    latest: _Draft
    complete: int = 0
    continued: int = 0
    held: set[str] = field(default_factory=set)


class _Parser:
    """Reads the lines of a body once, keeping the stack of the nodes that are open."""

    def __init__(self, text: str, lines: Sequence[Span], headings: Mapping[int, int], signed: Collection[int]) -> None:
        self.text = text
        self.lines = lines
        self.signed = signed
        # A whole paragraph in the style of a heading is a paragraph.
        long = {line.start for line in lines if line.end - line.start > _LONGEST_HEADING}
        self.headings = {start: level for start, level in headings.items() if start not in long}
        self.highest = min(self.headings.values(), default=0)
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
            if line.start in self.signed:
                self._close_to(0, self.lines[number - 1].end if number else line.start)
                continue
            if line.start in self.headings:
                self._close_known(line, number)
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
                siblings.held.update(node.latest)

    def _open_node(self, label: Label, head: Span, stands_alone: bool) -> None:
        parent = self.open[-1]
        node = _Draft(label, parent, head, stands_alone, len(self.text))
        node.level = self.headings.get(label.start) if stands_alone else None
        parent.children.append(node)
        siblings = parent.latest.setdefault(label.style, _Siblings(node))
        siblings.latest = node
        self.open.append(node)

    def _accept(self, label: Label, index: int, number: int) -> bool:
        """Open a node for a line's index-th label, if it has its place in a sequence; return whether it had one."""
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
        """Return how deep the parent of a heading lies on the stack; None where, in a line, it begins nothing."""
        outermost = max(i for i, node in enumerate(self.open) if node.rank < label.rank)
        if label.value is not None and label.value > 1:
            for depth in range(len(self.open) - 1, outermost - 1, -1):
                latest = self._latest(depth, label.style)
                if latest is not None and latest.label and latest.label.value == label.value - 1:
                    return depth
        deeper = range(len(self.open) - 1, outermost, -1)
        depth = next((i for i in deeper if self._holds(self.open[i], label)), outermost)
        if len(self.open) > _DEEPEST and depth == len(self.open) - 1:
            return None
        if not label.after:
            return depth
        # Within a line only a sequence shows that this is a label: the next of its siblings, or one that has siblings.
        latest = self._latest(depth, label.style)
        if latest is not None and latest.label:
            return depth if label.value == (latest.label.value or 0) + 1 else None
        return depth if label.value == 1 and self._is_continued(label) else None

    def _holds(self, node: _Draft, label: Label) -> bool:
        """Return whether a label of an outer style begins a list inside a node, as one did inside its siblings."""
        if node.label is None or node.parent is None:
            return False
        alike = node.parent.latest[node.label.style].held
        return self._resumes(node.label, label) or (label.value == 1 and label.style in alike and not node.children)

    def _resumes(self, outer: Label | None, inner: Label) -> bool:
        """Return whether a label's own sequence goes on behind an inner one, which therefore stands inside it."""
        if outer is None or outer.style == inner.style or outer.value is None or inner.value != 1:
            return False
        following = self._next(outer.style, inner.start)
        return (
            following is not None
            and following.value == outer.value + 1
            and following.start - inner.start < _FARTHEST_SIBLING
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
        if line.start in self.headings:
            self._open_node(Label("", PLAIN_HEADING, None, line.start, line.start, ""), line, True)
            return
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
        assert node.label is not None
        assert node.parent is not None
        # The further paragraphs of an article are its own.
        if node.stands_alone or node.label.rank == ARTICLE:
            return False
        below = self.leading_below[number]
        if node.label.after:
            last = self.lines[number - 1]
            broken = node.begins >= last.start and self.text[last.end - 1] not in _STOPS + _CLOSING
            return not broken and (below is None or not self._continues(node.label, below))
        siblings = node.parent.latest[node.label.style]
        if below is not None and siblings.held and self._is_deeper(node.label, below):
            return False
        return siblings.complete > 2 * siblings.continued

    def _is_deeper(self, label: Label, below: Label) -> bool:
        """Return whether a label that begins a line below another one belongs under it."""
        if below.style == label.style:
            return False
        return below.rank > label.rank or (below.rank < ITEM and self._resumes(label, below))

    def _is_plain_heading(self, line: Span, number: int) -> bool:
        """Return whether an unlabelled line is a heading: short, no sentence, after a full stop, above a long line."""
        words = self.text[line.start : line.end]
        if len(words) > _LONGEST_PLAIN_HEADING or _NO_PLAIN_HEADING.search(words) or issued_number((words,), ""):
            return False
        if number + 1 >= len(self.lines) or len(self.open) > _DEEPEST:
            return False
        before = self.text[self.lines[number - 1].end - 1] if number else "。"
        follower = self.lines[number + 1]
        long_enough = follower.end - follower.start >= _SHORTEST_BODY
        return before in _STOPS + _CLOSING and (long_enough or self._leading(number + 1) is not None)

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

    def _close_known(self, line: Span, number: int) -> None:
        """Close what does not go on below a heading of which the format says the level.

        Of labelled headings their labels tell better which is inside which: styles are given by eye. One of the highest
        level stands inside nothing.
        """
        level = self.headings[line.start]
        labelled = self._leading(number) is not None
        depth = 0
        for node in self.open[1:]:
            unlabelled = node.label is not None and node.label.rank == PLAIN_HEADING
            if node.level is not None and node.level >= level and (unlabelled or not labelled):
                break
            if not labelled and (
                not node.stands_alone or (node.level is None and (unlabelled or level == self.highest))
            ):
                break
            depth += 1
        self._close_to(depth, self.lines[number - 1].end if number else line.start)

    @staticmethod
    def _is_plain(node: _Draft) -> bool:
        return node.label is not None and node.label.rank == PLAIN_HEADING and node.level is None

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
            if other.start - label.start > _LONGEST_HEADING:
                break
        rest = text[label.end : end].rstrip()
        end = label.end + len(rest)
        if label.rank == ARTICLE:
            return Span(label.start, label.end), False
        whole_line = label.start == line.start and end == line.end
        if label.start in self.headings:
            return Span(label.start, line.end), True
        if whole_line and end - label.start <= _LONGEST_HEADING and self._has_body_below(label, number):
            return Span(label.start, end), True
        return Span(label.start, _head_end(text, label, end)), False

    def _has_body_below(self, label: Label, number: int) -> bool:
        """Return whether the lines below a short labelled line are its body rather than its siblings."""
        text = self.text
        line = self.lines[number]
        if _NO_HEADING.search(text[label.end : line.end]):
            return False
        stops = text[line.end - 1] in _STOPS
        before = self._latest(len(self.open) - 1, label.style)
        if number + 1 >= len(self.lines):
            # A heading at the very end has nothing below, but is no more text for that.
            return not stops and (label.rank < ARTICLE or (before is not None and before.stands_alone))
        below = self._leading(number + 1)
        if below is not None and self._is_deeper(label, below):
            return True
        if below is not None:
            # 第一章 above 第二章, as in a table of contents, is a heading still; （一）above（二）is an item of a list.
            return not stops and label.rank < ARTICLE
        # Siblings tell: where the one before it was an item of a list, without a full stop, this one is too.
        if before is None or before.stands_alone:
            return True
        return not stops and text[self.lines[number - 1].end - 1] in "。！？!?" + _CLOSING

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
    window = min(end, label.start + 2 * _LONGEST_HEADING)
    first = sentences(text, label.end, window)[:1]
    if not first:
        return end
    start, stop = first[0]
    # `（一）目标定位 全面贯彻…` : a title, a blank, and then the body.
    blank = _TITLE_AND_BLANK.match(text, start, stop)
    if blank and stop - blank.end() > _SHORTEST_AFTER_BLANK:
        stop = blank.end()
    if stop - label.start <= _LONGEST_HEADING:
        return stop
    clauses = [m.start() for m in _CLAUSE_END.finditer(text, start, label.start + _LONGEST_HEADING)]
    return clauses[-1] if clauses else label.end
