"""A Corpus in, questions to begin with out: made from its headings, so that they can be answered from it."""

from collections.abc import Iterator
from itertools import chain, zip_longest

from service.answering.asking import About, question_of_heading, side_of, topic_of
from service.corpus.document import Document
from service.passages.corpus import Corpus
from service.passages.structure import Structure

MOST_EXAMPLES = 6
# Enough documents to choose from; a start page must not walk the headings of a thousand.
_DOCUMENTS = 24


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
    topic = topic_of(document.title)
    for _, node in structure.sections():
        heading = document.text[node.head.start : node.head.end]
        about = About(side_of((heading,), document.title), len(node.children) > 1, topic=topic)
        if question := question_of_heading(heading, about):
            yield question
