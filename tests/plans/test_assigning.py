"""What a plan gives to offices changed by hand: kept, said, printed, never overwritten unseen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.plans.assigning import (
    DeadlineInput,
    DutyInput,
    add_row,
    assigned_rows,
    change_row,
    move_row,
    restore_row,
    withdraw_row,
)
from chungtay.plans.changes import changes_between
from chungtay.plans.models import Plan, PlanDeadline, PlanDuty
from chungtay.plans.tasking import proposals_of
from chungtay.plans.versions import said_now, said_then
from chungtay.reports.plan_paper import write_plan_paper
from chungtay.reports.planned import planned_reports

pytestmark = [pytest.mark.django_db, pytest.mark.database]

REVIEW = DutyInput("3.1", ("Các thôn",), "report", "Báo cáo kết quả rà soát hộ nghèo")
LEAD = DutyInput("3.2", ("Công chức Văn hóa - Xã hội", "Trạm Y tế"), "lead", "Rà soát hộ nghèo")
DUE = DeadlineInput("2023-06-20", "before", "", "Các thôn", "Báo cáo 6 tháng", ("UBND xã",))


@pytest.fixture
def officer(plan, as_account):
    return as_account("canbo.quangtrung")


@pytest.fixture
def rows(plan, officer):
    """Two duties and a deadline, added by hand."""
    for given in (REVIEW, LEAD, DUE):
        add_row(actor=officer, plan=plan, given=given)
    return [*assigned_rows(plan, PlanDuty), *assigned_rows(plan, PlanDeadline)]


def now(plan: Plan) -> Plan:
    return Plan.objects.select_related("unit").get(pk=plan.pk)


def texts(plan: Plan) -> list[str]:
    return [one.text for one in assigned_rows(plan, PlanDuty)]


def test_what_is_added_stands_in_the_plan_and_may_become_a_task(plan, rows):
    assert [one.position for one in rows] == [1, 2, 1]
    assert rows[1].offices == ["Công chức Văn hóa - Xã hội", "Trạm Y tế"]
    proposed = proposals_of(now(plan), [], timezone.localdate())
    assert [one.asked for one in proposed] == [REVIEW.text, LEAD.text, DUE.what]
    assert [one.deadline.what for one in planned_reports(now(plan))] == [DUE.what]


def test_a_change_shows_in_the_word_file_and_between_versions(plan, rows, officer, docx_text):
    kept = now(plan).versions.get()
    changed = replace(LEAD, role="cooperate", text="Cùng rà soát hộ nghèo")
    change_row(actor=officer, plan=plan, row=rows[1], given=changed, expected_version=1)
    changes = changes_between(said_then(kept), said_now(now(plan)))
    said = [(str(one.where), one.before, one.after) for one in changes.assigned]
    assert ("Giao cho Các thôn", "", "báo cáo: Báo cáo kết quả rà soát hộ nghèo") in said
    assert ("Giao cho Các thôn", "", "trước ngày 20/06/2023: Báo cáo 6 tháng") in said
    text = docx_text(write_plan_paper(actor=officer, plan=now(plan)))
    assert "PHÂN CÔNG NHIỆM VỤ VÀ THỜI HẠN" in text.upper()
    assert "Cùng rà soát hộ nghèo" in text
    assert "trước ngày 20/06/2023" in text


def test_a_plan_whose_rows_nobody_changed_prints_no_annex_of_them(plan, officer, docx_text):
    PlanDuty.objects.create(plan=plan, position=1, offices=["A"], role="do", text="Việc đã đọc")
    assert "Việc đã đọc" not in docx_text(write_plan_paper(actor=officer, plan=plan))


def test_what_is_taken_out_is_kept_and_comes_back_at_the_end(plan, rows, officer):
    withdraw_row(actor=officer, plan=plan, row=rows[0], expected_version=1)
    assert texts(plan) == [LEAD.text]
    assert [one.asked for one in proposals_of(now(plan), [], timezone.localdate())] == [
        LEAD.text,
        DUE.what,
    ]
    restore_row(actor=officer, plan=plan, row=rows[0])
    assert texts(plan) == [LEAD.text, REVIEW.text]
    with pytest.raises(Refused, match="đã có lại"):
        restore_row(actor=officer, plan=plan, row=rows[0])


def test_rows_change_places_and_stop_at_the_ends(plan, rows, officer):
    move_row(actor=officer, plan=plan, row=rows[0], up=False, expected_version=1)
    assert texts(plan) == [LEAD.text, REVIEW.text]
    with pytest.raises(Refused, match="đã ở đầu hoặc cuối"):
        move_row(actor=officer, plan=plan, row=rows[0], up=False, expected_version=1)
    with pytest.raises(Refused, match="đã ở đầu hoặc cuối"):
        move_row(actor=officer, plan=plan, row=rows[1], up=True, expected_version=1)


def test_two_people_on_one_row_are_told(plan, rows, officer, system):
    change_row(
        actor=system, plan=plan, row=rows[0], given=replace(REVIEW, role="do"), expected_version=1
    )
    with pytest.raises(Stale, match="vừa được người khác sửa"):
        change_row(actor=officer, plan=plan, row=rows[0], given=LEAD, expected_version=1)
    withdraw_row(actor=system, plan=plan, row=rows[1], expected_version=1)
    with pytest.raises(Stale, match="vừa được người khác bỏ"):
        change_row(actor=officer, plan=plan, row=rows[1], given=REVIEW, expected_version=1)
    assert assigned_rows(plan, PlanDuty)[0].role == "do"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (replace(LEAD, offices=()), "cần đơn vị được giao"),
        (replace(LEAD, text=""), "cần đơn vị được giao"),
        (replace(DUE, what=""), "cần nói việc gì"),
        (replace(DUE, due=""), "Hãy ghi ngày phải xong"),
    ],
)
def test_what_says_too_little_is_refused(plan, officer, given, said):
    with pytest.raises(Refused, match=said):
        add_row(actor=officer, plan=plan, given=given)
    assert now(plan).version == plan.version


def test_only_a_draft_is_changed(plan, rows, officer):
    Plan.objects.filter(pk=plan.pk).update(state="submitted")
    with pytest.raises(Refused, match="đang trình duyệt"):
        withdraw_row(actor=officer, plan=plan, row=rows[0], expected_version=1)
    assert len(texts(plan)) == 2


def test_the_outsider_changes_nothing(plan, rows, as_account):
    with pytest.raises(NotAllowed):
        add_row(actor=as_account("canbo.phuson"), plan=plan, given=LEAD)
    assert len(texts(plan)) == 2


def test_no_two_rows_stand_at_one_place_unless_one_is_taken_out(plan, rows, officer):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanDuty.objects.create(plan=plan, position=1, role="do", text="x")
    withdraw_row(actor=officer, plan=plan, row=rows[0], expected_version=1)
    PlanDuty.objects.create(plan=plan, position=1, role="do", text="x")
