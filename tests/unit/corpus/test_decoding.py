"""Bytes become text, or a named refusal; never another text than was written."""

import codecs
import random

import pytest

from service.corpus.readers.decoding import decoded
from service.errors import UnreadableFile

WORDS = "同志们：\n一、优化营商环境，办好“十件实事”。\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (WORDS.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + WORDS.encode(), "UTF-8"),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "UTF-16"),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "UTF-16"),
        (WORDS.encode("gb18030"), "GB18030"),
        (WORDS.encode("gbk"), "GB18030"),
        ("\ufeff".encode("gb18030") + WORDS.encode("gb18030"), "GB18030"),
    ],
)
def test_the_same_words_come_out_of_every_encoding(raw: bytes, encoding: str) -> None:
    assert decoded(raw) == (WORDS, encoding)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_become_newlines(ending: str) -> None:
    assert decoded(f"一{ending}二{ending}{ending}三".encode())[0] == "一\n二\n\n三"


def test_other_breaks_and_blanks_stay_as_they_are() -> None:
    assert decoded("一\x0b二\x0c三\u2028四\t五\u3000六".encode())[0] == "一\x0b二\x0c三\u2028四\t五\u3000六"


def test_an_empty_file_is_an_empty_text() -> None:
    assert decoded(b"") == ("", "UTF-8")


def test_a_zero_byte_is_named_with_its_place() -> None:
    with pytest.raises(UnreadableFile, match="第 6 字节为空字节"):
        decoded("正文".encode() + b"\0" + "正文".encode())


def test_bytes_of_a_picture_are_no_text_though_gb18030_takes_them() -> None:
    pairs = random.Random(7)
    raw = bytes(byte for _ in range(2000) for byte in (pairs.randrange(0x81, 0xFE), pairs.randrange(0xA1, 0xFE)))
    raw.decode("gb18030")  # it does take them
    with pytest.raises(UnreadableFile, match="不是文本文件"):
        decoded(raw)


def test_control_characters_under_a_utf16_mark_are_no_text() -> None:
    with pytest.raises(UnreadableFile, match="不是文本文件"):
        decoded(codecs.BOM_UTF32_LE + "一份报告".encode("utf-32-le"))


def test_bytes_of_no_encoding_are_named_with_both_places() -> None:
    with pytest.raises(UnreadableFile, match=r"UTF-8（第 2 字节）也不是 GB18030（第 2 字节）"):
        decoded(b"ab\xff\xff")


@pytest.mark.parametrize("missing", [1, 2])
def test_a_text_cut_off_within_a_character_is_not_read_as_another_text(missing: int) -> None:
    raw = "会议要求，各单位抓好落实".encode()
    with pytest.raises(UnreadableFile, match=f"UTF-8 文本在第 {len(raw) - 3} 字节处损坏"):
        decoded(raw[:-missing])


def test_a_damaged_byte_in_a_long_text_is_not_read_as_another_text() -> None:
    raw = bytearray("会议要求，各单位抓好落实。".encode() * 20)
    raw[300] = 0xFF
    with pytest.raises(UnreadableFile, match="UTF-8 文本在第 300 字节处损坏"):
        decoded(bytes(raw))
