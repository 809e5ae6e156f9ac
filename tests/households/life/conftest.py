"""A family of four and one of two, and short ways to let something happen to them."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.households.models import Membership
from chungtay.households.queries.people import members_on
from chungtay.households.services.life import Occasion
from chungtay.households.writing import PersonInput
from chungtay.places.queries import villages_of
from chungtay.rulebook.dates import PartialDate
from tests.households.conftest import OPENING

DAY = date(2023, 6, 15)


@pytest.fixture
def home(add):
    """A head, a wife and two children in thôn 1, the wife with an ID."""
    return add(
        members=[
            PersonInput("Lò Văn Sáng", "00", "male", PartialDate(1970)),
            PersonInput("Hà Thị Mây", "01", "female", PartialDate(1972), "038172004567"),
            PersonInput("Lò Thị Lan", "08", "female", PartialDate(1995)),
            PersonInput("Lò Văn Bình", "08", "male", PartialDate(1998)),
        ],
        code="QT-01",
    )


@pytest.fixture
def other_home(add):
    """A couple in the same thôn."""
    return add(
        members=[
            PersonInput("Quách Văn Đông", "00", "male", PartialDate(1990)),
            PersonInput("Bùi Thị Sen", "01", "female", PartialDate(1991)),
        ],
        code="QT-02",
    )


@pytest.fixture
def second(quang_trung):
    return villages_of(quang_trung, OPENING)[1]


@pytest.fixture
def who():
    """A person's id by name."""

    def find(name):
        return Membership.objects.filter(person__full_name=name).values_list("person", flat=True)[0]

    return find


@pytest.fixture
def happen(system):
    """Let something happen to a household on a day."""

    def do(act, household, on=DAY, actor=None, expected_version=None, key="", **given):
        answer = act(
            actor=actor or system,
            household=household,
            occasion=Occasion(on),
            expected_version=expected_version,
            key=key,
            **given,
        )
        household.refresh_from_db()
        return answer

    return do


@pytest.fixture
def members():
    """The names and relations of a household on a day, in order."""

    def on_day(household, on):
        return [(row.person.full_name, row.relation) for row in members_on(household.pk, on)]

    return on_day
