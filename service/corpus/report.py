"""What became of every file of the corpus folders: read, or left out and why."""

from dataclasses import dataclass

from service.corpus.document import Document

# Where more of a document's visible characters are left over, a person should see what they say.
_MUCH = 0.03


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: its documents (none when it was left out), how it was read, and what is to be said about it."""

    file: str
    documents: tuple[Document, ...] = ()
    encoding: str | None = None
    left_out: str | None = None
    warnings: tuple[str, ...] = ()


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
        return [file for file in self.files if file.left_out is not None]


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
    return len("".join(text.split()))
