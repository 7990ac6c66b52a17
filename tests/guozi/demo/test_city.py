"""Who there is: the counts of the city, valid codes, classes that the standard values know."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from guozi.access.roles import Role, may_be_held_together
from guozi.registry.kinds import Level
from guozi.rulebooks import parsed

if TYPE_CHECKING:
    from guozi.demo.city import City

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
HAN = re.compile(r"[\u4e00-\u9fff]")


def check_character(code: str) -> str:
    """Return the 18th character after GB 32100-2015, written a second time from the standard."""
    total = sum(ALPHABET.index(char) * 3**place % 31 for place, char in enumerate(code[:17]))
    return ALPHABET[-total % 31]


def test_the_counts_are_those_a_city_reports(city: City) -> None:
    assert Counter(item.level for item in city.enterprises) == {
        Level.MUNICIPAL: 95,
        Level.COUNTY: 149,
        Level.INVESTED: 95,
        Level.CENTRAL: 76,
        Level.PROVINCIAL: 20,
    }
    assert len(city.groups) == 9
    assert len(city.departments) == 34
    assert len(city.reporting) == 95 + 149 + 95


def test_codes_are_valid_unique_and_of_no_real_province(city: City) -> None:
    codes = [item.uscc for item in city.enterprises]
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert len(code) == 18
        assert code[2:6] == "9901"
        assert code[17] == check_character(code)


@pytest.mark.parametrize("field", ["name", "short_name", "english_name"])
def test_names_are_unique(city: City, field: str) -> None:
    counted = Counter(getattr(item, field) for item in city.enterprises)
    assert [name for name, times in counted.items() if times > 1] == []


def test_english_names_hold_no_chinese(city: City) -> None:
    texts = [item.english_name for item in (*city.enterprises, *city.departments, *city.people)]
    assert [text for text in texts if HAN.search(text) or not text] == []


def test_classes_are_in_the_standard_values(city: City) -> None:
    standards = parsed.standards()
    for item in city.reporting:
        assert standards.find(year=2025, industry=item.industry, scale=item.scale).values
        assert item.nature.startswith(("商业", "公益")), item.name


def test_owners_come_first_and_own_within_their_group(city: City) -> None:
    place = {item.uscc: number for number, item in enumerate(city.enterprises)}
    by_code = {item.uscc: item for item in city.enterprises}
    for number, item in enumerate(city.enterprises):
        if item.parent:
            assert place[item.parent] < number
            assert by_code[item.parent].group == item.group
            assert item.share is not None
            assert 0 < item.share <= 1
    assert {by_code[item.group].direct for item in city.enterprises if item.group} == {True}


def test_every_department_has_enterprises(city: City) -> None:
    counted = Counter(item.department for item in city.enterprises if item.level is Level.INVESTED)
    assert set(counted) == {item.code for item in city.departments}
    assert sum(counted.values()) == 95


def test_every_role_is_held_by_somebody_within_its_scopes(city: City) -> None:
    assert {person.role for person in city.people} == set(Role)
    for person in city.people:
        assert person.scope in person.role.scopes, person.username
        assert may_be_held_together(frozenset({person.role}))
    assert len({person.username for person in city.people}) == len(city.people)
    assert len({person.name for person in city.people}) == len(city.people)


def test_every_group_has_a_reporter_and_a_signatory(city: City) -> None:
    for role in (Role.REPORTER, Role.SIGNATORY):
        served = {person.enterprise for person in city.people if person.role is role}
        assert {group.uscc for group in city.groups} <= served
