"""Questions in, one Answer each out, the later ones leaning on the earlier."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from service.answering import evidence, followup, opening, ordinals, outlining, preferring, saying, silence, years
from service.answering.absent import absent
from service.answering.answer import Answer, Choices, Filters
from service.answering.citing import Place
from service.answering.correcting import corrections
from service.answering.evidence import Evidence, Sought, overlaps
from service.answering.facets import facets
from service.answering.followup import Answered, Meant
from service.answering.naming import Named, named
from service.answering.preferring import Near
from service.answering.question import Question, Word
from service.answering.ranking import CANDIDATES, CANDIDATES_OF_SEVERAL, information, rank, without_pieces
from service.answering.shelf import Shelf
from service.answering.suggester import Suggester
from service.answering.trouble import asks_remedy, asks_trouble
from service.answering.wording import share_of
from service.language.matching import readable

Reader = Callable[[str], Question]

_RELATED = 3
# So many documents can be asked for themselves; their titles say what they are about.
_FEW = 3
# What the name of a place counts of which no document is loaded.
_UNLOADED = 0.3
# Where less than so much of a question's own matter stands where it was answered, and so much elsewhere, it does not go on
# from what was asked before.
_HELD, _HELD_ELSEWHERE = 0.3, 0.75
# More, where only the documents named before were asked.
_HELD_AS_NAMED = 0.6


def converse(
    questions: Sequence[str],
    shelf: Shelf,
    reader: Reader,
    *,
    limit: int,
    filters: Filters | None = None,
    choices: Choices | None = None,
    suggester: Suggester | None = None,
) -> list[Answer]:
    """Return the answers to the questions of a conversation, in order; the filters hold for the last one.

    ``reader`` tells what a question asks by itself. ``limit`` bounds the citations that are not an outline's. The last
    answer has the suggestions of ``suggester``, and what was likely meant by typing errors; without it, neither.
    """
    answers: list[Answer] = []
    before: Answered | None = None
    for turn, text in enumerate(questions):
        started = time.perf_counter()
        last = turn == len(questions) - 1
        chosen = choices or Choices()
        if not last:
            chosen = chosen.lasting
        asked_of = filters if last and filters else Filters(documents=tuple(chosen.documents))
        reply = _reply(text, before, shelf, reader, limit, asked_of, chosen)
        if before is not None and reply.held < (_HELD_AS_NAMED if before.naming.groups else _HELD):
            # What it is about stands elsewhere: it was another question altogether.
            alone = _reply(text, None, shelf, reader, limit, asked_of, chosen)
            reply = alone if alone.held >= _HELD_ELSEWHERE else reply
        before = reply.answered
        answer = reply.answer
        if last and suggester is not None:
            suggested = suggester.suggestions((*answers, answer), chosen.synonyms)
            answer = replace(
                answer,
                corrections=corrections(text, reply.asked, shelf),
                suggestions=tuple(suggestion.question for suggestion in suggested),
            )
        elapsed = (time.perf_counter() - started) * 1000
        answers.append(replace(answer, history=tuple(questions[:turn]), elapsed_ms=round(elapsed, 2)))
    return answers


def suggester(shelf: Shelf, reader: Reader) -> Suggester:
    """Return what suggests questions over a shelf, trying them as they would be asked next."""
    # Each is read to see whether it leans, and then to be answered.
    once = lru_cache(maxsize=1)(reader)

    def ask(question: str, synonyms: bool) -> Answer | None:
        # What leans, or is nothing but names, would be answered otherwise in another conversation; all else alike in all.
        alone = once(named(question, shelf.titles).text)
        if not alone.words or followup.leans(alone):
            return None
        return converse([question], shelf, once, limit=1, choices=Choices(synonyms=synonyms))[0]

    return Suggester(shelf, ask)


@dataclass(frozen=True, slots=True)
class _Reply:
    """An answer, what the next question may lean on, and the words that the question itself asked.

    ``held`` is the share of the question's own matter that stands where it was answered; 1 where it says none.
    """

    answer: Answer
    answered: Answered
    asked: tuple[Word, ...]
    held: float = 1.0


def _reply(
    text: str,
    before: Answered | None,
    shelf: Shelf,
    reader: Reader,
    limit: int,
    filters: Filters,
    choices: Choices,
) -> _Reply:
    naming = named(years.dated(text, before.year if before else None), shelf.titles)
    asked = reader(naming.text)
    themselves = before is None and not asked.words and naming.texts and len(naming.documents or ()) <= _FEW
    if before is None and not asked.words:
        # A question that is nothing but names asks for the documents themselves; its words are all there is, and where
        # those stand in none of them, as a number or a date, the titles tell what they are about.
        asked = reader(text)
        if themselves and not rank(asked, shelf, naming.documents):
            asked = replace(asked, words=reader(_titles_of(naming, shelf)).words)
    meant = followup.meant(replace(asked, text=text), bool(naming.names or naming.leaning), before)
    numbered = None
    if before and meant.items is None and not (naming.names or naming.leaning or followup.matters(asked)):
        # 第二个, where no list was shown, is the second of the places that were.
        numbered = ordinals.numbered(asked.form, len(before.cited))
    naming = _inherited(naming, meant, before)
    words = (*_told_of(meant, shelf), *_item_words(meant, before, shelf, reader))
    words = _chosen(_unloaded(words, naming), choices)
    present = silence.found_words(words, shelf.passages)
    question = replace(meant.question, words=without_pieces(words, present))
    documents = _asked_of(shelf, naming.documents, filters)
    if before and meant.remedy and meant.items is None and documents is None:
        # What is done about a list of troubles stands beside it.
        documents = frozenset((before.lists[-1].enumeration.document,))
    told = information(question.words, shelf.passages)
    near = before.near if before and meant.leans else None
    if near is not None and meant.another_side:
        near = replace(near, section=None)
    preferences = preferring.preferences(question, shelf, near, naming, choices.year)
    sought = Sought(question, told, documents, naming.groups, naming.apart, naming.leaning, preferences.asked, limit)
    most = CANDIDATES_OF_SEVERAL if naming.apart else CANDIDATES
    ranked = preferring.preferred(rank(question, shelf, documents, most), preferences, shelf)
    shown = before.shown if before and meant.more else ()
    if before and meant.remedy:
        # The trouble itself is not what is done about it.
        listed = before.lists[meant.items.level if meant.items else -1].enumeration
        shown = (Place(listed.document, listed.start, listed.end, (), 0.0),)
        if meant.items is None:
            ranked = preferring.behind(ranked, listed, shelf)
    if asks_remedy(question.form) and question.kind not in followup.DETAILS:
        # What is wrong is not what is done about it, wherever it stands.
        ranked = [candidate for candidate in ranked if candidate.passage not in shelf.in_troubles]
    candidates = [c for c in ranked if not overlaps(c, shelf, shown)]
    opened = before.lists[meant.items.level].enumeration if before and meant.items and not meant.remedy else None
    if (
        before
        and opened is not None
        and meant.items is not None
        and (documents is None or opened.document in documents)
    ):
        if not meant.items.items:
            missing = f"上面列出的共{len(opened.items)}项，没有“{meant.items.said}”。"
            listed_places = outlining.outlined(opened, shelf.corpus.documents[opened.document], 0.0).places
            return _lacking(missing, listed_places, question, before, asked.words, shelf)
        found = opening.of_items(sought, opened, meant.items.items, shelf)
    elif numbered is not None and before is not None:
        if not numbered.items:
            missing = f"上一问的回答共{len(before.cited)}处出处，没有“{numbered.said}”。"
            return _lacking(missing, before.cited[:_RELATED], question, before, asked.words, shelf)
        found = opening.of_places(before.cited, numbered.items, shelf)
    else:
        found = evidence.gathered(sought, candidates, shelf, shown)
    # Whoever asks what a document says, and nothing else, is answered by whatever it says.
    answered = found.item is not None or numbered is not None or bool(themselves and found.places)
    if found.places and not answered:
        year = shelf.year_of[found.places[0].document]
        answered = silence.has_answer(
            question,
            found.covered,
            told,
            present,
            saying.text_of(found, shelf),
            year,
            _passages_of(documents, shelf),
            shelf,
        )
    unknown = {name.text for name in naming.names if not name.documents}
    if answered and unknown and found.places:
        known = {name.text for name in naming.names if name.documents}
        answered = silence.speaks_of(known, unknown, saying.text_of(found, shelf))
    answer = replace(
        saying.nothing(question, shelf),
        absent=tuple(word for word in absent(text, words, present, shelf) if word not in unknown),
        terms=saying.terms(question.words, present, shelf.passages),
        named=naming.names,
        preferred=preferences.said,
        year=preferences.year,
    )
    if not answered:
        nearest = evidence.places_of(candidates[:_RELATED], shelf, sought, quoted=0)
        # What was not found changes nothing of what the conversation is about, if it was about something.
        left = before or Answered(question.words, naming, kind=question.kind)
        reason = "除了上面这些，没有找到更多。" if meant.more else None
        if not question.words and not naming.names:
            reason = "这句话里没有可以查的词。"
        # Beside a reason stands what was listed before, or nothing: what is near is no more of it.
        related = () if reason else saying.cited(nearest, question, shelf)
        nothing = replace(answer, related=related, reason=reason)
        of_its_own = followup.says_of_what(meant.question, shelf.analyser.is_word) and not meant.points
        return _Reply(nothing, left, asked.words, 0.0 if of_its_own else 1.0)
    citations = saying.cited(found.places, question, shelf)
    quotes, outline = saying.said(found, citations)
    answer = replace(
        answer,
        status="answered",
        quotes=quotes,
        outline=outline,
        citations=citations,
        documents_found=saying.documents_found(found.places, candidates, shelf),
    )
    # 今年 is a year of the documents, not of the person who asks: it is not carried on.
    asked_year = preferences.asked if preferences.year is None else None
    left = before if before and numbered else _left(question, naming, meant, before, found, shown, asked_year, shelf)
    return _Reply(answer, left, asked.words, _held(meant, found, shelf))


def _lacking(
    reason: str, places: Iterable[Place], question: Question, before: Answered, asked: tuple[Word, ...], shelf: Shelf
) -> _Reply:
    """Return the answer that what was shown before has no such item or place, with what it has as what is nearest."""
    answer = replace(saying.nothing(question, shelf), reason=reason, related=saying.cited(places, question, shelf))
    return _Reply(answer, before, asked)


def _held(meant: Meant, found: Evidence, shelf: Shelf) -> float:
    """Return the share of a question's own matter that stands in the best evidence or the headings above it."""
    own = followup.matters(meant.question)
    if (
        meant.items is not None
        or meant.remedy
        or meant.points
        or not followup.says_of_what(meant.question, shelf.analyser.is_word)
    ):
        return 1.0
    form = readable(saying.text_of(found, shelf)).text
    return sum(share_of(word, form) for word in own) / len(own)


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
    if naming.leaning and not naming.groups and not followup.matters(meant.question):
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


def _left(
    question: Question,
    naming: Named,
    meant: Meant,
    before: Answered | None,
    found: Evidence,
    shown: tuple[Place, ...],
    asked_year: int | None,
    shelf: Shelf,
) -> Answered:
    """Return what an answered question leaves for the next one to lean on."""
    first = found.places[0]
    near = Near(first.document, first.path[0] if first.path else None)
    section = years.of_headings(first.path, shelf.year_of[first.document])
    year = asked_year or (max(section) if section else shelf.year_of[first.document])
    if before is not None and meant.items is not None:
        # A question about an item leaves the list it stands in, and what the list was about.
        words = before.words if meant.remedy else tuple(dict.fromkeys((*before.words, *question.words)))
        lists = before.lists if meant.remedy else opening.opened(before.lists, meant.items, shelf)
        return replace(
            before,
            words=words,
            naming=naming,
            near=near,
            lists=lists,
            remedy_asked=meant.question if meant.remedy else None,
            recent=True,
            item=meant.items if len(meant.items.items) == 1 else None,
            shown=(*before.shown, *found.places),
            cited=(),
        )
    lists = before.lists if before else ()
    if found.enumeration is not None:
        lists = (opening.recalled(found.enumeration, question.form, asks_trouble(question.form), shelf),)
    passed = before.passed if before else None
    if before is not None and before.naming.groups and naming.groups != before.naming.groups:
        passed = before.naming
    return Answered(
        question.words,
        naming,
        passed,
        near,
        lists,
        found.enumeration is not None,
        question.kind,
        asked_year,
        year,
        shown=(*shown, *found.places),
        cited=found.places if found.enumeration is None else (),
    )


def _unloaded(words: Iterable[Word], naming: Named) -> Iterator[Word]:
    """Yield the words; a place of which no document is loaded says little: what others tell of it is not its own."""
    places = {name.text for name in naming.names if not name.documents}
    return (replace(word, counts=_UNLOADED * word.counts) if word.text in places else word for word in words)


def _chosen(words: Iterable[Word], choices: Choices) -> tuple[Word, ...]:
    """Return the words that are searched by a person's choice."""
    kept = (word for word in words if word.text not in choices.without)
    return tuple(
        replace(
            word,
            synonyms=tuple(s for s in word.synonyms if choices.synonyms and s.text not in choices.without),
        )
        for word in kept
    )


def _passages_of(documents: frozenset[int] | None, shelf: Shelf) -> int:
    """Return how many passages some documents have; None asks for all documents."""
    if documents is None:
        return len(shelf.corpus.passages)
    return sum(last - first for first, last in (shelf.corpus.bounds[number] for number in documents))


def _asked_of(shelf: Shelf, meant: frozenset[int] | None, filters: Filters) -> frozenset[int] | None:
    """Return the documents that are searched: those named, within the filters; None for all."""
    if filters == Filters():
        return meant
    admitted = frozenset(n for n, document in enumerate(shelf.corpus.documents) if filters.admit(document))
    return admitted if meant is None else admitted & meant
