"""Cells written into their rows; only ever inside an open act."""

from __future__ import annotations

from chungtay.plans.cells import Cells, Meaning, TargetCell
from chungtay.plans.models import Plan, PlannedLine, PlannedNeed, PlanPart, PlanTarget


def write_cells(plan: Plan, cells: Cells) -> None:
    """Write the numbers of every promise, its parts, and the amounts of money."""
    for position, cell in enumerate(cells.targets):
        _write_target(plan, position, cell)
    codes = {row.code: row for row in plan.targets.all()}
    for cell in cells.targets:
        if cell.meaning.part_of:
            whole = codes[cell.meaning.part_of]
            PlanTarget.objects.filter(pk=codes[cell.code].pk).update(part_of=whole)
    _write_lines(plan, cells)
    for need in cells.needs:
        if need.pk:
            PlannedNeed.objects.filter(pk=need.pk, row__plan=plan).update(
                amount_vnd=need.amount_vnd
            )


def _write_target(plan: Plan, position: int, cell: TargetCell) -> None:
    numbers = {
        "position": position,
        "number_open": cell.is_open,
        "opening": cell.opening,
        "reduction": cell.reduction,
        "stated_opening_rate": cell.stated_opening_rate,
        "stated_closing_rate": cell.stated_closing_rate,
        "value": cell.value,
        "value_to": cell.value_to,
        "base_count": cell.base_count,
    }
    row, _new = PlanTarget.objects.update_or_create(
        plan=plan, code=cell.code, defaults=numbers | _meant(cell.meaning)
    )
    for at, part in enumerate(cell.parts):
        PlanPart.objects.update_or_create(
            target=row,
            unit_id=part.unit,
            defaults={"position": at, "opening": part.opening, "reduction": part.reduction},
        )


def _meant(meaning: Meaning) -> dict[str, object]:
    kind, population, base = meaning.kind, meaning.kind.population, meaning.kind.base
    return {
        "aim": meaning.aim,
        "counted": population.counted,
        "classes": ",".join(population.classes),
        "subclass": population.subclass,
        "group": population.group,
        "registered_need": population.registered_need,
        "age_from": population.age_from,
        "age_to": population.age_to,
        "dimension": meaning.dimension,
        "indicator": meaning.indicator,
        "measure": kind.measure,
        "comparator": kind.comparator,
        "base_classes": ",".join(base.population.classes) if base else "",
        "base_subclass": base.population.subclass if base else "",
        "base_on": base.on if base else None,
        "base_from": base.from_year if base else None,
        "base_to": base.to_year if base else None,
        "base_reach": base.reach if base else "",
        "base_said": meaning.base_said,
        "assigned_by": meaning.assigned_by,
    }


def _write_lines(plan: Plan, cells: Cells) -> None:
    for position, line in enumerate(cells.lines):
        PlannedLine.objects.update_or_create(
            plan=plan,
            code=line.code,
            defaults={
                "position": position,
                "purpose": line.purpose,
                "project": line.project,
                "amount_vnd": line.amount_vnd,
                "capital": line.capital,
                "source": line.source,
                "stage": line.stage,
                "organiser": line.organiser,
            },
        )
