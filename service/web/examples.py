"""A Corpus in, questions to begin with out: made from its headings, so that they can be answered from it."""

import re
from collections.abc import Iterator
from itertools import chain, zip_longest

from service.corpus.document import Document
from service.passages.corpus import Corpus
from service.passages.structure import Structure

MOST_EXAMPLES = 6
# Enough documents to choose from; a start page must not walk the headings of a thousand.
_DOCUMENTS = 24
_LABEL = re.compile(
    r"[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．是]\s*|第[\d一二三四五六七八九十百]{1,4}[编章节条]\s*"
)
_ADVERB = re.compile(r"(?:要|始终|不断|全面|着力|切实|持续|深入|大力|进一步|扎实|坚决|更加)+")
# What official headings begin with when they say what is done, and end with when they announce a list.
_DOING = re.compile(
    r"推进|推动|优化|加强|加快|提升|提高|壮大|拓宽|增强|建设|解决|抓|促|突出|深化|完善|落实|打造|培育|发展|保障(?!房)|改善|扩大|做好|统筹|强化|实施|健全|构建|夯实|破解|防范"
)
_LISTING = re.compile(r"(?:问题|不足|短板|措施|举措|成效|成果|成绩|任务|目标|经验|做法|要求)$")
_ABOUT = re.compile(r"关于|有关|针对|聚焦|聚力|围绕|直面")


def example_questions(corpus: Corpus) -> list[str]:
    """Return up to six different questions, the documents taking turns; few or none where headings say too little."""
    per_document = [
        _questions(document, structure)
        for document, structure in zip(corpus.documents[:_DOCUMENTS], corpus.structures[:_DOCUMENTS], strict=True)
    ]
    found: dict[str, None] = {}
    for question in filter(None, chain.from_iterable(zip_longest(*per_document))):
        found[question] = None
        if len(found) == MOST_EXAMPLES:
            break
    return list(found)


def _questions(document: Document, structure: Structure) -> Iterator[str]:
    for _, node in structure.sections():
        question = _question(document.text[node.head.start : node.head.end])
        if question:
            yield question


def _question(heading: str) -> str | None:
    """Return the question a heading answers, or None where none comes out that a person would ask."""
    words = _LABEL.sub("", heading, count=1)
    first = re.split(r"[，,。；;：:\s]", words, maxsplit=1)[0]
    core = first[found.end() :] if (found := _ADVERB.match(first)) else first
    if not 6 <= len(core) <= 18 or "*" in core:
        return None
    if _LISTING.search(core) and not _ABOUT.match(core):
        return f"{core}有哪些？"
    return f"怎么{core}？" if _DOING.match(core) else None
