"""Every file of a folder is a document or is named with why not; ids depend on nothing but the path."""

import os
from pathlib import Path

import pytest

from service.corpus.document import Dropped
from service.corpus.documents import read_folders
from service.corpus.folder import document_id
from service.corpus.report import FileReport
from service.errors import NoCorpus

BODY = "会议指出，要抓好落实。\n"


def put(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def ids(*folders: Path) -> dict[str, str]:
    return {document.file: document.id for document in read_folders(folders).documents}


def left_out(folder: Path) -> dict[str, str | None]:
    return {file.file: file.left_out for file in read_folders([folder]).left_out}


def test_a_missing_folder_names_itself_and_the_option(tmp_path: Path) -> None:
    with pytest.raises(NoCorpus) as error:
        read_folders([tmp_path / "没有"])
    assert (
        str(error.value) == f"{tmp_path / '没有'}: 没有这个文件夹；请用 --corpus（或 YOUJU_CORPUS）指明存放材料的文件夹"
    )


def test_a_file_in_place_of_a_folder_is_no_folder(tmp_path: Path) -> None:
    put(tmp_path, 报告=BODY)
    with pytest.raises(NoCorpus):
        read_folders([tmp_path / "报告.txt"])


def test_an_empty_folder_has_no_documents_and_no_complaint(tmp_path: Path) -> None:
    report = read_folders([tmp_path])
    assert (report.files, report.warnings, report.documents) == ((), (), [])


def test_a_document_lapsed_by_its_text_its_name_or_its_folder_unless_it_is_described_otherwise(tmp_path: Path) -> None:
    put(tmp_path / "现行", 甲=f"甲办法\n{BODY}", 乙=f"乙办法（已废止）\n{BODY}", 丙=f"丙办法\n本文件已失效\n{BODY}")
    put(tmp_path / "现行", **{"丁（失效）": f"丁办法\n{BODY}", "戊": f"戊办法\n{BODY}"})
    put(tmp_path / "已废止", 己=f"己办法\n{BODY}", 庚=f"庚办法\n{BODY}")
    (tmp_path / "corpus.toml").write_text(
        '[files."现行/戊.txt"]\nlapsed = true\n[files."已废止/庚.txt"]\nlapsed = false\n', encoding="utf-8"
    )
    lapsed = {document.file for document in read_folders([tmp_path]).documents if document.lapsed}
    assert lapsed == {"现行/乙.txt", "现行/丙.txt", "现行/丁（失效）.txt", "现行/戊.txt", "已废止/己.txt"}
    # The name of a corpus folder counts as well, whether it is the first or the second.
    for folders in ([tmp_path / "已废止", tmp_path / "现行"], [tmp_path / "现行", tmp_path / "已废止"]):
        titles = {document.title for document in read_folders(folders).documents if document.lapsed}
        assert titles == {"乙办法（已废止）", "丙办法", "丁办法", "己办法", "庚办法"}


def test_a_file_becomes_a_document_with_its_path_and_text(tmp_path: Path) -> None:
    put(tmp_path / "2022年", 报告=f"全县工作报告\n{BODY}")
    (file,) = read_folders([tmp_path]).files
    (document,) = file.documents
    assert (file.file, file.encoding, file.left_out) == ("2022年/报告.txt", "UTF-8", None)
    assert (document.file, document.title, document.text) == (
        "2022年/报告.txt",
        "全县工作报告",
        f"全县工作报告\n{BODY}",
    )
    assert document.id == document_id("2022年/报告.txt", 1)


def test_an_id_is_safe_in_a_url_and_a_part_carries_its_number() -> None:
    # Written down, since a link to a document is to last over versions.
    assert document_id("报告.txt", 1) == "1b08bbd076665440"
    assert document_id("报告.txt", 2) == document_id("报告.txt", 1) + "-2"


def test_every_file_that_is_not_read_says_why(tmp_path: Path) -> None:
    put(tmp_path, 好=BODY, 空="", 空白=" \n\u3000\n")
    (tmp_path / "图.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "无后缀").write_text(BODY, encoding="utf-8")
    (tmp_path / "坏.txt").write_bytes(b"a\0b")
    assert left_out(tmp_path) == {
        "图.jpg": "是图片；请先做文字识别（OCR），存为 .docx 或 .txt 后再放入",
        "坏.txt": "不是文本文件（第 1 字节为空字节）；请另存为 UTF-8 文本后再放入",
        "无后缀": "暂不能读 没有扩展名的 文件；请另存为 .docx、.pdf 或 .txt 后再放入",
        "空.txt": "是空文件",
        "空白.txt": "是空文件",
    }
    assert [document.file for document in read_folders([tmp_path]).documents] == ["好.txt"]


def test_what_programs_put_beside_documents_is_named_apart(tmp_path: Path) -> None:
    put(tmp_path, 好=BODY, **{".隐藏": BODY})
    put(tmp_path / ".git", config=BODY)
    for name in (".DS_Store", "._好.docx", "~$好.docx", ".~lock.好.docx#", "Thumbs.db", "desktop.ini"):
        (tmp_path / name).write_bytes(b"\0")
    report = read_folders([tmp_path])
    assert report.left_out == []
    system, program, hidden = "是系统自动生成的文件", "是办公软件打开文件时的临时文件", "是隐藏文件"
    assert {file.file: file.left_out for file in report.beside} == {
        name: f"{what}，不算材料"
        for name, what in {
            ".DS_Store": system,
            "._好.docx": system,
            "Thumbs.db": system,
            "desktop.ini": system,
            "~$好.docx": program,
            ".~lock.好.docx#": program,
            ".git": hidden,
            ".隐藏.txt": hidden,
        }.items()
    }
    assert report.counted == "共 9 个文件，读入 1 个，未读 0 个，不算材料 8 个"


def test_a_suffix_in_capitals_is_read(tmp_path: Path) -> None:
    (tmp_path / "报告.TXT").write_text(BODY, encoding="utf-8")
    assert list(ids(tmp_path)) == ["报告.TXT"]


def test_links_out_of_the_folder_are_named_and_not_followed(tmp_path: Path) -> None:
    outside = put(tmp_path / "外", 秘密=BODY)
    folder = put(tmp_path / "内", 报告=BODY)
    (folder / "链接.txt").symlink_to(outside / "秘密.txt")
    (folder / "文件夹").symlink_to(outside)
    reason = "是指向文件夹之外的链接，不予读取；请把文件本身放进来"
    assert left_out(folder) == {"文件夹": reason, "链接.txt": reason}
    assert list(ids(folder)) == ["报告.txt"]


def test_links_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    folder = put(tmp_path, 报告=BODY)
    (folder / "失效.txt").symlink_to(folder / "没有.txt")
    (folder / "自指.txt").symlink_to(folder / "自指.txt")
    (folder / "回来").symlink_to(folder)
    assert sorted(left_out(folder)) == ["回来", "失效.txt", "自指.txt"]


def test_a_pipe_is_named_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    assert left_out(tmp_path) == {"管道.txt": "不是普通文件（失效的链接或设备），不予读取；请把文件本身放进来"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_or_folder_without_permission_is_named(tmp_path: Path) -> None:
    put(tmp_path, 报告=BODY)
    put(tmp_path / "锁", 秘密=BODY)
    (tmp_path / "报告.txt").chmod(0)
    (tmp_path / "锁").chmod(0)
    try:
        assert sorted(left_out(tmp_path)) == ["报告.txt", "锁"]
    finally:
        (tmp_path / "锁").chmod(0o700)


def test_two_folders_with_the_same_file_names_have_ids_of_their_own(tmp_path: Path) -> None:
    first, second = put(tmp_path / "甲", 报告=BODY), put(tmp_path / "乙", 报告=BODY)
    alone, both = ids(first), ids(first, second)
    assert list(both) == ["报告.txt", "乙/报告.txt"]
    assert both["报告.txt"] == alone["报告.txt"] != both["乙/报告.txt"]


def test_folders_of_one_name_are_numbered(tmp_path: Path) -> None:
    folders = [put(tmp_path / part / "文件", 报告=BODY) for part in "甲乙丙"]
    assert list(ids(*folders)) == ["报告.txt", "文件/报告.txt", "文件-2/报告.txt"]
    assert len(set(ids(*folders).values())) == 3


def test_a_folder_within_the_first_is_not_taken_for_a_second_of_its_name(tmp_path: Path) -> None:
    first, second = put(tmp_path / "甲"), put(tmp_path / "乙", 报告=BODY)
    put(first / "乙", 报告=BODY)
    found = [document.id for document in read_folders([first, second]).documents]
    assert len(set(found)) == 2


def test_an_id_stays_when_other_files_come_and_go_and_when_the_text_changes(tmp_path: Path) -> None:
    before = ids(put(tmp_path, 中=BODY))["中.txt"]
    put(tmp_path, 上=BODY, 下=BODY, 中=BODY * 2)
    assert ids(tmp_path)["中.txt"] == before
    (tmp_path / "上.txt").unlink()
    assert ids(tmp_path)["中.txt"] == before


def test_files_are_read_in_the_order_of_their_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, b=BODY, a=BODY, c=BODY)
    put(tmp_path / "aa", z=BODY)
    expected = ["a.txt", "aa/z.txt", "b.txt", "c.txt"]
    assert list(ids(tmp_path)) == expected
    scandir = os.scandir

    class Backwards:
        def __init__(self, path: str) -> None:
            self.entries = iter(sorted(scandir(path), key=lambda entry: entry.name, reverse=True))

        def __enter__(self) -> "Backwards":
            return self

        def __exit__(self, *error: object) -> None:
            pass

        def __iter__(self) -> "Backwards":
            return self

        def __next__(self) -> "os.DirEntry[str]":
            return next(self.entries)

    monkeypatch.setattr(os, "scandir", Backwards)
    assert list(ids(tmp_path)) == expected


def test_a_name_in_gbk_bytes_is_shown_readable_and_described_by_it(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "报告.txt".encode("gbk")
    try:
        with open(raw, "w", encoding="utf-8") as file:
            file.write(BODY)
    except OSError:
        pytest.skip("this disk takes no such name")
    (tmp_path / "corpus.toml").write_text('[files."报告.txt"]\ntitle = "甲"\n', encoding="utf-8")
    report = read_folders([tmp_path])
    assert [(document.file, document.title) for document in report.documents] == [("报告.txt", "甲")]
    assert report.warnings == ()


def test_of_two_spellings_of_one_name_the_second_is_named(tmp_path: Path) -> None:
    put(tmp_path, **{"cafe\u0301": BODY, "caf\u00e9": BODY})
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("this disk knows one spelling only")
    assert left_out(tmp_path) == {"caf\u00e9.txt": "与另一文件同名，只是文件名的编码不同；请改名后再放入"}
    assert list(ids(tmp_path)) == ["caf\u00e9.txt"]


def test_a_number_is_the_described_one_else_the_one_in_the_text(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("关于做好服务工作的通知\n云政发〔2021〕3号\n正文。\n", encoding="utf-8")
    (tmp_path / "corpus.toml").write_text('[files."b.txt"]\nnumber = "云政发〔2021〕4号"\n', encoding="utf-8")
    assert [d.number for d in read_folders([tmp_path]).documents] == ["云政发〔2021〕3号", "云政发〔2021〕4号"]


def test_what_is_left_over_of_more_than_three_percent_is_shown_with_its_text(tmp_path: Path) -> None:
    body = "会议指出，要抓好落实。\n" * 4
    (tmp_path / "a.txt").write_text(f"首页\n打印\n报告\n{body}关闭窗口\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"首页\n报告\n{body * 20}", encoding="utf-8")
    much, little = read_folders([tmp_path]).files
    assert much.warnings == ("不算正文的文字占 15%——面包屑：首页；页面工具：打印 / 关闭窗口",)
    assert little.warnings == ()


def test_what_a_format_tells_apart_from_the_text_stands_in_the_report_word_by_word(tmp_path: Path) -> None:
    menu = "<nav><a>首页</a><p>政务公开</p><p>首页</p></nav>"
    body = "<p>会议指出，要抓好落实。</p>" * 4
    (tmp_path / "a.html").write_text(
        f"<meta charset=utf-8><body>{menu}<p>打印</p><h1>报告</h1>{body}", encoding="utf-8"
    )
    (tmp_path / "b.html").write_text(f"<meta charset=utf-8><body>{menu}<h1>报告</h1>{body * 20}", encoding="utf-8")
    much, little = read_folders([tmp_path]).files
    assert much.documents[0].text == "打印\n报告\n" + "会议指出，要抓好落实。\n" * 4
    assert much.not_counted == {"页面工具": {"打印": 1}, "导航、页脚等": {"首页": 2, "政务公开": 1}}
    assert much.characters_not_counted == len("打印首页政务公开首页")
    # What the rules guess is warned of where it is much; what the page itself tells apart is not.
    assert much.warnings == ("不算正文的文字占 4%——页面工具：打印",)
    assert (little.warnings, little.not_counted) == ((), {"导航、页脚等": {"首页": 2, "政务公开": 1}})


def test_page_numbers_are_told_once_with_how_many_there_are() -> None:
    dropped = (Dropped("页眉页脚", "公报\n— 1 —\n公报\n— 2 —\n第3期"),)
    assert FileReport("a.pdf", dropped=dropped).not_counted == {"页眉页脚": {"公报": 2, "— 1 —": 2, "第3期": 1}}
