"""Numbers backed by names: a promise short of them needs a stated reason."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.plans.cells import Cells
from chungtay.plans.models import MissingNamesReason
from chungtay.plans.naming import reasons_of, remarks_of
from chungtay.plans.queries import findings_of
from chungtay.plans.reasons import state_reason
from chungtay.plans.services import change_cells, drop_household, restore_household
from tests.plans.conftest import cells_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]
ON = date(2023, 6, 1)
SHORT = "Chỉ tiêu giảm 5 hộ nghèo, mới có tên 4 hộ; còn thiếu tên 1 hộ."
WHY = "Thôn 3 chưa họp bình xét"


def state(actor, plan, text=WHY, code="poor", version=0):
    return state_reason(
        actor=actor, plan=plan, code=code, text=text, on=ON, expected_version=version
    )


def found(plan):
    return [str(one) for one in findings_of(plan)]


def remarks(plan):
    return [str(one) for one in remarks_of(plan, Cells.of(plan))]


def test_a_reason_silences_the_finding_and_is_told_instead(plan, as_account) -> None:
    officer = as_account("canbo.quangtrung")
    assert SHORT in found(plan)
    assert remarks(plan) == []
    assert state(officer, plan) == 1
    assert SHORT not in found(plan)
    [told] = remarks(plan)
    assert told.startswith("Chỉ tiêu giảm 5 hộ nghèo còn thiếu tên 1 hộ.")
    assert told.endswith(f"Lý do: {WHY} ({officer.name} ghi ngày 01/06/2023).")
    line = JournalLine.objects.get(act="plans.state_missing_names")
    assert (line.reason, line.subject) == (WHY, f"plan:{plan.pk}")


def test_a_reason_is_emptied_when_the_names_are_there(plan, system) -> None:
    state(system, plan)
    change_cells(
        actor=system,
        plan=plan,
        cells=cells_of(poor=(21, 4), poor_closing_rate=None),
        expected_version=plan.version,
    )
    assert "poor" not in reasons_of(plan)
    assert MissingNamesReason.objects.get(target__code="poor").version == 2
    row = plan.named_households.filter(population="poor").first()
    drop_household(actor=system, plan=plan, row_id=row.pk)
    assert "Chỉ tiêu giảm 4 hộ nghèo, mới có tên 3 hộ; còn thiếu tên 1 hộ." in found(plan)


def test_a_name_more_that_is_not_enough_leaves_the_reason(plan, system) -> None:
    row = plan.named_households.filter(population="poor").first()
    drop_household(actor=system, plan=plan, row_id=row.pk)
    state(system, plan)
    restore_household(actor=system, plan=plan, row_id=row.pk)
    assert set(reasons_of(plan)) == {"poor"}


def test_what_is_no_reason_is_refused(plan, system) -> None:
    with pytest.raises(Refused, match="Chưa ghi lý do"):
        state(system, plan, " ")
    change_cells(
        actor=system,
        plan=plan,
        cells=cells_of(poor=(21, 4), poor_closing_rate=None),
        expected_version=plan.version,
    )
    for code in ("poor", "no_such"):
        with pytest.raises(Refused, match="đã đủ tên"):
            state(system, plan, code=code)


def test_two_who_say_why_at_once_are_told(plan, system) -> None:
    state(system, plan)
    with pytest.raises(Stale):
        state(system, plan, "Lý do khác")
    assert state(system, plan, "Lý do khác", version=1) == 2


def test_only_who_changes_the_plan_says_why(plan, as_account) -> None:
    for account in ("ketoan.quangtrung", "chutich.quangtrung", "canbo.phuson"):
        with pytest.raises(NotAllowed):
            state(as_account(account), plan)


def test_a_reason_without_who_or_when_is_no_row(plan) -> None:
    target = plan.targets.get(code="poor")
    for row in ({"text": WHY}, {"said_by": "Ai đó"}, {"text": WHY, "said_by": "Ai đó"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MissingNamesReason.objects.create(target=target, **row)
