"""The units below a district or a province: one row each, and a sum that ties.

Whatever the number of units, the number of questions to the database stays the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.households.models import Household, HouseholdClass, PoorSubclass
from chungtay.households.queries.residences import residences_on
from chungtay.households.queries.statuses import (
    count_by_commune,
    count_subclasses_by_commune,
    standards_at_many,
)
from chungtay.places.models import Level, PopulationCount, Unit
from chungtay.plans.progress import Progress
from chungtay.rulebook.loading import law
from chungtay.rulebook.targets import rate
from chungtay.rulebook.wording import vi_date, vi_percent
from chungtay.web.here import Here
from chungtay.web.today.places import in_order
from chungtay.web.today.promises import Promise, own_promises, parts_of
from chungtay.web.today.standards import shown_standards

POOR, NEAR_POOR = HouseholdClass.POOR.value, HouseholdClass.NEAR_POOR.value
A, B = PoorSubclass.values
NAMED_WITHOUT = 30

Counts = Mapping[int | None, Counter[str]]


@dataclass
class Tally:
    """What is counted of one unit; classes by the standard shown and by the national one."""

    registered: int = 0
    shown: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    national: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Count another unit's households in."""
        self.registered += other.registered
        self.shown += other.shown
        self.kinds += other.kinds
        self.national += other.national


@dataclass(frozen=True)
class Board:
    """The table: its standard, its rows, those without data, and the sum."""

    standard: str
    national: str
    rows: list[dict[str, Any]]
    total: dict[str, Any]
    without: list[str]
    left_out: int
    has_kinds: bool
    promises: list[Promise]

    @property
    def beside(self) -> bool:
        """Whether the national standard stands beside the province's own."""
        return self.standard != self.national

    @property
    def standard_name(self) -> str:
        """The name of the standard shown."""
        return law().standard(self.standard).name


def board_of(here: Here, seen: QuerySet[Household], progress: Iterable[Progress]) -> Board:
    """The units below a place as of the viewing day; ``progress`` is that of the place's plan."""
    standard, national = shown_standards(here)
    tallies = _tallies(here, seen, standard, national)
    units = _units(here, tallies)
    totals = _households_of(here, tallies)
    bearing = standards_at_many([units[pk] for pk in tallies], here.on)
    poor = {pk: tally.shown[POOR] for pk, tally in tallies.items()}
    promises = parts_of(progress) or own_promises(here, poor)
    rows = [
        _row(units[pk], tally, totals.get(pk), here, counts=standard in bearing[pk])
        | {"promises": [one.said([pk]) for one in promises]}
        for pk, tally in tallies.items()
    ]
    without = [unit for pk, unit in units.items() if pk not in tallies]
    whole = Tally()
    for tally in tallies.values():
        whole.add(tally)
    return Board(
        standard=standard,
        national=national,
        rows=sorted(rows, key=lambda row: in_order(row["name"])),
        total=_sum(whole, [row["total"] for row in rows])
        | {"promises": [one.said(tallies) for one in promises]},
        without=sorted((unit.name_on(here.on) for unit in without), key=in_order)[:NAMED_WITHOUT],
        left_out=len(without),
        has_kinds=bool(whole.kinds[A] or whole.kinds[B]),
        promises=promises,
    )


def _tallies(
    here: Here, seen: QuerySet[Household], standard: str, national: str
) -> dict[int, Tally]:
    """What is counted of each unit just below the place, by its id."""
    registered = _registered(seen, here.on)
    shown = count_by_commune(seen, here.on, standard)
    kinds = count_subclasses_by_commune(seen, here.on, standard)
    beside = shown if standard == national else count_by_commune(seen, here.on, national)
    ids = [pk for pk in {*registered, *shown, *beside} if pk is not None]
    paths = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "path"))
    tallies: dict[int, Tally] = {}
    for commune, path in paths.items():
        above = next(unit.path for unit in here.units if path.startswith(unit.path))
        below = path.removeprefix(above).split("/")[0]
        own = Tally(
            registered.get(commune, 0),
            shown.get(commune, Counter()),
            kinds.get(commune, Counter()),
            beside.get(commune, Counter()),
        )
        tallies.setdefault(int(below), Tally()).add(own)
    return tallies


def _registered(seen: QuerySet[Household], on: date) -> dict[int, int]:
    """How many of some households live in each commune on a day."""
    rows = (
        residences_on(on)
        .filter(household__in=seen.order_by().values("pk"))
        .values_list("commune")
        .annotate(households=Count("pk"))
    )
    return dict(rows)


def _units(here: Here, tallies: Mapping[int, Tally]) -> dict[int, Unit]:
    """The units below the place that stood during the viewing year, and any with households."""
    below = _stood(here) & Q(parent__in=here.units) & ~Q(level=Level.VILLAGE)
    return {unit.pk: unit for unit in Unit.objects.filter(below | Q(pk__in=list(tallies)))}


def _stood(here: Here) -> Q:
    """The condition that a unit stood on some day of the viewing year up to the viewing day."""
    begun = Q(valid_from=None) | Q(valid_from__lte=here.on)
    ended = Q(valid_to=None) | Q(valid_to__gte=here.first_day)
    return begun & ended & Q(withdrawn=False)


def _households_of(here: Here, units: Iterable[int]) -> dict[int, int]:
    """The latest known number of all households of each unit on the viewing day.

    A district without a number of its own has that of its communes, where all of them have one.
    """
    asked = set(units)
    communes = Unit.objects.filter(_stood(here), parent__in=asked, level=Level.COMMUNE)
    parents = dict(communes.values_list("pk", "parent"))
    counts = PopulationCount.objects.filter(unit__in=[*asked, *parents], on__lte=here.on)
    known = dict(counts.order_by("on").values_list("unit", "households"))
    together: dict[int, int] = Counter()
    lacking = {parent for commune, parent in parents.items() if commune not in known}
    for commune, parent in parents.items():
        if parent is not None and parent not in lacking:
            together[parent] += known[commune]
    return {**together, **{unit: count for unit, count in known.items() if unit in asked}}


def _row(
    unit: Unit, tally: Tally, total: int | None, here: Here, *, counts: bool
) -> dict[str, Any]:
    """One unit; ``counts`` says whether the standard shown counts there at all."""
    last = unit.valid_to if unit.valid_to is not None and unit.valid_to < here.on else None
    return {
        "name": unit.name_on(here.on),
        "ended": _("đến hết %(day)s") % {"day": vi_date(last)} if last else "",
        "counts": counts,
        **_numbers(tally, total),
        "href": f"{reverse('register')}?village={unit.pk}",
    }


def _numbers(tally: Tally, total: int | None) -> dict[str, Any]:
    poor = tally.shown[POOR]
    return {
        "total": total,
        "registered": tally.registered,
        "poor": poor,
        "a": tally.kinds[A],
        "b": tally.kinds[B],
        "near_poor": tally.shown[NEAR_POOR],
        "rate": vi_percent(rate(poor, total)) if total else None,
        "national_poor": tally.national[POOR],
        "national_near_poor": tally.national[NEAR_POOR],
    }


def _sum(whole: Tally, totals: list[int | None]) -> dict[str, Any]:
    """The sum row; its rate only where the number of households of every row is known."""
    known = [one for one in totals if one is not None]
    complete = len(known) == len(totals)
    return {
        **_numbers(whole, sum(known) if complete else None),
        "total": sum(known) if known else None,
        "unknown": len(totals) - len(known),
    }
