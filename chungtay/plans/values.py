"""The live values of a plan's sentences, by token name."""

from __future__ import annotations

from chungtay.plans.arithmetic import Cells, DerivedTarget, derive
from chungtay.plans.models import Plan
from chungtay.plans.queries import mentioned_households
from chungtay.rulebook.wording import official_count, vi_percent

UNKNOWN = "…"


def values_of(plan: Plan, cells: Cells | None = None) -> dict[str, str]:
    """Every live value of a plan as text: counts, rates, households its sentences name, year."""
    values = {"year": str(plan.year), **_fixed(plan), **numbers_of(cells or Cells.of(plan))}
    for row in mentioned_households(plan):
        village = row.household.village
        place = f" ({village.name.lower()})" if village else ""
        values[f"household_{row.position}"] = f"{row.salutation} {row.household.head_name}{place}"
    return values


def numbers_of(cells: Cells) -> dict[str, str]:
    """The counts and rates that follow from the cells, as official papers write them."""
    return {name: text for one in derive(cells) for name, text in _of_target(one).items()}


def _fixed(plan: Plan) -> dict[str, str]:
    """Values the plan itself promises in words, such as full coverage by health insurance."""
    promised = plan.content.get("values", {})
    return {str(name): str(value) for name, value in promised.items()}


def _of_target(derived: DerivedTarget) -> dict[str, str]:
    name, target = derived.cell.population, derived.target
    return {
        f"{name}_opening": official_count(derived.cell.opening),
        f"{name}_reduction": official_count(derived.cell.reduction),
        f"{name}_closing": official_count(derived.closing),
        f"{name}_opening_rate": vi_percent(target.opening_rate) if target else UNKNOWN,
        f"{name}_closing_rate": vi_percent(target.closing_rate) if target else UNKNOWN,
    }
