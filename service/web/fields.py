"""Values of a request's fields in, checked values out, with every fault found on the way."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from service.web.problems import FieldError, refused, refused_fields

# The OpenAPI document says the same two. The blanks are named, as Python and JavaScript differ on what \s is.
VISIBLE = r"[^\t\n\v\f\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF]"
DATE = r"^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


class Fields:
    """Reads the fields of one request and gathers what is wrong with them, so that a client learns all of it at once.

    A method whose value is wrong returns a stand-in of the right type; ``finish`` sees to it that none is ever used.
    """

    def __init__(self) -> None:
        self._wrong: list[FieldError] = []
        self._too_long: list[str] = []

    def finish(self) -> None:
        """Return if nothing was wrong.

        :raises Refused: 413 naming the limits that were passed, else 422 naming the fields
        """
        if self._too_long:
            raise refused(413, "；".join(self._too_long) + "。")
        if self._wrong:
            raise refused_fields(self._wrong)

    def wrong(self, field: str, message: str) -> None:
        self._wrong.append(FieldError(field.encode("utf-8", "backslashreplace").decode(), message))

    def too_long(self, limit: str) -> None:
        self._too_long.append(limit)

    def known(self, names: Collection[str], known: Sequence[str], prefix: str = "") -> None:
        """Note each of the names that is not a known one."""
        usable = "可用的有 " + "、".join(known) if known else "这里不带参数"
        for name in names:
            if name not in known:
                self.wrong(prefix + name, f"不认识这一项；{usable}")

    def once(self, names: Collection[str], prefix: str = "") -> None:
        """Note each of these names, which stood in the request more than once."""
        for name in names:
            self.wrong(prefix + name, "只能给出一次")

    def text(self, field: str, value: object, longest: int | None = None) -> str:
        """Return a string that shows something; control characters are text like any other."""
        if not isinstance(value, str):
            self.wrong(field, _not_a("字符串", value))
        elif longest is not None and len(value) > longest:
            self.too_long(f"{field} 最长 {longest} 个字符，现有 {len(value)} 个")
        elif not re.search(VISIBLE, value):
            self.wrong(field, "不能为空白")
        elif not _encodable(value):
            self.wrong(field, "含有不成对的代理码位（U+D800 至 U+DFFF），不是文字")
        else:
            return value
        return ""

    def texts(self, field: str, value: object, longest: int | None = None) -> tuple[str, ...]:
        """Return a list of such strings; where there are several, a fault carries the entry's place, from 0."""
        if not isinstance(value, list):
            self.wrong(field, _not_a("数组", value))
            return ()
        names = _names(field, len(value))
        return tuple(self.text(name, entry, longest) for name, entry in zip(names, value, strict=True))

    def words(self, field: str, value: object, most: int, longest: int) -> frozenset[str]:
        """Return a list of at most so many such strings of at most so many characters.

        More and longer ones are values out of range: unlike a question too long, no limit of the whole service.
        """
        found = self.texts(field, value)
        if len(found) > most:
            self.wrong(field, f"最多 {most} 个，现有 {len(found)} 个")
        for name, word in zip(_names(field, len(found)), found, strict=True):
            if len(word) > longest:
                self.wrong(name, f"最长 {longest} 个字符，现有 {len(word)} 个")
        return frozenset(found)

    def yes(self, field: str, value: object) -> bool:
        """Return true or false; 1 and 0 are neither."""
        if isinstance(value, bool):
            return value
        self.wrong(field, _not_a(" true 或 false", value))
        return True

    def whole(self, field: str, value: object, low: int, high: int) -> int:
        """Return a whole number from low to high; 5.0 is one in JSON, true is not."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.wrong(field, _not_a(f" {low} 到 {high} 的整数", value))
        return low

    def members(self, field: str, value: object) -> Mapping[str, object]:
        """Return an object's members."""
        if isinstance(value, Mapping):
            return value
        self.wrong(field, _not_a("对象", value))
        return {}

    def period(self, given: Mapping[str, object], prefix: str = "") -> tuple[str | None, str | None]:
        """Return the dates under ``from`` and ``to``, each None where it is not given."""
        earliest, latest = (
            self._date(prefix + name, given[name]) if name in given else None for name in ("from", "to")
        )
        # Both are inclusive, and compared as far as the coarser one says: from 2023-06 to 2023 is half a year.
        if earliest and latest and earliest[: len(latest)] > latest[: len(earliest)]:
            self.wrong(f"{prefix}from", "不能晚于 to")
        return earliest, latest

    def _date(self, field: str, value: object) -> str | None:
        if isinstance(value, str) and re.fullmatch(DATE, value):
            year, month, day = (int(part) for part in (value + "-01-01").split("-")[:3])
            try:
                date(year, month, day)
            except ValueError:
                self.wrong(field, "没有这一天")
                return None
            return value
        self.wrong(field, _not_a("年、年-月或年-月-日，如 2023、2023-06、2023-06-09", value))
        return None


def _not_a(wanted: str, value: object) -> str:
    return f"应为{wanted}，而不是 null" if value is None else f"应为{wanted}"


def _names(field: str, count: int) -> list[str]:
    return [f"{field}[{place}]" for place in range(count)] if count != 1 else [field]


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
