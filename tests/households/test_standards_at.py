"""Which standards count at a place on a day: the national one, then its province's own."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.households.queries.statuses import (
    standards_at,
    standards_at_many,
    standards_unclear_at,
)
from chungtay.places.models import Unit
from chungtay.places.queries import unit_by_code

pytestmark = [pytest.mark.django_db, pytest.mark.database]

IN_2024, ENDED, BEGUN, LATE = (
    date(2024, 1, 1),
    date(2025, 6, 30),
    date(2025, 7, 1),
    date(2025, 12, 31),
)
NATIONAL, BOTH = ("nd-07-2021",), ("nd-07-2021", "dong-nai-2022")


def heir_of(code):
    return Unit.objects.get(
        origins__old=unit_by_code(code, ENDED), origins__kind__in=["whole", "part-main"]
    )


def test_every_level_of_dong_nai_has_both():
    district = unit_by_code("732", IN_2024, "district")
    ward = Unit.objects.filter(parent=district).first()
    village = Unit(level="village", kind="Khu phố", name="Khu phố 1", parent=ward)
    village.save()
    village.path = f"{ward.path}{village.pk}/"
    for unit in (village, ward, district, unit_by_code("75", IN_2024, "province")):
        assert standards_at(unit, IN_2024) == BOTH
        assert standards_at(unit, date(2022, 8, 9)) == NATIONAL
    assert standards_at(ward, date(2021, 12, 31)) == ("qd-59-2015",)


def test_after_the_merger_the_territory_decides():
    in_old_dong_nai, in_old_binh_phuoc = heir_of("26077"), heir_of("25357")
    assert standards_at(in_old_dong_nai, LATE) == BOTH
    assert standards_at(in_old_dong_nai, date(2026, 1, 1)) == NATIONAL
    assert standards_at(in_old_binh_phuoc, LATE) == NATIONAL
    assert standards_at(unit_by_code("75", BEGUN, "province"), LATE) == BOTH


def test_where_no_text_says_it_the_standard_is_unclear_and_does_not_count():
    in_old_dong_nai, in_old_binh_phuoc = heir_of("26077"), heir_of("25357")
    assert standards_unclear_at(in_old_binh_phuoc, LATE) == ("dong-nai-2022",)
    assert standards_unclear_at(in_old_dong_nai, LATE) == ()
    assert standards_unclear_at(unit_by_code("25357", IN_2024), IN_2024) == ()
    assert standards_unclear_at(in_old_binh_phuoc, date(2022, 1, 1)) == ()


def test_other_provinces_have_the_national_one(quang_trung):
    assert standards_at(quang_trung, IN_2024) == NATIONAL
    assert standards_at(Unit.objects.get(level="country"), IN_2024) == NATIONAL


def test_many_places_are_asked_at_once(django_assert_max_num_queries):
    units = list(Unit.objects.filter(level="commune", valid_to=ENDED, path__contains="/"))[:3000]
    with django_assert_max_num_queries(3):
        found = standards_at_many(units, IN_2024)
    assert set(found.values()) <= {NATIONAL, BOTH}


def test_no_province_has_its_own_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert standards_at_many([Unit(pk=1, level="commune")], date(2022, 1, 1)) == {1: NATIONAL}
