"""Progress the register cannot measure: typed with its source, never lost, and its light."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.plans.cells import Cells, Meaning, TargetCell
from chungtay.plans.following_up import note_progress, withdraw_progress
from chungtay.plans.lights import followed_by
from chungtay.plans.models import Plan, TypedProgress
from chungtay.plans.progress import progress_of
from chungtay.plans.services import open_plan
from chungtay.rulebook.promises import AT_LEAST, COVERAGE, Kind, Population

pytestmark = [pytest.mark.database, pytest.mark.django_db]
TODAY, MIDDLE, END = date(2024, 12, 31), date(2024, 7, 1), date(2024, 12, 31)
INSURED = TargetCell(
    "insured",
    value=Decimal(95),
    meaning=Meaning(Kind(Population(counted="person"), COVERAGE, AT_LEAST), aim="có thẻ BHYT"),
)


@pytest.fixture
def plan(system, quang_trung) -> Plan:
    plan_id = open_plan(
        actor=system,
        unit=quang_trung,
        year=2024,
        subject="Giảm nghèo",
        content={},
        cells=Cells(100, (INSURED, TargetCell("poor", 0, 0))),
    )
    return Plan.objects.select_related("unit").get(pk=plan_id)


def note(actor, plan, value="90", on=MIDDLE, source="Báo cáo của Trạm Y tế", code="insured"):
    return note_progress(
        actor=actor,
        plan=plan,
        code=code,
        value=Decimal(value),
        on=on,
        source=source,
        today=TODAY,
    )


def insured(plan, on):
    found = followed_by(plan, progress_of(plan, on), on)
    return next(one for one in found if one.progress.derived.cell.code == "insured")


def test_what_was_typed_gives_the_light_of_its_promise(plan, system) -> None:
    assert insured(plan, MIDDLE).light.colour == "unknown"
    note(system, plan, "45")
    found = insured(plan, MIDDLE)
    assert found.light.colour == "green"
    assert str(found.light.why) == "Đã đạt 45/95\u00a0% khi năm đã qua 50\u00a0%."
    assert insured(plan, END).light.colour == "red"
    note(system, plan, "95", END)
    assert insured(plan, END).light.colour == "green"
    assert insured(plan, MIDDLE).typed.value == 45


def test_what_was_typed_by_mistake_is_taken_back_and_kept(plan, system) -> None:
    first, second = note(system, plan, "45"), note(system, plan, "54", date(2024, 8, 1))
    withdraw_progress(actor=system, plan=plan, entry_id=second, withdrawn=True)
    assert insured(plan, END).typed.pk == first
    assert TypedProgress.objects.count() == 2
    withdraw_progress(actor=system, plan=plan, entry_id=second, withdrawn=False)
    assert insured(plan, END).typed.pk == second


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"source": " "}, "Chưa ghi nguồn số liệu"),
        ({"value": "101"}, "không thể là 101"),
        ({"on": date(2023, 12, 31)}, "không thuộc năm 2024"),
        ({"code": "poor", "value": "0"}, "máy tính được từ sổ hộ"),
    ],
)
def test_what_cannot_be_is_refused(plan, system, given, said) -> None:
    with pytest.raises(Refused, match=said):
        note(system, plan, **given)


def test_a_day_to_come_is_refused(plan, system) -> None:
    with pytest.raises(Refused, match="chưa tới"):
        note_progress(
            actor=system,
            plan=plan,
            code="insured",
            value=Decimal(1),
            on=END,
            source="Báo cáo",
            today=MIDDLE,
        )


def test_who_may_not_change_the_plan_notes_nothing(
    plan, quang_trung, hire, acting, outsider
) -> None:
    for user in (hire("finance_officer", quang_trung), hire("front", quang_trung), outsider):
        with pytest.raises(NotAllowed):
            note(acting(user), plan)


def test_no_entry_without_a_source_or_below_nothing(plan) -> None:
    row = {
        "target": plan.targets.get(code="insured"),
        "on": MIDDLE,
        "by": "Ai",
        "at": timezone.now(),
    }
    for wrong in ({"value": -1, "source": "Báo cáo"}, {"value": 1, "source": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TypedProgress.objects.create(**row, **wrong)
