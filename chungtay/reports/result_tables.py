"""The official tables of a place and period, every figure from the register.

The columns are law data (``law/forms/result_tables.toml``); a table is plain data that a screen, an
Excel file and the print share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from chungtay.households.models import HouseholdClass, Membership
from chungtay.households.queries.spells import spell_holds
from chungtay.places.models import Unit
from chungtay.places.queries import population_on, populations_on, units_on
from chungtay.reports.standings import (
    Period,
    Positions,
    Territory,
    courses_of,
    positions_at_end,
    territory_of,
)
from chungtay.rulebook.loading import result_tables
from chungtay.rulebook.poverty_flows import Flow, movement_of
from chungtay.rulebook.schema_lists import ResultColumn, ResultTable
from chungtay.rulebook.targets import rate
from chungtay.rulebook.wording import Sentence, catalogued

TOTAL, BETWEEN, NO_PLACE = "total", "between", "no_place"
COUNTED = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.AVERAGE_LIVING)
Figure = int | Decimal | None


@dataclass(frozen=True)
class Known:
    """All households and persons of a place: what rates are of."""

    households: int
    persons: int | None


@dataclass(frozen=True)
class ResultRow:
    """A row: its unit, or the kind of a row that is none (total, between, without a village)."""

    name: str
    figures: Mapping[str, Figure]
    unit: int | None = None
    kind: str = ""


@dataclass(frozen=True)
class FilledTable:
    """An official table filled for a place and a period."""

    table: ResultTable
    rows: tuple[ResultRow, ...]
    total: ResultRow

    @property
    def columns(self) -> tuple[ResultColumn, ...]:
        """The numbered columns of the form."""
        return self.table.columns


@dataclass(frozen=True)
class Results:
    """The tables of one place, period and standard, and what of them cannot be said exactly."""

    place: Unit
    period: Period
    standard: str
    tables: tuple[FilledTable, ...]
    words: tuple[Sentence, ...]


def results_of(place: Unit, period: Period, standard: str) -> Results:
    """Every official table that the register can fill, by the units below the place."""
    territory = territory_of(place, period)
    courses = courses_of(territory, period, standard)
    positions = positions_at_end(territory, period, standard, COUNTED)
    tables = []
    for table in result_tables().tables:
        if table.kind == "movement":
            moved = movement_of(courses, table.household_class)
            rows = _rows({pk: _flow_figures(flow) for pk, flow in moved.rows.items()}, period)
            if not moved.between.is_empty:
                between = _flow_figures(moved.between)
                rows.append(
                    ResultRow(catalogued("Chuyển giữa các nơi trên"), between, kind=BETWEEN)
                )
            total = _flow_figures(moved.total)
        else:
            by_row = _result_figures(territory, period, positions)
            total = by_row.pop(TOTAL)
            rows = _rows({pk: one for pk, one in by_row.items() if not isinstance(pk, str)}, period)
        tables.append(
            FilledTable(table, tuple(rows), ResultRow(catalogued("Tổng cộng"), total, kind=TOTAL))
        )
    return Results(place, period, standard, tuple(tables), territory.words)


def _flow_figures(flow: Flow) -> dict[str, Figure]:
    return {name: getattr(flow, name) for name in Flow.__dataclass_fields__}


def _rows(by_unit: Mapping[int | None, Mapping[str, Figure]], period: Period) -> list[ResultRow]:
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=list(filter(None, by_unit)))}
    listed = sorted(units.values(), key=lambda unit: (len(unit.folded), unit.folded, unit.pk))
    rows = [
        ResultRow(unit.name_on(period.closing), by_unit[unit.pk], unit=unit.pk) for unit in listed
    ]
    if None in by_unit:
        rows.append(ResultRow(catalogued("Chưa ghi thôn"), by_unit[None], kind=NO_PLACE))
    return rows


def _result_figures(
    territory: Territory, period: Period, positions: Positions
) -> dict[int | str | None, dict[str, Figure]]:
    """The results of each row and of the whole; a rate only where its denominator is known."""
    households, persons = _counted(positions, period)
    places = {one.place for one in positions.values()}
    units = Unit.objects.filter(pk__in=list(filter(None, places)))
    counts = populations_on(units, period.closing)
    known: dict[int | None, Known] = {
        pk: Known(one.households, one.persons) for pk, one in counts.items()
    }
    by_row: dict[int | str | None, dict[str, Figure]] = {
        place: _figures(households[place], persons[place], known.get(place)) for place in places
    }
    whole = _known_of(territory, period)
    by_row[TOTAL] = _figures(_sum(households.values()), _sum(persons.values()), whole)
    return by_row


def _known_of(territory: Territory, period: Period) -> Known | None:
    """The number of all households and persons: the place's own, or that of all units below."""
    if len(territory.now) == 1:
        own = population_on(territory.now[0], period.closing)
        if own is not None:
            return Known(own.households, own.persons)
    below = list(units_on(period.closing).filter(parent__in=territory.now))
    counts = populations_on(below, period.closing)
    if not below or len(counts) < len(below):
        return None
    persons = [one.persons for one in counts.values() if one.persons is not None]
    complete = len(persons) == len(counts)
    return Known(sum(one.households for one in counts.values()), sum(persons) if complete else None)


Counts = dict[int | None, Counter[str]]


def _counted(positions: Positions, period: Period) -> tuple[Counts, Counts]:
    """Households and persons of each class by row."""
    places = {one.place for one in positions.values()}
    households: Counts = {place: Counter() for place in places}
    persons: Counts = {place: Counter() for place in places}
    sizes = _sizes(positions, period)
    for pk, one in positions.items():
        households[one.place][one.household_class] += 1
        persons[one.place][one.household_class] += sizes[pk]
    return households, persons


def _sizes(positions: Positions, period: Period) -> Counter[object]:
    sizes: Counter[object] = Counter()
    ids = list(positions)
    for start in range(0, len(ids), 800):
        rows = Membership.objects.filter(
            spell_holds(period.closing), household__in=ids[start : start + 800], withdrawn=False
        )
        sizes.update(dict(rows.values_list("household").annotate(members=Count("pk"))))
    return sizes


def _sum(counts: Iterable[Counter[str]]) -> Counter[str]:
    return sum(counts, Counter())


def _figures(
    households: Counter[str], persons: Counter[str], known: Known | None
) -> dict[str, Figure]:
    all_households = known.households if known else None
    all_persons = known.persons if known else None
    figures: dict[str, Figure] = {"households": all_households, "persons": all_persons}
    for one in COUNTED:
        figures |= {
            one.value: households[one],
            f"{one.value}_rate": _rate(households[one], all_households),
            f"{one.value}_persons": persons[one],
            f"{one.value}_persons_rate": _rate(persons[one], all_persons),
        }
    return figures


def _rate(part: int, whole: int | None) -> Decimal | None:
    return rate(part, whole) if whole else None
