"""What an import would do, household by household, before anything is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from chungtay.places.models import Unit
from chungtay.rulebook.wording import Sentence
from chungtay.sync.reading.drafts import HouseholdDraft, MemberDraft
from chungtay.sync.reading.messages import Message

Outcome = Literal["added", "changed", "unchanged", "doubtful", "refused"]
OUTCOMES: tuple[Outcome, ...] = ("added", "changed", "unchanged", "doubtful", "refused")


@dataclass(frozen=True)
class Change:
    """One value that would change, in words; an ID is masked."""

    row: int
    label: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.label}: {self.before or 'chưa rõ'} → {self.after}"


@dataclass(frozen=True)
class MemberChange:
    """What would change of a registered member, or a member who would join."""

    draft: MemberDraft
    person: UUID | None
    membership: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """One household of the list: what is to be done with it and what there is to say."""

    draft: HouseholdDraft
    outcome: Outcome
    village: Unit | None = None
    new_village: str | None = None
    household: UUID | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    members: tuple[MemberChange, ...] = ()
    new_class: str | None = None
    changes: tuple[Change, ...] = ()
    messages: tuple[Message, ...] = ()

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
        """The head's name as the list writes it."""
        return self.draft.head.full_name if self.draft.head else ""


@dataclass(frozen=True)
class Preview:
    """A whole list held against the register."""

    proposals: tuple[Proposal, ...]
    new_villages: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()

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


def message(
    severity: Literal["note", "doubtful", "refused"],
    row: int,
    column: str,
    code: str,
    text: str,
    **values: Any,
) -> Message:
    """A message of the comparison with the register."""
    return Message(severity, row, column, code, Sentence(text, row=row, column=column, **values))
