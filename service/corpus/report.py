"""What became of every file of the corpus folders: read, or left out and why."""

from dataclasses import dataclass

from service.corpus.document import Document


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
