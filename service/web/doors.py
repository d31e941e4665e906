"""A request in, who asks it out, or the refusal where a token is needed and what was shown is not good for it."""

import logging
from typing import cast
from urllib.parse import quote

from flask import Flask, Response, current_app, g, redirect, request, url_for
from werkzeug.urls import uri_to_iri
from werkzeug.wrappers import Response as AnyResponse

from service.errors import SettingError
from service.settings import Settings
from service.tokens import KeptTokens, Token, owner
from service.web.allowance import Allowance
from service.web.current import is_of_programs
from service.web.problems import refused
from service.web.sessions import COOKIE, Sessions
from service.web.signing_key import signing_key

_LOG = logging.getLogger("youju.web")
# Wrong tokens a minute at the login page, from one address. Nobody could guess one anyway; this keeps the log short.
MOST_FAILED = 10
# What tells nothing of the documents: probes, files of the program, its description, and how one logs in. Who may see the
# metrics is asked where they are shown.
_OPEN = {
    "static",
    "api.healthz",
    "api.readyz",
    "api.metrics",
    "api.openapi",
    "login.show",
    "login.enter",
    "login.leave",
}


def close_doors(app: Flask, settings: Settings) -> None:
    """Let the app answer only who shows a token, in a header or by the cookie of a login; all, if none are kept.

    :raises SettingError: if the tokens cannot be read, or logins not be signed
    """
    if settings.tokens is None:
        return
    kept = KeptTokens(settings.tokens)
    if not kept.now():
        _LOG.warning("no token is kept yet: nobody is let in (youju token makes one)")
    app.extensions["youju_tokens"] = kept
    app.extensions["youju_sessions"] = Sessions(signing_key(settings))
    app.extensions["youju_failed_logins"] = Allowance(MOST_FAILED)

    @app.before_request
    def admit() -> AnyResponse | None:
        # Where there is no route, there is nothing to see either. Not asked who comes: the tokens may be unreadable.
        if request.endpoint is None or request.endpoint in _OPEN or visitor():
            return None
        if is_of_programs():
            raise _unknown("请在 Authorization: Bearer 中给出访问令牌。")
        return _to_login()


def are_closed() -> bool:
    """Return whether tokens are needed."""
    return "youju_tokens" in current_app.extensions


def visitor() -> Token | None:
    """Return whose token came with the request; None where none did, or none is needed.

    :raises Refused: 503 if the file of tokens cannot be read, the first time that is asked
    """
    if "visitor" not in g:
        # Also for the page that says what is wrong, if this goes wrong.
        g.visitor = None
        g.visitor = _visitor() if are_closed() else None
    return cast("Token | None", g.visitor)


def sees_corpus() -> bool:
    """Return whether who asks may be told of the documents."""
    return visitor() is not None or not are_closed()


def admit_admin() -> None:
    """Return if the request has the token of an administrator in its header; a login is not enough.

    :raises Refused: 403 if the service knows no tokens, or this one is good for less; 401 if it has none that is known;
        503 if the file of tokens cannot be read
    """
    if not are_closed():
        raise refused(403, "服务没有设置访问令牌（--tokens），不接受管理操作；也可以给服务进程发 SIGHUP 信号。")
    found = _bearer()
    if found is None:
        raise _unknown("请在 Authorization: Bearer 中给出管理员的访问令牌。")
    if found.scope != "admin":
        raise refused(403, "这个令牌只能提问，不能管理。")


def kept_tokens() -> tuple[Token, ...]:
    """Return the tokens that are good now.

    :raises Refused: 503 if their file cannot be read
    """
    try:
        return cast(KeptTokens, current_app.extensions["youju_tokens"]).now()
    except SettingError as error:
        _LOG.warning("%s", error)
        raise refused(503, "令牌文件读不了，详见服务日志。") from None


def sessions() -> Sessions:
    return cast(Sessions, current_app.extensions["youju_sessions"])


def failed_logins() -> Allowance:
    return cast(Allowance, current_app.extensions["youju_failed_logins"])


def _visitor() -> Token | None:
    # A login of the proxy before this service (Basic) may stand in that header, too.
    if found := _bearer():
        return found
    cookie = request.cookies.get(COOKIE)
    return sessions().token_of(cookie, kept_tokens()) if cookie else None


def _bearer() -> Token | None:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return owner(given.strip(), kept_tokens()) if scheme.lower() == "bearer" else None


def _unknown(said: str) -> Exception:
    return refused(401, said, ("WWW-Authenticate", "Bearer"))


def _to_login() -> AnyResponse:
    """Return the way to the login page, and from there back to the page that was asked for."""
    asked = quote(request.path)
    if request.query_string:
        # What is no ASCII is escaped once in the address of the login page, not twice: it stays as short as the page's.
        asked = uri_to_iri(f"{asked}?{request.query_string.decode('latin-1')}")
    address = url_for("login.show", next=asked)
    if "HX-Request" in request.headers:
        # htmx would follow the redirection by itself, and put the login page into a part of this one.
        return Response(status=401, headers={"HX-Redirect": address, "WWW-Authenticate": "Bearer"})
    return redirect(address)
