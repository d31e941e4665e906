"""Settings in, answers out: reads the folders, builds corpus and index, and swaps both at once."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from service.answering import shelf
from service.answering.answer import Answer, Choices, Filters
from service.answering.conversation import converse
from service.answering.question import Question, read
from service.answering.shelf import Shelf
from service.corpus.folder import read_folders
from service.corpus.report import Report
from service.errors import NotReady
from service.language import thesaurus
from service.language.analyser import Analyser
from service.limits import USUAL_CITATIONS
from service.passages import corpus as corpora
from service.passages.corpus import Corpus
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is served at a time: a corpus made ready for questions, and what became of each of its files."""

    shelf: Shelf
    report: Report

    @property
    def corpus(self) -> Corpus:
        return self.shelf.corpus


class Engine:
    """Holds what is loaded. Everything but ``load`` may be called from any thread at any time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._analyser = Analyser(settings.dictionary)
        self._thesaurus = thesaurus.shipped()
        self._loaded: Loaded | None = None
        self._loading = threading.Lock()

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
            raise NotReady("正在建立索引，请稍候片刻再问")
        return self._loaded

    def load(self) -> Report:
        """Read the folders and serve what they hold from now on; questions in flight keep what they began with.

        :raises NoCorpus: if a folder is missing; what was served before stays
        :raises AnalyserError: if the analyser does not find what it indexes
        """
        with self._loading:
            self._analyser.load()
            report = read_folders(self._settings.corpus)
            corpus = corpora.build(report.documents)
            self._loaded = Loaded(shelf.build(corpus, self._analyser), report)
            return report

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
        """
        return self.converse((*history, question), limit=limit, filters=filters, choices=choices)[-1]

    def converse(
        self,
        questions: Sequence[str],
        *,
        limit: int = USUAL_CITATIONS,
        filters: Filters | None = None,
        choices: Choices | None = None,
    ) -> list[Answer]:
        """Return the answer to each question of a conversation, in order; the filters hold for the last one.

        :raises NotReady: before the first load
        """
        return converse(questions, self.loaded.shelf, self._read, limit=limit, filters=filters, choices=choices)

    def _read(self, text: str) -> Question:
        return read(text, self._analyser, self._thesaurus)
