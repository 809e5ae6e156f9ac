"""A household as a place sees it: as it is while it lives there, as it was when it left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404

from chungtay.households.models import Household, LifeEvent, Membership, StatusSpell
from chungtay.households.queries.events import last_residence_within, move_out_of
from chungtay.households.queries.people import households_seen_by
from chungtay.rulebook.dates import PartialDate
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

    def spell(self, spell: StatusSpell | None) -> StatusSpell | None:
        """A decided class as it was known here: what ended it later is not."""
        if spell is not None and self.last is not None and spell.valid_to is not None:
            spell.valid_to = spell.valid_to if spell.valid_to <= self.last else None
        return spell

    def members(self, rows: list[Membership]) -> list[Membership]:
        """The people as the moving paper names them: corrections since belong elsewhere."""
        written: dict[str, Any] = {
            one["person"]: one for one in (self.move.slip["members"] if self.move else ())
        }
        for row in rows:
            if (one := written.get(str(row.person_id))) is not None:
                row.person.full_name, row.person.sex = one["name"], one["sex"]
                year, month, day = one["birth"]
                row.person.birth = PartialDate(year, month, day) if year else None
        return rows


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
