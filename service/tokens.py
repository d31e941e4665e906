"""The kept lines of access tokens in, whose token one is out; a new token with its line is made here, too."""

import hmac
import re
import secrets
import threading
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from service.errors import SettingError

SCOPES = ("ask", "admin")
_LINE = re.compile(r"(\S{1,64})\s+(ask|admin)\s+([0-9a-f]{64})")
# A line with a slip in it, and no path of a file: what is said of it must not be the line itself.
_NEARLY = re.compile(r"[^\s/]+\s+[^\s/]+\s+[0-9A-Za-z]{32,}")


class Token(NamedTuple):
    """Whose token one is, what it is good for (admin for everything that ask is), and the SHA-256 of it.

    A plain hash is enough, for what is hashed is 256 bits of chance that nobody could guess.
    """

    name: str
    scope: str
    digest: str

    @property
    def line(self) -> str:
        return f"{self.name} {self.scope} {self.digest}"


# Where tokens are kept: in a file, or in the setting itself.
Source = Path | tuple[Token, ...]


def made(name: str, scope: str) -> tuple[str, Token]:
    """Return a new token as it is given away, once, and as it is kept."""
    token = secrets.token_urlsafe(32)
    return token, Token(name, scope, _digest(token))


def tokens_in(text: str) -> tuple[Token, ...]:
    """Return the tokens whose lines, parted by semicolons or line ends, are a text; none where it is none at all.

    :raises ValueError: if some of it are lines of tokens, and some are not
    """
    lines = [line for line in re.split(r"[;\n]", text) if line.strip()]
    if not any(_LINE.fullmatch(line.strip()) or _NEARLY.fullmatch(line.strip()) for line in lines):
        return ()
    return tuple(_tokens(lines))


def read_tokens(path: Path) -> tuple[Token, ...]:
    """Return the tokens of a file: name, scope and hash in each line; lines that are blank or begin with # are none.

    :raises SettingError: naming the file and its first line that is no token
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "不是 UTF-8 编码"
        raise SettingError(f"{path}: 令牌文件读不了（{reason}）；请检查 --tokens（或 YOUJU_TOKENS）") from None
    try:
        return tuple(_tokens(lines))
    except ValueError as wrong:
        raise SettingError(f"{path}: {wrong}") from None


def _tokens(lines: Iterable[str]) -> Iterable[Token]:
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        said = _LINE.fullmatch(line.strip())
        if said is None:
            raise ValueError(f"第 {number} 行不是令牌；应为 youju token 打印的一行（名称 权限 散列值）")
        yield Token(*said.groups())


class KeptTokens:
    """The tokens that are good now; a file of them is read again when it is another than before. Any thread may ask."""

    def __init__(self, source: Source) -> None:
        """:raises SettingError: if there is a file that cannot be read"""
        self._path = source if isinstance(source, Path) else None
        self._tokens: tuple[Token, ...] = () if isinstance(source, Path) else source
        self._stamp: tuple[int, ...] = ()
        self._reading = threading.Lock()
        self.now()

    def now(self) -> tuple[Token, ...]:
        """Return them.

        :raises SettingError: if the file cannot be read now
        """
        if self._path is None:
            return self._tokens
        with self._reading:
            # Before it is read: a change meanwhile is seen the next time.
            stamp = _stamp(self._path)
            if stamp != self._stamp or not stamp:
                self._tokens = read_tokens(self._path)
                self._stamp = stamp
            return self._tokens


def _stamp(path: Path) -> tuple[int, ...]:
    """Return what tells whether a file is another than before, nothing where it is not there."""
    try:
        said = path.stat()
    except OSError:
        return ()
    return said.st_ino, said.st_size, said.st_mtime_ns, said.st_ctime_ns


def owner(token: str, tokens: Sequence[Token]) -> Token | None:
    """Return the one of some tokens that this is; it takes as long whichever it is, and whether it is one."""
    digest, found = _digest(token), None
    for one in tokens:
        if hmac.compare_digest(digest, one.digest):
            found = one
    return found


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
