"""Acts on dated answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.households.models import AnswerSheet, Household, Membership
from chungtay.households.queries.answers import answers_on
from chungtay.households.queries.findings import finding_of
from chungtay.households.services.checks import (
    check_answers,
    check_day,
    check_lives_here,
    check_members,
)
from chungtay.households.services.versions import lock_household, step_version
from chungtay.households.writing import build_sheet
from chungtay.rulebook.findings import Contradiction
from chungtay.rulebook.wording import Sentence

INCOME_FACTS = frozenset({"income_per_person_vnd", "income_points"})


def record_answers(
    *,
    actor: Actor,
    household: Household,
    on: date,
    answers: Mapping[str, Any],
    members: Mapping[str, Mapping[str, Any]],
    expected_version: int | None,
    reason: str = "",
    key: str = "",
) -> dict[str, Any]:
    """Write a household's answers as of a day; only what differs is kept on the new sheet.

    Refused if a fact is unknown, nothing differs, or two answers on income contradict each other
    on that day; Stale if the household changed meanwhile.
    """
    check_day(on, household.commune)
    check_answers(answers, "household")
    for values in members.values():
        check_answers(values, "member")

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = _lock_living_here(household.id, expected_version, on)
        check_members(members, _people_of(fresh))
        before = answers_on(fresh.id, on)
        changed, changed_members = before.difference(answers, members)
        sheet = build_sheet(fresh, on, changed, changed_members, AnswerSheet.Source.OFFICER)
        if sheet is None:
            raise Refused(Sentence("Không có câu trả lời nào thay đổi, nên chưa ghi gì."))
        sheet.save()
        _refuse_contradiction(fresh, on, changed)
        step_version(fresh)
        line.details = {"on": on.isoformat(), "facts": _names(changed, changed_members)}
        line.trace(
            fresh.id,
            fresh.trace_salt,
            before=before.values_of(changed, changed_members),
            after={"household": dict(changed), "members": dict(changed_members)},
        )
        return {"household": str(fresh.id), "version": fresh.version}

    deed = Deed(
        "households.record_answers",
        "households.change",
        household.village or household.commune,
        subject=subject_of(household.id),
        key=key,
        reason=reason,
    )
    return perform(actor, deed, write)


def _lock_living_here(household_id: UUID, expected_version: int | None, on: date) -> Household:
    fresh = lock_household(household_id, expected_version)
    check_lives_here(fresh, on)
    return fresh


def _refuse_contradiction(household: Household, on: date, changed: Mapping[str, Any]) -> None:
    if not INCOME_FACTS & changed.keys():
        return
    found = finding_of(household, on)
    if isinstance(found, Contradiction):
        raise Refused(found.sentence)


def subject_of(household_id: UUID) -> str:
    """How the journal names a household."""
    return f"household:{household_id}"


def _names(answers: Mapping[str, Any], members: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return sorted({*answers, *(name for values in members.values() for name in values)})


def _people_of(household: Household) -> set[str]:
    rows = Membership.objects.filter(household=household, withdrawn=False)
    return {str(person) for person in rows.values_list("person_id", flat=True)}
