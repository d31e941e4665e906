"""Judged sets in, a saved run out, and a saved run read again."""

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from service.answering.answer import Status
from service.errors import EvalError
from service.evaluation.judging import Figures, Judged, Judgement

_FORMAT = "youju eval"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question in a run; rank and quoted as in a Judgement."""

    id: str
    question: str
    kind: str
    rank: int | None
    quoted: float | None
    status: Status


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """The figures of a set in a run, and what became of each of its questions, in its order."""

    figures: Figures
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Sets judged at a time, by the names of their files, and the version of the corpus that was asked."""

    time: datetime
    corpus: str
    sets: Mapping[str, JudgedSet]


def judged_set(judged: Judged) -> JudgedSet:
    """Return what a run keeps of a judged set."""
    return JudgedSet(judged.figures, tuple(map(_outcome, judged.judgements)))


def _outcome(judgement: Judgement) -> Outcome:
    turn = judgement.turn
    return Outcome(turn.case, turn.question, turn.kind, judgement.rank, judgement.quoted, judgement.answer.status)


def write_run(run: Run, path: Path) -> None:
    """Write a run as JSON: beside its place, and then renamed, so that a write that fails leaves what was there.

    :raises EvalError: if it cannot be written there
    """
    text = json.dumps(
        {
            "format": _FORMAT,
            "version": _VERSION,
            "time": run.time.isoformat(timespec="seconds"),
            "corpus": run.corpus,
            "sets": {
                name: {"figures": judged.figures, "questions": [asdict(outcome) for outcome in judged.outcomes]}
                for name, judged in run.sets.items()
            },
        },
        ensure_ascii=False,
        indent=1,
    )
    # What a link leads to is replaced, not the link. (Path.resolve and Path.exists may raise, these never do.)
    place = Path(os.path.realpath(path))
    if os.path.exists(place) and not os.path.isfile(place):
        # A folder, or a device: renaming would put a file in the place of /dev/null.
        raise EvalError(f"{path}：不是普通文件，不能存在这里；请用 --save 另指一个文件")
    beside = place.with_name(f"{place.name}.{os.getpid()}.new")
    try:
        # surrogatepass, here and in reading: a set may hold half of a character, as \ud800.
        beside.write_bytes(f"{text}\n".encode("utf-8", "surrogatepass"))
        beside.replace(place)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise EvalError(
            f"{path}：存不下（{error.strerror}）；请检查文件夹是否存在、可写，或用 --save 另指一处"
        ) from None


def read_run(path: Path) -> Run:
    """Return the run that was saved in a file.

    :raises EvalError: if the file cannot be read, or holds no saved run, or one of another format version
    """
    try:
        value = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
    except OSError as error:
        raise EvalError(f"{path}：读不了（{error.strerror}）；--against 应指明先前用 --save 存下的文件") from None
    except (ValueError, RecursionError):
        # Neither UTF-8 nor JSON, or nested without end.
        value = None
    match value:
        case {"format": str(form), "version": int(version)} if form == _FORMAT and version != _VERSION:
            raise EvalError(
                f"{path}：是第 {version} 版格式的结果，这里只认第 {_VERSION} 版；请用这一版程序的 --save 重新存一次再比较"
            )
        case {
            "format": str(form),
            "version": int(),
            "time": str(time),
            "corpus": str(corpus),
            "sets": dict(sets),
        } if form == _FORMAT:
            try:
                return Run(datetime.fromisoformat(time), corpus, {name: _read_set(part) for name, part in sets.items()})
            except ValueError:
                pass
    raise EvalError(f"{path}：不是存下的检验结果；--against 应指明先前用 --save 存下的文件")


def _read_set(value: object) -> JudgedSet:
    match value:
        case {"figures": dict(groups), "questions": list(questions)}:
            figures = {group: _read_figures(part) for group, part in groups.items()}
            return JudgedSet(figures, tuple(map(_read_outcome, questions)))
    raise ValueError("no set")


def _read_figures(value: object) -> dict[str, float]:
    match value:
        case dict(figures) if _are_numbers(figures.values()):
            return figures
    raise ValueError("no figures")


def _are_numbers(values: Iterable[object]) -> bool:
    return all(isinstance(value, int | float) for value in values)


def _read_outcome(value: object) -> Outcome:
    match value:
        case {
            "id": str(case),
            "question": str(question),
            "kind": str(kind),
            "rank": None as rank,
            "quoted": None as quoted,
            "status": "answered" | "not_found" as status,
        } | {
            "id": str(case),
            "question": str(question),
            "kind": str(kind),
            "rank": int(rank),
            "quoted": int(quoted) | float(quoted),
            "status": "answered" | "not_found" as status,
        }:
            return Outcome(case, question, kind, rank, quoted, status)
    raise ValueError("no outcome")
