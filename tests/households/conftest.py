"""A small register: a way to add a family in one line, and a paper that decides."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.households.models import Decision, Household
from chungtay.households.queries.statuses import standard_id_on
from chungtay.households.services import add_household, merge_villages
from chungtay.households.writing import HouseholdInput, PersonInput
from chungtay.places.queries import villages_of
from chungtay.rulebook.dates import PartialDate

OPENING = date(2023, 1, 1)
MERGED, PAPER = date(2024, 6, 1), "Nghị quyết số 12/NQ-HĐND ngày 15/5/2024"
HEAD_ID, WIFE_ID = "038074000123", "038178004567"


@pytest.fixture
def village(quang_trung):
    return villages_of(quang_trung, OPENING).first()


@pytest.fixture
def family():
    """What is known of a family: a head with an ID, a wife, a child of whom little is known."""

    def given(village, **more):
        members = more.pop("members", None) or [
            PersonInput(
                "Nguyễn Thị Hòa",
                relation="00",
                sex="female",
                birth=PartialDate(1974, 4, 12),
                citizen_id=HEAD_ID,
                ethnicity="Kinh",
                answers={"health_insurance": True},
            ),
            PersonInput("Đỗ Văn Ước", relation="01", sex="male", citizen_id=WIFE_ID),
            PersonInput("Đỗ Thị Bé", relation="08"),
        ]
        return HouseholdInput(village, members, **more)

    return given


@pytest.fixture
def add(system, quang_trung, village, family):
    """Add a family to the first thôn of Quang Trung."""

    def add_one(actor=None, on=OPENING, key="", commune=None, at=village, **more):
        pk = add_household(
            actor=actor or system,
            commune=commune or quang_trung,
            given=family(at, **more),
            on=on,
            key=key,
        )
        return Household.objects.select_related("commune", "village").get(pk=pk)

    return add_one


@pytest.fixture
def add_head(add):
    """Add a household of one, by the head's name."""

    def add_one(name, **more):
        return add(members=[PersonInput(name, relation="00")], **more)

    return add_one


@pytest.fixture
def decision(quang_trung):
    return Decision.objects.create(
        commune=quang_trung, number="212/QĐ-UBND", issued_on=date(2022, 12, 14), issuer="UBND xã"
    )


@pytest.fixture
def twice(add, village):
    """One family written twice: the second time without the wife, with a child and an ID."""
    kept = add(code="A1", answers={"house_area_m2": 40})
    lost = add(
        members=[
            PersonInput(
                "Nguyễn Thị Hoà",
                "00",
                "female",
                PartialDate(1974),
                ethnicity="Mường",
                answers={"work": "own_account"},
            ),
            PersonInput("Đỗ Thị Bé", "08", birth=PartialDate(2010), citizen_id="038310000011"),
            PersonInput("Đỗ Văn Út", "08"),
        ],
        code="A2",
        address="Số 9",
        answers={"house_area_m2": 50, "latrine": "septic"},
    )
    return kept, lost


@pytest.fixture
def thon(quang_trung):
    """The villages of Quang Trung by their number."""
    return {int(unit.name[-1]): unit for unit in villages_of(quang_trung, OPENING)}


@pytest.fixture
def families(add_head, thon):
    """Three households in thôn 1, two in thôn 2, one in thôn 3, all poor since the opening."""
    made = [
        add_head(f"Lê Văn {letter}", at=thon[number])
        for number, letter in ((1, "An"), (1, "Ba"), (1, "Cư"), (2, "Do"), (2, "En"), (3, "Gia"))
    ]
    for household in made:
        household.statuses.create(
            standard=standard_id_on(OPENING),
            household_class="poor",
            valid_from=OPENING,
            source="imported_list",
        )
    return made


@pytest.fixture
def merge(system, quang_trung):
    def merge_some(villages, into, on=MERGED, **more):
        given = {"actor": system, "commune": quang_trung, "paper": PAPER} | more
        return merge_villages(villages=villages, into=into, on=on, **given)

    return merge_some
