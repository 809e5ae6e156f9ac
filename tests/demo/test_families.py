"""The made-up families: their numbers, their IDs, and what the law finds of them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from chungtay.demo.families import (
    DemoCommune,
    DemoHousehold,
    hand_written_communes,
    read_data,
    read_profiles,
)
from chungtay.households.writing import PersonInput
from chungtay.rulebook.classifying import Finding, find
from chungtay.rulebook.household import HouseholdFacts, MemberFacts
from chungtay.rulebook.loading import law

OPENING = date(2023, 1, 1)
YEAR_END = date(2023, 12, 31)
AREAS = {"14824": "rural", "14823": "urban"}
DIFFER_ON_PURPOSE = {"QT2-01": "near_poor", "QT6-01": "unknown"}
ID_NUMBER = re.compile(r"038[0-3]\d{2}99\d{4}")


@pytest.fixture(scope="module")
def quang_trung_families() -> DemoCommune:
    return hand_written_communes()[0]


def finding(commune: DemoCommune, household: DemoHousehold, on: date) -> Finding:
    """What the law finds of a demo household on a day, its later changes included."""
    answers = dict(household.answers)
    own = {member.full_name: dict(member.answers) for member in household.members}
    for change in commune.changes:
        if change.household == household.code and change.on <= on:
            answers.update(change.answers)
            for name, values in change.members.items():
                own[name].update(values)
    members = tuple(
        MemberFacts(one.full_name, one.birth, one.sex, own[one.full_name])
        for one in household.members
    )
    facts = HouseholdFacts(on, AREAS[commune.code], answers, members)
    return find(law(), law().standard_on(on), facts)


def people() -> list[PersonInput]:
    return [
        member
        for commune in hand_written_communes()
        for household in commune.households
        for member in household.members
    ]


def test_the_commune_opens_the_year_with_21_poor_and_14_near_poor_households(
    quang_trung_families: DemoCommune,
) -> None:
    assert quang_trung_families.class_counts() == {"poor": 21, "near_poor": 14}
    asked = [one for one in quang_trung_families.households if one.household_class is None]
    assert len(asked) == 4
    assert {one.on.year for one in asked} == {2023}


def test_the_villages_add_up_to_1411_households(quang_trung_families: DemoCommune) -> None:
    villages = quang_trung_families.villages
    assert [one.name for one in villages] == [f"Thôn {number}" for number in range(1, 7)]
    assert sum(one.households for one in villages) == 1411
    assert all(3 < one.persons / one.households < 4 for one in villages)
    listed = Counter(one.village for one in quang_trung_families.households)
    assert set(listed) == {one.name for one in villages}


def test_the_promise_of_1411_households_is_the_plan_s_own_base(
    quang_trung_families: DemoCommune,
) -> None:
    base = read_data("quang_trung_plan_2023.toml")["base"]
    assert base["households"] == sum(one.households for one in quang_trung_families.villages)


def test_the_four_households_the_plan_names_are_poor_and_live_where_it_says(
    quang_trung_families: DemoCommune,
) -> None:
    heads = {one.members[0].full_name: one for one in quang_trung_families.households}
    sexes = {"bà": "female", "ông": "male"}
    for named in read_data("quang_trung_plan_2023.toml")["households"]:
        household = heads[named["full_name"]]
        assert household.household_class == "poor"
        assert household.village.lower() == named["village"]
        assert household.members[0].sex == sexes[named["salutation"]]


def test_the_movements_of_june_leave_19_poor_and_14_near_poor(
    quang_trung_families: DemoCommune,
) -> None:
    after = Counter(
        quang_trung_families.movements.get(one.code, one.household_class)
        for one in quang_trung_families.households
        if one.household_class
    )
    assert after == {"poor": 19, "near_poor": 14, "not_poor": 1, "average_living": 1}


@pytest.mark.parametrize("commune", hand_written_communes(), ids=lambda one: one.code)
def test_each_household_has_one_head_and_a_code_of_its_own(commune: DemoCommune) -> None:
    codes = [one.code for one in commune.households]
    assert len(codes) == len(set(codes))
    for household in commune.households:
        relations = [member.relation for member in household.members]
        assert relations[0] == "00", household.code
        assert relations.count("00") == 1, household.code
        assert set(relations) <= set(law().codes["relation_to_head_bhxh"]), household.code
        assert {m.ethnicity for m in household.members} <= {"Kinh", "Mường"}
        assert all(m.birth is None or m.birth.latest() < household.on for m in household.members)


def test_citizen_ids_are_well_formed_unique_and_agree_with_sex_and_birth() -> None:
    numbers = [one.citizen_id for one in people() if one.citizen_id]
    assert len(numbers) == len(set(numbers))
    assert len(numbers) >= len(people()) - 2
    for one in people():
        if one.citizen_id is None or one.birth is None:
            continue
        assert ID_NUMBER.fullmatch(one.citizen_id), one.full_name
        century_and_sex = (one.birth.year // 100 - 19) * 2 + (one.sex == "female")
        assert int(one.citizen_id[3]) == century_and_sex, one.full_name
        assert int(one.citizen_id[4:6]) == one.birth.year % 100, one.full_name


def test_the_ids_of_the_sample_lists_are_made_up_too_and_nobody_else_s() -> None:
    samples = read_data("sample_lists.toml")
    listed = [
        m["id"] for kind in ("asked", "phu_son_new") for h in samples[kind] for m in h["members"]
    ]
    listed += [one["citizen_id"] for one in samples["register_differences"] if "citizen_id" in one]
    numbers = [str(number).zfill(12) for number in listed if number]
    assert all(ID_NUMBER.fullmatch(number) for number in numbers)
    assert len(numbers) == len(set(numbers))
    assert not set(numbers) & {one.citizen_id for one in people()}


def test_every_answer_is_in_the_vocabulary() -> None:
    facts = law().facts
    for commune in hand_written_communes():
        for household in commune.households:
            assert all(facts[name].scope == "household" for name in household.answers)
    for profile in read_profiles().values():
        assert all(facts[name].scope == "member" for name in profile)


@pytest.mark.parametrize("commune", hand_written_communes(), ids=lambda one: one.code)
def test_the_law_finds_the_decided_class_but_where_the_file_says_otherwise(
    commune: DemoCommune,
) -> None:
    differing = {
        one.code: found
        for one in commune.households
        if one.household_class
        and (found := finding(commune, one, OPENING).household_class) != one.household_class
    }
    assert differing == (DIFFER_ON_PURPOSE if commune.code == "14824" else {})


def test_before_the_water_pipe_came_the_law_found_the_decided_class(
    quang_trung_families: DemoCommune,
) -> None:
    changed = next(one for one in quang_trung_families.households if one.code == "QT2-01")
    decided_on = quang_trung_families.opening_decision.issued_on
    assert finding(quang_trung_families, changed, decided_on).household_class == "poor"


def test_what_is_missing_of_the_undecided_household_is_its_latrine(
    quang_trung_families: DemoCommune,
) -> None:
    blank = next(one for one in quang_trung_families.households if one.code == "QT6-01")
    found = finding(quang_trung_families, blank, OPENING)
    assert found.possible_classes == ("poor", "near_poor")
    assert [one.fact for one in found.missing] == ["latrine"]


def test_after_june_the_law_finds_what_the_second_decision_says(
    quang_trung_families: DemoCommune,
) -> None:
    moved = {
        one.code: finding(quang_trung_families, one, YEAR_END).household_class
        for one in quang_trung_families.households
        if one.code in quang_trung_families.movements
    }
    assert moved == quang_trung_families.movements


def test_some_things_are_not_known(quang_trung_families: DemoCommune) -> None:
    births = [one.birth for one in people()]
    assert sum(birth is not None and not birth.is_whole for birth in births) >= 10
    assert any(one.citizen_id is None for one in people())
    questions = {"latrine", "water_source", "income_per_person_vnd"}
    assert any(questions - set(one.answers) for one in quang_trung_families.households)
