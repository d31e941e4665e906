"""What became of every file of the corpus folders: read, or left out and why."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from service.corpus.document import Document, Dropped

# Where more of a document's visible characters are left over, a person should see what they say.
_MUCH = 0.03
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[\s\d第页共/／,，·.—–－-]+")


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

    ``left_out`` is why, or what it is where it is no document at all. ``dropped`` is what its format tells apart from the text,
    the lines of one kind together.
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
        says what they are; of page numbers the first stands for all."""
        found: dict[str, Counter[str]] = {}
        for document in self.documents:
            for left in document.leftovers:
                found.setdefault(left.rule, Counter())[document.text[left.start : left.end]] += 1
        for rule, words in self.dropped:
            first: dict[str, str] = {}
            for line in words.split("\n"):
                number = _DIGITS.sub("", line) if _PAGE_NUMBER.fullmatch(line) else None
                alike = line if number is None else first.setdefault(number, line)
                found.setdefault(rule, Counter())[alike] += 1
        return found

    @property
    def characters_not_counted(self) -> int:
        """Return how many visible characters these lines have."""
        left = sum(_visible(d.text[one.start : one.end]) for d in self.documents for one in d.leftovers)
        return left + sum(_visible(one.words) for one in self.dropped)

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


def much_left_over(document: Document) -> str | None:
    """Return a warning with the text that is left over, by rule, where it is more than 3 % of a document; else None."""
    if not document.leftovers:
        return None
    said: dict[str, list[str]] = {}
    for left in document.leftovers:
        said.setdefault(left.rule, []).append(document.text[left.start : left.end])
    share = _visible("".join(map("".join, said.values()))) / max(1, _visible(document.text))
    if share <= _MUCH:
        return None
    return f"不算正文的文字占 {share:.0%}——" + "；".join(f"{rule}：{' / '.join(lines)}" for rule, lines in said.items())


def _visible(text: str) -> int:
    return sum(map(len, text.split()))
