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
from chungtay.households.queries.findings import area_of, found_by
from chungtay.households.queries.residences import left_since
from chungtay.households.queries.spells import spell_holds
from chungtay.rulebook.classifying import Finding
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.findings import Contradiction
from chungtay.rulebook.household import HouseholdFacts, MemberFacts
from chungtay.rulebook.loading import law


@dataclass(frozen=True)
class Nameless:
    """A household's facts on a day, and the ethnic group of its head as written ("": not known)."""

    facts: HouseholdFacts
    ethnicity: str


def nameless_of_many(areas: Mapping[UUID, str | None], on: date) -> dict[UUID, Nameless]:
    """What is known of several households on a day, given the kind of area of each; two queries."""
    ids = list(areas)
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
            HouseholdFacts(on, area, answers[pk].household, tuple(members[pk])), heads.get(pk, "")
        )
        for pk, area in areas.items()
    }


def short_findings(
    households: Iterable[Household], on: date, standard: str
) -> dict[UUID, Finding | Contradiction]:
    """What a standard finds of several households, in which members are called by their keys."""
    book = law()
    chosen = book.standard(standard)
    listed = list(households)
    left = left_since((one.pk for one in listed), on)
    areas = {one.pk: area_of(left.get(one.pk, one), on) for one in listed}
    known = nameless_of_many(areas, on)
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
