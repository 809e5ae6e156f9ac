"""The counts by village, or by commune above it."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.households.models import Household, HouseholdClass
from chungtay.households.queries.statuses import count_by_commune, count_by_village
from chungtay.places.models import Unit
from chungtay.web.here import Here

POOR, NEAR_POOR = HouseholdClass.POOR, HouseholdClass.NEAR_POOR
DIGITS = re.compile(r"(\d+)")


def rows_of(here: Here, seen: QuerySet[Household]) -> list[dict[str, Any]]:
    """Poor and near-poor households of each place below this one; none for a village."""
    if here.place.level == "village":
        return []
    by_village = here.place.level == "commune"
    counts = (count_by_village if by_village else count_by_commune)(seen, here.on)
    counts = {unit: some for unit, some in counts.items() if some[POOR] or some[NEAR_POOR]}
    units = Unit.objects.filter(id__in=filter(None, counts))
    names = {unit.id: unit.name_on(here.on) for unit in units}
    rows = [
        {
            "name": names[unit] if unit is not None else _("Chưa rõ thôn"),
            "known": unit is not None,
            "poor": some[POOR],
            "near_poor": some[NEAR_POOR],
            "href": f"{reverse('register')}?village={unit}&class=" if by_village and unit else "",
        }
        for unit, some in counts.items()
    ]
    return sorted(rows, key=lambda row: (not row["known"], _counted(str(row["name"]))))


def _counted(name: str) -> list[tuple[int, str]]:
    """Thôn 2 before Thôn 10: numbers compare as numbers."""
    parts = DIGITS.split(name)
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
