"""Which documents filters admit."""

import pytest

from service.answering.answer import Filters
from service.corpus.document import Document


@pytest.mark.parametrize(
    ("date", "earliest", "latest", "admitted"),
    [
        ("2022-10", "2022", None, True),
        ("2022-10", "2022-10-15", None, True),  # compared at the coarser precision: the month
        ("2022-10", "2022-11", None, False),
        ("2022", None, "2022-03", True),
        ("2023-01-05", None, "2022", False),
        ("2023-01-05", "2022", "2023-01", True),
        (None, "2022", None, False),
        (None, None, None, True),
    ],
)
def test_dates_are_compared_at_the_coarser_precision_and_inclusive(
    date: str | None, earliest: str | None, latest: str | None, admitted: bool
) -> None:
    document = Document("id", "a.txt", "", "", date=date)
    assert Filters(earliest=earliest, latest=latest).admit(document) is admitted


def test_a_document_that_is_not_named_is_not_admitted() -> None:
    assert Filters(documents=("other",)).admit(Document("id", "a.txt", "", "")) is False
