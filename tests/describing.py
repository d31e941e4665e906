"""Prints what the service reads of SHARED's corpus beside the text: how many of the hand-made descriptions it finds, how
many of what it says is wrong, and how much of the corpus each rule leaves over.

usage: describing.py [--shared DIR] [--misses]
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from service.corpus.document import Document
from service.corpus.documents import read_folders

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "tests" / "unit" / "corpus" / "described.tsv"
FIELDS = ("title", "date", "place", "kind", "number", "issuer")


class Share(NamedTuple):
    """Of how many documents a field is as the table has it, how many say something else, and how many nothing where it does."""

    right: int
    wrong: int
    silent: int


def described(table: Path = TABLE) -> dict[str, dict[str, str | None]]:
    """Return what the table says of each file, None for what the file does not tell."""
    rows = [
        line.split("\t") for line in table.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")
    ]
    return {
        file: dict(zip(FIELDS, (None if value == "-" else value for value in values), strict=True))
        for file, *values in rows
    }


def shares(table: Mapping[str, Mapping[str, str | None]], documents: Mapping[str, Document]) -> dict[str, Share]:
    """Return how many of the table's files are described as it says, by field."""
    found = {}
    for field in FIELDS:
        pairs = [(said[field], getattr(documents[file], field)) for file, said in table.items()]
        right = sum(has == wanted for wanted, has in pairs)
        silent = sum(has is None is not wanted for wanted, has in pairs)
        found[field] = Share(right, len(pairs) - right - silent, silent)
    return found


def left_over(documents: Iterable[Document]) -> tuple[Counter[str], int]:
    """Return the visible characters that each rule leaves over, and those of all documents."""
    by_rule: Counter[str] = Counter()
    every = 0
    for document in documents:
        every += _visible(document.text)
        for left in document.leftovers:
            by_rule[left.rule] += _visible(document.text[left.start : left.end])
    return by_rule, every


def _visible(text: str) -> int:
    return sum(not character.isspace() for character in text)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--misses", action="store_true", help="name what differs from the table, too")
    options = parser.parse_args(arguments)
    corpus = options.shared / "corpus"
    documents = {document.file: document for document in read_folders([corpus]).documents}
    table = described()
    print(f"{len(table)} files described by hand")
    for field, share in shares(table, documents).items():
        print(f"{field:8} {share.right / len(table):.3f} right, {share.wrong} wrong, {share.silent} silent")
        for file, said in table.items() if options.misses else ():
            if (has := getattr(documents[file], field)) != said[field]:
                print(f"    {file}: {said[field]} | {has}")
    by_rule, every = left_over(documents.values())
    print(f"\nleft over of {every} characters in {len(documents)} documents")
    for rule, count in by_rule.most_common():
        print(f"{rule} {count} ({count / every:.4%})")


if __name__ == "__main__":
    main()
