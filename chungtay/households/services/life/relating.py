"""Who is related how to the head: asked again when the head changes, never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from chungtay.acts.refusing import Refused
from chungtay.households.models import Household, Membership
from chungtay.households.models.people import HEAD
from chungtay.households.services.life.ledger import Ledger
from chungtay.households.services.life.opening import check_row_begun
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import Sentence

ONE_DAY = timedelta(days=1)
Relations = Mapping[UUID, str]


def check_relation(code: str) -> None:
    """Refused if a relation to the head is not one of the list, or says head."""
    if code == HEAD or (code and code not in law().codes["relation_to_head_bhxh"]):
        raise Refused(Sentence("Quan hệ với chủ hộ không có trong danh mục. Hãy chọn lại."))


def head_of(rows: Sequence[Membership]) -> Membership | None:
    """The head among the people of a household."""
    return next((row for row in rows if row.relation == HEAD), None)


def put_head(
    ledger: Ledger, rows: Sequence[Membership], head_id: UUID, relations: Relations, day: date
) -> None:
    """Make one of the people head from a day on; the others are related as said, or not known."""
    if head_id not in {row.person_id for row in rows}:
        raise Refused(Sentence("Chủ hộ mới phải là một người trong hộ. Hãy chọn lại."))
    wanted = {row.person_id: relations.get(row.person_id, "") for row in rows}
    for code in wanted.values():
        check_relation(code)
    wanted[head_id] = HEAD
    # The old head first, so that at no moment two heads are open.
    for row in sorted(rows, key=lambda one: (one.relation != HEAD, one.person_id == head_id)):
        relate(ledger, row, wanted[row.person_id], day)


def relate(ledger: Ledger, row: Membership, relation: str, day: date) -> None:
    """Let a person stand in a relation from a day on, the earlier one kept until the day before."""
    if row.relation == relation:
        return
    check_row_begun(row, day)
    if row.valid_from == day:
        before = {"relation": row.relation}
        ledger.change(row, relation=relation)
        after = {"relation": relation}
        ledger.line.trace(row.person_id, row.person.trace_salt, before=before, after=after)
        return
    ledger.end_membership(row, day - ONE_DAY)
    ledger.begin_membership(_household(ledger, row), row.person, relation, day, row.position)


def _household(ledger: Ledger, row: Membership) -> Household:
    return ledger.households[row.household_id]
