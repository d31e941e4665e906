"""A document's Structure in, its Passages out: items, paragraphs, or runs of sentences of an over-long one."""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.corpus.document import Document, Span
from service.passages.passage import Passage
from service.passages.sentences import sentences
from service.passages.structure import Node, Structure

LONGEST = 400
_COMFORTABLE = 300
_SHORT = 60
_CLAUSE = re.compile(r"[，,、：:][”’」』）)》]*|\s+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of text without a border inside: the part of one line that belongs to one node itself.

    ``block`` changes where nothing may be merged across: at a heading that stands alone, or at a leftover.
    """

    start: int
    end: int
    chain: tuple[Node, ...]
    block: int

    @property
    def owner(self) -> Node:
        return self.chain[-1]

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def under(self) -> tuple[Node, ...]:
        """Return the nodes whose heading stands alone above the piece: it must stay in the path of its passage."""
        return tuple(node for node in self.chain if node.stands_alone)


def passages(document: Document, structure: Structure, number: int) -> list[Passage]:
    """Return the passages of a document, in order; ``number`` is the document's place in its corpus.

    Every visible character of the text is in exactly one of: a passage, a heading that stands alone and is in some
    passage's path, a leftover.
    """
    text = document.text
    pieces, bare = _pieces(text, structure)
    cut = [part for piece in pieces for part in _split(text, piece)]
    spans = [(group[0].start, group[-1].end, _common([p.chain for p in group]), True) for group in _merged(cut)]
    spans += [(node.head.start, node.head.end, chain, False) for node, chain in bare]
    leads = _leads_of(text, structure.root)
    starts = structure.starts
    spans += [(start, end, (), False) for start, end in _together((*structure.front, *structure.signed), starts)]
    spans.sort(key=lambda span: span[:2])
    return [
        Passage(
            document=number,
            start=start,
            end=end,
            path=_path(text, chain, start, end),
            context=_lead(leads, chain, start),
            paragraph=bisect_right(starts, start),
            paragraph_end=bisect_right(starts, end - 1),
            answerable=answerable,
        )
        for start, end, chain, answerable in spans
    ]


def _together(lines: Sequence[Span], starts: Sequence[int]) -> list[Span]:
    """Return front matter and signatures in as few spans as keep to the longest length and hold nothing else between."""
    found: list[Span] = []
    last = 0
    for line in lines:
        number = bisect_right(starts, line.start)
        if found and number == last + 1 and line.end - found[-1].start <= _COMFORTABLE:
            found[-1] = Span(found[-1].start, line.end)
        else:
            found.append(line)
        last = number
    return found


# -- pieces ----------------------------------------------------------------------------------------------------------


def _pieces(text: str, structure: Structure) -> tuple[list[_Piece], list[tuple[Node, tuple[Node, ...]]]]:
    """Return the body in pieces, in order, and the headings that stand alone with nothing under them."""
    owners = list(_owners(structure.root))
    begins = [start for start, _, _ in owners]
    alone = {node.head.start: node for node in structure.root.walk() if node.stands_alone}
    pieces: list[_Piece] = []
    headed: list[tuple[Node, tuple[Node, ...]]] = []
    block = 0
    previous_end = -1
    paragraph_of = {line.start: n for n, line in enumerate(structure.paragraphs)}
    for line in structure.body:
        if paragraph_of[line.start] != previous_end + 1:
            block += 1
        previous_end = paragraph_of[line.start]
        if line.start in alone:
            node = alone[line.start]
            headed.append((node, owners[bisect_right(begins, line.start) - 1][2]))
            block += 1
            continue
        at = line.start
        while at < line.end:
            index = bisect_right(begins, at) - 1
            stop = min(line.end, owners[index][1])
            start, end = _trimmed(text, at, stop)
            if start < end:
                pieces.append(_Piece(start, end, owners[index][2], block))
            at = stop
    used = {node for piece in pieces for node in piece.chain}
    return pieces, [(node, chain) for node, chain in headed if node not in used]


def _owners(node: Node, chain: tuple[Node, ...] = ()) -> Iterator[tuple[int, int, tuple[Node, ...]]]:
    """Yield (start, end, nodes from the root to the innermost) for stretches that together cover the node."""
    chain = (*chain, node)
    at = node.start
    for child in node.children:
        if child.start > at:
            yield at, child.start, chain
        yield from _owners(child, chain)
        at = child.end
    if node.end > at:
        yield at, node.end, chain


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


# -- cutting what is too long ----------------------------------------------------------------------------------------


def _split(text: str, piece: _Piece) -> list[_Piece]:
    """Cut a piece of over 300 characters into runs of sentences of about equal length."""
    if piece.length <= _COMFORTABLE:
        return [piece]
    units = [u for s in sentences(text, piece.start, piece.end) for u in _clauses(text, s)]
    target = piece.length / math.ceil(piece.length / (_COMFORTABLE - _SHORT))
    parts: list[_Piece] = []
    begin = 0
    for index, unit in enumerate(units):
        length = unit.end - units[begin].start
        following = units[index + 1].end - units[begin].start if index + 1 < len(units) else math.inf
        rest = piece.end - unit.end
        # Past the target, or nearer to it than with the next sentence; but leave no stump behind.
        full = length >= target or following - target > target - length or following > _COMFORTABLE
        if index + 1 == len(units) or (full and (rest >= _SHORT or following > LONGEST)):
            parts.append(_Piece(units[begin].start, unit.end, piece.chain, piece.block))
            begin = index + 1
    return parts


def _clauses(text: str, sentence: Span) -> list[Span]:
    """Return the sentence, or its clauses where it is longer than a passage may be; by force where it has none."""
    if sentence.end - sentence.start <= _COMFORTABLE:
        return [sentence]
    found: list[Span] = []
    begin = sentence.start
    borders = [m.end() for m in _CLAUSE.finditer(text, sentence.start, sentence.end)] + [sentence.end]
    last = begin
    for border in borders:
        while border - begin > _COMFORTABLE - _SHORT:
            stop = last if last > begin else min(begin + _COMFORTABLE - _SHORT, border)
            found.append(Span(*_trimmed(text, begin, stop)))
            begin = last = stop
        last = border
    if begin < sentence.end:
        found.append(Span(*_trimmed(text, begin, sentence.end)))
    return [span for span in found if span.start < span.end]


# -- merging what is too short ---------------------------------------------------------------------------------------


def _merged(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Return the pieces in groups: short ones with a neighbour, a lead-in or run-in heading with its first item."""
    groups: list[list[_Piece]] = []
    for index, piece in enumerate(pieces):
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        if groups and _belongs(groups[-1], piece, following):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _leads(piece: _Piece, following: _Piece | None) -> bool:
    """Return whether a piece is what stands before the first child of its node."""
    return following is not None and following.block == piece.block and piece.owner in following.chain[:-1]


def _is_head(piece: _Piece) -> bool:
    """Return whether a piece is no more than the heading of its node."""
    return piece.end <= piece.owner.head.end


def _belongs(group: Sequence[_Piece], piece: _Piece, following: _Piece | None) -> bool:
    last = group[-1]
    total = piece.end - group[0].start
    if piece.block != last.block or total > LONGEST or not _related(last, piece) or piece.under != last.under:
        return False
    if _leads(last, piece):
        # A run-in heading is nothing without its text, even where the two grow long.
        if len(group) == 1 and _is_head(last):
            return True
        if _is_head(piece) and _leads(piece, following):
            return False
        return total <= _COMFORTABLE and (len(group) == 1 or piece.length < _SHORT)
    if total > _COMFORTABLE or (_leads(piece, following) and piece.owner is not last.owner):
        return False
    return last.end - group[0].start < _SHORT or piece.length < _SHORT


def _related(a: _Piece, b: _Piece) -> bool:
    """Return whether two neighbours belong together: the same node, parent and child, or two items of one list."""
    return a.owner is b.owner or a.owner in b.chain or a.chain[:-1] == b.chain[:-1]


# -- what a passage carries ------------------------------------------------------------------------------------------


def _common(chains: Sequence[tuple[Node, ...]]) -> tuple[Node, ...]:
    common: list[Node] = []
    for nodes in zip(*chains, strict=False):
        if any(node is not nodes[0] for node in nodes):
            break
        common.append(nodes[0])
    return tuple(common)


def _path(text: str, chain: Sequence[Node], start: int, end: int) -> tuple[str, ...]:
    """Return the heads of the nodes around a span; an item that is no more than the span's own words adds nothing."""
    return tuple(
        text[node.head.start : node.head.end].strip()
        for node in chain
        if node.head.start < node.head.end and not (node.head.start >= start and node.head.end >= end)
    )


def _leads_of(text: str, root: Node) -> dict[Node, Span]:
    """Return, per item, the sentence that leads in its list; for a list of sections only one that ends in a colon."""
    leads: dict[Node, Span] = {}
    for parent in root.walk():
        before = parent.head.end if parent.stands_alone else parent.start
        lists: dict[str, tuple[str, Span | None]] = {}
        for child in parent.children:
            words = text[child.label.start : child.label.end]
            said = sentences(text, before, child.start) if before < child.start else []
            # Text between, and the first label again: the next list of its kind under one parent.
            if child.style not in lists or (said and words == lists[child.style][0]):
                lead = said[-1] if said and (child.is_item or text[said[-1].end - 1] in "：:") else None
                lists[child.style] = words, lead
            if (lead := lists[child.style][1]) is not None and not child.stands_alone:
                leads[child] = lead
            before = child.end
    return leads


def _lead(leads: Mapping[Node, Span], chain: Sequence[Node], start: int) -> tuple[int, int]:
    """Return the lead-in of the innermost enumeration around a span, where it lies before the span."""
    for node in reversed(chain):
        lead = leads.get(node)
        if lead is not None and lead.end <= start:
            return lead.start, lead.end
        if not node.is_item and node.stands_alone:
            break
    return start, start
