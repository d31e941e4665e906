"""What was answered, as a later question may lean on it: its words, names, place and year, and the lists it showed."""

from dataclasses import dataclass, field

from service.answering.answer import Kind
from service.answering.citing import Place
from service.answering.naming import Named
from service.answering.ordinals import Picked, Recalled
from service.answering.preferring import Near
from service.answering.question import Question, Word


@dataclass(frozen=True, slots=True)
class Answered:
    """What a later question may lean on: the words, the names, the year and the place of the answer before it, the names of
    the one before that, the lists shown, outermost first, the remedy of an item that was asked for, the item that is open,
    and the places shown so far.

    ``recent`` tells that the answer was of those lists. ``asked_year`` is the year that was asked about, ``year`` the one
    that was answered about. ``cited`` are the places of the answer, as it numbered them.
    """

    words: tuple[Word, ...] = ()
    naming: Named = field(default_factory=lambda: Named(""))
    passed: Named | None = None
    near: Near | None = None
    lists: tuple[Recalled, ...] = ()
    recent: bool = False
    kind: Kind = "what"
    asked_year: int | None = None
    year: int | None = None
    remedy_asked: Question | None = None
    item: Picked | None = None
    shown: tuple[Place, ...] = ()
    cited: tuple[Place, ...] = ()
