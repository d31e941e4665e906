"""The form of thesaurus.txt: what the loader would pass over, what could never be found, and what must not be joined."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from importlib import resources
from itertools import combinations, pairwise, product
from pathlib import Path

import pytest

from service.language.matching import readable
from service.language.thesaurus import shipped

TEXT = resources.files("service.language").joinpath("thesaurus.txt").read_text(encoding="utf-8")
GROUPS = [(number, line) for number, line in enumerate(TEXT.split("\n"), 1) if line and not line.startswith("#")]
SIGN = re.compile(" ([>~=]) ")
FIELD = "# -- "
# Words of every other document: a search for them finds nothing, and pushes aside what was asked for.
TOO_BROAD = {
    *("工作", "问题", "发展", "建设", "服务", "管理", "加强"),
    *("推进", "群众", "政府", "企业", "措施", "情况", "任务"),
}

OPPOSITES = [
    line.split(" ")
    for line in Path(__file__).with_name("opposites.txt").read_text(encoding="utf-8").split("\n")
    if line and not line.startswith("#")
]
# Before a word, these deny it, or tell what is done against it: 清理拖欠 is no opposite of 清欠. A phrase with 没 is none of
# its word, since who says 没路灯 asks for what there is about 路灯.
DENIALS = ("不", "未", "非", "无")
AGAINST = set("不未非无没清防治止反")


def sides(line: str) -> list[list[str]]:
    return [side.split(" ") for side in SIGN.split(line)[::2]]


def fields() -> list[tuple[str, list[str]]]:
    """Return the fields in order, each with its groups as they are written."""
    parts = TEXT.split(FIELD)[1:]
    return [(name, groups.split("\n")) for name, _, groups in (part.strip("\n").partition("\n") for part in parts)]


def both_ways() -> list[list[str]]:
    return [[phrase for side in sides(line) for phrase in side] for _, line in GROUPS if " = " in line]


def one_way() -> list[list[list[str]]]:
    return [sides(line) for _, line in GROUPS if " = " not in line]


def more_than_once(things: Iterable[str]) -> list[str]:
    return [thing for thing, count in Counter(things).items() if count > 1]


def partners() -> dict[str, set[str]]:
    """Return each word of the list of opposites with those it is an opposite of."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in OPPOSITES:
        found[one].add(other)
        found[other].add(one)
    return found


PARTNERS = partners()
LENGTHS = sorted({len(word) for word in PARTNERS})


@cache
def parts(phrase: str) -> list[tuple[str, str, str]]:
    """Return what stands before a word that has opposites, the word, and what stands behind it, for each such word."""
    spans = [(at, at + length) for length in LENGTHS for at in range(len(phrase) - length + 1)]
    return [(phrase[:at], phrase[at:end], phrase[end:]) for at, end in spans if phrase[at:end] in PARTNERS]


def contrary(one: str, other: str) -> bool:
    """Tell whether two phrases say the contrary of each other.

    So do a phrase and its denial (满意 不满意), phrases that but for two opposites are the same (收入减少 增加收入), and a
    word and a phrase that ends in its opposite (减少 收入增加). More than that is seldom a contrary: 停电 供电可靠性.
    """
    if any(one == denial + other or other == denial + one for denial in DENIALS):
        return True
    for (before, word, behind), (before_other, word_other, behind_other) in product(parts(one), parts(other)):
        if word_other not in PARTNERS[word]:
            continue
        if before + behind == before_other + behind_other:
            return True
        ends_in_it = not behind and not behind_other
        if ends_in_it and not (before and before_other) and not AGAINST & set(before + before_other):
            return True
    return False


def test_there_are_groups() -> None:
    assert len(GROUPS) > 100


def test_every_group_has_signs_of_one_kind_and_two_sides_or_more() -> None:
    wrong = [
        (number, line)
        for number, line in GROUPS
        if len(set(SIGN.findall(line))) != 1 or (len(SIGN.findall(line)) > 1 and SIGN.findall(line)[0] != "=")
    ]
    assert wrong == []


def test_no_phrase_stands_twice_in_a_side_of_a_group() -> None:
    twice = [(number, side) for number, line in GROUPS for side in sides(line) if len(set(side)) != len(side)]
    assert twice == []


def test_no_phrase_is_its_own_synonym() -> None:
    own = [(number, set(a) & set(b)) for number, line in GROUPS for a, b in [sides(line)[:2]] if set(a) & set(b)]
    assert own == []


def test_every_phrase_is_two_visible_characters_or_more_without_a_sign() -> None:
    # An empty phrase is two blanks in a row, or one at the end.
    phrases = [(number, phrase) for number, line in GROUPS for side in sides(line) for phrase in side]
    wrong = [
        (number, phrase)
        for number, phrase in phrases
        if len(phrase) < 2 or not phrase.isprintable() or re.search(r"[>~=#，,、。；;：\s]", phrase)
    ]
    assert wrong == []


def test_every_phrase_is_found_by_itself(dictionary: Path) -> None:
    thesaurus = shipped(dictionary)
    missing = []
    for number, line in GROUPS:
        # What stands to the right of an equals sign is asked too; what stands to the right of the others is only searched.
        for phrase in [phrase for side in (sides(line) if " = " in line else sides(line)[:1]) for phrase in side]:
            form = readable(phrase).text
            if [found.phrase for found in thesaurus.everyday(form, {0, len(form)})][:1] != [form]:
                missing.append((number, phrase))
    assert missing == []


def test_the_groups_of_each_field_are_sorted_by_code_point() -> None:
    wrong = [(name, later) for name, groups in fields() for earlier, later in pairwise(groups) if later < earlier]
    assert wrong == []


def test_every_group_stands_in_a_field_and_no_field_twice() -> None:
    assert [line for _, groups in fields() for line in groups] == [line for _, line in GROUPS]
    assert more_than_once(name for name, _ in fields()) == []


def test_no_group_stands_twice() -> None:
    assert more_than_once(line for _, line in GROUPS) == []


def test_no_phrase_stands_left_of_two_signs() -> None:
    assert more_than_once(readable(phrase).text for left, _ in one_way() for phrase in left) == []


def test_no_phrase_stands_in_two_groups_of_equals() -> None:
    assert more_than_once(readable(phrase).text for group in both_ways() for phrase in group) == []


def test_a_phrase_in_a_group_of_equals_leads_to_further_words_only() -> None:
    equals = {phrase: set(group) for group in both_ways() for phrase in group}
    again = [
        (phrase, word)
        for left, right in one_way()
        for phrase, word in product(left, right)
        if word in equals.get(phrase, ())
    ]
    assert again == []


def test_no_word_that_is_searched_is_too_broad() -> None:
    assert [(left, set(right) & TOO_BROAD) for left, right in one_way() if set(right) & TOO_BROAD] == []


def test_the_opposites_are_two_words_each_sorted_and_written_once() -> None:
    assert len(OPPOSITES) >= 160
    assert [pair for pair in OPPOSITES if len(set(pair)) != 2 or not all(pair)] == []
    lines = [" ".join(pair) for pair in OPPOSITES]
    assert lines == sorted(lines)
    assert more_than_once(" ".join(sorted(pair)) for pair in OPPOSITES) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("增加", "减少", True),
        ("收入减少", "收入增加", True),
        ("收入减少", "增加收入", True),
        ("减少", "收入增加", True),
        ("满意", "不满意", True),
        ("收入减少", "收入下降", False),
        ("收入减少", "岗位增加", False),
        # About the same, and no contrary: what there is against it, what is missing, what more there is to it.
        ("清欠", "清理拖欠", False),
        ("没路灯", "路灯", False),
        ("停电", "供电可靠性", False),
    ],
)
def test_what_is_contrary(one: str, other: str, expected: bool) -> None:
    assert (contrary(one, other), contrary(other, one)) == (expected, expected)


def test_no_group_joins_a_phrase_with_its_opposite() -> None:
    pairs = [pair for group in both_ways() for pair in combinations(group, 2)]
    pairs += [pair for left, right in one_way() for pair in product(left, right)]
    assert [pair for pair in pairs if contrary(*pair)] == []
