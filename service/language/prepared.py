"""What is worked out of word lists in, the same kept in a folder out, where it is read in a tenth of the time."""

import hashlib
import marshal
import os
from collections.abc import Callable
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar, cast
from zlib import crc32

# Made of nothing but what marshal keeps: numbers, strings, tuples, lists, dictionaries and sets.
Plain = TypeVar("Plain")


def prepared(folder: Path, name: str, of: str, make: Callable[[], Plain]) -> Plain:
    """Return what is kept under a name in the folder, if it was made ``of`` the same; else make it, and keep it there."""
    try:
        return cast(Plain, _kept((folder / name).read_bytes(), of))
    except (OSError, ValueError):
        made = make()
        # Where it cannot be written, it is made again at the next start.
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            keep(folder, name, of, made)
        return made


def written_by(*modules: str) -> str:
    """Return what changes when one of these modules does: what it makes of the same may be something else then."""
    told = hashlib.blake2b(digest_size=16)
    for module in modules:
        told.update(resources.files("service.language").joinpath(module).read_bytes())
    return told.hexdigest()


def keep(folder: Path, name: str, of: str, value: Any) -> None:
    """Write a value that was made ``of`` something.

    :raises OSError: if there is no room, or the folder cannot be written; what stood there stays
    """
    content = marshal.dumps(value)
    beside = folder / f"{name}.{os.getpid()}.new"
    try:
        beside.write_bytes(_mark(content, of) + content)
        beside.replace(folder / name)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _kept(raw: bytes, of: str) -> object:
    """Return what was kept.

    :raises ValueError: if these are not the bytes that were written, or were made of something else
    """
    mark, end, content = raw.partition(b"\n")
    if mark + end != _mark(content, of):
        raise ValueError
    return marshal.loads(content)


def _mark(content: bytes, of: str) -> bytes:
    """Return the line that stands before what is kept, which no other content has."""
    return f"youju {of} {len(content)} {crc32(content)}\n".encode()
