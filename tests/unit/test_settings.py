"""Settings: an option goes before its variable, a variable before the default; what cannot be used says so."""

import os
import re
from pathlib import Path

import pytest

import service
from service.cli import main
from service.errors import SettingError
from service.settings import SETTINGS, Setting, Settings, read_settings, shipped
from service.tokens import Token, made

WRONG_SCRIPT = "应为 https:// 或 http:// 开头的地址，或本服务上以 / 开头的路径，如 /static/htmx.min.js"
KEY = "登录密钥" * 8
_, KEPT = made("张三", "admin")
README = Path(service.__file__).resolve().parents[1] / "README.md"
EACH = pytest.mark.parametrize("setting", SETTINGS, ids=[setting.name for setting in SETTINGS])


def test_without_any_the_defaults_hold() -> None:
    assert read_settings({}, environment={}) == Settings(
        corpus=(Path("seeds"),),
        data=Path("data"),
        dictionary=Path("data"),
        words="jieba",
        thesaurus=None,
        watch=True,
        max_file=50,
        read_seconds=60,
        host="127.0.0.1",
        port=8000,
        threads=32,
        answer_seconds=10,
        rate=600,
        htmx_url="https://cdn.jsdelivr.net/npm/htmx.org@2.0.11/dist/htmx.min.js",
        tokens=None,
        secret=None,
        proxies=0,
        log_format="text",
        log_questions=False,
        private_metrics=False,
    )


def test_a_variable_goes_before_the_default() -> None:
    environment = {
        "YOUJU_CORPUS": os.pathsep.join(["材料", "/srv/seeds"]),
        "YOUJU_DATA": "/srv/data",
        "YOUJU_DICTIONARY": "/srv/dictionary",
        "YOUJU_WORDS": "rjieba",
        "YOUJU_THESAURUS": "/srv/近义词.txt",
        "YOUJU_WATCH": "0",
        "YOUJU_MAX_FILE": "200",
        "YOUJU_READ_SECONDS": "5",
        "YOUJU_HOST": "0.0.0.0",
        "YOUJU_PORT": "9000",
        "YOUJU_THREADS": "2",
        "YOUJU_ANSWER_SECONDS": "5",
        "YOUJU_RATE": "0",
        "YOUJU_HTMX_URL": "/static/htmx.min.js",
        "YOUJU_TOKENS": "/srv/令牌",
        "YOUJU_SECRET": KEY,
        "YOUJU_PROXIES": "2",
        "YOUJU_LOG_FORMAT": "json",
        "YOUJU_LOG_QUESTIONS": "1",
        "YOUJU_PRIVATE_METRICS": "1",
        "ANOTHER": "x",
    }
    assert read_settings({}, environment) == Settings(
        corpus=(Path("材料"), Path("/srv/seeds")),
        data=Path("/srv/data"),
        dictionary=Path("/srv/dictionary"),
        words="rjieba",
        thesaurus=Path("/srv/近义词.txt"),
        watch=False,
        max_file=200,
        read_seconds=5,
        host="0.0.0.0",
        port=9000,
        threads=2,
        answer_seconds=5,
        rate=0,
        htmx_url="/static/htmx.min.js",
        tokens=Path("/srv/令牌"),
        secret=KEY,
        proxies=2,
        log_format="json",
        log_questions=True,
        private_metrics=True,
    )


@pytest.mark.parametrize(
    ("name", "option", "variable", "value"),
    [
        ("corpus", ["/option"], "/variable", (Path("/option"),)),
        ("data", "/option", "/variable", Path("/option")),
        ("dictionary", "/option", "/variable", Path("/option")),
        ("thesaurus", "/option", "/variable", Path("/option")),
        ("max_file", "1", "2", 1),
        ("read_seconds", "1", "2", 1),
        ("host", "0.0.0.0", "::1", "0.0.0.0"),
        ("port", "1", "2", 1),
        ("threads", "1", "2", 1),
        ("answer_seconds", "1", "2", 1),
        ("rate", "0", "2", 0),
        ("htmx_url", "http://files.lan:8080/htmx.min.js", "/static/htmx.min.js", "http://files.lan:8080/htmx.min.js"),
        ("proxies", "1", "2", 1),
        ("log_format", "text", "json", "text"),
        ("log_questions", "0", "1", False),
        ("private_metrics", "0", "1", False),
    ],
)
def test_an_option_goes_before_its_variable(name: str, option: str, variable: str, value: object) -> None:
    assert getattr(read_settings({name: option}, {f"YOUJU_{name.upper()}": variable}), name) == value


def test_an_option_that_was_not_given_leaves_the_variable() -> None:
    assert read_settings({"port": None}, {"YOUJU_PORT": "9000"}).port == 9000


@EACH
def test_an_empty_variable_counts_as_none(setting: Setting) -> None:
    assert read_settings({}, {setting.variable: ""}) == read_settings({}, {})


def test_several_folders_are_kept_in_the_order_given() -> None:
    folders = ["b", "a", "b/c"]
    assert read_settings({"corpus": folders}, {}).corpus == (Path("b"), Path("a"), Path("b/c"))


def test_a_folder_on_the_command_line_may_have_a_colon_in_its_name() -> None:
    assert read_settings({"corpus": ["2022:县", "a;b"]}, {}).corpus == (Path("2022:县"), Path("a;b"))


def test_blank_folders_between_the_separators_of_a_variable_are_none() -> None:
    variable = os.pathsep.join(["", "a", "", "b", ""])
    assert read_settings({}, {"YOUJU_CORPUS": variable}).corpus == (Path("a"), Path("b"))


def test_the_home_folder_may_be_written_as_a_tilde() -> None:
    settings = read_settings({"corpus": ["~/材料"]}, {"YOUJU_DATA": "~/数据"})
    assert (settings.corpus, settings.data) == ((Path.home() / "材料",), Path.home() / "数据")


def test_the_dictionary_is_kept_with_the_data_unless_told_otherwise() -> None:
    assert read_settings({"data": "/srv/data"}, {}).dictionary == Path("/srv/data")
    assert read_settings({"data": "/srv/data", "dictionary": "/opt"}, {}).dictionary == Path("/opt")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("port", "http", "应为 0 到 65535 的整数"),
        ("port", "-1", "应为 0 到 65535 的整数"),
        ("port", "65536", "应为 0 到 65535 的整数"),
        ("port", "80.5", "应为 0 到 65535 的整数"),
        ("port", "²", "应为 0 到 65535 的整数"),
        ("port", "1" * 5000, "应为 0 到 65535 的整数"),  # more digits than Python reads as a number
        ("threads", "0", "应为 1 到 256 的整数"),
        ("threads", "257", "应为 1 到 256 的整数"),
        ("answer_seconds", "0", "应为 1 到 600 的整数"),
        ("rate", "-1", "应为 0 到 1000000 的整数"),
        ("proxies", "11", "应为 0 到 10 的整数"),
        ("log_format", "JSON", "应为 text 或 json"),
        ("words", "Jieba", "应为 jieba 或 rjieba"),
        ("log_questions", "yes", "应为 0 或 1"),
        ("log_questions", "是", "应为 0 或 1"),
        ("htmx_url", "htmx.min.js", WRONG_SCRIPT),
        ("htmx_url", "//files.lan/htmx.min.js", WRONG_SCRIPT),
        ("htmx_url", "ftp://files.lan/htmx.min.js", WRONG_SCRIPT),
        ("htmx_url", "https://files.lan", WRONG_SCRIPT),
        ("htmx_url", "https://files.lan/a.js; script-src *", WRONG_SCRIPT),
        ("htmx_url", "https://files.lan 'unsafe-inline'/a.js", WRONG_SCRIPT),
        ("host", " ", "应为地址，如 127.0.0.1 或 0.0.0.0"),
        ("corpus", " ", "应为文件夹的路径"),
        ("data", " ", "应为文件夹的路径"),
        ("thesaurus", " ", "应为文件的路径"),
        ("data", "~no-such-user-1/x", "应为文件夹的路径；~ 所指的主目录不存在"),
    ],
)
def test_a_wrong_value_names_the_setting_the_value_and_what_was_expected(name: str, value: str, expected: str) -> None:
    option = [value] if name == "corpus" else value
    with pytest.raises(SettingError) as by_option:
        read_settings({name: option}, {})
    with pytest.raises(SettingError) as by_variable:
        read_settings({}, {f"YOUJU_{name.upper()}": value})
    dashed = name.replace("_", "-")
    assert str(by_option.value) == f"--{dashed}={value}：{expected}"
    assert str(by_variable.value) == f"YOUJU_{name.upper()}={value}：{expected}"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("secret", "短密钥" * 10, "至少 32 个字符，现有 30 个；可用 openssl rand -hex 32 生成"),
        (
            "tokens",
            f"{KEPT.line};科员 ask 绝密",
            "第 2 行不是令牌；应为 youju token 打印的一行（名称 权限 散列值）",
        ),
        (
            "tokens",
            KEPT.line.replace(" ask ", " Ask ").replace(" admin ", " Admin "),
            "第 1 行不是令牌；应为 youju token 打印的一行（名称 权限 散列值）",
        ),
    ],
    ids=["secret", "tokens", "one token"],
)
def test_what_is_secret_is_in_no_error(name: str, value: str, expected: str) -> None:
    with pytest.raises(SettingError) as by_option:
        read_settings({name: value}, {})
    with pytest.raises(SettingError) as by_variable:
        read_settings({}, {f"YOUJU_{name.upper()}": value})
    assert (str(by_option.value), str(by_variable.value)) == (
        f"--{name}：{expected}",
        f"YOUJU_{name.upper()}：{expected}",
    )


def test_the_secret_is_not_in_what_settings_print(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert KEY not in repr(read_settings({"secret": KEY}, {}))
    monkeypatch.setenv("YOUJU_SECRET", KEY)
    assert KEY not in help_of("serve", capsys=capsys)


@pytest.mark.parametrize("between", [";", "\n", " ; \n"])
def test_tokens_are_a_file_or_the_lines_themselves(between: str) -> None:
    other = Token("李四", "ask", "0" * 64)
    assert read_settings({"tokens": f"{KEPT.line}{between}{other.line}"}, {}).tokens == (KEPT, other)
    assert read_settings({"tokens": "管理员 admin.txt"}, {}).tokens == Path("管理员 admin.txt")


@pytest.mark.parametrize("name", ["corpus", "data", "host", "port"])
def test_an_empty_option_is_a_wrong_value(name: str) -> None:
    # What `--corpus "$UNSET"` gives: it must not come to mean the current folder, or the default.
    with pytest.raises(SettingError, match=f"^--{name}=："):
        read_settings({name: [""] if name == "corpus" else ""}, {})


@EACH
def test_every_setting_has_an_option_a_variable_and_help(setting: Setting, capsys: pytest.CaptureFixture[str]) -> None:
    assert setting.option == "--" + setting.name.replace("_", "-")
    assert setting.variable == "YOUJU_" + setting.name.upper()
    for command in commands(capsys):
        said = "".join(help_of(command, capsys=capsys).split())
        assert setting.option in said
        assert "".join(f"{setting.help}".split()) in said
        assert setting.variable in said


def test_the_folders_that_come_with_the_program_are_there() -> None:
    assert [any(shipped(name).iterdir()) for name in ("templates", "static", "seeds")] == [True, True, True]


@pytest.mark.checkout
@EACH
def test_the_readme_tells_of_every_setting_with_its_default(setting: Setting) -> None:
    rows = [line for line in README.read_text(encoding="utf-8").splitlines() if f"`{setting.variable}`" in line]
    assert len(rows) == 1
    assert f"`{setting.option}`" in rows[0]
    assert f"`{setting.default}`" in rows[0] or not setting.default


@pytest.mark.checkout
def test_the_readme_tells_of_no_setting_there_is_not() -> None:
    told = set(re.findall(r"YOUJU_[A-Z_]+", README.read_text(encoding="utf-8")))
    assert told == {setting.variable for setting in SETTINGS}


@pytest.mark.checkout
def test_the_readme_shows_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    shown = set(re.findall(r"^\$ youju (\w+)", README.read_text(encoding="utf-8"), re.MULTILINE))
    assert shown == commands(capsys) == {"ask", "eval", "health", "index", "serve", "token"}


def help_of(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


def commands(capsys: pytest.CaptureFixture[str]) -> set[str]:
    return set(re.findall(r"^ {4}([a-z]+)", help_of(capsys=capsys), re.MULTILINE))
