"""What the page of a unit lists: the units below it, its kin, its years, what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.households.models import Household
from chungtay.households.queries.people import households_seen_by, standing_on
from chungtay.households.queries.residences import count_lived_in, lived_in, residences_on
from chungtay.places.models import AreaType, Level, Succession, Unit, VillageChange
from chungtay.places.queries import (
    area_type_on,
    gap,
    like_for_like,
    populations_on,
    units_on,
)
from chungtay.web.here import Here, first_year, today
from chungtay.web.places.reaching import CHANGE
from chungtay.web.templating import said

CHANGES_SHOWN = 20


def area_word(unit: Unit, on: date) -> str:
    """Rural or urban on a day in words, or that no text says it."""
    area = area_type_on(unit, on)
    return str(AreaType(area).label) if area else _("chưa rõ")


def below(here: Here, unit: Unit, on: date) -> dict[str, Any]:
    """The units right below one on a day, with their counts and what the register holds."""
    units = _standing_below(unit, on)
    counts = populations_on([unit, *units], on)
    lived = _registered(here, unit, units, on)
    behind = unit.pk == here.place.pk and unit.level == Level.COMMUNE
    rows: list[dict[str, Any]] = [
        {
            "name": one.name_on(on),
            "kind": one.naming_on(on).kind,
            "area": area_word(one, on) if one.level in (Level.COMMUNE, Level.VILLAGE) else "",
            "count": counts.get(one.pk),
            "registered": lived[one.pk],
            "verified": one.verified,
            "href": reverse("places_unit", args=[one.pk]),
            "behind": f"{reverse('register')}?village={one.pk}" if behind and lived[one.pk] else "",
        }
        for one in units
    ]
    near = unit.level == Level.COMMUNE
    return {
        "rows": rows,
        "unplaced": lived[None] if near else 0,
        "own": counts.get(unit.pk),
        "sums": _sums(rows),
        "gaps": [said(one) for one in gap(counts.get(unit.pk), [counts.get(u.pk) for u in units])]
        if near
        else [],
    }


def _sums(rows: list[dict[str, Any]]) -> dict[str, int]:
    counts = [row["count"] for row in rows if row["count"] is not None]
    return {
        "households": sum(count.households for count in counts),
        "persons": sum(count.persons or 0 for count in counts),
        "counted": len(counts),
        "registered": sum(row["registered"] for row in rows),
    }


def _standing_below(unit: Unit, on: date) -> list[Unit]:
    """Thôn 2 before Thôn 10."""
    units = units_on(on).filter(parent=unit)
    return list(
        units.order_by(Length("folded"), "folded") if _villages(unit) else units.order_by("folded")
    )


def _villages(unit: Unit) -> bool:
    return unit.level == Level.COMMUNE


def _registered(here: Here, unit: Unit, units: Iterable[Unit], on: date) -> Counter[Any]:
    """How many households of the register lived in each unit below on a day."""
    if not here.actor.may("households.see", unit):
        return Counter()
    seen = standing_on(households_seen_by(here.actor, on=on), on).filter(lived_in([unit], on))
    if _villages(unit):
        return count_lived_in(seen, on)
    by_commune = count_lived_in(seen, on, "commune")
    paths = dict(Unit.objects.filter(pk__in=filter(None, by_commune)).values_list("pk", "path"))
    return Counter(
        {
            one.pk: sum(
                number for pk, number in by_commune.items() if pk and paths[pk].startswith(one.path)
            )
            for one in units
        }
    )


def kin(here: Here, unit: Unit) -> dict[str, list[dict[str, Any]]]:
    """The units this one was made of and those that took it over, with scope and source."""
    rows = Succession.objects.filter(Q(old=unit) | Q(new=unit), withdrawn=False)
    listed = list(rows.select_related("old", "new").order_by("valid_from", "kind", "pk"))
    left = _still_there([row.old for row in listed if row.new_id == unit.pk])
    return {
        "former": [_kin_row(here, row, row.old, left) for row in listed if row.new_id == unit.pk],
        "heirs": [_kin_row(here, row, row.new, left) for row in listed if row.old_id == unit.pk],
    }


def _still_there(units: list[Unit]) -> dict[int, int]:
    """How many households still have an open residence in former communes, in one query."""
    rows = residences_on(None).filter(commune__in=units, household__withdrawn=False)
    return dict(rows.values_list("commune").annotate(n=Count("pk")))


def _kin_row(here: Here, row: Succession, other: Unit, left: dict[int, int]) -> dict[str, Any]:
    seen = here.actor.may("places.see", other)
    households = left.get(other.pk, 0) if other.level == Level.COMMUNE and seen else 0
    may_take = households and here.actor.may(CHANGE, row.new)
    return {
        "name": other.name_on(other.valid_to or row.valid_from),
        "code": other.code,
        "href": reverse("places_unit", args=[other.pk]) if seen else "",
        "scope": str(Succession.Kind(row.kind).label),
        "from": row.valid_from,
        "paper": row.paper,
        "left": households,
        "take_href": reverse("places_take_over", args=[row.pk]) if may_take else "",
    }


def years_of(here: Here, unit: Unit) -> list[dict[str, Any]]:
    """For each year the units of the same territory and the households the register had there."""
    last = today().year
    territories = like_for_like(unit, range(last, first_year_shown() - 1, -1))
    return [
        {
            "year": year,
            "units": ", ".join(one.name_on(one.valid_to or found.on) for one in found.units),
            "exact": found.exact,
            "words": [said(word) for word in found.words],
            "registered": _registered_in(here, list(found.units), min(found.on, today())),
        }
        for year, found in territories.items()
    ]


def first_year_shown() -> int:
    """The first year the page compares: not earlier than four years ago, nor than the law."""
    return max(first_year(), today().year - 4)


def _registered_in(here: Here, units: list[Unit], on: date) -> int | None:
    """How many households lived in some units on a day; None where not all of them are seen."""
    if not units or not all(here.actor.may("households.see", unit) for unit in units):
        return None
    seen = households_seen_by(here.actor, on=on).filter(lived_in(units, on))
    return standing_on(seen, on).count()


def changes_of(here: Here, unit: Unit) -> list[dict[str, Any]]:
    """What was done to a village, or to the villages of a commune, newest first."""
    rows = VillageChange.objects.filter(Q(commune=unit) | Q(villages=unit)).distinct()
    listed = list(rows.prefetch_related("villages").order_by("-pk")[:CHANGES_SHOWN])
    may = here.actor.may(CHANGE, unit)
    return [
        {
            "what": str(VillageChange.Kind(one.kind).label).capitalize(),
            "villages": ", ".join(_called(village, one) for village in one.villages.all()),
            "on": one.on,
            "at": one.written_at,
            "paper": one.paper,
            "undone": one.withdrawn,
            "undo_href": "" if one.withdrawn or not may else reverse("places_undo", args=[one.pk]),
        }
        for one in listed
    ]


def _called(village: Unit, change: VillageChange) -> str:
    """A village as an act on it speaks of it: a rename says both names."""
    if change.kind == VillageChange.Kind.RENAMED and change.on is not None:
        before = village.name_on(date.fromordinal(change.on.toordinal() - 1))
        return f"{before} → {village.name_on(change.on)}"
    return village.name_on(village.valid_to or date.max)


def households_in(village: Unit, on: date) -> int:
    """How many households live in a village on a day."""
    return Household.objects.filter(lived_in([village], on), withdrawn=False).count()
