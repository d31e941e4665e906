"""Arrays in a file: what was written is what is read, and nothing else is read at all."""

import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from service.errors import DamagedIndex
from service.index.columns import Columns, joined, write

ARRAYS = {
    "numbers": np.arange(7, dtype=np.int32),
    "rows": np.arange(6, dtype=np.int64).reshape(3, 2),
    "nothing": np.empty((0, 4), np.uint16),
    "bytes": np.frombuffer("招商".encode(), np.uint8),
    "one": np.array([0.5]),
}
SAID = {"of": "几个数组", "files": [None, True, 3]}


@pytest.mark.parametrize("mapped", [True, False])
def test_what_was_written_is_read(mapped: bool, tmp_path: Path) -> None:
    write(tmp_path / "file", ARRAYS, SAID)
    held = Columns(tmp_path / "file", mapped=mapped)
    assert held.said == SAID
    assert list(held) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert (held[name].dtype, held[name].shape) == (array.dtype, array.shape)
        np.testing.assert_array_equal(held[name], array)
        assert not held[name].flags.writeable


def test_what_is_written_anew_leaves_alone_who_reads_the_old(tmp_path: Path) -> None:
    write(tmp_path / "file", ARRAYS, SAID)
    old = Columns(tmp_path / "file")
    write(tmp_path / "file", {"numbers": np.zeros(2)}, {})
    assert old["numbers"].tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert Columns(tmp_path / "file")["numbers"].tolist() == [0.0, 0.0]
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_file_in_which_any_byte_is_another_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write(path, {"numbers": np.arange(9, dtype=np.int16)}, {"of": "x"})
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        with pytest.raises(DamagedIndex) as error:
            Columns(path)
        assert str(error.value).startswith(str(path))


@pytest.mark.parametrize("content", [b"", b"youju", b"\0" * 4096, b"PK\x03\x04" * 200])
def test_a_file_that_is_none_of_ours_is_damaged(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(DamagedIndex):
        Columns(tmp_path / "file")


def test_a_file_that_was_cut_off_anywhere_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write(path, ARRAYS, SAID)
    whole = path.read_bytes()
    for length in range(0, len(whole), 37):
        path.write_bytes(whole[:length])
        with pytest.raises(DamagedIndex):
            Columns(path)


def test_where_there_is_no_room_the_old_file_stays_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write(path, ARRAYS, SAID)
    program = (
        "import numpy, pathlib, sys; from service.index.columns import write\n"
        "try: write(pathlib.Path(sys.argv[1]), {'many': numpy.zeros(1_000_000)}, {})\n"
        "except OSError as error: print(error.strerror)"
    )
    limit = 100_000
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "File too large\n"
    assert Columns(path).said == SAID
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_columns_that_point_into_others_still_do_when_parts_are_joined() -> None:
    parts = [
        {"letters": np.frombuffer(b"abc", np.uint8), "words": np.array([[0, 1], [1, 3]])},
        {"letters": np.frombuffer(b"", np.uint8), "words": np.empty((0, 2), np.int64)},
        {"letters": np.frombuffer(b"de", np.uint8), "words": np.array([[0, 2]])},
    ]
    together = joined(parts, {"words": "letters"})
    letters = together["letters"].tobytes()
    assert [letters[begin:end] for begin, end in together["words"].tolist()] == [b"a", b"bc", b"de"]
