"""Where households lived on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from chungtay.households.models import Household, Residence
from chungtay.households.queries.spells import spell_holds
from chungtay.places.models import Unit
from chungtay.places.queries import as_on
from chungtay.staff.policy import within


def lived_in(units: Iterable[Unit], on: date | None) -> Q:
    """The condition that a household lived within some units on a day; None: lives there now.

    Now is asked of the household's own row, which costs no second table.
    """
    if on is None:
        return within(units)
    return Q(pk__in=residences_on(on).filter(within(units)).values("household"))


def residences_on(on: date | None) -> QuerySet[Residence]:
    """The places of all households on a day; None asks for the open ones."""
    return Residence.objects.filter(spell_holds(on), withdrawn=False)


def residences_of_many(household_ids: Iterable[UUID], on: date | None) -> dict[UUID, Residence]:
    """The place of each of several households on a day, in one query."""
    rows = residences_on(on).filter(household__in=list(household_ids))
    return {row.household_id: row for row in rows.select_related("village", "commune__parent")}


def left_since(household_ids: Iterable[UUID], on: date) -> dict[UUID, Residence]:
    """The place on a day of those households that have left it since; the others live there still.

    Few have, so their places are fetched only then: the open residence is the household's own row.
    """
    rows = residences_on(on).filter(household__in=list(household_ids), valid_to__isnull=False)
    found = rows.prefetch_related("village", "commune__parent")
    return {row.household_id: row for row in found}


def placed_on(households: Iterable[Household], on: date) -> list[Household]:
    """Households for showing, at the place of a day, called as it was; never to be saved.

    Their own village and commune should have been fetched with them.
    """
    listed = list(households)
    left = left_since((one.pk for one in listed), on)
    called: dict[int, Unit] = {}

    def then(unit: Unit) -> Unit:
        if unit.pk not in called:
            called[unit.pk] = as_on(unit, on)
        return called[unit.pk]

    for one in listed:
        place = left.get(one.pk, one)
        one.commune = then(place.commune)
        one.village = then(place.village) if place.village is not None else None
    return listed


def count_lived_in(
    households: QuerySet[Household], on: date, place: str = "village"
) -> Counter[int | None]:
    """How many of some households lived in each village (or commune) on a day."""
    lived = residences_on(on).filter(household__in=households.order_by().values("pk"))
    rows = lived.values_list(place).annotate(number=Count("household", distinct=True))
    return Counter(dict(rows))
