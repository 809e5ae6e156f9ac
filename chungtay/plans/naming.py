"""Numbers backed by names: which promises are short of them, and the reason that is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.models import MissingNamesReason, Plan, PlanHousehold
from chungtay.rulebook.promise_words import population_words
from chungtay.rulebook.promises import HOUSEHOLD
from chungtay.rulebook.wording import Sentence, vi_date, vi_int

Reasons = dict[str, MissingNamesReason]


@dataclass(frozen=True)
class Shortage:
    """A promise to bring down a number of households that names fewer of them."""

    cell: TargetCell
    named: int

    @property
    def missing(self) -> int:
        """How many households have no name yet."""
        return (self.cell.reduction or 0) - self.named


def shortages(cells: Cells, rows: Iterable[PlanHousehold]) -> list[Shortage]:
    """The promises that name fewer households than they count, of the rows that stand."""
    named = Counter(row.population for row in rows)
    found = [Shortage(cell, named[cell.population]) for cell in cells.targets if _nameable(cell)]
    return [one for one in found if one.missing > 0]


def _nameable(cell: TargetCell) -> bool:
    return (
        cell.is_count
        and cell.kind.population.counted == HOUSEHOLD
        and cell.population in PlanHousehold.Population.values
    )


def reasons_of(plan: Plan) -> Reasons:
    """The reasons that stand, by the code of their promise."""
    rows = MissingNamesReason.objects.filter(target__plan=plan).exclude(text="")
    return {row.target.code: row for row in rows.select_related("target")}


def remarks_of(plan: Plan, cells: Cells, reasons: Reasons | None = None) -> Iterator[Sentence]:
    """What is worth knowing and needs no mending: the reasons given for missing names."""
    reasons = reasons_of(plan) if reasons is None else reasons
    if not reasons:
        return
    for one in shortages(cells, standing_rows(plan)):
        reason = reasons.get(one.cell.code)
        if reason is not None and reason.said_on is not None:
            yield Sentence(
                "Chỉ tiêu giảm {promised} {words} còn thiếu tên {missing} hộ. "
                "Lý do: {reason} ({by} ghi ngày {day}).",
                promised=vi_int(one.cell.reduction or 0),
                words=population_words(one.cell.kind.population),
                missing=vi_int(one.missing),
                reason=reason.text.rstrip(" ."),
                by=reason.said_by,
                day=vi_date(reason.said_on),
            )


def empty_met_reasons(plan: Plan) -> None:
    """Empty the reasons of promises that have all their names; only ever inside an open act."""
    reasons = reasons_of(plan)
    if not reasons:
        return
    short = {one.cell.code for one in shortages(Cells.of(plan), standing_rows(plan))}
    for code, row in reasons.items():
        if code not in short:
            row.text, row.said_by, row.said_on = "", "", None
            row.version += 1
            row.save()


def standing_rows(plan: Plan) -> list[PlanHousehold]:
    """The households behind a plan's promises, those taken back left out."""
    return list(plan.named_households.filter(withdrawn=False))
