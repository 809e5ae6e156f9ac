"""A plan is submitted, returned, mended, approved, issued; from then on nothing of it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.handing import Assignment, hand_down
from chungtay.plans.life import (
    Issue,
    approve_plan,
    content_of,
    issue_plan,
    issued_paper,
    return_plan,
    submit_plan,
    take_plan_back,
)
from chungtay.plans.models import Plan, PlanFile, PlanReading, PlanVersion
from chungtay.plans.services import (
    NamedHousehold,
    change_cells,
    drop_household,
    name_household,
    open_plan,
    restore_household,
)
from chungtay.plans.splitting import whole_of
from chungtay.plans.staged.applying import undo_reading
from chungtay.reports.plan_issuing import issue_with_paper
from chungtay.reports.plan_paper import write_plan_paper
from tests.plans.conftest import cells_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ISSUE = Issue("5", "KH-UBND", date(2023, 3, 6), "Quang Trung", "Vũ Xuân Trường Thọ")


@pytest.fixture
def officer(plan, as_account):
    return as_account("canbo.quangtrung")


@pytest.fixture
def chairman(plan, as_account):
    return as_account("chutich.quangtrung")


def now(plan: Plan) -> Plan:
    return Plan.objects.select_related("unit", "amends").get(pk=plan.pk)


def submitted(plan: Plan, officer, **words: str) -> Plan:
    plan = now(plan)
    submit_plan(actor=officer, plan=plan, expected_version=plan.version, **words)
    return now(plan)


def approved(plan: Plan, officer, chairman) -> Plan:
    plan = submitted(plan, officer)
    approve_plan(actor=chairman, plan=plan, expected_version=plan.version)
    return now(plan)


def issued(plan: Plan, officer, chairman, issue: Issue = ISSUE) -> Plan:
    plan = approved(plan, officer, chairman)
    issue_plan(
        actor=chairman,
        plan=plan,
        issue=issue,
        paper=b"PK",
        paper_name="ke-hoach.docx",
        expected_version=plan.version,
    )
    return now(plan)


def test_each_step_is_kept_with_who_did_it_and_what_was_said(plan, officer, chairman):
    cells = Cells.of(plan)
    given = submitted(plan, officer, comment="Kính trình Chủ tịch")
    return_plan(
        actor=chairman, plan=given, remarks="Giảm thêm 1 hộ", expected_version=given.version
    )
    assert now(plan).state == "returned"
    change_cells(
        actor=officer,
        plan=plan,
        cells=cells_of(poor=(21, 6), poor_closing_rate=None),
        expected_version=now(plan).version,
    )
    final = issued(plan, officer, chairman)
    steps = list(PlanVersion.objects.order_by("number"))
    assert [one.step for one in steps] == [
        "submission",
        "return",
        "submission",
        "approval",
        "issuing",
    ]
    assert [one.why for one in steps[:2]] == ["Kính trình Chủ tịch", "Giảm thêm 1 hộ"]
    assert steps[0].by == officer.name != steps[1].by == chairman.name
    first, last = steps[0].content["cells"], steps[-1].content["cells"]
    assert [one["targets"][0]["reduction"] for one in (first, last)] == [5, 6]
    assert cells.targets[0].reduction == 5
    assert (final.state, final.said_number, final.issued_on) == (
        "issued",
        "05/KH-UBND",
        date(2023, 3, 6),
    )
    assert final.content["head"]["number"] == "5"
    assert final.content["issued"] == {"year": 2023, "date": "2023-03-06"}
    acts = JournalLine.objects.filter(subject=f"plan:{plan.pk}").order_by("number")
    assert [one.act for one in acts][-6:] == [
        "plans.submit",
        "plans.return_plan",
        "plans.change_cells",
        "plans.submit",
        "plans.approve_plan",
        "plans.issue",
    ]


def every_change(plan: Plan, officer):
    """What would change a plan's numbers or names, by name."""
    row = plan.named_households.filter(withdrawn=False).first()
    named = NamedHousehold(row.household, "poor", "bà", [], [])
    version = now(plan).version
    return {
        "cells": lambda: change_cells(
            actor=officer, plan=plan, cells=cells_of(), expected_version=version
        ),
        "name": lambda: name_household(actor=officer, plan=plan, named=named),
        "drop": lambda: drop_household(actor=officer, plan=plan, row_id=row.pk),
        "restore": lambda: restore_household(actor=officer, plan=plan, row_id=row.pk),
    }


@pytest.mark.parametrize("change", ["cells", "name", "drop", "restore"])
@pytest.mark.parametrize(
    ("state", "says"),
    [("submitted", "rút lại"), ("approved", "trả lại"), ("issued", "sửa đổi, bổ sung")],
)
def test_a_closed_plan_is_not_changed(plan, officer, chairman, change, state, says):
    {
        "submitted": lambda: submitted(plan, officer),
        "approved": lambda: approved(plan, officer, chairman),
        "issued": lambda: issued(plan, officer, chairman),
    }[state]()
    before, version = Cells.of(plan), now(plan).version
    with pytest.raises(Refused, match=says):
        every_change(plan, officer)[change]()
    assert Cells.of(plan) == before
    assert now(plan).version == version


def test_only_who_submitted_takes_back(plan, officer, chairman, system):
    given = submitted(plan, officer)
    with pytest.raises(Refused, match="Chỉ người đã trình"):
        take_plan_back(actor=system, plan=given, expected_version=given.version)
    take_plan_back(actor=officer, plan=given, expected_version=given.version)
    assert now(plan).state == "draft"
    change_cells(
        actor=officer, plan=plan, cells=cells_of(total=1412), expected_version=now(plan).version
    )


def test_contradictions_are_submitted_only_with_a_reason(plan, officer):
    wrong = cells_of(poor_rate="3.00")
    change_cells(actor=officer, plan=plan, cells=wrong, expected_version=plan.version)
    with pytest.raises(Refused, match="1 chỗ mâu thuẫn"):
        submitted(plan, officer)
    given = submitted(plan, officer, despite="Tỷ lệ theo văn bản của thị xã")
    assert given.state == "submitted"
    assert given.versions.get().despite == "Tỷ lệ theo văn bản của thị xã"


def test_a_return_has_its_remarks(plan, officer, chairman):
    given = submitted(plan, officer)
    with pytest.raises(Refused, match="ý kiến"):
        return_plan(actor=chairman, plan=given, remarks="", expected_version=given.version)


def test_an_approved_plan_is_returned_until_it_is_issued(plan, officer, chairman):
    given = approved(plan, officer, chairman)
    return_plan(actor=chairman, plan=given, remarks="Thiếu phụ lục", expected_version=given.version)
    final = issued(plan, officer, chairman)
    with pytest.raises(Refused, match="đã ban hành"):
        return_plan(actor=chairman, plan=final, remarks="Muộn", expected_version=final.version)


def test_who_may_not_decides_nothing(plan, officer, as_account, chairman):
    given = submitted(plan, officer)
    version = given.version
    for actor in (officer, as_account("canbo.phuson")):
        with pytest.raises(NotAllowed):
            approve_plan(actor=actor, plan=given, expected_version=version)
        with pytest.raises(NotAllowed):
            return_plan(actor=actor, plan=given, remarks="Không", expected_version=version)
        with pytest.raises(NotAllowed):
            issue_with_paper(actor=actor, plan=given, issue=ISSUE, expected_version=version)
    with pytest.raises(NotAllowed):
        submit_plan(actor=chairman, plan=given, expected_version=version)
    assert now(plan).state == "submitted"


def test_what_was_not_looked_at_is_not_approved(plan, officer, chairman):
    given = submitted(plan, officer)
    with pytest.raises(Stale):
        approve_plan(actor=chairman, plan=given, expected_version=given.version - 1)
    with pytest.raises(Refused, match="đang trình duyệt"):
        submit_plan(actor=officer, plan=given, expected_version=given.version)


def test_the_district_has_a_chairman_of_its_own(plan, system, hire, acting):
    """Whoever decides on the plan of a district does not decide on those of its communes."""
    district = plan.unit.parent
    above = acting(hire("district_chairman", district))
    plan_id = open_plan(
        actor=system,
        unit=district,
        year=2023,
        subject="Giảm nghèo",
        content=plan.content,
        cells=Cells(100, (TargetCell("poor", 10, 2),)),
    )
    own = Plan.objects.select_related("unit").get(pk=plan_id)
    submit_plan(actor=system, plan=own, expected_version=own.version)
    approve_plan(actor=above, plan=now(own), expected_version=now(own).version)
    given = submitted(plan, system)
    with pytest.raises(NotAllowed):
        approve_plan(actor=above, plan=given, expected_version=given.version)


@pytest.mark.parametrize(
    ("issue", "says"),
    [
        (replace(ISSUE, number="0"), "phải là chữ số"),
        (replace(ISSUE, number="12/KH"), "phải là chữ số"),
        (replace(ISSUE, symbol=""), "đủ ký hiệu"),
        (replace(ISSUE, on=date(2999, 1, 1)), "không thể sau hôm nay"),
    ],
)
def test_a_number_that_cannot_be_is_refused(plan, officer, chairman, issue, says):
    with pytest.raises(Refused, match=says):
        issued(plan, officer, chairman, issue)
    assert now(plan).state == "approved"
    assert PlanFile.objects.count() == 0


def another_plan(system, plan: Plan) -> Plan:
    plan_id = open_plan(
        actor=system,
        unit=plan.unit,
        year=2023,
        subject="Hỗ trợ nhà ở",
        content=plan.content,
        cells=Cells(100, (TargetCell("poor", 10, 2),)),
    )
    return Plan.objects.select_related("unit").get(pk=plan_id)


def test_a_number_is_given_once_a_year(plan, officer, chairman, system):
    issued(plan, officer, chairman)
    other = another_plan(system, plan)
    with pytest.raises(Refused, match="Số 5 của năm 2023 đã cấp"):
        issued(other, officer, chairman, replace(ISSUE, number="005"))
    other = now(other)
    issue_plan(
        actor=chairman,
        plan=other,
        issue=replace(ISSUE, on=date(2024, 1, 4)),
        paper=b"PK",
        paper_name="khac.docx",
        expected_version=other.version,
    )
    assert now(other).said_number == "05/KH-UBND"


def test_the_database_keeps_numbers_apart(plan, officer, chairman, system):
    issued(plan, officer, chairman)
    other = another_plan(system, plan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=other.pk).update(
            state="issued",
            number="5",
            symbol="KH-UBND",
            issued_on=date(2023, 5, 1),
            issued_year=2023,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=other.pk).update(state="issued")
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanFile.objects.filter(plan=plan).update(withdrawn=True)


def test_the_paper_stays_as_it_was_issued(plan, officer, chairman, docx_text):
    given = approved(plan, officer, chairman)
    done = issue_with_paper(
        actor=chairman, plan=given, issue=ISSUE, expected_version=given.version, key="once"
    )
    final = now(plan)
    assert done == {"plan": plan.pk, "version": final.version}
    kept = issued_paper(final)
    assert kept is not None
    paper = content_of(kept)
    text = docx_text(paper)
    assert "Số: 05/KH-UBND" in text
    assert "Quang Trung, ngày 06 tháng 3 năm 2023" in text
    assert paper not in bytes(kept.sealed)
    household = final.named_households.first().household
    type(household).objects.filter(pk=household.pk).update(head_name="Tên Khác Hẳn")
    assert write_plan_paper(actor=officer, plan=final) == paper
    assert write_plan_paper(actor=chairman, plan=final) == paper


def test_a_frozen_plan_is_handed_down_as_it_says(plan, officer, chairman, system):
    """Where the plan says nothing of its places, they are asked and the plan stays as it is."""
    target = plan.targets.get(code="poor")
    final = issued(plan, officer, chairman)
    whole = whole_of(final, target)
    parts = {unit.pk: Decimal(0) for unit in whole.units} | {whole.units[0].pk: Decimal(5)}
    hand_down(
        actor=officer,
        plan=final,
        target=target,
        parts=parts,
        assignment=Assignment("9/QĐ-UBND", date(2023, 4, 1)),
        expected_version=0,
    )
    assert now(plan).version == final.version
    assert not target.parts.exists()


def test_parts_of_a_frozen_plan_are_handed_down_unchanged(plan, officer, chairman):
    target = plan.targets.get(code="poor")
    whole = whole_of(plan, target)
    first, second = (unit.pk for unit in whole.units[:2])
    parts = {unit.pk: Decimal(0) for unit in whole.units} | {first: Decimal(5)}
    paper = Assignment("9/QĐ-UBND", date(2023, 4, 1))
    common = {"actor": officer, "target": target, "assignment": paper}
    hand_down(plan=plan, parts=parts, expected_version=0, **common)
    final = issued(plan, officer, chairman)
    with pytest.raises(Refused, match="sửa đổi, bổ sung"):
        hand_down(
            plan=final,
            parts=parts | {first: Decimal(4), second: Decimal(1)},
            expected_version=1,
            **common,
        )
    hand_down(plan=final, parts=parts, expected_version=1, **common)


def test_a_plan_that_was_read_is_not_undone_once_it_is_on_its_way(plan, officer):
    given = submitted(plan, officer)
    reading = PlanReading.objects.create(
        unit=plan.unit, state="applied", plan=given, plan_version=given.version, sealed=b"x"
    )
    with pytest.raises(Refused, match="rút lại"):
        undo_reading(actor=officer, reading=reading)
    assert not now(plan).withdrawn
