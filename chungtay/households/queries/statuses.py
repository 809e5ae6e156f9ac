"""Decided statuses on a day: of one household, and counted by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from chungtay.households.models import Household, StatusSpell
from chungtay.households.queries.spells import spell_holds
from chungtay.rulebook.loading import law


def standard_id_on(on: date) -> str:
    """The id of the national standard in force on a day."""
    return law().standard_on(on).id


def spells_on(on: date, standard: str = "") -> QuerySet[StatusSpell]:
    """The spells of one standard (the national one of the day) that hold on a day."""
    return StatusSpell.objects.filter(
        spell_holds(on),
        standard=standard or standard_id_on(on),
        withdrawn=False,
        household__withdrawn=False,
    ).filter(spell_holds(on, "household__"))


def statuses_of_many(household_ids: Iterable[UUID], on: date) -> dict[UUID, StatusSpell]:
    """The decided spell of each of several households on a day."""
    rows = spells_on(on).filter(household__in=list(household_ids)).select_related("decision")
    return {row.household_id: row for row in rows}


def count_by_class(households: QuerySet[Household], on: date) -> Counter[str]:
    """How many of some households are in each decided class on a day."""
    rows = (
        spells_on(on)
        .filter(household__in=households.order_by().values("pk"))
        .values_list("household_class")
        .annotate(households=Count("pk"))
    )
    return Counter(dict(rows))


def count_by_village(households: QuerySet[Household], on: date) -> dict[int | None, Counter[str]]:
    """How many of some households are in each class on a day, by the village they lived in."""
    return _count_by("village", households, on)


def count_by_commune(households: QuerySet[Household], on: date) -> dict[int | None, Counter[str]]:
    """How many of some households are in each class on a day, by the commune they lived in."""
    return _count_by("commune", households, on)


def _count_by(
    place: str, households: QuerySet[Household], on: date
) -> dict[int | None, Counter[str]]:
    lived = "household__residences__"
    rows = (
        spells_on(on)
        .filter(household__in=households.order_by().values("pk"))
        .filter(spell_holds(on, lived), **{f"{lived}withdrawn": False})
        .values_list(f"{lived}{place}", "household_class")
        .annotate(households=Count("pk"))
    )
    counts: dict[int | None, Counter[str]] = {}
    for unit, household_class, number in rows:
        counts.setdefault(unit, Counter())[household_class] = number
    return counts


def history_of(household: Household) -> list[StatusSpell]:
    """All decided spells of a household, newest first."""
    rows = household.statuses.filter(withdrawn=False).select_related("decision")
    return list(rows.order_by("-valid_from", "-id"))
