"""The register counted for a plan: its households by place, class and kind, and one ethnic group.

Whatever the number of targets and places, a day costs one question, and one more for each group.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from chungtay.households.models import Membership, StatusSpell
from chungtay.households.models.people import HEAD
from chungtay.households.queries.spells import spell_holds
from chungtay.households.queries.statuses import spells_on
from chungtay.places.models import Level
from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.models import Plan
from chungtay.rulebook.promises import HOUSEHOLD, Population
from chungtay.staff.policy import within

Row = tuple[int | None, str, str, int]
LIVED = "household__residences__"


@dataclass(frozen=True)
class Counted:
    """The households of a plan's place in each class on a day; by group where one is asked."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def of(self, population: Population, unit: int | None = None) -> int:
        """How many households of a population there are, in one place below or in all."""
        return sum(
            count
            for place, household_class, subclass, count in self.rows[population.group]
            if household_class in population.classes
            and population.subclass in {"", subclass}
            and unit in {None, place}
        )

    def by_class(self) -> Counter[str]:
        """How many households there are in each class."""
        counts: Counter[str] = Counter()
        for _place, household_class, _subclass, count in self.rows[""]:
            counts[household_class] += count
        return counts


def countable(cell: TargetCell) -> bool:
    """Whether the register's decided classes can measure a promise."""
    population = cell.kind.population
    decided = {"poor", "near_poor"}
    return (
        population.counted == HOUSEHOLD
        and not population.registered_need
        and bool(population.classes)
        and set(population.classes) <= decided
        and cell.kind.measure != "coverage"
    )


def counted_on(plan: Plan, on: date, groups: Iterable[str] = ()) -> Counted:
    """The plan's households by place and class on a day, and once more for each group."""
    return Counted(
        {group: _rows(plan, on, group) for group in dict.fromkeys(["", *filter(None, groups)])}
    )


def groups_of(cells: Cells) -> list[str]:
    """The ethnic groups the promises speak of."""
    return [cell.kind.population.group for cell in cells.targets if cell.kind.population.group]


def _rows(plan: Plan, on: date, group: str) -> list[Row]:
    spells = spells_on(on, plan.standard or None).filter(
        spell_holds(on, LIVED), within([plan.unit], LIVED), **{f"{LIVED}withdrawn": False}
    )
    spells = of_group(spells, on, group)
    below = "village" if plan.unit.level == Level.COMMUNE else "commune"
    rows = spells.values_list(f"{LIVED}{below}", "household_class", "subclass")
    return list(rows.annotate(households=Count("pk")))


def of_group(spells: QuerySet[StatusSpell], on: date, group: str) -> QuerySet[StatusSpell]:
    """Those of some spells whose household belongs to an ethnic group; all where none is asked."""
    return spells.filter(Exists(_heads(on, group))) if group else spells


def _heads(on: date, group: str) -> QuerySet[Membership]:
    """The memberships that make a household one of a group: its head belongs to it."""
    return Membership.objects.filter(
        spell_holds(on),
        household=OuterRef("household"),
        relation=HEAD,
        withdrawn=False,
        person__ethnicity=group,
    )
