"""Where households lived: a move leaves last year's lists as they were."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chungtay.households.models import Household, Residence
from chungtay.households.queries.lists import villages_in
from chungtay.households.queries.people import households_seen_by, standing_on
from chungtay.households.queries.residences import lived_in, residences_of_many
from chungtay.households.queries.statuses import count_by_village, standard_id_on
from chungtay.households.services import correct_household
from chungtay.places.queries import villages_of
from tests.households.conftest import OPENING

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MOVED = date(2024, 3, 1)
BEFORE, AFTER = date(2024, 2, 29), date(2024, 3, 1)


@pytest.fixture
def moved(add, quang_trung):
    """A family that went from thôn 1 to thôn 2 on 1/3/2024."""
    household = add()
    second = villages_of(quang_trung, OPENING)[1]
    household.residences.update(valid_to=BEFORE)
    Residence.objects.create(
        household=household, commune=quang_trung, village=second, valid_from=MOVED
    )
    Household.objects.filter(pk=household.pk).update(village=second)
    household.refresh_from_db()
    return household


def test_a_new_household_lives_where_it_was_written(add, village) -> None:
    household = add()
    (lived,) = household.residences.all()
    assert (lived.commune, lived.village) == (household.commune, village)
    assert (lived.valid_from, lived.valid_to) == (OPENING, None)


def test_each_day_finds_the_household_where_it_lived(moved, village) -> None:
    second = moved.village
    households = Household.objects.all()
    assert households.filter(lived_in([village], BEFORE)).count() == 1
    assert households.filter(lived_in([second], BEFORE)).count() == 0
    assert households.filter(lived_in([village], AFTER)).count() == 0
    assert households.filter(lived_in([second], None)).count() == 1
    assert villages_in(households, BEFORE) == [village]
    assert villages_in(households, None) == [second]
    assert residences_of_many([moved.id], BEFORE)[moved.id].village == village


def test_counts_of_a_past_day_stay_with_the_old_village(moved, village) -> None:
    moved.statuses.create(
        standard=standard_id_on(OPENING),
        household_class="poor",
        valid_from=OPENING,
        source="imported_list",
    )
    households = standing_on(Household.objects.all(), BEFORE)
    assert count_by_village(households, BEFORE)[village.id]["poor"] == 1
    assert count_by_village(households, AFTER)[moved.village_id]["poor"] == 1


def test_the_outsider_sees_no_place_on_any_day(moved, outsider, acting) -> None:
    for on in (BEFORE, AFTER, None):
        assert not households_seen_by(acting(outsider), on=on).exists()


def test_a_corrected_village_was_always_that_village(add, system, quang_trung) -> None:
    household = add()
    second = villages_of(quang_trung, OPENING)[1]
    correct_household(
        actor=system,
        household=household,
        village=second,
        code="",
        address="",
        expected_version=1,
        reason="ghi nhầm thôn",
    )
    assert [row.village for row in household.residences.all()] == [second]


def test_the_database_refuses_two_open_residences(add, quang_trung) -> None:
    household = add()
    with pytest.raises(IntegrityError), transaction.atomic():
        Residence.objects.create(household=household, commune=quang_trung, valid_from=MOVED)
