"""What became of every file of the corpus folders: read, or left out and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from service.corpus.document import Document, Dropped

# Where more of a file's visible characters are left over, a person should see what they say.
_MUCH = 0.03


# What programs and systems put beside documents, by how its name begins; nobody would have it read.
_BESIDE = {
    "~$": "是办公软件打开文件时的临时文件",
    "~wr": "是办公软件打开文件时的临时文件",
    ".~lock.": "是办公软件打开文件时的临时文件",
    ".ds_store": "是系统自动生成的文件",
    "._": "是系统自动生成的文件",
    "__macosx": "是系统自动生成的文件",
    "thumbs.db": "是系统自动生成的文件",
    "ehthumbs.db": "是系统自动生成的文件",
    "desktop.ini": "是系统自动生成的文件",
    ".": "是隐藏文件",
}


def no_document(file: str) -> str | None:
    """Return what a file is, by its path, where it is none of the documents of its folder; None where it may be one."""
    name = PurePosixPath(file).name.lower()
    return next((f"{said}，不算材料" for begins, said in _BESIDE.items() if name.startswith(begins)), None)


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: its documents (none when it was left out), how it was read, and what is to be said about it.

    ``left_out`` is why, or what it is where it is no document at all. ``dropped`` is what its format tells apart from the text.
    """

    file: str
    documents: tuple[Document, ...] = ()
    encoding: str | None = None
    left_out: str | None = None
    warnings: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    @property
    def not_counted(self) -> Mapping[str, Mapping[str, int]]:
        """Return the lines that are in no passage and no heading, with how often each stands in the file, by the rule that
        says what they are."""
        found: dict[str, Counter[str]] = {}
        for document in self.documents:
            for left in document.leftovers:
                found.setdefault(left.rule, Counter())[document.text[left.start : left.end]] += 1
        for one in self.dropped:
            found.setdefault(one.rule, Counter())[one.words] += 1
        return found

    @property
    def is_beside(self) -> bool:
        """Return whether it is none of the documents of its folder."""
        return self.left_out is not None and no_document(self.file) is not None


@dataclass(frozen=True, slots=True)
class Report:
    """All files in reading order, and the warnings that belong to no single file."""

    files: tuple[FileReport, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def documents(self) -> list[Document]:
        return [document for file in self.files for document in file.documents]

    @property
    def left_out(self) -> list[FileReport]:
        """Return the files that a person may have wanted read."""
        return [file for file in self.files if file.left_out is not None and not file.is_beside]

    @property
    def beside(self) -> list[FileReport]:
        """Return the files that are no documents."""
        return [file for file in self.files if file.is_beside]

    @property
    def counted(self) -> str:
        """Return how many files were read and how many not, in plain words."""
        out, beside = len(self.left_out), len(self.beside)
        said = f"共 {len(self.files):,} 个文件，读入 {len(self.files) - out - beside:,} 个，未读 {out:,} 个"
        return f"{said}，不算材料 {beside:,} 个" if beside else said


def much_left_over(file: FileReport) -> str | None:
    """Return a warning with the lines that are not counted, by rule, where they are more than 3 % of a file; else None."""
    told = file.not_counted
    left = sum(_visible(line) * times for lines in told.values() for line, times in lines.items())
    dropped = sum(_visible(one.words) for one in file.dropped)
    share = left / max(1, dropped + sum(_visible(document.text) for document in file.documents))
    if share <= _MUCH:
        return None
    return f"不算正文的文字占 {share:.0%}——" + "；".join(f"{rule}：{' / '.join(lines)}" for rule, lines in told.items())


def _visible(text: str) -> int:
    return sum(map(len, text.split()))
