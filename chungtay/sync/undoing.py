"""Putting back what an import wrote: what it added is withdrawn, what it changed is restored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from chungtay.acts.refusing import Refused
from chungtay.acts.services import OpenLine
from chungtay.households.models import AnswerSheet, Household, Membership, Person, StatusSpell
from chungtay.households.writing import describe, personal_values
from chungtay.places.models import Unit
from chungtay.plans.models import PlanHousehold
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence
from chungtay.sync.applying import Written

MOST_NAMED = 5
Id = TypeVar("Id", int, UUID)


def put_back(written: Written, undone: Sequence[Written], line: OpenLine) -> None:
    """Undo an import; Refused if any household it touched has changed since.

    ``undone`` are the imports undone after it, oldest first: what they changed stands as before.
    """
    _refuse_if_changed_since(written, undone)
    added = [UUID(one) for one in written.added]
    for ids in _chunks(added):
        _withdraw_households(ids)
    for rows, model in (
        (written.joined, Membership),
        (written.sheets, AnswerSheet),
        (written.opened, StatusSpell),
    ):
        for numbers in _chunks(rows):
            model.objects.filter(pk__in=numbers).update(withdrawn=True)
    for numbers in _chunks(written.closed):
        StatusSpell.objects.filter(pk__in=numbers).update(valid_to=None)
    _withdraw_joined(written)
    _restore_people(written, line)
    _restore_households(written)
    _withdraw_villages(written)


def _refuse_if_changed_since(written: Written, undone: Sequence[Written]) -> None:
    changed: list[str] = []
    for ids in _chunks([UUID(one) for one in written.versions]):
        rows = Household.objects.filter(pk__in=ids).values_list("pk", "version", "head_name")
        changed += [
            name for pk, version, name in rows if version != _expected(str(pk), written, undone)
        ]
    for ids in _chunks([UUID(one) for one in written.added]):
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
    for numbers in _chunks(written.joined):
        Person.objects.filter(memberships__in=numbers).update(withdrawn=True)


def _withdraw_households(ids: list[UUID]) -> None:
    Person.objects.filter(memberships__household__in=ids).update(withdrawn=True)
    Membership.objects.filter(household__in=ids).update(withdrawn=True)
    AnswerSheet.objects.filter(household__in=ids).update(withdrawn=True)
    StatusSpell.objects.filter(household__in=ids).update(withdrawn=True)
    Household.objects.filter(pk__in=ids).update(withdrawn=True)


def _restore_people(written: Written, line: OpenLine) -> None:
    for membership, relation in sorted(written.relations.items(), key=lambda kept: kept[1] == "00"):
        Membership.objects.filter(pk=membership).update(relation=relation)
    for person_id, kept in written.people.items():
        person = Person.objects.select_for_update().get(pk=UUID(person_id))
        before = personal_values(person)
        person.full_name, person.folded_name = kept["full_name"], fold(kept["full_name"])
        person.sex, person.ethnicity = kept["sex"], kept["ethnicity"]
        person.birth_year, person.birth_month, person.birth_day = kept["birth"]
        for name in ("id_sealed", "id_index", "id_tail_index"):
            value = kept[name]
            setattr(person, name, bytes.fromhex(value) if value is not None else None)
        person.save()
        line.trace(person.id, person.trace_salt, before=before, after=personal_values(person))


def _restore_households(written: Written) -> None:
    for household_id, kept in written.households.items():
        household = Household.objects.select_for_update(of=("self",)).get(pk=UUID(household_id))
        household.village_id = kept["village"]
        household.code, household.address = kept["code"], kept["address"]
        rows = Membership.objects.filter(household=household, valid_to=None, withdrawn=False)
        people = [row.person for row in rows.select_related("person").order_by("position", "id")]
        describe(household, kept["head_name"], people)
        household.version += 1
        household.save()
        written.restored[household_id] = household.version


def _withdraw_villages(written: Written) -> None:
    used = Household.objects.filter(village__in=written.villages, withdrawn=False)
    free = set(written.villages) - set(used.values_list("village", flat=True))
    Unit.objects.filter(pk__in=free).update(withdrawn=True)


def _chunks(ids: list[Id], size: int = 500) -> Iterator[list[Id]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
