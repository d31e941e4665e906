"""Who issued a document: who signed it, else whom its title begins with."""

import pytest

from service.corpus.issuing import issuer
from service.corpus.signing import Signature


@pytest.mark.parametrize(
    ("signed", "title", "place", "kind", "expected"),
    [
        (Signature("县财政局", "2023-02-04", 5), "县民政局关于救助的通知", None, "通知", "县财政局"),
        (Signature(None, "2023-02-04", 5), "县民政局关于救助的通知", None, "通知", "县民政局"),
        (None, "县民政局 县财政局关于救助的通知", None, "通知", "县民政局 县财政局"),
        (None, "某省第十届人民代表大会第三次会议关于报告的决议", None, "决议", "某省第十届人民代表大会第三次会议"),
        (None, "2025年河北省政府工作报告", "河北省", "工作报告", "河北省人民政府"),
        (None, "1998年国务院政府工作报告", None, "工作报告", "国务院"),
        # untold
        (None, "关于救助的通知", None, "通知", None),
        (None, "县民政局等4部门关于救助的通知", None, "通知", None),
        (None, "政府工作报告", None, "工作报告", None),
        (None, "招商引资奖励办法", "河北省", "办法", None),
    ],
)
def test_the_issuer(signed: Signature | None, title: str, place: str | None, kind: str, expected: str | None) -> None:
    assert issuer(signed, title, "a1b2", place, kind) == expected
