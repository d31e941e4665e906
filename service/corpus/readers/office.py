"""Bytes of an older office document in (.doc, .wps, .rtf, .odt, .xls …), its text out, if LibreOffice is there to open it."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from service.corpus.readers import word, workbook
from service.corpus.readers.reading import Reading
from service.errors import UnreadableFile

_COMPOUND = b"\xd0\xcf\x11\xe0"


def read(raw: bytes) -> Reading:
    """Return the text of what LibreOffice makes of the file.

    :raises UnreadableFile: if it is not installed or cannot open the file
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnreadableFile(
            "要读这种旧格式，需在本机安装 LibreOffice（或用带 LibreOffice 的镜像）；也可用 Word 或 WPS 另存为 .docx、.xlsx 后再放入"
        )
    suffix, target = _kind(raw)
    # The process that reads has a temporary folder of its own, so a profile is made once for all its files and goes with it.
    profile = Path(tempfile.gettempdir()) / "profile"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"document{suffix}"
        source.write_bytes(raw)
        subprocess.run(
            [
                program,
                f"-env:UserInstallation={profile.as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                target,
                "--outdir",
                folder,
                str(source),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        made = source.with_suffix(f".{target}")
        if not made.is_file():
            raise UnreadableFile(
                "LibreOffice 打不开，可能有密码或已损坏（表格还要装有 Calc）；请用 Word 或 WPS 打开，另存为 .docx、.xlsx 后再放入"
            )
        converted = made.read_bytes()
    return word.read(converted) if target == "docx" else workbook.read(converted)


def _kind(raw: bytes) -> tuple[str, str]:
    """Return the suffix that LibreOffice knows such a file by, and what it is to be made into."""
    if raw.startswith(_COMPOUND):
        return (".doc", "docx") if "WordDocument".encode("utf-16-le") in raw else (".xls", "xlsx")
    if raw.startswith(b"PK"):
        return (".ods", "xlsx") if b"opendocument.spreadsheet" in raw[:200] else (".odt", "docx")
    return ".rtf", "docx"
