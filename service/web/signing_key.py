"""Settings in, the key that signs logins out: the one given, or one made once and kept under the data folder."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from service.errors import SettingError
from service.settings import Settings

_NAME = "signing-key"
_SHORTEST = 32


def signing_key(settings: Settings) -> str:
    """Return the key.

    :raises SettingError: if none is given, and one can neither be read nor kept under the data folder
    """
    if settings.secret:
        return settings.secret
    path = settings.data / _NAME
    try:
        if not path.exists():
            _make(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "内容已损坏"
        raise SettingError(f"{path}: 登录密钥读不了或存不下（{reason}）；请用变量 YOUJU_SECRET 给出") from None
    if len(key) < _SHORTEST:
        raise SettingError(f"{path}: 登录密钥不完整；请删掉这个文件，或用变量 YOUJU_SECRET 给出")
    return key


def _make(path: Path) -> None:
    """Keep a new key there for the owner alone; of processes that do so at once the first one's is kept, and whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{_NAME}.{secrets.token_hex(8)}")
    written = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(written, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink()
