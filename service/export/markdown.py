"""A Record in, Markdown out: what the turns say with a footnote for each citation, the passages behind it, the sources."""

from collections.abc import Iterator, Mapping

from service.answering.answer import Answer
from service.answering.referencing import in_markdown, markdown_escaped
from service.export.record import Passages, Record, footnote_of, legible, lines_of, numbers_itself, source


def as_markdown(record: Record) -> bytes:
    """Return a record as CommonMark in UTF-8, with the footnotes ([^1]) that GitHub, Typora, Obsidian and pandoc read.

    Each reference has one footnote, numbered through all turns; where there are addresses it is a link to the place.
    """
    return ("\n\n".join(_blocks(record)) + "\n").encode()


def _blocks(record: Record) -> Iterator[str]:
    several = len(record.turns) > 1
    notes, passages = dict[tuple[str, str], str](), Passages()
    yield f"# {_line(record.title)}"
    for at, turn in enumerate(record.turns, 1):
        for citation in turn.shown:
            notes.setdefault(footnote_of(citation), f"{legible(in_markdown(citation, record.url_of))}。")
        numbered = {footnote: number for number, footnote in enumerate(notes, 1)}
        numbers = {citation.number: numbered[footnote_of(citation)] for citation in turn.shown}
        if several:
            yield f"## {_line(turn.answer.question)}"
        yield from _said(turn.answer, numbers)
        if turn.shown:
            yield f"{'###' if several else '##'} {turn.heading}"
        for citation in turn.shown:
            passage = "\n>\n".join(f"> {_text(line)}" for line in lines_of(citation.text))
            yield f"{passages.seen(citation, at) or passage}[^{numbers[citation.number]}]"
    if record.documents:
        yield f"## {record.heading}"
        yield "\n".join(f"{number}. {_line(source(d))}" for number, d in enumerate(record.documents, 1))
    yield "## 查询说明"
    for words in (*record.queries, record.about):
        yield "\n".join(f"- {name}：{_line(said)}" for name, said in words.items())
    if notes:
        yield "\n".join(f"[^{number}]: {note}" for number, note in enumerate(notes.values(), 1))


def _said(answer: Answer, numbers: Mapping[int, int]) -> Iterator[str]:
    """Yield what a turn says: its sentences, or its list, each with its footnote, or that nothing was found."""
    if answer.status == "not_found":
        yield from map(_line, answer.verdict)
    elif answer.outline is None:
        for quote in answer.quotes:
            yield f"{_text(quote.text)}[^{numbers[quote.citation]}]"
    else:
        lead = answer.outline.lead
        if lead is not None:
            yield f"{_text(lead.text)}[^{numbers[lead.citation]}]"
        items = [f"{_text(item.quote.text)}[^{numbers[item.quote.citation]}]" for item in answer.outline.items]
        marks = ["- " if numbers_itself(answer.outline) else f"{n}. " for n in range(1, len(items) + 1)]
        # What continues an item is indented as far as its text.
        indented = (item.replace("\n", f"\n{' ' * len(mark)}") for mark, item in zip(marks, items, strict=True))
        yield "\n".join(map("".join, zip(marks, indented, strict=True)))


def _text(text: str) -> str:
    r"""Return a text in which lines stay lines (\ before their end)."""
    return "\\\n".join(markdown_escaped(line) for line in lines_of(legible(text)))


def _line(text: str) -> str:
    """Return a text in one line."""
    return markdown_escaped(" ".join(legible(text).split()))
