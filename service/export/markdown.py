"""A Record in, Markdown out: what the turns say with a footnote for each citation, the passages behind it, the sources."""

from collections.abc import Iterator, Mapping
from itertools import count

from service.answering.answer import Answer
from service.answering.referencing import in_markdown, markdown_escaped
from service.export.record import Record, legible, lines_of, source


def as_markdown(record: Record) -> bytes:
    """Return a record as CommonMark in UTF-8, with the footnotes ([^1]) that GitHub, Typora, Obsidian and pandoc read.

    Each citation has one footnote, numbered through all turns; where there are addresses it is a link to the place.
    """
    return ("\n\n".join(_blocks(record)) + "\n").encode()


def _blocks(record: Record) -> Iterator[str]:
    several = len(record.turns) > 1
    free, notes = count(1), list[str]()
    yield f"# {_line(record.title)}"
    for turn in record.turns:
        numbers = {citation.number: next(free) for citation in turn.shown}
        if several:
            yield f"## {_line(turn.answer.question)}"
        yield from _said(turn.answer, numbers)
        if turn.shown:
            yield f"{'###' if several else '##'} {turn.heading}"
        for citation in turn.shown:
            passage = "\n>\n".join(f"> {_text(line)}" for line in lines_of(citation.text))
            yield f"{passage}[^{numbers[citation.number]}]"
            notes.append(f"[^{numbers[citation.number]}]: {legible(in_markdown(citation, record.url_of))}。")
    if record.documents:
        yield "## 引用的材料"
        yield "\n".join(f"{number}. {_line(source(d))}" for number, d in enumerate(record.documents, 1))
    yield "## 查询说明"
    for words in (*record.queries, record.about):
        yield "\n".join(f"- {name}：{_line(said)}" for name, said in words.items())
    if notes:
        yield "\n".join(notes)


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
        # What continues an item is indented as far as its text.
        yield "\n".join(f"{n}. " + item.replace("\n", f"\n{' ' * len(f'{n}. ')}") for n, item in enumerate(items, 1))


def _text(text: str) -> str:
    r"""Return a text in which lines stay lines (\ before their end)."""
    return "\\\n".join(markdown_escaped(line) for line in lines_of(legible(text)))


def _line(text: str) -> str:
    """Return a text in one line."""
    return markdown_escaped(" ".join(legible(text).split()))
