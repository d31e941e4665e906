"""The architecture as a check that runs: imports point one way, and each third party has one home."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import requires
from pathlib import Path

import pytest

import service

PACKAGE = Path(service.__file__).parent

# From the top down. A room may import from the rooms of the lines below its own, not from those beside it.
ORDER = (
    {"__main__"},
    {"cli"},
    {"serving"},
    {"listening"},
    {"web", "evaluation"},
    {"keeping"},
    {"export", "terminal", "watching", "logs"},
    {"engine"},
    {"answering"},
    {"index"},
    {"passages"},
    {"corpus", "language"},
    {"settings"},
    {"limits", "tokens", "deadline"},
    {"errors", "baton"},
)

# Where a third party may be imported, and nowhere else.
HOMES = {
    "docx": "export",
    "filelock": "index",
    "flask": "web",
    "jieba": "language",
    "limits": "web",
    "lxml": "corpus",
    "numba": "index",
    "numpy": "index",
    "opencc": "language",
    "openpyxl": "corpus",
    "prometheus_client": "web",
    "pypdfium2": "corpus",
    "pypinyin": "language",
    "rank_bm25": "index",
    "rjieba": "language",
    "tqdm": "watching",
    "waitress": "listening",
    "watchfiles": "keeping",
}
# What is imported by another name than it is installed by.
IMPORTED_AS = {"python_docx": "docx"}
# These come with flask and have its home.
WITH_FLASK = {"itsdangerous", "jinja2", "markupsafe", "werkzeug"}


def modules() -> dict[str, ast.Module]:
    """Return the syntax tree of each module of the package by its dotted name; a package goes by its own name."""
    trees = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        trees[name] = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    return trees


MODULES = modules()


def imports(name: str) -> Iterator[str]:
    """Yield the dotted names a module imports, wherever in it; for a name out of one of our modules, that module."""
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name}, line {node.lineno}: a relative import; write the whole name"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES else node.module


def room(name: str) -> str:
    """Return the part of the package a module belongs to: service.index.okapi is in index; the package itself is ""."""
    return name.removeprefix("service").lstrip(".").partition(".")[0]


def below(upper: str) -> set[str]:
    level = next(number for number, rooms in enumerate(ORDER) if upper in rooms)
    return {upper}.union(*ORDER[level + 1 :])


def is_ours(name: str) -> bool:
    return name.partition(".")[0] == "service"


def third_parties(name: str) -> set[str]:
    tops = {imported.partition(".")[0] for imported in imports(name) if not is_ours(imported)}
    return tops - sys.stdlib_module_names


def test_every_room_has_its_place_in_the_order() -> None:
    assert {room(name) for name in MODULES} - {""} == set().union(*ORDER)


@pytest.mark.parametrize("name", [name for name in MODULES if room(name)])
def test_imports_point_one_way(name: str) -> None:
    # "" is the package itself, which `import service` alone names.
    reached = {room(imported) for imported in imports(name) if is_ours(imported)} - {""}
    assert reached <= below(room(name)), f"{name} reaches up or sideways"


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {name: {imported for imported in imports(name) if imported in MODULES} - {name} for name in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


@pytest.mark.parametrize("name", list(MODULES))
def test_each_third_party_has_one_home(name: str) -> None:
    homeless = {
        party for party in third_parties(name) if HOMES["flask" if party in WITH_FLASK else party] != room(name)
    }
    assert not homeless, f"{name} imports {homeless}"


def test_what_is_imported_is_what_is_declared() -> None:
    imported = set().union(*map(third_parties, MODULES)) - WITH_FLASK
    # What an extra brings is declared too.
    declared = {line.partition(">")[0].lower().replace("-", "_") for line in requires("youju") or ()}
    assert imported == {IMPORTED_AS.get(name, name) for name in declared} == set(HOMES)


def test_the_package_itself_imports_nothing() -> None:
    assert list(imports("service")) == []


@pytest.mark.parametrize("library", ["flask", "werkzeug", "waitress", "prometheus_client"])
def test_the_engine_works_without_the_web(library: str) -> None:
    script = f"import sys; sys.modules[{library!r}] = None; import service.engine"
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", list(MODULES))
def test_a_module_opens_with_one_sentence(name: str) -> None:
    docstring = ast.get_docstring(MODULES[name])
    assert docstring, f"{name} has no docstring"
    first, *rest = docstring.splitlines()
    assert first.endswith((".", "。")), f"{name}: the first line is not a whole sentence: {first}"
    assert not rest or not rest[0], f"{name}: a blank line after the first sentence is missing"
    assert not re.search(r"\. [A-Z]", first), f"{name}: one sentence, please: {first}"
