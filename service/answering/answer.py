"""The Answer, the one value behind every face: page, JSON, terminal."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from service.answering.filters import Filters
from service.answering.phases import Phase
from service.corpus.document import Document, Span

Status = Literal["answered", "not_found"]
Origin = Literal["asked", "synonym", "carried"]
Kind = Literal["how", "list", "number", "when", "who", "why", "what", "yes/no"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person changed about how questions are read; without any, everything is as the program reads it.

    In every question of a conversation, ``synonyms`` False searches asked words only, and ``within`` are the documents that
    are asked. For the last question, ``without`` are words and synonyms, as they
    were shown, that are not searched, and ``year`` is what 今年 is read as.
    """

    synonyms: bool = True
    without: frozenset[str] = frozenset()
    year: int | None = None
    within: Filters = field(default_factory=Filters)

    @property
    def lasting(self) -> "Choices":
        """Return what of it holds for every question of a conversation."""
        return Choices(synonyms=self.synonyms, within=self.within)

    @property
    def everywhere(self) -> "Choices":
        """Return the same of all documents."""
        return replace(self, within=Filters())

    def only(self, document: Document) -> "Choices":
        """Return the same of one document alone."""
        return replace(self, within=Filters(documents=(document.id,)))


@dataclass(frozen=True, slots=True)
class QuestionTerm:
    """A word that was searched: where it came from, of which word it is a synonym, and whether the corpus has it."""

    text: str
    origin: Origin
    of: str | None
    found: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the question that chooses documents, as it stood there, and how many documents it means; 0 if none."""

    text: str
    documents: int

    @property
    def meaning(self) -> str:
        """Return the documents it means in words: 浙江的材料, 2025年的材料."""
        return self.text if self.text.endswith("材料") else f"{self.text}的材料"


@dataclass(frozen=True, slots=True)
class Correction:
    """What was likely meant by something typed: ``meant`` stands in the corpus, ``text``, which was typed, nowhere.

    ``question`` is the whole question with the one in the place of the other. It is offered, never asked unbidden.
    """

    text: str
    meant: str
    question: str


def headings(path: Sequence[str]) -> str:
    """Return a path as people read it, outermost first, without the full stops of run-in headings."""
    return " › ".join(heading.rstrip("。.；;，,：:") for heading in path)


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered hit as the reader sees it; all spans are in the document's text, inside [start, end).

    ``quotes`` are said aloud by the answer, ``matches`` are the searched words; both ordered, without overlaps.
    ``copies`` are the other documents that have the very same text.
    """

    number: int
    document: Document
    path: tuple[str, ...]
    paragraph: int
    paragraph_end: int
    start: int
    end: int
    quotes: tuple[Span, ...]
    matches: tuple[Span, ...]
    score: float
    reference: str
    copies: tuple[Document, ...] = ()

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    @property
    def page(self) -> int | None:
        """Return the page on which it begins, None where its file has no pages."""
        return self.document.page_at(self.start)


@dataclass(frozen=True, slots=True)
class Quote:
    """A span [start, end) of the citation with this number that the answer says aloud."""

    citation: int
    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """An item of an enumeration that is answered whole: its label, and where its words stand."""

    label: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Outline:
    """An enumeration answered whole: its lead-in where the text has one, and its items in order."""

    lead: Quote | None
    items: tuple[OutlineItem, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gets, best first; see DESIGN's contract for each part.

    ``named`` are the names in the question that choose documents, ``preferred`` says in plain words what was preferred
    among passages (含数字的句子), ``year`` as which year 今年 or its like was read, None where none was.
    ``documents_found`` counts the documents holding a citation or a further hit of like weight. ``related`` are the
    nearest passages, only where nothing was found. ``corrections`` are offered for the last question of a conversation
    only. ``reason`` says in plain words why nothing was found where that is known (the list has no eighth item), ``absent``
    are the words asked that stand in no document, as a person would say them. ``filtered_undated`` counts the documents that
    a filter by date left out only because theirs is not known. ``elapsed_ms`` is the time the answer took, in milliseconds,
    ``phases`` that of each phase, in seconds.
    """

    question: str
    history: tuple[str, ...]
    status: Status
    kind: Kind
    quotes: tuple[Quote, ...]
    outline: Outline | None
    citations: tuple[Citation, ...]
    terms: tuple[QuestionTerm, ...]
    named: tuple[Name, ...]
    preferred: tuple[str, ...]
    year: int | None
    related: tuple[Citation, ...]
    suggestions: tuple[str, ...]
    documents_found: int
    corpus_version: str
    corpus_documents: int
    corpus_passages: int
    elapsed_ms: float
    corrections: tuple[Correction, ...] = ()
    reason: str | None = None
    absent: tuple[str, ...] = ()
    filtered_undated: int = 0
    # Of no matter to whether two answers say the same.
    phases: tuple[tuple[Phase, float], ...] = field(default=(), compare=False)

    @property
    def verdict(self) -> tuple[str, ...]:
        """Return the sentences that say that nothing was found, or why, and which words stand in no document."""
        said = self.reason or "这些材料里没有找到答案。"
        if not self.absent:
            return (said,)
        words = "".join(f"“{word}”" for word in self.absent)
        return said, f"{words}在全部 {self.corpus_documents} 份材料里都没有出现。"
