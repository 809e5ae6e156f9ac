"""A plan's cells and all that follows from them: one number, one cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from chungtay.plans.models import Plan, PlanTarget
from chungtay.rulebook.targets import RateClaim, Target, TargetError, contradictions, plan_target
from chungtay.rulebook.wording import Sentence

POOR, NEAR_POOR = PlanTarget.Population.POOR, PlanTarget.Population.NEAR_POOR


@dataclass(frozen=True)
class TargetCell:
    """What is typed for one population; rates only where a paper states them."""

    population: str
    opening: int
    reduction: int
    stated_opening_rate: Decimal | None = None
    stated_closing_rate: Decimal | None = None

    def as_json(self) -> dict[str, Any]:
        """What was typed, for the journal; the rates as text."""
        stated = {
            "opening_rate": self.stated_opening_rate,
            "closing_rate": self.stated_closing_rate,
        }
        rates = {name: str(rate) for name, rate in stated.items() if rate is not None}
        return {"opening": self.opening, "reduction": self.reduction, **rates}


@dataclass(frozen=True)
class Cells:
    """Everything typed into a plan's arithmetic."""

    total_households: int | None
    targets: tuple[TargetCell, ...]

    @classmethod
    def of(cls, plan: Plan) -> Cells:
        """The cells of a plan as kept, poor first."""
        rows = {row.population: row for row in plan.targets.all()}
        order = [population for population in (POOR, NEAR_POOR) if population in rows]
        return cls(plan.total_households, tuple(_cell(rows[population]) for population in order))

    def target(self, population: str) -> TargetCell | None:
        """The cell of one population."""
        return next((cell for cell in self.targets if cell.population == population), None)

    def as_json(self) -> dict[str, Any]:
        """The cells for the journal."""
        return {
            "total": self.total_households,
            **{cell.population: cell.as_json() for cell in self.targets},
        }


def _cell(row: PlanTarget) -> TargetCell:
    return TargetCell(
        row.population,
        row.opening,
        row.reduction,
        row.stated_opening_rate,
        row.stated_closing_rate,
    )


@dataclass(frozen=True)
class DerivedTarget:
    """A population's promise with what follows: closing and rates (None without a total)."""

    cell: TargetCell
    target: Target | None

    @property
    def closing(self) -> int:
        """How many are left at the end of the year if the promise is kept."""
        return self.cell.opening - self.cell.reduction


def derive(cells: Cells) -> tuple[DerivedTarget, ...]:
    """The promise of each population with its rest and rates."""
    return tuple(DerivedTarget(cell, _target(cells, cell)) for cell in cells.targets)


def _target(cells: Cells, cell: TargetCell) -> Target | None:
    if not cells.total_households:
        return None
    return plan_target(total=cells.total_households, opening=cell.opening, reduction=cell.reduction)


def refuse_impossible(cells: Cells) -> None:
    """TargetError if a number cannot be: negative, above its opening, above the total."""
    for cell in cells.targets:
        total = cells.total_households or max(cell.opening, 1)
        plan_target(total=total, opening=cell.opening, reduction=cell.reduction)


def impossible(cells: Cells) -> Sentence | None:
    """Why the cells cannot be; None if they can."""
    try:
        refuse_impossible(cells)
    except TargetError as error:
        return error.sentence
    return None


def contradictions_of(cells: Cells) -> tuple[Sentence, ...]:
    """The stated rates that do not fit the total of households, each in a sentence."""
    return contradictions(_claims(cells), cells.total_households or None)


def _claims(cells: Cells) -> Iterator[RateClaim]:
    for cell in cells.targets:
        if cell.stated_opening_rate is not None:
            yield RateClaim(cell.opening, cell.stated_opening_rate)
        if cell.stated_closing_rate is not None:
            yield RateClaim(cell.opening - cell.reduction, cell.stated_closing_rate)
