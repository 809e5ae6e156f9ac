"""A plan begun as the copy of another: its rows written again, its original left as it is."""

from __future__ import annotations

from django.db.models import Model

from chungtay.plans.cells import Cells
from chungtay.plans.models import (
    Plan,
    PlanBasis,
    PlanDeadline,
    PlanDuty,
    PlanHousehold,
    PlannedNeed,
    PlanRecipient,
)
from chungtay.plans.services import put_plan

PAPERS: tuple[type[Model], ...] = (PlanBasis, PlanDuty, PlanDeadline, PlanRecipient)


def copy_plan(source: Plan, made: Plan) -> None:
    """Write a new plan with all that another one says; only ever inside an open act.

    Households keep their positions, those taken back too, so that sentences go on naming the same.
    """
    put_plan(made, Cells.of(source))
    for model in PAPERS:
        _again(
            model,
            list(model._default_manager.filter(plan=source.pk, withdrawn=False).order_by("pk")),
            made,
        )
    for row in source.named_households.order_by("position"):
        needs = list(row.needs.order_by("pk"))
        _copy_household(row, needs, made)


def _again(model: type[Model], rows: list[Model], made: Plan) -> None:
    for row in rows:
        row.pk = None
        row.plan_id = made.pk  # type: ignore[attr-defined]
    model._default_manager.bulk_create(rows)


def _copy_household(row: PlanHousehold, needs: list[PlannedNeed], made: Plan) -> None:
    row.pk, row.plan_id = None, made.pk
    row.save(force_insert=True)
    for need in needs:
        need.pk, need.row = None, row
    PlannedNeed.objects.bulk_create(needs)
