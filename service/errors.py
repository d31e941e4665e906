"""Everything this program raises on purpose, each with when it happens.

YoujuError
├── SettingError        a setting (option or YOUJU_* variable) has a value that cannot be used
├── CorpusError         the documents cannot be served
│   ├── NoCorpus        no folder was named and ./seeds is not there, or a named folder is missing
│   └── UnreadableFile  one file cannot be read; the report names it, and the rest goes on
├── AnalyserError       the analyser failed its own proof at start, so a search would silently miss
├── DamagedIndex        a file of the index is none of ours, or not as it was written; it is made anew
├── NotReady            a question came before the first index was built
├── TookTooLong         an answer took longer than it may, and is given up
├── EvalError           a question set or a saved run cannot be read, or a run not be saved
└── Refused             a request cannot be answered as it stands (in web/problems.py, where its answer is made)

The message of each says what, where, and what to do about it; it may be shown to a person.
"""

from pathlib import Path
from typing import NamedTuple


class YoujuError(Exception):
    """Base of all errors whose message may be shown to a person."""


class SettingError(YoujuError):
    """A setting has a value that cannot be used."""


class CorpusError(YoujuError):
    """The documents cannot be served."""


class NoCorpus(CorpusError):
    """There is no folder of documents."""


class UnreadableFile(CorpusError):
    """One file cannot be read."""


class AnalyserError(YoujuError):
    """The analyser does not find what it indexed."""


class DamagedIndex(YoujuError):
    """A file of the index is none of ours, or not as it was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: 索引文件已损坏，或不是本程序写的；将从材料重新建立")


class Progress(NamedTuple):
    """How far the reading of what is new has come: files and bytes done, of how many; passages so far."""

    files: int
    of_files: int
    bytes: int
    of_bytes: int
    passages: int


class NotReady(YoujuError):
    """The first index is still being built; ``progress`` tells how far it is, None before that is known."""

    def __init__(self, progress: Progress | None = None) -> None:
        done = f"，{progress.of_files} 个文件已读 {progress.files} 个" if progress and progress.of_files else ""
        super().__init__(f"正在建立索引{done}，请稍候片刻再问")
        self.progress = progress


class TookTooLong(YoujuError):
    """An answer took longer than it may."""

    def __init__(self) -> None:
        super().__init__("这一问用时太长，没有答完；请缩短问题、分几次问，或者限定范围再问")


class EvalError(YoujuError):
    """A question set or a saved run cannot be read, or a run not be saved."""
