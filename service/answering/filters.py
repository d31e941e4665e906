"""Documents in, those that a person wants asked out, and how many there are of each place, kind, issuer and folder."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any, NamedTuple

from service.answering.dates import day
from service.corpus.document import Document

# A place goes from the province down.
_PROVINCE = re.compile(r"(?:北京|天津|上海|重庆)市|.+?(?:省|自治区|特别行政区)")
# What lies in none of the folders of a corpus.
ROOT = "（根目录）"
_CITY = re.compile(r".+?(?:自治州|地区|盟|市)")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a question is asked of; a field that is empty filters nothing.

    ``documents`` are ids; a date lies from ``earliest`` to ``latest``, both inclusive, and any of the values of each other
    field will do. Dates are YYYY, YYYY-MM or YYYY-MM-DD, compared at the coarser precision; an undated document is outside of any. A
    place has what lies in it, a folder what its folders hold.
    """

    documents: tuple[str, ...] = ()
    earliest: str | None = None
    latest: str | None = None
    places: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    @property
    def dated(self) -> bool:
        return self.earliest is not None or self.latest is not None

    def admit(self, document: Document) -> bool:
        """Return whether a document is asked of."""
        return self.admit_undated(document) and (not self.dated or self._admits_date(document.date))

    def admit_undated(self, document: Document) -> bool:
        """Return whether a document is asked of as far as its date does not tell."""
        if self.documents and document.id not in self.documents:
            return False
        return all(
            not wanted or not values_of(document).isdisjoint(wanted)
            for name, values_of in FACETS.items()
            for wanted in [getattr(self, name)]
        )

    def _admits_date(self, date: str | None) -> bool:
        return date is not None and _not_before(date, self.earliest) and _not_before(self.latest or date, date)

    @property
    def said(self) -> tuple[str, ...]:
        """Return in plain words what is asked of, but for documents by their ids: 2024年至2025年6月, 广东省, 通知."""
        first, last = (day(date) if date else "" for date in (self.earliest, self.latest))
        if first and last:
            period: tuple[str, ...] = (first if first == last else f"{first}至{last}",)
        else:
            period = (f"{first}起",) if first else (f"截至{last}",) if last else ()
        return (*period, *self.places, *self.kinds, *self.issuers, *self.folders)

    def without(self, facet: str) -> "Filters":
        """Return the same without one of FACETS, or without dates."""
        of_dates: dict[str, Any] = {"earliest": None, "latest": None}
        return replace(self, **(of_dates if facet == YEARS else {facet: ()}))


def _not_before(later: str, earlier: str | None) -> bool:
    if earlier is None:
        return True
    precision = min(len(later), len(earlier))
    return later[:precision] >= earlier[:precision]


def _places(document: Document) -> frozenset[str]:
    if not document.place:
        return frozenset()
    province = _PROVINCE.match(document.place)
    city = _CITY.match(document.place, province.end()) if province else None
    return frozenset((document.place, *(document.place[: found.end()] for found in (province, city) if found)))


def _folders(document: Document) -> frozenset[str]:
    *folders, _ = document.file.split("/")
    return frozenset("/".join(folders[:depth]) for depth in range(1, len(folders) + 1)) or frozenset((ROOT,))


def _of(value: str | None) -> frozenset[str]:
    return frozenset((value,)) if value else frozenset()


YEARS = "years"
# The values that a document has of each facet; the same names as those of the fields of Filters.
FACETS: Mapping[str, Callable[[Document], frozenset[str]]] = MappingProxyType(
    {
        "places": _places,
        "kinds": lambda document: _of(document.kind),
        # Several that issued it together stand side by side.
        "issuers": lambda document: frozenset((document.issuer or "").split()),
        "folders": _folders,
    }
)


class Value(NamedTuple):
    """A value of a facet, and how many documents have it."""

    value: str
    documents: int


Facets = Mapping[str, Sequence[Value]]


def facets(documents: Iterable[Document], filters: Filters) -> Facets:
    """Return the values of each facet, years first, of the documents that the filters admit but for that facet itself.

    The years are in order, the newest first; other values by how many documents have them. Where none of them lies in a
    folder there is nothing to tell apart.
    """
    all_of = tuple(documents)
    found: dict[str, list[Value]] = {}
    for name, values_of in {YEARS: lambda document: _of((document.date or "")[:4]), **FACETS}.items():
        others = filters.without(name)
        counts = Counter(value for document in all_of if others.admit(document) for value in values_of(document))
        if name == "folders" and counts.keys() == {ROOT}:
            counts.clear()
        order = (lambda item: -int(item[0])) if name == YEARS else (lambda item: (-item[1], item[0]))
        found[name] = [Value(*item) for item in sorted(counts.items(), key=order)]
    return found
