"""Where a household stands in the cube of its commune, and the cells such standings add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from chungtay.rulebook.measuring import Count, Cube, Key

BY = ("commune", "village", "ethnicity", "class")
FORM = 2

Cell = list[Any]


class Standing(NamedTuple):
    """A household on a day: its place and groups, low income, deprivations, what is not known.

    ``times`` is how often it had been changed when this was found.
    """

    times: int
    village: int | None
    ethnicity: str
    household_class: str
    low: bool | None
    mask: int
    unknown: int
    persons: int

    def key(self, commune: int) -> Key:
        """The cell it stands in."""
        by = (commune, self.village, self.ethnicity, self.household_class)
        return Key(by, self.low, self.mask, self.unknown)


def as_stored(standings: Mapping[str, Standing]) -> dict[str, list[Any]]:
    """Standings by household as the database keeps them."""
    return {household: list(one) for household, one in standings.items()}


def from_stored(stored: Mapping[str, list[Any]]) -> dict[str, Standing]:
    """Standings by household as they were kept."""
    return {household: Standing(*row) for household, row in stored.items()}


def cells_of(standings: Iterable[Standing]) -> list[Cell]:
    """The cells that standings add up to, as the database keeps them, in a settled order."""
    cube = Cube.counted(BY, ((one.key(0), Count(1, one.persons)) for one in standings))
    rows = [
        [*key.by[1:], key.low, key.mask, key.unknown, count.households, count.persons]
        for key, count in cube.cells.items()
    ]
    return sorted(rows, key=str)


def rows_of(commune: int, cells: Iterable[Cell]) -> Iterator[tuple[Key, Count]]:
    """The cells of a commune as they were kept."""
    for village, ethnicity, household_class, low, mask, unknown, households, persons in cells:
        by = (commune, village, ethnicity, household_class)
        yield Key(by, low, mask, unknown), Count(households, persons)
