"""Texts, conversations, requests and files made at random, or of real ones by changing them: none is too much."""

import os
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import targets

# make fuzz looks harder, and anew each time.
EXAMPLES = os.environ.get("YOUJU_EXAMPLES")


def often(usual: int) -> settings:
    return settings(
        max_examples=int(EXAMPLES or usual),
        derandomize=EXAMPLES is None,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


# What the parsers look for, and what is in no text.
_PIECES = st.sampled_from(
    [
        *"一二三四五六七八九十（）()、，。；：:“”《》〔〕？！…—·%￥#*|-_ \t\n\r\x0b\x0c\x1c\x85\u2028\u3000\u200b\u202e\ufeff\0",
        *"第条章节款项是要年月日号县市省委局０１2３年x\ud800\U0010ffff\u0301😀",
        *(
            "一是",
            "二是",
            "（一）",
            "1.",
            "第一条",
            "2023年",
            "十二月",
            "〔2023〕12号",
            "附件：",
            "百分之",
            "哪些",
            "怎么",
            "多少",
        ),
        *(
            "那",
            "呢",
            "还有",
            "倒数第二个",
            "前三条",
            "去年",
            "今年",
            "《通知》",
            "哦",
            "谢谢",
            "zhaoshang",
            "\r\n",
            "\n\n",
            "    ",
        ),
        *targets.TEXT.splitlines(),
        *targets.QUESTIONS,
    ]
)
_TEXTS = st.lists(_PIECES | st.text(max_size=8), max_size=40).map("".join)


@often(80)
@given(_TEXTS)
def test_a_text(text: str) -> None:
    targets.take_structure(text)


@often(50)
@given(st.lists(_TEXTS.map(lambda text: text[:2000]).filter(str.strip), min_size=1, max_size=4))
def test_a_conversation(questions: list[str]) -> None:
    targets.take_questions(questions)


@often(150)
@given(st.data())
def test_a_request(data: st.DataObject) -> None:
    targets.take_request(changed(data, data.draw(st.sampled_from(targets.requests()))))


@cache
def _files() -> list[tuple[bytes, str]]:
    return targets.files()


@pytest.mark.parametrize("which", range(12))
@often(20)
@given(data=st.data())
def test_a_file(which: int, data: st.DataObject) -> None:
    raw, suffix = _files()[which]
    targets.take_file(
        changed(data, raw), data.draw(st.sampled_from([suffix, suffix, suffix, ".txt", ".docx", ".zip", ".eml"]))
    )


def changed(data: st.DataObject, raw: bytes) -> bytes:
    """Return bytes in which some were changed, went, came or came twice."""
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(raw)))
        end = min(len(raw), at + data.draw(st.sampled_from([0, 1, 2, 7, 100, 100_000])))
        new = data.draw(
            st.binary(max_size=6)
            | st.just(raw[at:end] * 3)
            | _PIECES.map(lambda text: text.encode("utf-8", "surrogatepass"))
        )
        raw = raw[:at] + new + raw[end:]
    return raw
