"""A response in, the same with its text compressed where the client takes that."""

import gzip

from flask import Response, request

# What is shorter fits one packet as it is.
_SHORTEST = 1_000
_TEXTS = ("text/html", "text/css", "text/javascript", "application/javascript", "application/json", "text/markdown")


def compress(response: Response) -> Response:
    """Return it with its body compressed by gzip, if that is whole and a text of some length: a quarter is left, in a millisecond."""
    if response.mimetype not in _TEXTS:
        return response
    response.vary.add("Accept-Encoding")
    whole = response.status_code != 304 and not {"Content-Encoding", "Content-Range"} & set(response.headers.keys())
    if not (whole and request.accept_encodings["gzip"]):
        return response
    # A file that is sent as it lies there has no body yet.
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < _SHORTEST:
        return response
    # Without the time, so that the same page is the same bytes.
    response.set_data(gzip.compress(body, compresslevel=5, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response
