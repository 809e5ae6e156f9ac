"""Questions about plans: their numbers, where the place stands, the households behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from chungtay.households.models import Household
from chungtay.households.queries.people import households_seen_by, standing_on
from chungtay.households.queries.residences import lived_in
from chungtay.households.queries.statuses import count_by_class, statuses_of_many
from chungtay.places.models import Unit
from chungtay.places.queries import population_on
from chungtay.plans.arithmetic import Cells, DerivedTarget, contradictions_of, derive
from chungtay.plans.models import Plan, PlanHousehold
from chungtay.rulebook.wording import Sentence, catalogued, vi_int
from chungtay.staff.policy import PostActor


def plans_seen_by(actor: PostActor) -> QuerySet[Plan]:
    """The plans an actor may see."""
    condition = Q(pk__in=())
    for unit in actor.units_for("plans.see"):
        condition |= Q(unit__path__startswith=unit.path)
    return Plan.objects.filter(condition).select_related("unit__parent")


def plan_of(unit: Unit, year: int) -> Plan | None:
    """The plan of a place for a year, its latest edition; a village looks at its commune's."""
    own = unit.parent_id if unit.level == "village" else unit.pk
    plans = Plan.objects.filter(unit=own, year=year).select_related("unit")
    return plans.order_by("-edition", "pk").first()


def named_households(plan: Plan) -> list[PlanHousehold]:
    """The households behind a plan's promise, in order."""
    rows = plan.named_households.filter(withdrawn=False)
    return list(rows.select_related("household__village").order_by("position"))


def mentioned_households(plan: Plan) -> list[PlanHousehold]:
    """Every household the plan's sentences may name, those taken back from the promise included."""
    rows = plan.named_households.select_related("household__village")
    return list(rows.order_by("position", "pk"))


@dataclass(frozen=True)
class Standing:
    """Where a population stands against its promise on a day."""

    derived: DerivedTarget
    now: int
    still_to_go: int
    registered_opening: int


def standings(plan: Plan, on: date) -> list[Standing]:
    """Each promise with the register's count at the start of the year and on a day."""
    opening = _count_on(plan, date(plan.year, 1, 1))
    now = _count_on(plan, on)
    return [
        Standing(
            derived,
            now[derived.cell.population],
            max(0, now[derived.cell.population] - derived.closing),
            opening[derived.cell.population],
        )
        for derived in derive(Cells.of(plan))
    ]


POPULATION_WORDS = {"poor": catalogued("hộ nghèo"), "near_poor": catalogued("hộ cận nghèo")}


def findings_of(plan: Plan, cells: Cells | None = None) -> list[Sentence]:
    """Everything in a plan's numbers that needs a look, each in a sentence."""
    typed = cells or Cells.of(plan)
    return [
        *contradictions_of(typed),
        *_against_the_register(plan, typed),
        *_against_the_names(plan, typed),
    ]


def _count_on(plan: Plan, on: date) -> Counter[str]:
    lived = Household.objects.filter(lived_in([plan.unit], on), withdrawn=False)
    return count_by_class(lived, on)


def _against_the_register(plan: Plan, cells: Cells) -> Iterator[Sentence]:
    first = date(plan.year, 1, 1)
    registered = _count_on(plan, first)
    for cell in cells.targets:
        if registered[cell.population] != cell.opening:
            yield Sentence(
                "Kế hoạch ghi {planned} {words} đầu năm, sổ hộ có {registered}. "
                "Hãy sửa số trong kế hoạch, hoặc bổ sung hộ vào sổ.",
                planned=vi_int(cell.opening),
                words=POPULATION_WORDS[cell.population],
                registered=vi_int(registered[cell.population]),
            )
    counted, total = population_on(plan.unit, first), cells.total_households
    if counted is not None and total is not None and total != counted.households:
        yield Sentence(
            "Kế hoạch tính trên {planned} hộ, số hộ dân cư đã ghi cho {unit} là {counted}.",
            planned=vi_int(total),
            unit=plan.unit.name,
            counted=vi_int(counted.households),
        )


def _against_the_names(plan: Plan, cells: Cells) -> Iterator[Sentence]:
    rows = named_households(plan)
    for cell in cells.targets:
        named = sum(row.population == cell.population for row in rows)
        if rows and named < cell.reduction:
            yield Sentence(
                "Chỉ tiêu giảm {promised} {words}, mới có tên {named} hộ; "
                "còn thiếu tên {missing} hộ.",
                promised=cell.reduction,
                words=POPULATION_WORDS[cell.population],
                named=named,
                missing=cell.reduction - named,
            )
    first = date(plan.year, 1, 1)
    statuses = statuses_of_many([row.household_id for row in rows], first)
    for row in rows:
        spell = statuses.get(row.household_id)
        if spell is None or spell.household_class != row.population:
            yield Sentence(
                "Hộ {head} có tên trong chỉ tiêu {words} "
                "nhưng đầu năm không thuộc diện đó trong sổ.",
                head=row.household.head_name,
                words=POPULATION_WORDS[row.population],
            )


def candidates(actor: PostActor, plan: Plan, population: str) -> list[Household]:
    """The households of a class at the start of the year that are not named yet."""
    first = date(plan.year, 1, 1)
    lived = households_seen_by(actor, on=first).filter(lived_in([plan.unit], first))
    seen = standing_on(lived, first)
    named = {row.household_id for row in named_households(plan)}
    listed = list(seen.order_by("head_sort_key"))
    statuses = statuses_of_many([household.id for household in listed], first)
    return [
        household
        for household in listed
        if household.id not in named
        and (spell := statuses.get(household.id)) is not None
        and spell.household_class == population
    ]
