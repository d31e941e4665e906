"""A question set and an engine in, figures of how good the answers are out; the same as the black-box evaluator's."""

import json
import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from service.answering.answer import Answer, Citation, Quote
from service.engine import Engine
from service.errors import EvalError

_LONGEST_CITATION = 400
_LIMIT = 10
_SHARED = 10
_BORDER = "。！？!?；;：:，,\n”’」』）)》"
_MEDIANS = ("chars", "cited")
_BY_KIND = ("hit@1", "hit@3", "coverage@5", "quoted", "silent")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a set: its evidence (none when the corpus has no answer), the files it may stand in, its kind."""

    case: str
    question: str
    history: tuple[str, ...]
    evidence: tuple[str, ...]
    files: tuple[str, ...]
    kind: str


@dataclass(slots=True)
class Judged:
    """The figures of one set by group of questions, each a list of values, and the turns that were not right."""

    figures: dict[str, dict[str, list[float]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    misses: list[tuple[Turn, int, Answer]] = field(default_factory=list)
    ranks: dict[str, int] = field(default_factory=dict)

    def summary(self) -> dict[str, dict[str, float]]:
        """Return per group its number of questions ``n`` and each figure: a share, or a median length in characters."""
        return {group: {"n": _count(tally), **_summed(tally)} for group, tally in self.figures.items()}


def read_set(path: Path) -> list[Turn]:
    """Return the questions of a JSON-lines set, the turns of a conversation one after the other.

    :raises EvalError: if the file cannot be read, naming the line
    """
    turns: list[Turn] = []
    try:
        # Not splitlines: it also ends a line where JSON has none, at U+2028 in a question.
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvalError(f"{path}：读不了题集（{error}）") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            turns += _turns(json.loads(line))
        except json.JSONDecodeError as error:
            raise EvalError(f"{path} 第 {number} 行：不是 JSON（第 {error.colno} 个字符处）") from None
        except ValueError as error:
            raise EvalError(f"{path} 第 {number} 行：{error}") from None
    if not turns:
        raise EvalError(f"{path}：里面没有题目")
    return turns


def _turns(case: Any) -> Iterator[Turn]:
    """Yield the questions of a line of a set.

    :raises ValueError: saying what is wrong with it
    """
    if not isinstance(case, dict) or "id" not in case:
        raise ValueError("应为带 id 的题目")
    turns = case.get("turns", [case])
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise ValueError("turns 应为题目的列表")
    history: tuple[str, ...] = ()
    for number, turn in enumerate(turns):
        question, files, evidence = turn.get("question"), turn.get("doc") or [], turn.get("evidence") or []
        if not isinstance(question, str):
            raise ValueError("question 应为文字")
        files = [files] if isinstance(files, str) else files
        if not (_are_texts(files) and _are_texts(evidence)) or (evidence and not files):
            raise ValueError("evidence 应为原文的列表，并用 doc 写明出自哪个文件")
        yield Turn(
            case=f"{case['id']}.{number + 1}" if "turns" in case else str(case["id"]),
            question=question,
            history=history,
            evidence=tuple(evidence),
            files=tuple(files),
            kind=str(
                turn.get("kind") or ("turn 1" if number == 0 else "topic switch" if turn.get("switch") else "follow-up")
            ),
        )
        history = (*history, question)


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) and value.strip() for value in values)


def judge(engine: Engine, turns: Iterable[Turn]) -> Judged:
    """Ask each question, ten citations each, and return the figures."""
    judged = Judged()
    for turn in turns:
        answer = engine.ask(turn.question, turn.history, limit=_LIMIT)
        form = judged.figures["form"]
        _judge_form(answer, form)
        form["cited"] += [float(len(_squeeze(citation.text))) for citation in answer.citations]
        if not turn.evidence:
            judged.figures["unanswerable"]["abstained"].append(answer.status == "not_found")
            if answer.status != "not_found":
                judged.misses.append((turn, -1, answer))
            continue
        tally = judged.figures["all"]
        rank = _judge_content(answer, turn, tally)
        judged.ranks[turn.case] = rank
        for figure in _BY_KIND:
            judged.figures[turn.kind][figure].append(tally[figure][-1])
        if rank != 1:
            judged.misses.append((turn, rank, answer))
    return judged


# -- what must hold of every answer ----------------------------------------------------------------------------------


def _judge_form(answer: Answer, tally: dict[str, list[float]]) -> None:
    numbers = {citation.number: citation for citation in answer.citations}
    for citation in (*answer.citations, *answer.related):
        tally["faithful"].append(citation.document.text[citation.start : citation.end] == citation.text)
        for start, end in (*citation.quotes, *citation.matches):
            tally["faithful"].append(citation.start <= start < end <= citation.end)
    spans = list(answer.quotes)
    if answer.outline is not None:
        spans += [answer.outline.lead] if answer.outline.lead else []
        spans += [item.quote for item in answer.outline.items]
    tally["faithful"] += [quote.citation in numbers for quote in spans]
    tally["whole"] += [_is_whole(quote) for quote in answer.quotes]
    if answer.status == "not_found":
        tally["consistent"].append(not answer.quotes and not answer.citations)
    else:
        tally["consistent"].append(bool(answer.quotes and answer.citations) and not answer.related)
    tally["distinct"].append(
        not any(_overlap(a, b) for i, a in enumerate(answer.citations) for b in answer.citations[i + 1 :])
    )


def _is_whole(quote: Quote) -> bool:
    text = quote.document.text
    before, after = text[: quote.start].rstrip(" \u3000"), text[quote.end :].lstrip(" \u3000")
    begins = not before or before[-1] in _BORDER or text[quote.start - 1].isspace()
    return begins and (not after or after[0] == "\n" or quote.text.rstrip()[-1:] in tuple(_BORDER))


def _overlap(a: Citation, b: Citation) -> bool:
    return a.document.id == b.document.id and a.start < b.end and b.start < a.end


# -- what a set asks for ---------------------------------------------------------------------------------------------


def _judge_content(answer: Answer, turn: Turn, tally: dict[str, list[float]]) -> int:
    """Add an answer's figures; return the rank of the first citation that holds evidence, 0 for none in ten."""
    wanted = [_squeeze(evidence) for evidence in turn.evidence]
    right = {_stem(file) for file in turn.files}
    texts = [_squeeze(c.text) if _stem(c.document.file) in right else "" for c in answer.citations]
    texts = [text if len(text) <= _LONGEST_CITATION else "" for text in texts]
    rank = next((place for place, text in enumerate(texts[:_LIMIT], 1) if any(e in text for e in wanted)), 0)
    spoken = _joined(answer.quotes)
    length = len(spoken.replace("\0", ""))
    parts = [_squeeze(s) for q in answer.quotes for s in re.findall(r"[^。！？!?；;\n]+[。！？!?；;]*", q.text)]
    useful = sum(len(part) for part in parts if any(_shares(part, e) for e in wanted))
    tally["hit@1"].append(rank == 1)
    tally["hit@3"].append(1 <= rank <= 3)
    tally["mrr"].append(1 / rank if rank else 0.0)
    tally["coverage@5"].append(sum(any(e in text for text in texts[:5]) for e in wanted) / len(wanted))
    tally["quoted"].append(sum(e in spoken for e in wanted) / len(wanted))
    tally["focus"].append(useful / length if length else 0.0)
    tally["chars"].append(length)
    tally["silent"].append(answer.status == "not_found")
    return rank


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _stem(file: str) -> str:
    return re.sub(r"\.[A-Za-z0-9]{1,5}$", "", file).rsplit("/", 1)[-1]


def _shares(sentence: str, evidence: str) -> bool:
    if evidence in sentence or sentence in evidence:
        return True
    return any(evidence[i : i + _SHARED] in sentence for i in range(len(evidence) - _SHARED + 1))


def _joined(quotes: Sequence[Quote]) -> str:
    """Return what the answer says; quotes that do not adjoin in their document are kept apart by a NUL."""
    parts: list[str] = []
    last: tuple[int, int] | None = None
    for quote in quotes:
        parts += [] if last == (quote.citation, quote.start) else ["\0"]
        parts.append(quote.text)
        last = (quote.citation, quote.end)
    return _squeeze("".join(parts))


def _count(tally: Mapping[str, Sequence[float]]) -> int:
    return len(tally["hit@1"]) if "hit@1" in tally else max(map(len, tally.values()))


def _summed(tally: Mapping[str, Sequence[float]]) -> dict[str, float]:
    return {
        figure: float(statistics.median(values)) if figure in _MEDIANS else statistics.fmean(values)
        for figure, values in tally.items()
        if values
    }


def table(summary: Mapping[str, Mapping[str, float]]) -> str:
    """Return the figures as lines of text, one group each: all, the kinds by name, unanswerable, form."""
    last = ("unanswerable", "form")
    groups = [g for g in ("all",) if g in summary]
    groups += sorted(g for g in summary if g not in (*groups, *last))
    groups += [g for g in last if g in summary]
    return "\n".join(_line(group, summary[group]) for group in groups)


def _line(group: str, figures: Mapping[str, float]) -> str:
    shown = [f"{k} {v:.0f}" if k in _MEDIANS else f"{k} {v:.3f}" for k, v in figures.items() if k != "n"]
    return f"{group:16s} n={figures['n']:<4.0f} " + "  ".join(shown)
