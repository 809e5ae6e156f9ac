"""Two families, and a way to fill in a form as a browser sends it."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from chungtay.households.models import Decision, Household, Membership
from chungtay.households.services import add_household, decide_status
from chungtay.households.writing import HouseholdInput, PersonInput
from chungtay.places.queries import villages_of
from chungtay.rulebook.dates import PartialDate

OPENING = date(2023, 1, 1)
DAY = {"on_day": "15", "on_month": "6", "on_year": "2023"}


@pytest.fixture
def village(quang_trung):
    return villages_of(quang_trung, OPENING)[0]


@pytest.fixture
def add(system, village):
    def add_one(*members, **more):
        given = HouseholdInput(village, list(members), **more)
        pk = add_household(actor=system, commune=village.parent, given=given, on=OPENING)
        return Household.objects.select_related("commune", "village").get(pk=pk)

    return add_one


@pytest.fixture
def home(add, system, quang_trung):
    """A poor family of four."""
    household = add(
        PersonInput("Lò Văn Sáng", "00", "male", PartialDate(1970), "038070000111", "Thái"),
        PersonInput("Hà Thị Mây", "01", "female", PartialDate(1972, 4, 12), ethnicity="Thái"),
        PersonInput("Lò Thị Lan", "08", "female", PartialDate(1995)),
        PersonInput("Lò Văn Bình", "08", "male", PartialDate(1998)),
        code="QT-01",
        address="xóm Đồi",
    )
    decision = Decision.objects.create(
        commune=quang_trung, number="215/QĐ-UBND", issued_on=OPENING, issuer="UBND xã"
    )
    decide_status(
        actor=system,
        household=household,
        standard="nd-07-2021",
        household_class="poor",
        valid_from=OPENING,
        decision=decision,
    )
    household.refresh_from_db()
    return household


@pytest.fixture
def other_home(add):
    return add(PersonInput("Quách Văn Đông", "00"), PersonInput("Bùi Thị Sen", "01"), code="QT-02")


@pytest.fixture
def who():
    def find(name):
        rows = Membership.objects.filter(person__full_name=name)
        return str(rows.values_list("person", flat=True)[0])

    return find


@pytest.fixture
def browser(officer, client_of):
    return client_of(officer)


@pytest.fixture
def neighbour(outsider, client_of):
    return client_of(outsider)


@pytest.fixture
def send(browser, home):
    """Post a form of the first family's; what its page would hold stands in it."""

    def post(kind, client=browser, household=home, **fields):
        household.refresh_from_db()
        kept = {"version": str(household.version), "key": f"k{household.version}"}
        address = reverse(f"life_{kind}", args=[household.pk])
        return client.post(address, {**kept, **DAY, **fields})

    return post


@pytest.fixture
def text_of():
    def read(client, name, *args):
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == 200, (name, answer.status_code)
        return answer.content.decode()

    return read
