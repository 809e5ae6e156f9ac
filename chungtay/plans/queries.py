"""Questions about plans: which there are, what in them needs a look, who stands behind them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from chungtay.households.models import Household
from chungtay.households.queries.people import households_seen_by, standing_on
from chungtay.households.queries.residences import lived_in, placed_on
from chungtay.households.queries.statuses import statuses_of_many
from chungtay.places.models import Unit
from chungtay.places.queries import population_on
from chungtay.plans.cells import Cells
from chungtay.plans.contradictions import contradictions_of
from chungtay.plans.counting import countable, counted_on, groups_of
from chungtay.plans.models import Plan, PlanHousehold
from chungtay.plans.naming import Reasons, reasons_of, shortages
from chungtay.plans.open_promises import open_promises
from chungtay.plans.states import other_plans, standing
from chungtay.plans.structure import defects_of
from chungtay.rulebook.promise_words import CLASS_WORDS, base_words, population_words
from chungtay.rulebook.wording import Sentence, vi_int
from chungtay.staff.policy import PostActor


def plans_seen_by(actor: PostActor) -> QuerySet[Plan]:
    """The plans an actor may see."""
    condition = Q(pk__in=())
    for unit in actor.units_for("plans.see"):
        condition |= Q(unit__path__startswith=unit.path)
    return Plan.objects.filter(condition, withdrawn=False).select_related("unit__parent")


def plan_of(unit: Unit, year: int) -> Plan | None:
    """The plan of a place for a year, in the edition that stands; a village looks at its commune's.

    Of several subjects the one that was begun first.
    """
    own = unit.parent_id if unit.level == "village" else unit.pk
    plans = standing(Plan.objects.filter(unit=own, year=year)).select_related("unit")
    return plans.first()


def plans_beside(actor: PostActor, plan: Plan) -> list[Plan]:
    """The other plans of a place, and those of the same year of the places below it."""
    below = Q(year=plan.year, unit__path__startswith=plan.unit.path)
    rows = standing(plans_seen_by(actor).filter(Q(unit=plan.unit) | below))
    return list(other_plans(rows, plan).order_by("unit__path", "-year", "subject"))


def named_households(plan: Plan) -> list[PlanHousehold]:
    """The households behind a plan's promise, in order."""
    return _where_they_lived(plan, _named(plan))


def _named(plan: Plan) -> QuerySet[PlanHousehold]:
    return plan.named_households.filter(withdrawn=False).order_by("position")


def mentioned_households(plan: Plan) -> list[PlanHousehold]:
    """Every household the plan's sentences may name, those taken back from the promise included."""
    return _where_they_lived(plan, plan.named_households.order_by("position", "pk"))


def _where_they_lived(plan: Plan, rows: QuerySet[PlanHousehold]) -> list[PlanHousehold]:
    """The households in the villages of the plan's year: its paper keeps their names."""
    listed = list(rows.select_related("household__village", "household__commune"))
    placed_on((row.household for row in listed), date(plan.year, 1, 1))
    return listed


def findings_of(
    plan: Plan, cells: Cells | None = None, reasons: Reasons | None = None
) -> list[Sentence]:
    """Everything in a plan's numbers that needs a look, each in a sentence.

    ``reasons`` for missing names, where they are known already.
    """
    typed = cells or Cells.of(plan)
    return [
        *open_promises(typed),
        *contradictions_of(typed),
        *_against_the_register(plan, typed),
        *_against_the_names(plan, typed, reasons),
        *defects_of(plan),
    ]


def _against_the_register(plan: Plan, cells: Cells) -> Iterator[Sentence]:
    first = date(plan.year, 1, 1)
    registered = counted_on(plan, first, groups_of(cells))
    for cell in filter(countable, cells.targets):
        words = population_words(cell.kind.population)
        found = registered.of(cell.kind.population)
        if cell.opening is not None and found != cell.opening:
            yield Sentence(
                "Kế hoạch ghi {planned} {words} đầu năm, sổ hộ có {registered}. "
                "Hãy sửa số trong kế hoạch, hoặc bổ sung hộ vào sổ.",
                planned=vi_int(cell.opening),
                words=words,
                registered=vi_int(found),
            )
        elif cell.opening is None and cell.reduction is not None and found < cell.reduction:
            yield Sentence(
                "Chỉ tiêu giảm {planned} {words} nhưng đầu năm sổ hộ chỉ có {registered} hộ. "
                "Hãy bổ sung hộ vào sổ, hoặc sửa chỉ tiêu.",
                planned=vi_int(cell.reduction),
                words=words,
                registered=vi_int(found),
            )
    yield from _against_the_bases(plan, cells)
    yield from _against_the_count(plan, cells)


def _against_the_bases(plan: Plan, cells: Cells) -> Iterator[Sentence]:
    """A base on a day against the register of that day; a base of a period is not in it."""
    for cell in cells.targets:
        base = cell.kind.base
        if base is None or base.on is None or cell.base_count is None:
            continue
        found = counted_on(plan, base.on).of(base.population)
        if found != cell.base_count:
            yield Sentence(
                "Số gốc của chỉ tiêu ghi {planned} {words}, sổ hộ có {registered}. "
                "Hãy sửa số gốc, hoặc bổ sung hộ vào sổ.",
                planned=vi_int(cell.base_count),
                words=base_words(base),
                registered=vi_int(found),
            )


def _against_the_count(plan: Plan, cells: Cells) -> Iterator[Sentence]:
    counted, total = population_on(plan.unit, date(plan.year, 1, 1)), cells.total_households
    if counted is not None and total is not None and total != counted.households:
        yield Sentence(
            "Kế hoạch tính trên {planned} hộ, số hộ dân cư đã ghi cho {unit} là {counted}.",
            planned=vi_int(total),
            unit=plan.unit.name,
            counted=vi_int(counted.households),
        )


def _against_the_names(plan: Plan, cells: Cells, known: Reasons | None) -> Iterator[Sentence]:
    rows = list(_named(plan).select_related("household"))
    short = shortages(cells, rows) if rows else []
    reasons = known if known is not None else reasons_of(plan) if short else {}
    for one in short:
        if one.cell.code not in reasons:
            yield Sentence(
                "Chỉ tiêu giảm {promised} {words}, mới có tên {named} hộ; "
                "còn thiếu tên {missing} hộ.",
                promised=one.cell.reduction,
                words=population_words(one.cell.kind.population),
                named=one.named,
                missing=one.missing,
            )
    first = date(plan.year, 1, 1)
    ids = [row.household_id for row in rows]
    statuses = statuses_of_many(ids, first, plan.standard or None)
    for row in rows:
        spell = statuses.get(row.household_id)
        if spell is None or spell.household_class != row.population:
            yield Sentence(
                "Hộ {head} có tên trong chỉ tiêu {words} "
                "nhưng đầu năm không thuộc diện đó trong sổ.",
                head=row.household.head_name,
                words=CLASS_WORDS[row.population],
            )


def candidates(actor: PostActor, plan: Plan, population: str) -> list[Household]:
    """The households of a class at the start of the year that are not named yet."""
    first = date(plan.year, 1, 1)
    lived = households_seen_by(actor, on=first).filter(lived_in([plan.unit], first))
    seen = standing_on(lived, first)
    rows = plan.named_households.filter(withdrawn=False)
    named = set(rows.values_list("household_id", flat=True))
    listed = list(seen.order_by("head_sort_key"))
    ids = [household.id for household in listed]
    statuses = statuses_of_many(ids, first, plan.standard or None)
    return placed_on(
        (
            household
            for household in listed
            if household.id not in named
            and (spell := statuses.get(household.id)) is not None
            and spell.household_class == population
        ),
        first,
    )
