"""Nobody fills the memory by asking: whatever grows with questions is known, and bounded."""

import functools
import gc
import inspect
import random
from collections.abc import Callable, Iterator, Sized
from pathlib import Path

from flask.testing import FlaskClient

from service.engine import Engine
from service.index.okapi import _Kept as KeptGroups
from service.language.folding import _Folded
from service.language.kept import Kept
from service.language.packed import _ByInitial
from service.language.words import _Weights
from service.settings import Settings, shipped
from service.web.app import create_app

SettingsOf = Callable[[Path], Settings]
# Each with the test that holds its bound.
BOUNDED = (
    Kept,  # language/test_kept.py
    _Folded,  # language/test_folding.py
    KeptGroups,  # below
    _ByInitial,  # language/test_packed.py
    _Weights,  # one for each frequency that a word of the dictionary has
)
# Kept by what is set, or by the name of a file, never by what is asked.
OF_SETTINGS = {"loaded", "lines", "code"}
# Of so many questions, each grows what is not bounded by at least one.
ASKED = 120


def hostile(seed: int) -> Iterator[str]:
    """Questions without end that share no word: characters of all of Unicode, long runs of letters and of digits."""
    chance = random.Random(seed)
    while True:
        rare = "".join(
            chr(chance.choice((0x4E00, 0x3400, 0x20000, 0xAC00)) + chance.randrange(0x1800)) for _ in range(30)
        )
        letters = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=100))
        yield f"{rare}{letters}{chance.getrandbits(200)}招商"


def sizes() -> dict[int, tuple[Sized, int]]:
    """Every container there is, by its identity, with what it holds."""
    gc.collect()
    return {id(it): (it, len(it)) for it in gc.get_objects() if isinstance(it, dict | list | set)}


def caches_there() -> "list[functools._lru_cache_wrapper[object]]":
    return [it for it in gc.get_objects() if isinstance(it, functools._lru_cache_wrapper)]


def ask(client: FlaskClient, questions: Iterator[str]) -> None:
    for number, question in zip(range(ASKED), questions, strict=False):
        if number % 3:
            client.post("/api/v1/ask", json={"question": question, "history": ["招商引资怎么样"]})
        else:
            client.get("/", query_string={"q": question, "without": question[:20], "places": question[30:40]})


def test_no_container_grows_with_questions_but_those_that_are_bounded(seeds: Engine, settings_of: SettingsOf) -> None:
    client = create_app(seeds, settings_of(shipped("seeds"))).test_client()
    questions = hostile(1)
    # What is made once is made then.
    ask(client, questions)
    before = sizes()
    ask(client, questions)
    after = sizes()
    # Where the caches of functions keep what they found; each has an end, as the next test sees.
    within = {id(held) for cache in caches_there() for held in gc.get_referents(cache)}
    grown = [
        (type(container), length, size)
        for key, (container, length) in before.items()
        if key in after
        and key not in within
        and (size := after[key][1]) - length >= ASKED / 4
        and not isinstance(container, BOUNDED)
    ]
    assert grown == []


def test_every_cache_of_a_function_has_an_end() -> None:
    """One without an end may be kept of a function that is told nothing, or by what is set."""
    caches = caches_there()
    ours = [it for it in caches if getattr(it.__wrapped__, "__module__", "").startswith("service")]
    assert len(ours) > 5
    endless = {
        it.__wrapped__.__name__
        for it in ours
        if it.cache_parameters()["maxsize"] is None and inspect.signature(it.__wrapped__).parameters
    }
    assert endless <= OF_SETTINGS


def test_what_a_search_keeps_of_terms_has_an_end_and_holds_nothing_that_stands_nowhere(seeds: Engine) -> None:
    index = seeds.loaded.shelf.passages
    kept = index._groups
    assert isinstance(kept, KeptGroups)
    for _, question in zip(range(20), hostile(2), strict=False):
        seeds.ask(question)
    longest = max(len(group[0].term) for group in kept)
    assert 0 < longest <= 40
