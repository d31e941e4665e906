"""An engine in a process of its own."""

from pathlib import Path

import pytest

from tests.bench.hosting import Failed, Host, Hosted
from tests.bench.passages import write_passages
from tests.unit.bench.test_passages import sentences


def test_an_engine_is_built_asked_and_measured_in_its_process_and_what_fails_there_is_said(tmp_path: Path) -> None:
    passages = write_passages(sentences(*([(60, [word])] for word in ("招商", "财政"))), 2, 1, tmp_path)
    files = tmp_path / "files"
    files.mkdir()
    found = next(number for number in (0, 1) if passages.words_of(number) == ["财政"])
    host = Host("ours")
    try:
        with pytest.raises(Failed, match="AttributeError"):
            host.call(Hosted.answers, [["财政"]], 10, 60.0)
        assert host.call(Hosted.build, tmp_path, 2, files).disk == sum(p.stat().st_size for p in files.iterdir()) / 1e6
        answers = host.call(Hosted.answers, [["财政"], ["无"]], 10, 60.0)
        assert [[passage for passage, _ in answer] for answer in answers] == [[found], []]
        # No time, no answer: an engine that takes long is asked less.
        assert host.call(Hosted.answers, [["财政"]], 10, -1.0) == []
        assert len(host.call(Hosted.times, [["财政"]] * 3, 10)) == 3
        assert all(rate > 0 for rate in host.call(Hosted.rates, [["财政"]] * 4, 10, 1))
    finally:
        host.close()
    with pytest.raises(Failed, match="its process ended"):
        host.call(Hosted.memory)
