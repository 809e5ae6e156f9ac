"""Putting back what an import wrote: what it added is withdrawn, what it changed is restored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from chungtay.acts.refusing import Refused
from chungtay.acts.services import OpenLine
from chungtay.households.models import (
    AnswerSheet,
    Household,
    Membership,
    Person,
    Residence,
    StatusSpell,
)
from chungtay.households.models.people import HEAD
from chungtay.households.writing import correct_residences, describe, personal_values
from chungtay.places.models import Unit
from chungtay.plans.models import PlanHousehold
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence
from chungtay.sync.building import Written
from chungtay.sync.earlier.writing import put_past_back
from chungtay.sync.freedom import refuse_if_taken
from chungtay.sync.moving import let_return
from chungtay.sync.updating import (
    HOUSEHOLD_FIELDS,
    SEALED,
    chunks,
    locked_households,
    open_members,
)

MOST_NAMED = 5


def put_back(commune: Unit, written: Written, undone: Sequence[Written], line: OpenLine) -> None:
    """Undo an import; Refused if a household it touched has changed since or what it had is taken.

    ``undone`` are the imports undone after it, oldest first: what they changed stands as before.
    """
    _refuse_if_changed_since(written, undone)
    refuse_if_taken(commune, written)
    added = [UUID(one) for one in written.added]
    for ids in chunks(added):
        _withdraw_households(ids)
    for rows, model in (
        (written.joined, Membership),
        (written.sheets, AnswerSheet),
        (written.opened, StatusSpell),
    ):
        for numbers in chunks(rows):
            model.objects.filter(pk__in=numbers).update(withdrawn=True)
    for numbers in chunks(written.closed):
        StatusSpell.objects.filter(pk__in=numbers).update(valid_to=None)
    _withdraw_joined(written)
    let_return(written)
    put_past_back(written)
    _restore_people(written, line)
    _restore_households(written)
    _withdraw_villages(written)


def _refuse_if_changed_since(written: Written, undone: Sequence[Written]) -> None:
    changed: list[str] = []
    for ids in chunks([UUID(one) for one in written.versions]):
        rows = Household.objects.filter(pk__in=ids).values_list("pk", "version", "head_name")
        changed += [
            name for pk, version, name in rows if version != _expected(str(pk), written, undone)
        ]
    for ids in chunks([UUID(one) for one in written.added]):
        named = PlanHousehold.objects.filter(household__in=ids, withdrawn=False)
        changed += [row.household.head_name for row in named.select_related("household")]
    if changed:
        raise Refused(
            Sentence(
                "Không hoàn tác được vì {count} hộ đã được sửa hoặc đưa vào kế hoạch sau đợt nhập "
                "({names}). Hãy sửa tay các hộ cần bỏ.",
                count=len(changed),
                names=", ".join(changed[:MOST_NAMED]) + (" …" if len(changed) > MOST_NAMED else ""),
            )
        )


def _expected(household: str, written: Written, undone: Sequence[Written]) -> int:
    """The version a household has if nothing that still holds changed it since."""
    version = written.versions[household]
    for other in undone:
        if other.before.get(household) == version:
            version = other.restored.get(household, version)
    return version


def _withdraw_joined(written: Written) -> None:
    for numbers in chunks(written.joined):
        Person.objects.filter(memberships__in=numbers).update(withdrawn=True)


def _withdraw_households(ids: list[UUID]) -> None:
    # Whoever belongs to another household too stays in the register.
    others = Membership.objects.filter(person=OuterRef("pk"), withdrawn=False)
    people = Person.objects.filter(memberships__household__in=ids)
    people.exclude(Exists(others.exclude(household__in=ids))).update(withdrawn=True)
    Membership.objects.filter(household__in=ids).update(withdrawn=True)
    AnswerSheet.objects.filter(household__in=ids).update(withdrawn=True)
    StatusSpell.objects.filter(household__in=ids).update(withdrawn=True)
    Residence.objects.filter(household__in=ids).update(withdrawn=True)
    Household.objects.filter(pk__in=ids).update(withdrawn=True)


def _restore_people(written: Written, line: OpenLine) -> None:
    for membership, relation in sorted(written.relations.items(), key=lambda kept: kept[1] == HEAD):
        Membership.objects.filter(pk=membership).update(relation=relation)
    for ids in chunks([UUID(one) for one in written.people]):
        for person in Person.objects.select_for_update().filter(pk__in=ids):
            before = personal_values(person)
            _restore_person(person, written.people[str(person.id)])
            after = personal_values(person)
            line.trace(person.id, person.trace_salt, before=before, after=after)


def _restore_person(person: Person, kept: dict[str, Any]) -> None:
    person.full_name, person.folded_name = kept["full_name"], fold(kept["full_name"])
    person.sex, person.ethnicity = kept["sex"], kept["ethnicity"]
    person.birth_year, person.birth_month, person.birth_day = kept["birth"]
    for name in SEALED:
        value = kept[name]
        setattr(person, name, bytes.fromhex(value) if value is not None else None)
    person.save()


def _restore_households(written: Written) -> None:
    ids = [UUID(one) for one in written.households]
    members = open_members(ids)
    households = locked_households(ids)
    for key, household in households.items():
        kept = written.households[str(key)]
        household.village_id = kept["village"]
        household.code, household.address = kept["code"], kept["address"]
        describe(household, kept["head_name"], [row.person for row in members[key]])
        household.version += 1
        household.save(update_fields=HOUSEHOLD_FIELDS)
        written.restored[str(key)] = household.version
    correct_residences(households.values())


def _withdraw_villages(written: Written) -> None:
    used = Household.objects.filter(village__in=written.villages, withdrawn=False)
    free = set(written.villages) - set(used.values_list("village", flat=True))
    Unit.objects.filter(pk__in=free).update(withdrawn=True)
