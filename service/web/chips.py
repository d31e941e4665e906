"""An Answer and the choices it was given by in, the chips that say how its question was read out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.answering.answer import Answer, Choices, Name, QuestionTerm
from service.limits import EARLIEST_YEAR, LATEST_YEAR


@dataclass(frozen=True, slots=True)
class Chip:
    """A word, or a year, as it is shown; ``otherwise`` are the choices that its link asks by, None where it has none.

    ``of`` is the word it is a synonym of, ``found`` whether the documents have it.
    """

    text: str
    otherwise: Choices | None
    of: str | None = None
    found: bool = True


@dataclass(frozen=True, slots=True)
class Chips:
    """How a question was read, as a person may change it: each word is in one of these, in the order of the answer.

    ``asked`` were found, and the only one cannot be left out; ``absent`` stand nowhere; ``left_out`` can be added back. ``switched`` are
    the choices with synonyms where there are none, and without them where there are some. ``years`` are those before and
    after the one that 今年 was read as. ``named`` mean documents, ``unknown`` are names that mean none.
    """

    asked: tuple[Chip, ...]
    carried: tuple[Chip, ...]
    synonyms: tuple[Chip, ...]
    left_out: tuple[Chip, ...]
    absent: tuple[str, ...]
    with_synonyms: bool
    switched: Choices
    years: tuple[Chip, ...]
    named: tuple[Name, ...]
    unknown: tuple[Name, ...]


def chips(answer: Answer, choices: Choices) -> Chips:
    """Return the chips of an answer that was given by these choices; see Choices for which of them are the last one's."""
    asked = _words([term for term in answer.terms if term.origin == "asked" and term.found], choices)
    return Chips(
        asked=asked if len(asked) > 1 else tuple(replace(only, otherwise=None) for only in asked),
        carried=_words([term for term in answer.terms if term.origin == "carried"], choices),
        # One that stands nowhere was asked by nobody.
        synonyms=_words([term for term in answer.terms if term.origin == "synonym" and term.found], choices),
        left_out=tuple(
            Chip(word, replace(choices, without=choices.without - {word})) for word in sorted(choices.without)
        ),
        absent=answer.absent,
        with_synonyms=choices.synonyms,
        switched=replace(choices, synonyms=not choices.synonyms),
        years=_years(answer.year, choices),
        named=tuple(name for name in answer.named if name.documents),
        unknown=tuple(name for name in answer.named if not name.documents),
    )


def _words(terms: Sequence[QuestionTerm], choices: Choices) -> tuple[Chip, ...]:
    return tuple(
        Chip(term.text, replace(choices, without=choices.without | {term.text}), term.of, term.found) for term in terms
    )


def _years(year: int | None, choices: Choices) -> tuple[Chip, ...]:
    beside = () if year is None else (year - 1, year + 1)
    return tuple(Chip(f"{y}年", replace(choices, year=y)) for y in beside if EARLIEST_YEAR <= y <= LATEST_YEAR)
