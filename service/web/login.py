"""An access token that a person pastes in, the cookie of a login out; and the way out again."""

import logging
import re
from urllib.parse import urlsplit

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask import Response as FlaskResponse
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from service.tokens import Token, owner
from service.web.allowance import counted_as
from service.web.current import of_request
from service.web.doors import are_closed, failed_logins, kept_tokens, sessions, visitor
from service.web.problems import refused
from service.web.sessions import COOKIE, LASTS

_LOG = logging.getLogger("youju.web")

login = Blueprint("login", __name__)


@login.get("/login")
def show() -> Response:
    """Show the form; who has logged in goes where ``next`` says.

    :raises NotFound: if no tokens are needed
    """
    _only_where_needed()
    wanted = _way_back(request.args.get("next", ""))
    return redirect(wanted) if visitor() else _form(wanted)


@login.post("/login")
def enter() -> Response:
    """Take a token, and lead to where ``next`` says with a cookie that is as good as it.

    :raises Refused: 403 if another site sent the form; 429 after too many wrong tokens
    """
    _only_where_needed()
    if not _is_of_this_site():
        raise refused(403, "登录请求不是从本站的登录页发出的，没有处理。请打开登录页再试。")
    wanted = _way_back(request.form.get("next", ""))
    who = counted_as(request.remote_addr or "")
    if wait := failed_logins().wait(who):
        raise refused(429, f"令牌输错的次数太多，请 {wait} 秒后再试。", ("Retry-After", str(wait)))
    token = owner(request.form.get("token", "").strip(), kept_tokens())
    if token is None:
        failed_logins().take(who)
        _LOG.warning("login refused from %s: no such token", who, extra=of_request())
        return _form(wanted, "没有这个访问令牌，可能输错了，或者已经停用。请再试一次，或者向管理员要一个。", 403)
    _LOG.info("login of %s from %s", token.name, who, extra=of_request())
    response = redirect(wanted, 303)
    response.set_cookie(
        COOKIE,
        sessions().cookie_of(token),
        max_age=LASTS,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response


@login.post("/logout")
def leave() -> Response:
    """Let the browser forget the login.

    :raises Refused: 403 if another site sent the form
    """
    _only_where_needed()
    # On a page that sends no referrers, a browser may name no origin for a form. But SameSite=Lax: with the cookie comes only
    # what this site sent.
    if not _is_of_this_site(nameless=visitor() is not None):
        raise refused(403, "退出请求不是从本站的页面发出的，没有处理。")
    response = redirect(url_for("login.show"), 303)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Lax", secure=request.is_secure)
    return response


@login.app_context_processor
def _logged_in() -> dict[str, Token | None]:
    """Give every page who has logged in, None where nobody has or needs to."""
    return {"visitor": visitor()}


def _only_where_needed() -> None:
    if not are_closed():
        raise NotFound


def _form(wanted: str, notice: str | None = None, status: int = 200) -> FlaskResponse:
    response = make_response(render_template("login.html", wanted=wanted, notice=notice), status)
    # So that the form names the origin it was sent from, on which depends whether it is taken.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _is_of_this_site(nameless: bool = False) -> bool:
    """Return whether a form was sent from a page of this service, as far as the browser says; a program says nothing.

    Over plain HTTP browsers say only which origin it was, and of a page without referrers not even that (``nameless``).
    """
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is None or (origin == "null" and nameless):
        return True
    try:
        return urlsplit(origin).netloc == request.host
    except ValueError:
        # http://[ is no origin of anything.
        return False


def _way_back(address: str) -> str:
    """Return an address of this service, the start page for one that leads elsewhere or is none.

    Browsers take a backslash for a slash and leave out tabs and line ends, so that // may hide in many ways.
    """
    own = (
        address.startswith("/") and not re.match(r"[/\\]", address[1:]) and not re.search(r"[\\\x00-\x20\x7f]", address)
    )
    return address if own else url_for("pages.conversation")
