"""The register counted for a plan: its households by place, class and kind, and one ethnic group.

Whatever the number of targets and places, all days together cost one question, and one more for
each group.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from chungtay.households.models import Membership, StatusSpell
from chungtay.households.models.people import HEAD
from chungtay.households.queries.spells import spell_holds
from chungtay.households.queries.statuses import standard_id_on
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
    (found,) = counted_at(plan, [on], groups)
    return found


def counted_at(plan: Plan, days: Sequence[date], groups: Iterable[str] = ()) -> list[Counted]:
    """The same on each of several days: the households are gone through once for all of them."""
    by_group = {
        group: _rows(plan, days, group) for group in dict.fromkeys(["", *filter(None, groups)])
    }
    return [
        Counted({group: rows[place] for group, rows in by_group.items()})
        for place in range(len(days))
    ]


def groups_of(cells: Cells) -> list[str]:
    """The ethnic groups the promises speak of."""
    return [cell.kind.population.group for cell in cells.targets if cell.kind.population.group]


def _rows(plan: Plan, days: Sequence[date], group: str) -> list[list[Row]]:
    """For each day, how many households of a class and kind there are in each place below."""
    held = [_held(plan, on, group) for on in days]
    spells = StatusSpell.objects.filter(
        reduce(or_, held),
        within([plan.unit], LIVED),
        withdrawn=False,
        household__withdrawn=False,
        **{f"{LIVED}withdrawn": False},
    )
    below = "village" if plan.unit.level == Level.COMMUNE else "commune"
    counts = {f"day_{place}": Count("pk", filter=one) for place, one in enumerate(held)}
    rows = list(
        spells.values_list(f"{LIVED}{below}", "household_class", "subclass").annotate(**counts)
    )
    return [
        [(unit, name, kind, counts[place]) for unit, name, kind, *counts in rows if counts[place]]
        for place in range(len(days))
    ]


def _held(plan: Plan, on: date, group: str) -> Q:
    """That a status held on a day, of a household that stood then and lived where it is counted."""
    standard = plan.standard or standard_id_on(on)
    held = spell_holds(on) & spell_holds(on, "household__") & spell_holds(on, LIVED)
    return (
        Q(held, Exists(_heads(on, group)), standard=standard)
        if group
        else Q(held, standard=standard)
    )


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
