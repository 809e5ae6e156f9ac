"""A plan's paper keeps the villages of its year, whatever they became since."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.households.services import merge_villages
from chungtay.places.queries import villages_of
from chungtay.places.services import rename_village
from chungtay.plans.queries import named_households
from chungtay.plans.values import values_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PAPER = "Nghị quyết số 12/NQ-HĐND ngày 15/5/2024"


def test_the_villages_of_the_plans_year_stay_in_its_words(plan, system):
    before = values_of(plan)
    assert any("(thôn 4)" in text for text in before.values())
    villages = {unit.name: unit for unit in villages_of(plan.unit, date(2023, 1, 1))}
    merge_villages(
        actor=system,
        commune=plan.unit,
        villages=[villages["Thôn 4"], villages["Thôn 5"]],
        into="Thôn Đoàn Kết",
        on=date(2024, 6, 1),
        paper=PAPER,
    )
    rename_village(
        actor=system, village=villages["Thôn 1"], name="Thôn Một", on=date(2024, 6, 1), paper=PAPER
    )
    assert values_of(plan) == before
    shown = {row.household.village.name for row in named_households(plan) if row.household.village}
    assert shown
    assert not shown & {"Thôn Đoàn Kết", "Thôn Một"}
