"""The static files in, addresses that change with what is in them out, so that a browser asks for each once."""

from pathlib import Path
from typing import Any
from zlib import crc32

from flask import Flask, Response, request

_FOR_GOOD = "public, max-age=31536000, immutable"


def version_static(app: Flask) -> None:
    """Give each address of a static file a ``v``, and let whoever asks by it keep the file.

    By another ``v``, as while two releases serve side by side, or by none, a file is there, too, but not to be kept.
    """
    folder = Path(app.static_folder or "")
    versions = {file.name: f"{crc32(file.read_bytes()):08x}" for file in folder.iterdir() if file.is_file()}

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and values["filename"] in versions:
            values["v"] = versions[values["filename"]]

    @app.after_request
    def let_keep(response: Response) -> Response:
        asked = (request.view_args or {}).get("filename", "")
        if request.endpoint == "static" and asked in versions and request.args.get("v") == versions[asked]:
            response.headers["Cache-Control"] = _FOR_GOOD
        return response
