"""A word processor opens the Word file and saves it again: it read the footnotes as footnotes."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from service.export.word import as_word
from tests.unit.export.conftest import LABELLED, NOTHING, SENTENCES, UNLABELLED, Word, record

OFFICE = shutil.which("soffice")


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="soffice is not here (make export-test installs it)")
def test_libreoffice_saves_as_many_footnotes_as_it_opened(tmp_path: Path, opened: Callable[[bytes], Word]) -> None:
    assert OFFICE
    file = as_word(record(SENTENCES, LABELLED, UNLABELLED, NOTHING))
    (tmp_path / "taken.docx").write_bytes(file)
    done = subprocess.run(
        [
            OFFICE,
            # A profile of its own: another soffice that runs would answer in this one's place.
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(tmp_path / "saved"),
            str(tmp_path / "taken.docx"),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    before, after = opened(file), opened((tmp_path / "saved" / "taken.docx").read_bytes())
    assert len(before.notes) == 5
    # It numbers anew, in the same order.
    assert [after.notes[identity] for identity in after.references] == list(before.notes.values())
    assert len(after.notes) == len(after.references) == len(before.notes)
    for style in ("Title", "Body Text", "Heading 2", "Quote", "List Number"):
        assert after.said(style) == before.said(style)
