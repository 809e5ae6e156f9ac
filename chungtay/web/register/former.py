"""A household as a place sees it: as it is while it lives there, as it was when it left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404

from chungtay.households.models import Household, LifeEvent, Membership, StatusSpell
from chungtay.households.queries.events import last_residence_within, move_out_of
from chungtay.households.queries.people import households_seen_by
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.household import HouseholdFacts
from chungtay.web.here import Here
from chungtay.web.register.reaching import day_shown

SEE = "households.see"


@dataclass(frozen=True)
class Shown:
    """A household with the last day on which the reader's places know it; None: it lives there."""

    household: Household
    last: date | None = None
    move: LifeEvent | None = None

    @property
    def lives_here(self) -> bool:
        """Whether things may still happen to it here."""
        return self.last is None and self.household.valid_to is None

    def day(self, here: Here) -> date:
        """The day it is shown as of."""
        day = day_shown(self.household, here)
        return min(day, self.last) if self.last is not None else day

    def spell(self, spell: StatusSpell) -> StatusSpell:
        """A decided class as it was known here: what ended it later is not."""
        if self.last is not None and spell.valid_to is not None and spell.valid_to > self.last:
            spell.valid_to = None
        return spell

    @property
    def written(self) -> dict[str, Any]:
        """Each person as the moving paper says: corrections since belong elsewhere."""
        members = self.move.slip["members"] if self.move is not None else ()
        return {one["person"]: one for one in members}

    def members(self, rows: list[Membership]) -> list[Membership]:
        """The people of the household as they are known here."""
        for row in rows:
            if (one := self.written.get(str(row.person_id))) is not None:
                row.person.full_name, row.person.sex = one["name"], one["sex"]
                row.person.birth = _birth(one)
        return rows

    def facts(self, facts: HouseholdFacts) -> HouseholdFacts:
        """What the law is asked about, with the people as they are known here."""
        members = [
            replace(member, name=one["name"], sex=one["sex"] or None, birth=_birth(one))
            if (one := self.written.get(member.key)) is not None
            else member
            for member in facts.members
        ]
        return replace(facts, members=tuple(members))


def _birth(one: dict[str, Any]) -> PartialDate | None:
    year, month, day = one["birth"]
    return PartialDate(year, month, day) if year else None


def household_shown(here: Here, household_id: UUID) -> Shown:
    """A household that lives or lived where the actor may see; Http404 otherwise."""
    household = households_seen_by(here.actor).filter(pk=household_id).first()
    if household is not None and household.away_from is None:
        return Shown(household)
    found = Household.objects.select_related("commune", "village").filter(
        pk=household_id, withdrawn=False
    )
    household = found.first()
    lived = last_residence_within(household, here.actor.units_for(SEE)) if household else None
    if household is None or lived is None or lived.valid_to is None:
        raise Http404
    move = move_out_of(household, lived)
    household.commune, household.village = lived.commune, lived.village
    if move is not None:
        household.head_name = move.slip["head"]
        household.code, household.address = move.slip["code"], move.slip["address"]
    household.valid_to = None
    return Shown(household, lived.valid_to, move)
