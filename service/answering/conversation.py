"""Questions in, one Answer each out, the later ones leaning on the earlier."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from service.answering import evidence, opening, saying, years
from service.answering.absent import absent
from service.answering.answer import Answer, Choices
from service.answering.answered import Answered
from service.answering.correcting import corrections
from service.answering.evidence import Evidence
from service.answering.filters import Filters
from service.answering.followup import Meant
from service.answering.judging import as_answer
from service.answering.leaning import leans, matters, says_of_what
from service.answering.naming import named
from service.answering.phases import Phases
from service.answering.preferring import Near
from service.answering.question import Word
from service.answering.seeking import RELATED, Found, Lacking, seek
from service.answering.shelf import Shelf
from service.answering.suggester import Suggester
from service.answering.trouble import asks_trouble
from service.answering.understanding import Reader, Understood, understand
from service.answering.wording import share_of
from service.language.matching import readable

# Where less than so much of a question's own matter stands where it was answered, and so much elsewhere, it does not go on
# from what was asked before.
_HELD, _HELD_ELSEWHERE = 0.3, 0.75
# More, where only the documents named before were asked.
_HELD_AS_NAMED = 0.6
# Turns of conversations that are kept; each took 8 kB over the seeds.
_KEPT = 200


class Turns:
    """The turns that were answered lately over one shelf: a conversation that goes on, is shown again or is taken away as a
    file has the same ones before it. Any thread may use it; none is kept for good.
    """

    def __init__(self) -> None:
        self._turn = lru_cache(maxsize=_KEPT)(lambda *_: _Turn())

    def of(self, questions: tuple[str, ...], limit: int, filters: Filters, choices: Choices) -> "_Turn":
        """Return what is kept of the last of some questions, asked so, for who answers it to add to."""
        return self._turn(questions, limit, filters, choices)


class _Turn:
    """What a question was answered, once it is known, and the same as the last one of its conversation."""

    reply: "_Reply | None" = None
    last: Answer | None = None


def converse(
    questions: Sequence[str],
    shelf: Shelf,
    reader: Reader,
    *,
    limit: int,
    filters: Filters | None = None,
    choices: Choices | None = None,
    suggester: Suggester | None = None,
    turns: Turns | None = None,
) -> list[Answer]:
    """Return the answers to the questions of a conversation, in order; the filters hold for the last one.

    ``reader`` tells what a question asks by itself. ``limit`` bounds the citations that are not an outline's. The last
    answer has the suggestions of ``suggester``, and what was likely meant by typing errors; without it, neither. What
    ``turns`` has of them is not answered again.
    """
    answers: list[Answer] = []
    before: Answered | None = None
    kept = turns or Turns()
    for number, text in enumerate(questions, start=1):
        phases = Phases()
        last = number == len(questions)
        chosen = choices or Choices()
        if not last:
            chosen = chosen.lasting
        asked_of = filters if last and filters else chosen.within
        turn = kept.of(tuple(questions[:number]), limit, asked_of, chosen)
        if turn.reply is None:
            reply_to = partial(_reply, text, shelf, reader, limit, asked_of, chosen, phases)
            turn.reply = _taken_up(before, reply_to)
        before = turn.reply.answered
        answer = turn.reply.answer
        if last and suggester is not None:
            if turn.last is None:
                suggested = suggester.suggestions((*answers, answer), chosen.synonyms)
                turn.last = replace(
                    answer,
                    corrections=corrections(text, turn.reply.asked, shelf),
                    suggestions=tuple(suggestion.question for suggestion in suggested),
                )
                phases.ended("suggesting")
            answer = turn.last
        elapsed = sum(seconds for _, seconds in phases.seconds) * 1000
        answers.append(
            replace(
                answer,
                history=tuple(questions[: number - 1]),
                elapsed_ms=round(elapsed, 2),
                phases=phases.seconds,
                filtered_undated=shelf.undated(asked_of),
            )
        )
    return answers


def suggester(shelf: Shelf, reader: Reader) -> Suggester:
    """Return what suggests questions over a shelf, trying them as they would be asked next."""
    # Each is read to see whether it leans, and then to be answered.
    once = lru_cache(maxsize=1)(reader)

    def ask(question: str, synonyms: bool) -> Evidence | None:
        # What leans, or is nothing but names, would be answered otherwise in another conversation; all else alike in all.
        alone = once(named(question, shelf.titles).text)
        if not alone.words or leans(alone):
            return None
        asked = understand(question, None, shelf, once, Filters(), Choices(synonyms=synonyms))
        found = seek(asked, None, shelf, limit=1)
        if isinstance(found, Lacking) or not found.evidence.places:
            return None
        answering = as_answer(asked, found, shelf)
        return answering.evidence if answering else None

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


def _taken_up(before: Answered | None, reply_to: Callable[[Answered | None], _Reply]) -> _Reply:
    """Return the reply to a question that goes on from what was asked before, or was another one altogether.

    ``reply_to`` replies to it after what was asked before, or after nothing.
    """
    reply = reply_to(before)
    if before is not None and reply.held < (_HELD_AS_NAMED if before.naming.groups else _HELD):
        # What it is about stands elsewhere.
        alone = reply_to(None)
        reply = alone if alone.held >= _HELD_ELSEWHERE else reply
    return reply


def _reply(
    text: str,
    shelf: Shelf,
    reader: Reader,
    limit: int,
    filters: Filters,
    choices: Choices,
    phases: Phases,
    before: Answered | None,
) -> _Reply:
    asked = understand(text, before, shelf, reader, filters, choices)
    phases.ended("understanding")
    found = seek(asked, before, shelf, limit)
    phases.ended("seeking")
    reply = _said(text, asked, found, before, shelf)
    phases.ended("saying")
    return reply


def _said(text: str, asked: Understood, found: Found | Lacking, before: Answered | None, shelf: Shelf) -> _Reply:
    """Return the reply that says what was found, if that is an answer."""
    nothing = saying.nothing(asked.question, shelf)
    if isinstance(found, Lacking):
        # What was shown has no such item or place; what it has is what is nearest.
        related = saying.cited(found.places, asked.question, shelf)
        return _Reply(replace(nothing, reason=found.reason, related=related), before or Answered(), asked.asked)
    unknown = {name.text for name in asked.naming.names if not name.documents}
    answer = replace(
        nothing,
        absent=tuple(word for word in absent(text, asked.words, asked.present, shelf) if word not in unknown),
        terms=saying.terms(asked.question.words, asked.present, shelf.passages),
        named=asked.naming.names,
        preferred=asked.preferences.said,
        year=asked.preferences.year,
    )
    if answering := as_answer(asked, found, shelf):
        return _answered(answer, asked, answering, before, shelf)
    return _not_found(answer, asked, found, before, shelf)


def _answered(answer: Answer, asked: Understood, found: Found, before: Answered | None, shelf: Shelf) -> _Reply:
    """Return the reply that says the evidence, in an answer that tells how the question was read."""
    places = found.evidence.places
    citations = saying.cited(places, asked.question, shelf)
    quotes, outline = saying.said(found.evidence, citations)
    answer = replace(
        answer,
        status="answered",
        quotes=quotes,
        outline=outline,
        citations=citations,
        documents_found=saying.documents_found(places, found.candidates, shelf),
    )
    left = before if before and asked.numbered else _left(asked, found, before, shelf)
    return _Reply(answer, left, asked.asked, _held(asked.meant, found.evidence, shelf))


def _not_found(answer: Answer, asked: Understood, found: Found, before: Answered | None, shelf: Shelf) -> _Reply:
    """Return the reply that nothing was found, with what is nearest, or why."""
    question, meant = asked.question, asked.meant
    reason = "除了上面这些，没有找到更多。" if meant.more else None
    if not question.words and not asked.naming.names:
        reason = "这句话里没有可以查的词。"
    nearest = evidence.places_of(found.candidates[:RELATED], shelf, found.sought, quoted=0)
    # Beside a reason stands what was listed before, or nothing: what is near is no more of it.
    related = () if reason else saying.cited(nearest, question, shelf)
    # What was not found changes nothing of what the conversation is about, if it was about something.
    left = before or Answered(question.words, asked.naming, kind=question.kind)
    of_its_own = says_of_what(meant.question, shelf.analyser.is_word) and not meant.points
    return _Reply(replace(answer, related=related, reason=reason), left, asked.asked, 0.0 if of_its_own else 1.0)


def _held(meant: Meant, found: Evidence, shelf: Shelf) -> float:
    """Return the share of a question's own matter that stands in the best evidence or the headings above it."""
    own = matters(meant.question)
    if (
        meant.items is not None
        or meant.remedy
        or meant.points
        or not says_of_what(meant.question, shelf.analyser.is_word)
    ):
        return 1.0
    form = readable(saying.text_of(found, shelf)).text
    return sum(share_of(word, form) for word in own) / len(own)


def _left(asked: Understood, found: Found, before: Answered | None, shelf: Shelf) -> Answered:
    """Return what an answered question leaves for the next one to lean on."""
    question, meant, naming, said = asked.question, asked.meant, asked.naming, found.evidence
    # 今年 is a year of the documents, not of the person who asks: it is not carried on.
    asked_year = asked.preferences.asked if asked.preferences.year is None else None
    first = said.places[0]
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
            shown=(*before.shown, *said.places),
            cited=(),
        )
    lists = before.lists if before else ()
    if said.enumeration is not None:
        lists = (opening.recalled(said.enumeration, question.form, asks_trouble(question.form), shelf),)
    passed = before.passed if before else None
    if before is not None and before.naming.groups and naming.groups != before.naming.groups:
        passed = before.naming
    return Answered(
        question.words,
        naming,
        passed,
        near,
        lists,
        said.enumeration is not None,
        question.kind,
        asked_year,
        year,
        shown=(*found.shown, *said.places),
        cited=said.places if said.enumeration is None else (),
    )
