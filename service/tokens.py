"""A file of access tokens in, whose token one is out; and a new token with its line for that file."""

import hmac
import re
import secrets
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from service.errors import SettingError

SCOPES = ("ask", "admin")
_LINE = re.compile(r"(\S{1,64})\s+(ask|admin)\s+([0-9a-f]{64})")


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


def made(name: str, scope: str) -> tuple[str, Token]:
    """Return a new token as it is given away, once, and as it is kept."""
    token = secrets.token_urlsafe(32)
    return token, Token(name, scope, _digest(token))


def read_tokens(path: Path) -> list[Token]:
    """Return the tokens of a file: name, scope and hash in each line; lines that are blank or begin with # are none.

    :raises SettingError: naming the file and its first line that is no token
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "不是 UTF-8 编码"
        raise SettingError(f"{path}: 令牌文件读不了（{reason}）；请检查 --tokens（或 YOUJU_TOKENS）") from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        said = _LINE.fullmatch(line.strip())
        if said is None:
            raise SettingError(f"{path}: 第 {number} 行不是令牌；应为 youju token 打印的一行（名称 权限 散列值）")
        found.append(Token(*said.groups()))
    return found


def owner(token: str, tokens: list[Token]) -> Token | None:
    """Return the one of some tokens that this is; it takes as long whichever it is, and whether it is one."""
    digest, found = _digest(token), None
    for one in tokens:
        if hmac.compare_digest(digest, one.digest):
            found = one
    return found


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
