"""Files to read in by a pipe, what each holds or why it cannot be read out by another: the process that apart.py starts."""

import json
import os
import shutil
import signal
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module

from service.corpus.readers.apart import receive, send
from service.errors import UnreadableFile

# So long a process waits for the next file before it ends.
_IDLE_SECONDS = 60


def main() -> None:
    """Read what is asked for until nothing is asked any more; the most memory that may be taken is the first argument."""
    threading.Thread(target=_end_after, args=(os.getppid(),), daemon=True).start()
    _bound(int(sys.argv[1]))
    requests = os.fdopen(0, "rb")
    # What a library prints must not come between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with suppress(EOFError, BrokenPipeError):
        while True:
            idle = threading.Timer(_IDLE_SECONDS, _end, (0,))
            idle.daemon = True
            idle.start()
            # From the first byte of a request on the process is not idle.
            requests.peek(1)
            idle.cancel()
            module, content = receive(requests, 2)
            send(answers, json.dumps(_answered(module.decode(), content)).encode())
    _end(0)


def _answered(module: str, content: bytes) -> object:
    """Return what the Reading of a file says, or the words that say why there is none."""
    try:
        return asdict(import_module(f"service.corpus.readers.{module}").read(content))
    except UnreadableFile as error:
        return str(error)
    except MemoryError:
        return "读它需要的内存太多；请拆成几份，或另存为 .txt 后再放入"
    # Whatever a library makes of a damaged file: it costs this file alone.
    except Exception as error:
        return f"读不出来（{type(error).__name__}），文件可能已损坏；请用原来的软件打开后重新保存，再放入"


def _bound(memory: int) -> None:
    """Let this process and those it starts take no more memory each, where the system can hold them to it."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _end_after(starter: int) -> None:
    """End this process with all it started when the one that started it is gone, however that ended."""
    while os.getppid() == starter:
        time.sleep(1)
    _end(1)


def _end(status: int) -> None:
    """End this process with all it started, and take away what was written down for them."""
    shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(status)
