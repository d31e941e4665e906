"""The package in, every regular expression of it out, with how it is used and texts that it finds hard."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import _lru_cache_wrapper
from itertools import pairwise
from pathlib import Path
from random import Random
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any, NamedTuple, get_type_hints

import service

# From any place on, from the beginning on, as a whole.
_METHODS = {"fullmatch": "fullmatch", "match": "match"}
# What documents and questions are full of, whatever a pattern names.
_USUAL = " \t\n。，、：；（）()《》一十第0123年月日aZ的在中县会议工作字-."
# Of what is no sample, so many are tried: all of them find no more, and take minutes.
_MOST = 30


class Used(NamedTuple):
    """A pattern, where it stands, and the methods that it is used by: ``finditer`` where it is looked for everywhere."""

    pattern: re.Pattern[str]
    where: str
    methods: frozenset[str]


def modules() -> list[ModuleType]:
    names = {found.name for found in pkgutil.walk_packages(service.__path__, "service.")}
    # The one runs as it is imported, the other may be imported only once it is told where to keep what it compiles.
    return [importlib.import_module(name) for name in sorted(names - {"service.__main__", "service.index.compiled"})]


def patterns() -> list[Used]:
    """Return all patterns that stand in a module, alone or in a table, and all that are written where they are used."""
    found: dict[tuple[str, int], Used] = {}

    def add(pattern: re.Pattern[str], where: str, methods: frozenset[str]) -> None:
        if isinstance(pattern.pattern, str):
            key = (pattern.pattern, pattern.flags)
            before = found[key].methods if key in found else frozenset()
            found[key] = Used(pattern, where, before | methods)

    loaded = modules()
    trees = {module.__name__: ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")) for module in loaded}
    by_name: dict[str, set[str]] = {}
    for name, tree in trees.items():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Attribute)):
            # Of one that is compiled when it is first used, what compiles it: _given().search
            asked = call.value.func if isinstance(call.value, ast.Call) else call.value
            called = asked.id if isinstance(asked, ast.Name) else asked.attr if isinstance(asked, ast.Attribute) else ""
            by_name.setdefault(called, set()).add(_METHODS.get(call.attr, "finditer"))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "re" and call.args:
                written = call.args[0]
                if isinstance(written, ast.Constant) and isinstance(written.value, str) and call.func.attr != "escape":
                    method = _METHODS.get(call.func.attr, "finditer")
                    if call.func.attr != "compile":
                        add(re.compile(written.value), f"{name}:{call.lineno}", frozenset({method}))
    for module in loaded:
        for name, stored in vars(module).items():
            value = stored() if _compiles(stored) else stored
            for pattern in _inside(value, 3):
                # One of a table is used by the name that it is taken out under.
                alone = pattern is value and name in by_name
                add(pattern, f"{module.__name__}.{name}", frozenset(by_name[name] if alone else {"finditer"}))
    return sorted(found.values(), key=lambda used: used.where)


def _compiles(value: object) -> bool:
    """Return whether something is a function that compiles a pattern when it is first called."""
    return isinstance(value, _lru_cache_wrapper) and get_type_hints(value) == {"return": re.Pattern[str]}


def _inside(value: object, depth: int) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth:
        parts: Any = ()
        if isinstance(value, Mapping):
            parts = (*value.keys(), *value.values())
        elif isinstance(value, (tuple, list, set, frozenset)):
            parts = value
        elif is_dataclass(value) and not isinstance(value, type):
            parts = [getattr(value, field.name) for field in fields(value)]
        for part in parts:
            yield from _inside(part, depth - 1)


def hard_texts(pattern: re.Pattern[str]) -> list[str]:
    """Return what is to be repeated: what the pattern matches, parts of that, and the characters it is made of."""
    chance = Random(0)
    tree = parser.parse(pattern.pattern, pattern.flags)
    samples = {_sample(tree, chance, times) for times in (0, 1, 1, 1, 2, 2) for _ in range(4)} - {""}
    characters = sorted({character for sample in samples for character in sample} | set(_USUAL))
    parts = {sample[:end] for sample in samples for end in {1, 2, len(sample) // 2, len(sample) - 1} if end > 0}
    chance.shuffle(characters)
    pairs = {a + b for a, b in pairwise(characters)}
    others = sorted(parts | set(characters) | pairs)
    return sorted(samples) + chance.sample(others, min(_MOST, len(others)))


def _sample(tree: Any, chance: Random, times: int) -> str:
    """Return a text that a pattern matches, or nearly: what it looks at beside is taken for a part of it."""
    return "".join(_of(kind, argument, chance, times) for kind, argument in tree)


def _of(kind: Any, argument: Any, chance: Random, times: int) -> str:
    if kind is kinds.LITERAL:
        return chr(argument)
    if kind in (kinds.NOT_LITERAL, kinds.ANY):
        return chance.choice("字 a")
    if kind is kinds.IN:
        return _one_of(argument, chance)
    if kind is kinds.BRANCH:
        return _sample(chance.choice(argument[1]), chance, times)
    if kind is kinds.SUBPATTERN:
        return _sample(argument[3], chance, times)
    if kind is kinds.ATOMIC_GROUP:
        return _sample(argument, chance, times)
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
        low, high, part = argument
        return "".join(_sample(part, chance, times) for _ in range(min(low + times, int(high))))
    if kind is kinds.ASSERT:
        return _sample(argument[1], chance, times)
    return ""


def _one_of(choices: Any, chance: Random) -> str:
    kind, argument = chance.choice(choices)
    if choices[0][0] is kinds.NEGATE:
        return chance.choice("字a1 ")
    if kind is kinds.LITERAL:
        return chr(argument)
    if kind is kinds.RANGE:
        return chr(chance.randint(*argument))
    return {
        kinds.CATEGORY_DIGIT: "1",
        kinds.CATEGORY_SPACE: " ",
        kinds.CATEGORY_WORD: "字",
        kinds.CATEGORY_NOT_SPACE: "字",
        kinds.CATEGORY_NOT_DIGIT: "字",
        kinds.CATEGORY_NOT_WORD: "。",
    }[argument]
