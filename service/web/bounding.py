"""A request in, a refusal out where the service is stopping, has too many to answer, or this one has asked too often."""

from threading import Event

from flask import Flask, request

from service.settings import Settings
from service.web.allowance import Allowance, counted_as, is_loopback
from service.web.current import PROBES
from service.web.doors import visitor
from service.web.problems import RETRY_AFTER, refused

# What the server puts into the environment of a request that found too many waiting.
CROWDED = "youju.crowded"
# In seconds: what waits is answered sooner.
_CROWDED_FOR = 2
# Cost next to nothing, and a page that was answered needs them.
_FILES = {"static"}
_WHILE_CLOSING = {"api.healthz", "api.metrics"} | _FILES


def bound(app: Flask, settings: Settings, closing: Event) -> None:
    """Let the app refuse at once what it could not answer in time; probes are answered whatever there is."""
    allowance = Allowance(settings.rate) if settings.rate else None

    @app.before_request
    def refuse() -> None:
        if closing.is_set() and request.endpoint not in _WHILE_CLOSING:
            raise refused(503, "服务正在停止，请稍后再试。", ("Retry-After", str(RETRY_AFTER)))
        if request.endpoint in PROBES | _FILES:
            return
        if CROWDED in request.environ:
            raise refused(503, "同时提问的人太多，请稍等几秒再试。", ("Retry-After", str(_CROWDED_FOR)))
        who = _who(settings.proxies)
        if allowance and who and (wait := allowance.take(who)):
            raise refused(429, f"请求太频繁，请 {wait} 秒后再试。", ("Retry-After", str(wait)))


def _who(proxies: int) -> str | None:
    """Return for whom a request is counted, None where it is for nobody: where it came from this machine itself."""
    address = request.remote_addr or ""
    # Behind a proxy all come from this machine that the proxy does not tell of.
    if not proxies and is_loopback(address):
        return None
    token = visitor()
    return token.digest if token else counted_as(address)
