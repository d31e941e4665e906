"""What was judged or compared in, lines for a terminal out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from service.answering.answer import Answer, QuestionTerm, Status
from service.evaluation.comparison import Change, ComparedSet, Comparison, Figure, Measure, Moved
from service.evaluation.judging import MEDIANS, Figures, Judgement
from service.evaluation.question_set import UNANSWERABLE
from service.evaluation.run import Outcome
from service.terminal import clipped, columns, printable, wrapped

_CUT = 40
_MINUS = "−"
_TITLES: dict[Measure, str] = {
    "hit@1": "第一条引文答对",
    "hit@3": "前三条引文答对",
    "quoted": "引出的原文（+ 更多，− 更少）",
    "answered": "有答案的题（+ 新答，− 新沉默）",
    "abstained": "无答案的题（+ 新沉默，− 新答）",
}


def figure_lines(figures: Figures) -> Iterator[str]:
    """Yield a line for each group: all, the kinds by name, unanswerable, form."""
    for group in sorted(figures, key=_place):
        named = figures[group]
        shown = [f"{k} {v:.0f}" if k in MEDIANS else f"{k} {v:.3f}" for k, v in named.items() if k != "n"]
        yield printable(f"{group:16s} n={named['n']:<4.0f} " + "  ".join(shown))


def _place(group: str) -> tuple[int, str]:
    return {"all": 0, UNANSWERABLE: 2, "form": 3}.get(group, 1), group


def miss_lines(misses: Sequence[Judgement]) -> Iterator[str]:
    """Yield for each miss its question, the words searched, what was quoted first and what was wanted."""
    yield ""
    yield f"没有答对的题：{len(misses)}"
    for miss in misses:
        yield ""
        yield from map(printable, _miss(miss))


def _miss(miss: Judgement) -> Iterator[str]:
    turn, answer = miss.turn, miss.answer
    yield f"{turn.case}  {turn.kind}  {_rank(miss.rank, answer.status)}  {turn.question}"
    if turn.history:
        yield from wrapped(" › ".join(turn.history), "    上文：")
    yield from wrapped(_words(answer.terms), "    查了：")
    yield from wrapped(_said(answer), "    先引：")
    if not turn.evidence:
        yield "    应为：不作答，材料里没有"
        return
    more = f" 等 {len(turn.evidence)} 处" if len(turn.evidence) > 1 else ""
    yield from wrapped(f"{'、'.join(turn.files)}  {clipped(turn.evidence[0], _CUT)}{more}", "    应引：")


def _rank(rank: int | None, status: Status) -> str:
    if status == "not_found":
        return "未答"
    if rank is None:
        return "不该答而答"
    return f"第{rank}条" if rank else "十条未中"


def _words(terms: Iterable[QuestionTerm]) -> str:
    """Return the words asked, carried and added; those found nowhere are marked ✗."""
    labels = {"asked": "", "carried": "承接上文 ", "synonym": "近义 "}
    parts = []
    for origin, label in labels.items():
        words = [term.text if term.found else f"{term.text}✗" for term in terms if term.origin == origin]
        if words:
            parts.append(label + "、".join(words))
    return "；".join(parts) or "没有可查的词"


def _said(answer: Answer) -> str:
    if not answer.quotes:
        return "无"
    first = answer.quotes[0]
    return f"{first.document.file}  {clipped(first.text, _CUT)}"


def comparison_lines(comparison: Comparison, name: str) -> Iterator[str]:
    """Yield what changed since the run saved in the file of this name: set by set the figures, then the questions."""
    yield from map(printable, _comparison(comparison, name))


def _comparison(comparison: Comparison, name: str) -> Iterator[str]:
    then, now = comparison.then, comparison.now
    yield f"与 {name} 相比（{then.time:%Y-%m-%d %H:%M} 存下）"
    if then.corpus != now.corpus:
        yield f"注意：材料变了，当时是版本 {then.corpus}，现在是 {now.corpus}；下面的差别不全是程序的"
    if comparison.only_then:
        yield f"这次没有检验、无从比较的题集：{'、'.join(comparison.only_then)}"
    if comparison.only_now:
        yield f"当时没有检验、无从比较的题集：{'、'.join(comparison.only_now)}"
    for compared in comparison.sets:
        yield ""
        yield f"# {compared.name}：当时 → 现在"
        yield from _figures(compared.figures)
        yield from _unpaired(compared)
        if compared.moved:
            yield ""
        for moved in compared.moved:
            yield from _moved(moved)


def _figures(groups: Mapping[str, Sequence[Figure]]) -> Iterator[str]:
    """Yield the figures that changed, group by group, and name those that did not."""
    same = []
    for group in sorted(groups, key=_place):
        # The n of form counts checks, not questions: it changes with every answer.
        figures = [figure for figure in groups[group] if (group, figure.name) != ("form", "n")]
        changed = [figure for figure in figures if _shown(figure, figure.then) != _shown(figure, figure.now)]
        if not changed:
            same.append(group)
            continue
        for number, figure in enumerate(changed):
            then, now = _shown(figure, figure.then), _shown(figure, figure.now)
            line = f"{'' if number else group:16s} {figure.name:11s} {then:>5s} → {now:>5s}  {_difference(figure)}"
            yield line.rstrip()
        if kept := [figure.name for figure in figures if figure not in changed and figure.name != "n"]:
            yield f"{'':16s} 不变：{'、'.join(kept)}"
    if same:
        yield from wrapped("、".join(same), f"{'不变':14s} ")


def _shown(figure: Figure, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:g}" if figure.name in (*MEDIANS, "n") else f"{value:.3f}"


def _difference(figure: Figure) -> str:
    if figure.then is None or figure.now is None:
        return ""
    difference = figure.now - figure.then
    return f"{'+' if difference > 0 else _MINUS}{_shown(figure, abs(difference))}"


def _unpaired(compared: ComparedSet) -> Iterator[str]:
    if not compared.only_then and not compared.only_now:
        return
    yield ""
    yield f"两次都有的题 {compared.both} 道，下面只比这些；上面的数值各按当次的全部题目计算"
    for title, outcomes in (("只在当时有的题", compared.only_then), ("只在现在有的题", compared.only_now)):
        if outcomes:
            yield f"{title}：{len(outcomes)}"
            yield from _rows([("   ", outcome.id, outcome.kind, outcome.question) for outcome in outcomes])


def _moved(moved: Moved) -> Iterator[str]:
    yield f"{_TITLES[moved.measure]}：+{len(moved.gained)} {_MINUS}{len(moved.lost)}"
    rows = [_row("  +", change, moved.measure) for change in moved.gained]
    rows += [_row(f"  {_MINUS}", change, moved.measure) for change in moved.lost]
    yield from _rows(rows)


def _row(sign: str, change: Change, measure: Measure) -> tuple[str, ...]:
    then, now = change.then, change.now
    moved = f"{_rank(then.rank, then.status)} → {_rank(now.rank, now.status)}"
    if measure == "quoted":
        moved += f"，{_share(then)} → {_share(now)}"
    return sign, now.id, now.kind, moved, now.question


def _share(outcome: Outcome) -> str:
    return f"{outcome.quoted or 0:.0%}"


def _rows(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield rows as lines; every column but the last is as wide as its widest cell."""
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    for *cells, last in rows:
        padded = [cell + " " * (width - columns(cell)) for cell, width in zip(cells, widths, strict=False)]
        yield "  ".join((*padded, last))
