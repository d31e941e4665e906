"""Settings in, a service that listens, loads and answers out, until it is told to stop."""

import logging
import os
import signal
import sys
import threading
from contextlib import suppress

import waitress

from service import terminal
from service.corpus.folder import check_folders
from service.engine import Engine
from service.errors import SettingError
from service.index import compiling
from service.keeping import Keeper
from service.settings import Settings, address_of
from service.watching import watching
from service.web.app import create_app

# In seconds.
_HANDED_OVER = 0.0005
# The application refuses bodies over 64 KiB; the server must not store a larger one before the application sees it.
_LONGEST_BODY = 1 << 20
# An address holds a conversation, at 9 bytes a Chinese character, and htmx sends the one before it as a header too. Over
# this the server answers 431 in plain English; below it the page says in words what is too long, and 28,000 characters
# are room for that: somebody who pastes a whole document into the box keeps it there.
_LONGEST_HEADERS = 256 * 1024


def serve(settings: Settings) -> None:
    """Answer until the process is told to stop (SIGTERM, or Ctrl-C); the folders are read once it listens.

    :raises SettingError: if it cannot listen where it should, or the file of tokens cannot be read
    :raises NoCorpus: if a folder is missing
    """
    # Who reads files hands the interpreter over at each call of the system, and waits so long to have it back from threads that
    # answer. Measured by the soak: with Python's own 5 ms answers were up to 17 s behind the folder, with this 11.
    sys.setswitchinterval(_HANDED_OVER)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    # Before it listens: the folders are read only once it does.
    check_folders(settings.corpus)
    engine = Engine(settings)

    said: set[str] = set()

    def loaded() -> None:
        corpus = engine.loaded.corpus
        report = engine.loaded.report
        wrong = {f"left out {file.file}: {file.left_out}" for file in report.left_out} | set(report.warnings)
        # Each once for as long as it stays so.
        for line in sorted(wrong - said):
            logging.getLogger("youju").warning("%s", terminal.printable(line))
        said.intersection_update(wrong)
        said.update(wrong)
        logging.getLogger("youju").info(
            "ready: %d documents, %d passages, version %s", len(corpus.documents), len(corpus.passages), corpus.version
        )
        if len(corpus.passages) >= compiling.WORTHWHILE:
            # It takes seconds: until then questions are answered without.
            threading.Thread(
                target=compiling.load, args=(settings.data / "compiled",), name="compile", daemon=True
            ).start()

    keeper = Keeper(engine, settings, loaded)
    try:
        server = waitress.create_server(
            create_app(engine, settings),
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            ident="youju",
            max_request_body_size=_LONGEST_BODY,
            max_request_header_size=_LONGEST_HEADERS,
        )
    except OSError as error:
        raise SettingError(
            f"{settings.host}:{settings.port} 不能监听（{error.strerror}）；请换 --port 或先停掉占用它的程序"
        ) from None
    except ValueError:
        # What waitress makes of a name that leads nowhere.
        raise SettingError(f"{settings.host} 不是本机的地址；请换 --host，如 127.0.0.1 或 0.0.0.0") from None
    # One that listens at several addresses (a name with more than one) only has the list of them.
    port = server.effective_port if hasattr(server, "effective_port") else server.effective_listen[0][1]
    failed: list[Exception] = []

    def load() -> None:
        try:
            with watching() as watch:
                keeper.load(watch)
        # Whatever it is: a service that can never be ready must end, and say why, not answer 503 for good.
        except Exception as error:
            failed.append(error)
            os.kill(os.getpid(), signal.SIGTERM)
            return
        print(f"有据已就绪：{address_of(settings.host, port)}", flush=True)
        keeper.run()

    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: keeper.again())
    # Waitress ends in order when told to stop; here it only matters when that comes before it runs.
    with suppress(SystemExit):
        threading.Thread(target=load, name="load", daemon=True).start()
        server.run()
    keeper.stop()
    if failed:
        raise failed[0]
