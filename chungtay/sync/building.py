"""Rows of the register made of what a list says, and a note of what an import wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chungtay.households.models import AnswerSheet, Decision
from chungtay.households.writing import Built, HouseholdInput, Keys, PersonInput, build_household
from chungtay.places.models import Unit
from chungtay.sync.proposals import Proposal
from chungtay.sync.reading.drafts import MemberDraft


@dataclass
class Written:
    """What an import wrote, so that it can be counted and put back. Kept as sealed JSON.

    ``versions`` are those it left behind, ``before`` those it found, ``restored`` those of its
    undo; the ``begins`` are the first days of what an earlier list made reach back.
    """

    villages: list[int] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    persons: int = 0
    versions: dict[str, int] = field(default_factory=dict)
    before: dict[str, int] = field(default_factory=dict)
    restored: dict[str, int] = field(default_factory=dict)
    households: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    relations: dict[str, str] = field(default_factory=dict)
    joined: list[int] = field(default_factory=list)
    sheets: list[int] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    moved_out: list[int] = field(default_factory=list)
    moved_in: list[int] = field(default_factory=list)
    homes: list[int] = field(default_factory=list)
    begins: dict[str, str] = field(default_factory=dict)
    member_begins: dict[str, str] = field(default_factory=dict)
    home_begins: dict[str, str] = field(default_factory=dict)


def build(
    commune: Unit, on: date, proposal: Proposal, villages: Mapping[str, Unit], keys: Keys
) -> Built:
    """The rows of a new household; ``villages`` are those this import makes, by name."""
    draft = proposal.draft
    village = villages[proposal.new_village] if proposal.new_village else proposal.village
    given = HouseholdInput(
        village=village,
        members=[person_input(member) for member in draft.members],
        code=draft.household_code or "",
        address=draft.address or "",
        answers=known_answers(draft.answers),
    )
    built = build_household(commune, given, on, AnswerSheet.Source.IMPORT, keys)
    _let_known_come(built, proposal)
    return built


def _let_known_come(built: Built, proposal: Proposal) -> None:
    """Those who come from another household stay the persons they are."""
    answers = built.sheet.answers["members"] if built.sheet is not None else {}
    people = dict(zip((one.row for one in proposal.draft.members), built.people, strict=True))
    rows = {row.person_id: row for row in built.memberships}
    for number, move in proposal.moves.items():
        person = people[number]
        rows[person.id].person_id = move.person
        built.people.remove(person)
        if str(person.id) in answers:
            answers[str(move.person)] = answers.pop(str(person.id))


def person_input(draft: MemberDraft) -> PersonInput:
    """A person as the list says."""
    return PersonInput(
        full_name=draft.full_name,
        relation=draft.relation or "",
        sex=draft.sex or "",
        birth=draft.birth,
        citizen_id=draft.citizen_id,
        ethnicity=draft.ethnicity or "",
        answers=known_answers(draft.answers),
    )


def known_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that say something: a blank never becomes an answer."""
    return {name: value for name, value in answers.items() if value is not None}


class Decisions:
    """The decisions a list names, each made once."""

    def __init__(self, commune: Unit) -> None:
        self.commune = commune
        self.made: dict[tuple[int, str, date], Decision] = {}

    def of(self, proposal: Proposal) -> Decision | None:
        """The decision behind a proposal's class; None where the list names none."""
        number, day = proposal.draft.decision_number, proposal.draft.decision_date
        if not number or day is None:
            return None
        return self.made_by(self.commune, (number, day, f"Ủy ban nhân dân {self.commune.name}"))

    def made_by(self, commune: Unit, paper: tuple[str, date, str] | None) -> Decision | None:
        """The decision of a number, a day and an issuer (blank: not known) for a commune."""
        if paper is None:
            return None
        number, day, issuer = paper
        key = commune.pk, number, day
        if key not in self.made:
            self.made[key], _ = Decision.objects.get_or_create(
                commune=commune, number=number, issued_on=day, defaults={"issuer": issuer}
            )
        return self.made[key]
