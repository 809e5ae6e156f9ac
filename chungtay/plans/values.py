"""The live values of a plan's sentences, by token name."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from chungtay.plans.arithmetic import Cells, DerivedTarget, TargetCell, derive, sums_of
from chungtay.plans.models import Plan
from chungtay.plans.queries import mentioned_households
from chungtay.rulebook.targets import rate
from chungtay.rulebook.wording import official_count, vi_number, vi_percent

UNKNOWN = "…"
# What stands in a sentence, on screen and on paper, for a number that is still to be filled in.
BLANK = "……"
MILLION = 10**6


def values_of(plan: Plan, cells: Cells | None = None) -> dict[str, str]:
    """Every live value of a plan as text: counts, rates, households its sentences name, year."""
    values = {"year": str(plan.year), **_fixed(plan), **numbers_of(cells or Cells.of(plan))}
    for row in mentioned_households(plan):
        village = row.household.village
        place = village.name.lower() if village else ""
        name = f"{row.salutation} {row.household.head_name}"
        values[f"household_{row.position}"] = f"{name} ({place})" if place else name
        values[f"household_{row.position}_name"] = name
        values[f"household_{row.position}_village"] = place or UNKNOWN
    return values


def numbers_of(cells: Cells) -> dict[str, str]:
    """The numbers that follow from the cells, as official papers write them."""
    total = cells.total_households
    of_targets = (pair for one in derive(cells) for pair in _of_target(one, total))
    return dict(of_targets) | dict(_of_money(cells))


def million(amount_vnd: int) -> str:
    """An amount in million đồng: 1977000000 -> "1.977", 1500000 -> "1,5"."""
    return vi_number(Decimal(amount_vnd) / MILLION)


def official_million(amount_vnd: int) -> str:
    """An amount in million đồng with two digits below ten: 3000000 -> "03"."""
    whole, rest = divmod(amount_vnd, MILLION)
    return million(amount_vnd) if rest else official_count(whole)


def _fixed(plan: Plan) -> dict[str, str]:
    """Values the plan itself promises in words, such as full coverage by health insurance."""
    promised = plan.content.get("values", {})
    return {str(name): str(value) for name, value in promised.items()}


def _of_target(derived: DerivedTarget, total: int | None) -> Iterator[tuple[str, str]]:
    cell, name, target = derived.cell, derived.cell.code, derived.target
    if cell.is_open:
        yield from _open(cell, total)
    for end, count in {
        "opening": cell.opening,
        "reduction": derived.reduction,
        "closing": derived.closing,
    }.items():
        if count is not None:
            yield f"{name}_{end}", official_count(count)
    if cell.is_count and cell.opening is not None and not cell.is_open:
        yield f"{name}_opening_rate", vi_percent(target.opening_rate) if target else UNKNOWN
        yield f"{name}_closing_rate", vi_percent(target.closing_rate) if target else UNKNOWN
    if cell.value is not None:
        yield f"{name}_value", _per_cent(cell.value, cell.value_to)
    if cell.base_count is not None:
        yield f"{name}_base", official_count(cell.base_count)
    for position, part in enumerate(derived.parts, 1):
        yield f"{name}_part_{position}", official_count(part.reduction)


def _open(cell: TargetCell, total: int | None) -> Iterator[tuple[str, str]]:
    """Every value of a promise without its number is a blank; what is known overwrites it."""
    ends = ("opening", "opening_rate", "closing_rate") if cell.is_count else ("value", "base")
    for end in ("reduction", "closing", *ends):
        yield f"{cell.code}_{end}", BLANK
    if cell.is_count and cell.opening is not None and cell.opening <= (total or 0):
        yield f"{cell.code}_opening_rate", vi_percent(rate(cell.opening, total or 0))


def _per_cent(value: Decimal, value_to: Decimal | None) -> str:
    """As sentences write it: "10,5%", "8-9%"."""
    high = f"-{vi_number(value_to)}" if value_to is not None else ""
    return f"{vi_number(value)}{high}%"


def _of_money(cells: Cells) -> Iterator[tuple[str, str]]:
    sums = sums_of(cells)
    for line in cells.lines:
        yield f"line_{line.code}_million", million(line.amount_vnd)
    if cells.lines:
        yield "lines_million", million(sums.total)
    for name, amount in (*sums.by_capital.items(), *sums.by_source.items()):
        yield f"{name}_million", million(amount)
    for need in sums.needs:
        yield f"need_{need.code}_count", official_count(need.count)
        yield f"need_{need.code}_million", official_million(need.amount_vnd)
        if need.cap_vnd is not None:
            yield f"need_{need.code}_cap", million(need.cap_vnd)
    if cells.needs:
        yield "needs_count", official_count(len(cells.needs))
        yield "needs_million", official_million(sums.needs_total)
