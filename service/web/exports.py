"""A request for a conversation as a file in, that file out: Word, Markdown or JSON, of one turn or of all."""

import io
from datetime import datetime

from flask import Blueprint, Response, request, send_file, url_for

from service.export.formats import FORMATS
from service.export.record import Record, turns_of
from service.limits import LONGEST_HISTORY
from service.web.conversation import LONGEST_ADDRESS, Asked, as_query, asked_in, parameters
from service.web.current import engine, loaded, note_answered, whole_url_of
from service.web.problems import refused
from service.web.requests import turn_in_query

exports = Blueprint("exports", __name__)


@exports.get(f"/export.<any({', '.join(FORMATS)}):extension>")
def export(extension: str) -> Response:
    """Return what the page shows for these questions as a file, all of it or one ``turn``.

    :raises Refused: with the status and the words by which the page refuses; 422 if nothing is asked, or no such turn
    """
    given = request.args.to_dict(flat=False)
    asked = asked_in(given)
    if asked.notice:
        raise refused(asked.status, asked.notice)
    if asked.crowded:
        # The page would leave out the oldest, and say so; a file holds all that it is asked for.
        raise refused(
            413, f"网址太长或问题太多，一次下载最多 {LONGEST_HISTORY + 1} 问、{LONGEST_ADDRESS:,} 字节的网址。"
        )
    if not asked.questions:
        raise refused(422, "网址里没有问题，没有可以下载的内容。")
    turn = turn_in_query(given, len(asked.questions))
    answers = engine().converse(asked.questions, choices=asked.choices, loaded=loaded())
    note_answered(answers)
    turns = turns_of(answers, asked.choices)
    record = Record(
        tuple(turns if turn is None else turns[turn - 1 : turn]), datetime.now().astimezone(), url_of=whole_url_of
    )
    form = FORMATS[extension]
    response = send_file(
        io.BytesIO(form.write(record)), form.media_type, as_attachment=True, download_name=f"{record.name}.{extension}"
    )
    # Flask's own default would let a proxy keep it.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@exports.app_template_global("export_links")
def export_links(asked: Asked, turn: int | None = None) -> list[tuple[str, str]]:
    """Return what each kind of file is called and the address of the conversation, or of one turn of it, as such a file."""
    return [
        (
            form.called,
            url_for("exports.export", extension=extension)
            + as_query({"q": asked.questions, "turn": turn, **parameters(asked.choices)}),
        )
        for extension, form in FORMATS.items()
    ]
