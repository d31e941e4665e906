"""A question and the conversation before it in, what is asked out: its words, of which documents, what is preferred."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from service.answering import followup, ordinals, preferring, silence, years
from service.answering.answer import Choices
from service.answering.answered import Answered
from service.answering.facets import facets
from service.answering.filters import Filters
from service.answering.followup import Meant
from service.answering.leaning import matters
from service.answering.naming import Named, named
from service.answering.ordinals import Picked
from service.answering.preferring import Near, Preferences
from service.answering.question import Question, Word
from service.answering.ranking import information, rank, without_pieces
from service.answering.shelf import Shelf

Reader = Callable[[str], Question]

# So many documents can be asked for themselves; their titles say what they are about.
_FEW = 3
# What the name of a place counts of which no document is loaded.
_UNLOADED = 0.3


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it was understood in its conversation.

    ``asked`` are the words it asks by itself, ``words`` those that are searched, carried ones too, and ``present`` tells
    of each whether it stands anywhere. ``question`` is what is meant, with these words; ``told`` what each of them says.
    ``themselves`` tells that it asks of documents and nothing else, ``numbered`` the places it names of those cited
    before. ``documents`` are the ones asked, None for all.
    """

    asked: tuple[Word, ...]
    naming: Named
    themselves: bool
    meant: Meant
    numbered: Picked | None
    words: tuple[Word, ...]
    present: Sequence[bool]
    question: Question
    told: Sequence[float]
    documents: frozenset[int] | None
    preferences: Preferences


def understand(
    text: str, before: Answered | None, shelf: Shelf, reader: Reader, filters: Filters, choices: Choices
) -> Understood:
    """Return what a question asks after what was answered before it, None where that is nothing."""
    naming = named(years.dated(text, before.year if before else None), shelf.titles)
    asked, themselves = _asked(text, naming, before, shelf, reader)
    meant = followup.meant(replace(asked, text=text), bool(naming.names or naming.leaning), before)
    numbered = None
    if before and meant.items is None and not (naming.names or naming.leaning or matters(asked)):
        # 第二个, where no list was shown, is the second of the places that were.
        numbered = ordinals.numbered(asked.form, len(before.cited))
    naming = _inherited(naming, meant, before)
    words = (*_told_of(meant, shelf), *_item_words(meant, before, shelf, reader))
    words = _chosen(_unloaded(words, naming), choices)
    present = silence.found_words(words, shelf.passages)
    question = replace(meant.question, words=without_pieces(words, present))
    documents = _asked_of(shelf, naming.documents, filters)
    if before and meant.remedy and meant.items is None and naming.documents is None and not filters:
        # What is done about a list of troubles stands beside it.
        documents = frozenset((before.lists[-1].enumeration.document,))
    return Understood(
        asked.words,
        naming,
        themselves,
        meant,
        numbered,
        words,
        present,
        question,
        information(question.words, shelf.passages),
        documents,
        preferring.preferences(question, shelf, _near(meant, before), naming, choices.year),
    )


def _asked(text: str, naming: Named, before: Answered | None, shelf: Shelf, reader: Reader) -> tuple[Question, bool]:
    """Return what a question asks by itself, and whether that is of documents and nothing else."""
    asked = reader(naming.text)
    if before is not None or asked.words:
        return asked, False
    # A question that is nothing but names asks for the documents themselves; its words are all there is, and where
    # those stand in none of them, as a number or a date, the titles tell what they are about.
    themselves = bool(naming.texts) and len(naming.documents or ()) <= _FEW
    asked = reader(text)
    if themselves and not rank(asked, shelf, naming.documents):
        asked = replace(asked, words=reader(_titles_of(naming, shelf)).words)
    return asked, themselves


def _near(meant: Meant, before: Answered | None) -> Near | None:
    """Return where the conversation was last answered, for a question that goes on from there."""
    if before is None or not meant.leans or before.near is None:
        return None
    return replace(before.near, section=None) if meant.another_side else before.near


def _titles_of(naming: Named, shelf: Shelf) -> str:
    """Return the titles of the documents that are named, a line each."""
    return "\n".join(shelf.corpus.documents[number].title for number in sorted(naming.documents or ()))


def _inherited(naming: Named, meant: Meant, before: Answered | None) -> Named:
    """Return the names of a question; one that names nothing and leans on another asks of the documents named there."""
    if before is None or not meant.leans:
        return naming
    if meant.compares:
        # 和浙江比呢 asks of the place named before as well, 哪个高 of the last two.
        others = (before.naming,) if naming.groups else (before.passed, before.naming)
        several = [*(name for name in others if name is not None), naming]
        if (naming.groups or before.passed) and len(naming.groups) < 2:
            groups = dict.fromkeys(group for each in several for group in each.groups)
            names = dict.fromkeys(name for each in several for name in each.names)
            return replace(naming, groups=tuple(groups), names=tuple(names))
    if naming.leaning and not naming.groups and not matters(meant.question):
        # 镇里的呢 asks the same of another place, as a name does.
        return replace(naming, groups=(naming.leaning,))
    if naming.names or naming.leaning or naming.apart:
        return naming
    return replace(before.naming, text=naming.text)


def _told_of(meant: Meant, shelf: Shelf) -> Iterator[Word]:
    """Yield the words of a question; a side of the matter that no text calls so (启示) is asked by what was carried."""
    carries = any(word.origin == "carried" for word in meant.question.words)
    for word in meant.question.words:
        if not (carries and word.text in facets() and not word.synonyms and not shelf.passages.frequency(word.text)):
            yield word


def _item_words(meant: Meant, before: Answered | None, shelf: Shelf, reader: Reader) -> tuple[Word, ...]:
    """Return the words of the item that a remedy is asked for."""
    if not meant.remedy or meant.items is None or before is None:
        return ()
    enumeration = before.lists[meant.items.level].enumeration
    item = enumeration.items[meant.items.items[0]]
    head = shelf.corpus.documents[enumeration.document].text[item.label.end : item.head.end]
    return tuple(replace(word, origin="carried") for word in reader(head).words)


def _unloaded(words: Iterable[Word], naming: Named) -> Iterator[Word]:
    """Yield the words; a place of which no document is loaded says little: what others tell of it is not its own."""
    places = {name.text for name in naming.names if not name.documents}
    return (replace(word, counts=_UNLOADED * word.counts) if word.text in places else word for word in words)


def _chosen(words: Iterable[Word], choices: Choices) -> tuple[Word, ...]:
    """Return the words that are searched by a person's choice."""
    if choices.synonyms and not choices.without:
        return tuple(words)
    kept = (word for word in words if word.text not in choices.without)
    return tuple(
        replace(
            word,
            synonyms=tuple(s for s in word.synonyms if choices.synonyms and s.text not in choices.without),
        )
        for word in kept
    )


def _asked_of(shelf: Shelf, meant: frozenset[int] | None, filters: Filters) -> frozenset[int] | None:
    """Return the documents that are searched: those named, within the filters, and of copies the first; None for all."""
    if not filters:
        return shelf.without_copies(meant)
    admitted = shelf.admitted(filters)
    return shelf.without_copies(admitted if meant is None else admitted & meant)
