"""What the command line says of itself, and of wrong usage."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.tokens import owner, read_tokens

# What the fixture returns is conftest.Done: code, out, err.
Youju = Callable[..., Any]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "the following arguments are required: 命令"),
        (["fetch"], "invalid choice: 'fetch'"),
        (["ask"], "the following arguments are required: question"),
        (["ask", "一", "二"], "unrecognized arguments: 二"),
        (["eval"], "the following arguments are required: QUESTIONS.jsonl"),
        (["serve", "--colour"], "unrecognized arguments: --colour"),
        (["serve", "--port"], "argument --port: expected one argument"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_how_it_is_meant(youju: Youju, arguments: list[str], complaint: str) -> None:
    done = youju(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("usage: youju ")
    assert complaint in done.err


@pytest.mark.parametrize("command", ["serve", "index", "ask", "eval", "health"])
def test_a_wrong_setting_ends_every_command_with_2(youju: Youju, command: str) -> None:
    given = {"ask": ["问题"], "eval": ["set.jsonl"]}.get(command, [])
    done = youju(command, *given, "--port", "http")
    assert done == (2, "", "youju: --port=http：应为 0 到 65535 的整数\n")


@pytest.mark.parametrize("command", ["serve", "index", "ask", "eval"])
def test_a_missing_folder_is_named_with_the_option(youju: Youju, command: str) -> None:
    given = {"ask": ["问题"], "eval": ["set.jsonl"]}.get(command, [])
    done = youju(command, *given, "--corpus", "没有")
    assert done == (1, "", "youju: 没有: 没有这个文件夹；请用 --corpus（或 YOUJU_CORPUS）指明存放材料的文件夹\n")


def test_without_a_folder_and_without_seeds_the_option_is_named(youju: Youju) -> None:
    done = youju("index")
    assert done == (1, "", "youju: seeds: 没有这个文件夹；请用 --corpus（或 YOUJU_CORPUS）指明存放材料的文件夹\n")


def test_a_file_is_no_folder(youju: Youju, corpus: Path) -> None:
    done = youju("index", "--corpus", corpus / "报告.txt")
    assert (done.code, done.out) == (1, "")
    assert done.err.endswith("报告.txt: 没有这个文件夹；请用 --corpus（或 YOUJU_CORPUS）指明存放材料的文件夹\n")


def test_a_message_does_not_steer_the_terminal(youju: Youju) -> None:
    assert youju("index", "--corpus", "\x1b[31m红").err.startswith("youju: \ufffd[31m红: ")


def test_every_error_is_one_line_without_a_traceback(youju: Youju) -> None:
    for arguments in (
        ["index", "--corpus", "没有"],
        ["ask", "问题", "--threads", "0"],
        ["eval", "没有.jsonl", "--corpus", "没有"],
    ):
        assert len(youju(*arguments).err.splitlines()) == 1


def test_a_token_is_printed_once_with_the_line_that_is_kept(youju: Youju, tmp_path: Path) -> None:
    done = youju("token", "管理员", "--scope", "admin")
    token = done.out.split("：")[1].split("\n")[0]
    path = tmp_path / "令牌"
    path.write_text(done.out.strip().split("\n")[-1], encoding="utf-8")
    found = owner(token, read_tokens(path))
    assert found is not None
    assert (found.name, found.scope) == ("管理员", "admin")


@pytest.mark.parametrize("name", ["", "有 空格", "#注释", "长" * 65])
def test_a_name_that_would_be_no_line_is_refused(youju: Youju, name: str) -> None:
    assert youju("token", name).code == 2


def test_a_file_of_tokens_that_is_none_is_named_before_anything_is_served(youju: Youju, tmp_path: Path) -> None:
    (tmp_path / "令牌").write_text("管理员 123456\n", encoding="utf-8")
    done = youju("serve", "--tokens", tmp_path / "令牌", "--corpus", tmp_path, "--port", "0")
    assert done.code == 2
    assert "第 1 行不是令牌" in done.err
