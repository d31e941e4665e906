"""Named arrays in, one file of them out, and arrays again from it, read where they lie."""

import json
import math
import mmap
import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, BinaryIO
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from service.errors import DamagedIndex

Array = NDArray[Any]

_MAGIC = b"youju columns 1\n"
# Behind it stand, in twelve digits each, the checksum of all that follows and the length of the header.
_DIGITS = b"%012d"
_CHECKED = len(_MAGIC) + 12
_BEGIN = _CHECKED + 12
# Where arrays begin, in bytes: no number of any kind lies across two lines of the processor's cache.
_ALIGNED = 64
_CHUNK = 1 << 24
# What the name of a file ends in while it is written.
UNFINISHED = ".new"


def write(path: Path, columns: Mapping[str, Array], said: Mapping[str, Any], *, lasting: bool = True) -> None:
    """Write arrays, and what is ``said`` of them as far as JSON can say it, to a file; what stood there is replaced at once.

    ``lasting`` is False where a file need not outlast a failing machine, for whose disk nobody has to wait then.

    :raises OSError: if there is no room, or the folder cannot be written; what stood there stays
    """
    places, at = {}, 0
    for name, array in columns.items():
        places[name] = [array.dtype.str, list(array.shape), at]
        at += -(-array.nbytes // _ALIGNED) * _ALIGNED
    header = json.dumps({"columns": places, "said": said}).encode()
    header += b" " * (-(_BEGIN + len(header)) % _ALIGNED)
    beside = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        with beside.open("wb") as file:
            header = _DIGITS % len(header) + header
            file.write(bytes(_CHECKED) + header)
            total = crc32(header)
            for array in columns.values():
                total = _write_array(file, array, total)
            # Last, so that what is not whole is none of ours.
            file.seek(0)
            file.write(_MAGIC + _DIGITS % total)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _write_array(file: BinaryIO, array: Array, total: int) -> int:
    """Write an array and what fills its last line; return the checksum so far."""
    written = np.ascontiguousarray(array).reshape(-1).view(np.uint8).data
    for begin in range(0, len(written), _CHUNK):
        part = written[begin : begin + _CHUNK]
        file.write(part)
        total = crc32(part, total)
    rest = b"\0" * (-len(written) % _ALIGNED)
    file.write(rest)
    return crc32(rest, total)


class Columns(Mapping[str, Array]):
    """The arrays of a file, and what was said of them. They are the file's own bytes: nothing is copied, and processes
    that open one file share its memory."""

    def __init__(self, path: Path, *, mapped: bool = True) -> None:
        """Open a file and check every byte of it; ``mapped`` is False where it should be read as a whole.

        :raises DamagedIndex: if it is none of ours, or not as it was written
        :raises OSError: if it is not there
        """
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size < _BEGIN:
                raise DamagedIndex(path)
            held = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if mapped else file.read())
        if held[:_CHECKED] != _MAGIC + _DIGITS % crc32(held[_CHECKED:]):
            raise DamagedIndex(path)
        length = int(bytes(held[_CHECKED:_BEGIN]))
        header = json.loads(bytes(held[_BEGIN : _BEGIN + length]))
        data = held[_BEGIN + length :]
        self.said: dict[str, Any] = header["said"]
        self._arrays = {
            name: np.frombuffer(data, kind, count=math.prod(shape), offset=at).reshape(shape)
            for name, (kind, shape, at) in header["columns"].items()
        }

    def __getitem__(self, name: str) -> Array:
        return self._arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)


def joined(parts: Sequence[Mapping[str, Array]], pointing: Mapping[str, str]) -> dict[str, Array]:
    """Return the columns of one or more parts as those of one, in order; ``pointing`` names those that hold places in
    another column, and which."""
    together: dict[str, Array] = {}
    for name, first in parts[0].items():
        if name in pointing:
            bases = accumulate((len(part[pointing[name]]) for part in parts), initial=0)
            moved = [part[name] + base for part, base in zip(parts, bases, strict=False)]
            together[name] = np.concatenate(moved, dtype=first.dtype, casting="unsafe")
        else:
            together[name] = np.concatenate([part[name] for part in parts])
    return together
