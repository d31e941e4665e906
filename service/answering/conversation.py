"""Questions in, one Answer each out, the later ones leaning on the earlier."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from service.answering import evidence, followup, preferring, silence
from service.answering.absent import absent
from service.answering.answer import Answer, Choices, Citation, Filters, Outline, OutlineItem, QuestionTerm, Quote
from service.answering.citing import Place, cite
from service.answering.correcting import corrections
from service.answering.evidence import Evidence, Sought, overlaps
from service.answering.followup import Answered, Meant
from service.answering.naming import Named, named
from service.answering.preferring import Near
from service.answering.question import Question, Word
from service.answering.ranking import CANDIDATES, CANDIDATES_OF_SEVERAL, Candidate, information, rank, without_pieces
from service.answering.shelf import Shelf
from service.answering.suggester import Suggester
from service.answering.trouble import asks_trouble
from service.corpus.document import Span
from service.index.protocol import Index

Reader = Callable[[str], Question]

_RELATED = 3
# So many documents can be asked for themselves; their titles say what they are about.
_FEW = 3
# What the name of a place counts of which no document is loaded.
_UNLOADED = 0.3
# A document holds a hit of like weight when it reaches this share of the best score.
_LIKE = 0.6


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
            chosen = Choices(synonyms=chosen.synonyms)
        reply = _reply(text, before, shelf, reader, limit, filters if last and filters else Filters(), chosen)
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

    def ask(question: str, synonyms: bool) -> Answer | None:
        # What leans, or is nothing but names, would be answered otherwise in another conversation; all else alike in all.
        alone = reader(named(question, shelf.titles).text)
        if not alone.words or followup.leans(alone):
            return None
        return converse([question], shelf, reader, limit=1, choices=Choices(synonyms=synonyms))[0]

    return Suggester(shelf, ask)


@dataclass(frozen=True, slots=True)
class _Reply:
    """An answer, what the next question may lean on, and the words that the question itself asked."""

    answer: Answer
    answered: Answered
    asked: tuple[Word, ...]


def _reply(
    text: str,
    before: Answered | None,
    shelf: Shelf,
    reader: Reader,
    limit: int,
    filters: Filters,
    choices: Choices,
) -> _Reply:
    naming = named(text, shelf.titles)
    asked = reader(naming.text)
    themselves = before is None and not asked.words and naming.texts and len(naming.documents or ()) <= _FEW
    if before is None and not asked.words:
        # A question that is nothing but names asks for the documents themselves; its words are all there is, and where
        # those stand in none of them, as a number or a date, the titles tell what they are about.
        asked = reader(text)
        if themselves and not rank(asked, shelf, naming.documents):
            asked = replace(asked, words=reader(_titles_of(naming, shelf)).words)
    meant = followup.meant(replace(asked, text=text), bool(naming.names or naming.leaning), before)
    naming = _inherited(naming, meant, before)
    words = (*meant.question.words, *_item_words(meant, before, shelf, reader))
    words = _chosen(_unloaded(words, naming), choices)
    present = silence.found_words(words, shelf.passages)
    question = replace(meant.question, words=without_pieces(words, present))
    documents = _asked_of(shelf, naming.documents, filters)
    told = information(question.words, shelf.passages)
    near = before.near if before and meant.leans else None
    if near is not None and meant.another_side:
        near = replace(near, section=None)
    preferences = preferring.preferences(question, shelf, near, naming, choices.year)
    sought = Sought(question, told, documents, naming.groups, naming.apart, naming.leaning, preferences.asked, limit)
    most = CANDIDATES_OF_SEVERAL if naming.apart else CANDIDATES
    ranked = preferring.preferred(rank(question, shelf, documents, most), preferences, shelf)
    shown = before.shown if before and meant.more else ()
    if before and before.enumeration and meant.remedy:
        # The trouble itself is not what is done about it.
        listed = before.enumeration
        shown = (Place(listed.document, listed.start, listed.end, (), 0.0),)
    candidates = [c for c in ranked if not overlaps(c, shelf, shown)]
    opened = before.enumeration if before and meant.item is not None and not meant.remedy else None
    if opened is not None and meant.item is not None and (documents is None or opened.document in documents):
        found = evidence.of_item(sought, opened, meant.item, shelf)
    else:
        found = evidence.gathered(sought, candidates, shelf)
    # Whoever asks what a document says, and nothing else, is answered by whatever it says.
    answered = found.item is not None or bool(themselves and found.places)
    if found.places and not answered:
        year = shelf.year_of[found.places[0].document]
        answered = silence.has_answer(
            question, found.covered, told, present, _text_of(found, shelf), year, _passages_of(documents, shelf), shelf
        )
    unknown = {name.text for name in naming.names if not name.documents}
    answer = replace(
        _nothing(question, shelf),
        absent=tuple(word for word in absent(text, words, present, shelf) if word not in unknown),
        terms=_terms(question.words, present, shelf.passages),
        named=naming.names,
        preferred=preferences.said,
        year=preferences.year,
    )
    if not answered:
        nearest = evidence.places_of(candidates[:_RELATED], shelf, sought, quoted=0)
        # What was not found changes nothing of what the conversation is about, if it was about something.
        left = before or Answered(question.words, naming, kind=question.kind)
        return _Reply(replace(answer, related=_cited(nearest, question, shelf)), left, asked.words)
    citations = _cited(found.places, question, shelf)
    quotes, outline = _said(found, citations)
    answer = replace(
        answer,
        status="answered",
        quotes=quotes,
        outline=outline,
        citations=citations,
        documents_found=_documents_found(found.places, candidates, shelf),
    )
    return _Reply(answer, _left(question, naming, meant, before, found, shown), asked.words)


def _titles_of(naming: Named, shelf: Shelf) -> str:
    """Return the titles of the documents that are named, a line each."""
    return "\n".join(shelf.corpus.documents[number].title for number in sorted(naming.documents or ()))


def _inherited(naming: Named, meant: Meant, before: Answered | None) -> Named:
    """Return the names of a question; one that names nothing and leans on another asks of the documents named there."""
    if before is None or not meant.leans or naming.names or naming.leaning or naming.apart:
        return naming
    return replace(before.naming, text=naming.text)


def _item_words(meant: Meant, before: Answered | None, shelf: Shelf, reader: Reader) -> tuple[Word, ...]:
    """Return the words of the item that a remedy is asked for."""
    if not meant.remedy or meant.item is None or before is None or before.enumeration is None:
        return ()
    item = before.enumeration.items[meant.item]
    head = shelf.corpus.documents[before.enumeration.document].text[item.label.end : item.head.end]
    return tuple(replace(word, origin="carried") for word in reader(head).words)


def _left(
    question: Question,
    naming: Named,
    meant: Meant,
    before: Answered | None,
    found: Evidence,
    shown: tuple[Place, ...],
) -> Answered:
    """Return what an answered question leaves for the next one to lean on."""
    first = found.places[0]
    near = Near(first.document, first.path[0] if first.path else None)
    if before is not None and meant.item is not None:
        # A question about an item leaves the list it stands in, and what the list was about.
        words = before.words if meant.remedy else (*before.words, *question.words)
        frame = meant.question if meant.remedy else None
        return Answered(
            words,
            naming,
            near,
            before.enumeration,
            before.kind,
            before.trouble,
            meant.item,
            frame,
            (*before.shown, *found.places),
        )
    trouble = found.enumeration is not None and asks_trouble(question.form)
    return Answered(
        question.words, naming, near, found.enumeration, question.kind, trouble, shown=(*shown, *found.places)
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


def _text_of(found: Evidence, shelf: Shelf) -> str:
    """Return what the best evidence says, with the headings above it and, of a list, what leads it in."""
    first = found.places[0]
    text = shelf.corpus.documents[first.document].text
    lead = text[slice(*found.enumeration.before)] if found.enumeration else ""
    return "\n".join((*first.path, lead, text[first.start : first.end]))


def _passages_of(documents: frozenset[int] | None, shelf: Shelf) -> int:
    """Return the number of passages of some documents, None for all."""
    if documents is None:
        return len(shelf.corpus.passages)
    return sum(last - first for first, last in (shelf.corpus.bounds[number] for number in documents))


def _asked_of(shelf: Shelf, meant: frozenset[int] | None, filters: Filters) -> frozenset[int] | None:
    """Return the documents that are searched: those named, within the filters; None for all."""
    if filters == Filters():
        return meant
    admitted = frozenset(n for n, document in enumerate(shelf.corpus.documents) if filters.admit(document))
    return admitted if meant is None else admitted & meant


def _cited(places: Iterable[Place], question: Question, shelf: Shelf) -> tuple[Citation, ...]:
    corpus = shelf.corpus
    return tuple(
        cite(number, place, corpus.documents[place.document], corpus.structures[place.document], question.words)
        for number, place in enumerate(places, 1)
    )


def _said(found: Evidence, citations: Sequence[Citation]) -> tuple[tuple[Quote, ...], Outline | None]:
    """Return what the answer says aloud, and its outline where it is one."""

    def quote(place: int, span: Span) -> Quote:
        citation = citations[place]
        return Quote(citation.number, citation.document, span.start, span.end)

    if found.outline is None:
        return tuple(quote(n, span) for n, place in enumerate(found.places) for span in place.quotes), None
    items = tuple(OutlineItem(label, quote(place, span)) for place, label, span in found.outline.items)
    lead = quote(*found.outline.lead) if found.outline.lead else None
    return tuple(item.quote for item in items), Outline(lead, items)


def _terms(words: Sequence[Word], present: Sequence[bool], index: Index) -> tuple[QuestionTerm, ...]:
    """Return what was searched: each word, and behind them those of their synonyms that stand somewhere, each once."""
    terms = {word.text: QuestionTerm(word.text, word.origin, None, p) for word, p in zip(words, present, strict=True)}
    for word in words:
        for synonym in word.synonyms:
            if synonym.text not in terms and synonym.terms and all(index.frequency(term) for term, _ in synonym.terms):
                terms[synonym.text] = QuestionTerm(synonym.text, "synonym", synonym.of, True)
    return tuple(terms.values())


def _documents_found(places: Iterable[Place], candidates: Sequence[Candidate], shelf: Shelf) -> int:
    best = candidates[0].score if candidates else 0.0
    alike = {shelf.corpus.passages[c.passage].document for c in candidates if c.score >= _LIKE * best}
    return len(alike | {place.document for place in places})


def _nothing(question: Question, shelf: Shelf) -> Answer:
    """Return the answer that nothing was found."""
    return Answer(
        question=question.text,
        history=(),
        status="not_found",
        kind=question.kind,
        quotes=(),
        outline=None,
        citations=(),
        terms=(),
        named=(),
        preferred=(),
        year=None,
        related=(),
        suggestions=(),
        documents_found=0,
        corpus_version=shelf.corpus.version,
        corpus_documents=len(shelf.corpus.documents),
        corpus_passages=len(shelf.corpus.passages),
        elapsed_ms=0.0,
    )
