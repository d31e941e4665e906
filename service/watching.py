"""How far the reading of files is in, a bar on a terminal out, or a plain line every few seconds elsewhere."""

import io
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TextIO

from tqdm import tqdm

from service.errors import Progress

# In seconds.
_BETWEEN_LINES = 10.0
# What is read in a moment needs no word.
_WORTH_SAYING = 1_000_000
_FORMAT = "{desc} {percentage:.0f}%|{bar:20}| {n_fmt}/{total_fmt}，{rate_fmt}，还需 {remaining}"


@contextmanager
def watching(
    out: TextIO | None = None, now: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[Progress], None]]:
    """Yield what is to be told how far the reading is; it says so on standard error unless told otherwise."""
    out = out or sys.stderr
    bar: tqdm[NoReturn] | None = None
    said = now()

    def watch(progress: Progress) -> None:
        nonlocal bar, said
        if progress.of_bytes < _WORTH_SAYING:
            return
        if bar is None:
            # Without a terminal the bar is drawn nowhere, and only keeps the time.
            shown = out if out.isatty() else io.StringIO()
            bar = tqdm(
                total=progress.of_bytes, unit="B", unit_scale=True, file=shown, bar_format=_FORMAT, ascii=" ▏▎▍▌▋▊▉█"
            )
        described = f"读取材料：{progress.files}／{progress.of_files} 个文件，{progress.passages} 个片段"
        bar.set_description_str(described, refresh=False)
        bar.update(progress.bytes - bar.n)
        if not out.isatty() and (now() - said >= _BETWEEN_LINES or progress.files == progress.of_files):
            said = now()
            print(bar, file=out, flush=True)

    try:
        yield watch
    finally:
        if bar is not None:
            bar.close()
