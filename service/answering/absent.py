"""The words of a question in, those out that stand in no document, as a person would say them."""

from collections.abc import Callable, Sequence

from service.answering.question import Word
from service.answering.shelf import Shelf
from service.language.folding import fold
from service.language.nouns import is_noun, is_of_names
from service.language.numbers import canonical

# What jieba makes of two characters that no dictionary has together is as often none (钱建).
_SHORTEST_UNKNOWN = 3
# More are not read, and each is looked for in all texts.
_MOST = 12


def absent(typed: str, words: Sequence[Word], present: Sequence[bool], shelf: Shelf) -> tuple[str, ...]:
    """Return the words that were asked and stand nowhere, as they were ``typed``, each once, in order, at most 12.

    Only whole words that people know: none that holds a function word (花了多少), nor a piece cut off a longer one (充电 of
    充电桩), nor one of which the longer one stands in a document.
    """
    if all(present):
        return ()
    form = canonical(fold(typed))
    silent = {at for span in shelf.analyser.silent(shelf.analyser.cut(form.text)) for at in range(*span)}
    pieces = (piece for run in shelf.analyser.pieces(form.text) for piece in run)
    singles = {start for text, start, _ in pieces if len(text) == 1} - silent
    found: dict[str, None] = {}
    free = 0
    for word, stands in zip(words, present, strict=True):
        at = form.text.find(word.text)
        if len(found) == _MOST:
            break
        if stands or word.origin != "asked" or at < 0:
            continue
        start, end = _whole(
            form.text, at, at + len(shelf.analyser.whole_of(word.text)), free, singles, silent, shelf.analyser.is_word
        )
        if silent.isdisjoint(range(start, end)) and _is_known(form.text[start:end], word, shelf):
            free = end
            found[typed[form.starts[start] : form.ends[end - 1]]] = None
    return tuple(found)


def _whole(
    text: str, start: int, end: int, free: int, singles: set[int], silent: set[int], is_word: Callable[[str], bool]
) -> tuple[int, int]:
    """Return [start, end) with the single characters beside it that make a name with it: 元宇宙 of 宇宙, 充电桩 of 充电.

    From ``free`` on they are in no other name. A number is said with what it counts.
    """
    if text[start] < "\u3400":
        return start, end + (text[start].isdecimal() and text[end : end + 1] >= "\u3400" and end not in silent)
    if end in singles and end + 1 not in singles and is_of_names(text[end]):
        end += 1
    before = start - 1 >= free and start - 1 in singles and start - 2 not in singles and is_of_names(text[start - 1])
    if before and (is_noun(text[start:end]) or not is_word(text[start:end])):
        # 马跑得快 is a sentence.
        start -= 1
    return start, end


def _is_known(whole: str, word: Word, shelf: Shelf) -> bool:
    """Return whether a word is one that people know, and no document has."""
    if whole[0] < "\u3400":
        return True
    function_words = shelf.analyser.function_words
    if (whole[-1] in function_words or whole[0] in function_words) and not is_noun(whole):
        # 建有 and 做好 say nothing by themselves.
        return False
    known = word.everyday or len(whole) >= _SHORTEST_UNKNOWN or any(map(shelf.analyser.is_word, (whole, word.text)))
    return known and not any(whole in text for text in shelf.titles.texts)
