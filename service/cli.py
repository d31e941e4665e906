"""The command line: serve, index, ask, eval, token, health."""

import argparse
import http.client
import json
import os
import re
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service import terminal
from service.errors import NoCorpus, SettingError, YoujuError
from service.limits import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    LONGEST_HISTORY,
    LONGEST_QUESTION,
    LONGEST_WORD,
    MOST_CITATIONS,
    MOST_LEFT_OUT,
    USUAL_CITATIONS,
)
from service.settings import SETTINGS, Settings, address_of, read_settings
from service.tokens import SCOPES, made
from service.watching import watching

if TYPE_CHECKING:
    from service.engine import Engine

LEFT_OUT = 3
_WITHIN = (
    ("places", "地方", "这个地方的，从省写起（广东省广州市）"),
    ("kinds", "文种", "这个文种的，如 通知"),
    ("issuers", "机关", "这个机关发的"),
    ("folders", "文件夹", "这个文件夹里的，不在任何文件夹里的写“（根目录）”"),
)
# As in export/formats.py, which takes long to import.
_FORMATS = ("docx", "md", "json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code: 0, 1 an error, 2 wrong usage, 3 read but some files were left out."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal in another encoding shows a question mark for what it cannot show; it does not end the program.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings({setting.name: getattr(options, setting.name, None) for setting in SETTINGS})
        command: Callable[[Settings, argparse.Namespace], int] = options.command
        code = command(settings, options)
        # Here, so that a reader who left is noticed where that is dealt with.
        sys.stdout.flush()
        return code
    except SettingError as error:
        return _fail(str(error), 2)
    except YoujuError as error:
        return _fail(str(error), 1)
    except BrokenPipeError:
        # The reader has enough (youju ask … | head); Python must not complain of it while it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _fail(message: str, code: int) -> int:
    print(f"youju: {terminal.printable(message)}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="youju", description="有据：向一个文件夹的材料提问，回答都是有出处的原文。")
    commands = parser.add_subparsers(required=True, metavar="命令")
    common = argparse.ArgumentParser(add_help=False)
    for setting in SETTINGS:
        repeated: Mapping[str, Any] = {"action": "append"} if setting.repeated else {}
        default = f"（默认 {setting.default}；" if setting.default else "（"
        common.add_argument(
            setting.option,
            dest=setting.name,
            metavar=setting.name.upper(),
            help=f"{setting.help}{default}也可用 {setting.variable}）",
            **repeated,
        )

    def add(name: str, run: Callable[[Settings, argparse.Namespace], int], help_: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_, description=help_, parents=[common])
        command.set_defaults(command=run)
        return command

    add("serve", _serve, "启动网页和接口")
    add("index", _index, "读一遍文件夹，报告每个文件的情况（有文件未读时退出码为 3）")
    ask = add("ask", _ask, "在终端里提一个问题")
    ask.add_argument("question", type=_question, help=f"问题，最多 {LONGEST_QUESTION} 字")
    ask.add_argument(
        "--after",
        action="append",
        default=[],
        type=_question,
        metavar="问题",
        help=f"此前问过的问题，先问的在前，可给出 {LONGEST_HISTORY} 次",
    )
    ask.add_argument(
        "--limit",
        type=_limit,
        default=USUAL_CITATIONS,
        help=f"最多几条引文（1-{MOST_CITATIONS}，默认 {USUAL_CITATIONS}）",
    )
    ask.add_argument(
        "--without",
        action="append",
        default=[],
        type=_word,
        metavar="词",
        help=f"不查这个词或近义词，照“查了”中的写法，可给出 {MOST_LEFT_OUT} 次",
    )
    ask.add_argument("--no-synonyms", dest="synonyms", action="store_false", help="不查近义词")
    ask.add_argument(
        "--year",
        type=_year,
        help=f"问题里的今年按哪一年理解（{EARLIEST_YEAR}-{LATEST_YEAR}；不给时按材料中最近的一年）",
    )
    ask.add_argument("--from", dest="earliest", type=_date, metavar="日期", help="只查这一天（月、年）起的，如 2024-06")
    ask.add_argument("--to", dest="latest", type=_date, metavar="日期", help="只查到这一天（月、年）为止的")
    for name, metavar, of in _WITHIN:
        ask.add_argument(
            f"--{name[:-1]}",
            dest=name,
            action="append",
            default=[],
            metavar=metavar,
            help=f"只查{of}，可给出多次",
        )
    ask.add_argument("--json", action="store_true", help="按接口的 JSON 格式输出")
    ask.add_argument("--output", type=Path, metavar="FILE", help="把回答存成文件：Word、Markdown 或 JSON")
    ask.add_argument("--format", choices=_FORMATS, help="文件的格式；不给时看 --output 的文件名以什么结尾")
    judged = add("eval", _eval, "用题集检验回答的质量")
    judged.add_argument("questions", nargs="+", type=Path, metavar="QUESTIONS.jsonl", help="题集")
    judged.add_argument("--misses", action="store_true", help="列出没有答对的题：查了哪些词，引了什么，应引什么")
    judged.add_argument("--save", type=Path, metavar="FILE", help="把这次的结果存进文件，供以后比较")
    judged.add_argument("--against", type=Path, metavar="FILE", help="与先前存下的结果比较，列出得失的题")
    token = add("token", _token, "生成访问令牌：打印令牌和令牌文件里的一行")
    token.add_argument("name", type=_token_name, metavar="名称", help="给谁用的，不含空格")
    token.add_argument(
        "--scope", choices=SCOPES, default="admin", help="权限：admin 可以提问和管理（默认），ask 只能提问和查阅"
    )
    add("health", _health, "检查本机上的服务是否可用（可用时退出码为 0）")
    return parser


def _question(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("不能为空白")
    if len(text) > LONGEST_QUESTION:
        raise argparse.ArgumentTypeError(f"有 {len(text)} 字，最多 {LONGEST_QUESTION} 字")
    return text


def _limit(text: str) -> int:
    if not (text.isdecimal() and len(text) < 3 and 1 <= int(text) <= MOST_CITATIONS):
        raise argparse.ArgumentTypeError(f"应为 1 到 {MOST_CITATIONS} 的整数")
    return int(text)


def _word(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("不能为空白")
    if len(text) > LONGEST_WORD:
        raise argparse.ArgumentTypeError(f"有 {len(text)} 字，最多 {LONGEST_WORD} 字")
    return text


def _date(text: str) -> str:
    try:
        if not re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", text):
            raise ValueError(text)
        # Any day of the month or year that is meant is one that there is.
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text)
    except ValueError:
        raise argparse.ArgumentTypeError("应为存在的年、年-月或年-月-日，如 2023、2023-06、2023-06-09") from None
    return text


def _year(text: str) -> int:
    if not (text.isdecimal() and len(text) == 4 and EARLIEST_YEAR <= int(text) <= LATEST_YEAR):
        raise argparse.ArgumentTypeError(f"应为 {EARLIEST_YEAR} 到 {LATEST_YEAR} 的整数")
    return int(text)


# The engine, with numpy and jieba, takes half a second to import: only commands that need it do. `youju health` is run
# every few seconds for as long as a container lives.


def _loaded(settings: Settings) -> "Engine":
    from service.engine import Engine

    engine = Engine(settings)
    with watching() as watch:
        engine.load(watch)
    if not engine.loaded.corpus.documents:
        folders = "、".join(map(str, settings.corpus))
        raise NoCorpus(f"{folders}: {terminal.NOTHING_READ}")
    return engine


def _index(settings: Settings, options: argparse.Namespace) -> int:
    from service.engine import Engine

    engine = Engine(settings)
    with watching() as watch:
        report = engine.load(watch)
    for line in terminal.report_lines(report, engine.loaded.shelf):
        print(line)
    return LEFT_OUT if report.left_out else 0


def _ask(settings: Settings, options: argparse.Namespace) -> int:
    from service.answering.answer import Choices
    from service.answering.filters import Filters

    for option, given, most in (
        ("--after", options.after, LONGEST_HISTORY),
        ("--without", options.without, MOST_LEFT_OUT),
    ):
        if len(given) > most:
            raise SettingError(f"{option} 给出了 {len(given)} 次，最多 {most} 次")
    form = _format(options)
    if (
        options.earliest
        and options.latest
        and options.earliest[: len(options.latest)] > options.latest[: len(options.earliest)]
    ):
        raise SettingError(f"--from={options.earliest}：不能晚于 --to={options.latest}")
    values = {name: tuple(getattr(options, name)) for name, _, _ in _WITHIN}
    within = Filters(earliest=options.earliest, latest=options.latest, **values)
    choices = Choices(options.synonyms, frozenset(options.without), options.year, within)
    answer = _loaded(settings).ask(options.question, options.after, limit=options.limit, choices=choices)
    if options.json:
        from service.answering.contract import answer_json, path_of

        print(json.dumps(answer_json(answer, path_of), ensure_ascii=False, indent=2))
        return 0
    if form is not None:
        from service.export.formats import FORMATS
        from service.export.record import Record, Turn

        record = Record((Turn(answer, choices),), datetime.now().astimezone())
        try:
            options.output.write_bytes(FORMATS[form].write(record))
        except OSError as error:
            raise SettingError(f"--output={options.output}：不能写入（{error.strerror}）；请换个位置") from None
        return 0
    for line in terminal.answer_lines(answer):
        print(line)
    return 0


def _format(options: argparse.Namespace) -> str | None:
    """Return what the answer is to be saved as, by its extension; None where it is printed.

    :raises SettingError: if the options that say so do not go together
    """
    if options.output is None:
        if options.format:
            raise SettingError(f"--format={options.format}：要与 --output 一起用，指明存到哪个文件")
        return None
    if options.json:
        raise SettingError("--json 是在终端里输出，不与 --output 一起用；要存成 JSON 文件请用 --format json")
    form: str = options.format or options.output.suffix.lower().removeprefix(".")
    if form not in _FORMATS:
        raise SettingError(
            f"--output={options.output}：看不出格式；请用 {'、'.join(f'.{name}' for name in _FORMATS)} 结尾，或给出 --format"
        )
    return form


def _eval(settings: Settings, options: argparse.Namespace) -> int:
    from service.evaluation import lines
    from service.evaluation.comparison import compare
    from service.evaluation.judging import judge
    from service.evaluation.question_set import read_sets
    from service.evaluation.run import JudgedSet, Run, judged_set, read_run, write_run

    engine = _loaded(settings)
    # Both before the first question is asked: what cannot be read is said at once.
    sets = read_sets(options.questions)
    earlier = read_run(options.against) if options.against else None
    kept: dict[str, JudgedSet] = {}
    for name, turns in sets.items():
        judged = judge(engine, turns)
        if kept:
            print()
        kept[name] = judged_set(judged)
        print(f"# {terminal.printable(name)}")
        for line in lines.figure_lines(judged.figures):
            print(line)
        if options.misses:
            for line in lines.miss_lines(judged.misses):
                print(line)
    run = Run(datetime.now().astimezone(), engine.loaded.corpus.version, kept)
    if earlier is not None:
        print()
        for line in lines.comparison_lines(compare(earlier, run), options.against.name):
            print(line)
    # Last, so that one file can be compared with and then written anew.
    if options.save:
        write_run(run, options.save)
    return 0


def _token_name(text: str) -> str:
    if not text or len(text) > 64 or any(character.isspace() for character in text) or text.startswith("#"):
        raise argparse.ArgumentTypeError("应为不含空格的名称，最多 64 字")
    return text


def _token(settings: Settings, options: argparse.Namespace) -> int:
    token, kept = made(options.name, options.scope)
    print(f"访问令牌（只显示这一次，交给使用者）：{token}")
    print(f"令牌文件（--tokens）里加一行，保存后即生效：\n{terminal.printable(kept.line)}")
    return 0


def _health(settings: Settings, options: argparse.Namespace) -> int:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    # Never by way of a proxy: the service asked is the one on this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    address = address_of(host, settings.port)
    try:
        with opener.open(f"{address}/readyz", timeout=5) as response:
            status = response.status
    except urllib.error.HTTPError as error:
        status = error.code
    # What listens there may be no web server at all.
    except http.client.HTTPException:
        status = 0
    except OSError:
        return _fail(f"没有连上 {address}；请先运行 youju serve", 1)
    match status:
        case 200:
            return 0
        case 503:
            return _fail(f"{address} 尚未就绪，还在建立索引；请稍后再试", 1)
        case _:
            return _fail(f"{address} 上运行的不是有据；请检查 --host 和 --port", 1)


def _serve(settings: Settings, options: argparse.Namespace) -> int:
    # Before the imports, which take longer than somebody may wait who stops it at once; from then on it stops in order.
    signal.signal(signal.SIGTERM, _stop)
    from service.serving import serve

    serve(settings)
    return 0


def _stop(number: int, frame: object) -> None:
    raise SystemExit(0)
