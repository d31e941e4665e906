"""A text in, its boilerplate out: wordings that any official text may have, as 以…为指导, 稳中求进, 奋力开创."""

import re
from functools import cache

from service.language import wordlists


def wordings(text: str) -> frozenset[str]:
    """Return the different wordings of boilerplate in a text."""
    return frozenset(_boilerplate().findall(text))


@cache
def _boilerplate() -> re.Pattern[str]:
    return re.compile("|".join(wordlists.lines("service.answering", "boilerplate.txt")))
