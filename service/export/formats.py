"""The files a Record can be taken away as: what each is called, and what writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from service.export.json import as_json
from service.export.markdown import as_markdown
from service.export.record import Record


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what people call it, its media type, and what turns a record into its bytes."""

    called: str
    media_type: str
    write: Callable[[Record], bytes]


def _as_word(record: Record) -> bytes:
    # python-docx and lxml take a tenth of a second and some megabytes, which only those pay who want Word.
    from service.export.word import as_word

    return as_word(record)


# By what the names of such files end with.
FORMATS = {
    "docx": Format("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _as_word),
    "md": Format("Markdown", "text/markdown", as_markdown),
    "json": Format("JSON", "application/json", as_json),
}
