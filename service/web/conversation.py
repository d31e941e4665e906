"""The parameters of a conversation's address in, what it asks out, and the address that asks it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote_plus

from flask import request

from service.answering.answer import Choices
from service.answering.filters import FACETS, Filters
from service.limits import LONGEST_HISTORY, LONGEST_QUESTION
from service.web.problems import Refused
from service.web.requests import choices_in_query

# Some proxies refuse addresses from 8 kB on, with everything in them; of this, so much is left for what is typed next.
LONGEST_ADDRESS = 6000
_FOR_THE_NEXT = 1500
# Each character of ASCII that is more than itself in an address, as it stands there.
_ESCAPED = str.maketrans({c: quote_plus(c) for c in map(chr, range(128)) if quote_plus(c) != c})
# Of many faults in one address, as many as a person would read.
_MOST_FAULTS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What a conversation's address asks: the questions that are answered, by which choices, and what is left in the box.

    ``earlier`` questions were asked before these and had to leave the address; ``crowded`` tells that the address it was
    read from held more than these. ``notice`` is said, with another ``status`` than 200, to a person whose words or choices
    could not be taken as they stand; ``draft`` are such words, or words that were chosen in the reader to ask about.
    """

    questions: tuple[str, ...]
    draft: str = ""
    notice: str | None = None
    status: int = 200
    choices: Choices = field(default_factory=Choices)
    earlier: int = 0
    crowded: bool = False

    @property
    def kept(self) -> tuple[str, ...]:
        """Return the questions that the next one can be asked with: with it they fit an address."""
        return _newest(self.questions, LONGEST_HISTORY, LONGEST_ADDRESS - _FOR_THE_NEXT)

    @property
    def left(self) -> int:
        """Return how many questions will have left the address when the next one is asked."""
        return self.earlier + len(self.questions) - len(self.kept)


def conversation_url(questions: Sequence[str], choices: Choices, earlier: int = 0, anchor: str | None = None) -> str:
    """Return the address that asks the newest of these questions that fit it by these choices, at the last one.

    ``earlier`` questions left the address before these; another ``anchor`` is that of a place in their answers.
    """
    kept = _newest(questions, LONGEST_HISTORY + 1, LONGEST_ADDRESS)
    left = earlier + len(questions) - len(kept)
    query = as_query({"q": kept, **parameters(choices), "earlier": left or None})
    return f"{request.script_root}/{query}" + (f"#{anchor}" if anchor else f"#t{len(kept)}" if kept else "")


def as_query(given: Mapping[str, Any]) -> str:
    """Return parameters as a link of a page has them, with the ? before them; None and an empty list are left out.

    What is not ASCII stands as it is: the browser escapes it, and of Chinese that is three times as many bytes.
    """
    written = [f"{name}={value.translate(_ESCAPED)}" for name, value in _pairs(given)]
    return "?" + "&".join(written) if written else ""


def _pairs(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return each name with each of its values; None and an empty list are left out."""
    values = ((name, value if isinstance(value, (list, tuple)) else [value]) for name, value in given.items())
    return [(name, str(one)) for name, some in values for one in some if one is not None]


def parameters(choices: Choices) -> dict[str, Any]:
    """Return the parameters by which an address says what was chosen; None and an empty list are left out of it."""
    return {
        "without": sorted(choices.without),
        "synonyms": None if choices.synonyms else "false",
        "year": choices.year,
        **filter_parameters(choices.within),
    }


def filter_parameters(filters: Filters) -> dict[str, Any]:
    """Return the parameters by which an address says which documents are asked."""
    return {
        "documents": filters.documents,
        "from": filters.earliest,
        "to": filters.latest,
        **{name: getattr(filters, name) for name in FACETS},
    }


def as_fields(filters: Filters) -> list[tuple[str, str]]:
    """Return the names and values of the fields by which a form sends filters."""
    return _pairs(filter_parameters(filters))


def kept_fields(asked: Asked) -> list[tuple[str, str]]:
    """Return the fields by which a form that changes what is asked of sends everything else but the questions."""
    said = parameters(replace(asked.choices, within=Filters(documents=asked.choices.within.documents)))
    return _pairs({**said, "earlier": asked.earlier or None})


def asked_in(given: Mapping[str, Sequence[str]]) -> Asked:
    """Return what the parameters of a conversation's address ask; a blank q asks nothing, a blank without leaves out nothing.

    Where a question is too long, those before it are answered and it stays in the box; where they are too many, the
    newest are asked. Where a choice is wrong, none is taken. A draft is put into the box for a person to go on with.
    """
    choices, wrong = _chosen(given)
    asked = _questions(given.get("q", ()), _earlier(given.get("earlier", ())))
    if not asked.draft:
        asked = replace(asked, draft=_readable("".join(given.get("draft", ())[:1]))[:LONGEST_QUESTION])
    if asked.notice:
        # The words left out were those of the question that stays in the box.
        return replace(asked, choices=choices.lasting)
    return replace(asked, choices=choices, notice=wrong, status=422 if wrong else 200)


def _chosen(given: Mapping[str, Sequence[str]]) -> tuple[Choices, str | None]:
    """Return the choices in an address, or none of them and what is wrong with them."""
    without = [word for word in map(_readable, given.get("without", ())) if word]
    try:
        return choices_in_query({**given, "without": without}), None
    except Refused as refused:
        faults = "；".join(f"{fault.field} {fault.message}" for fault in refused.problem.errors[:_MOST_FAULTS])
        return Choices(), f"网址里有选项写得不对，没有采用：{faults}。"


def _questions(given: Iterable[str], earlier: int) -> Asked:
    questions = [question for question in map(_readable, given) if question]
    for number, question in enumerate(questions):
        if len(question) > LONGEST_QUESTION:
            notice = f"这个问题有 {len(question):,} 个字，一次最多 {LONGEST_QUESTION:,} 字。请删减后再问。"
            return Asked(tuple(questions[:number]), question, notice, 413, earlier=earlier)
    kept = _newest(questions, LONGEST_HISTORY + 1, LONGEST_ADDRESS)
    left = len(questions) - len(kept)
    return Asked(kept, earlier=earlier + left, crowded=left > 0)


def _earlier(given: Sequence[str]) -> int:
    """Return how many questions left the address before; what is no number says none did."""
    return int(given[-1]) if given and re.fullmatch("[0-9]{1,4}", given[-1]) else 0


def _newest(questions: Sequence[str], most: int, longest: int) -> tuple[str, ...]:
    """Return the newest questions, at most so many, whose parameters are together no longer than so many characters.

    The last one is always among them.
    """
    kept: list[str] = []
    for question in reversed(questions):
        longest -= len(f"q={quote_plus(question)}&")
        if kept and (longest < 0 or len(kept) == most):
            break
        kept.append(question)
    return tuple(reversed(kept))


def _readable(question: str) -> str:
    """Return a question as it can be shown: line ends as \\n, control characters as blanks, none around it."""
    unified = re.sub(r"\r\n?", "\n", question)
    return "".join(" " if c != "\n" and unicodedata.category(c) in ("Cc", "Cs") else c for c in unified).strip()
