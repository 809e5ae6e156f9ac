"""The cube of a place on a day: stored, and brought up to what the register says now.

What was found of a household holds as long as nothing was written of it (the database counts that
up itself, see ``marking.py``), and as long as the law and the kinds of area are the same. Only what
does not hold any more is found again. A day's cube speaks of that day alone: the cube of another
day, even of tomorrow, is counted anew, because people grow older without an act.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from chungtay import __version__
from chungtay.acts.remembering import remembered, version
from chungtay.households.models import Household
from chungtay.households.moving import batches
from chungtay.households.queries.findings import found_by
from chungtay.households.queries.nameless import nameless_of_many
from chungtay.households.queries.people import standing_on
from chungtay.households.queries.residences import residences_on
from chungtay.households.queries.statuses import classes_of_many
from chungtay.measures.models import StoredCube
from chungtay.measures.queries import stored_cubes, times_of
from chungtay.measures.services import keep_cube, mark_checked
from chungtay.measures.standings import BY, FORM, Standing, from_stored, rows_of
from chungtay.places.models import Level, Unit
from chungtay.rulebook.classifying import Finding
from chungtay.rulebook.evaluating import truth
from chungtay.rulebook.findings import Contradiction
from chungtay.rulebook.household import HouseholdFacts
from chungtay.rulebook.lawbook import Law, Standard
from chungtay.rulebook.loading import PACKAGE_LAW, law
from chungtay.rulebook.measuring import Cube, Key
from chungtay.rulebook.measuring.standards import lower_line
from chungtay.rulebook.plain import Plain
from chungtay.staff.policy import within

# Instead of a number of acts: some households are not found yet. No journal grows so long.
PARTLY = 2**62


@dataclass(frozen=True, slots=True)
class Resident:
    """A household where it lives on a day, and how often it had changed before anything of it
    was read."""

    village: int | None
    times: int


class Left(NamedTuple):
    """What is still to be counted: households of communes begun, and communes not begun."""

    households: int
    communes: int


@dataclass(frozen=True)
class Asked:
    """A cube that is asked for: of some units, on a day, by a standard."""

    units: Iterable[Unit]
    on: date
    standard: str


def cube_of(units: Iterable[Unit], on: date, standard: str) -> Cube:
    """The cube of the households that live in some units on a day, by a standard of the law."""
    listed = list(units)

    def make() -> Cube:
        cubes, _left = _standing_cubes(listed, on, standard, now)
        rows = (row for one in cubes for row in rows_of(one.commune_id, one.cells))
        keep = _kept_by(listed)
        return Cube.counted(BY, ((key, count) for key, count in rows if keep(key)))

    now = version()
    return remembered(("cube", on, standard, tuple(one.pk for one in listed)), now, make)


def households_in(
    units: Iterable[Unit], on: date, standard: str, wanted: Callable[[Key], bool]
) -> set[UUID]:
    """The households behind some cells of the cube of some units."""
    listed = list(units)
    keep = _kept_by(listed)
    cubes, _left = _standing_cubes(listed, on, standard, version())
    return {
        UUID(household)
        for one in cubes
        for household, standing in from_stored(one.standings).items()
        if keep(key := standing.key(one.commune_id)) and wanted(key)
    }


def count_ahead(asked: Iterable[Asked], enough: Callable[[], bool]) -> Left:
    """Find of the households that some cubes ask for as many as time allows; what is left.

    What was found is kept, so that asking again goes on where this stopped.
    """
    left, now = Left(0, 0), version()
    for one in asked:
        _cubes, more = _standing_cubes(list(one.units), one.on, one.standard, now, enough)
        left = Left(left.households + more.households, left.communes + more.communes)
    return left


def _kept_by(units: list[Unit]) -> Callable[[Key], bool]:
    """Whether a cell lies in some units; a cube is of whole communes."""
    villages = {one.pk for one in units}
    whole = any(one.level != Level.VILLAGE for one in units)
    return lambda key: whole or key.by[1] in villages


def _standing_cubes(
    units: list[Unit], on: date, standard: str, now: int, enough: Callable[[], bool] = lambda: False
) -> tuple[list[StoredCube], Left]:
    """The cubes of the communes in which some units lie, each made to hold; what is left when
    there has been enough."""
    lived = residences_on(on).filter(within(units)).order_by()
    communes = sorted(set(lived.values_list("commune", flat=True)))
    grounds = grounds_of(communes, on)
    kept = {one.commune_id: one for one in stored_cubes(communes, standard, on)}
    households = waiting = 0
    for commune in communes:
        one = kept.get(commune)
        if one is not None and one.ground != grounds[commune]:
            one = None
        if one is not None and one.checked_at == now:
            continue
        if enough():
            waiting += 1
            continue
        cube, more = _counted(commune, on, standard, grounds[commune], now, one, enough)
        if cube is not None:
            kept[commune] = cube
        households += more
    if not waiting:
        mark_checked((one for one in kept.values() if one.checked_at != PARTLY), now)
    return list(kept.values()), Left(households, waiting)


def _counted(
    commune: int,
    on: date,
    standard: str,
    ground: str,
    now: int,
    kept: StoredCube | None,
    enough: Callable[[], bool],
) -> tuple[StoredCube | None, int]:
    """A commune's cube, in which the standings that still hold are taken as they were kept.

    When there has been enough it is kept in part, and so many households are left.
    """
    residents = residents_of(commune, on)
    known = from_stored(kept.standings) if kept is not None else {}
    same = {
        pk: standing
        for pk, standing in known.items()
        if (now_there := residents.get(UUID(pk))) is not None and now_there.times == standing.times
    }
    if kept is not None and len(same) == len(residents) == len(known):
        return kept, 0
    fresh = {pk: one for pk, one in residents.items() if pk.hex not in same}
    found = _found(fresh, commune, on, standard, enough)
    left = len(fresh) - len(found)
    if left and not found:
        return kept, left
    with transaction.atomic():
        cube = keep_cube(
            commune=commune,
            standard=standard,
            on=on,
            ground=ground,
            standings={**same, **found},
            checked_at=PARTLY if left else now,
        )
    return cube, left


def residents_of(commune: int, on: date) -> dict[UUID, Resident]:
    """The households of a commune on a day; their changes are read before anything else is.

    What is written meanwhile makes the answer newer than its number says, never older: then it
    is only found again once more.
    """
    there = residences_on(on).filter(
        commune=commune,
        household__in=standing_on(Household.objects.filter(withdrawn=False), on).values("pk"),
    )
    times = times_of(there.values("household"))
    rows = there.values_list("household", "village")
    return {pk: Resident(village, times.get(pk, 0)) for pk, village in rows}


def _found(
    residents: Mapping[UUID, Resident],
    commune: int,
    on: date,
    standard: str,
    enough: Callable[[], bool],
) -> dict[str, Standing]:
    """Where households stand on a day by a standard; of as many as there is time for."""
    book = law()
    chosen = book.standard(standard)
    outright = _outright_by(book, chosen, on)
    standings: dict[str, Standing] = {}
    areas = areas_of({one.village for one in residents.values()}, commune, on)
    for ids in batches(list(residents)):
        if enough():
            break
        classes = classes_of_many(Household.objects.filter(pk__in=ids), on, standard)
        for pk, known in nameless_of_many(
            {pk: areas[residents[pk].village] for pk in ids}, on
        ).items():
            standings[pk.hex] = Standing(
                residents[pk].times,
                residents[pk].village,
                known.ethnicity,
                classes.get(pk, ""),
                *_cell(found_by(book, chosen, known.facts), chosen, outright(known.facts)),
                len(known.facts.members),
            )
    return standings


def areas_of(villages: set[int | None], commune: int, on: date) -> dict[int | None, str | None]:
    """The kind of area on a day in each village of a commune, and where no village is known."""
    units = Unit.objects.in_bulk({commune, *(one for one in villages if one is not None)})
    kinds = {pk: unit.naming_on(on).area_type for pk, unit in units.items()}
    return {one: kinds.get(one, "") or kinds[commune] or None for one in villages}


def _outright_by(
    book: Law, standard: Standard, on: date
) -> Callable[[HouseholdFacts], tuple[bool | None, ...]]:
    """Whether households are poor by a lower income line alone; nothing where there is none."""
    line = lower_line(standard, on)
    if line is None:
        return lambda _facts: ()
    return lambda facts: (truth(line, Plain.of(book, standard, facts)),)


def _cell(
    finding: Finding | Contradiction, standard: Standard, outright: tuple[bool | None, ...]
) -> tuple[bool | None, int, int]:
    """Low income, deprivations (above them who is poor outright) and what is not known.

    Of contradictory answers nothing is known.
    """
    if isinstance(finding, Contradiction):
        return None, 0, (1 << len(standard.indicators) + len(outright)) - 1
    mask = unknown = 0
    for bit, deprived in enumerate((*finding.deprived, *outright)):
        if deprived is None:
            unknown |= 1 << bit
        elif deprived:
            mask |= 1 << bit
    return finding.income_low, mask, unknown


def grounds_of(communes: list[int], on: date) -> dict[int, str]:
    """What the cubes of some communes rest on besides their households."""
    rows = residences_on(on).filter(commune__in=communes).order_by().values("commune", "village")
    pairs = list(rows.distinct().values_list("commune", "village"))
    ids = {unit for pair in pairs for unit in pair if unit is not None}
    areas = {pk: unit.naming_on(on).area_type for pk, unit in Unit.objects.in_bulk(ids).items()}
    lines: dict[int, list[str]] = {commune: [areas[commune]] for commune in communes}
    for commune, village in sorted(pairs, key=str):
        lines[commune].append(f"{village}:{areas.get(village, '')}")
    return {
        commune: hashlib.sha256("\n".join([_law_read(), *parts]).encode()).hexdigest()
        for commune, parts in lines.items()
    }


@lru_cache(maxsize=1)
def _law_read() -> str:
    """The law's files, the program's version and the form of what is kept, in one hash."""
    read = hashlib.sha256(f"{__version__} {FORM}".encode())
    for path in sorted(PACKAGE_LAW.rglob("*")):
        if path.is_file():
            read.update(path.read_bytes())
    return read.hexdigest()
