"""Decided statuses on a day, by a standard: of one household, and counted by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from chungtay.acts.remembering import remembered, version
from chungtay.households.models import Household, HouseholdClass, StatusSpell
from chungtay.households.queries.residences import residences_on
from chungtay.households.queries.spells import spell_holds
from chungtay.places.models import Unit
from chungtay.places.queries import provinces_of
from chungtay.rulebook.lawbook import ProvinceSpell
from chungtay.rulebook.loading import law


def standard_id_on(on: date) -> str:
    """The id of the national standard in force on a day."""
    return law().standard_on(on).id


def standards_at(unit: Unit, on: date) -> tuple[str, ...]:
    """The ids of the standards that count at a place on a day: the national one, then its own.

    The unit may be of any level below the country and of either period; empty where no law is
    loaded for the day.
    """
    return standards_at_many([unit], on)[unit.pk]


def standards_at_many(units: Iterable[Unit], on: date) -> dict[int, tuple[str, ...]]:
    """The standards at each of several places on a day, in few queries whatever their number."""
    listed = list(units)
    if not law().provincial_on(on):
        return _standards_at(listed, on, {})
    # Which province a place came from changes by acts only, and every page asks.
    key = ("standards", on, tuple(unit.pk for unit in listed))
    return remembered(key, version(), lambda: _standards_at(listed, on, provinces_of(listed)))


def _standards_at(
    units: list[Unit], on: date, provinces: Mapping[int, frozenset[ProvinceSpell]]
) -> dict[int, tuple[str, ...]]:
    book = law()
    return {
        unit.pk: tuple(
            standard.id for standard in book.standards_on(on, provinces.get(unit.pk, frozenset()))
        )
        for unit in units
    }


def standards_unclear_at(unit: Unit, on: date) -> tuple[str, ...]:
    """The ids of provincial standards of which no text says whether they count at a place."""
    book = law()
    if not book.provincial_on(on):
        return ()
    provinces = provinces_of([unit]).get(unit.pk, frozenset())
    return tuple(standard.id for standard in book.unclear_on(on, provinces))


def spells_on(on: date, standard: str | None = None) -> QuerySet[StatusSpell]:
    """The spells of one standard (the national one of the day) that hold on a day."""
    return _holding(on).filter(standard=standard or standard_id_on(on))


def _holding(on: date) -> QuerySet[StatusSpell]:
    spells = StatusSpell.objects.filter(
        spell_holds(on), withdrawn=False, household__withdrawn=False
    )
    return spells.filter(spell_holds(on, "household__"))


def statuses_of_many(
    household_ids: Iterable[UUID], on: date, standard: str | None = None
) -> dict[UUID, StatusSpell]:
    """The decided spell of each of several households on a day, by one standard."""
    rows = spells_on(on, standard).filter(household__in=list(household_ids))
    return {row.household_id: row for row in rows.select_related("decision")}


def decided_of_many(
    household_ids: Iterable[UUID], on: date, standard: str | None = None
) -> dict[UUID, tuple[str, str]]:
    """Class and kind (or "") of each of several households that stand on a day, by one standard."""
    rows = StatusSpell.objects.filter(
        spell_holds(on),
        household__in=list(household_ids),
        standard=standard or standard_id_on(on),
        withdrawn=False,
    )
    found = rows.values_list("household", "household_class", "subclass")
    return {pk: (household_class, subclass) for pk, household_class, subclass in found}


def classes_of_many(
    households: QuerySet[Household], on: date, standard: str | None = None
) -> dict[UUID, str]:
    """The decided class of each of some households on a day, by one standard; no other column."""
    rows = spells_on(on, standard).filter(household__in=households.order_by().values("pk"))
    return dict(rows.values_list("household", "household_class"))


def count_by_class(
    households: QuerySet[Household], on: date, standard: str | None = None
) -> Counter[str]:
    """How many of some households are in each decided class on a day, by one standard."""
    return _count("household_class", spells_on(on, standard), households)


def count_poor_by_subclass(
    households: QuerySet[Household], on: date, standard: str | None = None
) -> Counter[str]:
    """How many of some poor households are "A", "B" or "" (neither was decided) on a day."""
    poor = spells_on(on, standard).filter(household_class=HouseholdClass.POOR)
    return _count("subclass", poor, households)


def _count(
    field: str, spells: QuerySet[StatusSpell], households: QuerySet[Household]
) -> Counter[str]:
    rows = (
        spells.filter(household__in=households.order_by().values("pk"))
        .values_list(field)
        .annotate(households=Count("pk"))
    )
    return Counter(dict(rows))


def count_by_village(
    households: QuerySet[Household], on: date, standard: str | None = None
) -> dict[int | None, Counter[str]]:
    """How many of some households are in each class on a day, by the village they lived in."""
    return _count_by("village", "household_class", households, on, _of_standard(standard, on))


def count_by_commune(
    households: QuerySet[Household], on: date, standard: str | None = None
) -> dict[int | None, Counter[str]]:
    """How many of some households are in each class on a day, by the commune they lived in."""
    return _count_by("commune", "household_class", households, on, _of_standard(standard, on))


def count_subclasses_by_commune(
    households: QuerySet[Household], on: date, standard: str | None = None
) -> dict[int | None, Counter[str]]:
    """How many of some poor households are "A", "B" or "" on a day, by their commune."""
    poor = _of_standard(standard, on) & Q(statuses__household_class=HouseholdClass.POOR)
    return _count_by("commune", "subclass", households, on, poor)


def _of_standard(standard: str | None, on: date) -> Q:
    return Q(statuses__standard=standard or standard_id_on(on), statuses__withdrawn=False)


def _count_by(
    place: str, field: str, households: QuerySet[Household], on: date, decided: Q
) -> dict[int | None, Counter[str]]:
    """Counted from the households' own rows; those that have left since, from their residences."""
    left = residences_on(on).filter(valid_to__isnull=False)
    standing = households.order_by().filter(spell_holds(on), withdrawn=False)
    counted = decided & spell_holds(on, "statuses__")
    at_home = standing.exclude(pk__in=left.values("household")).filter(counted)
    lived = Q(residences__in=left)
    gone = standing.filter(lived & counted)
    counts: dict[int | None, Counter[str]] = {}
    for rows, where in ((at_home, place), (gone, f"residences__{place}")):
        numbers = rows.values_list(where, f"statuses__{field}").annotate(households=Count("pk"))
        for unit, value, number in numbers:
            counts.setdefault(unit, Counter())[value] += number
    return counts


def history_of(household: Household) -> list[StatusSpell]:
    """All decided spells of a household, newest first."""
    rows = household.statuses.filter(withdrawn=False).select_related("decision")
    return list(rows.order_by("-valid_from", "-id"))


def holding(history: Iterable[StatusSpell], on: date) -> dict[str, StatusSpell]:
    """Of a household's decided spells those that hold on a day, by the id of their standard."""
    return {
        one.standard: one
        for one in history
        if one.valid_from <= on and (one.valid_to is None or one.valid_to >= on)
    }
