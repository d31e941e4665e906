"""Provinces: which of them a text names."""

from importlib import resources

import pytest

from service.language.places import names_of, provinces

LINES = resources.files("service.language").joinpath("places.txt").read_text(encoding="utf-8").split("\n")
PLACES = [line for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("河南省2025年政府工作报告", ["河南"]),
        ("河南和山东比较，山东更高", ["河南", "山东"]),
        ("内蒙古自治区", ["内蒙古"]),
        ("广西壮族自治区和广西", ["广西"]),
        ("北京市市场监督管理局", ["北京"]),
        ("吉林省吉林市", ["吉林"]),
        ("吉林市", []),
        ("海南藏族自治州", []),
        ("河南街道、四川路、江西银行、云南大学", []),
        ("开发区招商改革", []),
        ("", []),
    ],
)
def test_a_text_names_provinces_in_order_each_once(text: str, named: list[str]) -> None:
    assert provinces(text) == named


def test_every_name_leads_to_its_province_and_back() -> None:
    for line in PLACES:
        usual, *others = line.split()
        assert names_of(usual) == {usual, *others}
        assert [provinces(name) for name in (usual, *others)] == [[usual]] * (len(others) + 1)


def test_all_provincial_level_divisions_are_there_sorted() -> None:
    usual = [line.split()[0] for line in PLACES]
    assert usual == sorted(usual)
    assert len(usual) == 34


def test_what_is_no_province_has_no_names() -> None:
    assert names_of("云溪县") == frozenset()
