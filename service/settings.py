"""One table of settings: name, default, help, parser; read once from YOUJU_* and the command line."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from service.errors import SettingError
from service.tokens import Source, tokens_in


def shipped(name: str) -> Path:
    """Return the folder that comes with the program under this name: templates, static or seeds.

    In a checkout it stands beside the package, in an installed wheel inside it.
    """
    package = Path(__file__).resolve().parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its option is --name, its variable YOUJU_NAME; ``parse`` raises ValueError saying what is expected.

    A ``repeated`` one has several values: its option may be given more than once, its variable holds them with a colon
    between (a semicolon on Windows). Of a ``secret`` one no error says the value.
    """

    name: str
    default: str
    help: str
    parse: Callable[[str], Any]
    repeated: bool = False
    secret: bool = False

    @property
    def variable(self) -> str:
        return f"YOUJU_{self.name.upper()}"

    @property
    def option(self) -> str:
        return "--" + self.name.replace("_", "-")


def _whole(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if text.isdecimal() and len(text) <= len(str(high)) and low <= int(text) <= high:
            return int(text)
        raise ValueError(f"应为 {low} 到 {high} 的整数")

    return parse


def _yes(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("应为 0 或 1")
    return text == "1"


def _folder(text: str) -> Path:
    return _path(text, "文件夹")


def _file(text: str) -> Path:
    return _path(text, "文件")


def _path(text: str, of: str) -> Path:
    if not text.strip():
        raise ValueError(f"应为{of}的路径")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise ValueError(f"应为{of}的路径；~ 所指的主目录不存在") from None


def _script(text: str) -> str:
    # It becomes part of a header, where blanks and semicolons would end what it says.
    if not re.fullmatch(r"(https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?)?/[A-Za-z0-9._~%@+-][A-Za-z0-9._~%@+/-]*", text):
        raise ValueError("应为 https:// 或 http:// 开头的地址，或本服务上以 / 开头的路径，如 /static/htmx.min.js")
    return text


def _words(text: str) -> str:
    if text not in ("jieba", "rjieba"):
        raise ValueError("应为 jieba 或 rjieba")
    return text


def _log_format(text: str) -> str:
    if text not in ("text", "json"):
        raise ValueError("应为 text 或 json")
    return text


def _tokens(text: str) -> Source | None:
    return tokens_in(text) or _file(text) if text else None


def _secret(text: str) -> str | None:
    if text and len(text) < 32:
        raise ValueError(f"至少 32 个字符，现有 {len(text)} 个；可用 openssl rand -hex 32 生成")
    return text or None


def _host(text: str) -> str:
    if not text.strip():
        raise ValueError("应为地址，如 127.0.0.1 或 0.0.0.0")
    return text


SETTINGS: tuple[Setting, ...] = (
    Setting("corpus", "./seeds", "存放材料的文件夹，可多次给出（变量中用冒号隔开）", _folder, repeated=True),
    Setting("data", "./data", "存放可重建数据（索引、分词词典缓存）的文件夹", _folder),
    Setting(
        "dictionary", "", "存放分词词典缓存的文件夹；不给时用 data 文件夹", lambda text: _folder(text) if text else None
    ),
    Setting("words", "jieba", "用什么分词：jieba，或 rjieba（另装，快得多，分得一样）；换了会重读全部材料", _words),
    Setting(
        "thesaurus",
        "",
        "自己的近义词文件（文本文件，一行一组），与程序自带的一起用",
        lambda text: _file(text) if text else None,
    ),
    Setting("watch", "1", "0 表示不理会运行中材料的增删改，收到 SIGHUP 信号才重新读取", _yes),
    Setting("max_file", "50", "一个文件最大多少 MB；更大的不读，在报告中注明", _whole(1, 2000)),
    Setting("read_seconds", "60", "读一个文件最多用多少秒；超时的不读，在报告中注明", _whole(1, 3600)),
    Setting("host", "127.0.0.1", "监听的地址", _host),
    Setting("port", "8000", "监听的端口", _whole(0, 65535)),
    Setting("threads", "32", "同时处理请求的线程数", _whole(1, 256)),
    Setting("answer_seconds", "10", "一次提问最多用多少秒，超时就放弃，请提问的人缩短或分开问", _whole(1, 600)),
    Setting("rate", "600", "一个令牌或一个地址每分钟最多请求多少次，0 表示不限；本机的请求不计", _whole(0, 1_000_000)),
    Setting(
        "htmx_url",
        "https://cdn.jsdelivr.net/npm/htmx.org@2.0.11/dist/htmx.min.js",
        "浏览器从哪里取 htmx 2.0.11；封闭网络里指向自己的一份，内容须一字不差",
        _script,
    ),
    Setting(
        "tokens",
        "",
        "访问令牌：令牌文件的路径，或者就是其中的几行（分号隔开）；有了它，提问要令牌，管理要管理员的令牌",
        _tokens,
        secret=True,
    ),
    Setting(
        "secret",
        "",
        "签发登录凭据的密钥，至少 32 个字符，最好用变量给出；不给时自动生成，存在 data 文件夹里",
        _secret,
        secret=True,
    ),
    Setting("proxies", "0", "本服务前面有几层可信的反向代理；默认一层也不信，X-Forwarded-* 一律不看", _whole(0, 10)),
    Setting("log_format", "text", "日志的格式：text，或 json（一行一个对象）", _log_format),
    Setting("log_questions", "0", "1 表示把问题写入日志；默认不写，因为问题可能涉密", _yes),
    Setting("private_metrics", "0", "1 表示 /metrics 也要管理员的令牌", _yes),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of SETTINGS, checked."""

    corpus: tuple[Path, ...]
    data: Path
    dictionary: Path
    words: Literal["jieba", "rjieba"]
    thesaurus: Path | None
    watch: bool
    max_file: int
    read_seconds: int
    host: str
    port: int
    threads: int
    answer_seconds: int
    rate: int
    htmx_url: str
    tokens: Source | None
    # Wherever settings are printed, this is not.
    secret: str | None = field(repr=False)
    proxies: int
    log_format: Literal["text", "json"]
    log_questions: bool
    private_metrics: bool


def address_of(host: str, port: int) -> str:
    """Return where a browser finds the service."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def read_settings(
    options: Mapping[str, str | Sequence[str] | None], environment: Mapping[str, str] | None = None
) -> Settings:
    """Return the settings: an option goes before its variable, a variable before the default.

    ``options`` maps names of SETTINGS to what stood on the command line; None or a missing name is not given.

    :raises SettingError: naming the setting, its value and what was expected
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        given = options.get(setting.name)
        source = setting.option
        if given is None:
            source = setting.variable
            given = environment.get(setting.variable) or setting.default
            if setting.repeated:
                given = [part for part in given.split(os.pathsep) if part] or [given]
        parts = [given] if isinstance(given, str) else given
        parsed = tuple(_parsed(setting, source, part) for part in parts)
        values[setting.name] = parsed if setting.repeated else parsed[0]
    values["dictionary"] = values["dictionary"] or values["data"]
    return Settings(**values)


def _parsed(setting: Setting, source: str, text: str) -> Any:
    try:
        return setting.parse(text)
    except ValueError as expected:
        raise SettingError(f"{source}{'' if setting.secret else f'={text}'}：{expected}") from None


assert [each.name for each in fields(Settings)] == [setting.name for setting in SETTINGS]
