"""Debian's Firefox, driven by its own remote protocol: playwright drives only its own build, and geckodriver is not in Debian."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_LONGEST_START = 60
_LONGEST_WAIT = 10
# Nothing but loopback can be reached: all else goes to a proxy that is not there.
_PREFERENCES = {
    "marionette.port": 0,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "browser.shell.checkDefaultBrowser": False,
}
ENTER, TAB = "\ue007", "\ue004"
_CONTROL, _RELEASE = "\ue009", "\ue000"


class Firefox:
    """A window of Firefox."""

    def __init__(self, port: int) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            self._stream = connection.makefile("rwb")
        self._sent = 0
        self._read()
        self.said("WebDriver:NewSession")

    def close(self) -> None:
        self._stream.close()

    def said(self, command: str, **parameters: object) -> Any:
        """Return what Firefox answers to a command.

        :raises RuntimeError: where it answers with an error
        """
        self._sent += 1
        message = json.dumps([0, self._sent, command, parameters]).encode()
        self._stream.write(b"%d:%s" % (len(message), message))
        self._stream.flush()
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result

    def _read(self) -> Any:
        length = b""
        while (byte := self._stream.read(1)) != b":":
            length += byte
        return json.loads(self._stream.read(int(length)))

    def go(self, address: str) -> None:
        self.said("WebDriver:Navigate", url=address)

    def back(self) -> None:
        self.said("WebDriver:Back")

    def script(self, script: str) -> Any:
        """Return the value of an expression in the page."""
        return self.said("WebDriver:ExecuteScript", script=f"return {script}", args=[])["value"]

    def until(self, script: str) -> None:
        """Wait until an expression in the page is true."""
        late = time.monotonic() + _LONGEST_WAIT
        while not self.script(f"Boolean({script})"):
            assert time.monotonic() < late, f"not so after {_LONGEST_WAIT} s: {script}"
            time.sleep(0.02)

    def click(self, selector: str) -> None:
        found = self.said("WebDriver:FindElement", using="css selector", value=selector)["value"]
        self.said("WebDriver:ElementClick", id=next(iter(found.values())))

    def type(self, keys: str) -> None:
        """Press keys where the focus is."""
        pressed = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._press(pressed)

    def paste(self) -> None:
        down, up = ({"type": kind, "value": _CONTROL} for kind in ("keyDown", "keyUp"))
        self._press([down, {"type": "keyDown", "value": "v"}, {"type": "keyUp", "value": "v"}, up])

    def _press(self, actions: list[dict[str, str]]) -> None:
        self.said("WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": actions}])

    def size(self, width: int, height: int) -> None:
        self.said("WebDriver:SetWindowRect", width=width, height=height)

    def complaints(self, host: str) -> list[str]:
        """Return the errors and warnings since ``forget`` of pages from this host: of scripts and of policies."""
        script = """Services.console.getMessageArray()
            .filter(message => message instanceof Ci.nsIScriptError)
            .map(message => [message.sourceName, message.errorMessage, message.category])"""
        messages = self._of_the_browser(script)
        return [f"{category}: {words}" for source, words, category in messages if host in source]

    def forget(self) -> None:
        self._of_the_browser("Services.console.reset()")

    def _of_the_browser(self, script: str) -> Any:
        self.said("Marionette:SetContext", value="chrome")
        try:
            return self.script(script)
        finally:
            self.said("Marionette:SetContext", value="content")


@contextmanager
def started() -> Iterator[Firefox]:
    """Run firefox-esr without a window, with a profile of its own."""
    executable = shutil.which("firefox-esr")
    assert executable
    with tempfile.TemporaryDirectory() as folder:
        preferences = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in _PREFERENCES.items()]
        (Path(folder) / "user.js").write_text("\n".join(preferences), encoding="utf-8")
        command = [executable, "--headless", "--no-remote", "--profile", folder]
        command += ["--marionette", "--remote-allow-system-access"]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "HOME": folder}
        )
        try:
            firefox = Firefox(_port(Path(folder)))
            try:
                yield firefox
            finally:
                firefox.close()
        finally:
            process.terminate()
            process.wait(timeout=20)


def _port(profile: Path) -> int:
    """Return the port that Firefox chose, which it writes into its profile."""
    late = time.monotonic() + _LONGEST_START
    written = profile / "MarionetteActivePort"
    while not (written.exists() and written.read_text(encoding="utf-8")):
        assert time.monotonic() < late, "Firefox did not start"
        time.sleep(0.1)
    return int(written.read_text(encoding="utf-8"))
