"""A new year's plan begun from an earlier one: what comes along, what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.places.queries import successors_of
from chungtay.plans.blanks import blanks_of
from chungtay.plans.cells import Cells
from chungtay.plans.life import approve_plan, submit_plan
from chungtay.plans.models import (
    Plan,
    PlanBasis,
    PlanDeadline,
    PlanDuty,
    PlanRecipient,
    PlanTarget,
)
from chungtay.plans.queries import findings_of
from chungtay.plans.reading.offers import sentence_of
from chungtay.plans.services import change_cells, open_plan
from chungtay.plans.starting.days import moved_due, moved_in_text, renamed_year
from chungtay.plans.starting.services import sources_for, start_plan
from chungtay.plans.starting.tokens import with_live_numbers
from chungtay.plans.starting.wording import falls_away, old_sentences
from chungtay.plans.values import BLANK, values_of
from chungtay.plans.versions import said_now
from tests.plans.conftest import cells_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def officer(plan, as_account):
    return as_account("canbo.quangtrung")


@pytest.fixture
def begun(plan, officer):
    """Last year's plan with rows of its own, and the new year's plan begun from it."""
    PlanDuty.objects.create(
        plan=plan,
        position=1,
        offices=["Các thôn"],
        role="report",
        text="Báo cáo trước ngày 20/6/2023",
    )
    PlanDeadline.objects.create(
        plan=plan, position=1, due="2023-06-20", comparator="before", what="Báo cáo 6 tháng"
    )
    PlanDeadline.objects.create(
        plan=plan, position=2, recurrence="quarterly", what="Họp Ban chỉ đạo", asked_by="9/KH-UBND"
    )
    PlanRecipient.objects.create(plan=plan, position=1, name="UBND thị xã", note="b/c")
    PlanBasis.objects.create(plan=plan, position=1, text="Nghị quyết số 3/NQ-HĐND của HĐND xã")
    return new_of(start_plan(actor=officer, unit=plan.unit, year=2024, source=plan))


def new_of(pk: int) -> Plan:
    return Plan.objects.select_related("unit").get(pk=pk)


def left_of(plan: Plan) -> str:
    return "\n".join(str(sentence_of(one)) for one in plan.start.left)


def carried_of(plan: Plan) -> str:
    return "\n".join(str(sentence_of(one)) for one in plan.start.carried)


def test_the_wording_comes_along_and_promises_are_left_open(plan, begun):
    cells = Cells.of(begun)
    poor = cells.target("poor")
    assert (begun.year, begun.edition, begun.state) == (2024, 1, "draft")
    assert begun.subject == plan.subject.replace("2023", "2024")
    assert (poor.reduction, poor.stated_opening_rate, poor.is_open) == (None, None, True)
    assert [one["number"] for one in begun.content["sections"]] == [
        one["number"] for one in plan.content["sections"]
    ]
    assert "number" not in begun.content["head"]
    assert begun.content["issued"] == {"year": 2024}


def test_the_opening_is_counted_anew_from_the_register(begun):
    count = Cells.of(begun).target("poor").opening
    assert count is not None
    assert f"Đầu năm có {count} hộ nghèo" in carried_of(begun)
    assert values_of(begun)["poor_opening"] == f"{count:02d}"


def test_an_unknown_number_is_a_blank_in_every_sentence(begun):
    values = values_of(begun)
    for name in ("poor_reduction", "poor_closing", "poor_closing_rate", "household_1"):
        assert values[name] == BLANK


def test_what_cannot_come_along_is_said(begun):
    left = left_of(begun)
    assert "4 hộ có tên trong kế hoạch năm 2023 không mang sang" in left
    assert "giữ số “100%” mà lời văn năm 2023 đã hứa" in left
    assert "Việc do 9/KH-UBND giao" in left
    assert not begun.named_households.exists()
    assert any("năm 2023" in str(one) for one in old_sentences(begun, 2023))


def test_duties_and_recurrences_come_along_and_deadlines_move(begun):
    duty, (moved, recurring) = begun.duties.get(), begun.deadlines.order_by("position")
    assert duty.text == "Báo cáo trước ngày 20/6/2024"
    assert (moved.due, moved.comparator) == ("2024-06-20", "before")
    assert (recurring.recurrence, recurring.due, recurring.asked_by) == ("quarterly", "", "")
    assert "1 thời hạn đã dời từ năm 2023 sang năm 2024" in carried_of(begun)
    assert begun.recipients.get().note == "b/c"
    assert begun.bases.count() == 1


def test_nothing_of_last_years_plan_changes(plan, officer):
    before = said_now(plan), Plan.objects.filter(pk=plan.pk).values().get()
    rows = list(plan.named_households.values())
    start_plan(actor=officer, unit=plan.unit, year=2024, source=plan)
    fresh = new_of(plan.pk)
    after = said_now(fresh), Plan.objects.filter(pk=plan.pk).values().get()
    assert after[1] == before[1]
    assert (after[0].cells, after[0].wording) == (before[0].cells, before[0].wording)
    assert list(fresh.named_households.values()) == rows


def test_a_plan_with_open_numbers_is_not_submitted_until_they_are_filled(begun, officer):
    assert "Chỉ tiêu “Hộ nghèo” chưa có số" in str(blanks_of(begun)[0])
    assert "Chỉ tiêu “Hộ nghèo” chưa có số" in "\n".join(map(str, findings_of(begun)))
    with pytest.raises(Refused, match="chỗ để trống nên chưa trình duyệt"):
        submit_plan(actor=officer, plan=begun, despite="Vẫn trình", expected_version=begun.version)
    fill(begun, officer)
    fresh = new_of(begun.pk)
    assert all("chưa có số" not in str(one) for one in blanks_of(fresh))
    with pytest.raises(Refused, match=r"Mục III\.3\.5 còn chỗ để trống"):
        submit_plan(actor=officer, plan=fresh, despite="Vẫn", expected_version=fresh.version)


def test_an_open_number_is_refused_at_every_later_step(begun, officer, as_account):
    Plan.objects.filter(pk=begun.pk).update(state="submitted")
    chairman = as_account("chutich.quangtrung")
    with pytest.raises(Refused, match="chỗ để trống"):
        approve_plan(actor=chairman, plan=begun, expected_version=begun.version)


def fill(plan: Plan, officer) -> None:
    cells = Cells.of(plan)
    targets = tuple(replace(one, reduction=1) for one in cells.targets)
    change_cells(
        actor=officer,
        plan=plan,
        cells=replace(cells, targets=targets),
        expected_version=plan.version,
    )


def test_what_is_open_may_stay_open_while_another_number_is_typed(begun, officer):
    cells = Cells.of(begun)
    one = replace(cells, targets=(replace(cells.targets[0], reduction=1), cells.targets[1]))
    change_cells(actor=officer, plan=begun, cells=one, expected_version=begun.version)
    fresh = new_of(begun.pk)
    assert [cell.is_open for cell in Cells.of(fresh).targets] == [False, True]
    with pytest.raises(Refused, match="Chỉ tiêu này cần số hộ giảm"):
        change_cells(actor=officer, plan=fresh, cells=cells, expected_version=fresh.version)


def test_a_plan_is_not_opened_without_its_numbers_by_another_way(plan, officer):
    with pytest.raises(Refused, match="Chỉ tiêu này cần số hộ giảm"):
        open_plan(
            actor=officer,
            unit=plan.unit,
            year=2024,
            subject="khác",
            content={},
            cells=cells_of(poor=(21, None)),
        )


def test_the_database_takes_no_number_only_where_it_is_said_to_be_open(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanTarget.objects.create(plan=plan, code="x", number_open=True, reduction=1)
    PlanTarget.objects.create(plan=plan, code="y", number_open=True, measure="points")


def test_a_second_plan_of_the_same_year_and_subject_is_refused(plan, begun, officer):
    with pytest.raises(Refused, match=r"đã có kế hoạch .* năm 2024"):
        start_plan(actor=officer, unit=plan.unit, year=2024, source=plan)
    assert Plan.objects.filter(unit=plan.unit, year=2024).count() == 1


def test_the_same_key_begins_one_plan(plan, officer):
    first = start_plan(actor=officer, unit=plan.unit, year=2024, source=plan, key="một")
    assert start_plan(actor=officer, unit=plan.unit, year=2024, source=plan, key="một") == first


@pytest.mark.parametrize("year", [2022, 2023])
def test_a_plan_begins_from_an_earlier_year_alone(plan, officer, year):
    with pytest.raises(Refused, match="của một năm trước đó"):
        start_plan(actor=officer, unit=plan.unit, year=year, source=plan)


def test_a_place_that_took_another_over_begins_from_its_plan(plan, officer, system):
    """Since 1/7/2025 the ward goes on with the plan of the commune it took over."""
    heir = successors_of(plan.unit)[0]
    with pytest.raises(Refused, match="không còn trong năm 2026"):
        start_plan(actor=officer, unit=plan.unit, year=2026, source=plan)
    made = new_of(start_plan(actor=system, unit=heir, year=2026, source=plan))
    assert (made.unit, made.content["head"]["place"]) == (heir, heir.name)
    assert f"nay là {heir.name}" in left_of(made)
    with pytest.raises(Refused, match="Không thấy kế hoạch được chọn"):
        start_plan(actor=officer, unit=plan.unit, year=2027, source=made)


def test_the_outsider_begins_nothing(plan, as_account):
    outsider = as_account("canbo.phuson")
    assert sources_for(outsider, plan.unit, 2024) == []
    with pytest.raises(NotAllowed):
        start_plan(actor=outsider, unit=plan.unit, year=2024, source=plan)
    assert Plan.objects.count() == 1


def test_sources_are_the_living_plans_of_earlier_years(plan, begun, officer):
    assert sources_for(officer, plan.unit, 2023) == []
    assert sources_for(officer, plan.unit, 2025) == [begun, plan]
    Plan.objects.filter(pk=begun.pk).update(withdrawn=True)
    assert sources_for(officer, plan.unit, 2025) == [plan]


@pytest.mark.parametrize(
    ("due", "years", "expected"),
    [
        ("2023-06-20", 1, "2024-06-20"),
        ("2024-02-29", 1, "2025-02-28"),
        ("2023-06", 2, "2025-06"),
        ("2023-01/2023-03", 1, "2024-01/2024-03"),
        ("2023", 1, "2024"),
    ],
)
def test_a_due_day_moves_with_the_year(due, years, expected):
    assert moved_due(due, years) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gửi trước ngày 20/06/2023.", "gửi trước ngày 20/06/2024."),
        ("ngày 20 tháng 6 năm 2023", "ngày 20 tháng 6 năm 2024"),
        ("ngày 20/6/2022 và 120/6/2023", "ngày 20/6/2022 và 120/6/2023"),
    ],
)
def test_a_sentence_says_the_moved_day_as_it_wrote_it(text, expected):
    assert moved_in_text(text, "2023-06-20", 1) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Giảm nghèo năm 2023", "Giảm nghèo năm 2024"),
        ("Giảm nghèo giai đoạn 2021-2023", "Giảm nghèo giai đoạn 2021-2023"),
        ("Theo Nghị định 07/2023/NĐ-CP", "Theo Nghị định 07/2023/NĐ-CP"),
        ("Giai đoạn 2023 - 2025", "Giai đoạn 2023 - 2025"),
    ],
)
def test_the_year_of_a_title_moves_spans_and_numbers_do_not(text, expected):
    assert renamed_year(text, 2023, 2024) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("đầu năm có 21 hộ nghèo", "đầu năm có {{ poor_opening }} hộ nghèo"),
        ("giảm 05 hộ nghèo, còn 16 hộ nghèo",
         "giảm {{ poor_reduction }} hộ nghèo, còn {{ poor_closing }} hộ nghèo"),
        ("giảm 6 hộ nghèo", "giảm 6 hộ nghèo"),
        ("có 14 hộ cận nghèo", "có {{ near_poor_opening }} hộ cận nghèo"),
        ("21 hộ nghèo A", "21 hộ nghèo A"),
        ("năm 2022 giảm 3 hộ nghèo", "năm 2022 giảm 3 hộ nghèo"),
    ],
)  # fmt: skip
def test_a_typed_count_becomes_live_where_it_is_sure_which_it_is(text, expected):
    assert with_live_numbers(text, cells_of()) == expected


def test_a_law_out_of_force_falls_away_alone():
    ended = "Căn cứ Nghị định số 07/2021/NĐ-CP ngày 27/01/2021 của Chính phủ"
    assert falls_away(ended, date(2027, 1, 1))
    assert not falls_away(ended, date(2025, 1, 1))
    assert not falls_away(f"{ended} và Luật số 1/2099/QH99", date(2027, 1, 1))


def test_a_plan_in_per_cent_is_carried_open(plan, officer):
    cells = Cells.of(plan)
    PlanTarget.objects.create(
        plan=plan,
        code="deep",
        position=5,
        classes="poor",
        measure="share",
        value=Decimal(35),
        base_classes="poor",
        base_reach="this_year",
        base_on=date(2022, 12, 31),
        base_count=160,
        assigned_by="12/QĐ-UBND",
    )
    made = new_of(start_plan(actor=officer, unit=plan.unit, year=2024, source=plan))
    deep = Cells.of(made).target("deep")
    assert (deep.value, deep.is_open, deep.kind.base.on) == (None, True, date(2023, 12, 31))
    assert "12/QĐ-UBND" in left_of(made)
    assert len(Cells.of(made).targets) == len(cells.targets) + 1
