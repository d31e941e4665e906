"""A text in, its Tokens out: words and character bigrams, folded, each with its place, for index and question alike."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, groupby
from operator import add
from pathlib import Path
from typing import NamedTuple

from service.errors import AnalyserError
from service.language import cutter, nouns, wordlists
from service.language.folding import fold
from service.language.kept import Kept
from service.language.numbers import canonical

_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0002fa1f]+|\d+(?:\.\d+)?%?|[a-z]+(?:[\-_.+&][a-z0-9]+|\d)*")
_PROOF = ("全县大力推进开发区招商体制机制改革", "招商")


class Token(NamedTuple):
    """A term and where it stands: [start, end) of the text, in code points. ``word``: False for a mere bigram.

    ``whole`` tells a word of the sentence from one inside a longer word (招商引资 from 招商).
    """

    term: str
    start: int
    end: int
    word: bool
    whole: bool


class Cut(NamedTuple):
    """A run of Han characters, a number or a word of letters, which begins at ``start`` of a readable text.

    ``words`` are those of the Han characters, each with its [start, end) in the text; of anything else there are none.
    ``behind`` is the character behind it, "" at the end of the text.
    """

    text: str
    start: int
    words: Sequence[tuple[str, int, int]]
    behind: str


class Analyser:
    """Turns text into terms: words by jieba's search mode, all character bigrams, numbers in one form.

    ``folder`` is where what is worked out of jieba's dictionary is kept; it is made when missing, and done without where it
    cannot be written. ``words`` is what cuts: jieba, or rjieba, which does as jieba does.
    """

    def __init__(self, folder: Path, words: cutter.Name = "jieba") -> None:
        self.folder = folder
        self.words = words

    def load(self) -> None:
        """Load the dictionary, and prove that what is indexed is found.

        :raises AnalyserError: if the proof fails; a search would then silently miss
        :raises SettingError: if what is to cut is not installed
        """
        # Read now, not in a user's first question.
        nouns.load(self.folder)
        sentence, middle = _PROOF
        # As a word: a bigram it is without any dictionary.
        place = next(((t.start, t.end) for t in self.tokens(sentence) if t.word and t.term == middle), None)
        at = sentence.index(middle)
        if place != (at, at + len(middle)):
            raise AnalyserError(
                f"分词自检没有通过：“{sentence}”中找不到“{middle}”；请重新安装 jieba（pip install --force-reinstall jieba）"
            )

    @cached_property
    def _cutter(self) -> cutter.Cutter:
        return cutter.made(self.words, self.folder)

    @cached_property
    def function_words(self) -> frozenset[str]:
        """Return the words that carry no topic, in folded form."""
        return frozenset(wordlists.lines("service.language", "function_words.txt"))

    @cached_property
    def _function_characters(self) -> frozenset[str]:
        return frozenset(
            word for word in self.function_words if len(word) == 1 and word in "的了着吗呢吧啊呀嘛么和与及或之"
        )

    @cached_property
    def fingerprint(self) -> str:
        """Return 12 hexadecimal digits that change when the same text may give other terms."""
        words = "\n".join(sorted(self.function_words))
        return hashlib.blake2b(f"3 {cutter.versions(self.words)} {words}".encode(), digest_size=6).hexdigest()

    def terms(self, text: str) -> list[str]:
        """Return the terms of a text, one for each occurrence: those of ``tokens``, in less time."""
        form = canonical(fold(text)).text
        terms: list[str] = []
        stretches, silent, of_word = self._stretch.findall, self.function_words, self._of_word.__getitem__
        for match in _RUN.finditer(form):
            run, begin = match.group(), match.start()
            if run[0] < "\u3400":
                terms.append(run)
                following = form[match.end() : match.end() + 1]
                if run[0].isdecimal() and following >= "\u3400":
                    terms.append(run + following)
                continue
            for stretch in stretches(run):
                pairs = list(map(add, stretch, stretch[1:]))
                terms += pairs if silent.isdisjoint(pairs) else (pair for pair in pairs if pair not in silent)
            if self._begins_behind_number(run, form[begin - 1 : begin]):
                run = run[1:]
            terms += chain.from_iterable(map(of_word, self._words(run)))
        return terms

    @cached_property
    def _stretch(self) -> re.Pattern[str]:
        """What two characters that stand side by side are a term of: no function character is among them."""
        return re.compile(f"[^{''.join(sorted(self._function_characters))}]{{2,}}")

    def _is_bare(self, pair: str) -> bool:
        """Return whether two characters are a term wherever they stand side by side."""
        return pair not in self.function_words and self._function_characters.isdisjoint(pair)

    @cached_property
    def _of_word(self) -> Kept[tuple[str, ...]]:
        """The terms that a word of a sentence has beyond its bare pairs of characters."""

        def found(word: str) -> tuple[str, ...]:
            terms = [
                part[start:end]
                for part in self._parts(word)
                if len(part) > 1
                for start, end in ((0, len(part)), *self._inside(part))
            ]
            return tuple(
                term for term in terms if term not in self.function_words and (len(term) > 2 or not self._is_bare(term))
            )

        return Kept(found)

    def cut(self, form: str) -> list[Cut]:
        """Return what stands in a readable text, cut into words, for what is to be told of it: to cut takes longest."""
        return [
            Cut(
                run := match.group(),
                begin := match.start(),
                _placed(self._cut(run, form[begin - 1 : begin]), begin) if run[0] >= "\u3400" else (),
                form[match.end() : match.end() + 1],
            )
            for match in _RUN.finditer(form)
        ]

    def silent(self, cuts: Iterable[Cut]) -> list[tuple[int, int]]:
        """Return where the function words of a text stand, in order: what questions are made of."""
        return [(start, end) for cut in cuts for word, start, end in cut.words if word in self.function_words]

    def single_characters(self, cuts: Iterable[Cut]) -> list[str]:
        """Return the words of one character in a text that are no function words, in order."""
        return [word for cut in cuts for word, _, _ in cut.words if len(word) == 1 and word not in self.function_words]

    def pieces(self, form: str) -> list[list[tuple[str, int, int]]]:
        """Return each run of Han characters of a folded text as words of the dictionary, and single characters where it
        has none; each with its [start, end)."""
        return [
            _placed(self._cutter.known(match.group()), match.start())
            for match in _RUN.finditer(form)
            if match.group()[0] >= "\u3400"
        ]

    def is_word(self, term: str) -> bool:
        """Return whether the dictionary has a folded term as a word."""
        return self._cutter.has(term)

    def whole_of(self, word: str) -> str:
        """Return a word, without the verb behind it where the dictionary took that in once (唐僧 of 唐僧骑)."""
        return word[:-1] if nouns.took_verb(word) else word

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens of a text by place: each word and bigram once for each place, function words left out."""
        form = canonical(fold(text))
        return [
            Token(term, form.starts[start], form.ends[end - 1], word, whole)
            for term, start, end, word, whole in self.tokens_in(self.cut(form.text))
        ]

    def tokens_in(self, cuts: Iterable[Cut]) -> Iterator[Token]:
        """Yield the tokens of what was cut; their offsets are those of the readable text."""
        for cut in cuts:
            text, begin = cut.text, cut.start
            if text[0] >= "\u3400":
                yield from self._han(cut)
                continue
            yield Token(text, begin, begin + len(text), True, True)
            if text[0].isdecimal() and cut.behind >= "\u3400":
                yield Token(text + cut.behind, begin, begin + len(text) + 1, False, False)

    def _cut(self, run: str, before: str) -> Iterator[str]:
        """Yield the words of a run of Chinese characters; joined they are the run. ``before`` is the character before it."""
        if self._begins_behind_number(run, before):
            yield run[0]
            run = run[1:]
        for word in self._words(run):
            yield from self._parts(word)

    def _begins_behind_number(self, run: str, before: str) -> bool:
        """Return whether the first character of a run belongs to the number before it: 2022年林长制 is no 年林."""
        return before.isdecimal() and run[0] in "年月日" and not self.is_word(run[:2])

    def _parts(self, word: str) -> tuple[str, ...]:
        """Return what is one word in the dictionary, but is not in a sentence: some questions are (哪些项目)."""
        if len(word) > 3 and word[:2] in self.function_words and self.is_word(word[2:]):
            return word[:2], word[2:]
        return (word,)

    def _words(self, run: str) -> Sequence[str]:
        """Return the words of a run of Chinese characters, those the dictionary does not have as jieba guesses them.

        What stands behind what it does not have must not change it: 助企纾困有 is no 助企纾 and 困有. So where a guess
        takes in a function word (上能, 名是, 没立), the characters between function words are guessed at by themselves.
        """
        words = self._cutter.cut(run)
        if not any(map(self._mistaken.__getitem__, words)):
            return words
        found: list[str] = []
        for known, group in groupby(words, lambda word: len(word) > 1 and self.is_word(word)):
            part = list(group)
            if known or not any(map(self._mistaken.__getitem__, part)):
                found += part
                continue
            for silent, characters in groupby("".join(part), self.function_words.__contains__):
                between = "".join(characters)
                found += between if silent else self._cutter.cut(between)
        return found

    @cached_property
    def _mistaken(self) -> Kept[bool]:
        """Whether a word is a guess that takes in a function word."""
        return Kept(lambda word: len(word) > 1 and not self.is_word(word) and not self.function_words.isdisjoint(word))

    def _han(self, cut: Cut) -> Iterator[Token]:
        text, begin = cut.text, cut.start
        found = {(at, at + 2): (False, False) for at in range(begin, begin + len(text) - 1)}
        for word, start, end in cut.words:
            for at, stop in self._inside(word):
                found[start + at, start + stop] = (True, False)
            if len(word) > 1:
                found[start, end] = (True, True)
        for (start, end), (is_word, whole) in sorted(found.items()):
            term = text[start - begin : end - begin]
            if term in self.function_words:
                continue
            if not is_word and (term[0] in self._function_characters or term[-1] in self._function_characters):
                continue
            yield Token(term, start, end, is_word, whole)

    def _inside(self, word: str) -> Iterator[tuple[int, int]]:
        """Yield where the dictionary's words of two and three characters stand inside a longer word."""
        for length in (2, 3):
            if len(word) > length:
                for at in range(len(word) - length + 1):
                    if self.is_word(word[at : at + length]):
                        yield at, at + length


def _placed(words: Iterable[str], at: int) -> list[tuple[str, int, int]]:
    """Return words that follow one another from a place on, each with its [start, end)."""
    ends = list(accumulate(map(len, words := list(words)), initial=at))
    return list(zip(words, ends, ends[1:], strict=False))
