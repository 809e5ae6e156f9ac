"""How many households of each class the places below had when the year began, and have now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from chungtay.households.queries.residences import residences_on
from chungtay.households.queries.spells import spell_holds
from chungtay.households.queries.statuses import spells_on
from chungtay.places.models import Level, Unit
from chungtay.plans.counting import LIVED, Counted, Row, counted_at, of_group
from chungtay.plans.models import Plan
from chungtay.plans.splitting import above_of, rolled_up
from chungtay.rulebook.promises import NEAR_POOR, POOR, Population
from chungtay.staff.policy import within

NOTHING: dict[str, list[Row]] = {"": []}


@dataclass(frozen=True)
class Falls:
    """Both ends of the year by place, and how many poor became near-poor: (subclass, place)."""

    before: Counted = field(default_factory=lambda: Counted(dict(NOTHING)))
    now: Counted = field(default_factory=lambda: Counted(dict(NOTHING)))
    turned: Mapping[tuple[str, int | None], int] = field(default_factory=dict)

    def fallen(self, population: Population, unit: int | None = None) -> int:
        """How many households fewer there are, in one place below or in all."""
        return self.before.of(population, unit) - self.now.of(population, unit)


def falls_of(plan: Plan, on: date, units: Iterable[Unit], groups: Iterable[str] = ()) -> Falls:
    """The falls of a plan's year up to a day; families of a place that ended stay with it.

    So a ward that was merged has not got rid of its poor: they are counted where they began.
    """
    listed, first = list(groups), date(plan.year, 1, 1)
    before, now = (rolled_up(plan, one) for one in counted_at(plan, [first, on], listed))
    ended = [unit for unit in units if unit.ended_before(on)]
    if ended:
        now = Counted(
            {
                group: [*rows, *_brought_back(plan, on, ended, group)]
                for group, rows in now.rows.items()
            }
        )
    return Falls(before, now, _turned(plan, on))


def _place(plan: Plan) -> str:
    return "village" if plan.unit.level == Level.COMMUNE else "commune"


def _brought_back(plan: Plan, on: date, ended: list[Unit], group: str) -> list[Row]:
    """One less where a family of an ended place lives now, one more where it lived before."""
    below = _place(plan)
    homes = residences_on(date(plan.year, 1, 1)).filter(within(ended))
    came_from = dict(homes.values_list("household", below))
    spells = spells_on(on, plan.standard or None).filter(
        spell_holds(on, LIVED), **{f"{LIVED}withdrawn": False}, household__in=list(came_from)
    )
    found = of_group(spells, on, group).values_list(
        "household", f"{LIVED}{below}", "household_class", "subclass"
    )
    rows: list[Row] = []
    for household, place, household_class, subclass in found:
        rows.append((place, household_class, subclass, -1))
        rows.append((came_from[household], household_class, subclass, 1))
    return rows


def _turned(plan: Plan, on: date) -> dict[tuple[str, int | None], int]:
    """How many of the poor of the first day are near-poor now, by kind and by where they lived."""
    first, below = date(plan.year, 1, 1), _place(plan)
    near = spells_on(on, plan.standard or None).filter(household_class=NEAR_POOR)
    poor = spells_on(first, plan.standard or None).filter(
        spell_holds(first, LIVED),
        within([plan.unit], LIVED),
        household_class=POOR,
        household__in=near.values("household"),
        **{f"{LIVED}withdrawn": False},
    )
    rows = list(poor.values_list("subclass", f"{LIVED}{below}").annotate(households=Count("pk")))
    above: Mapping[int, int] = {}
    if plan.unit.level == Level.PROVINCE:
        above = above_of(plan, {place for _kind, place, _count in rows if place is not None})
    found: Counter[tuple[str, int | None]] = Counter()
    for kind, place, count in rows:
        # Asked for A, for B, and for the poor of any kind.
        for asked in {kind, ""}:
            found[asked, above.get(place, place)] += count
    return dict(found)
