"""The lines of a text in, those that are the numbers of its pages out."""

import re
from collections.abc import Sequence

RULE = "页码"
_PLAIN = re.compile(r"\d{1,4}")
_MARKED = re.compile(r"[—–\-－]{1,2}\s*\d{1,4}\s*[—–\-－]{1,2}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?")
_ENDS = re.compile(r"[。！？；：.!?;:]$")
# Fewer lines than that on a page, and the numbers are those of a table or a list.
_SHORTEST_PAGE = 4
_FEWEST = 3
_SHORTEST_LINE = 12


def numbers(words: Sequence[str]) -> dict[int, str]:
    """Return the lines that are page numbers, each with the rule that names it.

    A number with dashes or 页 is one wherever it stands. A bare one is where it goes on with the last one, pages apart,
    and at least half of them stand within a sentence that a page's end broke.
    """
    found = {number: RULE for number, line in enumerate(words) if _MARKED.fullmatch(line)}
    pages: list[int] = []
    for number, line in enumerate(words):
        if not _PLAIN.fullmatch(line):
            continue
        if pages and int(line) == int(words[pages[-1]]) + 1 and number - pages[-1] > _SHORTEST_PAGE:
            pages.append(number)
        elif len(pages) < _FEWEST and line in "123":
            pages = [number]
    within = sum(_breaks_sentence(words, number) for number in pages)
    return found | dict.fromkeys(pages, RULE) if len(pages) >= _FEWEST and 2 * within >= len(pages) else found


def _breaks_sentence(words: Sequence[str], number: int) -> bool:
    """Return whether the line before one ends no sentence and is long enough to be part of one."""
    before = words[number - 1] if number else ""
    return len(before) >= _SHORTEST_LINE and not _ENDS.search(before) and not before[-1].isdigit()
