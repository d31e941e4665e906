"""A response in, the same with the headers that say what a browser may do with it."""

from flask import Flask, Response, request

from service.settings import Settings
from service.web.current import is_of_programs

# htmx may come from another host, and then that one file alone; nothing else comes from elsewhere, and nothing is inline.
_CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src {scripts}",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        # The reader stands beside the conversation in a frame.
        "frame-src 'self'",
        "frame-ancestors 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    # Addresses hold questions, so no other site may learn them.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(
        f"{feature}=()" for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Without no-store, a browser would load a page again at each step back. It asks all the same before it shows one anew.
_PAGES = "private, no-cache"
_OF_PROGRAMS = "private, no-store"
# A year. Browsers remember it, so it is said only where the request came over HTTPS.
_STRICT_TRANSPORT = "max-age=31536000"


def guard(app: Flask, settings: Settings) -> None:
    """Give every response of the app these headers, refusals and static files too; what a view has set stays."""
    headers = headers_of(settings)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", _OF_PROGRAMS if is_of_programs() else _PAGES)
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = _STRICT_TRANSPORT
        return response


def headers_of(settings: Settings) -> dict[str, str]:
    """Return the headers that every response has, whoever makes it."""
    policy = _CONTENT_SECURITY_POLICY.format(scripts=_scripts(settings.htmx_url))
    return {**_HEADERS, "Content-Security-Policy": policy}


def _scripts(htmx_url: str) -> str:
    """Return the sources that scripts may come from."""
    return "'self'" if htmx_url.startswith("/") else f"'self' {htmx_url}"
