"""youju index: what became of every file."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# What the fixture returns is conftest.Done: code, out, err.
Youju = Callable[..., Any]


def test_every_file_gets_a_line_and_the_whole_a_total(youju: Youju, corpus: Path) -> None:
    done = youju("index", "--corpus", corpus)
    assert (done.code, done.err) == (0, "")
    file, total = done.out.splitlines()
    assert re.fullmatch(
        r"✓ 报告\.txt（UTF-8）《云溪县2022年工作报告》2022-12，160 字，\d+ 段，\d+ 个片段，含 \d+\.\d%，标题等 \d+\.\d%",
        file,
    )
    assert re.fullmatch(r"共 1 个文件，读入 1 个，未读 0 个；1 份材料，\d+ 个片段，160 字；版本 [0-9a-f]{12}", total)


def test_a_file_left_out_is_named_with_the_reason_and_ends_with_3(youju: Youju, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "讲话.txt").write_text("在会上的讲话\n各部门要少开会、开短会。\n", encoding="utf-8")
    (corpus / "表.xlsx").write_bytes(b"PK")
    (corpus / "空.txt").write_bytes(b"")
    done = youju("index", "--corpus", corpus)
    assert (done.code, done.err) == (3, "")
    *files, total = done.out.splitlines()
    assert files[0].startswith("✗ 空.txt：")
    assert files[1].startswith("✗ 表.xlsx：")
    assert files[2].startswith("✓ 讲话.txt（UTF-8）《在会上的讲话》")
    assert total.startswith("共 3 个文件，读入 1 个，未读 2 个；1 份材料，")


def test_files_with_the_same_text_are_named_at_each(youju: Youju, tmp_path: Path) -> None:
    for file in ("报告.txt", "存档/报告.txt", "报告（副本）.txt"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("在会上的讲话\n各部门要少开会、开短会。\n", encoding="utf-8")
    lines = youju("index", "--corpus", tmp_path).out.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("✓ 报告.txt"))
    assert lines[at + 1] == "    与 存档/报告.txt、报告（副本）.txt 文字完全相同，回答时只引其中一份"
    assert sum("文字完全相同" in line for line in lines) == 3


def test_a_file_that_is_no_document_is_named_and_nothing_is_left_out(youju: Youju, corpus: Path) -> None:
    (corpus / "~$报告.docx").write_bytes(b"\0")
    done = youju("index", "--corpus", corpus)
    assert done.code == 0
    assert "· ~$报告.docx：是办公软件打开文件时的临时文件，不算材料" in done.out.splitlines()
    assert "共 2 个文件，读入 1 个，未读 0 个，不算材料 1 个；" in done.out


def test_a_thesaurus_of_ones_own_is_checked(youju: Youju, corpus: Path, tmp_path: Path) -> None:
    own = tmp_path / "近义词.txt"
    own.write_text("办证难 > 审批\n办证难\n", encoding="utf-8")
    done = youju("index", "--corpus", corpus, "--thesaurus", own)
    assert done.code == 0
    assert (
        done.out.splitlines()[-2]
        == f"注意：{own}: 第 2 行不是一组近义词，没有采用（写法如：办证难 办事难 > 审批 时限）"
    )
    own.unlink()
    message = "没有这个近义词文件；请用 --thesaurus（或 YOUJU_THESAURUS）指明，或者不给"
    assert youju("index", "--corpus", corpus, "--thesaurus", own) == (2, "", f"youju: {own}: {message}\n")


def test_an_empty_folder_is_reported_as_empty(youju: Youju, tmp_path: Path) -> None:
    done = youju("index", "--corpus", tmp_path)
    assert (done.code, done.err) == (0, "")
    hint, total = done.out.splitlines()
    assert hint == "注意：没有能读的材料；请放入 Word、PDF、网页或文本文件（youju index 说明每个文件的情况）"
    assert total.startswith("共 0 个文件，读入 0 个，未读 0 个；0 份材料，0 个片段，0 字；版本 ")


@pytest.mark.parametrize(
    ("toml", "why"),
    [
        (b'[files."a.txt"]\ntitle = x', "第 2 行第 9 列不合 TOML 的写法；文件名和文字要放在英文引号里"),
        (b"[files", "文末不合 TOML 的写法"),
        (b"date = " + b"1" * 5000, "其中有一处不合 TOML 的写法"),  # more digits than Python reads as a number
        (b"a = " + b"[" * 100_000, "括号的层数过多"),
        (b'title = "\xd7\xf7"', "第 10 个字节起不是 UTF-8 编码；请另存为 UTF-8"),
    ],
)
def test_a_corpus_toml_that_cannot_be_read_is_named_with_the_place(
    youju: Youju, tmp_path: Path, toml: bytes, why: str
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "corpus.toml").write_bytes(toml)
    done = youju("index", "--corpus", corpus)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == f"注意：corpus.toml: 读不了（{why}）；本次未采用其中的标题和日期"


def test_a_file_and_what_it_says_of_itself_do_not_steer_the_terminal(youju: Youju, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a\x1b[2J\n✓ b.txt").write_text("标题\n各部门要少开会、开短会。\n", encoding="utf-8")
    (corpus / "corpus.toml").write_text('[files."没有\\u001b[31m.txt"]\ntitle = "x"\n', encoding="utf-8")
    done = youju("index", "--corpus", corpus)
    assert re.findall(r"[^\n\x20-\x7e\u3000-\uffef\ufffd✓✗]", done.out) == []
    assert done.out.splitlines()[0].startswith("✓ a\ufffd[2J\ufffd✓ b.txt（UTF-8）")
