"""Where the poor and near-poor of a territory stood on two days, for the tables of results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from django.db.models import Q

from chungtay.households.models import StatusSpell
from chungtay.households.queries.residences import residences_on
from chungtay.households.queries.spells import spell_holds
from chungtay.households.queries.statuses import decided_of_many, spells_on
from chungtay.places.models import Level, Unit
from chungtay.places.queries import heirs_on, territory_on
from chungtay.rulebook.poverty_flows import LOW, NO_CLASS, Course, Position
from chungtay.rulebook.wording import Sentence
from chungtay.staff.policy import within

CHUNK = 800
LIVED = "household__residences__"
Positions = dict[UUID, Position]


@dataclass(frozen=True)
class Period:
    """The two days a movement is told between; the closing of one half opens the next."""

    opening: date
    closing: date


@dataclass(frozen=True)
class Territory:
    """A place on the two days, and what of it cannot be compared exactly."""

    place: Unit
    then: tuple[Unit, ...]
    now: tuple[Unit, ...]
    words: tuple[Sentence, ...]

    @property
    def rows_by(self) -> str:
        """What a row of the tables is: a village of a commune, a commune elsewhere."""
        return "village" if self.place.level in {Level.COMMUNE, Level.VILLAGE} else "commune"


def period_of(year: int, part: str, until: date) -> Period:
    """The period of a year or of one of its halves, ended by ``until`` where that comes first.

    The year opens on its first day, as its plan does; the second half where the first closed.
    """
    begins = date(year, 6, 30) if part == "h2" else date(year, 1, 1)
    ends = date(year, 6, 30) if part == "h1" else date(year, 12, 31)
    return Period(begins, max(begins, min(ends, until)))


def territory_of(place: Unit, period: Period) -> Territory:
    """The units that make up a place on both days of a period."""
    then, now = territory_on(place, period.opening), territory_on(place, period.closing)
    words = tuple(dict.fromkeys([*then.words, *now.words]))
    return Territory(place, then.units, now.units, words)


def courses_of(territory: Territory, period: Period, standard: str) -> list[Course]:
    """The course of every household that was poor or near-poor on one of the two days."""
    return list(courses_by_household(territory, period, standard).values())


def courses_by_household(territory: Territory, period: Period, standard: str) -> dict[UUID, Course]:
    """The same, each under its household."""
    by = territory.rows_by
    then = _low(territory.then, period.opening, standard, by)
    now = _low(territory.now, period.closing, standard, by)
    then |= _others(now.keys() - then.keys(), territory.then, period.opening, standard, by)
    now |= _others(then.keys() - now.keys(), territory.now, period.closing, standard, by)
    before = _classes_before(now.keys(), period.opening, standard)
    carried = _carried({one.place for one in then.values()}, period.closing)
    rows = rows_of(territory, {one.place for one in (*then.values(), *now.values())})
    return {
        pk: Course(
            _in_row(_moved_on(then.get(pk), now.get(pk), carried), rows),
            _in_row(now.get(pk), rows),
            before[pk],
        )
        for pk in then | now
    }


def positions_at_end(
    territory: Territory, period: Period, standard: str, classes: Iterable[str]
) -> Positions:
    """The households of some classes at the end of a period, each in its row."""
    found = _low(territory.now, period.closing, standard, territory.rows_by, classes)
    rows = rows_of(territory, {one.place for one in found.values()})
    return {
        pk: Position(rows.get(one.place, one.place), one.household_class)
        for pk, one in found.items()
    }


def rows_of(territory: Territory, places: Iterable[int | None]) -> dict[int | None, int]:
    """The row a commune is counted in: the unit just below the place; villages are their own."""
    if territory.rows_by == "village":
        return {}
    paths = dict(Unit.objects.filter(pk__in=list(filter(None, places))).values_list("pk", "path"))
    above = [unit.path for unit in (*territory.now, *territory.then)]
    return {
        commune: int(path.removeprefix(prefix).split("/")[0])
        for commune, path in paths.items()
        for prefix in [next((one for one in above if path.startswith(one)), "")]
        if prefix
    }


def _in_row(position: Position | None, rows: Mapping[int | None, int]) -> Position | None:
    if position is None or position.place not in rows:
        return position
    return Position(rows[position.place], position.household_class)


def _low(
    units: Sequence[Unit], on: date, standard: str, by: str, classes: Iterable[str] = LOW
) -> Positions:
    here = Q(household__away_from=None) | Q(household__away_from__gt=on)
    rows = spells_on(on, standard).filter(
        here,
        spell_holds(on, LIVED),
        within(units, LIVED),
        household_class__in=list(classes),
        **{f"{LIVED}withdrawn": False},
    )
    found = rows.values_list("household", f"{LIVED}{by}", "household_class")
    return {pk: Position(place, decided) for pk, place, decided in found}


def _others(
    asked: Iterable[UUID], units: Sequence[Unit], on: date, standard: str, by: str
) -> Positions:
    """Those of some households that lived in the territory in another class, or in none."""
    found: Positions = {}
    for ids in _chunks(asked):
        here = Q(household__away_from=None) | Q(household__away_from__gt=on)
        rows = residences_on(on).filter(here, spell_holds(on, "household__"), within(units))
        lived = dict(rows.filter(household__in=ids).values_list("household", by))
        decided = decided_of_many(ids, on, standard)
        for pk, place in lived.items():
            found[pk] = Position(place, decided.get(pk, (NO_CLASS, ""))[0])
    return found


def _classes_before(
    asked: Iterable[UUID], opening: date, standard: str
) -> Mapping[UUID, frozenset[str]]:
    found: defaultdict[UUID, frozenset[str]] = defaultdict(frozenset)
    for ids in _chunks(asked):
        rows = StatusSpell.objects.filter(
            household__in=ids, standard=standard, withdrawn=False, valid_to__lt=opening
        )
        for pk, decided in rows.values_list("household", "household_class"):
            found[pk] |= {decided}
    return found


def _carried(places: Iterable[int | None], closing: date) -> dict[int | None, list[int]]:
    """The places that ended within the period, and who holds each of them, the largest first."""
    ended = Unit.objects.filter(pk__in=list(filter(None, places)), valid_to__lt=closing)
    return {unit.pk: [heir.unit.pk for heir in heirs_on(unit, closing)] for unit in ended}


def _moved_on(
    then: Position | None, now: Position | None, carried: Mapping[int | None, list[int]]
) -> Position | None:
    """The first position at the place that holds it on the second day: a merger moves nobody."""
    if then is None or then.place not in carried:
        return then
    heirs = carried[then.place]
    if now is not None and now.place in heirs:
        return Position(now.place, then.household_class)
    return Position(heirs[0], then.household_class) if heirs else then


def _chunks(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    rest = iter(ids)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
