"""Answers in, the Record of them that is taken away out: what was asked, how it was read, when, of which documents."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from service.answering.answer import Answer, Choices, Citation, Outline
from service.answering.contract import UrlOf
from service.answering.referencing import in_a_list
from service.corpus.document import Document

_LONGEST_NAME = 40
# What Windows has in no file name.
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\ufffd]')
# What is no character of XML 1.0 (2.2), and \r, which XML reads as \n. Not as all that are none of its characters: that takes
# eight times as long to compile.
_ILLEGIBLE = re.compile("[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question's answer, and the choices it was given by."""

    answer: Answer
    choices: Choices

    @property
    def shown(self) -> tuple[Citation, ...]:
        """Return the citations that it quotes, or where it found nothing, the nearest passages."""
        return tuple(citation for citation in self.answer.citations if citation.quotes) or self.answer.related

    @property
    def heading(self) -> str:
        """Return what stands above them; where nothing was found, that they are no answer."""
        if self.answer.status == "answered":
            return "出处原文"
        return "上面列出的各项" if self.answer.reason else "可能相关的原文（不是回答）"


@dataclass(frozen=True, slots=True)
class Record:
    """One turn of a conversation, or all of them, at least one, as they are taken away.

    ``written`` is when that was, with its time zone. ``url_of`` returns addresses that can be opened from elsewhere; it is
    None where there are none.
    """

    turns: tuple[Turn, ...]
    written: datetime
    url_of: UrlOf | None = None

    @property
    def title(self) -> str:
        first = " ".join(legible(self.turns[0].answer.question).split())
        return f"{first}（共{len(self.turns)}问）" if len(self.turns) > 1 else first

    @property
    def name(self) -> str:
        """Return a file name without its extension that every system takes: 有据_招商改革怎么做的."""
        kept = _NOT_IN_NAMES.sub("", self.title)[:_LONGEST_NAME].strip(" .？")
        return f"有据_{kept}" if kept else "有据"

    @property
    def documents(self) -> tuple[Document, ...]:
        """Return the documents that are shown, each once, in the order in which they are."""
        shown = (citation.document for turn in self.turns for citation in turn.shown)
        return tuple({document.id: document for document in shown}.values())

    @property
    def heading(self) -> str:
        """Return what stands above them; where no turn found anything, that they are no sources."""
        answered = any(turn.answer.status == "answered" for turn in self.turns)
        return "引用的材料" if answered else "可能相关的材料"

    @property
    def queries(self) -> list[Mapping[str, str]]:
        """Return what each turn asked and how it was read, as names and words; what came before, of one turn alone."""
        if len(self.turns) > 1:
            asked = [{f"第{number}问": turn.answer.question} for number, turn in enumerate(self.turns, 1)]
        else:
            answer = self.turns[0].answer
            asked = [{"提问": answer.question, **({"此前问过": "、".join(answer.history)} if answer.history else {})}]
        return [{**words, **_read_as(turn)} for words, turn in zip(asked, self.turns, strict=True)]

    @property
    def about(self) -> Mapping[str, str]:
        """Return where and when all of it was found, as names and words."""
        answer = self.turns[-1].answer
        at, zone = self.written, self.written.strftime("%z")
        return {
            "材料库": f"版本 {answer.corpus_version}，{answer.corpus_documents} 份材料，{answer.corpus_passages} 个片段",
            # With the zone: a server's is not always its reader's.
            "时间": f"{at.year}年{at.month}月{at.day}日{at:%H:%M}（UTC{zone[:3]}:{zone[3:5]}）",
        }


def turns_of(answers: Sequence[Answer], choices: Choices) -> list[Turn]:
    """Return the turns of a conversation that was answered by these choices."""
    return [
        Turn(answer, choices if number == len(answers) else choices.lasting) for number, answer in enumerate(answers, 1)
    ]


def footnote_of(citation: Citation) -> tuple[str, str]:
    """Return what a footnote is of: what has the same reference in the same document has one footnote, in whatever turn."""
    return citation.document.id, citation.reference


def numbers_itself(outline: Outline) -> bool:
    """Return whether a list's items begin with labels of their own (一是), so that they need no second number."""
    return any(item.label for item in outline.items)


class Passages:
    """The passages that were written so far: one that an earlier turn has is not written again."""

    def __init__(self) -> None:
        self._turns: dict[tuple[str, int, int], int] = {}

    def seen(self, citation: Citation, turn: int) -> str | None:
        """Return where a citation's passage was written before this turn, in words; None where it is to be written."""
        first = self._turns.setdefault((citation.document.id, citation.start, citation.end), turn)
        return f"原文见第{first}问。" if first < turn else None


def source(document: Document) -> str:
    """Return a document as an entry of the list of sources: by GB/T 7714-2015, then that it lapsed, and its file."""
    return f"{in_a_list(document)}{'【已失效】' if document.lapsed else ''} 文件：{document.file}"


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that are not blank, without the blanks around them."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def legible(text: str) -> str:
    """Return a text with each character that a file could not hold, such as control characters, as �."""
    return _ILLEGIBLE.sub("\ufffd", text)


def _read_as(turn: Turn) -> Mapping[str, str]:
    """Return how a question was read, as names and words (查了: 招商、改革), without what does not apply."""
    answer, choices = turn.answer, turn.choices
    found = (*answer.citations, *answer.related)
    titles = {citation.document.id: f"《{citation.document.title}》" for citation in found}
    words: Mapping[str, Sequence[str]] = {
        "查了": [term.text for term in answer.terms if term.origin == "asked" and term.found],
        "承接上文": [term.text for term in answer.terms if term.origin == "carried"],
        "按近义词也查了": [term.text for term in answer.terms if term.origin == "synonym" and term.found],
        "近义词": () if choices.synonyms else ["没有用"],
        "没有查": sorted(choices.without),
        "材料里没有": answer.absent,
        "只看": [titles.get(identity, identity) for identity in choices.within.documents],
        "范围": choices.within.said,
        "只查": [f"{name.text}（{name.documents} 份）" for name in answer.named if name.documents],
        "没有载入": [name.meaning for name in answer.named if not name.documents],
        "优先": answer.preferred if turn.shown else (),
        "今年": () if answer.year is None else [f"按{answer.year}年理解"],
    }
    return {name: "、".join(given) for name, given in words.items() if given}
