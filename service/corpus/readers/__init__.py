"""A file's bytes in, its Reading out: one module per format, chosen by what the file holds and how it is called."""

import shutil
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.metadata import version

from service.corpus.readers import apart
from service.corpus.readers.formats import MARKS, READERS, format_of
from service.corpus.readers.reading import Bounds, Reading
from service.errors import UnreadableFile

__all__ = ["READERS", "Bounds", "Reading", "read", "read_by"]


def read(content: bytes, suffix: str, bounds: Bounds) -> Reading:
    """Return what stands in a file that has a suffix of ``READERS``.

    :raises UnreadableFile: saying what is wrong with it and what can be done; the message has no file name
    """
    if not content.strip():
        raise UnreadableFile("是空文件")
    form = format_of(content, suffix)
    # Imported only where it is read with: who has nothing but text files need not wait for the libraries.
    reading: Reading = (
        import_module(f"{__name__}.{form.module}").read(content)
        if form.here
        else apart.read(form.module, content, bounds)
    )
    if not reading.text.strip():
        raise UnreadableFile("是空文件" if form.here else "里面没有文字；如果是扫描或图片，请先做文字识别（OCR）")
    if form is not READERS[suffix]:
        said = f"扩展名是 {suffix}，内容是{form.name}，已按内容读取"
        reading = replace(reading, warnings=(said, *reading.warnings))
    return reading


def read_by(content: bytes, suffix: str, bounds: Bounds) -> str:
    """Return what changes when a file may be read otherwise than before, though it and the program are the same."""
    here = READERS[suffix].here and not content.startswith(MARKS)
    return suffix if here else repr((suffix, bounds, _libraries()))


@cache
def _libraries() -> str:
    return repr([*map(version, ("lxml", "openpyxl", "pypdfium2")), shutil.which("soffice")])
