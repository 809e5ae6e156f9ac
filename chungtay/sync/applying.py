"""Writing what an import proposes, and putting it back: inside an act that is already open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from chungtay.acts.services import OpenLine
from chungtay.households.citizen_ids import set_citizen_id
from chungtay.households.models import (
    AnswerSheet,
    Decision,
    Household,
    Membership,
    Person,
    StatusSpell,
)
from chungtay.households.models.people import HEAD
from chungtay.households.services.statuses import open_spell
from chungtay.households.writing import (
    Built,
    HouseholdInput,
    PersonInput,
    build_household,
    build_person,
    build_sheet,
    describe,
    household_values,
    personal_values,
    write_built,
)
from chungtay.places.models import Unit
from chungtay.places.services import create_village
from chungtay.rulebook.folding import fold
from chungtay.sync.differences import class_day
from chungtay.sync.proposals import MemberChange, Proposal
from chungtay.sync.reading.drafts import MemberDraft


@dataclass
class Written:
    """What an import wrote, so that it can be counted and put back. Kept as sealed JSON.

    ``versions`` are those it left behind, ``before`` those it found,
    ``restored`` those of its undo.
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


def write_proposals(
    commune: Unit, on: date, standard: str, proposals: Sequence[Proposal], line: OpenLine
) -> Written:
    """Write the chosen proposals as of a day; traces of every person go to the journal line."""
    written = Written()
    villages = _make_villages(commune, proposals, written)
    new = [one for one in proposals if one.adds]
    built = [_build(commune, on, one, villages) for one in new]
    write_built(built)
    for rows in built:
        written.added.append(str(rows.household.id))
        written.versions[str(rows.household.id)] = rows.household.version
        written.persons += len(rows.people)
        for person in rows.people:
            line.trace(person.id, person.trace_salt, before=None, after=personal_values(person))
    _open_new_spells(commune, on, standard, zip(new, built, strict=True))
    _update_known(commune, on, standard, [one for one in proposals if not one.adds], written, line)
    return written


def _make_villages(
    commune: Unit, proposals: Iterable[Proposal], written: Written
) -> dict[str, Unit]:
    made: dict[str, Unit] = {}
    for one in proposals:
        if one.new_village and one.new_village not in made:
            made[one.new_village] = create_village(commune, one.new_village, None)
            written.villages.append(made[one.new_village].id)
    return made


def _build(commune: Unit, on: date, proposal: Proposal, villages: dict[str, Unit]) -> Built:
    draft = proposal.draft
    village = villages[proposal.new_village] if proposal.new_village else proposal.village
    given = HouseholdInput(
        village=village,
        members=[_person_input(member) for member in draft.members],
        code=draft.household_code or "",
        address=draft.address or "",
        answers=_known(draft.answers),
    )
    return build_household(commune, given, on, AnswerSheet.Source.IMPORT)


def _person_input(draft: MemberDraft) -> PersonInput:
    return PersonInput(
        full_name=draft.full_name,
        relation=draft.relation or "",
        sex=draft.sex or "",
        birth=draft.birth,
        citizen_id=draft.citizen_id,
        ethnicity=draft.ethnicity or "",
        answers=_known(draft.answers),
    )


def _known(answers: Any) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if value is not None}


def _open_new_spells(
    commune: Unit, on: date, standard: str, pairs: Iterable[tuple[Proposal, Built]]
) -> None:
    decisions = _Decisions(commune)
    StatusSpell.objects.bulk_create(
        (
            StatusSpell(
                household=built.household,
                standard=standard,
                household_class=proposal.new_class,
                valid_from=class_day(proposal.draft, on),
                source=StatusSpell.Source.IMPORTED_LIST,
                decision=decisions.of(proposal),
            )
            for proposal, built in pairs
            if proposal.new_class
        ),
        batch_size=500,
    )


class _Decisions:
    """The decisions a list names, each made once."""

    def __init__(self, commune: Unit) -> None:
        self.commune = commune
        self.made: dict[tuple[str, date], Decision] = {}

    def of(self, proposal: Proposal) -> Decision | None:
        """The decision behind a proposal's class; None where the list names none."""
        number, day = proposal.draft.decision_number, proposal.draft.decision_date
        if not number or day is None:
            return None
        if (number, day) not in self.made:
            self.made[number, day], _ = Decision.objects.get_or_create(
                commune=self.commune,
                number=number,
                issued_on=day,
                defaults={"issuer": f"Ủy ban nhân dân {self.commune.name}"},
            )
        return self.made[number, day]


def _update_known(
    commune: Unit,
    on: date,
    standard: str,
    proposals: Sequence[Proposal],
    written: Written,
    line: OpenLine,
) -> None:
    decisions = _Decisions(commune)
    for proposal in proposals:
        household = Household.objects.select_for_update(of=("self",)).get(pk=_known_id(proposal))
        written.households[str(household.id)] = household_values(household)
        written.before[str(household.id)] = household.version
        for name, value in proposal.fields.items():
            setattr(household, name, value)
        # The old head steps down before the new one steps up: one head at any moment.
        ordered = sorted(proposal.members, key=_steps_up)
        members = [
            (_write_member(household, on, change, written, line), change.answers)
            for change in ordered
        ]
        _write_sheet(household, on, proposal, dict(members), written)
        if proposal.new_class:
            _change_class(household, on, standard, proposal, decisions, written)
        _describe(household)
        household.version += 1
        household.save()
        written.versions[str(household.id)] = household.version
        _trace_household(household, proposal, written, line)


def _known_id(proposal: Proposal) -> UUID:
    if proposal.household is None:
        raise ValueError("a new household is not updated")
    return proposal.household


def _steps_up(change: MemberChange) -> bool:
    given = change.draft.relation if change.person is None else change.fields.get("relation")
    return given == HEAD


def _trace_household(
    household: Household, proposal: Proposal, written: Written, line: OpenLine
) -> None:
    answers = {"answers": dict(proposal.answers), "class": proposal.new_class}
    line.trace(
        household.id,
        household.trace_salt,
        before=written.households[str(household.id)],
        after=household_values(household) | answers,
    )


def _write_member(
    household: Household, on: date, change: MemberChange, written: Written, line: OpenLine
) -> UUID:
    if change.person is None:
        person = build_person(_person_input(change.draft))
        person.save(force_insert=True)
        row = Membership.objects.create(
            household=household,
            person=person,
            relation=change.draft.relation or "",
            position=Membership.objects.filter(household=household).count(),
            valid_from=on,
        )
        written.joined.append(row.pk)
        written.persons += 1
        line.trace(person.id, person.trace_salt, before=None, after=personal_values(person))
        return person.id
    person = Person.objects.select_for_update().get(pk=change.person)
    before = personal_values(person)
    written.people[str(person.id)] = _kept_fields(person)
    _set_fields(person, change, written)
    person.save()
    line.trace(person.id, person.trace_salt, before=before, after=personal_values(person))
    return person.id


def _set_fields(person: Person, change: MemberChange, written: Written) -> None:
    fields = change.fields
    for name in ("full_name", "sex", "ethnicity", "birth"):
        if name in fields:
            setattr(person, name, fields[name])
    person.folded_name = fold(person.full_name)
    if "citizen_id" in fields:
        set_citizen_id(person, fields["citizen_id"])
    if "relation" in fields:
        row = Membership.objects.get(pk=change.membership or 0)
        written.relations[str(row.pk)] = row.relation
        row.relation = fields["relation"]
        row.save(update_fields=["relation"])


def _kept_fields(person: Person) -> dict[str, Any]:
    names = ("id_sealed", "id_index", "id_tail_index")
    sealed = {name: getattr(person, name) for name in names}
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


def _write_sheet(
    household: Household,
    on: date,
    proposal: Proposal,
    members: dict[UUID, dict[str, Any]],
    written: Written,
) -> None:
    answers = {str(person): values for person, values in members.items()}
    sheet = build_sheet(household, on, proposal.answers, answers, AnswerSheet.Source.IMPORT)
    if sheet is not None:
        sheet.save()
        written.sheets.append(sheet.pk)


def _change_class(
    household: Household,
    on: date,
    standard: str,
    proposal: Proposal,
    decisions: _Decisions,
    written: Written,
) -> None:
    open_ones = household.statuses.filter(standard=standard, valid_to=None, withdrawn=False)
    written.closed.extend(open_ones.values_list("pk", flat=True))
    spell = open_spell(
        household,
        standard,
        proposal.new_class or "",
        class_day(proposal.draft, on),
        StatusSpell.Source.IMPORTED_LIST,
        decisions.of(proposal),
    )
    written.opened.append(spell.pk)


def _describe(household: Household) -> None:
    rows = list(
        Membership.objects.filter(household=household, valid_to=None, withdrawn=False)
        .select_related("person")
        .order_by("position", "id")
    )
    head = next((row.person.full_name for row in rows if row.relation == HEAD), household.head_name)
    describe(household, head, [row.person for row in rows])
