"""The households of a place under two standards, on the same day and from the same facts.

What was found of a household is remembered in this process, with how often the household had been
written of by then (the database counts that up itself, see ``marking.py``): after an act only the
households it wrote of are found again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from chungtay.acts.remembering import Memory, version
from chungtay.households.moving import batches
from chungtay.households.queries.findings import found_by
from chungtay.households.queries.measured import (
    Left,
    Resident,
    areas_of,
    grounds_of,
    residents_of,
)
from chungtay.households.queries.nameless import nameless_of_many
from chungtay.households.queries.residences import residences_on
from chungtay.places.models import Level, Unit
from chungtay.rulebook.loading import law
from chungtay.rulebook.side_by_side import Cell, Heads, Side, SideBySide, side_of
from chungtay.staff.policy import within

Enough = Callable[[], bool]
# A province of before 1/7/2025 had some hundred communes; a household takes half a kilobyte.
MOST_COMMUNES = 600
MOST_PLACES = 20


class Unfinished(Exception):
    """There has been enough for one go, and something is left; what was found is kept."""

    def __init__(self, left: Left) -> None:
        self.left = left
        super().__init__(str(left))


class Beside(NamedTuple):
    """A household under the two standards, as it was when it had been written of so often."""

    resident: Resident
    persons: int
    first: Side
    second: Side

    def cell(self, commune: int) -> Cell:
        """The cell it is counted in."""
        return Cell((commune, self.resident.village), self.first, self.second)

    def turned(self) -> Beside:
        """The same with the second standard first."""
        return self._replace(first=self.second, second=self.first)


# By commune, day, pair of standards and ground; and by places, day and standards.
_found = Memory(MOST_COMMUNES)
_counted = Memory(MOST_PLACES)


def side_by_side_of(
    units: Iterable[Unit], on: date, first: str, second: str, enough: Enough = lambda: False
) -> SideBySide:
    """The households that live in some units on a day, by two standards; a place is a commune
    and a village.

    Unfinished where there has been enough before all are found: asked again, it goes on there.
    """
    listed = list(units)

    def make() -> SideBySide:
        rows = _rows(listed, on, first, second, enough)
        counted = ((one.cell(commune), Heads(1, one.persons)) for commune, _pk, one in rows)
        return SideBySide.counted(counted)

    key = (on, first, second, tuple(one.pk for one in listed))
    made: SideBySide = _counted.remembered(key, version(), make)
    return made


def households_where(
    units: Iterable[Unit],
    on: date,
    standards: tuple[str, str],
    wanted: Callable[[Cell], bool],
    enough: Enough = lambda: False,
) -> set[UUID]:
    """The households behind some cells of some units; Unfinished like the cells."""
    rows = _rows(list(units), on, *standards, enough)
    return {pk for commune, pk, one in rows if wanted(one.cell(commune))}


def _rows(
    units: list[Unit], on: date, first: str, second: str, enough: Enough
) -> Iterator[tuple[int, UUID, Beside]]:
    """Every household of some units with its commune; one commune after the other."""
    pair = (min(first, second), max(first, second))
    villages = {one.pk for one in units}
    whole = any(one.level != Level.VILLAGE for one in units)
    communes = _communes(units, on)
    grounds = grounds_of(communes, on)
    for begun, commune in enumerate(communes, start=1):
        found, left = _of_commune(commune, on, pair, grounds[commune], enough)
        ahead = len(communes) - begun
        if left or (left is not None and ahead and enough()):
            raise Unfinished(Left(left, ahead))
        for pk, one in found.items():
            if whole or one.resident.village in villages:
                yield commune, pk, one if first == pair[0] else one.turned()


def _communes(units: list[Unit], on: date) -> list[int]:
    lived = residences_on(on).filter(within(units)).order_by()
    return sorted(set(lived.values_list("commune", flat=True)))


def _of_commune(
    commune: int, on: date, pair: tuple[str, str], ground: str, enough: Enough
) -> tuple[Mapping[UUID, Beside], int | None]:
    """What is found of the residents of a commune, and how many are not found yet.

    What still holds is taken as it is known: None are left where nothing had to be found.
    """
    residents = residents_of(commune, on)
    key = (commune, on, pair, ground)
    known: Mapping[UUID, Beside] = _found.latest(key) or {}
    same = {pk: one for pk, one in known.items() if residents.get(pk) == one.resident}
    fresh = [pk for pk in residents if pk not in same]
    if not fresh and len(same) == len(known):
        return known, None
    areas = areas_of({residents[pk].village for pk in fresh}, commune, on)
    asked = {pk: areas[residents[pk].village] for pk in fresh}
    found = {**same, **_found_anew(residents, asked, on, pair, enough)}
    _found.keep(key, 0, found)
    return found, len(residents) - len(found)


def _found_anew(
    residents: Mapping[UUID, Resident],
    asked: Mapping[UUID, str | None],
    on: date,
    pair: tuple[str, str],
    enough: Enough,
) -> dict[UUID, Beside]:
    """The two findings of households, given the kind of area of each; as many as time allows.

    What is equal in the findings of two households is one object: a register holds many.
    """
    standards = [law().standard(one) for one in pair]
    one_of: dict[tuple[Any, ...], Any] = {}

    def shared(side: Side) -> Side:
        parts = (one_of.setdefault(part, part) for part in side[1:])
        made: Side = one_of.setdefault(side, Side(side.stand, *parts))
        return made

    found: dict[UUID, Beside] = {}
    for ids in batches(list(asked)):
        for pk, known in nameless_of_many({pk: asked[pk] for pk in ids}, on).items():
            sides = (side_of(found_by(law(), one, known.facts)) for one in standards)
            first, second = map(shared, sides)
            found[pk] = Beside(residents[pk], len(known.facts.members), first, second)
        # Asked after a batch, so that every go comes further.
        if enough():
            break
    return found
