"""A question and the lists shown before it in, the items it asks about out: by number, by their words, or what is open."""

import re
from collections.abc import Sequence

from service.answering import detail, years
from service.answering.answered import Answered
from service.answering.leaning import COMPARES, DETAILS, MORE, matters, not_of_remedy
from service.answering.ordinals import Picked, picked
from service.answering.question import Question, Word
from service.answering.trouble import asks_remedy
from service.language.matching import stands_in
from service.language.nouns import is_noun

# All items of a list: 各自怎么落实, 逐条展开.
_EACH = re.compile(r"它们|各[自占是有]|各[条项点]|分别|逐[条一个项]|每[一1]?[个条点项]|这(?:些|几|\d)")
# 物流那条为什么要紧 names an item by what stands before 那条.
_THAT_ITEM = re.compile(r"(.+?)的?[那这][一1]?(?:个?方面|个?[点条项]|个|种|类|件|步|块)")
# What is done next stands elsewhere.
_LATER = re.compile("下一?步|接下来|今后|以后|将来|后续|后来|随后|然后")


def items_of(question: Question, own: Sequence[Word], before: Answered) -> Picked | None:
    """Return the items that a question asks about: by number, by the words of their heads, or the one that is open."""
    form = question.form.strip()
    if (by_number := picked(form, before.lists)) is not None:
        # After another answer 第一条 may be of what was not shown as a list: the item has to have what is asked of it.
        texts = [before.lists[by_number.level].texts[item] for item in by_number.items]
        held = all(any(stands_in(word.text, text) for text in texts) for word in matters(question))
        return by_number if before.recent or held else None
    if asks_remedy(form) and not not_of_remedy(own):
        # 怎么解决, when an item was opened, asks of that item.
        return before.item if before.item is not None and before.lists[before.item.level].trouble else None
    if years.are_in(form) or _LATER.search(form):
        return None
    if (
        before.recent
        and _EACH.search(form)
        and not any(is_noun(w.text) for w in matters(question))
        and not asks_remedy(form)
    ):
        level = len(before.lists) - 1
        if before.item is None or before.item.level < level:
            return Picked(level, tuple(range(len(before.lists[level].heads))), "", "")
    return _by_head(question, before) or _still_open(question, own, before)


def _by_head(question: Question, before: Answered) -> Picked | None:
    """Return the item that alone has what is asked about in its head (物流那条呢), of the list last answered from."""
    subject = _THAT_ITEM.match(question.form.strip())
    about = [word for word in matters(question) if subject is None or word.text in subject[1]]
    if not about or question.kind in DETAILS:
        return None
    for level, known in reversed(list(enumerate(before.lists))):
        if before.near is None or known.enumeration.document != before.near.document:
            continue
        holding = [{n for n, head in enumerate(known.heads) if stands_in(word.text, head)} for word in about]
        if len(common := set.intersection(*holding)) == 1:
            return Picked(level, tuple(common), "", "")
        if COMPARES.search(question.form) and all(len(heads) == 1 for heads in holding):
            return Picked(level, tuple(sorted(set.union(*holding))), "", "")
    return None


def _still_open(question: Question, own: Sequence[Word], before: Answered) -> Picked | None:
    """Return the item that is open, where it has all that is asked about (举个例子, 为什么)."""
    if before.item is None or MORE.search(question.form):
        return None
    text = before.lists[before.item.level].texts[before.item.items[0]]
    wanted = detail.wanted(question.kind, question.form)
    if wanted is not None and not wanted.search(text):
        return None
    asked = [word for word in own if question.kind not in DETAILS or is_noun(word.text)]
    return before.item if all(stands_in(word.text, text) for word in asked) else None
