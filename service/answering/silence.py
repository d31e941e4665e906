"""A Question and its best evidence in, whether that is an answer out; an item opened by its number is one unasked."""

import re
from collections.abc import Iterable, Iterator, Sequence

from service.answering import detail, years
from service.answering.question import Question, Word
from service.answering.shelf import Shelf
from service.answering.wording import STANDS, share_of
from service.index.protocol import Index
from service.language.folding import fold
from service.language.matching import readable
from service.language.nouns import is_noun
from service.language.places import provinces
from service.passages.sentences import LONGEST_HEAD

_SENTENCE = re.compile("[^。;!?\n]+")
# Below this share of the question's information, the best evidence is no evidence.
_LEAST_COVERED = 0.1
# An off-topic question is made of words that neither the corpus nor the thesaurus of its field knows.
_LEAST_KNOWN = 0.4
# What it counts to be known to the thesaurus, and by another name to the corpus.
_EVERYDAY = 0.5
# Evidence that covers this much is an answer whatever else was asked.
_CONVINCING = 0.5
# A character that no document has is as foreign as a word that none has, but says less.
_CHARACTER = 0.5
# People call what they do by other words than officials; things they call by their names. So an unknown name of a thing
# weighs more than an unknown word.
_FOREIGN_NOUN = 0.25
# So much of some word has to stand in the evidence itself or in the headings above it.
_LEAST_SHARE = 0.4
# Of so many passages, some hold any one word: of 20,000 usual words, 8 % stand in 145 passages, 31 % in 3,000, 56 % in 21,000.
_MANY = 1000
# A word of the field is what the documents are about where this share of the passages has it.
_OFTEN = 0.001
# The thing whose value is asked for stands this close before the question word: 利率[是]多少.
_NEAR = 1


def found_words(words: Sequence[Word], index: Index) -> list[bool]:
    """Return, for each word, whether it stands anywhere: by itself, or in the pieces that the index has of it."""
    return [
        index.frequency(word.text) > 0 or (len(word.terms) > 1 and len(word.text) > 2 and index.together(_pieces(word)))
        for word in words
    ]


def _pieces(word: Word) -> list[str]:
    return [word.text[at : at + 2] for at in range(len(word.text) - 1)]


def speaks_of(known: Iterable[str], unknown: Iterable[str], text: str) -> bool:
    """Return whether a text speaks of what is asked about, where all provinces named are such that no document is of them.

    What others did is no answer to what 台湾 did. ``known`` and ``unknown`` are the names with and without documents.
    """
    without = {province for name in unknown for province in provinces(fold(name))}
    others = {province for name in known for province in provinces(fold(name))} - without
    return bool(others) or without <= set(provinces(fold(text)))


def has_answer(
    question: Question,
    covered: float,
    told: Sequence[float],
    found: Sequence[bool],
    text: str,
    year: int | None,
    searched: int,
    shelf: Shelf,
) -> bool:
    """Return whether the best evidence is an answer.

    ``covered`` is the share of the question's information that it holds, ``told`` what each word of the question says,
    ``found`` whether each stands anywhere, ``text`` the words of the evidence itself, ``year`` the year of
    its document, ``searched`` the number of passages it is the best of.
    """
    if not question.words or not any(told):
        return False
    form = readable(text).text
    if not _tells_detail(question, found, form) or not _tells_year(question, form, year):
        return False
    if not any(share_of(word, form) >= _LEAST_SHARE for word in question.words):
        # What only the title or the lead-in of a list says is not what the passage is about.
        return False
    if _stands_alone(question, form, searched, shelf.passages) or _by_another_name(question, found, form):
        return False
    own = [_known(w, f, shelf.passages) for w, f in zip(question.words, found, strict=True) if w.origin == "asked"]
    if own and len(own) < len(question.words) and not any(own):
        # 今天中午吃什么, after another question, is answered by nothing that was carried over.
        return False
    characters = sum(character not in shelf.characters for character in question.characters)
    nouns = sum(_is_foreign(word, stands) for word, stands in zip(question.words, found, strict=True))
    covered *= sum(told) / (sum(told) + characters * _CHARACTER * shelf.passages.idf_of(""))
    if covered >= _CONVINCING and not nouns:
        return True
    # A small number stands everywhere and tells nothing.
    known = [
        _known(w, stands, shelf.passages)
        for w, stands in zip(question.words, found, strict=True)
        if w.terms[0].weight >= 1
    ]
    least = _LEAST_KNOWN * (len(known) + characters) + _FOREIGN_NOUN * nouns
    return covered >= _LEAST_COVERED and sum(known) >= least and any(known)


def _stands_alone(question: Question, form: str, searched: int, index: Index) -> bool:
    """Return whether evidence in readable form may hold by chance what it holds of a question: one word, the rest is elsewhere.

    In many passages each word of an off-topic question stands somewhere, but no two of them together (煮 and 咖啡). A word
    of the field that many passages have is what the documents are about, and enough.
    """
    own = [word for word in question.words if word.origin == "asked" and word.terms[0].weight >= 1]
    held = [word for word in own if share_of(word, form) >= STANDS]
    if searched < _MANY or not own or len(held) > 1:
        return False
    if any(word.of_field and index.frequency(word.text) >= _OFTEN * searched for word in held):
        return False
    if len(own) > 1:
        return True
    # What a text is about, it names again.
    told_once = sum(form.count(word.text) for word in held) < 2
    return told_once and any(c not in form and c not in own[0].text for c in question.characters)


def _by_another_name(question: Question, found: Sequence[bool], form: str) -> bool:
    """Return whether evidence in readable form has but another name for what is said of a thing that nobody knows.

    How fast 唐僧's 马 is (跑得快) is no 增速.
    """
    asked = [(word, stands) for word, stands in zip(question.words, found, strict=True) if word.origin == "asked"]
    if any(stands for _, stands in asked):
        return False
    unknown = [word for word, _ in asked if not (word.everyday or word.synonyms)]
    told = [word for word, _ in asked if share_of(word, form) >= STANDS]
    # Of one character, as 马: for longer nouns that nobody knows has_answer asks for more. 修 and 跑 are done, no things.
    known = form + "".join(synonym.of for word, _ in asked for synonym in word.synonyms)
    is_of_thing = any(is_noun(character) and character not in known for character in question.characters)
    return is_of_thing and len(asked) == len(unknown) + len(told)


def _is_foreign(word: Word, found: bool) -> bool:
    """Return whether a word is the name of a thing that neither the corpus nor the thesaurus knows (勾股定理, 摩托车)."""
    return not (found or word.everyday or word.synonyms) and word.origin == "asked" and is_noun(word.text)


def _tells_year(question: Question, form: str, own: int | None) -> bool:
    """Return whether evidence in readable form, of a document of its ``own`` year, may speak of the year asked about.

    A report speaks of its own year and of the one before without saying so; of others it says their number.
    """
    asked = years.asked(question.form)
    if asked is None or own is None or asked in (own, own - 1):
        return True
    return str(asked) in form


def _about(words: Sequence[Word], form: str) -> Iterator[str]:
    """Yield the sentences of a readable text that have one of the words, and those that a short one with most of them heads."""
    headed = False
    for sentence in _SENTENCE.findall(form):
        held = sum(share_of(word, sentence) >= _LEAST_SHARE for word in words)
        if held or headed:
            yield sentence
        headed = len(sentence) <= LONGEST_HEAD and 2 * held > len(words)


def _known(word: Word, found: bool, index: Index) -> float:
    """Return how far a word is known: to the corpus, else to the thesaurus, and by another name to the corpus."""
    if found:
        return 1.0
    by_name = any(all(index.frequency(term) for term, _ in synonym.terms) for synonym in word.synonyms)
    return _EVERYDAY * (by_name + word.everyday)


def _tells_detail(question: Question, found: Sequence[bool], form: str) -> bool:
    """Return whether evidence in readable form tells the detail that is asked for, of the thing it is asked of.

    门票多少钱 is not answered by a text without a sum, nor by one that knows no 门票 by any name.
    """
    pattern = detail.wanted(question.kind, question.form)
    if pattern is not None and not any(pattern.search(told) for told in _about(question.words, form)):
        # A sum in the sentence beside it may be that of anything.
        return False
    if question.kind not in ("number", "when", "who"):
        return True
    end = detail.attribute_end(question.form)
    for word, stands in zip(question.words, found, strict=True):
        at = question.form.rfind(word.text, 0, end)
        near = at >= 0 and end - at - len(word.text) <= _NEAR
        if near and not stands and word.origin == "asked" and is_noun(word.text):
            return share_of(word, form) > 0
    return True
