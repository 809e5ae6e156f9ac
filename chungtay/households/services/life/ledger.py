"""One life event while it is written: every row it makes or changes is noted, to be taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model

from chungtay.acts.services import OpenLine
from chungtay.households.models import (
    AnswerSheet,
    Household,
    LifeEvent,
    Membership,
    Person,
    Residence,
    StatusSpell,
)
from chungtay.households.services.life.occasions import Occasion
from chungtay.households.services.life.wholeness import check_whole
from chungtay.households.services.versions import step_version
from chungtay.households.writing import describe_again, personal_values

MODELS: dict[str, Any] = {
    "household": Household,
    "person": Person,
    "membership": Membership,
    "residence": Residence,
    "spell": StatusSpell,
    "sheet": AnswerSheet,
}
NAMES: dict[Any, str] = {model: name for name, model in MODELS.items()}
MADE, CHANGED = "made", "changed"
ONE_DAY = timedelta(days=1)


def plain(value: Any) -> Any:
    """A field's value as JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def owners(row: Model) -> dict[str, str]:
    """Whose a row is: another owner later means that records were merged."""
    names = ("household_id", "person_id")
    return {name: str(getattr(row, name)) for name in names if hasattr(row, name)}


class Ledger:
    """The event being written, the households it touches, and its steps in their order."""

    def __init__(self, line: OpenLine, household: Household, occasion: Occasion) -> None:
        self.line, self.household, self.occasion = line, household, occasion
        self.households: dict[UUID, Household] = {household.id: household}
        self.steps: list[list[Any]] = []
        self.first_day = occasion.day
        self.event: LifeEvent

    @property
    def day(self) -> date:
        """The day of the event."""
        return self.occasion.day

    def begin(self, kind: str, **fields: Any) -> LifeEvent:
        """Write the event itself; what it did is added when it is settled."""
        given = self.occasion
        self.event = LifeEvent.objects.create(
            kind=kind,
            household=self.household,
            commune=fields.pop("commune", self.household.commune),
            day=given.day,
            paper_number=given.paper_number,
            paper_date=given.paper_date,
            paper_issuer=given.paper_issuer,
            note=given.note,
            **fields,
        )
        return self.event

    def make(self, row: Model) -> None:
        """Write a new row."""
        row.save(force_insert=True)
        self.steps.append([MADE, NAMES[type(row)], str(row.pk), owners(row)])

    def change(self, row: Model, **after: Any) -> None:
        """Change columns of a row."""
        kept = {}
        for name, value in after.items():
            kept[name] = [plain(getattr(row, name)), plain(value)]
            setattr(row, name, value)
        row.save(update_fields=list(after))
        self.steps.append([CHANGED, NAMES[type(row)], str(row.pk), kept])

    def add_person(self, person: Person) -> None:
        """Write a new person, with its trace."""
        self.make(person)
        self.line.trace(person.id, person.trace_salt, before=None, after=personal_values(person))

    def begin_membership(
        self, household: Household, person: Person, relation: str, day: date, position: int
    ) -> Membership:
        """Let a person belong to a household from a day on."""
        row = Membership(
            household=household,
            person=person,
            relation=relation,
            position=position,
            valid_from=day,
            begun_by=self.event,
        )
        self.make(row)
        after = {"household": str(household.id), "relation": relation}
        self.line.trace(person.id, person.trace_salt, before=None, after=after)
        return row

    def end_membership(self, row: Membership, last: date) -> None:
        """Let a membership hold until a day and no longer."""
        before = {"household": str(row.household_id), "relation": row.relation}
        self.line.trace(row.person_id, row.person.trace_salt, before=before, after=None)
        self.change(row, valid_to=last, ended_by_id=self.event.pk)

    def settle(self) -> dict[str, Any]:
        """Close the event: households described and checked whole, their versions stepped."""
        for household in self.households.values():
            describe_again(household)
            step_version(household)
            check_whole(household, self.first_day)
        self.event.steps = self.steps
        self.event.save(update_fields=["steps"])
        self.line.details = {
            "event": self.event.pk,
            "kind": self.event.kind,
            "on": self.day.isoformat(),
        }
        return {
            "event": self.event.pk,
            "household": str(self.household.id),
            "version": self.household.version,
        }
