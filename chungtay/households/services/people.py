"""Acts on households and the people in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.households.citizen_ids import citizen_id_of, set_citizen_id
from chungtay.households.models import Household, Membership, Person
from chungtay.households.queries.people import members_on
from chungtay.households.services.answers import subject_of
from chungtay.households.services.checks import (
    check_birth,
    check_citizen_id,
    check_code_is_free,
    check_ids_are_free,
    check_lengths,
    check_name,
    check_new_household,
    check_standing_village,
    check_village,
)
from chungtay.households.services.versions import lock_household, step_version
from chungtay.households.writing import (
    HouseholdInput,
    build_household,
    correct_residences,
    describe_again,
    household_values,
    personal_values,
    write_built,
)
from chungtay.places.models import Unit
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence


def add_household(
    *, actor: Actor, commune: Unit, given: HouseholdInput, on: date, key: str = ""
) -> str:
    """Add one household by hand; its id.

    Refused without exactly one head, or if a name, ID number, code, day or answer cannot be.
    """
    check_new_household(commune, given, on)

    def write(line: OpenLine) -> str:
        check_code_is_free(commune.pk, given.code)
        check_ids_are_free(commune.pk, (member.citizen_id for member in given.members))
        built = build_household(commune, given, on)
        write_built([built])
        line.subject = subject_of(built.household.id)
        line.details = {"members": len(built.people)}
        for person in built.people:
            line.trace(person.id, person.trace_salt, before=None, after=personal_values(person))
        return str(built.household.id)

    place = given.village or commune
    return perform(
        actor, Deed("households.add_household", "households.change", place, key=key), write
    )


def correct_person(
    *,
    actor: Actor,
    household: Household,
    person: Person,
    changes: Mapping[str, Any],
    expected_version: int | None,
    reason: str,
    key: str = "",
) -> dict[str, Any]:
    """Correct name, sex, birth, ethnicity or citizen ID of a member; the journal keeps the old."""
    unknown = set(changes) - {"full_name", "sex", "birth", "ethnicity", "citizen_id"}
    if unknown:
        raise ValueError(f"not a correctable field: {sorted(unknown)}")
    _check_changes(changes)

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = lock_household(household.id, expected_version)
        check_ids_are_free(fresh.commune_id, [changes.get("citizen_id")], own=person.pk)
        member = _lock_member(fresh, person)
        before = personal_values(member)
        _apply(member, changes)
        member.save()
        describe_again(fresh)
        step_version(fresh)
        line.details = {"fields": sorted(changes)}
        line.trace(member.id, member.trace_salt, before=before, after=personal_values(member))
        return {"household": str(fresh.id), "version": fresh.version}

    deed = _deed("households.correct_person", household, reason, key)
    return perform(actor, deed, write)


def _lock_member(household: Household, person: Person) -> Person:
    rows = Membership.objects.filter(household=household, withdrawn=False)
    people = Person.objects.select_for_update().filter(pk__in=rows.values("person"))
    member = people.filter(pk=person.pk).first()
    if member is None:
        raise Refused(Sentence("Người này không thuộc hộ đang xem."))
    return member


def _check_changes(changes: Mapping[str, Any]) -> None:
    if "full_name" in changes:
        check_name(str(changes["full_name"]))
    check_birth(changes.get("birth"))
    check_citizen_id(changes.get("citizen_id"))


def _apply(member: Person, changes: Mapping[str, Any]) -> None:
    for name in ("sex", "ethnicity"):
        if name in changes:
            setattr(member, name, changes[name] or "")
    if "birth" in changes:
        member.birth = changes["birth"]
    if "full_name" in changes:
        member.full_name = " ".join(str(changes["full_name"]).split())
        member.folded_name = fold(member.full_name)
    if "citizen_id" in changes:
        set_citizen_id(member, changes["citizen_id"])


def correct_household(
    *,
    actor: Actor,
    household: Household,
    village: Unit | None,
    code: str,
    address: str,
    expected_version: int | None,
    reason: str,
    key: str = "",
) -> dict[str, Any]:
    """Correct village, code or address of a household that were written wrongly."""
    check_village(village, household.commune_id)
    check_standing_village(village)
    check_lengths(code.strip(), address.strip())

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = lock_household(household.id, expected_version)
        check_code_is_free(fresh.commune_id, code.strip(), own=fresh.pk)
        before = household_values(fresh)
        fresh.village, fresh.code, fresh.address = village, code.strip(), address.strip()
        describe_again(fresh)
        step_version(fresh)
        correct_residences([fresh])
        line.trace(fresh.id, fresh.trace_salt, before=before, after=household_values(fresh))
        return {"household": str(fresh.id), "version": fresh.version}

    deed = _deed("households.correct_household", household, reason, key)
    return perform(actor, deed, write)


def read_citizen_id(*, actor: Actor, household: Household, person: Person, reason: str) -> str:
    """Read a member's whole ID number: an act of its own, with its reason, in the journal."""
    if not reason.strip():
        raise Refused(Sentence("Hãy ghi lý do cần xem số định danh đầy đủ."))
    if person.id not in {row.person_id for row in members_on(household.id, None)}:
        raise Refused(Sentence("Người này không thuộc hộ đang xem."))

    def write(line: OpenLine) -> None:
        line.details = {"person": str(person.id)}

    perform(
        actor,
        _deed("households.read_citizen_id", household, reason, "", "households.read_id"),
        write,
    )
    return citizen_id_of(person) or ""


def _deed(
    act: str, household: Household, reason: str, key: str, right: str = "households.change"
) -> Deed:
    place = household.village or household.commune
    return Deed(act, right, place, subject=subject_of(household.id), key=key, reason=reason)
