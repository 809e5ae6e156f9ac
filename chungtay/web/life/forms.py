"""The form of one event: what was typed, what it means, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from chungtay.households.models import Household, Membership
from chungtay.households.models.people import HEAD
from chungtay.households.services.life import Occasion
from chungtay.rulebook.folding import tidy
from chungtay.web.register.dates import TypedDate, read_date, whole_day
from chungtay.web.register.person_form import PersonForm, blank_form

TEXT_LENGTH, NOTE_LENGTH = 120, 300
NEW, FOUND, LOOK = "new", "found", "look"


@dataclass
class EventForm:
    """What was typed of an event; ``given`` is what the act takes, ``found`` the search's."""

    household: Household
    members: list[Membership]
    posted: Mapping[str, Any]
    viewed: date
    chosen: list[str] = field(default_factory=list)
    given: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    found: list[tuple[str, str, str]] | None = None
    person: PersonForm = field(default_factory=lambda: blank_form("p_"))
    day: TypedDate = field(default_factory=lambda: read_date({}, "on", ""))
    paper_on: TypedDate = field(default_factory=lambda: read_date({}, "paper", ""))

    @property
    def source(self) -> str:
        """Where somebody comes from: who is looked up is in the register."""
        return FOUND if LOOK in self.posted or self.posted.get("from") == FOUND else NEW

    def text(self, name: str, most: int = TEXT_LENGTH) -> str:
        """A line that was typed."""
        return tidy(str(self.posted.get(name, "")))[:most]

    def fail(self, name: str, text: str) -> None:
        """Note what is wrong with a field; the first sentence stays."""
        self.errors.setdefault(name, text)

    @property
    def on(self) -> date | None:
        """The day of the event, if it is whole."""
        return whole_day(self.day, "")[0]

    def read_occasion(self) -> None:
        """Read the day, the paper and the note."""
        self.day = read_date(self.posted, "on", _("Ngày"), whole=True)
        day, error = whole_day(self.day, _("Ngày"))
        if error:
            self.fail("on_day", error)
        self.paper_on = read_date(self.posted, "paper", _("Ngày trên giấy tờ"), whole=True)
        paper_day = None
        if any(self.paper_on.boxes.values()):
            paper_day, error = whole_day(self.paper_on, _("Ngày trên giấy tờ"))
            if error:
                self.fail("paper_day", error)
        if day is not None:
            self.given["occasion"] = Occasion(
                day,
                paper_number=self.text("paper_number", 60),
                paper_date=paper_day,
                paper_issuer=self.text("paper_issuer"),
                note=self.text("note", NOTE_LENGTH),
            )

    def member(self, name: str, ask: str, *, needed: bool = True) -> UUID | None:
        """The member chosen in a list."""
        chosen = str(self.posted.get(name, ""))
        known = {str(row.person_id): row.person_id for row in self.members}
        if chosen in known:
            return known[chosen]
        if needed or chosen:
            self.fail(name, ask)
        return None

    @property
    def head(self) -> Membership | None:
        """The head of the household now."""
        return next((row for row in self.members if row.relation == HEAD), None)

    def relations(self) -> dict[UUID, str]:
        """The relation typed for each member."""
        return {row.person_id: self.text(f"rel_{row.person_id}", 2) for row in self.members}

    def said(self) -> list[dict[str, str]]:
        """All errors, for the summary on top."""
        errors = [{"field": name, "text": text} for name, text in self.errors.items()]
        return errors + self.person.said()
