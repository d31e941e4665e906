"""A question in, the documents it names out, and the question without the words that only name them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from service.answering.answer import Name
from service.language.folding import fold
from service.language.places import names_of, provinces

# “2025年的政府工作报告里…” says where to look, not what for. A year alone is what for: the report of 2025 tells of 2024.
_SOURCE = re.compile(
    r"(?:在?(?P<year>(?:19|20)\d\d)年(?:度)?的?)?(?:(?:政府)?工作报告|报告|讲话|材料|文件|文中)(?:里面|里头|里|中|上|内)(?:边|面)?"
    r"|(?P<alone>(?:19|20)\d\d)年的?(?:政府)?工作报告"
)


@dataclass(frozen=True, slots=True)
class Named:
    """The question without names, the documents that each name means, in the order of the names, and the names as they
    are said to the person who asks, also those that mean none.

    ``documents`` is None where no name means a document; all are asked then.
    """

    text: str
    groups: tuple[frozenset[int], ...]
    names: tuple[Name, ...] = ()

    @property
    def documents(self) -> frozenset[int] | None:
        return frozenset().union(*self.groups) if self.groups else None


def named(text: str, places: Mapping[str, frozenset[int]], years: Mapping[str, frozenset[int]]) -> Named:
    """Return which documents a question names by province or by year of the report, where the corpus has such.

    The names are taken out of the text, each character replaced by a blank: in the documents they stand everywhere or
    nowhere, and would outweigh what is asked. A province that no document answers to stays a word like others; of a
    report that is not there no document is asked.
    """
    folded = fold(text)
    left = list(text)
    groups = [places[province] for province in provinces(folded) if province in places]
    names = [Name(province, len(places.get(province, ()))) for province in provinces(folded)]
    for province in provinces(folded):
        if province in places:
            for name in sorted(names_of(province), key=len, reverse=True):
                for match in re.finditer(f"(?:在|我们?)?{name}", folded):
                    left[match.start() : match.start() + len(match.group())] = " " * len(match.group())
    for match in _SOURCE.finditer(folded):
        left[match.start() : match.end()] = " " * (match.end() - match.start())
        if year := match["year"] or match["alone"]:
            # A report that is not there is not answered from another one.
            of_year = years.get(year, frozenset())
            names.append(Name(f"{year}年的材料", len(of_year)))
            groups = [group & of_year for group in groups] if groups else [of_year]
    rest = "".join(left)
    # A question that is nothing but names asks for the documents themselves; its words are all there is.
    return Named(rest if rest.strip(" ?？。的，,") else text, tuple(groups), tuple(names))
