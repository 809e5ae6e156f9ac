"""What makes a target readable, held by the database; the reasons a service gives before it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from chungtay.acts.refusing import Refused
from chungtay.plans.cells import Cells, Meaning, TargetCell
from chungtay.plans.models import Plan, PlannedNeed, PlanPart, PlanTarget
from chungtay.plans.queries import (
    named_households,
)
from chungtay.plans.services import NamedHousehold, Need, change_cells, name_household, open_plan
from chungtay.rulebook.promises import Base, Kind, Population
from tests.plans.small_registers import (
    FIRST,
    Row,
    changed,
    fill,
    lao_cai,
    tan_khai,
    tu_mo_rong,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def share(base=None, **numbers):
    kind = Kind(Population(subclass="A"), "share", base=base)
    return TargetCell("poor_a", value=Decimal(35), meaning=Meaning(kind), **numbers)


PERIOD = Base(Population(subclass="A"), from_year=2022, to_year=2025)


# ---- what cannot be ----


@pytest.mark.parametrize(
    "cell",
    [
        share(),
        share(base_count=160),
        share(PERIOD),
        share(replace(PERIOD, to_year=None), base_count=160),
    ],
)
def test_a_share_without_its_base_is_refused_with_a_sentence(system, quang_trung, cell):
    with pytest.raises(Refused, match=r"chưa nói là phần trăm của số hộ nào\. Hãy ghi rõ"):
        open_plan(
            actor=system,
            unit=quang_trung,
            year=2024,
            subject="thử",
            content={},
            cells=Cells(None, (cell,)),
        )
    assert not Plan.objects.exists()


KEPT = {"measure": "share", "value": 35, "base_classes": "poor", "base_reach": "this_year"}


@pytest.mark.parametrize(
    "row",
    [
        {**KEPT, "base_count": 160},
        {**KEPT, "base_on": FIRST},
        {**KEPT, "base_count": 160, "base_on": FIRST, "base_classes": ""},
        {**KEPT, "base_count": 160, "base_on": FIRST, "base_reach": ""},
        {**KEPT, "base_count": 160, "base_from": 2022},
        {"measure": "points", "value": 101},
        {"measure": "points"},
        {"measure": "points", "value": 1, "reduction": 1},
        {"measure": "count"},
        {"measure": "points", "comparator": "between", "value": 8},
        {"measure": "points", "comparator": "between", "value": 8, "value_to": 8},
        {"measure": "points", "value": 8, "value_to": 9},
        {"classes": "near_poor", "subclass": "A", "reduction": 1},
        {"reduction": 2, "opening": 1},
    ],
)
def test_the_database_holds_what_makes_a_target_readable(system, row):
    plan = lao_cai(system)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanTarget.objects.create(plan=plan, code="thu", **{"classes": "poor", **row})


def test_the_database_takes_a_share_with_its_whole_base(system):
    plan = lao_cai(system)
    PlanTarget.objects.create(
        plan=plan, code="thu", classes="poor", **{**KEPT, "base_count": 0, "base_on": FIRST}
    )


def test_the_database_holds_parts_lines_and_needs(system):
    plan = tan_khai(system)
    target, row = plan.targets.get(), named_households(plan)[0]
    part = target.parts.first()
    wrong = [
        lambda: PlanPart.objects.create(target=target, unit=part.unit, reduction=1),
        lambda: PlanPart.objects.create(target=target, unit=plan.unit),
        lambda: PlanPart.objects.create(target=target, unit=plan.unit, opening=1, reduction=2),
        lambda: PlannedNeed.objects.create(
            row=row, code="x", what="x", amount_vnd=5, cap_vnd=4, source="mobilised"
        ),
        lambda: PlannedNeed.objects.create(
            row=row, code="television", what="x", amount_vnd=5, source="mobilised"
        ),
    ]
    for attempt in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_a_part_of_a_place_elsewhere_or_left_out_is_refused(system, quang_trung):
    plan = tan_khai(system)
    village = quang_trung.children.first()
    parts = Cells.of(plan).target("poor_kinh").parts
    elsewhere = changed(plan, "poor_kinh", parts=(replace(parts[0], unit=village.pk), *parts[1:]))
    for cells, sentence in ((elsewhere, "không thuộc Thị trấn Tân Khai"), (changed(
        plan, "poor_kinh", parts=parts[:1]), "Thiếu phần của một nơi")):  # fmt: skip
        with pytest.raises(Refused, match=sentence):
            change_cells(actor=system, plan=plan, cells=cells, expected_version=plan.version)


def test_a_need_above_its_cap_is_refused(system):
    plan = tan_khai(system)
    third = fill(plan.unit, [Row("TK2-02", "Bùi Văn Ổi", "Khu phố 2")])[0]
    needs = [Need("television", "Ti vi", 4_000_001, "mobilised", 4_000_000)]
    named = NamedHousehold(third, "poor", "ông", [], [], needs)
    with pytest.raises(Refused, match=r"Ti vi ghi 4\.000\.001 đồng, vượt mức cao nhất 4\.000\.000"):
        name_household(actor=system, plan=plan, named=named)
    cells = Cells.of(plan)
    dear = tuple(replace(one, amount_vnd=5_000_000) if one.cap_vnd else one for one in cells.needs)
    with pytest.raises(Refused, match="vượt mức cao nhất"):
        change_cells(
            actor=system,
            plan=plan,
            cells=replace(cells, needs=dear),
            expected_version=plan.version,
        )


def test_a_promise_in_per_cent_without_its_number_is_refused(system):
    plan = tu_mo_rong(system)
    with pytest.raises(Refused, match="cần một số phần trăm"):
        change_cells(
            actor=system,
            plan=plan,
            cells=changed(plan, "poverty", value=None),
            expected_version=plan.version,
        )


# ---- what was kept before ----


def test_targets_kept_before_count_the_households_of_their_class(system):
    plan = lao_cai(system)
    PlanTarget.objects.create(plan=plan, code="poor", opening=21, reduction=5, position=7)
    PlanTarget.objects.filter(plan=plan).update(classes="")
    move = import_module("chungtay.plans.migrations.0002_target_kinds")
    move.say_what_is_counted(apps, None)
    assert [(one.code, one.population, one.opening) for one in Cells.of(plan).targets] == [
        ("poor", "poor", 21),
        ("near_poor", "near_poor", 3),
    ]
