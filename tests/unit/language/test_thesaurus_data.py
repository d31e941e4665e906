"""The form of thesaurus.txt: what the loader would pass over, or what could never be found."""

import re
from importlib import resources

from service.language.matching import readable
from service.language.thesaurus import shipped

TEXT = resources.files("service.language").joinpath("thesaurus.txt").read_text(encoding="utf-8")
GROUPS = [(number, line) for number, line in enumerate(TEXT.split("\n"), 1) if line and not line.startswith("#")]
SIGN = re.compile(" ([>~=]) ")


def sides(line: str) -> list[list[str]]:
    return [side.split(" ") for side in SIGN.split(line)[::2]]


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


def test_every_phrase_is_found_by_itself() -> None:
    thesaurus = shipped()
    missing = []
    for number, line in GROUPS:
        # What stands to the right of an equals sign is asked too; what stands to the right of the others is only searched.
        for phrase in [phrase for side in (sides(line) if " = " in line else sides(line)[:1]) for phrase in side]:
            form = readable(phrase).text
            if [found.phrase for found in thesaurus.everyday(form, {0, len(form)})][:1] != [form]:
                missing.append((number, phrase))
    assert missing == []
