"""A plan kept: its cells, its names, what its numbers say against the register."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chungtay.acts.models import JournalLine
from chungtay.acts.queries import open_trace
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.households.models import Household
from chungtay.households.queries.people import households_seen_by
from chungtay.places.queries import villages_of
from chungtay.plans.cells import Cells
from chungtay.plans.models import Plan, PlanHousehold, PlanTarget
from chungtay.plans.progress import standings
from chungtay.plans.queries import (
    candidates,
    findings_of,
    mentioned_households,
    named_households,
    plan_of,
    plans_seen_by,
)
from chungtay.plans.services import (
    NamedHousehold,
    change_cells,
    drop_household,
    name_household,
    open_plan,
    restore_household,
)
from chungtay.plans.values import values_of
from chungtay.reports.plan_paper import write_plan_paper
from tests.plans.conftest import cells_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

OPENING, SPRING, YEAR_END = date(2023, 1, 1), date(2023, 3, 31), date(2023, 12, 31)


@pytest.fixture
def officer_actor(plan, as_account):
    return as_account("canbo.quangtrung")


@pytest.fixture
def poor_unnamed(officer_actor, plan):
    return candidates(officer_actor, plan, "poor")[0]


def named(household, population="poor"):
    return NamedHousehold(household, population, "bà", ["Hỗ trợ nhà ở"], ["UBMTTQ xã"])


def sentences(plan, cells=None):
    return [str(one) for one in findings_of(plan, cells)]


def _cell(opening, reduction, opening_rate, closing_rate):
    return {
        "opening": opening,
        "reduction": reduction,
        "opening_rate": opening_rate,
        "closing_rate": closing_rate,
    }


# ---- cells ----


def test_changed_cells_bring_their_values_along(system, plan):
    change_cells(
        actor=system, plan=plan, cells=cells_of(1500, poor=(30, 6)), expected_version=plan.version
    )
    fresh = Plan.objects.get(pk=plan.pk)
    values = values_of(fresh)
    assert values["poor_opening"] == "30"
    assert values["poor_reduction"] == "06"
    assert values["poor_closing"] == "24"
    assert values["poor_opening_rate"] == "2,00\u00a0%"
    assert values["poor_closing_rate"] == "1,60\u00a0%"
    assert fresh.version == plan.version + 1
    line = JournalLine.objects.get(act="plans.change_cells")
    assert line.subject == f"plan:{plan.pk}"
    assert json.loads(line.details) == {
        "before": {
            "total": 1411,
            "poor": _cell(21, 5, "1.49", "1.13"),
            "near_poor": _cell(14, 2, "0.99", "0.85"),
        },
        "after": {
            "total": 1500,
            "poor": _cell(30, 6, "1.49", "1.13"),
            "near_poor": {"opening": 14, "reduction": 2},
        },
    }


def test_values_may_be_asked_of_cells_that_are_only_typed(plan):
    assert values_of(plan, cells_of(1500, poor=(30, 6)))["poor_closing"] == "24"
    assert values_of(plan)["poor_closing"] == "16"
    assert values_of(plan, cells_of(None))["poor_closing_rate"] == "…"


def test_a_form_over_a_newer_plan_is_refused(system, plan):
    change_cells(actor=system, plan=plan, cells=cells_of(1412), expected_version=plan.version)
    with pytest.raises(Stale, match="Kế hoạch vừa được người khác sửa"):
        change_cells(actor=system, plan=plan, cells=cells_of(1413), expected_version=plan.version)
    assert Plan.objects.get(pk=plan.pk).total_households == 1412


def test_the_same_key_changes_once(system, plan):
    for _ in range(2):
        change_cells(
            actor=system, plan=plan, cells=cells_of(1412), expected_version=plan.version, key="k"
        )
    assert JournalLine.objects.filter(act="plans.change_cells").count() == 1


@pytest.mark.parametrize("cells", [cells_of(20), cells_of(poor=(5, 6)), cells_of(poor=(-2, 0))])
def test_numbers_that_cannot_be_are_refused_and_nothing_changes(system, plan, cells):
    with pytest.raises(Refused, match="hãy"):
        change_cells(actor=system, plan=plan, cells=cells, expected_version=plan.version)
    assert Cells.of(Plan.objects.get(pk=plan.pk)) == Cells.of(plan)
    assert Plan.objects.get(pk=plan.pk).version == plan.version


def test_the_database_refuses_more_fewer_than_there_are_and_a_second_target(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanTarget.objects.filter(code="poor").update(reduction=22)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanTarget.objects.create(
            plan=plan, code="poor", measure="count", comparator="exactly", opening=1, reduction=0
        )


def test_a_plan_stands_once_for_a_year_and_subject(system, plan):
    again = {
        "actor": system,
        "unit": plan.unit,
        "year": 2023,
        "subject": plan.subject,
        "content": {},
    }
    with pytest.raises(Refused, match="đã có kế hoạch"):
        open_plan(**again, cells=cells_of())
    with pytest.raises(Refused, match="Không thể giảm"):
        open_plan(**{**again, "year": 2024}, cells=cells_of(poor=(5, 6)))
    assert Plan.objects.count() == 1


def test_the_chairman_and_the_neighbour_change_nothing(plan, as_account):
    for username in ("chutich.quangtrung", "ketoan.quangtrung", "canbo.phuson"):
        actor = as_account(username)
        with pytest.raises(NotAllowed):
            change_cells(actor=actor, plan=plan, cells=cells_of(), expected_version=plan.version)
        with pytest.raises(NotAllowed):
            drop_household(actor=actor, plan=plan, row_id=named_households(plan)[0].pk)
    assert not JournalLine.objects.filter(act__in=["plans.change_cells", "plans.drop"]).exists()


# ---- who sees it ----


def test_a_plan_is_seen_where_it_is_and_above(plan, hire, acting, as_account):
    def seen(role, unit):
        return plans_seen_by(acting(hire(role, unit, f"moi.{role}"))).filter(pk=plan.pk).exists()

    district = plan.unit.parent
    assert seen("chairman", plan.unit)
    assert seen("district_officer", district)
    assert seen("province_officer", district.parent)
    assert not seen("village_head", villages_of(plan.unit, OPENING).first())
    outsider = as_account("canbo.phuson")
    assert not plans_seen_by(outsider).exists()


def test_the_plan_of_a_place_is_the_latest_edition_and_a_village_reads_its_communes(plan):
    village = villages_of(plan.unit, OPENING).first()
    assert plan_of(plan.unit, 2023) == plan
    assert plan_of(village, 2023) == plan
    assert plan_of(plan.unit, 2022) is None
    assert plan_of(plan.unit.parent, 2023) is None
    second = Plan.objects.create(
        unit=plan.unit, year=2023, subject=plan.subject, edition=2, content=plan.content
    )
    assert plan_of(plan.unit, 2023) == second


# ---- against the register ----


def test_the_demo_lacks_the_names_of_three_promised_households(plan):
    assert sentences(plan) == [
        "Chỉ tiêu giảm 5 hộ nghèo, mới có tên 4 hộ; còn thiếu tên 1 hộ.",
        "Chỉ tiêu giảm 2 hộ cận nghèo, mới có tên 0 hộ; còn thiếu tên 2 hộ.",
    ]


def test_numbers_that_differ_from_the_register_are_told(plan):
    said = sentences(plan, cells_of(1398, poor=(20, 4), poor_rate=None, poor_closing_rate=None))
    assert said[0].startswith("Kế hoạch ghi 20 hộ nghèo đầu năm, sổ hộ có 21.")
    assert said[1] == (
        "Kế hoạch tính trên 1.398 hộ, số hộ dân cư đã ghi cho Xã Quang Trung là 1.411."
    )
    assert len(said) == 3


def test_a_named_household_of_another_class_is_told(system, plan, officer_actor):
    near_poor = candidates(officer_actor, plan, "near_poor")[0]
    name_household(actor=system, plan=plan, named=named(near_poor, "poor"))
    assert (
        f"Hộ {near_poor.head_name} có tên trong chỉ tiêu hộ nghèo nhưng đầu năm không thuộc diện "
        "đó trong sổ." in sentences(plan)
    )


def test_standings_follow_the_day(plan):
    def numbers(on):
        return [(one.now, one.still_to_go, one.registered_opening) for one in standings(plan, on)]

    assert numbers(SPRING) == [(21, 5, 21), (14, 2, 14)]
    assert numbers(YEAR_END) == [(19, 3, 21), (14, 2, 14)]


def test_a_promise_kept_or_more_than_kept_leaves_nothing_to_go(plan):
    PlanTarget.objects.filter(code="poor").update(reduction=1)
    assert standings(plan, YEAR_END)[0].still_to_go == 0


def test_the_questions_cost_the_same_whatever_the_plan_names(
    system, plan, officer_actor, django_assert_max_num_queries
):
    for household in candidates(officer_actor, plan, "poor")[:8]:
        name_household(actor=system, plan=plan, named=named(household))
    fresh = Plan.objects.select_related("unit").get(pk=plan.pk)
    with django_assert_max_num_queries(9):
        findings_of(fresh)
    with django_assert_max_num_queries(6):
        standings(fresh, YEAR_END)
    with django_assert_max_num_queries(6):
        values_of(fresh)
    with django_assert_max_num_queries(7):
        candidates(officer_actor, fresh, "poor")


# ---- names ----


def test_a_household_is_put_behind_the_promise(system, plan, poor_unnamed):
    name_household(actor=system, plan=plan, named=named(poor_unnamed))
    row = named_households(plan)[-1]
    assert (row.household, row.position, row.helps) == (poor_unnamed, 5, ["Hỗ trợ nhà ở"])
    assert "Chỉ tiêu giảm 5 hộ nghèo" not in " ".join(sentences(plan))
    line = JournalLine.objects.filter(act="plans.name_household").last()
    household = str(poor_unnamed.id)
    details = {"household": household, "population": "poor", "position": 5}
    assert json.loads(line.details) == details
    assert open_trace(line.personal_traces.get(), poor_unnamed.trace_salt) == {
        "before": None,
        "after": {"salutation": "bà", "helps": ["Hỗ trợ nhà ở"], "helpers": ["UBMTTQ xã"]},
    }
    assert Plan.objects.get(pk=plan.pk).version == plan.version + 1


def test_the_fifth_household_is_no_candidate_any_more(system, plan, officer_actor, poor_unnamed):
    name_household(actor=system, plan=plan, named=named(poor_unnamed))
    assert poor_unnamed not in candidates(officer_actor, plan, "poor")
    assert len(candidates(officer_actor, plan, "poor")) == 16
    assert len(candidates(officer_actor, plan, "near_poor")) == 14


@pytest.mark.parametrize("gone", [{"withdrawn": True}, {"valid_to": date(2023, 6, 30)}])
def test_a_household_that_has_gone_meanwhile_is_not_named(system, plan, poor_unnamed, gone):
    Household.objects.filter(pk=poor_unnamed.pk).update(**gone)
    with pytest.raises(Refused, match="sổ"):
        name_household(actor=system, plan=plan, named=named(poor_unnamed))
    assert not PlanHousehold.objects.filter(household=poor_unnamed).exists()


def test_the_right_to_the_paper_is_asked_before_it_is_made(plan, as_account, monkeypatch):
    monkeypatch.setattr(
        "chungtay.reports.plan_paper.render_in_child", lambda *_, **__: pytest.fail("rendered")
    )
    with pytest.raises(NotAllowed):
        write_plan_paper(actor=as_account("canbo.phuson"), plan=plan)


def test_the_same_household_is_named_once(system, plan):
    there = named_households(plan)[0].household
    with pytest.raises(Refused, match="đã có trong danh sách"):
        name_household(actor=system, plan=plan, named=named(there))
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanHousehold.objects.create(
            plan=plan, household=there, population="poor", position=99, salutation="bà"
        )


def test_a_household_of_another_commune_or_without_a_promise_is_refused(system, plan, poor_unnamed):
    other = Household.objects.exclude(commune=plan.unit).first()
    with pytest.raises(Refused, match="không thuộc địa bàn"):
        name_household(actor=system, plan=plan, named=named(other))
    PlanTarget.objects.filter(code="near_poor").delete()
    with pytest.raises(Refused, match="không có chỉ tiêu"):
        name_household(actor=system, plan=plan, named=named(poor_unnamed, "near_poor"))


def test_a_dropped_household_leaves_the_promise_but_not_the_sentence(system, plan):
    row = named_households(plan)[3]
    drop_household(actor=system, plan=plan, row_id=row.pk)
    assert row not in named_households(plan)
    assert row in mentioned_households(plan)
    assert values_of(plan)["household_4"] == "bà Trịnh Thị Hạnh (thôn 1)"
    with pytest.raises(Refused, match="không còn trong danh sách"):
        drop_household(actor=system, plan=plan, row_id=row.pk)


def test_a_dropped_household_comes_back_to_its_place(system, plan):
    row = named_households(plan)[1]
    drop_household(actor=system, plan=plan, row_id=row.pk)
    restore_household(actor=system, plan=plan, row_id=row.pk)
    assert [one.pk for one in named_households(plan)][1] == row.pk
    with pytest.raises(Refused, match="đã có lại"):
        restore_household(actor=system, plan=plan, row_id=row.pk)


def test_a_household_named_anew_is_not_restored_a_second_time(system, plan):
    row = named_households(plan)[0]
    drop_household(actor=system, plan=plan, row_id=row.pk)
    name_household(actor=system, plan=plan, named=named(row.household))
    with pytest.raises(Refused, match="đã có lại"):
        restore_household(actor=system, plan=plan, row_id=row.pk)
    assert [one.position for one in named_households(plan)] == [2, 3, 4, 5]


def test_a_row_of_another_plan_is_not_touched(system, plan):
    other = Plan.objects.create(unit=plan.unit, year=2024, subject="x", content={})
    with pytest.raises(Refused):
        drop_household(actor=system, plan=other, row_id=named_households(plan)[0].pk)
    assert len(named_households(plan)) == 4


# ---- the paper ----


def test_the_document_follows_a_changed_cell(system, plan, docx_text):
    change_cells(
        actor=system, plan=plan, cells=cells_of(1500, poor=(30, 6)), expected_version=plan.version
    )
    fresh = Plan.objects.select_related("unit").get(pk=plan.pk)
    text = docx_text(write_plan_paper(actor=system, plan=fresh))
    assert "xã có 30 hộ nghèo chiếm tỷ lệ 2,00\u00a0%" in text
    assert "giảm 06 hộ nghèo, còn 24 hộ chiếm tỷ lệ 1,60\u00a0%" in text
    assert "1,49" not in text


def test_only_what_the_reader_may_see_is_offered(plan, as_account):
    outsider = as_account("canbo.phuson")
    assert candidates(outsider, plan, "poor") == []
    assert not households_seen_by(outsider).filter(commune=plan.unit).exists()
