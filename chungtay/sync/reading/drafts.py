"""What a household list says, before anything is written: drafts with their messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chungtay.rulebook.dates import PartialDate
from chungtay.sync.reading.messages import GRAVITY, Message, Severity


@dataclass(frozen=True)
class Column:
    """A column of the list: its number (A = 1), letter, header as written and what it means."""

    number: int
    letter: str
    header: str
    key: str | None


@dataclass(frozen=True)
class MemberDraft:
    """One person of a household as the list says; ``relation`` is a code, "00" the head."""

    row: int
    full_name: str
    relation: str | None = None
    sex: str | None = None
    birth: PartialDate | None = None
    citizen_id: str | None = field(default=None, repr=False)
    ethnicity: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    notes: str | None = field(default=None, repr=False)
    extras: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class HouseholdDraft:
    """One household as the list says; ``head`` is None only when it is refused for that."""

    row: int
    rows: tuple[int, ...]
    household_code: str | None
    village: str | None
    address: str | None
    head: MemberDraft | None
    members: tuple[MemberDraft, ...]
    answers: Mapping[str, Any] = field(default_factory=dict)
    household_class: str | None = None
    subclass: str | None = None
    commune: str | None = None
    deprivation_points: int | float | None = None
    member_count: int | None = None
    decision_number: str | None = None
    decision_date: date | None = None
    messages: tuple[Message, ...] = ()

    @property
    def severity(self) -> Severity:
        """The gravest word said about the household; "note" when nothing was said."""
        return max((message.severity for message in self.messages), key=_gravity, default="note")

    @property
    def refused(self) -> bool:
        """Whether the household may not be written."""
        return self.severity == "refused"

    @property
    def doubtful(self) -> bool:
        """Whether the household is written only when a person ticks it."""
        return self.severity == "doubtful"


@dataclass(frozen=True)
class Title:
    """What the lines above the header say of the whole list; what they leave open is None."""

    year: int | None = None
    commune: str | None = None
    household_class: str | None = None


@dataclass(frozen=True)
class ReadList:
    """A sheet read: where its header stands, its columns, households and what to say of it."""

    sheet: str
    header_row: int
    columns: tuple[Column, ...]
    households: tuple[HouseholdDraft, ...]
    messages: tuple[Message, ...] = ()
    title: Title = field(default_factory=Title)


def _gravity(severity: Severity) -> int:
    return GRAVITY[severity]
