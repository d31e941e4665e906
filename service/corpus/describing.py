"""A document's text and the names of its file and folders in, what it says of itself out."""

import re
from collections.abc import Sequence

from service.corpus import front
from service.corpus.dates import dates
from service.corpus.description import Description
from service.corpus.document import Leftover
from service.corpus.issuing import issuer
from service.corpus.kinds import kind
from service.corpus.leftovers import OF_OTHERS, outside, visible_lines
from service.corpus.places import place
from service.corpus.signing import signature
from service.corpus.speaking import given

# Behind a label without a value, what follows is the next label or a button.
_SOURCE = re.compile(
    r"来源\s?[:：]\s*((?!打印|收藏|下载|分享|关闭)(?:(?!(?:发布|发表|更新)?(?:时间|日期)\s?[:：])[^\s:：|｜丨│【】\[\]［］]){2,30}+(?!\s?[:：]))?"
)


def described_by(
    text: str, furniture: Sequence[Leftover], names: Sequence[str], title: str | None = None
) -> Description:
    """Return what a document says of itself, in its head and tail and by the names of its folders and, last, its file.

    Unknown stays None: no rule guesses. ``title`` is the one that is given, if one is.
    """
    lines = list(visible_lines(text))
    everything = [text[line.start : line.end] for line in lines]
    words = [text[line.start : line.end] for line in outside(lines, furniture)]
    page = [text[left.start : left.end] for left in furniture if left.rule not in OF_OTHERS]
    found = front.titled(words, names[-1])
    title = title or found.title
    signed, by = signature(words), given(words, title)
    told = kind(title, words)
    of = place(title, signed.issuer if signed else None, by.occasion, names, words)
    when = dates(words, page, signed, by, title, names[-1])
    return Description(
        title=title,
        subtitle=found.subtitle,
        date=when.date,
        published=when.published,
        source=_source(page),
        effective=when.effective,
        expires=when.expires,
        issuer=issuer(signed, title, names[-1], of, told),
        speaker=by.speaker,
        occasion=by.occasion,
        place=of,
        kind=told,
        number=front.number(everything, title),
        lapsed=front.lapsed(words, (title, *names)),
    )


def _source(page: Sequence[str]) -> str | None:
    """Return where a page had its text from, as stands behind 来源 or, where nothing does, in its next line."""
    for number, line in enumerate(page):
        if found := _SOURCE.search(line):
            following = page[number + 1] if number + 1 < len(page) and found.end() == len(line) else ""
            return found[1] or (following if following and not re.search("[:：]", following) else None)
    return None
