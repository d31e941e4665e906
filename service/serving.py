"""Settings in, a service that listens, loads and answers out, until it is told to stop."""

import gc
import logging
import os
import signal
import sys
import threading
from contextlib import suppress
from functools import partial

from service import deadline, terminal
from service.corpus.folder import check_folders
from service.engine import Engine
from service.index import compiling
from service.keeping import Keeper
from service.listening import Listener
from service.logs import begin_log
from service.settings import Settings, address_of
from service.watching import watching
from service.web import allowance
from service.web.app import create_app

_LOG = logging.getLogger("youju")
# In seconds.
_HANDED_OVER = 0.0005
# After a load, before all that is made for later questions.
_LATER = 1.0
# Whoever stops a container waits ten seconds before killing it: what is being answered has so long, and the rest is for ending.
_LONGEST_DRAIN, _FOR_SAYING_SO = 8.0, 2.0


def serve(settings: Settings) -> None:
    """Answer until the process is told to stop (SIGTERM, or Ctrl-C); the folders are read once it listens.

    :raises SettingError: if it cannot listen where it should, or the tokens cannot be read
    :raises NoCorpus: if a folder is missing
    """
    # Who reads files hands the interpreter over at each call of the system, and waits so long to have it back from threads that
    # answer. Measured by the soak: with Python's own 5 ms answers were up to 17 s behind the folder, with this 11.
    sys.setswitchinterval(_HANDED_OVER)
    begin_log(settings.log_format)
    # Before it listens: the folders are read only once it does.
    check_folders(settings.corpus)
    engine = Engine(settings)
    closing = threading.Event()
    listener = Listener(create_app(engine, settings, closing), settings)
    keeper = Keeper(engine, settings, _Report(engine, settings))
    failed: list[Exception] = []
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: keeper.again())
    signal.signal(signal.SIGTERM, partial(_stop, listener, closing))
    # Ctrl-C ends it at once, and so does a stop before it runs.
    with suppress(SystemExit, KeyboardInterrupt):
        address = address_of(settings.host, listener.port)
        threading.Thread(target=_load, args=(keeper, address, failed), name="load", daemon=True).start()
        listener.run()
    keeper.stop()
    if failed:
        raise failed[0]


def _load(keeper: Keeper, address: str, failed: list[Exception]) -> None:
    """Load for the first time, say where to ask, and keep current from then on."""
    try:
        with watching() as watch:
            keeper.load(watch)
    # Whatever it is: a service that can never be ready must end, and say why, not answer 503 for good.
    except Exception as error:
        failed.append(error)
        os.kill(os.getpid(), signal.SIGTERM)
        return
    print(f"有据已就绪：{address}", flush=True)
    keeper.run()


def _stop(listener: Listener, closing: threading.Event, number: int, frame: object) -> None:
    """Refuse what is asked from now on, and end once all that is being answered has been; when told again, at once."""
    if closing.is_set():
        raise SystemExit(0)
    closing.set()
    # Who is still waiting then is told so, instead of nothing.
    deadline.end_within(_LONGEST_DRAIN - _FOR_SAYING_SO)
    threading.Thread(target=_drain, args=(listener,), name="drain", daemon=True).start()


def _drain(listener: Listener) -> None:
    if not listener.wait(_LONGEST_DRAIN):
        _LOG.warning("stopped with requests unanswered after %d s", _LONGEST_DRAIN)
    # To the main thread, where the service runs.
    os.kill(os.getpid(), signal.SIGTERM)


class _Report:
    """Called after each load: logs what is served and what was left out, and readies the process for answering."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._compiled = settings.data / "compiled"
        self._longest_answer = settings.answer_seconds
        self._said: set[str] = set()
        self._loads = 0

    def __call__(self) -> None:
        corpus = self._engine.loaded.corpus
        report = self._engine.loaded.report
        left_out = (f"left out {file.file}: {file.left_out}" for file in report.left_out)
        wrong = dict.fromkeys([*left_out, *report.warnings])
        # Each once for as long as it stays so.
        for line in wrong:
            if line not in self._said:
                _LOG.warning("%s", terminal.printable(line))
        self._said = set(wrong)
        _LOG.info(
            "ready: %d documents, %d passages, version %s", len(corpus.documents), len(corpus.passages), corpus.version
        )
        self._loads += 1
        threading.Thread(target=self._prepare, args=(self._loads,), name="prepare", daemon=True).start()

    def _prepare(self, load: int) -> None:
        """Do what makes answers quicker, but need not be done for the first one."""
        # An event that never comes: time.sleep does not come back where libfaketime sets the clock (tests/faults).
        never = threading.Event()
        # Whoever waited for the start asks now.
        never.wait(_LATER)
        try:
            self._engine.warm()
            allowance.prepare()
        # Whatever it is: who asks is told what fails.
        except Exception:
            _LOG.exception("nothing was made before somebody asks")
        if len(self._engine.loaded.corpus.passages) >= compiling.WORTHWHILE:
            # It takes seconds: until then questions are answered without.
            compiling.load(self._compiled)
        # What was served before refers to itself, so that only this frees it, and takes the memory of a corpus.
        gc.collect()
        if load > 1:
            # What is still answered holds what was served before, which would stay with what is served now.
            never.wait(self._longest_answer)
        # Else the thread of the last load does it.
        if load == self._loads:
            _settle()


def _settle() -> None:
    """Let Python's collector of garbage pass over what stays until the next load.

    To look at all of that takes .1 to .2 s over four hundred documents, in which nothing is answered, once in seventy questions.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
