"""The counts by village of a commune."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.households.models import Household, HouseholdClass
from chungtay.households.queries.statuses import count_by_village
from chungtay.places.models import Unit
from chungtay.rulebook.folding import fold
from chungtay.web.here import Here
from chungtay.web.today.standards import Standing

POOR, NEAR_POOR = HouseholdClass.POOR, HouseholdClass.NEAR_POOR
DIGITS = re.compile(r"(\d+)")


def rows_of(here: Here, seen: QuerySet[Household], standing: Standing) -> list[dict[str, Any]]:
    """Poor and near-poor households of each village by the standard shown; none below a village."""
    if here.place.level == "village":
        return []
    counts = count_by_village(seen, here.on, standing.standard)
    asked = f"standard={standing.standard}&" if standing.beside is not None else ""
    counts = {unit: some for unit, some in counts.items() if some[POOR] or some[NEAR_POOR]}
    units = Unit.objects.filter(id__in=filter(None, counts)).select_related("parent")
    names = {unit.id: _called(unit, here) for unit in units}
    rows = [
        {
            "name": names[unit] if unit is not None else _("Chưa rõ thôn"),
            "known": unit is not None,
            "poor": some[POOR],
            "near_poor": some[NEAR_POOR],
            "href": f"{reverse('register')}?{asked}village={unit}&class=" if unit else "",
        }
        for unit, some in counts.items()
    ]
    return sorted(rows, key=lambda row: (not row["known"], in_order(str(row["name"]))))


def _called(village: Unit, here: Here) -> str:
    """A village's name; with its commune's where the place was made up of several then."""
    name = village.name_on(here.on)
    several = len(here.units) > 1 and village.parent is not None
    return f"{name}, {village.parent.name_on(here.on)}" if several and village.parent else name


def in_order(name: str) -> list[tuple[int, str]]:
    """Thôn 2 before Thôn 10, Đ beside D: numbers as numbers, letters without their marks."""
    parts = DIGITS.split(fold(name))
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
