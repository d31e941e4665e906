"""A file's bytes in, what becomes of it out: its Documents, and what is to be said of them.

Apart from the folder it lies in, for whoever opens an index that is whole needs none of what reads.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from service.corpus.described import FILE_NAME
from service.corpus.describing import described_by
from service.corpus.description import Description
from service.corpus.document import Document, Dropped, Heading
from service.corpus.folder import Found, bytes_of, document_id, list_folders
from service.corpus.leftovers import leftovers
from service.corpus.readers import Reading, read
from service.corpus.report import FileReport, Report, much_left_over
from service.errors import UnreadableFile


def read_folders(folders: Sequence[Path]) -> Report:
    """Read every file under the folders, in the order of their paths; a file that cannot be read is named, not raised.

    :raises NoCorpus: if a folder is not there
    """
    listing = list_folders(folders)
    return Report(tuple(map(read_file, listing.files)), listing.warnings)


def read_file(found: Found) -> FileReport:
    """Return what becomes of a file: its documents, or why it is left out."""
    try:
        return read_bytes(found, bytes_of(found))
    except UnreadableFile as error:
        return FileReport(found.file, left_out=str(error))


def read_bytes(found: Found, content: bytes) -> FileReport:
    """Return what becomes of a file that holds these bytes; they and ``found``, but for its path, are all it depends on."""
    try:
        reading = read(content, found.suffix, found.bounds)
    except UnreadableFile as error:
        return FileReport(found.file, left_out=str(error))
    documents, warnings = _documents(found, reading)
    warnings += filter(None, map(much_left_over, documents))
    return FileReport(
        found.file,
        tuple(documents),
        reading.encoding,
        warnings=(*reading.warnings, *warnings),
        dropped=_together(reading.dropped),
    )


def _together(dropped: Sequence[Dropped]) -> tuple[Dropped, ...]:
    """Return the lines of one kind together: of a web page there may be a hundred, and they stay in memory."""
    lines: dict[str, list[str]] = {}
    for one in dropped:
        lines.setdefault(one.rule, []).append(one.words)
    return tuple(Dropped(rule, "\n".join(words)) for rule, words in lines.items())


def _documents(file: Found, reading: Reading) -> tuple[list[Document], list[str]]:
    """Return the documents of a file's text, one per part whose first words stand in it, and what was not found."""
    text = reading.text
    found, warnings = [(0, 1, file.parts[0])], []
    for number, part in enumerate(file.parts[1:], 2):
        at = text.find(part.begins or "", found[-1][0] + 1)
        if at < 0:
            warnings.append(f"{FILE_NAME}: 找不到另一篇的开头“{part.begins}”")
        else:
            found.append((at, number, part))
    ends = [*(start for start, _, _ in found[1:]), len(text)]
    return [
        _document(file, number, _part(reading, start, end), part)
        for (start, number, part), end in zip(found, ends, strict=True)
    ], warnings


def _part(reading: Reading, start: int, end: int) -> Reading:
    """Return what a reading says of [start, end) of its text; of the first part that includes title and date."""
    return replace(
        reading,
        text=reading.text[start:end],
        headings=tuple(Heading(h.start - start, h.level) for h in reading.headings if start <= h.start < end),
        # Pages before the part stay, with nothing on them, so that the others keep their numbers.
        pages=tuple(max(page - start, 0) for page in reading.pages if page < end),
        title=None if start else reading.title,
        date=None if start else reading.date,
    )


def _document(file: Found, number: int, reading: Reading, said: Description) -> Document:
    text = reading.text
    furniture = leftovers(text)
    *above, name = file.names
    stem = name if number == 1 else f"{name}（{number}）"
    # What the file's format names as its title; what it names as its day is that on which it was made public.
    own = described_by(text, furniture, (*above, stem), said.title or reading.title)
    told = said.over(Description(published=own.published or reading.date, date=own.date or reading.date).over(own))
    return Document(
        id=document_id(file.key, number),
        file=file.file,
        title=told.title or stem,
        text=text,
        date=told.date,
        issuer=told.issuer,
        kind=told.kind,
        leftovers=tuple(furniture),
        lapsed=bool(told.lapsed),
        number=told.number,
        subtitle=told.subtitle,
        published=told.published,
        effective=told.effective,
        expires=told.expires,
        speaker=told.speaker,
        occasion=told.occasion,
        place=told.place,
        source=told.source,
        headings=reading.headings,
        pages=reading.pages,
    )
