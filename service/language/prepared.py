"""jieba's dictionary in, ready to be asked out: its prepared form is kept in a folder, where it is read in a tenth of the time."""

import logging
import marshal
import os
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from zlib import crc32

import jieba

NAME = "jieba.cache"


@cache
def dictionary(folder: Path) -> jieba.Tokenizer:
    """Return jieba with its dictionary loaded, its prepared form kept in the folder; one for all analysers of a folder.

    jieba itself would keep it in the shared temporary folder, where anyone may put another file in its place, and would take
    a file of which a bit has turned for what it wrote: words would then be cut otherwise, and nobody would be told.
    """
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    try:
        tokenizer.FREQ, tokenizer.total = _kept((folder / NAME).read_bytes())
    except (OSError, ValueError):
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        # Where it cannot be written, it is prepared again at the next start.
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            keep(folder, tokenizer.FREQ, tokenizer.total)
    tokenizer.initialized = True
    return tokenizer


def keep(folder: Path, frequencies: dict[str, int], total: int) -> None:
    """Write how often words, and 0 for what words begin with, stand in all of ``total``.

    :raises OSError: if there is no room, or the folder cannot be written; what stood there stays
    """
    content = marshal.dumps((frequencies, total))
    beside = folder / f"{NAME}.{os.getpid()}.new"
    try:
        beside.write_bytes(_mark(content) + content)
        beside.replace(folder / NAME)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _kept(raw: bytes) -> tuple[dict[str, int], int]:
    """Return what was kept.

    :raises ValueError: if these are not the bytes that were written, or were written by another jieba
    """
    mark, end, content = raw.partition(b"\n")
    if mark + end != _mark(content):
        raise ValueError
    frequencies, total = marshal.loads(content)
    return frequencies, total


def _mark(content: bytes) -> bytes:
    """Return the line that stands before what is kept, which no other content has."""
    return f"youju jieba {version('jieba')} {len(content)} {crc32(content)}\n".encode()
