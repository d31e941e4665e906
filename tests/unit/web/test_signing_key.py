"""The key that signs logins is the one given, or one that is made once and is the owner's alone."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from service.errors import SettingError
from service.settings import Settings
from service.web.signing_key import signing_key

GIVEN = "k" * 32


def test_a_given_key_goes_before_one_that_is_kept_and_nothing_is_written(settings: Settings, tmp_path: Path) -> None:
    assert signing_key(replace(settings, secret=GIVEN, data=tmp_path)) == GIVEN
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_made_once_for_the_owner_alone_also_by_many_at_once(settings: Settings, tmp_path: Path) -> None:
    data = replace(settings, data=tmp_path / "data")
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: signing_key(data), range(32)))
    (key,) = keys
    assert len(key) == 64
    (file,) = data.data.iterdir()
    assert (file.stat().st_mode & 0o777, file.read_text(encoding="ascii")) == (0o600, key)
    assert signing_key(replace(settings, data=tmp_path / "other")) != key


def test_a_key_that_is_no_key_is_named_and_not_said(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "signing-key").write_text("短的密钥", encoding="utf-8")
    with pytest.raises(SettingError, match="登录密钥读不了") as unreadable:
        signing_key(replace(settings, data=tmp_path))
    (tmp_path / "signing-key").write_text("halfakey", encoding="ascii")
    with pytest.raises(SettingError, match="登录密钥不完整") as cut:
        signing_key(replace(settings, data=tmp_path))
    assert "halfakey" not in str(cut.value)
    assert "短的密钥" not in str(unreadable.value)


def test_where_no_key_can_be_kept_that_is_said(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    with pytest.raises(SettingError, match="请用变量 YOUJU_SECRET 给出"):
        signing_key(replace(settings, data=tmp_path / "data"))
