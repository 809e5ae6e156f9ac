"""How many households lack nothing at an indicator: a coverage measured from answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chungtay.households.models import Household
from chungtay.households.queries.findings import facts_of_many
from chungtay.households.queries.residences import lived_in
from chungtay.households.queries.statuses import statuses_of_many
from chungtay.plans.cells import TargetCell
from chungtay.plans.models import Plan
from chungtay.rulebook.deprivations import deprivation
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
    """Whether answers can measure a coverage: of households, at an indicator, without a need."""
    kind = cell.kind
    return (
        kind.measure == COVERAGE
        and kind.population.counted == HOUSEHOLD
        and not kind.population.registered_need
        and bool(cell.meaning.indicator)
    )


def covered_on(plan: Plan, on: date, cells: Iterable[TargetCell]) -> dict[str, Covered]:
    """The coverage of each promise that answers can measure, by its code; few questions in all."""
    wanted = [cell for cell in cells if measurable(cell)]
    if not wanted:
        return {}
    lived = Household.objects.filter(lived_in([plan.unit], on), withdrawn=False)
    households = list(lived.select_related("village", "commune"))
    statuses = statuses_of_many([one.id for one in households], on, plan.standard or None)
    classed = [one for one in households if one.id in statuses]
    facts = facts_of_many(classed, on)
    return {
        cell.code: _covered(
            cell.meaning.indicator,
            on,
            [
                facts[one.id]
                for one in classed
                if statuses[one.id].household_class in cell.kind.population.classes
            ],
        )
        for cell in wanted
    }


def _covered(code: str, on: date, facts: Iterable[HouseholdFacts]) -> Covered:
    """Only the indicator asked for is evaluated: a whole finding would cost ten times as much."""
    book = law()
    standard = book.standard_on(on)
    indicator = next((one for one in standard.indicators if one.code == code), None)
    if indicator is None:
        return Covered(0, 0)
    lacks = [_lacks(book, standard, indicator, one) for one in facts]
    return Covered(lacks.count(False), lacks.count(False) + lacks.count(True))


def _lacks(
    book: Law, standard: Standard, indicator: Indicator, facts: HouseholdFacts
) -> bool | None:
    try:
        return deprivation(indicator, Plain.of(book, standard, facts)).deprived
    except AnswerError:  # an answer kept under an older vocabulary tells nothing
        return None
