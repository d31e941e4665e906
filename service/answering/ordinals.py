"""A question and the lists shown before it in, the items that it names by number, by label or by step out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.passages.enumerations import Enumeration
from service.passages.labels import number

_NUMERAL = r"(?:\d{1,3}(?!\d)|[一二三四五六七八九十两])"
_MEASURE = r"(?:个?大?方面|个(?![年月季])|点|条|项|种|类|件|步|块|招|层|句)"
_END = r"(?=[呢吗吧]|[?。!]|$)"
_AND = r"(?:[、,和与及跟到至]|以及)"
_NUMBERED = re.compile(
    rf"(?P<back>倒数)?第(?P<first>{_NUMERAL})(?P<others>(?:{_AND}第?{_NUMERAL})*)(?:一|那|1)?"
    rf"(?:(?P<measure>{_MEASURE})|{_END}|(?<=那)|(?=[和与、]第|[要是]))"
)
_SEVERAL = re.compile(
    rf"(?:(?P<front>前面?|头|开头)|最?后面?|最末|末尾?)(?:的|那|这)?(?P<count>{_NUMERAL})(?P<measure>{_MEASURE})"
)
_LAST = re.compile(rf"(?:最后|最末|末尾)(?:一|那|的|1)*(?:(?P<measure>{_MEASURE})|{_END}|(?<=那))")
_STEP = re.compile(
    rf"(?:(?P<back>上|前)|下|后|接下来)(?:面|边)?(?:的|那|这)?[一1](?!个问题)(?P<measure>(?!步|层){_MEASURE})"
)
_NEXT_TROUBLE = re.compile("下[一1]个问题")
_REST = re.compile(rf"(?:其余|剩下|剩余|余下|(?:其他|其它|另|另外)(?:那|的)?[几\d两](?={_MEASURE}))")
# (二), 2., 三 by themselves, or 三要那条: as the text labels its items.
_LABEL = re.compile(
    rf"^(?:那|再|请|先|说说|讲讲|看看|展开)*(?:\((?P<bracket>{_NUMERAL})\)|(?P<alone>{_NUMERAL})(?P<mark>[、.])?(?=呢?[?。!]*$)"
    rf"|(?P<spoken>{_NUMERAL})(?P<word>[是要])(?=[那这呢的怎具讲说展再]|[?。!]|$|[一1]?{_MEASURE}))"
)
_OUTER = re.compile("上面|外面|前面|上一层|回到|刚才|刚刚|最初|一开始|原来|大(?:方面|类|条|点|项)")
_INNER = re.compile("其中|里面?的?(?=第|最后|前|后)|里头|它的|当中")


@dataclass(frozen=True, slots=True)
class Recalled:
    """A list that was shown, as it is spoken of later: ``measures`` are the words its items were counted or named by (个,
    条), ``heads`` and ``texts`` are those of the items in readable form, ``trouble`` tells that it was asked as what is wrong.

    ``opened`` are the places of the items opened so far, in the order they were.
    """

    enumeration: Enumeration
    heads: tuple[str, ...]
    texts: tuple[str, ...]
    measures: frozenset[str] = frozenset()
    trouble: bool = False
    opened: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picked:
    """The items named, by their places in the list at ``level`` of those shown, outermost first; none where the list has
    no such item.

    ``said`` is how they were named, ``measure`` by which word.
    """

    level: int
    items: tuple[int, ...]
    said: str
    measure: str


@dataclass(frozen=True, slots=True)
class _Named:
    """One name of items: from ``first`` to ``last``, counted from 0, from the back if ``back``; or a step, or the rest."""

    said: str
    measure: str
    places: tuple[int, ...] = ()
    back: bool = False
    step: int = 0
    rest: bool = False
    style: str = ""


def picked(form: str, lists: Sequence[Recalled]) -> Picked | None:
    """Return the items that a question in readable form names, None where it names none.

    The list is the innermost whose items go by that measure word or label, else the innermost; one outside of it where the
    question says so, or only that has such an item.
    """
    names = list(_names(form))
    if not names or not lists:
        return None
    measure = names[0].measure
    said = "和".join(dict.fromkeys(name.said for name in names))
    levels = _levels(form, names[0], lists)
    for level in levels:
        items = _items(names, len(lists[level].heads), lists[level].opened)
        if items is not None:
            return Picked(level, items, said, measure)
    if any(name.step or name.rest for name in names) and not any(known.opened for known in lists):
        return None
    return Picked(levels[0], (), said, measure)


def numbered(form: str, count: int) -> Picked | None:
    """Return which of so many numbered places a question in readable form names, None where it names none by a number."""
    names = list(_names(form))
    if not names or any(name.step or name.rest for name in names):
        return None
    said = "和".join(dict.fromkeys(name.said for name in names))
    return Picked(0, _items(names, count, ()) or (), said, names[0].measure)


def measures(form: str) -> frozenset[str]:
    """Return the measure words that count items in a question in readable form: 哪5个方面, 几条."""
    return frozenset(map(_measure, re.findall(rf"[\d几哪]({_MEASURE})", form)))


def names_items(form: str) -> bool:
    """Return whether a question in readable form names items of a list by number, label or step."""
    return any(True for _ in _names(form))


def _levels(form: str, name: _Named, lists: Sequence[Recalled]) -> list[int]:
    """Return the levels of lists in the order in which one is looked for that has the items named."""
    inwards = list(range(len(lists)))
    outwards = inwards[::-1]
    if name.step or name.rest:
        return [level for level in outwards if lists[level].opened] or outwards
    if _INNER.search(form):
        return outwards
    if _OUTER.search(form) and len(lists) > 1:
        return [*outwards[1:], outwards[0]]
    if name.style:
        return sorted(outwards, key=lambda level: lists[level].enumeration.items[0].style != name.style)
    return sorted(outwards, key=lambda level: name.measure not in lists[level].measures)


def _items(names: Sequence[_Named], count: int, opened: Sequence[int]) -> tuple[int, ...] | None:
    """Return the places of the items named, of so many, in their order; None where one is not there."""
    found: set[int] = set()
    for name in names:
        places: list[int] = []
        if name.rest:
            places = [place for place in range(count) if place not in opened] if opened else []
        elif name.step:
            places = [opened[-1] + name.step] if opened else []
        else:
            places = [count - 1 - place if name.back else place for place in name.places]
        if not places or not all(0 <= place < count for place in places):
            return None
        found.update(places)
    return tuple(sorted(found))


def _names(form: str) -> Iterator[_Named]:
    """Yield the names of items in a readable form."""
    if label := _LABEL.search(form):
        value = label["bracket"] or label["alone"] or label["spoken"]
        word, mark = label["word"] or "", label["mark"] or ""
        digits = value.isdecimal()
        style = (
            ("(1)" if digits else "(一)") if label["bracket"] else f"一{word}" if word else "1." if digits else "一、"
        )
        style = style.replace("(", "（").replace(")", "）")
        yield _Named(
            f"{value}{word or mark}", "", (_place(value),), style=style if label["bracket"] or word or mark else ""
        )
        return
    taken = form
    for match in _NUMBERED.finditer(form):
        first = _place(match["first"])
        places = [first]
        for joint, numeral in re.findall(rf"({_AND})第?({_NUMERAL})", match["others"]):
            last = _place(numeral)
            places += range(places[-1] + 1, last + 1) if joint in "到至" else [last]
        taken = taken.replace(match.group(), " ", 1)
        yield _Named(match.group(), _measure(match["measure"]), tuple(places), back=bool(match["back"]))
    for match in _SEVERAL.finditer(taken):
        count = _place(match["count"]) + 1
        # 前一条 is the one before, 头一条 the first.
        if count == 1 and match.group()[0] in "前后":
            continue
        back = not match["front"]
        taken = taken.replace(match.group(), " ", 1)
        yield _Named(match.group(), _measure(match["measure"]), tuple(range(count)), back=back)
    for match in _LAST.finditer(taken):
        taken = taken.replace(match.group(), " ", 1)
        yield _Named(match.group(), _measure(match["measure"]), (0,), back=True)
    if step := _STEP.search(taken):
        yield _Named(step.group(), _measure(step["measure"]), step=-1 if step["back"] else 1)
    elif following := _NEXT_TROUBLE.search(taken):
        yield _Named(following.group(), "", step=1)
    if rest := _REST.search(taken):
        yield _Named(rest.group(), "", rest=True)


def _measure(word: str | None) -> str:
    """Return a measure word without what may stand before 方面: 个方面 and 大方面 are 方面."""
    return "方面" if word and word.endswith("方面") else word or ""


def _place(numeral: str) -> int:
    return (2 if numeral == "两" else number(numeral) or 0) - 1
