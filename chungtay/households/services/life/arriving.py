"""A person comes into a household: born there, married into it, or joining it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor
from chungtay.households.models import AnswerSheet, Household, LifeEvent, Membership, Person
from chungtay.households.models.people import HEAD
from chungtay.households.queries.answers import answers_on
from chungtay.households.services.checks import (
    check_birth,
    check_citizen_id,
    check_ids_are_free,
    check_name,
)
from chungtay.households.services.life.ledger import Ledger
from chungtay.households.services.life.occasions import Occasion
from chungtay.households.services.life.opening import (
    check_row_begun,
    lock_living,
    open_rows,
    perform_event,
    row_of,
)
from chungtay.households.services.life.relating import check_relation
from chungtay.households.writing import PersonInput, build_person, build_sheet
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.wording import Sentence, vi_date

ONE_DAY = timedelta(days=1)


def record_birth(
    *,
    actor: Actor,
    household: Household,
    occasion: Occasion,
    child: PersonInput,
    mother: UUID | None = None,
    expected_version: int | None,
    key: str = "",
) -> dict[str, Any]:
    """Let a child be born into a household on a day; the mother, if said, is one of its people."""
    day = occasion.day
    if child.birth is not None and not child.birth.earliest() <= day <= child.birth.latest():
        raise Refused(
            Sentence(
                "Ngày sinh {birth} không khớp với ngày {day} của việc này. Hãy sửa một trong hai.",
                birth=child.birth,
                day=vi_date(day),
            )
        )
    _check_person(child)

    def write(ledger: Ledger) -> None:
        rows = open_rows(ledger.household)
        if mother is not None:
            check_row_begun(row_of(rows, mother), day)
        check_ids_are_free(ledger.household.commune_id, [child.citizen_id])
        person = build_person(child)
        person.birth = child.birth or PartialDate(day.year, day.month, day.day)
        ledger.add_person(person)
        ledger.begin(LifeEvent.Kind.BIRTH, person=person, mother_id=mother)
        _place(ledger, person, child.relation, rows)

    return perform_event(
        act="households.record_birth",
        actor=actor,
        household=household,
        occasion=occasion,
        expected_version=expected_version,
        key=key,
        write=write,
    )


def marry_in(
    *,
    actor: Actor,
    household: Household,
    occasion: Occasion,
    newcomer: PersonInput | UUID,
    relation: str,
    expected_version: int | None,
    key: str = "",
) -> dict[str, Any]:
    """Let a spouse come into a household: somebody new, or one of the commune's register."""
    return _take_in(
        LifeEvent.Kind.MARRIAGE_IN,
        "households.marry_in",
        actor=actor,
        household=household,
        occasion=occasion,
        newcomer=newcomer,
        relation=relation,
        expected_version=expected_version,
        key=key,
    )


def join_household(
    *,
    actor: Actor,
    household: Household,
    occasion: Occasion,
    newcomer: PersonInput | UUID,
    relation: str,
    expected_version: int | None,
    key: str = "",
) -> dict[str, Any]:
    """Let somebody come to live with a household: new, or one of the commune's register."""
    return _take_in(
        LifeEvent.Kind.MEMBER_JOIN,
        "households.join_household",
        actor=actor,
        household=household,
        occasion=occasion,
        newcomer=newcomer,
        relation=relation,
        expected_version=expected_version,
        key=key,
    )


def _take_in(
    kind: str,
    act: str,
    *,
    household: Household,
    newcomer: PersonInput | UUID,
    relation: str,
    **given: Any,
) -> dict[str, Any]:
    if isinstance(newcomer, PersonInput):
        _check_person(newcomer)

    def write(ledger: Ledger) -> None:
        rows = open_rows(ledger.household)
        if isinstance(newcomer, PersonInput):
            check_ids_are_free(ledger.household.commune_id, [newcomer.citizen_id])
            person = build_person(newcomer)
            ledger.add_person(person)
            ledger.begin(kind, person=person)
        else:
            person, left = _found(ledger.household, newcomer, ledger.day)
            ledger.begin(kind, person=person, other_household=left.household)
            _fetch(ledger, left)
        _place(ledger, person, relation, rows)

    return perform_event(act=act, household=household, write=write, **given)


def _check_person(given: PersonInput) -> None:
    check_name(given.full_name)
    check_birth(given.birth)
    check_citizen_id(given.citizen_id)
    check_relation(given.relation)


def _place(ledger: Ledger, person: Person, relation: str, rows: list[Membership]) -> None:
    check_relation(relation)
    position = max((row.position for row in rows), default=0) + 1
    ledger.begin_membership(ledger.household, person, relation, ledger.day, position)


def _found(household: Household, person_id: UUID, day: date) -> tuple[Person, Membership]:
    """A person of the commune's register with the latest place in a household, locked."""
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person", "household")
    row = (
        rows.filter(person=person_id, withdrawn=False, household__commune=household.commune_id)
        .order_by("-valid_from", "-id")
        .first()
    )
    if row is None:
        raise Refused(
            Sentence("Không thấy người này trong sổ của xã. Hãy tìm lại, hoặc ghi là người mới.")
        )
    if row.person.died_on is not None:
        raise Refused(
            Sentence(
                "{name} đã được ghi là mất ngày {day}. Hãy chọn người khác; nếu ghi nhầm thì hoàn "
                "tác việc đó ở hộ {head} trước.",
                name=row.person.full_name,
                day=vi_date(row.person.died_on),
                head=row.household.head_name,
            )
        )
    if row.household_id == household.id and row.valid_to is None:
        raise Refused(Sentence("{name} đang ở trong chính hộ này.", name=row.person.full_name))
    if row.valid_to is not None and row.valid_to >= day:
        raise Refused(
            Sentence(
                "{name} còn ở hộ {head} đến hết ngày {last}. Hãy chọn ngày sau đó.",
                name=row.person.full_name,
                head=row.household.head_name,
                last=vi_date(row.valid_to),
            )
        )
    return row.person, row


def _fetch(ledger: Ledger, left: Membership) -> None:
    """End a person's place in the household left behind; what is known of her comes along."""
    if left.household_id == ledger.household.id:
        return
    carry_answers(ledger, left.household, ledger.household, [left.person_id])
    if left.valid_to is not None:
        return
    old = lock_living(left.household_id, None)
    ledger.households[old.id] = old
    others = [row for row in open_rows(old) if row.pk != left.pk]
    if not others:
        raise Refused(
            Sentence(
                "{name} là người duy nhất của hộ {head}. Hãy mở hộ đó và ghi “Nhập vào hộ khác”.",
                name=left.person.full_name,
                head=old.head_name,
            )
        )
    if left.relation == HEAD:
        raise Refused(
            Sentence(
                "{name} đang là chủ hộ {head}. Hãy ghi đổi chủ hộ ở hộ đó trước.",
                name=left.person.full_name,
                head=old.head_name,
            )
        )
    check_row_begun(left, ledger.day - ONE_DAY)
    ledger.end_membership(left, ledger.day - ONE_DAY)


def carry_answers(ledger: Ledger, source: Household, target: Household, people: list[UUID]) -> None:
    """Copy what members answered in one household to a sheet of the one they come to."""
    known = answers_on(source.id, ledger.day).members
    members = {str(one): known[str(one)] for one in people if known.get(str(one))}
    sheet = build_sheet(target, ledger.day, {}, members, AnswerSheet.Source.OFFICER)
    if sheet is not None:
        ledger.make(sheet)
