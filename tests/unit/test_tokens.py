"""A token is known by its hash, and good for what its line says."""

import os
from pathlib import Path

import pytest

from service.errors import SettingError
from service.tokens import KeptTokens, made, owner, read_tokens


def test_a_token_is_its_owner_s_and_no_other_is(tmp_path: Path) -> None:
    (first, kept), (second, other) = made("张三", "ask"), made("李四", "admin")
    path = tmp_path / "令牌"
    path.write_text(f"# 科室\n\n{kept.line}\n{other.line}  \n", encoding="utf-8")
    tokens = read_tokens(path)
    assert tokens == (kept, other)
    assert [owner(first, tokens), owner(second, tokens)] == [kept, other]
    for wrong in ("", first[:-1], first + " ", kept.digest, "\ud800", "张三"):
        assert owner(wrong, tokens) is None
    assert first not in path.read_text(encoding="utf-8")
    assert first != made("张三", "ask")[0]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"a ask 12\n", "第 1 行不是令牌"),
        (b"# x\na owner " + b"0" * 64, "第 2 行不是令牌"),
        ("张三".encode("gb18030"), "不是 UTF-8 编码"),
    ],
)
def test_a_file_that_holds_something_else_is_named_with_its_line(
    tmp_path: Path, content: bytes, complaint: str
) -> None:
    (tmp_path / "令牌").write_bytes(content)
    with pytest.raises(SettingError, match=complaint):
        read_tokens(tmp_path / "令牌")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="令牌文件读不了"):
        read_tokens(tmp_path / "无")


def test_a_file_is_read_again_only_when_it_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (_, first), (_, second) = made("张三", "ask"), made("李四", "ask")
    path = tmp_path / "令牌"
    path.write_text(first.line, encoding="utf-8")
    kept = KeptTokens(path)
    reads: list[Path] = []
    read_text = Path.read_text

    def counted(path: Path, encoding: str) -> str:
        reads.append(path)
        return read_text(path, encoding=encoding)

    monkeypatch.setattr(Path, "read_text", counted)
    assert [kept.now() for _ in range(3)] == [(first,)] * 3
    assert reads == []
    path.write_text(second.line, encoding="utf-8")
    # As long as the other, and of the same moment, as far as a clock can tell that is seldom set.
    os.utime(path, ns=(0, 0))
    assert [kept.now() for _ in range(3)] == [(second,)] * 3
    assert reads == [path]


def test_while_a_file_cannot_be_read_no_token_is_good(tmp_path: Path) -> None:
    _, kept = made("张三", "ask")
    path = tmp_path / "令牌"
    path.write_text(kept.line, encoding="utf-8")
    tokens = KeptTokens(path)
    path.unlink()
    for _ in range(2):
        with pytest.raises(SettingError, match="令牌文件读不了"):
            tokens.now()
    path.write_text(kept.line, encoding="utf-8")
    assert tokens.now() == (kept,)
