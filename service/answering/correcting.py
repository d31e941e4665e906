"""A question in, what was likely meant by what is mistyped in it out."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from service import deadline
from service.answering.answer import Correction
from service.answering.question import Word
from service.answering.shelf import Shelf
from service.language.analyser import Analyser
from service.language.folding import fold
from service.language.pinyin import readings, spelled
from service.language.spelling import blurs, is_mistyped

_MOST_OFFERED = 2
# What is looked up, in characters. Two more on either side would say no more than these do.
_SHORTEST, _LONGEST = 2, 6
# From here on a run of characters is told by its sound alone.
_TELLING = 4
# A word of the corpus is seldom that stands in one passage of so many.
_SELDOM = 5_000
# Each look takes about a tenth of a millisecond, and a question may be long.
_MOST_LOOKS = 24
# Where a character does not even sound alike, the others must call for the one that is meant: 营商环 for 境.
_CALLED_FOR, _OFTEN = 0.9, 5
_LETTERS = re.compile(r"(?<![a-z\d.@/_-])[a-z]{2,30}(?:[ '’][a-z]{1,6}){0,7}(?![a-z\d.@/_-])")
_MOST_SPELLED, _MOST_READINGS = 3, 8
_PARTICLES = frozenset("的了着吗呢吧啊呀嘛么和与及或之")
_NUMERALS = frozenset("〇零一二两三四五六七八九十百千万亿")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word of the dictionary in the question, or a single character; ``silent`` tells a function word."""

    text: str
    start: int
    end: int
    silent: bool

    @property
    def single(self) -> bool:
        return self.end - self.start == 1


@dataclass(frozen=True, slots=True)
class _Window:
    """Neighbouring pieces, and the pieces on either side of them, None where there is none."""

    pieces: tuple[_Piece, ...]
    text: str
    before: _Piece | None
    after: _Piece | None

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def end(self) -> int:
        return self.pieces[-1].end

    def changed(self, meant: str) -> Iterator[int]:
        """Yield the places of the pieces that are written otherwise in what was meant."""
        at = 0
        for place, piece in enumerate(self.pieces):
            if meant[at : at + len(piece.text)] != piece.text:
                yield place
            at += len(piece.text)


@dataclass(frozen=True, slots=True)
class _Offer:
    """What was likely meant at [start, end) of the question; ``rank`` is the better the smaller."""

    start: int
    end: int
    meant: str
    rank: tuple[int, int, int]


def corrections(text: str, words: Sequence[Word], shelf: Shelf) -> tuple[Correction, ...]:
    """Return what was likely meant by what is mistyped in a question, the best first; mostly nothing.

    ``words`` are those of the question: what the thesaurus knows is no typing error.
    """
    form = fold(text)
    known = tuple(_known(form, words))
    offers = sorted((*_misheard(form, known, shelf), *_spelled_out(form, shelf)), key=lambda offer: offer.rank)
    taken: list[_Offer] = []
    for offer in offers:
        if all(offer.end <= other.start or other.end <= offer.start for other in taken):
            taken.append(offer)
    return tuple(
        Correction(text[o.start : o.end], o.meant, text[: o.start] + o.meant + text[o.end :])
        for o in taken[:_MOST_OFFERED]
    )


def _known(form: str, words: Iterable[Word]) -> Iterator[range]:
    """Yield where phrases stand that the thesaurus explains."""
    for phrase in {synonym.of for word in words for synonym in word.synonyms}:
        if (at := form.find(phrase)) >= 0:
            yield range(at, at + len(phrase))


def _misheard(form: str, known: Sequence[range], shelf: Shelf) -> Iterator[_Offer]:
    """Yield what was likely meant by Han characters of the question that stand nowhere as they are typed."""
    silent: list[range] = []
    doubted: set[int] = set()
    looks = 0
    for window in sorted(_windows(form, shelf), key=lambda window: (window.end - window.start, window.start)):
        if looks >= _MOST_LOOKS:
            return
        deadline.check()
        typed = window.text
        # What holds something that sounds like nothing in the corpus sounds like nothing in it either.
        if any(window.start <= place.start and place.stop <= window.end for place in silent):
            if len(typed) < _TELLING:
                continue
            written = Counter[str]()
        else:
            written = shelf.lexicon.like(typed)
            looks += 1
            if not written:
                silent.append(range(window.start, window.end))
        if not written and len(typed) >= _TELLING:
            # In a longer window a character has the same neighbours as in the shorter one.
            places = [at for at in _doubtful_places(window, shelf) if window.start + at not in doubted]
            doubted.update(window.start + at for at in places if 0 < at < len(typed) - 1)
            found = [likely for at in places for likely in _called_for(typed, at, shelf)]
            looks += len(places)
        else:
            found = [(meant, n) for meant, n in written.items() if _likely(window, meant, n, shelf.analyser)]
        if not found or shelf.lexicon.holds(typed):
            continue
        for meant, count in found:
            differ = [window.start + at for at, character in enumerate(meant) if character != typed[at]]
            if not any(at in place for at in differ for place in known):
                rank = (-min(len(typed), _TELLING), blurs(typed, meant) or 0, -count)
                yield _Offer(window.start, window.end, meant, rank)


def _windows(form: str, shelf: Shelf) -> Iterator[_Window]:
    """Yield the runs of pieces that are no word and may be mistyped."""
    for run in _stretches(form, shelf.analyser):
        odd = sorted(_odd_places(run, shelf))
        if not odd:
            continue
        ends = [piece.end for piece in run]
        for first, piece in enumerate(run):
            for last in range(first + 1, bisect_right(ends, piece.start + _LONGEST)):
                if bisect_right(odd, piece.start) >= bisect_left(odd, ends[last]):
                    continue
                window = _Window(
                    tuple(run[first : last + 1]),
                    form[piece.start : ends[last]],
                    run[first - 1] if first else None,
                    run[last + 1] if last + 1 < len(run) else None,
                )
                if _may_be(window, shelf.analyser):
                    yield window


def _stretches(form: str, analyser: Analyser) -> Iterator[list[_Piece]]:
    """Yield the pieces between particles and function words of several characters, which nobody mistypes into."""
    for run in analyser.pieces(form):
        stretch: list[_Piece] = []
        for text, start, end in run:
            piece = _Piece(text, start, end, text in analyser.function_words)
            if piece.silent and (not piece.single or text in _PARTICLES):
                yield stretch
                stretch = []
            else:
                stretch.append(piece)
        yield stretch


def _odd_places(run: Sequence[_Piece], shelf: Shelf) -> Iterator[int]:
    """Yield where something may be mistyped, as offsets of the question: where a piece follows another as it never does in
    the corpus, and inside of words that it does not have."""
    frequency = shelf.passages.frequency
    seldom = len(shelf.corpus.passages) // _SELDOM + 1
    for one, other in pairwise(run):
        pair = one.text[-1] + other.text[0]
        # The index has no pairs with particles.
        if not _PARTICLES.isdisjoint(pair) or frequency(pair):
            continue
        # What is mistyped mostly falls to pieces; two common words side by side are a question of its own.
        to_pieces = any(piece.single and not piece.silent for piece in (one, other))
        words = not one.single and not other.single
        if to_pieces or (words and min(frequency(one.text), frequency(other.text)) <= seldom):
            yield other.start
    for piece in run:
        if not piece.single and not frequency(piece.text):
            yield piece.start + 1


def _may_be(window: _Window, analyser: Analyser) -> bool:
    """Return whether the pieces could be one thing mistyped."""
    length = window.end - window.start
    first, last = window.pieces[0], window.pieces[-1]
    if length < _TELLING:
        # Several single characters in a row are more likely a name or an idiom that the dictionary does not have.
        alone = not any(piece and piece.single and not piece.silent for piece in (window.before, window.after))
        in_pieces = all(piece.single for piece in window.pieces) and length > _SHORTEST
        if not alone or ((first.silent or last.silent) and not in_pieces):
            return False
    return not analyser.is_word(window.text)


def _likely(window: _Window, meant: str, count: int, analyser: Analyser) -> bool:
    """Return whether what sounds like the pieces was likely meant by them."""
    typed = window.text
    changed = list(window.changed(meant))
    words_typed = not any(window.pieces[place].single for place in changed)
    return (
        is_mistyped(typed, meant, count=count, word=analyser.is_word(meant), words_typed=words_typed)
        and not any(_stands_alone(window, place) for place in changed)
        and _in_words(typed, meant, analyser)
    )


def _stands_alone(window: _Window, place: int) -> bool:
    """Return whether a piece is a single character that is a word of its own, as 县 in 我们县有: silent ones around it."""
    around = (None, *window.pieces, None)
    before = around[place] or window.before
    after = around[place + 2] or window.after
    return window.pieces[place].single and (before is None or before.silent) and (after is None or after.silent)


def _in_words(typed: str, meant: str, analyser: Analyser) -> bool:
    """Return whether what is meant begins and ends with words that say something, and each of its characters that was
    typed otherwise is in a word of several characters.

    Or 巷工作 would be 项工作, of 这项工作.
    """
    words = [piece for run in analyser.pieces(meant) for piece in run]
    return all(end - start > 1 or typed[start] == meant[start] for _, start, end in words) and not any(
        words[end][0] in analyser.function_words for end in (0, -1)
    )


def _doubtful_places(window: _Window, shelf: Shelf) -> list[int]:
    """Return the places of the single characters of the pieces that go with neither neighbour."""
    typed = window.text
    return [
        at
        for piece in window.pieces
        if piece.single and not piece.silent and piece.text not in _NUMERALS
        for at in (piece.start - window.start,)
        if not any(
            shelf.passages.frequency(pair) or shelf.analyser.is_word(pair)
            for pair in (typed[max(0, at - 1) : at + 1], typed[at : at + 2])
            if len(pair) == 2
        )
    ]


def _called_for(typed: str, at: int, shelf: Shelf) -> Iterator[tuple[str, int]]:
    """Yield what differs from what was typed in this one character, if the others leave no doubt of it."""
    written = shelf.lexicon.beside(typed, at)
    meant, count = max(written.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    if count >= _OFTEN and count >= _CALLED_FOR * written.total() and _in_words(typed, meant, shelf.analyser):
        yield meant, count


def _spelled_out(form: str, shelf: Shelf) -> Iterator[_Offer]:
    """Yield what was likely meant by Latin letters that spell syllables: zhaoshangyinzi."""
    for match in islice(_LETTERS.finditer(form), _MOST_SPELLED):
        if any(shelf.passages.frequency(part) for part in re.findall("[a-z]+", match.group())):
            continue
        letters = re.sub("[^a-z]", "", match.group())
        for syllables in islice(spelled(letters, shelf.lexicon.syllables), _MOST_READINGS):
            if len(syllables) < _SHORTEST or "" in syllables:
                continue
            for meant, count in shelf.lexicon.written(syllables).items():
                exact = all(s in readings(character) for s, character in zip(syllables, meant, strict=True))
                word = shelf.analyser.is_word(meant) and meant not in shelf.analyser.function_words
                if exact and (word if len(meant) < _TELLING else _in_words("?" * len(meant), meant, shelf.analyser)):
                    yield _Offer(match.start(), match.end(), meant, (-min(len(meant), _TELLING), 0, -count))
