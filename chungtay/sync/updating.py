"""Writing what a list changes of households that are known, in few statements for many of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from chungtay.acts.services import OpenLine
from chungtay.households.citizen_ids import set_citizen_id
from chungtay.households.models import AnswerSheet, Household, Membership, Person, StatusSpell
from chungtay.households.models.people import HEAD
from chungtay.households.services.statuses import open_spell
from chungtay.households.writing import (
    BATCH,
    build_person,
    build_sheet,
    correct_residences,
    describe,
    household_values,
    personal_values,
)
from chungtay.rulebook.folding import fold
from chungtay.sync.building import Decisions, Written, person_input
from chungtay.sync.differences import class_day
from chungtay.sync.proposals import MemberChange, Move, Proposal

HOUSEHOLD_FIELDS = (
    "village",
    "code",
    "address",
    "head_name",
    "head_sort_key",
    "search_text",
    "version",
)
SEALED = ("id_sealed", "id_index", "id_tail_index")


def open_members(households: Sequence[UUID]) -> dict[UUID, list[Membership]]:
    """The people of some households as they stand, in their order."""
    members: dict[UUID, list[Membership]] = defaultdict(list)
    for ids in chunks(households):
        rows = Membership.objects.filter(household__in=ids, valid_to=None, withdrawn=False)
        for row in rows.select_related("person").order_by("position", "id"):
            members[row.household_id].append(row)
    return members


def locked_households(wanted: Sequence[UUID]) -> dict[UUID, Household]:
    """Some households, locked for this act."""
    found: dict[UUID, Household] = {}
    for ids in chunks(wanted):
        rows = Household.objects.select_for_update(of=("self",)).filter(pk__in=ids)
        found |= {row.id: row for row in rows}
    return found


def chunks(ids: Sequence[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """Lists short enough for one statement."""
    for start in range(0, len(ids), size):
        yield list(ids[start : start + size])


@dataclass
class Updating:
    """The rows that change, gathered household by household and written together."""

    on: date
    standard: str
    decisions: Decisions
    written: Written
    line: OpenLine
    people: list[Person] = field(default_factory=list)
    new_people: list[Person] = field(default_factory=list)
    joined: list[Membership] = field(default_factory=list)
    came: list[Membership] = field(default_factory=list)
    related: list[Membership] = field(default_factory=list)
    sheets: list[AnswerSheet] = field(default_factory=list)
    moved: list[Household] = field(default_factory=list)

    def write(self, proposals: Sequence[Proposal]) -> None:
        """Write the changes of known households, with what is needed to put them back."""
        ids = [one.household for one in proposals if one.household is not None]
        households, members = locked_households(ids), open_members(ids)
        for proposal, key in zip(proposals, ids, strict=True):
            self._update(households[key], members[key], proposal)
        self._write_people()
        AnswerSheet.objects.bulk_create(self.sheets, batch_size=BATCH)
        self.written.sheets += [sheet.pk for sheet in self.sheets]
        for proposal, key in zip(proposals, ids, strict=True):
            if proposal.new_class:
                self._change_class(households[key], proposal)
        for household in households.values():
            household.save(update_fields=HOUSEHOLD_FIELDS)
        correct_residences(self.moved)

    def _update(self, household: Household, members: list[Membership], proposal: Proposal) -> None:
        key, written = str(household.id), self.written
        # One that somebody has just left was noted as it stood before that.
        before = written.households.setdefault(key, household_values(household))
        written.before.setdefault(key, household.version)
        for name, value in proposal.fields.items():
            setattr(household, name, value)
        if "village" in proposal.fields:
            self.moved.append(household)
        answers = {
            str(self._member(household, members, change, proposal)): change.answers
            for change in proposal.members
        }
        source = AnswerSheet.Source.IMPORT
        sheet = build_sheet(household, self.on, proposal.answers, answers, source)
        if sheet is not None:
            self.sheets.append(sheet)
        heads = (row.person.full_name for row in members if row.relation == HEAD)
        describe(household, next(heads, household.head_name), [row.person for row in members])
        household.version += 1
        written.versions[key] = household.version
        told = {"answers": sheet.answers if sheet else {}, "class": proposal.new_class}
        after = household_values(household) | told
        self.line.trace(household.id, household.trace_salt, before=before, after=after)

    def _member(
        self,
        household: Household,
        members: list[Membership],
        change: MemberChange,
        proposal: Proposal,
    ) -> UUID:
        """Take in one member's change; the person's id."""
        move = proposal.moves.get(change.draft.row)
        if move is not None:
            return self._come(household, len(members), change, move)
        if change.person is None:
            joined = self._join(household, len(members), change)
            members.append(joined)
            return joined.person_id
        row = next(row for row in members if row.pk == change.membership)
        if change.fields:
            self._set_fields(row.person, change)
        if "relation" in change.fields:
            self.written.relations[str(row.pk)] = row.relation
            row.relation = change.fields["relation"]
            self.related.append(row)
        return row.person_id

    def _join(self, household: Household, position: int, change: MemberChange) -> Membership:
        person = build_person(person_input(change.draft))
        row = Membership(
            household=household,
            person=person,
            relation=change.draft.relation or "",
            position=position,
            valid_from=self.on,
        )
        self.new_people.append(person)
        self.joined.append(row)
        self.written.persons += 1
        self.line.trace(person.id, person.trace_salt, before=None, after=personal_values(person))
        return row

    def _come(self, household: Household, position: int, change: MemberChange, move: Move) -> UUID:
        """Take in somebody who has just left another household; the person stays as known."""
        self.came.append(
            Membership(
                household=household,
                person_id=move.person,
                relation=change.draft.relation or "",
                position=position,
                valid_from=self.on,
            )
        )
        return move.person

    def _set_fields(self, person: Person, change: MemberChange) -> None:
        before = personal_values(person)
        self.written.people[str(person.id)] = _kept_fields(person)
        for name in ("full_name", "sex", "ethnicity", "birth"):
            if name in change.fields:
                setattr(person, name, change.fields[name])
        person.folded_name = fold(person.full_name)
        if "citizen_id" in change.fields:
            set_citizen_id(person, change.fields["citizen_id"])
        self.people.append(person)
        after = personal_values(person)
        self.line.trace(person.id, person.trace_salt, before=before, after=after)

    def _write_people(self) -> None:
        """The old head steps down before the new one steps up: one head at any moment."""
        for person in self.people:
            person.save()
        for row in sorted(self.related, key=lambda row: row.relation == HEAD):
            row.save(update_fields=["relation"])
        Person.objects.bulk_create(self.new_people, batch_size=BATCH)
        Membership.objects.bulk_create(self.joined, batch_size=BATCH)
        self.written.joined += [row.pk for row in self.joined]
        Membership.objects.bulk_create(self.came, batch_size=BATCH)
        self.written.moved_in += [row.pk for row in self.came]

    def _change_class(self, household: Household, proposal: Proposal) -> None:
        open_ones = household.statuses.filter(
            standard=self.standard, valid_to=None, withdrawn=False
        )
        self.written.closed.extend(open_ones.values_list("pk", flat=True))
        spell = open_spell(
            household,
            self.standard,
            proposal.new_class or "",
            class_day(proposal.draft, self.on),
            StatusSpell.Source.IMPORTED_LIST,
            self.decisions.of(proposal),
            subclass=proposal.new_subclass,
        )
        self.written.opened.append(spell.pk)


def _kept_fields(person: Person) -> dict[str, Any]:
    sealed = {name: getattr(person, name) for name in SEALED}
    return {
        "full_name": person.full_name,
        "sex": person.sex,
        "ethnicity": person.ethnicity,
        "birth": [person.birth_year, person.birth_month, person.birth_day],
        **{
            name: bytes(value).hex() if value is not None else None
            for name, value in sealed.items()
        },
    }
