"""What an import would do, household by household, before anything is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

from chungtay.places.models import Unit
from chungtay.rulebook.wording import Sentence, catalogued
from chungtay.sync.reading.drafts import Column, HouseholdDraft, MemberDraft
from chungtay.sync.reading.messages import SECRET, Message, masked

Outcome = Literal["added", "changed", "unchanged", "doubtful", "refused"]
OUTCOMES: tuple[Outcome, ...] = ("added", "changed", "unchanged", "doubtful", "refused")
Letters = Mapping[str, str]
COLUMN_OF = {"income_per_person_vnd": "income", "house_area_m2": "house_area"}


@dataclass(frozen=True)
class Change:
    """One value that would change, in words; an ID is masked."""

    row: int
    column: str
    label: str | Sentence
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.label}: {self.before or catalogued('chưa rõ')} → {self.after}"


@dataclass(frozen=True)
class MemberChange:
    """What would change of a registered member, or a member who would join."""

    draft: MemberDraft = field(repr=False)
    person: UUID | None
    membership: int | None = None
    fields: dict[str, Any] = field(default_factory=dict, repr=False)
    answers: dict[str, Any] = field(default_factory=dict)

    @property
    def new_id(self) -> str | None:
        """The citizen ID that writing would give the person."""
        if self.person is None:
            return self.draft.citizen_id
        given: str | None = self.fields.get("citizen_id")
        return given


@dataclass(frozen=True)
class Move:
    """A registered person whom a list puts into another household: who, and from where."""

    person: UUID
    membership: int
    household: UUID


@dataclass(frozen=True)
class Side:
    """Two persons who may be one, as the list writes the one and the register the other."""

    row: int
    listed: tuple[str, ...]
    kept: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Past:
    """What a list of an earlier year decides of one household, and where it lived then.

    ``decision`` is number, day and issuer; ``members`` are the memberships of those the list
    names; ``elsewhere`` are, by row, the persons who belong to another household since, with the
    last day on which they can have belonged to this one.
    """

    first: date
    last: date
    subclass: str
    decision: tuple[str, date, str] | None
    commune: Unit
    village: Unit | None = None
    members: tuple[int, ...] = ()
    elsewhere: Mapping[int, tuple[UUID, date]] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Unmapped:
    """A village of that time that nobody could place today; a person chooses."""

    key: str
    name: str
    commune: str
    households: int


@dataclass(frozen=True)
class Proposal:
    """One household of the list: what is to be done with it and what there is to say."""

    draft: HouseholdDraft = field(repr=False)
    outcome: Outcome
    village: Unit | None = None
    new_village: str | None = None
    household: UUID | None = None
    fields: dict[str, Any] = field(default_factory=dict, repr=False)
    answers: dict[str, Any] = field(default_factory=dict)
    members: tuple[MemberChange, ...] = ()
    moves: Mapping[int, Move] = field(default_factory=dict)
    new_class: str | None = None
    new_subclass: str = ""
    changes: tuple[Change, ...] = ()
    messages: tuple[Message, ...] = ()
    past: Past | None = None
    sides: tuple[Side, ...] = ()

    @property
    def adds(self) -> bool:
        """Whether writing it makes a new household."""
        return self.household is None

    @property
    def writes(self) -> bool:
        """Whether writing it changes anything."""
        return self.adds or bool(self.changes)

    @property
    def head_name(self) -> str:
        """The head's name as the list writes it, safe to show."""
        head = self.draft.head or next(iter(self.draft.members), None)
        return safe(head.full_name) if head else ""

    @property
    def waits_for_village(self) -> bool:
        """Whether the village it would make is the only doubt about it."""
        doubts = any(one.severity == "doubtful" for one in self.messages)
        return self.outcome == "doubtful" and self.new_village is not None and not doubts


@dataclass(frozen=True)
class Preview:
    """A whole list held against the register, and the sheet it stands in."""

    proposals: tuple[Proposal, ...]
    new_villages: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()
    sheet: str = ""
    header_row: int = 0
    columns: tuple[Column, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()

    def counts(self) -> dict[str, int]:
        """Households read, and how many of each outcome; read is the sum of the rest."""
        found = Counter(proposal.outcome for proposal in self.proposals)
        return {"read": len(self.proposals), **{name: found[name] for name in OUTCOMES}}

    def chosen(self, ticked: frozenset[int] | None) -> tuple[Proposal, ...]:
        """What would be written: the sure ones, and the doubtful ones ticked by row (None: all)."""
        return tuple(
            one
            for one in self.proposals
            if one.writes
            and (
                one.outcome in ("added", "changed")
                or (one.outcome == "doubtful" and (ticked is None or one.draft.row in ticked))
            )
        )


def head_of(draft: HouseholdDraft) -> MemberDraft:
    """The head of a draft; ValueError for one without, which the reading has refused."""
    if draft.head is None:
        raise ValueError("a household without a head is refused before")
    return draft.head


def message(
    severity: Literal["note", "doubtful", "refused"],
    row: int,
    column: str,
    name: str,
    text: str,
    /,
    **values: Any,
) -> Message:
    """A message of the comparison with the register; ``{place}`` names its row and column."""
    place = Sentence("dòng {row}, cột {column}" if column else "dòng {row}", row=row, column=column)
    shown = {key: safe(value) for key, value in values.items()}
    sentence = Sentence(text, row=row, column=column, place=place, **shown)
    return Message(severity, row, column or None, name, sentence)


def safe(value: Any) -> Any:
    """A value fit to be shown: in text, a long run of digits that may be an ID is masked."""
    if isinstance(value, Sentence):
        return Sentence(value.text, **{name: safe(one) for name, one in value.values.items()})
    if not isinstance(value, str):
        return value
    return SECRET.sub(lambda hit: masked(re.sub(r"\D", "", hit[0])), value)
