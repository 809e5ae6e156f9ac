"""What became of the poor and near-poor of each village, what was promised, who was named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from chungtay.plans.arithmetic import derive
from chungtay.plans.cells import Cells
from chungtay.plans.models import AskedPart, Plan, PlanHousehold, PromisedHousehold
from chungtay.plans.queries import named_households, plan_of
from chungtay.reports.sheets.asked import Asked
from chungtay.reports.sheets.figures import Figure, counted, unknown
from chungtay.reports.standings import courses_by_household, period_of, territory_of
from chungtay.rulebook.poverty_flows import NEAR_POOR, POOR, flows_of
from chungtay.rulebook.promises import HOUSEHOLD

# The figures of a class: which columns of its movement each counts.
MOVES: dict[str, dict[str, tuple[str, ...]]] = {
    POOR: {
        "poor_opening": ("opening",),
        "poor_left": ("crossed_out", "risen"),
        "poor_fallen_back": ("fallen_back",),
        "poor_new": ("newly_fallen",),
        "poor_closing": ("closing",),
    },
    NEAR_POOR: {
        "near_opening": ("opening",),
        "near_left": ("risen",),
        "near_fallen_back": ("fallen_back",),
        "near_new": ("newly_fallen",),
        "near_closing": ("closing",),
    },
}
PREFIX = {POOR: "poor", NEAR_POOR: "near"}
Ids = dict[tuple[int | None, str], list[UUID]]


@dataclass(frozen=True)
class Families:
    """What is known of the households of every village; ``plan`` is the commune's own."""

    plan: Plan | None
    moved: Ids
    named: Ids
    helped: Ids
    promised: dict[tuple[int | None, str], int]

    def figures(self, village: int) -> Iterator[Figure]:
        """The figures of one village, in their order."""
        for household_class, moves in MOVES.items():
            for key in moves:
                yield counted(key, self.moved.get((village, key), ()))
                if key.endswith("_opening"):
                    yield from self._promise(village, household_class)
        yield counted("help_planned", self.helped.get((village, ""), ()))

    def _promise(self, village: int, household_class: str) -> Iterator[Figure]:
        prefix = PREFIX[household_class]
        promised = self.promised.get((village, household_class))
        yield Figure(f"{prefix}_promised", promised)
        if self.plan is None:
            yield unknown(f"{prefix}_named")
        else:
            yield counted(f"{prefix}_named", self.named.get((village, household_class), ()))


def families_of(asked: Asked) -> Families:
    """What the register and the plan say of the households of a commune in a year."""
    plan = plan_asked(asked)
    named: Ids = defaultdict(list)
    helped: Ids = defaultdict(list)
    for row in named_households(plan) if plan is not None else ():
        named[row.household.village_id, row.population].append(row.household_id)
        if row.helpers:
            helped[row.household.village_id, ""].append(row.household_id)
    promised = _planned(plan) | _answered(plan) if plan is not None else {}
    for place, household_class, pk in _behind_answers(plan) if plan is not None else ():
        named[place, household_class].append(pk)
    return Families(plan, _moved(asked), named, helped, promised)


def plan_asked(asked: Asked) -> Plan | None:
    """The plan of the commune for the year; None where it has none."""
    return next(filter(None, (plan_of(unit, asked.year) for unit in asked.units)), None)


def helpers_of(plan: Plan | None) -> Iterator[tuple[str, PlanHousehold]]:
    """Who the plan says helps which household, as it is called there."""
    for row in named_households(plan) if plan is not None else ():
        for helper in row.helpers:
            yield str(helper), row


def _moved(asked: Asked) -> Ids:
    period = period_of(asked.year, "year", asked.on)
    courses = courses_by_household(territory_of(asked.place, period), period, asked.standard)
    moved: Ids = defaultdict(list)
    for pk, course in courses.items():
        for household_class, moves in MOVES.items():
            for place, flow in flows_of(course, household_class).items():
                for key, columns in moves.items():
                    if any(getattr(flow, column) for column in columns):
                        moved[place, key].append(pk)
    return moved


def _planned(plan: Plan) -> dict[tuple[int | None, str], int]:
    """What each village carries of the plan's own targets, added up by class."""
    found: dict[tuple[int | None, str], int] = defaultdict(int)
    for one in derive(Cells.of(plan)):
        classes = one.cell.kind.population.classes
        if one.cell.kind.population.counted == HOUSEHOLD and len(classes) == 1:
            for part in one.parts:
                found[part.cell.unit, classes[0]] += part.reduction
    return dict(found)


def _answered(plan: Plan) -> dict[tuple[int | None, str], int]:
    """What each village answered to the numbers handed down to it."""
    found: dict[tuple[int | None, str], int] = defaultdict(int)
    rows = AskedPart.objects.filter(
        handing__target__plan=plan,
        handing__withdrawn=False,
        handing__target__counted=HOUSEHOLD,
        handing__target__measure="count",
        handing__target__classes__in=(POOR, NEAR_POOR),
        promised__isnull=False,
    )
    for unit, household_class, count in rows.values_list(
        "unit", "handing__target__classes", "promised"
    ):
        found[unit, household_class] += int(count or 0)
    return dict(found)


def _behind_answers(plan: Plan) -> Iterable[tuple[int, str, UUID]]:
    rows = PromisedHousehold.objects.filter(
        handing__target__plan=plan,
        handing__withdrawn=False,
        handing__target__classes__in=(POOR, NEAR_POOR),
        withdrawn=False,
    )
    return rows.values_list("part__unit", "handing__target__classes", "household")
