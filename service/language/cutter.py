"""The name of a cutter in, the cutter out: what makes words of runs of Chinese characters, by jieba's dictionary."""

from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, Protocol

from service.errors import SettingError

Name = Literal["jieba", "rjieba"]


class Cutter(Protocol):
    """Cuts as jieba does, and tells what its dictionary has. Any thread may use it."""

    def cut(self, run: str) -> list[str]:
        """Return the words of a run of Han characters; joined they are the run."""
        ...

    def known(self, run: str) -> list[str]:
        """Return the words of a run, single characters where the dictionary has none."""
        ...

    def has(self, word: str) -> bool:
        """Return whether the dictionary has a word."""
        ...


def made(name: Name, folder: Path) -> Cutter:
    """Return the cutter of this name with its dictionary loaded, of which a prepared form may be kept in the folder.

    :raises SettingError: if it is not installed
    """
    # Imported here: each takes a tenth of a second, and only one is used.
    if name == "jieba":
        from service.language.words import Words, loaded

        return Words(loaded(folder))
    _check(name)
    from service.language.rust_words import RustWords

    return RustWords()


def versions(name: Name) -> str:
    """Return the versions of what is cut with; the dictionary is always jieba's.

    :raises SettingError: if it is not installed
    """
    _check(name)
    return version("jieba") if name == "jieba" else f"{version('jieba')} rjieba {version('rjieba')}"


def _check(name: Name) -> None:
    if find_spec(name) is None:
        raise SettingError(
            f'--words={name}（或 YOUJU_WORDS）：没有安装 {name}；请运行 pip install "youju[fast]"，或改用 --words=jieba'
        )
