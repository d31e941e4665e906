"""Questions and an engine in, figures of how good the answers are out; the same as the black-box evaluator's."""

import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from service.answering.answer import Answer, Citation, Quote
from service.engine import Engine
from service.evaluation.question_set import UNANSWERABLE, Turn

Figures = Mapping[str, Mapping[str, float]]

# Of these the figure is a median in characters; of all others it is a share.
MEDIANS = ("chars", "cited")

_LONGEST_CITATION = 400
_LIMIT = 10
_SHARED = 10
_BORDER = "。！？!?；;：:，,\n”’」』）)》"
_BY_KIND = ("hit@1", "hit@3", "coverage@5", "quoted", "silent")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a question got: the rank of the first citation that holds evidence, and the share of its evidence quoted.

    The rank is 0 when none of ten does. Both are None for a question without evidence.
    """

    turn: Turn
    answer: Answer
    rank: int | None
    quoted: float | None

    @property
    def right(self) -> bool:
        """Return whether the first citation holds evidence, or nothing was said where the corpus has no answer."""
        return self.answer.status == "not_found" if self.rank is None else self.rank == 1


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements of a set in its order, and its figures by group of questions.

    The groups are all that have evidence, each kind of them, unanswerable, and form, which holds of every answer. A group
    has its number of questions ``n``, and each figure: a share, or one of MEDIANS, in characters.
    """

    judgements: tuple[Judgement, ...]
    figures: Figures

    @property
    def misses(self) -> list[Judgement]:
        return [judgement for judgement in self.judgements if not judgement.right]


def judge(engine: Engine, turns: Iterable[Turn]) -> Judged:
    """Ask each question, ten citations each, and return the figures."""
    groups: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    judgements: list[Judgement] = []
    for turn in turns:
        answer = engine.ask(turn.question, turn.history, limit=_LIMIT)
        form = groups["form"]
        _judge_form(answer, form)
        form["cited"] += [float(len(_squeeze(citation.text))) for citation in answer.citations]
        if not turn.evidence:
            groups[UNANSWERABLE]["abstained"].append(answer.status == "not_found")
            judgements.append(Judgement(turn, answer, None, None))
            continue
        tally = groups["all"]
        rank = _judge_content(answer, turn, tally)
        for figure in _BY_KIND:
            groups[turn.kind][figure].append(tally[figure][-1])
        judgements.append(Judgement(turn, answer, rank, tally["quoted"][-1]))
    return Judged(tuple(judgements), {group: {"n": _count(tally), **_summed(tally)} for group, tally in groups.items()})


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
        figure: float(statistics.median(values)) if figure in MEDIANS else statistics.fmean(values)
        for figure, values in tally.items()
        if values
    }
