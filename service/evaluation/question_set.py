"""A JSON-lines file in, the questions of a set out."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.errors import EvalError

UNANSWERABLE = "unanswerable"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a set: its evidence, the files that may stand in, its kind.

    Without evidence the corpus has no answer, and the kind is "unanswerable".
    """

    case: str
    question: str
    history: tuple[str, ...]
    evidence: tuple[str, ...]
    files: tuple[str, ...]
    kind: str


def read_sets(paths: Iterable[Path]) -> dict[str, list[Turn]]:
    """Return the questions of each set by the name of its file, which is what a saved run knows it by.

    :raises EvalError: if a file cannot be read, naming the line, or two files have one name
    """
    sets: dict[str, tuple[Path, list[Turn]]] = {}
    for path in paths:
        if path.name in sets:
            raise EvalError(
                f"{sets[path.name][0]} 和 {path}：两个题集同名，结果按文件名区分；请给其中一个改名，或分两次运行"
            )
        sets[path.name] = path, read_set(path)
    return {name: turns for name, (_, turns) in sets.items()}


def read_set(path: Path) -> list[Turn]:
    """Return the questions of a JSON-lines set, the turns of a conversation one after the other.

    :raises EvalError: if the file cannot be read, naming the line
    """
    turns: list[Turn] = []
    places: dict[str, int] = {}
    try:
        # Not splitlines: it also ends a line where JSON has none, at U+2028 in a question.
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvalError(f"{path}：读不了题集（{error}）") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            for turn in _turns(json.loads(line)):
                if turn.case in places:
                    raise ValueError(f"id {turn.case} 与第 {places[turn.case]} 行的重复")
                places[turn.case] = number
                turns.append(turn)
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
            kind=str(turn.get("kind") or _turn_kind(number, turn)) if evidence else UNANSWERABLE,
        )
        history = (*history, question)


def _turn_kind(number: int, turn: Mapping[str, object]) -> str:
    if number == 0:
        return "turn 1"
    return "topic switch" if turn.get("switch") else "follow-up"


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) and value.strip() for value in values)
