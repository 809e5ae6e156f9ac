"""One household becomes two, or two become one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor
from chungtay.households.models import Household, LifeEvent, Membership, Residence
from chungtay.households.models.people import HEAD
from chungtay.households.services.checks import (
    check_code_is_free,
    check_lengths,
    check_standing_village,
    check_village,
)
from chungtay.households.services.life.arriving import carry_answers
from chungtay.households.services.life.ending import end_household
from chungtay.households.services.life.ledger import Ledger
from chungtay.households.services.life.occasions import Occasion
from chungtay.households.services.life.opening import (
    check_begun,
    check_row_begun,
    lock_living,
    open_rows,
    perform_event,
    refuse_later_changes,
)
from chungtay.households.services.life.relating import Relations, check_relation
from chungtay.households.writing import describe
from chungtay.places.models import Unit
from chungtay.rulebook.wording import Sentence

ONE_DAY = timedelta(days=1)


def split_household(
    *,
    actor: Actor,
    household: Household,
    occasion: Occasion,
    people: Collection[UUID],
    new_head: UUID,
    relations: Relations,
    village: Unit | None,
    code: str = "",
    address: str = "",
    expected_version: int | None,
    key: str = "",
) -> dict[str, Any]:
    """Let some members make a household of their own, in the same commune, without a status.

    The old household keeps its code and its decided classes; its head stays in it.
    """
    check_village(village, household.commune_id)
    check_standing_village(village)
    check_lengths(code, address)

    def write(ledger: Ledger) -> None:
        rows = open_rows(ledger.household)
        leaving = [row for row in rows if row.person_id in set(people)]
        _check_split(rows, leaving, people, new_head)
        check_code_is_free(ledger.household.commune_id, code)
        head = next(row for row in leaving if row.person_id == new_head)
        new = _new_household(ledger, head, village, code, address)
        ledger.begin(LifeEvent.Kind.SPLIT, other_household=new)
        ledger.change(new, begun_by_id=ledger.event.pk)
        _move_people(ledger, leaving, new, {**relations, new_head: HEAD}, 0)

    return perform_event(
        act="households.split_household",
        actor=actor,
        household=household,
        occasion=occasion,
        expected_version=expected_version,
        key=key,
        write=write,
    )


def _check_split(
    rows: list[Membership], leaving: list[Membership], people: Collection[UUID], new_head: UUID
) -> None:
    if not leaving or len(leaving) != len(set(people)):
        raise Refused(Sentence("Hãy chọn những người tách ra, trong số những người đang ở hộ."))
    if len(leaving) == len(rows):
        raise Refused(
            Sentence(
                "Tách hết mọi người thì hộ cũ không còn ai. Hãy để lại ít nhất chủ hộ, hoặc ghi cả "
                "hộ chuyển đi."
            )
        )
    if any(row.relation == HEAD for row in leaving):
        raise Refused(
            Sentence(
                "Chủ hộ đang nằm trong những người tách ra, nên hộ cũ không còn chủ hộ. "
                "Hãy ghi đổi chủ hộ trước, hoặc để chủ hộ ở lại."
            )
        )
    if new_head not in {row.person_id for row in leaving}:
        raise Refused(Sentence("Chủ hộ mới phải là một người tách ra. Hãy chọn lại."))


def _new_household(
    ledger: Ledger, head: Membership, village: Unit | None, code: str, address: str
) -> Household:
    old, day = ledger.household, ledger.day
    new = Household(
        commune=old.commune, village=village, code=code, address=address, valid_from=day
    )
    describe(new, head.person.full_name, [])
    ledger.make(new)
    ledger.households[new.id] = new
    ledger.make(Residence(household=new, commune=old.commune, village=village, valid_from=day))
    return new


def _move_people(
    ledger: Ledger, rows: list[Membership], target: Household, relations: Relations, after: int
) -> None:
    """Let people belong to another household from the day on, with what is known of them."""
    for number, row in enumerate(rows, 1):
        relation = relations.get(row.person_id, "")
        if relation != HEAD or row.person_id not in relations:
            check_relation(relation)
        check_row_begun(row, ledger.day - ONE_DAY)
        ledger.end_membership(row, ledger.day - ONE_DAY)
        ledger.begin_membership(target, row.person, relation, ledger.day, after + number)
    source = ledger.household
    carry_answers(ledger, source, target, [row.person_id for row in rows])


def merge_household(
    *,
    actor: Actor,
    household: Household,
    occasion: Occasion,
    into: Household,
    relations: Relations,
    expected_version: int | None,
    key: str = "",
) -> dict[str, Any]:
    """Let all members of a household belong to another of the commune; theirs ends.

    The other household keeps its head, its code and its decided classes.
    """
    if into.pk == household.pk:
        raise Refused(Sentence("Không nhập một hộ vào chính nó. Hãy chọn hộ khác."))
    for code in relations.values():
        check_relation(code)

    def write(ledger: Ledger) -> None:
        target = lock_living(into.pk, None)
        if target.commune_id != ledger.household.commune_id:
            raise Refused(Sentence("Hai hộ phải ở cùng xã. Hãy ghi chuyển đến trước rồi mới nhập."))
        check_begun(target, ledger.day)
        ledger.households[target.id] = target
        refuse_later_changes(ledger.household, ledger.day)
        rows, there = open_rows(ledger.household), open_rows(target)
        ledger.begin(LifeEvent.Kind.MERGE, other_household=target)
        last = max((row.position for row in there), default=0)
        _move_people(ledger, rows, target, relations, last)
        end_household(ledger, ledger.household, ledger.day - ONE_DAY)

    return perform_event(
        act="households.merge_household",
        actor=actor,
        household=household,
        occasion=occasion,
        expected_version=expected_version,
        key=key,
        write=write,
    )
