"""Each file in an archive is a file of its own in the report; an archive that is none, or too much, is named."""

import io
import time
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from service.corpus.documents import read_file, read_folders
from service.corpus.folder import bytes_of, document_id, list_folders
from service.corpus.readers import Bounds

Make = Callable[..., bytes]
BODY = "会议指出，要抓好落实。\n".encode()


def became(folder: Path) -> dict[str, str | None]:
    """Return the text of each file of a folder, or why it is left out."""
    files = read_folders([folder]).files
    return {file.file: file.documents[0].text if file.documents else file.left_out for file in files}


def put(folder: Path, name: str, content: bytes) -> Path:
    (folder / name).write_bytes(content)
    return folder


def test_files_of_an_archive_are_shown_by_their_path_in_it(tmp_path: Path, zipped: Make) -> None:
    put(tmp_path, "材料.zip", zipped({"2023/讲话.txt": BODY, "图.png": b"x", "空/": b""}))
    assert became(tmp_path) == {
        "材料.zip/2023/讲话.txt": BODY.decode(),
        "材料.zip/图.png": "是图片；请先做文字识别（OCR），存为 .docx 或 .txt 后再放入",
    }
    (document,) = read_folders([tmp_path]).documents
    assert document.id == document_id("材料.zip/2023/讲话.txt", 1)


def test_corpus_toml_describes_a_file_in_an_archive(tmp_path: Path, zipped: Make) -> None:
    put(tmp_path, "材料.zip", zipped({"讲话.txt": BODY, "报告.txt": BODY}))
    (tmp_path / "corpus.toml").write_text('[files."材料.zip/讲话.txt"]\ntitle = "甲"\n', encoding="utf-8")
    report = read_folders([tmp_path])
    assert {document.file: document.title == "甲" for document in report.documents} == {
        "材料.zip/讲话.txt": True,
        "材料.zip/报告.txt": False,
    }
    assert report.warnings == ()


def test_names_in_gbk_are_readable(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("XXXX.txt", BODY)
    # As Windows writes it: bytes in GBK and no mark of an encoding.
    put(tmp_path, "a.zip", held.getvalue().replace(b"XXXX", "讲话".encode("gbk")))
    assert list(became(tmp_path)) == ["a.zip/讲话.txt"]


def test_paths_that_lead_out_of_an_archive_are_only_names(tmp_path: Path, zipped: Make) -> None:
    folder = tmp_path / "内"
    folder.mkdir()
    put(folder, "a.zip", zipped({"../../外.txt": BODY, "/etc/甲.txt": BODY, "b\\乙.txt": BODY}))
    assert sorted(became(folder)) == ["a.zip/b/乙.txt", "a.zip/etc/甲.txt", "a.zip/外.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["内"]


def test_an_archive_in_an_archive_is_opened_and_one_in_that_is_not(tmp_path: Path, zipped: Make) -> None:
    mail = b"Subject: a\n\nb\n"
    second = zipped({"乙.txt": BODY, "三.zip": zipped({"丙.txt": BODY}), "信.eml": mail})
    put(tmp_path, "一.zip", zipped({"甲.txt": BODY, "二.zip": second}))
    assert became(tmp_path) == {
        "一.zip/二.zip/三.zip": "压缩包套了 2 层以上，不再打开；请解开后再放入",
        "一.zip/二.zip/乙.txt": BODY.decode(),
        "一.zip/二.zip/信.eml": "a\nb\n",
        "一.zip/甲.txt": BODY.decode(),
    }


def mailed(subject: str, **files: bytes) -> bytes:
    """Return a mail with files attached."""
    mail = EmailMessage()
    mail["Subject"] = subject
    mail.set_content("请查收。")
    for name, content in files.items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name.replace("_", "."))
    return mail.as_bytes()


def test_a_mail_is_no_zip_and_what_is_attached_is_opened_as_deep_as_beside_it(tmp_path: Path, zipped: Make) -> None:
    second = zipped({"乙.txt": BODY, "三.zip": zipped({"丙.txt": BODY})})
    put(tmp_path, "信.eml", mailed("材料", 一_zip=zipped({"二.zip": second})))
    assert became(tmp_path) == {
        "信.eml": "材料\n请查收。\n",
        "信.eml/一.zip/二.zip/三.zip": "压缩包套了 2 层以上，不再打开；请解开后再放入",
        "信.eml/一.zip/二.zip/乙.txt": BODY.decode(),
    }


def test_mails_in_mails_have_an_end_too(tmp_path: Path, zipped: Make) -> None:
    fourth = mailed("四", 丁_txt=BODY)
    third = mailed("三", 四_eml=fourth, 丙_zip=zipped({"丙.txt": BODY}), 丙_txt=BODY)
    put(tmp_path, "一.eml", mailed("一", 二_eml=mailed("二", 三_eml=third)))
    assert became(tmp_path) == {
        "一.eml": "一\n请查收。\n",
        "一.eml/二.eml": "二\n请查收。\n",
        "一.eml/二.eml/三.eml": "三\n请查收。\n",
        "一.eml/二.eml/三.eml/丙.txt": BODY.decode(),
        "一.eml/二.eml/三.eml/丙.zip": "邮件和压缩包一共套了 3 层以上，不再打开；请解开后再放入",
        "一.eml/二.eml/三.eml/四.eml/丁.txt": "邮件和压缩包一共套了 3 层以上，不再打开；请解开后再放入",
        "一.eml/二.eml/三.eml/四.eml": "四\n请查收。\n",
    }


def test_a_file_without_a_name_costs_nothing_but_its_name(tmp_path: Path) -> None:
    # Found by atheris.
    with zipfile.ZipFile(tmp_path / "空.zip", "w") as package:
        package.writestr(zipfile.ZipInfo("x"), BODY)
        package.writestr("甲.txt", BODY)
        package.infolist()[0].filename = ""
    told = became(tmp_path)
    assert told["空.zip/甲.txt"] == BODY.decode()
    assert "空.zip/无名文件" in told


def test_two_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("甲.txt", BODY)
        with pytest.warns(UserWarning, match="Duplicate name"):
            package.writestr("甲.txt", BODY)
    put(tmp_path, "a.zip", held.getvalue())
    assert became(tmp_path) == {
        "a.zip/甲.txt": BODY.decode(),
        "a.zip/甲.txt#2": "压缩包里另有同名的文件；请改名后再放入",
    }


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 cut off", "压缩包不完整或已损坏；请重新复制，或解开后再放入"),
        (b"", "压缩包不完整或已损坏；请重新复制，或解开后再放入"),
        (b"PK\x05\x06" + bytes(18), "压缩包里没有文件"),
        (b"PK\x01\x02" * 20_001, "压缩包里有 20001 个文件，超过 2000 个；请解开后再放入"),
    ],
)
def test_an_archive_that_is_none_is_named(tmp_path: Path, content: bytes, why: str) -> None:
    assert became(put(tmp_path, "a.zip", content)) == {"a.zip": why}


def test_a_bomb_is_named_and_costs_nothing_else(tmp_path: Path, zipped: Make) -> None:
    put(tmp_path, "a.zip", zipped({"弹.txt": bytes(20_000_000), "甲.txt": BODY}))
    assert became(tmp_path) == {
        "a.zip/弹.txt": "解开后异常庞大，像是压缩炸弹，没有打开；请核实来源，解开后再放入",
        "a.zip/甲.txt": BODY.decode(),
    }


def test_an_archive_of_too_much_is_not_opened(tmp_path: Path, zipped: Make) -> None:
    put(tmp_path, "a.zip", zipped({f"{n}.txt": bytes(9000) for n in range(20)}))
    assert len(list_folders([tmp_path], Bounds(size=18_000)).files) == 20
    (found,) = list_folders([tmp_path], Bounds(size=17_999)).files
    assert read_file(found).left_out == "压缩包解开后异常庞大，像是压缩炸弹，没有打开；请核实来源，解开后再放入"


def test_a_file_in_an_archive_may_be_as_long_as_any_other(tmp_path: Path, zipped: Make) -> None:
    put(tmp_path, "a.zip", zipped({"甲.txt": b"x" * 3000}))
    (found,) = list_folders([tmp_path], Bounds(size=2000)).files
    assert (read_file(found).left_out or "").startswith("有 0.0 MB，超过 0.002 MB 的上限")


def test_a_password_on_an_archive_is_named(tmp_path: Path, zipped: Make) -> None:
    raw = bytearray(zipped({"甲.txt": BODY}, zipfile.ZIP_STORED))
    # The mark of a password, in the file's own head and in the list at the end.
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    assert became(put(tmp_path, "a.zip", bytes(raw))) == {"a.zip/甲.txt": "压缩包有密码；请解开后再放入"}


def test_a_damaged_file_in_an_archive_is_named(tmp_path: Path, zipped: Make) -> None:
    raw = zipped({"甲.txt": BODY, "乙.txt": BODY * 2}, zipfile.ZIP_STORED).replace(BODY + b"PK", BODY[:-1] + b"!PK", 1)
    assert became(put(tmp_path, "a.zip", raw)) == {
        "a.zip/甲.txt": "在压缩包里已损坏；请重新压缩，或解开后再放入",
        "a.zip/乙.txt": (BODY * 2).decode(),
    }


def test_an_unusual_method_is_named(tmp_path: Path, zipped: Make) -> None:
    put(tmp_path, "a.zip", zipped({"甲.txt": BODY}, zipfile.ZIP_LZMA))
    assert became(tmp_path) == {"a.zip/甲.txt": "压缩方法不常见；请重新压缩为普通的 .zip，或解开后再放入"}


def test_what_is_attached_to_a_mail_are_files_of_their_own(tmp_path: Path, zipped: Make) -> None:
    inner = EmailMessage()
    inner["Subject"] = "转发"
    inner.set_content("见附件。")
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "报送材料", "a@example.cn"
    mail.set_content("请查收。")
    mail.add_attachment(BODY, maintype="application", subtype="octet-stream", filename="讲话.txt")
    mail.add_attachment(zipped({"甲.txt": BODY}), maintype="application", subtype="zip", filename="材料.zip")
    mail.add_attachment(b"x", maintype="image", subtype="png", cid="<a>", disposition="inline", filename="章.png")
    mail.add_attachment(inner)
    put(tmp_path, "信.eml", mail.as_bytes())
    assert became(tmp_path) == {
        "信.eml": "报送材料\n发件人：a@example.cn\n请查收。\n",
        "信.eml/讲话.txt": BODY.decode(),
        "信.eml/材料.zip/甲.txt": BODY.decode(),
        "信.eml/转发.eml": "转发\n见附件。\n",
    }


def test_a_link_to_an_archive_outside_is_not_followed(tmp_path: Path, zipped: Make) -> None:
    folder = tmp_path / "内"
    folder.mkdir()
    put(tmp_path, "外.zip", zipped({"甲.txt": BODY}))
    (folder / "链接.zip").symlink_to(tmp_path / "外.zip")
    assert became(folder) == {"链接.zip": "是指向文件夹之外的链接，不予读取；请把文件本身放进来"}


def test_an_archive_of_a_thousand_files_is_read_in_seconds(tmp_path: Path, zipped: Make) -> None:
    put(tmp_path, "a.zip", zipped({f"{n}.txt": BODY for n in range(1500)}))
    began = time.monotonic()
    assert [bytes_of(found) for found in list_folders([tmp_path]).files] == [BODY] * 1500
    # Reading its list anew for each of them takes ten times as long.
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "header",
    [
        b'Content-Disposition: attachment; filename="=?utf-8?B?A?="',
        b'Content-Disposition: attachment; filename="=?idna?Q?=ff=fe?="',
        b'Content-Type: text/plain; name="=?punycode?B?//79?="',
        b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64",
    ],
)
def test_a_mail_with_a_part_that_is_not_as_it_should_be_costs_nothing_else(tmp_path: Path, header: bytes) -> None:
    mail = b'Subject: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n--x\n' + header
    put(tmp_path, "信.eml", mail + b"\n\nabc\n--x--\n")
    put(tmp_path, "文.txt", "一、要落实责任。".encode())
    assert became(tmp_path)["文.txt"] == "一、要落实责任。"


def test_a_zip_behind_something_else_is_opened_as_it_is_listed(tmp_path: Path, zipped: Make) -> None:
    put(tmp_path, "a.zip", b"#!/bin/sh\n" + zipped({"b.txt": "一、要落实责任。".encode()}))
    assert became(tmp_path) == {"a.zip/b.txt": "一、要落实责任。"}
