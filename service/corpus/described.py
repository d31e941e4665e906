"""A folder's corpus.toml in, what it says of each file and its further documents out."""

import datetime
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from service.corpus.description import Description

FILE_NAME = "corpus.toml"
_DATES = ("date", "published", "effective", "expires")
_FIELDS = tuple(field.name for field in fields(Description) if field.name != "begins")
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Described:
    """The Descriptions of a folder: of each file's first document and of its further ones; and what was wrong."""

    files: Mapping[str, tuple[Description, ...]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def described(folder: Path) -> Described:
    """Read ``folder``/corpus.toml; a file that is not there, or not whole, describes nothing and says why.

    Unknown names and wrong values are left out and named in ``warnings``: a slip in this file must not take a
    folder's documents away.
    """
    path = folder / FILE_NAME
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Described()
    # ValueError: what is no UTF-8, what is no TOML, and a number of more digits than Python reads.
    except (OSError, ValueError, RecursionError) as error:
        return Described({}, (f"{FILE_NAME}: 读不了（{_why(error)}）；本次未采用其中的标题和日期",))
    warnings = [_unknown(name, value) for name, value in table.items() if name != "files"]
    files: dict[str, tuple[Description, ...]] = {}
    entries = table.get("files", {})
    if not isinstance(entries, dict):
        return Described({}, (*warnings, f'{FILE_NAME}: files 应为表，如 [files."报告.txt"]'))
    for name, entry in entries.items():
        if not isinstance(entry, dict):
            warnings.append(f'{FILE_NAME}: {name} 应为表，如 [files."{name}"]')
            continue
        if (whole_name := _torn(name, entry)) is not None:
            warnings.append(f'{FILE_NAME}: 文件名里有点，要加引号：[files."{whole_name}"]')
            continue
        parts = entry.get("parts", [])
        if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
            warnings.append(f'{FILE_NAME}: {name} 的 parts 应写作 [[files."{name}".parts]]')
            parts = []
        whole = {key: value for key, value in entry.items() if key != "parts"}
        found = [_description(name, whole, _FIELDS, warnings)]
        for part in parts:
            description = _description(name, part, (*_FIELDS, "begins"), warnings)
            if description.begins:
                found.append(description)
            else:
                warnings.append(f"{FILE_NAME}: {name} 的 parts 缺少 begins（该篇开头的原文）")
        files[unicodedata.normalize("NFC", name)] = tuple(found)
    return Described(files, tuple(warnings))


def _unknown(name: str, value: object) -> str:
    """Return what is to be said of something that stands beside ``files``; the name of a file may be meant."""
    if not isinstance(value, dict):
        return f"{FILE_NAME}: 不认识的项 {name}"
    quoted = next((key for key in (name, *value) if "." in key), None)
    return f'{FILE_NAME}: 不认识的项 {name}；一个文件应写作 [files."{quoted or _torn(name, value) or "报告.txt"}"]'


def _torn(name: str, table: Mapping[str, object]) -> str | None:
    """Return the name of a file that was written without quotation marks, so that its points part tables (report.txt)."""
    parts = [name]
    while inner := next(((key, value) for key, value in table.items() if isinstance(value, dict)), None):
        key, table = inner
        if key in (*_FIELDS, "parts"):
            break
        parts.append(key)
    return ".".join(parts) if len(parts) > 1 else None


def _why(error: Exception) -> str:
    """Return why a corpus.toml could not be read, and where in it as far as that is known."""
    match error:
        case OSError():
            return f"打不开：{error.strerror}"
        case UnicodeDecodeError():
            return f"第 {error.start + 1} 个字节起不是 UTF-8 编码；请另存为 UTF-8"
        case RecursionError():
            return "括号的层数过多"
        case _:
            # Where it is stands in the message of tomllib alone, before Python 3.14.
            if place := _PLACE.search(str(error)):
                return f"第 {place[1]} 行第 {place[2]} 列不合 TOML 的写法；文件名和文字要放在英文引号里"
            return f"{'文末' if 'at end of document' in str(error) else '其中有一处'}不合 TOML 的写法"


def _is_date(words: str) -> bool:
    """Return whether the words are a year, a month or a day that there is."""
    if not _DATE.fullmatch(words):
        return False
    try:
        datetime.date.fromisoformat((words + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _description(name: str, table: Mapping[str, object], known: tuple[str, ...], warnings: list[str]) -> Description:
    kept: dict[str, str] = {}
    lapsed: bool | None = None
    for key, value in table.items():
        # A bare TOML date (2022-10-09) is what people write without quotation marks.
        words = (
            value if isinstance(value, str) else str(value) if key in _DATES and not isinstance(value, dict) else None
        )
        if key not in known:
            warnings.append(f"{FILE_NAME}: {name} 有不认识的项 {key}")
        elif key == "lapsed":
            if isinstance(value, bool):
                lapsed = value
            else:
                warnings.append(f"{FILE_NAME}: {name} 的 lapsed 应为 true 或 false")
        elif words is None or not words.strip():
            warnings.append(f"{FILE_NAME}: {name} 的 {key} 应为文字")
        elif key in _DATES and not _is_date(words):
            warnings.append(f"{FILE_NAME}: {name} 的 {key} 应为 2022、2022-10 或 2022-10-09，而不是 {words}")
        else:
            kept[key] = words
    return Description(**kept, lapsed=lapsed)
