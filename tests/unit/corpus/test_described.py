"""corpus.toml describes what it describes; a slip in it is named and takes no document away."""

import tomllib
from pathlib import Path

import pytest

from service.corpus.described import Described, described
from service.corpus.description import Description
from service.corpus.documents import read_folders
from service.settings import shipped

SEEDS = shipped("seeds")


def write(folder: Path, toml: str) -> Path:
    (folder / "corpus.toml").write_text(toml, encoding="utf-8")
    return folder


def test_no_file_describes_nothing(tmp_path: Path) -> None:
    assert described(tmp_path) == Described({}, ())


def test_an_empty_file_describes_nothing(tmp_path: Path) -> None:
    assert described(write(tmp_path, "")) == Described({}, ())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", Description()),
        ('title = "报告"', Description(title="报告")),
        ('date = "2022"', Description(date="2022")),
        ('date = "2022-10"', Description(date="2022-10")),
        ('date = "2024-02-29"', Description(date="2024-02-29")),
        ("date = 2022-10-09", Description(date="2022-10-09")),  # a bare TOML date
        ("date = 2022", Description(date="2022")),  # a number
        ('issuer = "县委"', Description(issuer="县委")),
        ('kind = "讲话"', Description(kind="讲话")),
        ('number = "云政发〔2022〕3号"', Description(number="云政发〔2022〕3号")),
        ('subtitle = "（试行）"', Description(subtitle="（试行）")),
        ('published = "2022-10"', Description(published="2022-10")),
        ('source = "某日报"', Description(source="某日报")),
        ("effective = 2022-10-09", Description(effective="2022-10-09")),
        ('expires = "2025"', Description(expires="2025")),
        ('speaker = "张三"', Description(speaker="张三")),
        ('occasion = "全县经济工作会议"', Description(occasion="全县经济工作会议")),
        ('place = "湖南省岳阳市平江县"', Description(place="湖南省岳阳市平江县")),
        ("lapsed = true", Description(lapsed=True)),
        ("lapsed = false", Description(lapsed=False)),
        ('title = "报告"\nkind = "讲话"', Description(title="报告", kind="讲话")),
    ],
)
def test_every_field_is_optional(tmp_path: Path, line: str, expected: Description) -> None:
    assert described(write(tmp_path, f'[files."a.txt"]\n{line}\n')) == Described({"a.txt": (expected,)}, ())


DATE = "corpus.toml: a.txt 的 date 应为 2022、2022-10 或 2022-10-09，而不是 "


@pytest.mark.parametrize(
    ("toml", "warning"),
    [
        ('file = "a.txt"', "corpus.toml: 不认识的项 file"),
        ('["a.txt"]\ntitle = "报告"', 'corpus.toml: 不认识的项 a.txt；一个文件应写作 [files."a.txt"]'),
        ('[file."a.txt"]\ntitle = "报告"', 'corpus.toml: 不认识的项 file；一个文件应写作 [files."a.txt"]'),
        ('[a.txt]\ntitle = "报告"', 'corpus.toml: 不认识的项 a；一个文件应写作 [files."a.txt"]'),
        ('[all]\ntitle = "报告"', 'corpus.toml: 不认识的项 all；一个文件应写作 [files."报告.txt"]'),
        ('[files.a.txt]\ntitle = "报告"', 'corpus.toml: 文件名里有点，要加引号：[files."a.txt"]'),
        ('files = "a.txt"', 'corpus.toml: files 应为表，如 [files."报告.txt"]'),
        ('[files]\n"a.txt" = "报告"', 'corpus.toml: a.txt 应为表，如 [files."a.txt"]'),
        ('[files."a.txt"]\nname = "报告"', "corpus.toml: a.txt 有不认识的项 name"),
        (
            '[files."a.txt"]\nexpires = "明年"',
            "corpus.toml: a.txt 的 expires 应为 2022、2022-10 或 2022-10-09，而不是 明年",
        ),
        ('[files."a.txt"]\nbegins = "第二篇"', "corpus.toml: a.txt 有不认识的项 begins"),
        ('[files."a.txt"]\ntitle = 5', "corpus.toml: a.txt 的 title 应为文字"),
        ('[files."a.txt"]\ntitle = ["报告"]', "corpus.toml: a.txt 的 title 应为文字"),
        ('[files."a.txt"]\nkind = " "', "corpus.toml: a.txt 的 kind 应为文字"),
        ('[files."a.txt"]\nlapsed = "true"', "corpus.toml: a.txt 的 lapsed 应为 true 或 false"),
        ('[files."a.txt"]\nlapsed = 1', "corpus.toml: a.txt 的 lapsed 应为 true 或 false"),
        ('[files."a.txt"]\ndate = { year = 2022 }', "corpus.toml: a.txt 的 date 应为文字"),
        ('[files."a.txt"]\ndate = "2022年10月"', f"{DATE}2022年10月"),
        ('[files."a.txt"]\ndate = "2022-13"', f"{DATE}2022-13"),
        ('[files."a.txt"]\ndate = "2023-02-29"', f"{DATE}2023-02-29"),
        ('[files."a.txt"]\ndate = "22-10-09"', f"{DATE}22-10-09"),
        ('[files."a.txt"]\nparts = "第二篇"', 'corpus.toml: a.txt 的 parts 应写作 [[files."a.txt".parts]]'),
        ('[[files."a.txt".parts]]\ntitle = "二"', "corpus.toml: a.txt 的 parts 缺少 begins（该篇开头的原文）"),
        ('[files."没有.txt"]\ntitle = "报告"', "corpus.toml: 文件夹里没有 没有.txt"),
    ],
)
def test_a_slip_is_named_and_the_documents_are_served(tmp_path: Path, toml: str, warning: str) -> None:
    (tmp_path / "a.txt").write_text("县政府工作报告\n正文。\n", encoding="utf-8")
    report = read_folders([write(tmp_path, toml)])
    assert report.warnings == (warning,)
    assert [(document.file, document.title, document.date) for document in report.documents] == [
        ("a.txt", "县政府工作报告", None)
    ]


@pytest.mark.parametrize("toml", [b"[files", b"a = " + b"[" * 100_000, b"\xff\xfe\xff", b'title = "\xd7\xf7"'])
def test_a_file_that_is_no_toml_is_named_and_the_documents_are_served(tmp_path: Path, toml: bytes) -> None:
    (tmp_path / "a.txt").write_text("正文。\n", encoding="utf-8")
    (tmp_path / "corpus.toml").write_bytes(toml)
    report = read_folders([tmp_path])
    (warning,) = report.warnings
    assert warning.startswith("corpus.toml: 读不了（")
    assert warning.endswith("）；本次未采用其中的标题和日期")
    assert len(report.documents) == 1


def test_one_slip_leaves_the_other_fields_and_files_described(tmp_path: Path) -> None:
    toml = '[files."a.txt"]\ntitle = "甲"\ndate = "某日"\n[files."b.txt"]\ntitle = "乙"\n'
    found = described(write(tmp_path, toml))
    assert dict(found.files) == {"a.txt": (Description(title="甲"),), "b.txt": (Description(title="乙"),)}


def test_the_warnings_of_a_second_folder_carry_its_name(tmp_path: Path) -> None:
    first, second = tmp_path / "甲", tmp_path / "乙"
    first.mkdir()
    second.mkdir()
    write(second, 'x = 1\n[files."a.txt"]\n')
    assert read_folders([first, second]).warnings == (
        "乙/corpus.toml: 不认识的项 x",
        "乙/corpus.toml: 文件夹里没有 a.txt",
    )


TWO_PARTS = """
[files."a.txt"]
title = "报告"
[[files."a.txt".parts]]
begins = "讲话稿"
title = "讲话"
date = "2023"
[[files."a.txt".parts]]
begins = "通知稿"
"""


def test_further_documents_begin_at_their_first_words(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("报告正文。\n讲话稿\n正文。\n通知稿\n正文。\n", encoding="utf-8")
    (file,) = read_folders([write(tmp_path, TWO_PARTS)]).files
    first, second, third = file.documents
    assert [document.text for document in file.documents] == [
        "报告正文。\n",
        "讲话稿\n正文。\n",
        "通知稿\n正文。\n",
    ]
    assert (second.id, third.id) == (f"{first.id}-2", f"{first.id}-3")
    assert [(document.title, document.date) for document in file.documents] == [
        ("报告", None),
        ("讲话", "2023"),
        ("通知稿", None),
    ]
    assert file.warnings == ()


def test_a_part_that_is_not_found_is_named_and_the_ids_of_the_others_stay(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("报告正文。\n通知稿\n正文。\n", encoding="utf-8")
    (file,) = read_folders([write(tmp_path, TWO_PARTS)]).files
    first, third = file.documents
    assert file.warnings == ("corpus.toml: 找不到另一篇的开头“讲话稿”",)
    assert (first.text, third.text) == ("报告正文。\n", "通知稿\n正文。\n")
    assert third.id == f"{first.id}-3"


def test_a_part_is_looked_for_behind_the_one_before_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("通知稿在后。\n讲话稿\n正文。\n通知稿\n正文。\n", encoding="utf-8")
    (file,) = read_folders([write(tmp_path, TWO_PARTS)]).files
    assert [document.text for document in file.documents] == [
        "通知稿在后。\n",
        "讲话稿\n正文。\n",
        "通知稿\n正文。\n",
    ]


def test_the_two_texts_of_seed_004_are_two_documents_that_join_to_the_file() -> None:
    name = "004_b7eb83e301e981d6.txt"
    (file,) = (file for file in read_folders([SEEDS]).files if file.file == name)
    report, speech = file.documents
    assert report.text + speech.text == (SEEDS / name).read_text(encoding="utf-8-sig")
    assert speech.text.startswith("党委书记在2023年高质量发展大会上的讲话 同志们:")
    assert speech.id == f"{report.id}-2"
    said = tomllib.loads((SEEDS / "corpus.toml").read_text(encoding="utf-8"))["files"][name]
    assert (report.title, report.issuer) == (said["title"], said["issuer"])
    assert (speech.title, speech.issuer) == (said["parts"][0]["title"], said["parts"][0]["issuer"])
