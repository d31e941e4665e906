"""Settings in, answers out: reads the folders, builds corpus and index, and swaps both at once."""

import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from service import deadline
from service.answering import conversation
from service.answering.answer import Answer, Choices
from service.answering.conversation import Turns, converse
from service.answering.filters import Filters
from service.answering.question import read
from service.answering.shelf import Shelf, shelf
from service.answering.suggester import Suggester
from service.answering.understanding import Reader
from service.corpus.readers import Bounds
from service.corpus.report import Report
from service.errors import NoCorpus, NotReady, Progress, SettingError
from service.index.store import Remembered, Watch, indexed
from service.language import thesaurus
from service.language.analyser import Analyser
from service.language.pinyin import readings
from service.language.thesaurus import Thesaurus
from service.limits import USUAL_CITATIONS
from service.passages.corpus import Corpus
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is served at a time: a corpus made ready for questions, by which thesaurus they are read, what suggests further
    ones, the turns answered lately, what became of each of its files, when they were read, and the size of its index."""

    shelf: Shelf
    thesaurus: Thesaurus
    suggester: Suggester
    turns: Turns
    report: Report
    at: datetime
    index_bytes: int

    @property
    def corpus(self) -> Corpus:
        return self.shelf.corpus


class Loads(NamedTuple):
    """How often the folders were read, and could not be, and how many seconds that took in all."""

    loaded: int = 0
    failed: int = 0
    seconds: float = 0.0


class Engine:
    """Holds what is loaded. Everything but ``load`` may be called from any thread at any time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._analyser = Analyser(settings.dictionary, settings.words)
        self._loaded: Loaded | None = None
        self._progress: Progress | None = None
        self._gone_since: datetime | None = None
        self._loads = Loads()
        self._loading = threading.Lock()
        self._remembered = Remembered()

    @property
    def ready(self) -> bool:
        """Return whether questions can be answered."""
        return self._loaded is not None

    @property
    def loaded(self) -> Loaded:
        """Return what is served now.

        :raises NotReady: before the first load
        """
        if self._loaded is None:
            raise NotReady(self._progress)
        return self._loaded

    @property
    def gone_since(self) -> datetime | None:
        """Return since when a folder is known to be missing, so that answers come from what was read of it before; else None."""
        return self._gone_since

    @property
    def loads(self) -> Loads:
        return self._loads

    def load(self, watch: Watch = lambda progress: None, written: Collection[Path] = ()) -> Report:
        """Read the folders and the thesaurus, and serve what they hold from now on; questions in flight keep what they
        began with. ``watch`` is told how far the reading of what is new has come. Of files that are being ``written`` what
        was read last stays.

        :raises NoCorpus: if a folder is missing; what was served before stays, as with the other errors
        :raises SettingError: if there is a thesaurus of one's own that cannot be read, or what is to cut is not installed
        :raises AnalyserError: if the analyser does not find what it indexes
        """
        with self._loading, self._timed():
            # Before anything is read: what changes meanwhile may be in it or not.
            begun = datetime.now().astimezone()
            self._analyser.load()
            own = _lines(self._settings.thesaurus)

            def watched(progress: Progress) -> None:
                self._progress = progress
                watch(progress)

            bounds = Bounds(self._settings.max_file * 1_000_000, self._settings.read_seconds)
            try:
                found = indexed(
                    self._settings.corpus,
                    self._settings.data,
                    self._analyser,
                    watched,
                    bounds,
                    self._remembered,
                    written,
                )
            except NoCorpus:
                self._gone_since = self._gone_since or begun
                raise
            self._gone_since = None
            report = replace(found.report, warnings=(*found.report.warnings, *_slips(self._settings.thesaurus, own)))
            books, known = shelf(found.index, self._analyser), thesaurus.shipped(self._settings.dictionary, own)
            suggester = conversation.suggester(books, self._reader(known))
            self._loaded = Loaded(books, known, suggester, Turns(), report, begun, found.index.bytes)
            return report

    @contextmanager
    def _timed(self) -> Iterator[None]:
        """Note how long a load takes, and whether it fails."""
        begun, failed = time.monotonic(), 1
        try:
            yield
            failed = 0
        finally:
            done = self._loads
            took = time.monotonic() - begun
            self._loads = Loads(done.loaded + 1 - failed, done.failed + failed, done.seconds + took)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        limit: int = USUAL_CITATIONS,
        filters: Filters | None = None,
        choices: Choices | None = None,
    ) -> Answer:
        """Return the answer to a question; ``history`` are the questions before it, oldest first.

        :raises NotReady: before the first load
        :raises TookTooLong: if it takes longer than the settings allow
        """
        return self.converse((*history, question), limit=limit, filters=filters, choices=choices)[-1]

    def converse(
        self,
        questions: Sequence[str],
        *,
        limit: int = USUAL_CITATIONS,
        filters: Filters | None = None,
        choices: Choices | None = None,
        loaded: Loaded | None = None,
    ) -> list[Answer]:
        """Return the answer to each question of a conversation, in order; the filters hold for the last one.

        ``loaded`` is what is asked where that was taken before, and may be served no more.

        :raises NotReady: before the first load
        :raises TookTooLong: if all of it takes longer than the settings allow
        """
        loaded = loaded or self.loaded
        with deadline.within(self._settings.answer_seconds):
            return converse(
                questions,
                loaded.shelf,
                self._reader(loaded.thesaurus),
                limit=limit,
                filters=filters,
                choices=choices,
                suggester=loaded.suggester,
                turns=loaded.turns,
            )

    def warm(self) -> None:
        """Make what is made when it is first needed, so that nobody who asks waits for it.

        :raises NotReady: before the first load
        """
        for example in self.loaded.suggester.examples()[:1]:
            self.ask(example)
        # A question with a typing error is the first to need them.
        readings("字")

    def _reader(self, known: Thesaurus) -> Reader:
        """Return what reads a question with this thesaurus."""
        return lambda text: read(text, self._analyser, known)


def _lines(path: Path | None) -> list[str]:
    """Return the lines of a thesaurus of one's own, none where there is none.

    :raises SettingError: naming the file, if it is not there or no text in UTF-8
    """
    if path is None:
        return []
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise SettingError(f"{path}: 近义词文件第 {error.start + 1} 个字节起不是 UTF-8 编码；请另存为 UTF-8") from None
    except FileNotFoundError:
        raise SettingError(
            f"{path}: 没有这个近义词文件；请用 --thesaurus（或 YOUJU_THESAURUS）指明，或者不给"
        ) from None
    except OSError as error:
        raise SettingError(
            f"{path}: 近义词文件打不开（{error.strerror}）；请检查 --thesaurus（或 YOUJU_THESAURUS）"
        ) from None


def _slips(path: Path | None, lines: Sequence[str]) -> list[str]:
    """Return what is to be said of the lines of a thesaurus that are no group."""
    return [
        f"{path}: 第 {number} 行不是一组近义词，没有采用（写法如：办证难 办事难 > 审批 时限）"
        for number in thesaurus.no_groups(lines)
    ]
