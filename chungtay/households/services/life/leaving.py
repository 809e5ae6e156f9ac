"""A person leaves a household: by death, or to live elsewhere; and who is head from then on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor
from chungtay.households.models import Household, LifeEvent, Membership
from chungtay.households.models.people import HEAD
from chungtay.households.services.life.ending import end_household
from chungtay.households.services.life.ledger import Ledger
from chungtay.households.services.life.occasions import Occasion
from chungtay.households.services.life.opening import (
    check_row_begun,
    open_rows,
    perform_event,
    refuse_later_changes,
    row_of,
)
from chungtay.households.services.life.relating import (
    Relations,
    check_relation,
    head_of,
    put_head,
    relate,
)
from chungtay.rulebook.wording import Sentence, vi_date

ONE_DAY = timedelta(days=1)


def record_death(
    *,
    actor: Actor,
    household: Household,
    occasion: Occasion,
    person: UUID,
    new_head: UUID | None = None,
    relations: Relations | None = None,
    expected_version: int | None,
    key: str = "",
) -> dict[str, Any]:
    """Let a member die on a day, the last one in the household.

    If the head dies, the new one is named in the same act; if nobody is left, the household ends.
    """

    def write(ledger: Ledger) -> None:
        rows = open_rows(ledger.household)
        row = row_of(rows, person)
        _check_born(row, ledger.day)
        ledger.begin(LifeEvent.Kind.DEATH, person_id=person)
        _leave(ledger, rows, row, ledger.day, new_head, relations or {})
        ledger.change(row.person, died_on=ledger.day)

    return perform_event(
        act="households.record_death",
        actor=actor,
        household=household,
        occasion=occasion,
        expected_version=expected_version,
        key=key,
        write=write,
    )


def leave_household(
    *,
    actor: Actor,
    household: Household,
    occasion: Occasion,
    person: UUID,
    new_head: UUID | None = None,
    relations: Relations | None = None,
    expected_version: int | None,
    key: str = "",
) -> dict[str, Any]:
    """Let a member live elsewhere from a day on; a head names the next one, the last one stays."""

    def write(ledger: Ledger) -> None:
        rows = open_rows(ledger.household)
        row = row_of(rows, person)
        if len(rows) == 1:
            raise Refused(
                Sentence(
                    "{name} là người duy nhất của hộ. Hãy ghi cả hộ chuyển đi, hoặc nhập vào hộ "
                    "khác.",
                    name=row.person.full_name,
                )
            )
        ledger.begin(LifeEvent.Kind.MEMBER_LEAVE, person_id=person)
        _leave(ledger, rows, row, ledger.day - ONE_DAY, new_head, relations or {})

    return perform_event(
        act="households.leave_household",
        actor=actor,
        household=household,
        occasion=occasion,
        expected_version=expected_version,
        key=key,
        write=write,
    )


def change_head(
    *,
    actor: Actor,
    household: Household,
    occasion: Occasion,
    new_head: UUID,
    relations: Relations,
    expected_version: int | None,
    key: str = "",
) -> dict[str, Any]:
    """Let another member be head from a day on; the relations of all others are said anew."""

    def write(ledger: Ledger) -> None:
        rows = open_rows(ledger.household)
        if row_of(rows, new_head).relation == HEAD:
            raise Refused(Sentence("Người được chọn đang là chủ hộ. Hãy chọn người khác."))
        refuse_later_changes(ledger.household, ledger.day)
        ledger.begin(LifeEvent.Kind.CHANGE_OF_HEAD, person_id=new_head)
        put_head(ledger, rows, new_head, relations, ledger.day)

    return perform_event(
        act="households.change_head",
        actor=actor,
        household=household,
        occasion=occasion,
        expected_version=expected_version,
        key=key,
        write=write,
    )


def change_relation(
    *,
    actor: Actor,
    household: Household,
    occasion: Occasion,
    person: UUID,
    relation: str,
    expected_version: int | None,
    key: str = "",
) -> dict[str, Any]:
    """Let a member stand in another relation to the head from a day on."""

    def write(ledger: Ledger) -> None:
        row = row_of(open_rows(ledger.household), person)
        check_relation(relation)
        if row.relation == HEAD:
            raise Refused(Sentence("Người này là chủ hộ. Hãy ghi việc đổi chủ hộ."))
        if row.relation == relation:
            raise Refused(Sentence("Quan hệ không đổi, nên chưa ghi gì."))
        ledger.begin(LifeEvent.Kind.RELATION_CHANGE, person_id=person)
        relate(ledger, row, relation, ledger.day)

    return perform_event(
        act="households.change_relation",
        actor=actor,
        household=household,
        occasion=occasion,
        expected_version=expected_version,
        key=key,
        write=write,
    )


def _leave(
    ledger: Ledger,
    rows: list[Membership],
    row: Membership,
    last: date,
    new_head: UUID | None,
    relations: Relations,
) -> None:
    """End a person's place on a day; the others go on, under a new head if the head left."""
    check_row_begun(row, last)
    others = [one for one in rows if one.pk != row.pk]
    if not others:
        refuse_later_changes(ledger.household, last + ONE_DAY)
        ledger.end_membership(row, last)
        end_household(ledger, ledger.household, last)
        return
    ledger.end_membership(row, last)
    if head_of(rows) is not row:
        return
    if new_head is None:
        raise Refused(
            Sentence(
                "{name} là chủ hộ. Hãy chọn chủ hộ mới trong những người còn lại.",
                name=row.person.full_name,
            )
        )
    refuse_later_changes(ledger.household, last + ONE_DAY)
    put_head(ledger, others, new_head, relations, last + ONE_DAY)


def _check_born(row: Membership, day: date) -> None:
    birth = row.person.birth
    if birth is not None and birth.earliest() > day:
        raise Refused(
            Sentence(
                "{name} sinh {birth}, sau ngày {day}. Hãy xem lại ngày mất hoặc ngày sinh.",
                name=row.person.full_name,
                birth=birth,
                day=vi_date(day),
            )
        )
