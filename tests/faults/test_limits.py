"""Too few descriptors, too little memory, a clock that jumps."""

import resource
import shutil
import socket
import time as clock
from glob import glob
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest

from tests.faults.conftest import write_notices
from tests.faults.running import Asking, Youju, until

needs_prlimit = pytest.mark.skipif(shutil.which("prlimit") is None, reason="prlimit is not installed")
FAKETIME = glob("/usr/lib/*/faketime/libfaketimeMT.so.1")


@needs_prlimit
def test_more_connections_than_descriptors_cost_nothing_once_they_are_gone(
    youju: Youju, corpus: Path, data: Path, chance: Random
) -> None:
    limit = chance.randrange(40, 80)
    with youju.serve(corpus, data, within=("prlimit", f"--nofile={limit}", "--")) as service:
        before = service.everything()
        address = urlsplit(service.address)
        connections = []
        for _ in range(2 * limit):
            connection = socket.socket()
            connection.settimeout(1)
            connection.connect((address.hostname, address.port))
            connections.append(connection)
        until(lambda: service.descriptors() > limit - 8)
        # While there is none left, the folder changes.
        write_notices(corpus, 1, first=700)
        clock.sleep(1.5)
        for connection in connections:
            connection.close()
        assert service.everything()[2][-1]["status"] == "not_found"
        until(lambda: service.files() == before[0]["total"] + 1)


@needs_prlimit
def test_a_folder_that_needs_more_memory_than_there_is_leaves_what_was_served(
    youju: Youju, corpus: Path, data: Path
) -> None:
    with youju.serve(corpus, data) as service, Asking(service) as asking:
        before = service.everything()
        # As much as it has, and little more: threads and answers need some.
        pages = int(Path(f"/proc/{service.process.pid}/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + 60_000_000
        resource.prlimit(service.process.pid, resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
        (corpus / "很长.txt").write_text(
            "关于粮食收储的通知\n" + "各乡镇要备足仓容，优化服务，" * 500_000, encoding="utf-8"
        )
        until(lambda: "仍用原来的" in service.written)
        assert service.everything() == before
        (corpus / "很长.txt").unlink()
        resource.prlimit(service.process.pid, resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        write_notices(corpus, 1, first=800)
        until(lambda: service.files() == before[0]["total"] + 1)
    assert asking.wrong == []


@pytest.mark.skipif(not FAKETIME, reason="libfaketime is not installed")
@pytest.mark.parametrize("jump", [pytest.param("+3650d", marks=pytest.mark.thorough), "-3650d"])
def test_a_clock_that_jumps_changes_no_answer_and_hides_no_change(
    jump: str, youju: Youju, corpus: Path, data: Path, tmp_path: Path
) -> None:
    shown = tmp_path / "clock"
    shown.write_text("+0", encoding="ascii")
    faked = {
        "LD_PRELOAD": FAKETIME[0],
        "FAKETIME_TIMESTAMP_FILE": str(shown),
        # So many seconds it goes by what it has read there.
        "FAKETIME_CACHE_DURATION": "1",
        # A machine's clock that is set leaves the one that only counts alone.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        # What files say stays as it is on the disk.
        "NO_FAKE_STAT": "1",
    }
    with youju.serve(corpus, data, beside=faked) as service, Asking(service) as asking:
        before = service.everything()
        for offset in (jump, "+0"):
            shown.write_text(offset, encoding="ascii")
            clock.sleep(1.1)
            assert service.everything() == before
        shown.write_text(jump, encoding="ascii")
        write_notices(corpus, 1, first=900)
        until(lambda: service.files() == before[0]["total"] + 1)
        now = service.everything()
    assert asking.wrong == []
    with youju.serve(corpus, data) as service:
        assert service.everything() == now
