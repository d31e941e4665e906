"""The Description: what is known of a document beside its text."""

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Description:
    """What a document says of itself, or corpus.toml of it; None where it is silent.

    Dates are YYYY, YYYY-MM or YYYY-MM-DD: ``date`` is the one shown, ``published`` when it was made public, ``effective``
    and ``expires`` from when and until when it is in force. ``source`` is where its page had it from (来源：某日报),
    ``place`` goes from the province down (广东省广州市天河区).
    ``begins`` are a further document's first words, which corpus.toml alone says.
    """

    title: str | None = None
    subtitle: str | None = None
    date: str | None = None
    published: str | None = None
    source: str | None = None
    effective: str | None = None
    expires: str | None = None
    issuer: str | None = None
    speaker: str | None = None
    occasion: str | None = None
    place: str | None = None
    kind: str | None = None
    number: str | None = None
    lapsed: bool | None = None
    begins: str | None = None

    def over(self, other: "Description") -> "Description":
        """Return this description, with what it is silent about taken from another."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(other, **{name: value for name, value in said.items() if value is not None})
