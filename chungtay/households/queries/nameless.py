"""What is known of many households, without anybody's name: for counting, not for showing.

The same facts as ``findings.py`` gives, read as rows instead of records: a large commune is counted
in a third of the time, and no name is in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chungtay.households.models import Household, Membership
from chungtay.households.models.people import HEAD
from chungtay.households.queries.answers import answers_of_many
from chungtay.households.queries.findings import found_by
from chungtay.households.queries.residences import residences_on
from chungtay.households.queries.spells import spell_holds
from chungtay.places.models import Unit
from chungtay.places.queries import area_type_on
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.findings import Contradiction, Finding
from chungtay.rulebook.household import HouseholdFacts, MemberFacts
from chungtay.rulebook.loading import law

Place = tuple[int, int | None]


@dataclass(frozen=True)
class Nameless:
    """A household's facts on a day, and the ethnic group of its head as written ("": not known)."""

    facts: HouseholdFacts
    ethnicity: str


def nameless_of_many(household_ids: Iterable[UUID], on: date) -> dict[UUID, Nameless]:
    """What is known of several households on a day, in few queries whatever their number."""
    ids = list(household_ids)
    places = _places(ids, on)
    areas = _areas(set(places.values()), on)
    answers = answers_of_many(ids, on)
    members: dict[UUID, list[MemberFacts]] = defaultdict(list)
    heads: dict[UUID, str] = {}
    for row in _members(ids, on):
        household, person, relation, sex, ethnicity, year, month, day = row
        if relation == HEAD:
            heads.setdefault(household, ethnicity)
        key = str(person)
        birth = None if year is None else PartialDate(year, month, day)
        known = answers[household].members.get(key, {})
        members[household].append(MemberFacts(key, birth, sex or None, known))
    return {
        pk: Nameless(
            HouseholdFacts(on, areas[place], answers[pk].household, tuple(members[pk])),
            heads.get(pk, ""),
        )
        for pk, place in places.items()
    }


def short_findings(
    household_ids: Iterable[UUID], on: date, standard: str
) -> dict[UUID, Finding | Contradiction]:
    """What a standard finds of several households, in which members are called by their keys."""
    book = law()
    chosen = book.standard(standard)
    known = nameless_of_many(household_ids, on)
    return {pk: found_by(book, chosen, one.facts) for pk, one in known.items()}


def _members(
    ids: list[UUID], on: date
) -> Iterable[tuple[UUID, UUID, str, str, str, int | None, int | None, int | None]]:
    rows = Membership.objects.filter(spell_holds(on), household__in=ids, withdrawn=False)
    return rows.order_by("position", "id").values_list(
        "household_id",
        "person_id",
        "relation",
        "person__sex",
        "person__ethnicity",
        "person__birth_year",
        "person__birth_month",
        "person__birth_day",
    )


def _places(ids: list[UUID], on: date) -> dict[UUID, Place]:
    """Commune and village of each household on a day."""
    now = Household.objects.filter(pk__in=ids).values_list("pk", "commune", "village")
    left = residences_on(on).filter(household__in=ids, valid_to__isnull=False)
    places: dict[UUID, Place] = {pk: (commune, village) for pk, commune, village in now}
    for pk, commune, village in left.values_list("household", "commune", "village"):
        places[pk] = commune, village
    return places


def _areas(places: set[Place], on: date) -> Mapping[Place, str | None]:
    """The village's own kind of area on a day, else the commune's; None where neither is known."""
    units = Unit.objects.in_bulk({pk for place in places for pk in place if pk is not None})
    areas: dict[Place, str | None] = {}
    for commune, village in places:
        own = units[village].naming_on(on).area_type if village is not None else ""
        areas[commune, village] = own or area_type_on(units[commune], on) or None
    return areas
