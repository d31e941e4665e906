"""How far an index is: a bar on a terminal, plain lines elsewhere, nothing where it takes but a moment."""

import io

from service.errors import Progress
from service.watching import watching


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def steps(files: int, size: int) -> list[Progress]:
    return [Progress(done, files, done * size, files * size, 30 * done) for done in range(files + 1)]


def test_a_plain_line_is_said_every_ten_seconds_and_at_the_end() -> None:
    out, clock = io.StringIO(), iter(range(0, 1000, 4))
    with watching(out, lambda: next(clock)) as watch:
        for progress in steps(10, 1_000_000):
            watch(progress)
    lines = out.getvalue().splitlines()
    assert [line.partition("%")[0] for line in lines] == [
        f"读取材料：{files}／10 个文件，{30 * files} 个片段 {10 * files}" for files in (2, 5, 8, 10)
    ]
    assert "\r" not in out.getvalue()


def test_a_terminal_has_one_bar_that_moves() -> None:
    out = Terminal()
    with watching(out) as watch:
        for progress in steps(10, 1_000_000):
            watch(progress)
    assert out.getvalue().count("\r") >= 1
    assert "读取材料：10／10 个文件，300 个片段 100%" in out.getvalue()
    assert "10.0M/10.0M" in out.getvalue()


def test_what_takes_but_a_moment_is_not_spoken_of() -> None:
    for out in (io.StringIO(), Terminal()):
        with watching(out) as watch:
            for progress in steps(3, 1000):
                watch(progress)
        assert out.getvalue() == ""
