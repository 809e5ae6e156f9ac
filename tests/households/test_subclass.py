"""Poor A and poor B: only of the poor, counted apart, sealed with the class."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from chungtay.acts.models import JournalLine
from chungtay.acts.queries import open_trace
from chungtay.acts.refusing import Refused
from chungtay.households.models import Household, StatusSpell
from chungtay.households.queries.people import of_class
from chungtay.households.queries.statuses import (
    count_by_class,
    count_by_village,
    count_poor_by_subclass,
    history_of,
    holding,
    standards_at,
    statuses_of_many,
)
from chungtay.households.services import decide_status
from tests.households.conftest import OPENING

pytestmark = [pytest.mark.django_db, pytest.mark.database]

OWN = "dong-nai-2022"


@pytest.fixture
def decide(system, decision):
    def decide_one(household, household_class="poor", **more):
        given = {"standard": OWN, "valid_from": OPENING, **more}
        return decide_status(
            actor=system,
            household=household,
            household_class=household_class,
            decision=decision,
            **given,
        )

    return decide_one


def test_a_poor_household_is_decided_to_be_a_or_b(add_head, decide):
    household = add_head("Lê Văn An")
    decide(household, subclass="A")
    decide(household, subclass="B", valid_from=date(2023, 6, 1))
    spells = statuses_of_many([household.id], OPENING, OWN)
    assert (spells[household.id].household_class, spells[household.id].subclass) == ("poor", "A")
    line = JournalLine.objects.filter(act="households.decide_status").latest("id")
    assert "poor" not in line.details
    trace = open_trace(line.personal_traces.get(), household.trace_salt)
    assert trace == {"before": "poor A", "after": "poor B"}


@pytest.mark.parametrize("other", ["near_poor", "average_living", "not_poor"])
def test_only_the_poor_have_a_kind(add_head, decide, other):
    household = add_head("Lê Văn An")
    with pytest.raises(Refused, match="Chỉ hộ nghèo mới có loại A"):
        decide(household, other, subclass="A")
    with pytest.raises(Refused, match="Loại “C” không có"):
        decide(household, subclass="C")
    assert not StatusSpell.objects.exists()


def test_the_database_itself_holds_it(add_head, decide):
    household = add_head("Lê Văn An")
    decide(household, "near_poor")
    for bad in ({"subclass": "A"}, {"household_class": "poor", "subclass": "C"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StatusSpell.objects.update(**bad)
    StatusSpell.objects.update(household_class="poor", subclass="B")


def test_a_and_b_are_counted_and_listed_apart(add_head, decide):
    for at, subclass in enumerate(["A", "A", "B", ""]):
        decide(add_head(f"Người {at}"), subclass=subclass)
    decide(add_head("Cận nghèo"), "near_poor")
    seen = Household.objects.all()
    assert count_by_class(seen, OPENING, OWN) == Counter(poor=4, near_poor=1)
    assert count_poor_by_subclass(seen, OPENING, OWN) == Counter({"A": 2, "B": 1, "": 1})
    assert count_by_class(seen, OPENING) == Counter()
    assert list(count_by_village(seen, OPENING, OWN).values()) == [Counter(poor=4, near_poor=1)]
    assert of_class(seen, "poor", OWN, OPENING).count() == 4
    assert of_class(seen, "poor", OWN, OPENING, "A").count() == 2


def test_the_classes_of_every_standard_stand_side_by_side(add_head, decide):
    first, second = add_head("Lê Văn An"), add_head("Lê Văn Ba")
    decide(first, subclass="A")
    decide(first, "near_poor", standard="nd-07-2021")
    held = holding(history_of(first), OPENING)
    assert {name: spell.household_class for name, spell in held.items()} == {
        OWN: "poor",
        "nd-07-2021": "near_poor",
    }
    assert holding(history_of(first), OPENING - timedelta(days=1)) == {}
    assert holding(history_of(second), OPENING) == {}


def test_the_national_standard_counts_everywhere_and_none_before_the_law(quang_trung):
    assert standards_at(quang_trung, OPENING) == ("nd-07-2021",)
    assert standards_at(quang_trung, date(2027, 1, 1)) == ("nd-351-2025",)
    assert standards_at(quang_trung, date(2000, 1, 1)) == ()
