"""The provinces a place lies in or came from, with the dates on which their codes are their own."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.places.models import Unit
from chungtay.places.queries import provinces_of, unit_by_code

pytestmark = [pytest.mark.django_db, pytest.mark.database]

THREE_TIERS, TWO_TIERS = date(2025, 6, 30), date(2025, 7, 1)
LONG_KHANH, TAN_KHAI = "732", "25357"


def spells(unit):
    found = provinces_of([unit]).get(unit.pk, frozenset())
    return {(one.code, one.valid_to) for one in found}


def heir_of(code):
    """The new commune that took over the main part of an old one."""
    return Unit.objects.get(
        origins__old=unit_by_code(code, THREE_TIERS), origins__kind__in=["whole", "part-main"]
    )


def test_an_old_unit_of_any_level_lies_in_its_own_province_only():
    district = unit_by_code(LONG_KHANH, THREE_TIERS, "district")
    commune = Unit.objects.filter(parent=district).first()
    province = unit_by_code("75", THREE_TIERS, "province")
    for unit in (commune, district, province):
        assert spells(unit) == {("75", THREE_TIERS)}


def test_a_new_commune_knows_the_province_its_territory_came_from():
    assert spells(heir_of(TAN_KHAI)) == {("75", None), ("70", THREE_TIERS)}


def test_a_new_province_answers_for_all_its_communes():
    assert spells(unit_by_code("75", TWO_TIERS, "province")) == {
        ("75", None),
        ("75", THREE_TIERS),
        ("70", THREE_TIERS),
    }


def test_the_country_lies_in_none():
    assert spells(Unit.objects.get(level="country")) == set()


def test_many_places_cost_no_more_queries_than_one(django_assert_max_num_queries):
    units = list(Unit.objects.filter(level="commune", valid_to=None, parent__code="75"))
    assert len(units) > 50
    with django_assert_max_num_queries(4):
        found = provinces_of(units)
    assert all(found[unit.pk] for unit in units)
