"""How many households lack nothing at an indicator: a coverage measured from answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chungtay.households.models import Household
from chungtay.households.queries.findings import facts_of_many
from chungtay.households.queries.residences import lived_in
from chungtay.households.queries.statuses import statuses_of_many
from chungtay.places.models import Level
from chungtay.plans.cells import TargetCell
from chungtay.plans.models import Plan
from chungtay.rulebook.deprivations import deprived
from chungtay.rulebook.folding import fold
from chungtay.rulebook.household import AnswerError, HouseholdFacts
from chungtay.rulebook.lawbook import Indicator, Law, Standard
from chungtay.rulebook.loading import law
from chungtay.rulebook.plain import Plain
from chungtay.rulebook.promises import COVERAGE, HOUSEHOLD


@dataclass(frozen=True)
class Covered:
    """Of the households whose answers tell, how many are not deprived; the others are left out."""

    have: int
    known: int


def measurable(cell: TargetCell) -> bool:
    """Whether answers can measure a coverage: of households, at what they may lack, no need."""
    kind = cell.kind
    return (
        kind.measure == COVERAGE
        and kind.population.counted == HOUSEHOLD
        and not kind.population.registered_need
        and bool(cell.meaning.indicator or cell.meaning.dimension)
    )


def covered_on(plan: Plan, on: date, cells: Iterable[TargetCell]) -> dict[str, Covered]:
    """The coverage of each promise that answers can measure, by its code; few questions in all."""
    return {
        code: Covered(
            sum(one.have for one in places.values()), sum(one.known for one in places.values())
        )
        for code, places in covered_by_place(plan, on, cells).items()
    }


def covered_by_place(
    plan: Plan, on: date, cells: Iterable[TargetCell]
) -> dict[str, dict[int | None, Covered]]:
    """The coverage of each such promise in each place below, by its code and the place."""
    wanted = [cell for cell in cells if measurable(cell)]
    if not wanted:
        return {}
    lived = Household.objects.filter(lived_in([plan.unit], on), withdrawn=False)
    households = list(lived.select_related("village", "commune"))
    statuses = statuses_of_many([one.id for one in households], on, plan.standard or None)
    classed = [one for one in households if one.id in statuses]
    facts = facts_of_many(classed, on)
    below = "village_id" if plan.unit.level == Level.COMMUNE else "commune_id"
    lacking = {cell.code: _indicators(cell, on) for cell in wanted}
    found: dict[str, dict[int | None, list[bool | None]]] = {cell.code: {} for cell in wanted}
    for one in classed:
        for cell in wanted:
            if statuses[one.id].household_class in cell.kind.population.classes:
                place = found[cell.code].setdefault(getattr(one, below), [])
                place.append(_lacks_any(lacking[cell.code], on, facts[one.id]))
    return {
        code: {place: _tally(answers) for place, answers in places.items()}
        for code, places in found.items()
    }


def _indicators(cell: TargetCell, on: date) -> list[Indicator]:
    """The indicator a coverage speaks of, or all those of its dimension.

    Only these are evaluated: a whole finding would cost ten times as much.
    """
    listed = law().standard_on(on).indicators
    meaning = cell.meaning
    if meaning.indicator:
        return [one for one in listed if one.code == meaning.indicator]
    return [one for one in listed if fold(one.dimension) == fold(meaning.dimension)]


def _tally(lacks: list[bool | None]) -> Covered:
    return Covered(lacks.count(False), lacks.count(False) + lacks.count(True))


def _lacks_any(indicators: list[Indicator], on: date, facts: HouseholdFacts) -> bool | None:
    """Whether a household lacks one of some indicators; None where its answers do not tell."""
    if not indicators:
        return None
    book = law()
    lacks = [_lacks(book, book.standard_on(on), one, facts) for one in indicators]
    if True in lacks:
        return True
    return None if None in lacks else False


def _lacks(
    book: Law, standard: Standard, indicator: Indicator, facts: HouseholdFacts
) -> bool | None:
    try:
        return deprived(indicator, Plain.of(book, standard, facts))
    except AnswerError:  # an answer kept under an older vocabulary tells nothing
        return None
