"""A document's signature and title in, who issued it out."""

import re

from service.corpus.signing import Signature, offices

_MEETING = re.compile(r"[\u4e00-\u9fff]{4,40}(?:会议|大会|全会)")
_REPORT = re.compile(r"政府工作报告")
_STATE = re.compile(r"中华人民共和国|国务院")


def issuer(signed: Signature | None, title: str, name: str, place: str | None, kind: str | None) -> str | None:
    """Return who issued a document, several with a blank between: who signed it, else whom its title begins with.

    A report on the work of a government is that government's. None where neither tells.
    """
    if signed and signed.issuer:
        return signed.issuer
    ahead, about, _ = title.partition("关于")
    if about and ahead.strip():
        if offices(ahead):
            return " ".join(ahead.split())
        if kind in ("决议", "决定") and _MEETING.fullmatch(ahead):
            return ahead
    if kind == "工作报告" and _REPORT.search(title):
        if place:
            return f"{place}人民政府"
        return "国务院" if _STATE.search(title) or _STATE.search(name) else None
    return None
